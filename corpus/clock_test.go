package corpus

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/extract"
	"baogao/internal/extract/budget"
)

// TestReadersThatFail has readers that die or never end, each over one file of several:
// each is the fault of its file, and the others are read.
func TestReadersThatFail(t *testing.T) {
	if testing.Short() {
		t.Skip("a reader is not waited for under -short, for it takes two seconds of a processor")
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		"a.dies": "a", "b.txt": "青山县报告\n正文\n", "c.never": "c", "d.lists": "d", "e.txt": "青山县报告\n全文\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	stopped := make(chan error, 1)
	var got []string
	w := newWalk(Options{}, func(r *baogao.Report, err error) bool {
		if err != nil {
			var file *FileError
			if !errors.As(err, &file) {
				t.Errorf("an error of no file: %v", err)
			}
			got = append(got, filepath.Base(file.Path)+": "+file.Err.Error())
		} else {
			got = append(got, r.Meta.ID)
		}
		return true
	})
	w.reader.formats = append([]format{
		{"dies", hasExt(".dies"), single(quick(func([]byte, extract.Limits) (extract.Text, error) { panic("no such cell") }))},
		{"never", hasExt(".never"), single(quick(func(_ []byte, l extract.Limits) (extract.Text, error) {
			for l.Stopped() == nil {
			}
			stopped <- l.Stopped()
			return extract.Text{Body: "c"}, nil
		}))},
		{"lists", hasExt(".lists"), func(*reader, file, *bufio.Reader) error { panic("no such row") }},
	}, formats...)
	w.run(t.Context(), func() error { return w.argument(dir) })
	const dies = ": makes its reader fail (no such %s); open it and save it again"
	want := []string{
		"a.dies" + strings.Replace(dies, "%s", "cell", 1), "b.txt", "c.never: " + budget.ErrTime.Error(),
		"d.lists" + strings.Replace(dies, "%s", "row", 1), "e.txt",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if err := <-stopped; err == nil {
		t.Error("the reader was not told to stop")
	}
}

// TestManyLines counts the lines of a text that say something.
func TestManyLines(t *testing.T) {
	for _, tt := range []struct {
		text string
		want bool
	}{
		{strings.Repeat("甲\n", mostLines), false},
		{strings.Repeat("甲\n", mostLines) + "乙", true},
		{strings.Repeat("甲\r", mostLines) + "乙", true},
		{strings.Repeat("\r\n \n", mostLines), false},
		{strings.Repeat("甲乙丙", mostLines), false},
	} {
		if got := hasTooManyLines(tt.text); got != tt.want {
			t.Errorf("%.12q… has too many lines: %v, want %v", tt.text, got, tt.want)
		}
	}
}
