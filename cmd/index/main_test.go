package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"index": main})
}

// forEveryone lets other users run the commands, which come first in path, in
// folders below dir.
func forEveryone(dir, path string) error {
	bin, _, _ := strings.Cut(path, string(filepath.ListSeparator))
	for _, name := range []string{dir, bin, filepath.Dir(bin)} {
		if err := os.Chmod(name, 0o755); err != nil {
			return err
		}
	}
	return nil
}

func TestScripts(t *testing.T) {
	samples, err := filepath.Abs("../../samples/reports")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Condition: func(cond string) (bool, error) {
			if cond != "root" {
				return false, fmt.Errorf("unknown condition %s", cond)
			}
			return os.Getuid() == 0, nil
		},
		Setup: func(e *testscript.Env) error {
			e.Setenv("GORACE", "atexit_sleep_ms=0") // else each command takes a second to end
			e.Setenv("SAMPLES", samples)
			e.Setenv("BAOGAO_INDEX", filepath.Join(e.WorkDir, "reports.index"))
			return forEveryone(filepath.Dir(e.WorkDir), e.Getenv("PATH"))
		},
	})
}
