package compare

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"baogao/bench/system"
	"baogao/bench/texts"
	"baogao/bench/workload"
)

// tiny writes a corpus of passages of the country in 2020.
func tiny(t *testing.T, list ...string) string {
	t.Helper()
	dir := t.TempDir()
	f, err := os.Create(filepath.Join(dir, texts.PassagesFile))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i, text := range list {
		p := texts.Passage{ID: string(rune('a' + i)), Text: text, Region: "100000", Regions: []string{"100000"}, Level: "unknown", Year: "2020", Kind: "unknown"}
		if err := json.NewEncoder(f).Encode(p); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestOracle(t *testing.T) {
	dir := tiny(t, "依法发展经济", "工業發展很快", "发，展", "信访工作", "发展与信访")
	for _, tt := range []struct {
		text            string
		literal, folded int
		examples        string
	}{
		{"发展", 2, 3, "b 工業發展很快"},
		{"发展 信访", 1, 1, ""},
		{"*", 5, 5, ""},
		{"year:2020 信访", 2, 2, ""},
		{"year:2021 信访", 0, 0, ""},
		{"region:四川 信访", 0, 0, ""},
	} {
		t.Run(tt.text, func(t *testing.T) {
			q, err := workload.Parse(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			counts, err := countAll(dir, []workload.Question{q})
			if err != nil {
				t.Fatal(err)
			}
			var examples []string
			for _, e := range counts[0].Examples {
				examples = append(examples, e.ID+" "+e.Text)
			}
			if c := counts[0]; c.Literal != tt.literal || c.Folded != tt.folded || strings.Join(examples, ", ") != tt.examples {
				t.Errorf("%d literal, %d folded, %q", c.Literal, c.Folded, examples)
			}
		})
	}
}

func TestCheck(t *testing.T) {
	questions := []workload.Question{{Text: "a"}, {Text: "b"}}
	counts := []Count{{Literal: 2, Folded: 3}, {Literal: 1, Folded: 1}}
	for _, tt := range []struct {
		name   string
		totals []int
		wrong  int
	}{
		{"ours", []int{3, 1}, 0}, {"ours", []int{2, 1}, 1},
		{"lucene", []int{2, 1}, 0}, {"lucene", []int{3, 0}, 2}, {"sqlite", []int{workload.Unanswered, 1}, 0},
	} {
		if got := check(tt.name, questions, tt.totals, counts); len(got) != tt.wrong {
			t.Errorf("%s with %v: %v", tt.name, tt.totals, got)
		}
	}
}

func TestSlowest(t *testing.T) {
	if i, ms := slowest([][]float64{{1, 2}, nil, {7, 3}, {5}}); i != 2 || ms != 7 {
		t.Errorf("question %d with %g ms", i, ms)
	}
}

// TestMarkdown compares two engines, one of which was not asked everything.
func TestMarkdown(t *testing.T) {
	c := &Comparison{
		Date: "2026-01-02", Machine: "cpu, 2 cores, 8 GB of memory, Linux 6, go1",
		Corpus: &texts.Info{Passages: 100, Reports: 3, TextBytes: 1e6},
		Plan:   workload.Plan{Questions: []workload.Question{{Text: "发展"}, {Text: "乡村振兴"}}, Rounds: 1, Clients: 8, Seconds: 1},
		Rows: []Row{
			{Name: "ours", Title: "baogao", Version: "baogao 12ab", Build: system.Cost{Wall: 2, CPU: 3, RSS: 4e6}, Files: &system.Cost{Wall: 5, CPU: 6, RSS: 7e6}, Index: 2e6, Rounds: 1,
				Answers: &workload.Answers{Totals: []int{5, 4}, MS: [][]float64{{8}, {1}}, ClientMS: []float64{1, 2}, ClientSec: 1}},
			{Name: "sqlite", Title: "SQLite", Version: "SQLite 3", Build: system.Cost{Wall: 4, CPU: 4, RSS: 4e6}, Index: 4e6, Rounds: 1,
				Answers: &workload.Answers{Totals: []int{workload.Unanswered, 4}, MS: [][]float64{nil, {2}}, ClientMS: []float64{1}, ClientSec: 1}},
		},
		Missing: []string{"Groonga (no groonga)"},
		Counts:  []Count{{Literal: 4, Folded: 5}, {Literal: 4, Folded: 4}},
	}
	got := c.Markdown()
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
