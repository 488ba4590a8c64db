package corpus

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"baogao"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGolden reads every text of testdata and compares what was understood of
// it with the golden file beside it. What is inferred is not in it.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no texts in testdata", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			reports, faults := Read(filepath.Base(file), data, Options{})
			if len(reports) != 1 || len(faults) != 0 {
				t.Fatalf("%d reports, faults %v", len(reports), faults)
			}
			golden(t, strings.TrimSuffix(file, ".txt")+".golden", describe(reports[0]))
		})
	}
}

func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; run go test -update and read the diff\ngot:\n%s", file, got)
	}
}

func describe(r *baogao.Report) []byte {
	var b bytes.Buffer
	c := r.Cleaning
	fmt.Fprintf(&b, "title: %s\ncharset: %s  glosses: %d  repairs: %d  damaged: %d\n", r.Meta.Title, c.Charset, c.Glosses, c.Repairs, c.Damaged)
	for _, d := range c.Dropped {
		fmt.Fprintf(&b, "dropped: %s\n", d)
	}
	for _, f := range r.Facts {
		fmt.Fprintf(&b, "fact: %s = %s\n", f.Label, f.Value)
	}
	for _, p := range r.Paragraphs {
		fmt.Fprintf(&b, "\n%d", p.Number)
		if p.Title {
			b.WriteString(" title")
		}
		if p.Heading > 0 {
			fmt.Fprintf(&b, " heading %d", p.Heading)
		}
		if p.Damaged {
			b.WriteString(" damaged")
		}
		if len(p.Section) > 0 {
			fmt.Fprintf(&b, " [%s]", strings.Join(p.Section, " › "))
		}
		fmt.Fprintf(&b, "\n%s\n", p.Text)
		if p.Published != "" {
			fmt.Fprintf(&b, "published: %s\n", p.Published)
		}
	}
	return b.Bytes()
}
