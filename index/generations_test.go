package index

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"baogao"
	"baogao/index/internal/folder"
	"baogao/index/internal/store"
)

// renameGeneration gives the only generation in dir another name, as if as many
// had come before it. CURRENT is as a former program wrote it.
func renameGeneration(t *testing.T, dir, name string) {
	t.Helper()
	editManifest(t, dir, `"generation": "gen-000001"`, `"generation": "`+name+`"`)
	if err := os.Rename(filepath.Join(dir, "gen-000001"), filepath.Join(dir, name)); err != nil {
		t.Fatal(err)
	}
	setCurrent(t, dir, name+"\n")
}

func setCurrent(t *testing.T, dir, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, "CURRENT"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestNumbersOfSevenDigits publishes the generation behind gen-999999, with a
// reader on that.
func TestNumbersOfSevenDigits(t *testing.T) {
	dir := t.TempDir()
	buildIndex(t, dir, testReports())
	renameGeneration(t, dir, "gen-999999")
	old, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n <= 2; n++ { // the second build finds both
		buildIndex(t, dir, testReports()[:n])
		x, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		if s, err := x.State(t.Context()); err != nil || s.Number != 999_999+n || len(x.gen.Reports) != n {
			t.Errorf("%+v, %d reports, %v", s, len(x.gen.Reports), err)
		}
		x.Close()
		if res := ask(t, old, ""); res.Total.Reports != 6 {
			t.Errorf("the old generation answers %+v", res.Total)
		}
	}
	if names := generations(t, dir); !slices.Equal(names, []string{"gen-1000001", "gen-999999"}) {
		t.Errorf("generations %v, want the old one kept for its reader", names)
	}
	old.Close()
	buildIndex(t, dir, testReports()[:3])
	if names := generations(t, dir); !slices.Equal(names, []string{"gen-1000002"}) {
		t.Errorf("generations %v", names)
	}
}

// TestNoLinkIsAGeneration has a link to a folder elsewhere stand where the next
// generation would be. It is neither written through nor removed, nor read.
func TestNoLinkIsAGeneration(t *testing.T) {
	dir, other := t.TempDir(), filepath.Join(t.TempDir(), "gen-000009")
	buildIndex(t, dir, testReports())
	if err := os.CopyFS(other, os.DirFS(filepath.Join(dir, "gen-000001"))); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(other, filepath.Join(dir, "gen-000002")); err != nil {
		t.Fatal(err)
	}
	buildIndex(t, dir, testReports()[:2])
	if names := generations(t, dir); !slices.Equal(names, []string{"gen-000002", "gen-000003"}) {
		t.Errorf("generations %v", names)
	}
	m, err := folder.ReadManifest(other)
	if err != nil {
		t.Fatal(err)
	}
	if faults, err := m.CheckMarks(other); err != nil || len(faults) > 0 {
		t.Errorf("behind the link: %v, %v", faults, err)
	}
	setCurrent(t, dir, "gen-000002\n")
	if _, err := Open(dir); !errors.Is(err, baogao.ErrDamaged) {
		t.Errorf("a link is read: %v", err)
	}
	if done, faults, err := Repair(dir); err != nil || len(faults) > 0 || done != "CURRENT names gen-000002, which is not whole: put back to gen-000003, which is whole" {
		t.Errorf("%s, %v, %v", done, faults, err)
	}
}

// TestBuildRemovesNothingThatIsLast begins builds over states of the folder, and
// gives them up. What is left is what may be the last, and never what a build
// left unfinished.
func TestBuildRemovesNothingThatIsLast(t *testing.T) {
	for _, tt := range []struct {
		name    string
		current string // "" leaves it as it is, "-" removes it
		change  func(t *testing.T, gen string)
		want    []string
	}{
		{"as it was", "", nil, []string{"gen-000001", "gen-000003"}},
		{"CURRENT is missing", "-", nil, []string{"gen-000001", "gen-000003"}},
		{"CURRENT names another", "gen-000007\n", nil, []string{"gen-000001", "gen-000003"}},
		{"CURRENT names what is unfinished", "gen-000004\n", nil, []string{"gen-000001", "gen-000003", "gen-000004"}},
		{"a file in use is cut short", "", func(t *testing.T, gen string) {
			if err := os.Truncate(filepath.Join(gen, "text.bin"), 5); err != nil {
				t.Fatal(err)
			}
		}, []string{"gen-000001", "gen-000003"}},
		{"a file in use is missing", "", func(t *testing.T, gen string) {
			if err := os.Remove(filepath.Join(gen, "docs.bin")); err != nil {
				t.Fatal(err)
			}
		}, []string{"gen-000001", "gen-000003"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			twoGenerations(t, dir)
			if tt.change != nil {
				tt.change(t, filepath.Join(dir, "gen-000003"))
			}
			switch tt.current {
			case "":
			case "-":
				if err := os.Remove(filepath.Join(dir, "CURRENT")); err != nil {
					t.Fatal(err)
				}
			default:
				setCurrent(t, dir, tt.current)
			}
			w, err := Create(dir, "test")
			if err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			if names := generations(t, dir); !slices.Equal(names, tt.want) {
				t.Errorf("generations %v, want %v", names, tt.want)
			}
		})
	}
}

// twoGenerations makes an index whose generation in use is gen-000003. Its
// former one is there too, and what a killed build left as gen-000004.
func twoGenerations(t *testing.T, dir string) {
	t.Helper()
	buildIndex(t, dir, testReports())
	aside := filepath.Join(t.TempDir(), "aside")
	if err := os.Rename(filepath.Join(dir, "gen-000001"), aside); err != nil {
		t.Fatal(err)
	}
	setCurrent(t, dir, "gen-000002\n")
	buildIndex(t, dir, testReports()[:2])
	if err := os.Rename(aside, filepath.Join(dir, "gen-000001")); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "gen-000004", "bleve"), 0o755); err != nil {
		t.Fatal(err)
	}
}

