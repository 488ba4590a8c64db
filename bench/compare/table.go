package compare

import (
	"fmt"
	"slices"
	"strings"

	"baogao/bench/figures"
	"baogao/bench/peers"
	"baogao/bench/system"
	"baogao/bench/workload"
)

// Markdown is the comparison as it is published.
func (c *Comparison) Markdown() string {
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

func (c *Comparison) preface() string {
	var versions []string
	for _, r := range c.Rows {
		versions = append(versions, r.Version)
	}
	s := fmt.Sprintf("%s, on %s. %s.\n", c.Date, c.Machine, strings.Join(versions, "; "))
	return s + fmt.Sprintf("%d passages of %d reports, %.1f MB of text; %d questions, each with the top ten, four facets and highlights.\n",
		c.Corpus.Passages, c.Corpus.Reports, figures.MB(c.Corpus.TextBytes), len(c.Plan.Questions))
}

// columns are what engines are compared by.
var columns = []string{"build s", "CPU s", "peak RSS MB", "index MB", "index ÷ text", "p50 ms", "p95", "p99", "max", "q/s, 8 clients", "p99, 8 clients"}

// The columns of a build are the first ones; those of many clients, which are
// not told apart by question, are the last.
const (
	buildColumns = 5
	crowdColumn  = 9
)

// values are the numbers of an engine, by column.
func (c *Comparison) values(build system.Cost, index int64, a *workload.Answers) []float64 {
	perSecond := 0.0
	if a.ClientSec > 0 {
		perSecond = float64(len(a.ClientMS)) / a.ClientSec
	}
	return slices.Concat(
		[]float64{build.Wall, build.CPU, figures.MB(build.RSS), figures.MB(index), float64(index) / float64(c.Corpus.TextBytes)},
		figures.Percentiles(slices.Concat(a.MS...), 50, 95, 99, 100),
		[]float64{perSecond, figures.Percentile(a.ClientMS, 99)})
}

func (c *Comparison) engines() *figures.Table {
	t := figures.NewTable(append([]string{"engine"}, columns...)...)
	for _, r := range c.Rows {
		title := r.Title
		if n := len(c.Plan.Questions); r.asked() < n {
			title += fmt.Sprintf(" (%d of %d questions)", r.asked(), n)
		}
		t.Add(title, c.values(r.Build, r.Index, r.Answers))
		if r.Files != nil {
			files := c.values(*r.Files, r.Index, r.Answers)[:buildColumns]
			t.Add(r.Title+", from the files", files, slices.Repeat([]string{"″"}, len(columns)-buildColumns))
		}
	}
	return t
}

// asked counts the questions an engine could be asked.
func (r *Row) asked() (n int) {
	for _, total := range r.Answers.Totals {
		if total != workload.Unanswered {
			n++
		}
	}
	return n
}

func (c *Comparison) ours() *Row {
	i := slices.IndexFunc(c.Rows, func(r Row) bool { return r.Name == peers.Ours.Name })
	if i < 0 {
		return nil
	}
	return &c.Rows[i]
}

// ratios divides our numbers by those of the others, over the questions that
// both were asked.
func (c *Comparison) ratios() *figures.Table {
	t := figures.NewTable(append([]string{"ours ÷"}, columns...)...)
	ours := c.ours()
	for _, r := range c.Rows {
		if r.Name == ours.Name {
			continue
		}
		own, theirs := c.values(ours.Build, ours.Index, only(ours.Answers, r.Answers)), c.values(r.Build, r.Index, r.Answers)
		cells := []string{r.Title}
		for i := range own {
			if theirs[i] == 0 || i >= crowdColumn && r.asked() < len(c.Plan.Questions) {
				cells = append(cells, "–")
			} else {
				cells = append(cells, fmt.Sprintf("%.2f", own[i]/theirs[i]))
			}
		}
		t.Add(cells)
	}
	return t
}

// only leaves out the questions that another engine could not be asked.
func only(a, other *workload.Answers) *workload.Answers {
	b := *a
	b.MS = slices.Clone(a.MS)
	for i, total := range other.Totals {
		if total == workload.Unanswered {
			b.MS[i] = nil
		}
	}
	return &b
}

func (c *Comparison) notes() string {
	var n figures.Notes
	n.Add("Every build reads passages or reports that were prepared, which alone takes %.1f s (ours: %.1f s); CPU includes the reading. "+
		"\"From the files\" is `index build`, which also reads, cleans and understands the files.", c.ReadSec[0], c.ReadSec[1])
	n.Add("All questions are asked %d times by one client, after a round to warm up (Lucene: ten, as the JVM compiles while it runs); "+
		"then by eight clients for %d s.", c.Plan.Rounds, c.Plan.Seconds)
	for _, r := range c.Rows {
		if r.Rounds != c.Plan.Rounds {
			n.Add("%s is asked %d times only.", r.Title, r.Rounds)
		}
		if left := len(c.Plan.Questions) - r.asked(); left > 0 {
			n.Add("%s cannot find words of fewer than three characters: %d questions are left out, here and in the division below.", r.Title, left)
		}
	}
	n.Add("baogao and Groonga are asked over HTTP, SQLite over pipes, the others inside their own process. Groonga's cache of answers is " +
		"left out. Lucene is not merged by force, and uses one thread a question. Groonga's memory is that of its files too.")
	n.Add("Region, level, year and kind are filtered and counted everywhere. Baogao's facets count without the filter on their own field, " +
		"the others' within all filters, which is less work.")
	for _, m := range c.Missing {
		n.Add("Not installed: %s.", m)
	}
	if len(c.Wrong) == 0 {
		n.Add("Every total equals what reading all passages gives: the others' the passages with the very characters, ours those with the folded ones%s.", c.folded())
	} else {
		n.Add("**%d totals are wrong.**", len(c.Wrong))
	}
	return n.String()
}

// folded lists the questions for which folding finds other passages.
func (c *Comparison) folded() string {
	var list []string
	for i, n := range c.Counts {
		if n.Folded != n.Literal {
			list = append(list, fmt.Sprintf("`%s` %d instead of %d", c.Plan.Questions[i].Text, n.Folded, n.Literal))
		}
	}
	if len(list) == 0 {
		return ""
	}
	return " (" + strings.Join(list, ", ") + ")"
}

// slow is the slowest single answer of each engine.
func (c *Comparison) slow() string {
	t := figures.NewTable("slowest single question", "ms", "passages")
	for _, r := range c.Rows {
		if i, ms := slowest(r.Answers.MS); i >= 0 {
			t.Add(r.Title+": `"+c.Plan.Questions[i].Text+"`", ms, r.Answers.Totals[i])
		}
	}
	return t.String()
}

// slowest returns the number of the question that took longest in a round, and
// its time; -1 if none was answered.
func slowest(times [][]float64) (question int, ms float64) {
	question = -1
	for i, rounds := range times {
		if len(rounds) > 0 && (question < 0 || slices.Max(rounds) > ms) {
			question, ms = i, slices.Max(rounds)
		}
	}
	return question, ms
}

// inside is what only our index has, where it was measured.
func (c *Comparison) inside() *figures.Table {
	t := figures.NewTable("baogao", "", "÷ text")
	size := func(name string, bytes int64, share any) {
		t.Add(name, figures.Number(figures.MB(bytes))+" MB", share)
	}
	for _, p := range c.Parts {
		size("`"+p.Name+"`", p.Bytes, float64(p.Bytes)/float64(c.Corpus.TextBytes))
	}
	answers := c.ours().Answers
	size("memory of `serve` after the runs", answers.Resident, "")
	size("of it not pages of files", answers.Anonymous, "")
	shell := func(where string, ms []float64) {
		times := figures.Percentiles(ms, 50, 100)
		t.Add(fmt.Sprintf("`search %s` as a process, %s, %d runs: median", c.ShellWord, where, len(ms)), figures.Number(times[0])+" ms", "")
		t.Add("the slowest of them", figures.Number(times[1])+" ms", "")
	}
	shell("index in the page cache", c.Shell.Warm)
	shell("index not in it", c.Shell.Cold)
	return t
}
