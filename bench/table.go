package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"unicode/utf8"
)

// A table is rows of cells under a head.
type table struct {
	head []string
	rows [][]string
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

// String is the table in Markdown; all columns but the first are numbers.
func (t *table) String() string {
	var b strings.Builder
	line := func(cells []string) { b.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	line(t.head)
	b.WriteString("|---" + strings.Repeat("|--:", len(t.head)-1) + "|\n")
	for _, cells := range t.rows {
		line(cells)
	}
	return b.String()
}

func megabytes(bytes int64) float64 { return float64(bytes) / 1e6 }

// figure prints a number with three digits that count.
func figure(v float64) string {
	switch {
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.2f", v)
}

func figures(values ...float64) []string {
	cells := make([]string, len(values))
	for i, v := range values {
		cells[i] = figure(v)
	}
	return cells
}

// markdown is the comparison as it is published.
func (c *comparison) markdown() string {
	parts := []string{c.preface(), c.engines().String(), c.notes()}
	if len(c.Rows) > 1 && c.ours() != nil {
		parts = append(parts, "Ours ÷ theirs; below 1 ours takes less, for q/s above 1 it answers more:\n", c.ratios().String())
	}
	parts = append(parts, c.slow())
	if c.Shell != nil {
		parts = append(parts, c.inside().String())
	}
	return strings.Join(parts, "\n")
}

func (c *comparison) preface() string {
	var versions []string
	for _, r := range c.Rows {
		versions = append(versions, r.Version)
	}
	s := fmt.Sprintf("%s, on %s. %s.\n", c.Date, c.Machine, strings.Join(versions, "; "))
	return s + fmt.Sprintf("%d passages of %d reports, %.1f MB of text; %d questions, each with the top ten, four facets and highlights.\n",
		c.Corpus.Passages, c.Corpus.Reports, megabytes(c.Corpus.TextBytes), len(c.Load.Questions))
}

// columns are what engines are compared by.
var columns = []string{"build s", "CPU s", "peak RSS MB", "index MB", "index ÷ text", "p50 ms", "p95", "p99", "max", "q/s, 8 clients", "p99, 8 clients"}

const buildColumns = 5

// values are the numbers of an engine, by column.
func (c *comparison) values(r *row, build cost) []float64 {
	times := slices.Concat(r.Answers.MS...)
	crowd := r.Answers.ClientMS
	perSecond := 0.0
	if r.Answers.ClientSec > 0 {
		perSecond = float64(len(crowd)) / r.Answers.ClientSec
	}
	return []float64{
		build.Wall, build.CPU, megabytes(build.RSS), megabytes(r.Index), float64(r.Index) / float64(c.Corpus.TextBytes),
		percentile(times, 50), percentile(times, 95), percentile(times, 99), percentile(times, 100),
		perSecond, percentile(crowd, 99),
	}
}

func (c *comparison) engines() *table {
	t := &table{head: append([]string{"engine"}, columns...)}
	for _, r := range c.Rows {
		title := r.Title
		if n := len(c.Load.Questions) - r.asked(); n > 0 {
			title += fmt.Sprintf(" (%d of %d questions)", r.asked(), len(c.Load.Questions))
		}
		t.add(append([]string{title}, figures(c.values(&r, r.Build)...)...)...)
		if r.Files == nil {
			continue
		}
		cells := figures(c.values(&r, *r.Files)...)
		for i := buildColumns; i < len(cells); i++ {
			cells[i] = "″"
		}
		t.add(append([]string{r.Title + ", from the files"}, cells...)...)
	}
	return t
}

// asked counts the questions an engine could be asked.
func (r *row) asked() (n int) {
	for _, total := range r.Answers.Totals {
		n += number(total != unanswered)
	}
	return n
}

func (c *comparison) ours() *row {
	i := slices.IndexFunc(c.Rows, func(r row) bool { return r.Name == prepared.name })
	if i < 0 {
		return nil
	}
	return &c.Rows[i]
}

// ratios divides our numbers by those of the others, over the questions that
// both were asked.
func (c *comparison) ratios() *table {
	t := &table{head: append([]string{"ours ÷"}, columns...)}
	for _, r := range c.Rows {
		if r.Name == prepared.name {
			continue
		}
		ours := *c.ours()
		ours.Answers = ours.Answers.only(r.Answers)
		own, theirs := c.values(&ours, ours.Build), c.values(&r, r.Build)
		cells := []string{r.Title}
		for i := range own {
			switch {
			case theirs[i] == 0, i >= crowdColumn && r.asked() < len(c.Load.Questions):
				cells = append(cells, "–")
			default:
				cells = append(cells, fmt.Sprintf("%.2f", own[i]/theirs[i]))
			}
		}
		t.add(cells...)
	}
	return t
}

// crowdColumn is the first of the columns of many clients, which are not told
// apart by question.
const crowdColumn = 9

// only leaves out the questions that another engine could not be asked.
func (a *answers) only(other *answers) *answers {
	b := *a
	b.MS = slices.Clone(a.MS)
	for i, total := range other.Totals {
		if total == unanswered {
			b.MS[i] = nil
		}
	}
	return &b
}

func (c *comparison) notes() string {
	var b strings.Builder
	note := func(format string, args ...any) { fmt.Fprintf(&b, "- "+format+"\n", args...) }
	note("Every build reads passages or reports that were prepared, which alone takes %.1f s (ours: %.1f s); CPU includes the reading. "+
		"\"From the files\" is `index build`, which also reads, cleans and understands the files.", c.ReadSec[0], c.ReadSec[1])
	note("All questions are asked %d times by one client, after a round to warm up (Lucene: ten, as the JVM compiles while it runs); "+
		"then by eight clients for %d s.", c.Load.Rounds, c.Load.Seconds)
	for _, r := range c.Rows {
		if r.Rounds != c.Load.Rounds {
			note("%s is asked %d times only.", r.Title, r.Rounds)
		}
		if n := len(c.Load.Questions) - r.asked(); n > 0 {
			note("%s cannot find words of fewer than three characters: %d questions are left out, here and in the division below.", r.Title, n)
		}
	}
	note("baogao and Groonga are asked over HTTP, SQLite over pipes, the others inside their own process. Groonga's cache of answers is " +
		"left out. Lucene is not merged by force, and uses one thread a question. Groonga's memory is that of its files too.")
	note("Region, level, year and kind are filtered and counted everywhere. Baogao's facets count without the filter on their own field, " +
		"the others' within all filters, which is less work.")
	for _, m := range c.Missing {
		note("Not installed: %s.", m)
	}
	if len(c.Wrong) == 0 {
		note("Every total equals what reading all passages gives: the others' the passages with the very characters, ours those with the folded ones%s.", c.folded())
	} else {
		note("**%d totals are wrong.**", len(c.Wrong))
	}
	return b.String()
}

// folded lists the questions for which folding finds other passages.
func (c *comparison) folded() string {
	var list []string
	for i, n := range c.Counts {
		if n.Folded != n.Literal {
			list = append(list, fmt.Sprintf("`%s` %d instead of %d", c.Load.Questions[i].Text, n.Folded, n.Literal))
		}
	}
	if len(list) == 0 {
		return ""
	}
	return " (" + strings.Join(list, ", ") + ")"
}

// slow is the slowest single answer of each engine.
func (c *comparison) slow() string {
	t := &table{head: []string{"slowest single question", "ms", "passages"}}
	for _, r := range c.Rows {
		i, ms := r.Answers.slowest()
		if i >= 0 {
			t.add(r.Title+": `"+c.Load.Questions[i].Text+"`", figure(ms), fmt.Sprint(r.Answers.Totals[i]))
		}
	}
	return t.String()
}

// inside is what only our index has.
func (c *comparison) inside() *table {
	t := &table{head: []string{"baogao", "", "÷ text"}}
	for _, p := range c.Parts {
		t.add("`"+p.Name+"`", figure(megabytes(p.Bytes))+" MB", figure(float64(p.Bytes)/float64(c.Corpus.TextBytes)))
	}
	if r := c.ours(); r != nil {
		t.add("memory of `serve` after the runs", figure(megabytes(r.Answers.Resident))+" MB", "")
		t.add("of it not pages of files", figure(megabytes(r.Answers.Anonymous))+" MB", "")
	}
	for _, s := range []struct {
		name string
		ms   []float64
	}{{"index in the page cache", c.Shell.Warm}, {"index not in it", c.Shell.Cold}} {
		t.add(fmt.Sprintf("`search %s` as a process, %s, %d runs: median", c.ShellWord, s.name, len(s.ms)), figure(percentile(s.ms, 50))+" ms", "")
		t.add("the slowest of them", figure(percentile(s.ms, 100))+" ms", "")
	}
	return t
}

// writeBetween replaces what stands between two marks of a Markdown file. If
// the marks or the file are missing, they are added at the end.
func writeBetween(file, name, text string) error {
	begin, end := "<!-- "+name+": begin -->\n", "<!-- "+name+": end -->\n"
	old, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if !utf8.Valid(old) {
		return fmt.Errorf("%s: not UTF-8; give a Markdown file", file)
	}
	before, rest, found := strings.Cut(string(old), begin)
	if !found && before != "" {
		before = strings.TrimRight(before, "\n") + "\n\n"
	}
	_, after, ended := strings.Cut(rest, end)
	if found && !ended {
		return fmt.Errorf("%s: %s without %s; add it where the text shall end", file, strings.TrimSpace(begin), strings.TrimSpace(end))
	}
	return os.WriteFile(file, []byte(before+begin+text+end+after), 0o644)
}
