package index

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"baogao"
	"baogao/index/internal/segment"
)

// TestServerLeavesTheLastWholeGeneration stops a server on the former generation,
// whose successor could not be opened.
func TestServerLeavesTheLastWholeGeneration(t *testing.T) {
	dir := t.TempDir()
	buildIndex(t, dir, testReports()[:2])
	f, err := Follow(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	buildIndex(t, dir, testReports())
	changeByte(t, filepath.Join(dir, "gen-000002", "reports.bin"))
	f.turn()
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if got := generations(t, dir); !slices.Equal(got, []string{"gen-000001", "gen-000002"}) {
		t.Errorf("generations %v are left", got)
	}
	if done, _, err := Repair(dir); err != nil || done == "" {
		t.Errorf("repaired: %q, %v", done, err)
	}
}

// TestUpdateOverABaseThatChanges changes a segment when it has been verified: what
// is linked to must be as it was.
func TestUpdateOverABaseThatChanges(t *testing.T) {
	dir := t.TempDir()
	buildIndex(t, dir, testReports()[:5])
	u, held, err := Update(t.Context(), dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	defer u.Close()
	for _, h := range held {
		r := &baogao.Report{Meta: baogao.Meta{ID: h.ID}, File: baogao.File{Place: h.Place, Key: h.Key, Held: h.ID}}
		if err := u.Keep(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	if err := u.Add(t.Context(), report(baogao.Meta{ID: "z.txt"}, "一句话。")); err != nil {
		t.Fatal(err)
	}
	changeByte(t, segment.Path(filepath.Join(dir, "gen-000001", "bleve"), "000000000000.zap"))
	if _, err := u.Publish(t.Context()); !errors.Is(err, baogao.ErrDamaged) {
		t.Errorf("an update links to what has changed: %v", err)
	}
}

// TestRepairLeavesAnotherFormat finds the generation in use whole, but of a later
// program.
func TestRepairLeavesAnotherFormat(t *testing.T) {
	dir := t.TempDir()
	twoGenerations(t, dir)
	manifest := filepath.Join(dir, "gen-000003", "manifest.json")
	if err := os.WriteFile(manifest, []byte(`{"format": 99}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if done, faults, err := Repair(dir); done != "" || !errors.Is(err, baogao.ErrFormat) {
		t.Errorf("%q %v %v", done, faults, err)
	}
}

func changeByte(t *testing.T, path string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 1
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}
