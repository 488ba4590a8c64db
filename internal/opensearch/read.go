package opensearch

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/match"
	"baogao/internal/opensearch/document"
	"baogao/internal/opensearch/nodes"
	"baogao/internal/tally"
	"baogao/internal/weight"
	"baogao/query"
)

// mostRead is how many passages are read for one question at most. Beyond there is
// an error, and no number.
const mostRead = 200_000

// An arena is the passages of a question as they are read.
type arena struct {
	matched []string                   // the tests that the passage passes that was read last
	reports map[uint32]map[string]bool // the tests that some passage of a report passes, where reports are asked for
}

func (a *arena) passes(_ uint32, test string) bool { return slices.Contains(a.matched, test) }

func (a *arena) reportPasses(report uint32, test string) bool { return a.reports[report][test] }

// turn begins with a passage of a report.
func (a *arena) turn(report uint32, matched []string) {
	a.matched = matched
	if a.reports == nil {
		return
	}
	for _, m := range matched {
		if a.reports[report] == nil {
			a.reports[report] = map[string]bool{}
		}
		a.reports[report][m] = true
	}
}

// A candidate is a passage that was read and matches.
type candidate struct {
	matched
	occurrences int
	class       int
	id          string
	chars       int64
}

// reading finds the matches of a question by reading candidates.
type reading struct {
	*plan
	matcher match.Matcher
	words   *match.Reports // nil where passages are asked for
	found   []candidate
	counts
	facts []func() // see weighLater
}

// readSource is what is read of a passage.
var readSource = []string{"n", "report", "id", "class", "chars", "units", "facts", "bare", "plan", "body.t"}

// byReading answers a question by reading the passages that a query finds.
func (p *plan) byReading(ctx context.Context, q nodes.Object) (*baogao.Result, []matched, error) {
	r := &reading{plan: p, matcher: p.tree.Matcher()}
	if p.tree.Scope == query.Report {
		r.words, p.arena.reports = match.NewReports(p.tree, p.gen.Stats.Reports), map[uint32]map[string]bool{}
	}
	if p.only != nil {
		q = nodes.Anything()
	}
	if err := r.all(ctx, q); err != nil {
		return nil, nil, err
	}
	return r.answer()
}

// all reads the passages that a query finds, the tests of the question with them.
func (r *reading) all(ctx context.Context, q nodes.Object) error {
	var tests []nodes.Object
	for _, l := range leavesOf(r.tree.Root) {
		tests = append(tests, nodes.Object{"bool": nodes.Object{"filter": []nodes.Object{l.query}, "_name": l.name}})
	}
	s := nodes.Search{
		Query: nodes.Object{"bool": nodes.Object{"filter": r.among(document.PassageKind, q), "should": tests}}, Size: nodes.ReadAtOnce,
		Sort: []nodes.Object{{"n": "asc"}}, Source: readSource,
	}
	n := 0
	err := r.client.EachRow(ctx, r.gen.Index, s, func(row *nodes.Row) error {
		if n++; n > mostRead {
			return fmt.Errorf("%w: over a cluster this question reads more than %d passages, which is not done; narrow it by a place, a year or another word", baogao.ErrRequest, mostRead)
		}
		return r.read(row)
	})
	if err != nil {
		return err
	}
	if r.only != nil {
		r.weighOne(n)
	}
	for _, weigh := range r.facts {
		weigh()
	}
	if r.words != nil {
		r.found = slices.DeleteFunc(r.found, func(c candidate) bool { return !r.words.Match(uint32(c.Report)) })
	}
	return nil
}

// weighOne weighs words by how many of all passages of one report hold them.
func (r *reading) weighOne(passages int) {
	for slot := range r.score {
		r.score[slot] = weight.IDF(passages, int(r.score[slot]))
	}
}

