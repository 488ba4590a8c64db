package corpus

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"baogao"
)

// heldOf is what an index of some reports holds.
func heldOf(reports []*baogao.Report) (held []baogao.Held) {
	for _, r := range reports {
		held = append(held, baogao.Held{ID: r.Meta.ID, Place: r.File.Place, Key: r.File.Key})
	}
	return held
}

// put makes a file anew.
func put(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// replace puts a link to nowhere, as to a disk that is not mounted, into the
// place of a file or folder.
func replace(t *testing.T, dir, name string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := errors.Join(os.RemoveAll(path), os.Symlink(filepath.Join(dir, "nowhere"), path)); err != nil {
		t.Fatal(err)
	}
}

func zipOf(t *testing.T, names ...string) string {
	t.Helper()
	files := map[string][]byte{}
	for _, name := range names {
		files[name] = []byte(name + "坚持依法行政。")
	}
	return string(packAll(t, files))
}

// TestWhatCouldNotBeReadIsKept breaks files in every way. What may still be
// there is kept, and what was read and is no report any more is gone.
func TestWhatCouldNotBeReadIsKept(t *testing.T) {
	var lines strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&lines, `{"id":"line%d","text":"第%d份报告坚持依法行政。%x"}`+"\n", i, i, i*i*7919)
	}
	squeezed := string(gzipped(t, []byte(lines.String())))
	whole := zipOf(t, "a.txt", "b.txt")
	for _, tt := range []struct {
		name  string
		spoil func(t *testing.T, dir string)
		kept  string // the ids of the reports that could not be read, with numbers for all lines from one on
		why   string // the fault of these
	}{
		{"nothing", func(*testing.T, string) {}, "", ""},
		{"folder removed", func(t *testing.T, dir string) { os.RemoveAll(filepath.Join(dir, "sub")) }, "", ""},
		{"folder on a disk that is not mounted", func(t *testing.T, dir string) { replace(t, dir, "sub") }, "sub/b.txt sub/deep/c.txt", "sub: no such file"},
		{"file on a disk that is not mounted", func(t *testing.T, dir string) { replace(t, dir, "sub/b.txt") }, "sub/b.txt", "sub/b.txt: no such file"},
		{"file emptied", func(t *testing.T, dir string) { put(t, dir, "sub/b.txt", "") }, "", ""},
		{"file of zeros", func(t *testing.T, dir string) { put(t, dir, "sub/b.txt", "\x00\x00") }, "", ""},
		{"file that is an image", func(t *testing.T, dir string) { put(t, dir, "sub/b.txt", "GIF89a\x00\x00") }, "", ""},
		{"file that is a picture of pages", func(t *testing.T, dir string) { put(t, dir, "sub/b.txt", "\x89PNG\r\n\x1a\n\x00\x00") }, "sub/b.txt", "sub/b.txt: a picture; --ocr"},
		{"file that is a broken PDF", func(t *testing.T, dir string) { put(t, dir, "sub/b.txt", "%PDF-1.4\n1 0 obj") }, "sub/b.txt", "sub/b.txt: breaks off"},
		{"page without a text", func(t *testing.T, dir string) { put(t, dir, "sub/b.txt", "<html><script>x()</script></html>") }, "", ""},
		{"archive cut off", func(t *testing.T, dir string) { put(t, dir, "z.zip", whole[:len(whole)-30]) }, "z.zip/a.txt z.zip/b.txt", "z.zip: zip: not a valid"},
		{"archive without a file", func(t *testing.T, dir string) { put(t, dir, "z.zip", zipOf(t, "b.txt")) }, "", ""},
		{"archive without files", func(t *testing.T, dir string) { put(t, dir, "z.zip", zipOf(t)) }, "", ""},
		{"file of an archive damaged", func(t *testing.T, dir string) {
			at := strings.Index(whole, "a.txt") + len("a.txt")
			put(t, dir, "z.zip", whole[:at]+"\xff\xff\xff"+whole[at+3:])
		}, "z.zip/a.txt", "z.zip/a.txt: "},
		{"lines cut off", func(t *testing.T, dir string) { put(t, dir, "l.jsonl.gz", squeezed[:len(squeezed)/2]) }, "line", "l.jsonl.gz: line "},
		{"line removed", func(t *testing.T, dir string) { put(t, dir, "l.jsonl.gz", `{"id":"line1","text":"甲县。"}`) }, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := write(t, map[string]string{
				"a.txt": "甲县坚持依法行政。", "sub/b.txt": "乙县坚持依法行政。", "sub/deep/c.txt": "丙县坚持依法行政。", "z.zip": whole, "l.jsonl.gz": squeezed,
			})
			before, faults := walked(t, Options{}, dir, dir)
			if len(faults) > 0 {
				t.Fatal(faults)
			}
			tt.spoil(t, dir)
			after, faults := walked(t, Options{Held: heldOf(before)}, dir, dir)
			var kept []string
			all := map[string]bool{}
			for _, r := range after {
				if all[r.Meta.ID] {
					t.Errorf("%s comes twice", r.Meta.ID)
				}
				if all[r.Meta.ID] = true; r.File.Unread {
					kept = append(kept, r.Meta.ID)
				}
			}
			if got := strings.Join(kept, " "); tt.kept == "line" {
				if len(kept) == 0 || len(after) != len(before) || !slices.IsSorted(numbers(t, kept)) {
					t.Errorf("kept %d lines of %d reports; %d before", len(kept), len(after), len(before))
				}
			} else if got != tt.kept {
				t.Errorf("kept %q, want %q; faults %q", got, tt.kept, faults)
			}
			if tt.kept == "" {
				return
			}
			if got := faults[len(faults)-1]; !strings.HasPrefix(got, tt.why) || !strings.Contains(got, fmt.Sprintf("; kept %d report", len(kept))) {
				t.Errorf("fault %q, want %q of %d", got, tt.why, len(kept))
			}
		})
	}
}

