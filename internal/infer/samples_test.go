package infer

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// readSample reads a sample that is UTF-8 text, glosses stripped, as lines
// without a title.
func readSample(name string) (Document, bool) {
	b, err := os.ReadFile(name)
	if err != nil || !utf8.Valid(b) {
		return Document{}, false
	}
	d := body(gloss.ReplaceAllString(strings.TrimPrefix(string(b), "\ufeff"), "$1"))
	for i, l := range d.Lines {
		d.Lines[i] = strings.TrimSuffix(l, "\r")
	}
	return d, true
}

// TestSamples infers what the samples are from their text and path.
func TestSamples(t *testing.T) {
	root := filepath.Join("..", "..", "samples")
	f, err := os.Open(filepath.Join(root, "expected.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for _, row := range rows[1:] {
		d, ok := readSample(filepath.Join(root, row[0]))
		if !ok || filepath.Ext(row[0]) != ".txt" || strings.Contains(row[0], "0371") {
			continue // 0371 is described by a table beside it and by nothing else
		}
		read++
		d.Path = strings.TrimPrefix(row[0], "reports/")
		in := Infer(d)
		for i, g := range []Guess{in.Region, in.Level, in.Year, in.Kind} {
			if g.Value != row[2+i] {
				t.Errorf("%s: %s = %q (%.2f), want %q; %v, %v", row[0], rows[0][2+i], g.Value, g.Confidence, row[2+i], g.Candidates, g.Evidence)
			}
		}
		if hasFactTable(d) {
			continue // reading it is not the business of this package
		}
		if g := in.Published; g.Value != row[7] {
			t.Errorf("%s: published = %q, want %q; %v", row[0], g.Value, row[7], g.Candidates)
		}
	}
	if read < 12 {
		t.Errorf("read %d samples", read)
	}
}

func hasFactTable(d Document) bool {
	for _, l := range d.Lines {
		if strings.Count(l, "|") > 1 {
			return true
		}
	}
	return false
}
