package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/engine"
	"baogao/query"
)

// TestHiddenFilesAreKept changes files at random while a folder of them cannot be
// read. All that the index holds from there stays as it was, under its ids; once
// it can be read again the index is that of a new build.
func TestHiddenFilesAreKept(t *testing.T) {
	if testing.Short() {
		t.Skip("no index is changed over and over under -short")
	}
	s := &shelf{dir: t.TempDir(), random: newRandom(t)}
	for range 12 {
		s.add(t)
	}
	updated := filepath.Join(t.TempDir(), "updated")
	updateAndCompare(t, s.dir, updated, "at the beginning")
	for n := range *edits / 2 {
		hidden := filepath.Dir(s.pick(t))
		held := heldFrom(t, updated, hidden)
		away := filepath.Join(t.TempDir(), "away")
		if err := errors.Join(os.Rename(hidden, away), os.Symlink("nowhere", hidden)); err != nil {
			t.Fatal(err)
		}
		s.hidden = hidden
		done := ""
		if len(s.files(t)) > 0 {
			done = s.edit(t, n)
		}
		log := &strings.Builder{}
		err := update(t.Context(), &progress{log: log}, updated, []string{s.dir}, intakeFlags{})
		if err == nil || !strings.Contains(err.Error(), "could not be read") {
			t.Fatalf("edit %d (%s) without %s: %v\n%s", n, done, hidden, err, log)
		}
		for id, want := range held {
			if got := heldFrom(t, updated, hidden)[id]; got != want {
				t.Fatalf("edit %d (%s) without %s: %s is\n%s\nand was\n%s\n%s", n, done, hidden, id, got, want, log)
			}
		}
		if faults, err := engine.Verify(updated); err != nil || len(faults) > 0 {
			t.Fatal(faults, err)
		}
		if err := errors.Join(os.Remove(hidden), os.Rename(away, hidden)); err != nil {
			t.Fatal(err)
		}
		s.hidden = ""
		updateAndCompare(t, s.dir, updated, "edit "+done+", hidden "+hidden)
	}
}

// heldFrom writes down the reports that an index holds from a folder of a shelf,
// by their ids.
func heldFrom(t *testing.T, dir, folder string) map[string]string {
	t.Helper()
	s, err := engine.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	held := map[string]string{}
	for h, err := range s.Hits(t.Context(), baogao.Request{Query: query.Parse(""), Copies: true}) {
		if err != nil {
			t.Fatal(err)
		}
		id := h.Report.ID
		if held[id] != "" || !strings.HasPrefix(id, filepath.Base(folder)+"/") {
			continue
		}
		r, err := s.Report(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		r.CopyOf, r.Copies = "", nil // which copy is shown depends on the others
		b, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		held[id] = string(b)
	}
	return held
}
