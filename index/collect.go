package index

import (
	"slices"
	"sync"

	"baogao"
	"baogao/index/internal/catalogue"
	"baogao/internal/tally"
)

// A collector counts matches and keeps the best of them. Several can collect
// the matches of one question side by side and be joined.
type collector struct {
	*Index
	room   *sync.Pool // for the next
	filter *catalogue.Filter
	order  order
	need   int      // how many of the best are kept
	after  *matched // only those behind it are kept; nil is no such bound

	tallies []tally.Count // by class
	seen    []bool        // by report: it has a match
	met     []uint32      // the reports that are seen
	best    []matched     // a heap with the last on top once there are as many as needed

	grouped bool
	leads   []lead // by report, where matches are grouped
}

// A lead is the match of a report that comes before all others of it, and how
// much matches in the report.
type lead struct {
	matched
	passages, total uint32 // the total of occurrences
}

// newCollector makes a collector, in the room of an earlier one if there is
// one. It is to be released.
func newCollector(r *run, sel selection) *collector {
	c, ok := r.collectors.Get().(*collector)
	if !ok {
		c = &collector{tallies: make([]tally.Count, r.reports.Classes()), seen: make([]bool, len(r.gen.Reports))}
	}
	c.Index, c.room = r.Index, &r.collectors
	c.filter, c.order, c.need, c.after, c.best = &r.filter, order{r.Index, tally.By(sel.by)}, sel.need, sel.after, nil
	if c.grouped = sel.grouped; c.grouped && c.leads == nil {
		c.leads = make([]lead, len(c.seen))
	}
	return c
}

// release gives the room of a collector back. What it counted is gone then;
// its matches are not.
func (c *collector) release() {
	for _, report := range c.met {
		c.seen[report] = false
		if c.grouped {
			c.leads[report] = lead{}
		}
	}
	clear(c.tallies)
	c.met, c.best, c.filter, c.after = c.met[:0], nil, nil, nil
	c.room.Put(c)
}

// add takes a match, if its report passes by itself.
func (c *collector) add(m matched) {
	report := c.gen.Records[m.ordinal].Report
	if !c.filter.Report(report) {
		return
	}
	t := &c.tallies[c.reports.ClassOf[report]]
	if !c.seen[report] {
		c.see(report)
	}
	t.Passages++
	t.Occurrences += int(m.occurrences)
	if c.grouped {
		c.leads[report].add(lead{m, 1, m.occurrences})
	}
	c.keep(m, report)
}

// add adds what matches in the same report.
func (l *lead) add(o lead) {
	if l.passages == 0 || o.score > l.score || o.score == l.score && o.ordinal < l.ordinal {
		l.matched = o.matched
	}
	l.passages += o.passages
	l.total += o.total
}

// addReport counts all passages of a report, and keeps none of them.
func (c *collector) addReport(report uint32, count int) {
	if count == 0 {
		return
	}
	c.see(report)
	c.tallies[c.reports.ClassOf[report]].Passages += count
	if c.grouped {
		c.leads[report] = lead{matched{ordinal: uint32(c.gen.Reports[report].First)}, uint32(count), 0}
	}
}

func (c *collector) see(report uint32) {
	c.seen[report] = true
	c.met = append(c.met, report)
	t := &c.tallies[c.reports.ClassOf[report]]
	t.Reports++
	t.Chars += c.reports.Chars[report]
}

// keep keeps a match if it is among the best so far.
func (c *collector) keep(m matched, report uint32) {
	if c.need == 0 {
		return
	}
	if len(c.best) == c.need && (c.order.primary == nil && m.score < c.best[0].score || c.order.compare(m, c.best[0]) >= 0) {
		return
	}
	if !c.filter.Passes(c.reports.ClassOf[report]) || c.after != nil && c.order.compare(m, *c.after) <= 0 {
		return
	}
	if len(c.best) < c.need {
		if c.best = append(c.best, m); len(c.best) == c.need {
			for i := len(c.best)/2 - 1; i >= 0; i-- {
				c.sink(i)
			}
		}
		return
	}
	c.best[0] = m
	c.sink(0)
}

// sink moves a match of the heap to where those above it come after it.
func (c *collector) sink(i int) {
	for {
		last := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(c.best); child++ {
			if c.order.compare(c.best[child], c.best[last]) > 0 {
				last = child
			}
		}
		if last == i {
			return
		}
		c.best[i], c.best[last] = c.best[last], c.best[i]
		i = last
	}
}

// join takes what another collector of the same question has collected. The
// other is released.
func (c *collector) join(o *collector) {
	for i, t := range o.tallies {
		c.tallies[i].Passages += t.Passages
		c.tallies[i].Occurrences += t.Occurrences
	}
	for _, report := range o.met {
		if !c.seen[report] {
			c.see(report)
		}
		if c.grouped {
			c.leads[report].add(o.leads[report])
		}
	}
	for _, m := range o.best {
		c.keep(m, c.gen.Records[m.ordinal].Report)
	}
	o.release()
}

// inOrder returns the best matches, in order.
func (c *collector) inOrder() []matched {
	slices.SortFunc(c.best, c.order.compare)
	return c.best
}

// leading returns matches in order of which each leads its report: those that do
// among some first ones, and then as many others as are needed.
func (c *collector) leading(first []matched, need int, after *matched) []matched {
	var all []matched
	told := make(map[uint32]bool, len(first))
	for _, m := range first {
		if report := c.gen.Records[m.ordinal].Report; !told[report] {
			told[report] = true
			all = append(all, m)
		}
	}
	c.best, c.need, c.after = nil, need, after
	for _, report := range c.met {
		if !told[report] {
			c.keep(c.leads[report].matched, report)
		}
	}
	return append(all, c.inOrder()...)
}

// inReport counts what matches in the report of a match, where matches are
// grouped; nil where they are not.
func (c *collector) inReport(m matched) *baogao.Matches {
	if !c.grouped {
		return nil
	}
	l := &c.leads[c.gen.Records[m.ordinal].Report]
	return &baogao.Matches{Passages: int(l.passages), Occurrences: int(l.total)}
}

// total counts the matches that pass the filter, and the characters of their
// reports.
func (c *collector) total() (sum baogao.Total, chars int64) {
	for class, t := range c.tallies {
		if t.Passages > 0 && c.filter.Passes(uint32(class)) {
			sum.Passages += t.Passages
			sum.Occurrences += t.Occurrences
			sum.Reports += t.Reports
			chars += t.Chars
		}
	}
	return sum, chars
}
