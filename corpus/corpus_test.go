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

// write makes the files below a new folder and returns the folder.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// walked collects the reports of paths and the messages about what could not
// be read, with the path of the folder cut off.
func walked(t *testing.T, o Options, dir string, paths ...string) (reports []*baogao.Report, faults []string) {
	t.Helper()
	for r, err := range Reports(context.Background(), paths, o) {
		var fault *FileError
		switch {
		case err == nil:
			reports = append(reports, r)
		case errors.As(err, &fault):
			faults = append(faults, strings.ReplaceAll(err.Error(), dir+string(filepath.Separator), ""))
		default:
			t.Fatal(err)
		}
	}
	return reports, faults
}

func ids(reports []*baogao.Report) []string {
	var ids []string
	for _, r := range reports {
		ids = append(ids, r.Meta.ID)
	}
	return ids
}

func TestFolderIsWalkedInPathOrder(t *testing.T) {
	dir := write(t, map[string]string{
		"四川/遂宁/2022.txt": "2022年，我区坚持依法行政。",
		"四川/a.txt":       "甲县坚持依法行政。",
		"b.txt":          "乙县坚持依法行政。",
		".git/config":    "x", "四川/.DS_Store": "x", "四川/~$a.docx": "x",
		"空.txt": "", "图.png": "\x89PNG\r\n\x1a\n\x00\x00", "表.csv": "a,b",
	})
	reports, faults := walked(t, Options{}, dir, dir)
	if want := []string{"b.txt", "四川/a.txt", "四川/遂宁/2022.txt"}; !slices.Equal(ids(reports), want) {
		t.Errorf("ids %q, want %q", ids(reports), want)
	}
	want := []string{"图.png: a picture; --ocr reads it", "空.txt: empty", "表.csv: line 1: a table without a column of texts"}
	if len(faults) != len(want) {
		t.Fatalf("faults %q, want %q", faults, want)
	}
	for i := range want {
		if !strings.HasPrefix(faults[i], want[i]) {
			t.Errorf("fault %q, want %q", faults[i], want[i])
		}
	}
	if source := reports[0].Meta.Source; source != "b.txt" {
		t.Errorf("source %q", source)
	}
}

func TestIDs(t *testing.T) {
	dir := write(t, map[string]string{
		"x/a.txt": "甲县坚持依法行政。", "y/a.txt": "乙县坚持依法行政。",
		"z/a.txt": "甲县坚持依法行政。", "w/x/a.txt": "丙县坚持依法行政。",
		"l.jsonl": `{"id":"k","text":"甲县。"}
{"id":"k","text":"乙县。"}
{"id":"k","text":"丙县。"}
{"id":"k","text":"甲县。"}
{"text":"丁县。"}`,
	})
	at := func(names ...string) (paths []string) {
		for _, n := range names {
			paths = append(paths, filepath.Join(dir, n))
		}
		return paths
	}
	for _, tt := range []struct {
		name   string
		paths  []string
		ids    []string
		faults string
	}{
		{"folders", at("x", "y"), []string{"a.txt", "y/a.txt"}, "y/a.txt: the id a.txt is taken; the report is called y/a.txt"},
		{"files", at("x/a.txt", "y/a.txt"), []string{"a.txt", "a.txt~2"}, "y/a.txt: the id a.txt is taken; the report is called a.txt~2"},
		{"the same folder twice", at("x", "x"), []string{"a.txt"}, ""},
		{"a file below a folder", at("x", "x/a.txt"), []string{"a.txt"}, "x/a.txt: the same file as x/a.txt, which was read"},
		{"the same bytes", at("x", "z"), []string{"a.txt"}, "z/a.txt: duplicate of x/a.txt"},
		{"the same bytes as a later holder", at("y", "x", "z"), []string{"a.txt", "x/a.txt"},
			"x/a.txt: the id a.txt is taken; the report is called x/a.txt; z/a.txt: duplicate of x/a.txt"},
		{"folder names collide", at("x", "y", "w/x"), []string{"a.txt", "y/a.txt", "x/a.txt"}, "y/a.txt: the id a.txt is taken; the report is called y/a.txt; " +
			"w/x/a.txt: the id a.txt is taken; the report is called x/a.txt"},
		{"lines", at("l.jsonl"), []string{"k", "k~2", "k~3", "l.jsonl:5"}, "l.jsonl: line 2: the id k is taken; the report is called k~2; " +
			"l.jsonl: line 3: the id k is taken; the report is called k~3; l.jsonl: line 4: duplicate of l.jsonl: line 1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			reports, faults := walked(t, Options{}, dir, tt.paths...)
			if !slices.Equal(ids(reports), tt.ids) {
				t.Errorf("ids %q, want %q", ids(reports), tt.ids)
			}
			for i, f := range faults {
				faults[i] = filepath.ToSlash(f)
			}
			if got := strings.Join(faults, "; "); got != tt.faults {
				t.Errorf("faults %q, want %q", got, tt.faults)
			}
		})
	}
}

