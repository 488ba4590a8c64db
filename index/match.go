package index

import (
	"cmp"
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"

	"baogao/query"
)

// A match is a passage that a plan matched.
type match struct {
	ordinal     uint32
	occurrences uint32
	score       float64
}

// find collects all matches of a plan. The collector is to be released.
func (x *Index) find(ctx context.Context, p *plan, sel selection) (*collector, error) {
	switch {
	case p.root == nil:
		return x.everything(p, sel), nil
	case p.only != anyReport:
		return x.collect(&p.filter, sel, func(receivers func() func(match)) error { return x.inReport(ctx, p, receivers()) })
	}
	return x.collect(&p.filter, sel, func(receivers func() func(match)) error { return x.matches(ctx, p, receivers) })
}

// collect collects the matches that find gives to receivers, of which it asks
// for one at least. The collector is to be released.
func (x *Index) collect(f *filter, sel selection, find func(receivers func() func(match)) error) (*collector, error) {
	var all []*collector
	err := find(func() func(match) {
		c := x.newCollector(f, sel)
		all = append(all, c)
		return c.add
	})
	for _, c := range all[1:] {
		all[0].join(c)
	}
	if err != nil {
		all[0].release()
		return nil, err
	}
	return all[0], nil
}

// everything collects all passages of the view. They have no score, so those
// that are shown are passages of the first reports.
func (x *Index) everything(p *plan, sel selection) *collector {
	c := x.newCollector(&p.filter, sel)
	for i, r := range x.reports {
		if r.Count > 0 && x.shows(p.view, i) && (p.only == anyReport || p.only == i) {
			c.addReport(uint32(i), r.Count)
			c.keep(match{ordinal: firstAfter(r, sel.after)}, uint32(i))
		}
	}
	var best []match
	for _, m := range c.inOrder() {
		r := x.reports[x.passages.records[m.ordinal].report]
		for n := range min(r.First+r.Count-int(m.ordinal), sel.need-len(best)) {
			best = append(best, match{ordinal: m.ordinal + uint32(n)})
		}
	}
	c.best = best
	return c
}

// firstAfter is the first passage of a report that may stand behind a match: the
// one that follows it in its own report, and else the first of all.
func firstAfter(r reportEntry, after *match) uint32 {
	if after != nil && int(after.ordinal) >= r.First && int(after.ordinal) < r.First+r.Count-1 {
		return after.ordinal + 1
	}
	return uint32(r.First)
}

// A stretch is a part of the documents of a segment.
type stretch struct {
	segment  int
	from, to uint32 // half open
}

// stretchDocs is how many documents are read at a stretch, and fewCandidates
// is up to how many candidates a second goroutine is not worth its while. Tests
// change them.
var (
	stretchDocs   = 1 << 16
	fewCandidates = 4096
)

// matches finds all matches of a plan. Each goroutine that looks for them gives
// them to a function of its own, for which receivers is asked here, once at
// least and by none of these goroutines.
func (x *Index) matches(ctx context.Context, p *plan, receivers func() func(match)) error {
	candidates, err := x.candidates(p)
	if err != nil {
		receivers()
		return err
	}
	if p.scope == query.Report {
		return x.byReport(ctx, p, candidates, receivers())
	}
	return x.sideBySide(candidates, func() worker {
		r, receive := newReading(x, p), receivers()
		return worker{
			stretch: func(in stretch) error { return r.stretch(ctx, in, candidates[in.segment], receive) },
			end:     r.release,
		}
	})
}

// A worker looks through one stretch after another, and ends.
type worker struct {
	stretch func(stretch) error
	end     func()
}

// sideBySide lets workers look through the stretches that hold all documents,
// as many at once as there are processors and the candidates are worth.
func (x *Index) sideBySide(candidates []*roaring.Bitmap, hire func() worker) error {
	work, total := x.stretches(), 0
	for _, docs := range candidates {
		total += int(docs.GetCardinality())
	}
	workers := max(min(runtime.GOMAXPROCS(0), len(work)), 1)
	if total <= fewCandidates {
		workers = 1
	}
	next := atomic.Int64{}
	run := func(w worker) error {
		return guard(x.gen, func() error {
			defer w.end()
			for i := int(next.Add(1)) - 1; i < len(work); i = int(next.Add(1)) - 1 {
				if err := w.stretch(work[i]); err != nil {
					return err
				}
			}
			return nil
		})
	}
	faults := make([]error, workers)
	var others sync.WaitGroup
	for i := 1; i < workers; i++ {
		w := hire()
		others.Go(func() { faults[i] = run(w) })
	}
	faults[0] = run(hire())
	others.Wait()
	return cmp.Or(faults...)
}

// A document is the place of a passage in the bleve index.
type document struct {
	segment int
	number  uint32
}

// stretches lists those that hold all documents.
func (x *Index) stretches() []stretch {
	var all []stretch
	for seg := range x.docs {
		for from := 0; from < len(x.docs[seg]); from += stretchDocs {
			all = append(all, stretch{seg, uint32(from), uint32(min(from+stretchDocs, len(x.docs[seg])))})
		}
	}
	return all
}

// eachIn visits those of the given documents that are in a stretch.
func eachIn(ctx context.Context, in stretch, docs *roaring.Bitmap, visit func(document)) error {
	it := docs.Iterator()
	it.AdvanceIfNeeded(in.from)
	for n := 0; it.HasNext(); n++ {
		if n%64 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		doc := it.Next()
		if doc >= in.to {
			break
		}
		visit(document{in.segment, doc})
	}
	return ctx.Err()
}
