//go:build unix

package corpus

import (
	"path/filepath"
	"slices"
	"syscall"
	"testing"
)

// TestPipesAreNotOpened: opening one would wait for a writer for ever.
func TestPipesAreNotOpened(t *testing.T) {
	dir := write(t, map[string]string{"a.txt": "甲县坚持依法行政。"})
	for _, name := range []string{"b.txt", metadataName} {
		if err := syscall.Mkfifo(filepath.Join(dir, name), 0o644); err != nil {
			t.Skip("no named pipes here")
		}
	}
	want := []string{"metadata.csv: metadata not used: not a regular file", "b.txt: not a regular file"}
	reports, faults := walked(t, Options{}, dir, dir)
	if !slices.Equal(ids(reports), []string{"a.txt"}) || !slices.Equal(faults, want) {
		t.Errorf("ids %q, faults %q", ids(reports), faults)
	}
	reports, faults = walked(t, Options{}, dir, filepath.Join(dir, "b.txt"), "/dev/null")
	if len(reports) != 0 || len(faults) != 3 {
		t.Errorf("by themselves: ids %q, faults %q", ids(reports), faults)
	}
}
