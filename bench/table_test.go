package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTable(t *testing.T) {
	tab := &table{head: []string{"engine", "s", "MB"}}
	tab.add(append([]string{"a"}, figures(1.234, 123.4)...)...)
	const want = "| engine | s | MB |\n|---|--:|--:|\n| a | 1.23 | 123 |\n"
	if got := tab.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// TestMarkdown compares two engines, one of which was not asked everything.
func TestMarkdown(t *testing.T) {
	c := &comparison{
		Date: "2026-01-02", Machine: machine{CPU: "cpu", Cores: 2, Memory: 8e9, Kernel: "Linux 6", Go: "go1"},
		Corpus: &corpusInfo{Passages: 100, Reports: 3, TextBytes: 1e6},
		Load:   load{Questions: []question{{Text: "发展"}, {Text: "乡村振兴"}}, Rounds: 1, Clients: 8, Seconds: 1},
		Rows: []row{
			{Name: "ours", Title: "baogao", Version: "baogao 12ab", Build: cost{2, 3, 4e6}, Files: &cost{5, 6, 7e6}, Index: 2e6, Rounds: 1,
				Answers: &answers{Totals: []int{5, 4}, MS: [][]float64{{8}, {1}}, ClientMS: []float64{1, 2}, ClientSec: 1}},
			{Name: "sqlite", Title: "SQLite", Version: "SQLite 3", Build: cost{4, 4, 4e6}, Index: 4e6, Rounds: 1,
				Answers: &answers{Totals: []int{unanswered, 4}, MS: [][]float64{nil, {2}}, ClientMS: []float64{1}, ClientSec: 1}},
		},
		Missing: []string{"Groonga (no groonga)"},
		Counts:  []count{{Literal: 4, Folded: 5}, {Literal: 4, Folded: 4}},
	}
	got := c.markdown()
	for _, want := range []string{
		"2026-01-02, on cpu, 2 cores, 8 GB of memory, Linux 6, go1. baogao 12ab; SQLite 3.",
		"| baogao | 2.00 | 3.00 | 4.00 | 2.00 | 2.00 | 1.00 | 8.00 | 8.00 | 8.00 | 2.00 | 2.00 |",
		"| baogao, from the files | 5.00 | 6.00 | 7.00 | 2.00 | 2.00 | ″ |",
		"| SQLite (1 of 2 questions) | 4.00 | 4.00 | 4.00 | 4.00 | 4.00 | 2.00 | 2.00 | 2.00 | 2.00 | 1.00 | 1.00 |",
		"| SQLite | 0.50 | 0.75 | 1.00 | 0.50 | 0.50 | 0.50 | 0.50 | 0.50 | 0.50 | – | – |",
		"(`发展` 5 instead of 4).",
		"Not installed: Groonga (no groonga).",
		"| baogao: `发展` | 8.00 | 5 |",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is missing in\n%s", want, got)
		}
	}
}

func TestWriteBetween(t *testing.T) {
	const marked = "<!-- bench: begin -->\nnew\n<!-- bench: end -->\n"
	for _, tt := range []struct{ name, old, want string }{
		{"no file", "", marked},
		{"no marks", "# Title\n", "# Title\n\n" + marked},
		{"marks", "a\n<!-- bench: begin -->\nold\n<!-- bench: end -->\nb\n", "a\n" + marked + "b\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "bench.md")
			if tt.old != "" {
				if err := os.WriteFile(file, []byte(tt.old), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			for range 2 { // the second time changes nothing
				if err := writeBetween(file, "bench", "new\n"); err != nil {
					t.Fatal(err)
				}
			}
			got, err := os.ReadFile(file)
			if err != nil || string(got) != tt.want {
				t.Errorf("%q, %v; want %q", got, err, tt.want)
			}
		})
	}
	file := filepath.Join(t.TempDir(), "bench.md")
	if err := os.WriteFile(file, []byte("<!-- bench: begin -->\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := writeBetween(file, "bench", "new\n"); err == nil {
		t.Error("a file whose text has no end was written")
	}
}
