package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(tests{m}, map[string]func(){"search": main})
}

// tests are the tests with a folder for the commands that they build.
type tests struct{ *testing.M }

func (m tests) Run() int {
	var err error
	if binDir, err = os.MkdirTemp("", "search-test-*"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(binDir)
	return m.M.Run()
}

var (
	binDir string
	built  = map[string]bool{} // commands, by name
)

// buildCommand builds a command, once, and returns the folder it is in.
func buildCommand(t *testing.T, name string) string {
	t.Helper()
	dir := filepath.Join(binDir, name)
	if !built[name] {
		if out, err := exec.Command("go", "build", "-o", dir+"/", "../"+name).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		built[name] = true
	}
	return dir
}

// TestScripts runs the dialogues of testdata. They build their indexes with
// the real index command and ask the samples of the project.
func TestScripts(t *testing.T) {
	bin := buildCommand(t, "index")
	samples, err := filepath.Abs("../../samples/reports")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			e.Setenv("PATH", bin+string(os.PathListSeparator)+e.Getenv("PATH"))
			e.Setenv("GORACE", "atexit_sleep_ms=0") // else each command takes a second to end
			e.Setenv("SAMPLES", samples)
			e.Setenv("BAOGAO_INDEX", filepath.Join(e.WorkDir, "reports.index"))
			return nil
		},
	})
}
