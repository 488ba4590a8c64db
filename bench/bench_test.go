package main

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"baogao"
)

var root = ".."

func TestQuestions(t *testing.T) {
	list, err := readQuestions(root)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 60 {
		t.Errorf("%d questions, want 60", len(list))
	}
	seen := map[string]bool{}
	filtered, everything := 0, 0
	for _, q := range list {
		if seen[q.Text] {
			t.Errorf("%s stands there twice", q.Text)
		}
		seen[q.Text] = true
		filtered += number(len(q.filters()) > 0)
		everything += number(q.Text == matchAll)
		for _, word := range q.Words {
			if n := utf8.RuneCountInString(word); n < 2 || n > 8 {
				t.Errorf("%s: %d characters", word, n)
			}
			if strings.ContainsFunc(word, func(c rune) bool { return !unicode.Is(unicode.Han, c) }) {
				t.Errorf("%s: not every character is a Han character", word)
			}
		}
	}
	if filtered != 10 || everything != 1 {
		t.Errorf("%d questions with filters, %d for every passage", filtered, everything)
	}
}

func TestParseQuestion(t *testing.T) {
	tests := []struct {
		text string
		want question
	}{
		{"*", question{}},
		{"行政复议", question{Words: []string{"行政复议"}}},
		{"行政复议 信访", question{Words: []string{"行政复议", "信访"}}},
		{"region:四川 信访", question{Words: []string{"信访"}, Region: "510000"}},
		{"kind:work year:2023 level:市 发展", question{Words: []string{"发展"}, Kind: "work", Year: "2023", Level: "city"}},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			got, err := parseQuestion(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			tt.want.Text = tt.text
			if !slices.Equal(got.Words, tt.want.Words) || !slices.Equal(got.filters(), tt.want.filters()) {
				t.Errorf("%+v, want %+v", got, tt.want)
			}
		})
	}
	for _, text := range []string{"发展 OR 改革", "-发展", "year:2020..2022 发展", "title:发展", "region:鼓楼区 发展"} {
		if q, err := parseQuestion(text); err == nil {
			t.Errorf("%s: %+v; not every engine can be asked it", text, q)
		}
	}
}

func TestPercentile(t *testing.T) {
	times := []float64{4, 1, 3, 2, 10, 9, 8, 7, 6, 5}
	for _, tt := range []struct{ p, want float64 }{{0, 1}, {50, 5}, {95, 10}, {90, 9}, {91, 10}, {100, 10}} {
		if got := percentile(times, tt.p); got != tt.want {
			t.Errorf("percentile %g is %g, want %g", tt.p, got, tt.want)
		}
	}
	if got := percentile(nil, 50); got != 0 {
		t.Errorf("of nothing: %g", got)
	}
}

func TestSlowest(t *testing.T) {
	a := &answers{MS: [][]float64{{1, 2}, nil, {7, 3}, {5}}}
	if i, ms := a.slowest(); i != 2 || ms != 7 {
		t.Errorf("question %d with %g ms", i, ms)
	}
}

