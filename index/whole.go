package index

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"
)

// byReport matches a question whose words may stand anywhere in a report: the
// passages that hold one of the words, of reports that the plan holds for.
func (r *reading) byReport(ctx context.Context, candidates []*roaring.Bitmap, receive func(match)) error {
	found, has, err := r.readAll(ctx, candidates)
	if err != nil {
		return err
	}
	matching := make([]bool, len(r.x.reports))
	for i, entry := range r.x.reports {
		matching[i] = r.reportHolds(r.plan.root, i, entry, has)
	}
	for _, m := range found {
		if matching[r.x.passages.records[m.ordinal].report] {
			receive(m)
		}
	}
	return nil
}

// readAll reads the candidates and returns those that hold a marked word (all
// of them if the plan has none), and for each word the reports that hold it.
func (r *reading) readAll(ctx context.Context, candidates []*roaring.Bitmap) (found []match, has [][]bool, err error) {
	has = make([][]bool, len(r.plan.words))
	for i := range has {
		has[i] = make([]bool, len(r.x.reports))
	}
	browse := len(positives(r.plan)) == 0
	err = r.x.each(ctx, candidates, r.enter, func(at document) {
		ordinal := r.x.docs[at.segment][at.number]
		r.turn(ordinal, &at)
		report := r.x.passages.records[ordinal].report
		marked := browse
		for _, w := range r.live {
			if len(r.of(w)) > 0 {
				has[w.slot][report] = true
				marked = marked || w.positive
			}
		}
		if marked {
			found = append(found, r.score(nil))
		}
	})
	return found, has, err
}

// reportHolds reports whether a node holds for a report as a whole.
func (r *reading) reportHolds(n node, report int, entry reportEntry, has [][]bool) bool {
	switch n := n.(type) {
	case nil:
		return true
	case and:
		for _, part := range n {
			if !r.reportHolds(part, report, entry, has) {
				return false
			}
		}
		return true
	case or:
		for _, part := range n {
			if r.reportHolds(part, report, entry, has) {
				return true
			}
		}
		return false
	case not:
		return !r.reportHolds(n.node, report, entry, has)
	case *word:
		return has[n.slot][report]
	case *reportTest:
		return n.reports[report]
	case *sectionTest:
		for _, rec := range r.x.passages.records[entry.First : entry.First+entry.Count] {
			if n.sections[rec.section] {
				return true
			}
		}
	}
	return false
}
