package folder

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestCurrentLine changes each bit of CURRENT, and cuts it short everywhere:
// neither names another generation.
func TestCurrentLine(t *testing.T) {
	for _, name := range []string{"gen-000012", "gen-1000000"} {
		line := currentLine(name)
		for _, whole := range []string{line, name + "\n"} {
			if got, ok := parseCurrent(whole); !ok || got != name {
				t.Errorf("%q names %q, %v", whole, got, ok)
			}
		}
		for bit := range 8 * len(line) {
			bad := []byte(line)
			bad[bit/8] ^= 1 << (bit % 8)
			if got, ok := parseCurrent(string(bad)); ok {
				t.Errorf("%q, bit %d changed: names %s", bad, bit, got)
			}
		}
		for n := range line {
			if got, ok := parseCurrent(line[:n]); ok {
				t.Errorf("%q names %s", line[:n], got)
			}
		}
	}
}

func TestGenerationNumbers(t *testing.T) {
	for _, tt := range []struct {
		name string
		ok   bool
	}{
		{"gen-000000", true}, {"gen-000012", true}, {"gen-999999", true}, {"gen-1000000", true}, {"gen-123456789012345678901234567890", true},
		{"gen-12", false}, {"gen-0000012", false}, {"gen-+00012", false}, {"gen--00001", false}, {"gen-00001x", false}, {"gen-", false}, {"000012", false}, {"gen-０００００１", false},
	} {
		if _, ok := generationNumber(tt.name); ok != tt.ok {
			t.Errorf("%s: %v", tt.name, ok)
		}
	}
}

// TestNextGeneration goes on behind all that has the name of a generation, and
// behind what CURRENT names.
func TestNextGeneration(t *testing.T) {
	dir := t.TempDir()
	next := func(want string) {
		t.Helper()
		if got, err := Next(dir); err != nil || got != want {
			t.Errorf("%s, %v, want %s", got, err, want)
		}
	}
	next("gen-000001")
	if err := os.Mkdir(filepath.Join(dir, "gen-000999"), 0o755); err != nil {
		t.Fatal(err)
	}
	next("gen-001000")
	if err := os.WriteFile(filepath.Join(dir, "gen-999999"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	next("gen-1000000")
	if err := os.Symlink("elsewhere", filepath.Join(dir, "gen-1000000")); err != nil {
		t.Fatal(err)
	}
	next("gen-1000001")
	if err := Publish(dir, "gen-99999999999999999999"); err != nil {
		t.Fatal(err)
	}
	next("gen-100000000000000000000")
	if names, err := generations(dir); err != nil || !slices.Equal(names, []string{"gen-000999"}) {
		t.Errorf("%v, %v", names, err)
	}
}

// TestPublishWritesThroughNoLink has links stand where CURRENT is made.
func TestPublishWritesThroughNoLink(t *testing.T) {
	dir, other := t.TempDir(), filepath.Join(t.TempDir(), "other")
	if err := os.WriteFile(other, []byte("kept"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"CURRENT", "CURRENT.new"} {
		if err := os.Symlink(other, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := Publish(dir, "gen-000001"); err != nil {
		t.Fatal(err)
	}
	if name, err := Current(dir); err != nil || name != "gen-000001" {
		t.Errorf("%s, %v", name, err)
	}
	if b, err := os.ReadFile(other); err != nil || string(b) != "kept" {
		t.Errorf("the file behind the link holds %q, %v", b, err)
	}
}