func TestLinksDoNotLoop(t *testing.T) {
	dir := write(t, map[string]string{"a/报告.txt": "甲县坚持依法行政。", "z.txt": "乙县坚持依法行政。"})
	for link, to := range map[string]string{"a/up": "..", "b": "a", "c.txt": "z.txt", "broken.txt": "nothing"} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Skip("no symbolic links here")
		}
	}
	reports, faults := walked(t, Options{}, dir, dir)
	if want := []string{"a/报告.txt", "c.txt"}; !slices.Equal(ids(reports), want) {
		t.Errorf("ids %q, want %q", ids(reports), want)
	}
	if len(faults) != 4 || faults[3] != "z.txt: the same file as c.txt, which was read" {
		t.Errorf("faults %q, want the two folders and the file met again and the broken link", faults)
	}
}

func TestSameFileOfTwoArguments(t *testing.T) {
	t.Chdir(write(t, map[string]string{"sub/a.txt": "甲县坚持依法行政。", "sub/b.txt": "乙县坚持依法行政。", "c.jsonl": `{"id":"c","text":"丙县。"}`}))
	reports, faults := walked(t, Options{}, ".", filepath.Join("sub", "a.txt"), "c.jsonl", ".", "c.jsonl")
	if want := []string{"a.txt", "c", "sub/b.txt"}; !slices.Equal(ids(reports), want) {
		t.Errorf("ids %q, want %q", ids(reports), want)
	}
	want := []string{
		"c.jsonl: the same file as c.jsonl, which was read",
		filepath.Join("sub", "a.txt") + ": the same file as " + filepath.Join("sub", "a.txt") + ", which was read",
		"c.jsonl: the same file as c.jsonl, which was read",
	}
	if !slices.Equal(faults, want) {
		t.Errorf("faults %q, want %q", faults, want)
	}
}