// TestPut asks an engine of three questions, one of which it cannot be asked.
func TestPut(t *testing.T) {
	l := load{Questions: []question{{Text: "a"}, {Text: "b"}, {Text: "c"}}, Rounds: 2}
	asked := map[string]int{}
	a, err := l.put(t.Context(), func() (ask, func() error, error) {
		return func(q question) (func() (int, error), error) {
			asked[q.Text]++
			total := asked[q.Text]
			if q.Text == "b" {
				total = unanswered
			}
			return func() (int, error) { return total, nil }, nil
		}, nothing, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(a.Totals, []int{3, unanswered, 3}) || len(a.MS[0]) != 2 || len(a.MS[1]) != 0 {
		t.Errorf("%+v", a)
	}
}

// tiny writes a corpus of passages of the country in 2020.
func tiny(t *testing.T, texts ...string) string {
	t.Helper()
	dir := t.TempDir()
	f, err := os.Create(filepath.Join(dir, passagesFile))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i, text := range texts {
		p := describe(baogao.Meta{Year: 2020, Region: baogao.Region{Code: "100000"}})
		p.ID, p.Text = string(rune('a'+i)), text
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
			q, err := parseQuestion(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			counts, err := countAll(dir, []question{q})
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
	questions := []question{{Text: "a"}, {Text: "b"}}
	counts := []count{{Literal: 2, Folded: 3}, {Literal: 1, Folded: 1}}
	for _, tt := range []struct {
		name   string
		totals []int
		wrong  int
	}{
		{"ours", []int{3, 1}, 0}, {"ours", []int{2, 1}, 1},
		{"lucene", []int{2, 1}, 0}, {"lucene", []int{3, 0}, 2}, {"sqlite", []int{unanswered, 1}, 0},
	} {
		if got := check(tt.name, questions, tt.totals, counts); len(got) != tt.wrong {
			t.Errorf("%s with %v: %v", tt.name, tt.totals, got)
		}
	}
}

func TestSQLiteStatement(t *testing.T) {
	for text, want := range map[string]string{"信访": "", "乡村振兴 发展": "", "乡村振兴 合法性审查": `fts MATCH '"乡村振兴" AND "合法性审查"'`, "*": "FROM meta WHERE 1"} {
		q, err := parseQuestion(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := sqliteStatement(q); (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %s", text, got)
		}
	}
}

func TestShuffleKeepsEverySentence(t *testing.T) {
	dir := tiny(t)
	if err := writeReports(dir, &baogao.Report{Meta: baogao.Meta{ID: "a"}, Passages: []baogao.Passage{{Paragraph: 1, Text: "一。二；三！四"}}}); err != nil {
		t.Fatal(err)
	}
	x := &collector{}
	if err := grow(t.Context(), workplace{settings: settings{work: dir}, count: 3}, x); err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, r := range x.reports {
		ids[r.Meta.ID] = true
		got := strings.SplitAfter(r.Passages[0].Text, "")
		slices.Sort(got)
		want := strings.SplitAfter("一。二；三！四", "")
		if slices.Sort(want); !slices.Equal(got, want) {
			t.Errorf("%s: %s", r.Meta.ID, r.Passages[0].Text)
		}
	}
	if len(ids) != 3 {
		t.Errorf("reports %v", ids)
	}
}

func writeReports(dir string, list ...*baogao.Report) error {
	w, err := createCorpus(dir)
	if err != nil {
		return err
	}
	for _, r := range list {
		if err := w.add(r); err != nil {
			return err
		}
	}
	return w.close()
}

// A collector is a Writer that keeps what is added.
type collector struct{ reports []*baogao.Report }

func (c *collector) Add(_ context.Context, r *baogao.Report) error {
	c.reports = append(c.reports, r)
	return nil
}
func (c *collector) Publish(context.Context) (*baogao.Published, error) { return nil, nil }
func (c *collector) Close() error                                       { return nil }

func TestWithoutTexts(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "main")
	if err := os.CopyFS(filepath.Join(dir, "bench"), os.DirFS(filepath.Join(root, "bench"))); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"index", "search"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, command := range []string{"corpus", "compare", "scale"} {
		var out, errs strings.Builder
		code := run(t.Context(), []string{command, "--root", dir, "--bin", dir, "--work", t.TempDir()}, &out, &errs)
		if code != 0 || !strings.Contains(out.String(), "nothing is measured") {
			t.Errorf("%s: exit code %d: %s%s", command, code, &out, &errs)
		}
	}
}

func TestUsage(t *testing.T) {
	for _, tt := range []struct {
		args string
		code int
		says string
	}{
		{"compare --only grep", 2, "no engine is called grep"},
		{"compare --rounds 0", 2, "--rounds is 1 or more"},
		{"scale --sizes 0", 2, "--rounds and --sizes are 1 or more"},
		{"compare all", 2, "hint: bench --help"},
		{"compare --bin nowhere --root " + root, 1, "make build"},
	} {
		t.Run(tt.args, func(t *testing.T) {
			var out, errs strings.Builder
			if code := run(t.Context(), strings.Fields(tt.args), &out, &errs); code != tt.code || !strings.Contains(errs.String(), tt.says) {
				t.Errorf("exit code %d: %s", code, &errs)
			}
		})
	}
}

// install builds the commands of the project and bench itself into a folder.
func install(t *testing.T, bin string) {
	t.Helper()
	for _, args := range [][]string{{"-C", root, "build", "-o", bin, "./cmd/index", "./cmd/search"}, {"build", "-o", bin, "."}} {
		if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
}

// TestEndToEnd compares the engines written in Go over the samples.
func TestEndToEnd(t *testing.T) {
	work, bin := t.TempDir(), t.TempDir()
	install(t, bin)
	samples := filepath.Join(root, "samples", "reports")
	info, err := writeCorpus(t.Context(), work, []string{samples}, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := writeInfo(work, info); err != nil {
		t.Fatal(err)
	}
	figures, page := filepath.Join(work, "figures.json"), filepath.Join(work, "bench.md")
	command := func(args ...string) string {
		cmd := exec.Command(filepath.Join(bin, "bench"), append(args, "--root", root, "--bin", bin, "--work", work, "--rounds", "1")...)
		var errs strings.Builder
		cmd.Stderr = &errs
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v\n%s", err, &errs)
		}
		return string(out)
	}
	// The other engines are programs of others; what is installed, and how they
	// fare on a busy machine, is not ours to test.
	out := command("compare", "--only", "ours,bleve", "--seconds", "1", "--json", figures, "--out", page)
	for _, want := range []string{"| baogao |", "| baogao, from the files |", "| bleve, stock mapping, cjk |", "Every total equals", "`text.bin`", "ours ÷"} {
		if !strings.Contains(out, want) {
			t.Errorf("%s is missing in\n%s", want, out)
		}
	}
	var c comparison
	b, err := os.ReadFile(figures)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &c); err != nil {
		t.Fatal(err)
	}
	if len(c.Rows) != 2 || len(c.Wrong) != 0 {
		t.Errorf("%d engines, %v", len(c.Rows), c.Wrong)
	}
	for _, r := range c.Rows {
		if r.Answers.Totals[len(r.Answers.Totals)-1] != c.Corpus.Passages {
			t.Errorf("%s: %v; the last one is every passage of %d", r.Name, r.Answers.Totals, c.Corpus.Passages)
		}
	}
	out = command("scale", "--sizes", "100,2000")
	if got := strings.Count(out, "\n"); got != 4 {
		t.Errorf("%d lines:\n%s", got, out)
	}
}
