// Package ranking counts the matches of a question and keeps the best of them, in the
// order in which they are shown.
package ranking

import (
	"slices"
	"sync"

	"baogao"
	"baogao/index/internal/catalogue"
	"baogao/index/internal/store"
	"baogao/internal/tally"
)

// A Collector counts matches and keeps the best of them. Several can collect
// the matches of one question side by side and be joined.
type Collector struct {
	room   *Collectors // for the next
	gen    *store.Generation
	filter *catalogue.Filter
	order  Order
	need   int    // how many of the best are kept
	after  *Match // only those behind it are kept; nil is no such bound

	tallies []tally.Count // by class
	classOf []uint32      // by report
	seen    []bool        // by report: it has a match
	met     []uint32      // the reports that are seen
	best    []Match       // a heap with the last on top once there are as many as needed

	grouped bool
	leads   []lead // by report, where matches are grouped
}

// A lead is the match of a report that comes before all others of it, and how
// much matches in the report.
type lead struct {
	Match
	passages, total uint32 // the total of occurrences
}

// Collectors makes collectors for one generation, in the room of earlier ones.
type Collectors struct {
	Gen     *store.Generation
	Reports *catalogue.Catalogue
	pool    sync.Pool
}

// New makes a collector, which is to be released.
func (cs *Collectors) New(filter *catalogue.Filter, sel Selection) *Collector {
	c, ok := cs.pool.Get().(*Collector)
	if !ok {
		c = &Collector{
			room: cs, gen: cs.Gen, classOf: cs.Reports.ClassOf,
			tallies: make([]tally.Count, cs.Reports.Classes()), seen: make([]bool, len(cs.Gen.Reports)),
		}
	}
	c.filter, c.order, c.need, c.after, c.best = filter, NewOrder(cs.Gen, cs.Reports, sel.By), sel.Need, sel.After, nil
	if c.grouped = sel.Grouped; c.grouped && c.leads == nil {
		c.leads = make([]lead, len(c.seen))
	}
	return c
}

// Release gives the room of a collector back. What it counted is gone then;
// its matches are not.
func (c *Collector) Release() {
	for _, report := range c.met {
		c.seen[report] = false
		if c.grouped {
			c.leads[report] = lead{}
		}
	}
	clear(c.tallies)
	c.met, c.best, c.filter, c.after = c.met[:0], nil, nil, nil
	c.room.pool.Put(c)
}

// Add takes a match, if its report passes by itself.
func (c *Collector) Add(m Match) {
	report := c.gen.Records[m.Ordinal].Report
	if !c.filter.Report(report) {
		return
	}
	class := c.classOf[report]
	t := &c.tallies[class]
	if !c.seen[report] {
		c.see(report)
	}
	t.Passages++
	t.Occurrences += int(m.Occurrences)
	if c.grouped {
		c.leads[report].add(lead{m, 1, m.Occurrences})
	}
	if c.need > 0 && (len(c.best) < c.need || c.order.primary != nil || m.Score >= c.best[0].Score) {
		c.Keep(m, report)
	}
}

// add adds what matches in the same report.
func (l *lead) add(o lead) {
	if l.passages == 0 || o.Score > l.Score || o.Score == l.Score && o.Ordinal < l.Ordinal {
		l.Match = o.Match
	}
	l.passages += o.passages
	l.total += o.total
}

// AddReport counts all passages of a report, and keeps none of them.
func (c *Collector) AddReport(report uint32, count int) {
	if count == 0 {
		return
	}
	c.see(report)
	c.tallies[c.classOf[report]].Passages += count
	if c.grouped {
		c.leads[report] = lead{Match{Ordinal: uint32(c.gen.Reports[report].First)}, uint32(count), 0}
	}
}

func (c *Collector) see(report uint32) {
	c.seen[report] = true
	c.met = append(c.met, report)
	t := &c.tallies[c.classOf[report]]
	t.Reports++
	t.Chars += c.room.Reports.Chars[report]
}

// Keep keeps a match if it is among the best so far.
func (c *Collector) Keep(m Match, report uint32) {
	if c.need == 0 {
		return
	}
	if len(c.best) == c.need && c.order.Compare(m, c.best[0]) >= 0 {
		return
	}
	if !c.filter.Passes(c.classOf[report]) || c.after != nil && c.order.Compare(m, *c.after) <= 0 {
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
func (c *Collector) sink(i int) {
	for {
		last := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(c.best); child++ {
			if c.order.Compare(c.best[child], c.best[last]) > 0 {
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

// Join takes what another collector of the same question has collected. The
// other is released.
func (c *Collector) Join(o *Collector) {
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
		c.Keep(m, c.gen.Records[m.Ordinal].Report)
	}
	o.Release()
}

// InOrder returns the best matches, in order.
func (c *Collector) InOrder() []Match {
	slices.SortFunc(c.best, c.order.Compare)
	return c.best
}

// Leading returns matches in order of which each leads its report: those that do
// among some first ones, and then as many others as are needed.
func (c *Collector) Leading(first []Match, need int, after *Match) []Match {
	var all []Match
	told := make(map[uint32]bool, len(first))
	for _, m := range first {
		if report := c.gen.Records[m.Ordinal].Report; !told[report] {
			told[report] = true
			all = append(all, m)
		}
	}
	c.best, c.need, c.after = nil, need, after
	for _, report := range c.met {
		if !told[report] {
			c.Keep(c.leads[report].Match, report)
		}
	}
	return append(all, c.InOrder()...)
}

// InReport counts what matches in the report of a match, where matches are
// grouped; nil where they are not.
func (c *Collector) InReport(m Match) *baogao.Matches {
	if !c.grouped {
		return nil
	}
	l := &c.leads[c.gen.Records[m.Ordinal].Report]
	return &baogao.Matches{Passages: int(l.passages), Occurrences: int(l.total)}
}

// Total counts the matches that pass the filter, and the characters of their
// reports.
func (c *Collector) Total() (sum baogao.Total, chars int64) {
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

// Tallies are the counts by class.
func (c *Collector) Tallies() []tally.Count { return c.tallies }

// Count takes counts by class for what is collected.
func (c *Collector) Count(tallies []tally.Count) { c.tallies = append(c.tallies[:0], tallies...) }

// Best are the matches that are kept, in the order that they were put in last.
func (c *Collector) Best() []Match { return c.best }

// Show takes matches, which are in order, for the best.
func (c *Collector) Show(best []Match) { c.best = best }

// Grouped reports whether of each report the first match is kept.
func (c *Collector) Grouped() bool { return c.grouped }

// Order is the order of the matches.
func (c *Collector) Order() *Order { return &c.order }
