package main

import (
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"index": main})
}

func TestScripts(t *testing.T) {
	samples, err := filepath.Abs("../../samples/reports")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			e.Setenv("GORACE", "atexit_sleep_ms=0") // else each command takes a second to end
			e.Setenv("SAMPLES", samples)
			e.Setenv("BAOGAO_INDEX", filepath.Join(e.WorkDir, "reports.index"))
			return nil
		},
	})
}