func TestFoldersThatArePassedOver(t *testing.T) {
	dir := write(t, map[string]string{
		"a.txt":                          "甲县坚持依法行政。",
		"out/notes.txt":                  "乙县坚持依法行政。",
		"out/deep/c.txt":                 "丙县坚持依法行政。",
		"my.idx/CURRENT":                 "gen-000003\n",
		"my.idx/gen-000003/details.json": "{}",
		"my.idx/a.txt":                   "丁县坚持依法行政。",
		"CURRENT/b.txt":                  "戊县坚持依法行政。",
		"gen-000001/d.txt":               "己县坚持依法行政。",
	})
	want := []string{"CURRENT/b.txt", "a.txt", "gen-000001/d.txt"}
	for name, exclude := range map[string]string{"by its path": filepath.Join(dir, "out"), "by another": filepath.Join(dir, "my.idx", "..", "out")} {
		reports, faults := walked(t, Options{Exclude: []string{exclude, filepath.Join(dir, "nothing")}}, dir, dir)
		if !slices.Equal(ids(reports), want) || len(faults) > 0 {
			t.Errorf("%s: ids %q, want %q; faults %q", name, ids(reports), want, faults)
		}
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(filepath.Join(dir, "out"), link); err != nil {
		t.Skip("no symbolic links here")
	}
	reports, faults := walked(t, Options{Exclude: []string{link}}, dir, dir, filepath.Join(dir, "out"))
	if !slices.Equal(ids(reports), want) || len(faults) > 0 {
		t.Errorf("by a link: ids %q, want %q; faults %q", ids(reports), want, faults)
	}
}

func TestMissingArgument(t *testing.T) {
	dir := write(t, map[string]string{"b.txt": "乙县坚持依法行政。"})
	reports, faults := walked(t, Options{}, dir, filepath.Join(dir, "a"), filepath.Join(dir, "b.txt"))
	if len(reports) != 1 || len(faults) != 1 || !strings.HasPrefix(faults[0], "a: ") {
		t.Errorf("%d reports, faults %q", len(reports), faults)
	}
}

func TestCancelledWalkEnds(t *testing.T) {
	files := map[string]string{}
	for i := range 5 {
		files[fmt.Sprintf("%d.txt", i)] = fmt.Sprintf("第%d县坚持依法行政。", i)
	}
	dir := write(t, files)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n := 0
	for r, err := range Reports(ctx, []string{dir}, Options{}) {
		n++
		if r != nil {
			cancel()
		} else if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
	if n != 2 {
		t.Errorf("%d steps, want a report and the end", n)
	}
}

// TestCancelledFileEnds cancels in the middle of a file, after its first
// report, where no line behind it makes another.
func TestCancelledFileEnds(t *testing.T) {
	const lines = 300_000
	dir := write(t, map[string]string{
		"a.jsonl": `{"text":"甲县。"}` + "\n" + strings.Repeat("{\"id\":1}\n", lines),
		"b.jsonl": `{"text":"甲县。"}` + "\n" + strings.Repeat("\n", 10*lines),
	})
	for _, name := range []string{"a.jsonl", "b.jsonl"} {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		steps := 0
		for r, err := range Reports(ctx, []string{filepath.Join(dir, name)}, Options{}) {
			steps++
			if r != nil {
				cancel()
			} else if !errors.Is(err, context.Canceled) {
				t.Errorf("%s: got %v", name, err)
			}
		}
		if steps != 2 {
			t.Errorf("%s: %d steps, want a report and the end", name, steps)
		}
	}
}

func TestLeavingTheLoopEndsTheWalk(t *testing.T) {
	dir := write(t, map[string]string{"a.txt": "甲县。", "b.txt": "", "c.txt": "丙县。"})
	for range Reports(context.Background(), []string{dir}, Options{}) {
		break
	}
	for r := range Reports(context.Background(), []string{dir}, Options{}) {
		if r == nil {
			break // in the middle of a fault
		}
	}
}

// TestReadableIDs gives files of names that are not UTF-8, as archives from
// China have them, and of names that control a terminal.
func TestReadableIDs(t *testing.T) {
	for _, tt := range []struct{ name, want string }{
		{"安居.txt", "安居.txt"},
		{"\xb0\xb2\xbe\xd3.txt", "安居.txt"},
		{"\xc9\xe4\xba\xe9.txt", "射洪.txt"},
		{"a\xff.txt", "a\uFFFD.txt"},
		{"a\x1b[31m\n.txt", "a\uFFFD[31m\uFFFD.txt"},
	} {
		if got := Readable(tt.name); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestLongReasons tells a fault for which a library quotes half a file.
func TestLongReasons(t *testing.T) {
	for n, want := range map[int]string{10: "a.pdf: broken: " + strings.Repeat("长", 10) + "; get it again", 10_000: "a.pdf: broken: " + strings.Repeat("长", 392) + " … " + strings.Repeat("长", 86) + "; get it again"} {
		err := &FileError{Path: "a.pdf", Err: fmt.Errorf("broken: %s; get it again", strings.Repeat("长", n))}
		if err.Error() != want {
			t.Errorf("of %d characters: %s", n, err)
		}
	}
}