func numbers(t *testing.T, ids []string) (n []int) {
	t.Helper()
	for _, id := range ids {
		var i int
		if _, err := fmt.Sscanf(id, "line%d", &i); err != nil {
			t.Fatal(id, err)
		}
		n = append(n, i)
	}
	return n
}

// TestReadingFails where the system gives an error in the middle of a file: the
// memory of a process can be opened, and not be read at its beginning.
func TestReadingFails(t *testing.T) {
	dir := write(t, map[string]string{"a.txt": "甲县坚持依法行政。"})
	before, _ := walked(t, Options{}, dir, dir)
	path := filepath.Join(dir, "a.txt")
	if err := errors.Join(os.Remove(path), os.Symlink("/proc/self/mem", path)); err != nil {
		t.Fatal(err)
	}
	if _, err := os.ReadFile(path); err == nil || errors.Is(err, os.ErrNotExist) {
		t.Skip("no file of this system fails to be read")
	}
	after, faults := walked(t, Options{Held: heldOf(before)}, dir, dir)
	if len(after) != 1 || !after[0].File.Unread || len(faults) != 1 || !strings.HasSuffix(faults[0], "; kept 1 report") {
		t.Errorf("%v, faults %q", ids(after), faults)
	}
}

// TestEmptiedPaths walks two folders of which one has lost its reports. Whatever
// the order, and however the paths are written, nothing is gone, and every report
// has the id that it had.
func TestEmptiedPaths(t *testing.T) {
	dir := write(t, map[string]string{
		"one/a.txt": "甲县坚持依法行政。", "one/b.txt": "乙县坚持依法行政。", "two/a.txt": "丙县坚持依法行政。", "two/sub/c.txt": "丁县坚持依法行政。",
	})
	t.Chdir(dir)
	one, two := filepath.Join(dir, "one"), filepath.Join(dir, "two")
	before, _ := walked(t, Options{}, dir, one, two)
	want := ids(before) // one's a.txt, b.txt, then two/a.txt, sub/c.txt
	slices.Sort(want)
	away := filepath.Join(t.TempDir(), "away")
	for _, tt := range []struct {
		name   string
		lost   string
		paths  []string
		remake bool // an empty folder is left, as where nothing is mounted
	}{
		{"the first is missing", "one", []string{"one", "two"}, false},
		{"the first is empty", "one", []string{one, "./two"}, true},
		{"the second is missing", "two", []string{"one/", two}, false},
		{"the second is empty", "two", []string{"one", "two/."}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := os.Rename(tt.lost, away); err != nil {
				t.Fatal(err)
			}
			if tt.remake {
				if err := os.Mkdir(tt.lost, 0o755); err != nil {
					t.Fatal(err)
				}
			}
			after, faults := walked(t, Options{Held: heldOf(before)}, dir, tt.paths...)
			got := ids(after)
			if slices.Sort(got); !slices.Equal(got, want) {
				t.Errorf("ids %q, want %q", got, want)
			}
			faults = slices.DeleteFunc(faults, func(f string) bool { return strings.Contains(f, "the id a.txt is taken") }) // as before
			if len(faults) != 1 || !strings.HasSuffix(faults[0], "; kept 2 reports") {
				t.Errorf("faults %q", faults)
			}
			for _, r := range after {
				if inLost := strings.HasPrefix(r.File.Place, filepath.Join(dir, tt.lost)); r.File.Unread != inLost || r.File.Held != r.Meta.ID {
					t.Errorf("%s of %s is held as %q, unread: %v", r.Meta.ID, r.File.Path, r.File.Held, r.File.Unread)
				}
			}
			after, _ = walked(t, Options{Held: heldOf(before), AllowEmpty: true}, dir, tt.paths...)
			if len(after) != 2 {
				t.Errorf("allowed to be empty: %q", ids(after))
			}
			if err := errors.Join(os.RemoveAll(tt.lost), os.Rename(away, tt.lost)); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// TestMovedBetweenPaths: what is found in another folder is not lost, though the
// folder it was in has no report any more.
func TestMovedBetweenPaths(t *testing.T) {
	dir := write(t, map[string]string{"one/a.txt": "甲县坚持依法行政。", "one/sub/b.txt": "乙县坚持依法行政。", "two/c.txt": "丙县坚持依法行政。"})
	one, two := filepath.Join(dir, "one"), filepath.Join(dir, "two")
	before, _ := walked(t, Options{}, dir, one, two)
	for _, name := range []string{"a.txt", "sub"} {
		if err := os.Rename(filepath.Join(one, name), filepath.Join(two, name)); err != nil {
			t.Fatal(err)
		}
	}
	after, faults := walked(t, Options{Held: heldOf(before)}, dir, one, two)
	if got := strings.Join(ids(after), " "); got != "a.txt c.txt sub/b.txt" || len(faults) > 0 {
		t.Errorf("ids %q, faults %q", got, faults)
	}
	for _, r := range after {
		if r.File.Unread || r.File.Held != r.Meta.ID || !strings.HasPrefix(r.File.Place, two) {
			t.Errorf("%s: %+v", r.Meta.ID, r.File)
		}
	}
}

// TestUnreadMetadata: reports are not made without what a metadata.csv gave them
// because it cannot be read.
func TestUnreadMetadata(t *testing.T) {
	dir := write(t, map[string]string{"a.txt": "甲县坚持依法行政。", "sub/b.txt": "乙县坚持依法行政。", "sub/metadata.csv": "file,year\nb.txt,2019\n"})
	before, _ := walked(t, Options{}, dir, dir)
	name := filepath.Join(dir, "sub", metadataName)
	if err := errors.Join(os.Remove(name), os.Symlink(metadataName, name)); err != nil { // to itself
		t.Fatal(err)
	}
	after, faults := walked(t, Options{Held: heldOf(before)}, dir, dir)
	if got := strings.Join(ids(after), " "); got != "a.txt sub/b.txt" || !after[1].File.Unread {
		t.Errorf("ids %q, %+v", got, after[1].File)
	}
	if len(faults) != 1 || !strings.HasPrefix(faults[0], "sub: metadata.csv: ") || !strings.HasSuffix(faults[0], "; kept 1 report") {
		t.Errorf("faults %q", faults)
	}
	after, faults = walked(t, Options{}, dir, dir)
	if len(after) != 2 || len(faults) != 1 || !strings.Contains(faults[0], "metadata not used") {
		t.Errorf("where nothing is held: ids %q, faults %q", ids(after), faults)
	}
	if err := errors.Join(os.Remove(name), os.WriteFile(name, make([]byte, 90), 0o600)); err != nil { // as a loss of power leaves it
		t.Fatal(err)
	}
	after, faults = walked(t, Options{Held: heldOf(before)}, dir, dir)
	if len(after) != 2 || !after[1].File.Unread || len(faults) != 1 {
		t.Errorf("without text: ids %q, faults %q", ids(after), faults)
	}
	byItself := filepath.Join(dir, "sub", "b.txt")
	after, _ = walked(t, Options{Held: heldOf(before)}, dir, byItself)
	if len(after) != 1 || !after[0].File.Unread {
		t.Errorf("by itself: %q", ids(after))
	}
}

// TestIDsOfWhatIsKept: a report that could not be read keeps its id, whoever
// wants it later, and gives way to one that came before.
func TestIDsOfWhatIsKept(t *testing.T) {
	dir := write(t, map[string]string{"m.jsonl": `{"id":"x","text":"甲县坚持依法行政。"}`})
	before, _ := walked(t, Options{}, dir, dir)
	replace(t, dir, "m.jsonl")
	put(t, dir, "n.jsonl", `{"id":"x","text":"乙县坚持依法行政。"}`)
	after, _ := walked(t, Options{Held: heldOf(before)}, dir, dir)
	if got := strings.Join(ids(after), " "); got != filepath.Base(dir)+"/x x" || !after[1].File.Unread {
		t.Errorf("a later one: %q", got)
	}
	put(t, dir, "b.jsonl", `{"id":"x","text":"丙县坚持依法行政。"}`)
	os.Remove(filepath.Join(dir, "n.jsonl"))
	after, _ = walked(t, Options{Held: heldOf(before)}, dir, dir)
	if got := strings.Join(ids(after), " "); got != "x x~2" || after[1].File.Held != "x" {
		t.Errorf("an earlier one: %q", got)
	}
}

// TestStock looks up what is held from places whose names begin alike.
func TestStock(t *testing.T) {
	var held []baogao.Held
	for _, place := range []string{"/r/a/x", "/r/a.txt", "/r/a", "/r/a/x", "/r/b", "/r/a-b/x", ""} {
		held = append(held, baogao.Held{Place: place})
	}
	s := newStock(held)
	for place, want := range map[string][]int{
		"/r/a": {2, 0, 3}, "/r/a/x": {0, 3}, "/r/a.txt": {1}, "/r": {2, 5, 1, 0, 3, 4}, "/r/c": nil, "/": {2, 5, 1, 0, 3, 4}, "/r/a-": nil,
	} {
		if got := s.at(place); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", place, got, want)
		}
	}
}

// TestStoppedWhileKeeping ends the walk among the reports that are kept.
func TestStoppedWhileKeeping(t *testing.T) {
	dir := write(t, map[string]string{"a.txt": "甲县坚持依法行政。", "b.txt": "乙县坚持依法行政。"})
	before, _ := walked(t, Options{}, dir, dir)
	n := 0
	for range Reports(context.Background(), []string{filepath.Join(dir, "gone"), filepath.Join(dir, "a.txt")}, Options{Held: heldOf(before)}) {
		if n++; n == 2 {
			break
		}
	}
	os.RemoveAll(dir)
	for range Reports(context.Background(), []string{dir}, Options{Held: heldOf(before)}) {
		break
	}
}

// TestBrokenLines breaks one line of a file of many, changes one and takes one
// away: what may be the broken one is kept, under its id, and the rest is read.
func TestBrokenLines(t *testing.T) {
	line := func(id, text string) string { return fmt.Sprintf("{\"id\":%q,\"text\":%q}\n", id, text) }
	whole := line("a", "甲县坚持依法行政。") + line("b", "乙县坚持依法行政。") + line("c", "丙县坚持依法行政。")
	for _, tt := range []struct {
		name, text   string
		want, unread string
		faults       int
	}{
		{"broken", line("a", "甲县坚持依法行政。") + "{\"id\":\"b\",\"text\":\n" + line("c", "丙县坚持依法行政。"), "a c b", "b", 1},
		{"broken, and another changed", "{\"id\"\n" + line("b", "乙县有了新的情况。") + line("c", "丙县坚持依法行政。"), "b c a", "a", 1},
		{"two broken", "{\"id\"\n" + line("b", "乙县坚持依法行政。") + "{\n", "b a c", "a c", 2},
		{"no characters", line("a", "甲县坚持依法行政。") + "\x00\x01\x02\xff\xfe\x00\x03\n" + line("c", "丙县坚持依法行政。"), "a c b", "b", 1},
		{"broken, and none is missing", whole + "{\n", "a b c", "", 1},
		{"gone", line("a", "甲县坚持依法行政。") + line("c", "丙县坚持依法行政。"), "a c", "", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := write(t, map[string]string{"lines.jsonl": whole})
			before, _ := walked(t, Options{}, dir, dir)
			if err := os.WriteFile(filepath.Join(dir, "lines.jsonl"), []byte(tt.text), 0o600); err != nil {
				t.Fatal(err)
			}
			after, faults := walked(t, Options{Held: heldOf(before)}, dir, dir)
			var unread []string
			for _, r := range after {
				if r.File.Unread {
					unread = append(unread, r.Meta.ID)
				}
			}
			if got := strings.Join(ids(after), " "); got != tt.want || strings.Join(unread, " ") != tt.unread || len(faults) != tt.faults {
				t.Errorf("ids %q, unread %q, faults %q", got, unread, faults)
			}
		})
	}
}