// TestFollowerLeavesTheLast closes a follower while CURRENT names nothing.
func TestFollowerLeavesTheLast(t *testing.T) {
	for _, text := range []string{"", "gen-000077\n", "gen-000001\n"} {
		dir := t.TempDir()
		buildIndex(t, dir, testReports())
		f, err := Follow(dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		setCurrent(t, dir, text)
		f.Close()
		if names := generations(t, dir); !slices.Equal(names, []string{"gen-000001"}) {
			t.Errorf("CURRENT holds %q: generations %v", text, names)
		}
	}
}

// TestRepair turns back from a generation with a changed byte to the former one,
// but not while another process writes.
func TestRepair(t *testing.T) {
	dir := t.TempDir()
	twoGenerations(t, dir)
	if done, faults, err := Repair(dir); done != "" || len(faults) > 0 || err != nil {
		t.Errorf("a whole index: %s, %v, %v", done, faults, err)
	}
	name := filepath.Join(dir, "gen-000003", "text.bin")
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	b[0] ^= 1
	if err := os.WriteFile(name, b, 0o644); err != nil {
		t.Fatal(err)
	}
	lock, err := store.Lock(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := Repair(dir); !errors.Is(err, baogao.ErrLocked) {
		t.Errorf("beside a writer: %v", err)
	}
	if err := lock.Close(); err != nil {
		t.Fatal(err)
	}
	done, faults, err := Repair(dir)
	if err != nil || len(faults) == 0 || done != "CURRENT names gen-000003, which is not whole: put back to gen-000001, which is whole" {
		t.Errorf("%s, %q, %v", done, faults, err)
	}
	x, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if res := ask(t, x, ""); res.Total.Reports != 6 {
		t.Errorf("after it %+v", res.Total)
	}
}