// read reads a passage and keeps it where it matches.
func (r *reading) read(row *nodes.Row) error {
	var p document.Passage
	if err := json.Unmarshal(row.Source, &p); err != nil {
		return err
	}
	r.arena.turn(uint32(p.Report), row.Matched)
	in := match.Passage{Text: analyzer.AppendUTF16(nil, p.Body.Text), Report: uint32(p.Report), Plan: p.Plan}
	var f match.Found
	holds := true
	if r.words != nil || r.only != nil {
		f = r.matcher.Find(&in)
	}
	if r.only != nil {
		for slot, n := range f.Times {
			r.score[slot] += float64(min(n, 1))
		}
	}
	if r.words != nil {
		r.words.Add(in.Report, f)
		holds = f.Marks > 0 || len(r.tree.Marked()) == 0
	} else {
		f, holds = r.matcher.Match(&in)
	}
	if !holds {
		return nil
	}
	class, err := r.of(p.Class)
	if err != nil {
		return err
	}
	r.found = append(r.found, candidate{
		matched: matched{Number: p.Number, Report: p.Report, tests: row.Matched}, occurrences: f.Marks, class: class, id: p.ID, chars: p.Chars,
	})
	r.weighLater(len(r.found)-1, slices.Clone(f.Times), &p)
	return nil
}

// weighLater weighs a match when all is read: in one report, what words weigh is
// known only then.
func (r *reading) weighLater(at int, times []int, p *document.Passage) {
	length, prior := r.view.RelativeLength(p.Units), weight.Exact.Of(weight.Facts(p.Facts), p.Bare)
	weigh := func() {
		c := &r.found[at]
		for slot, n := range times {
			if n > 0 && r.tree.Words[slot].Marked {
				c.score += weight.BM25(r.score[slot], n, length, weight.B)
			}
		}
		c.score *= prior
	}
	if r.only == nil {
		weigh()
		return
	}
	r.facts = append(r.facts, weigh)
}

// tally counts the matches.
func (r *reading) tally() *baogao.Result {
	seen := map[int]bool{}
	for _, c := range r.found {
		n := &r.counts.counts[c.class]
		n.Passages++
		n.Occurrences += c.occurrences
		if !seen[c.Report] {
			seen[c.Report] = true
			n.Reports++
			n.Chars += c.chars
		}
	}
	return r.counts.result(r.req)
}

// answer counts the matches and puts those that are shown in order.
func (r *reading) answer() (*baogao.Result, []matched, error) {
	res := r.tally()
	filter := tally.NewFilter(r.classes, r.req.Filters)
	r.found = slices.DeleteFunc(r.found, func(c candidate) bool { return !filter.Passes(uint32(c.class)) })
	slices.SortFunc(r.found, r.compare)
	if r.req.Grouped {
		r.group()
	}
	from := min(r.req.Offset, len(r.found))
	to := from + min(r.limit(), len(r.found)-from)
	var shown []matched
	for _, c := range r.found[from:to] {
		shown = append(shown, c.matched)
	}
	if from < to && to < len(r.found) {
		res.Next = r.next(to, nil)
	}
	return res, shown, nil
}

// compare is below 0 if a comes before b.
func (r *reading) compare(a, b candidate) int {
	ka, kb := &r.classes[a.class], &r.classes[b.class]
	if by := tally.By(r.req.Sort); by != nil {
		if c := by(ka, kb); c != 0 {
			return c
		}
	}
	return cmp.Or(cmp.Compare(b.score, a.score), tally.Newest(ka.Reported, kb.Reported), cmp.Compare(a.id, b.id), cmp.Compare(a.Number, b.Number))
}

// group leaves of each report its first match, with what matches in it.
func (r *reading) group() {
	of := map[int]*baogao.Matches{}
	kept := r.found[:0]
	for _, c := range r.found {
		m := of[c.Report]
		if m == nil {
			m = &baogao.Matches{}
			of[c.Report], c.inReport = m, m
			kept = append(kept, c)
		}
		m.Passages++
		m.Occurrences += c.occurrences
	}
	r.found = kept
}
