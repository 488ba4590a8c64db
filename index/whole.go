package index

import (
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"baogao/query"
)

// byReport matches a question whose words may stand anywhere in a report: the
// passages that hold one of the words, of reports that the plan holds for.
func (x *Index) byReport(ctx context.Context, p *plan, candidates []*roaring.Bitmap, receive func(match)) error {
	var all []*wholeReports
	err := x.sideBySide(candidates, func() worker {
		r, w := newReading(x, p), newWholeReports(p, len(x.reports))
		all = append(all, w)
		return worker{end: r.release, stretch: func(in stretch) error {
			return eachIn(ctx, in, candidates[in.segment], func(at document) { w.read(r, at) })
		}}
	})
	if err != nil {
		return err
	}
	for _, w := range all[1:] {
		all[0].join(w)
	}
	matching := make([]bool, len(x.reports))
	for i, entry := range x.reports {
		matching[i] = x.reportHolds(p.root, i, entry, all[0].has)
	}
	for _, m := range all[0].found {
		if matching[x.passages.records[m.ordinal].report] {
			receive(m)
		}
	}
	return nil
}

// inReport matches a question in one report, by reading all of it. Words are
// weighed by how many passages of the report hold them.
func (x *Index) inReport(ctx context.Context, p *plan, receive func(match)) error {
	r, w := newReading(x, p), newWholeReports(p, len(x.reports))
	entry := x.reports[p.only]
	passages := func(visit func()) error {
		for ordinal := entry.First; ordinal < entry.First+entry.Count; ordinal++ {
			if err := ctx.Err(); err != nil {
				return err
			}
			r.turn(uint32(ordinal), nil)
			visit()
		}
		return nil
	}
	holding := make([]int, len(p.words))
	err := passages(func() {
		for i, word := range p.words {
			if len(r.of(word)) > 0 {
				holding[i]++
				w.has[i][p.only] = true
			}
		}
	})
	for i, word := range p.words {
		word.idf = idf(entry.Count, holding[i])
	}
	if err != nil || p.scope == query.Report && !x.reportHolds(p.root, p.only, entry, w.has) {
		return err
	}
	return passages(func() {
		if p.scope == query.Report {
			if w.browse || slices.ContainsFunc(p.words, func(word *word) bool { return word.positive && len(r.of(word)) > 0 }) {
				receive(r.score(nil))
			}
		} else if m, ok := r.matchText(); ok {
			receive(m)
		}
	})
}

// wholeReports is what reading passages tells of their reports.
type wholeReports struct {
	browse bool     // the plan has no marked word
	found  []match  // passages that hold a marked word, or all of them
	has    [][]bool // reports that hold a word, by word and report
}

func newWholeReports(p *plan, reports int) *wholeReports {
	w := &wholeReports{browse: len(positives(p)) == 0, has: make([][]bool, len(p.words))}
	for i := range w.has {
		w.has[i] = make([]bool, reports)
	}
	return w
}

// read reads a passage.
func (w *wholeReports) read(r *reading, at document) {
	ordinal := r.x.docs[at.segment][at.number]
	r.turn(ordinal, &at)
	report := r.x.passages.records[ordinal].report
	if r.plan.finder != nil {
		w.readAll(r, report)
		return
	}
	marked := w.browse
	for _, word := range r.plan.words {
		if len(r.of(word)) > 0 {
			w.has[word.slot][report] = true
			marked = marked || word.positive
		}
	}
	if marked {
		w.found = append(w.found, r.score(nil))
	}
}

// readAll reads a passage for a plan with a finder.
func (w *wholeReports) readAll(r *reading, report uint32) {
	marked := r.countAll()
	for slot, n := range r.times {
		if n > 0 {
			w.has[slot][report] = true
		}
	}
	if w.browse || marked > 0 {
		w.found = append(w.found, r.sum(r.times, marked))
	}
}

// join takes what another has read.
func (w *wholeReports) join(o *wholeReports) {
	w.found = append(w.found, o.found...)
	for i, reports := range o.has {
		for report, holds := range reports {
			w.has[i][report] = w.has[i][report] || holds
		}
	}
}

// reportHolds reports whether a node holds for a report as a whole.
func (x *Index) reportHolds(n node, report int, entry reportEntry, has [][]bool) bool {
	switch n := n.(type) {
	case nil:
		return true
	case and:
		for _, part := range n {
			if !x.reportHolds(part, report, entry, has) {
				return false
			}
		}
		return true
	case or:
		for _, part := range n {
			if x.reportHolds(part, report, entry, has) {
				return true
			}
		}
		return false
	case not:
		return !x.reportHolds(n.node, report, entry, has)
	case *word:
		return has[n.slot][report]
	case *reportTest:
		return n.reports[report]
	case *sectionTest:
		for _, rec := range x.passages.records[entry.First : entry.First+entry.Count] {
			if n.sections[rec.section] {
				return true
			}
		}
	}
	return false
}
