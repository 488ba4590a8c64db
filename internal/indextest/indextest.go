// Package indextest makes indexes of reports for the tests of what asks them.
package indextest

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"baogao"
	"baogao/corpus"
	"baogao/internal/engine"
	"baogao/internal/engine/enginetest"
	"baogao/internal/gazetteer"
)

// Samples is the folder of the sample reports, below that of the project.
const Samples = "samples/reports"

// Path is the place of a file of the project, by its path below the project's
// folder.
func Path(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	for err == nil {
		if _, e := os.Stat(filepath.Join(dir, "go.mod")); e == nil {
			return filepath.Join(dir, name)
		}
		above := filepath.Dir(dir)
		if above == dir {
			err = errors.New("no go.mod above")
		}
		dir = above
	}
	t.Fatal(err)
	return ""
}

// Read reads the reports of some files and folders.
func Read(t testing.TB, paths ...string) []*baogao.Report {
	t.Helper()
	var reports []*baogao.Report
	for r, err := range corpus.Reports(t.Context(), paths, corpus.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		reports = append(reports, r)
	}
	if len(reports) == 0 {
		t.Fatalf("no reports in %v", paths)
	}
	return reports
}

// Build builds an index of reports and returns its folder.
func Build(t testing.TB, reports []*baogao.Report) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "index")
	w, err := engine.Create(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	enginetest.Fill(t, w, reports)
	return dir
}

// Open builds an index of reports and opens it until the test ends.
func Open(t testing.TB, reports []*baogao.Report) baogao.Searcher {
	t.Helper()
	s, err := engine.Open(Build(t, reports), engine.Options{Resolve: gazetteer.Resolve})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// OpenSamples builds an index of the sample reports and opens it until the test
// ends.
func OpenSamples(t testing.TB) baogao.Searcher {
	t.Helper()
	return Open(t, Read(t, Path(t, Samples)))
}
