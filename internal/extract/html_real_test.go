package extract

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// TestRealPages compares the text of pages of the central government with the
// text that others took out of them: no line of theirs may be missing.
func TestRealPages(t *testing.T) {
	const file = "../../../shared/data/policy_pages.jsonl.gz"
	in, err := os.Open(file)
	if err != nil {
		t.Skip(file + " is missing: 25 pages with the text others took out of them")
	}
	defer in.Close()
	z, err := gzip.NewReader(in)
	if err != nil {
		t.Fatal(err)
	}
	pages := 0
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 4<<20)
	for lines.Scan() {
		var page struct{ ID, Text, HTML string }
		if err := json.Unmarshal(lines.Bytes(), &page); err != nil {
			t.Fatal(err)
		}
		if page.HTML == "" {
			continue
		}
		pages++
		got, err := HTML([]byte(page.HTML), Limits{})
		if err != nil {
			t.Fatalf("%s: %v", page.ID, err)
		}
		body := letters(got.Body)
		for line := range strings.Lines(page.Text) {
			if want := letters(line); !strings.Contains(body, want) {
				t.Errorf("%s: %q is missing", page.ID, want)
			}
		}
	}
	if err := lines.Err(); err != nil || pages == 0 {
		t.Errorf("%d pages, %v", pages, err)
	}
}
