package index

import (
	"cmp"
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"

	"baogao/index/internal/store"
	"baogao/internal/match"
	"baogao/internal/weight"
	"baogao/query"
)

// A run answers one question over one index.
type run struct {
	*Index
	*plan
}

// A matched passage is one that a question matched.
type matched struct {
	ordinal     uint32
	occurrences uint32
	score       float64
}

// score weighs a passage by how often each word counts in it.
func (r *run) score(ordinal uint32, f match.Found) matched {
	m, rec := matched{ordinal: ordinal, occurrences: uint32(f.Marks)}, &r.gen.Records[ordinal]
	length := r.view.RelativeLength(rec.Units)
	for slot, n := range f.Times {
		if n > 0 && r.tree.Words[slot].Marked {
			m.score += weight.BM25(r.weights[slot], n, length, weight.B)
		}
	}
	m.score *= weight.Exact.Of(rec.Facts, rec.Bare())
	return m
}

// find collects all matches. The collector is to be released.
func (r *run) find(ctx context.Context, sel selection) (*collector, error) {
	switch {
	case r.tree.Root == nil:
		return r.everything(sel), nil
	case r.only != anyReport:
		return r.collect(sel, func(receivers func() func(matched)) error { return r.inReport(ctx, receivers()) })
	}
	return r.collect(sel, func(receivers func() func(matched)) error { return r.matches(ctx, receivers) })
}

// collect collects the matches that find gives to receivers, of which it asks
// for one at least. The collector is to be released.
func (r *run) collect(sel selection, find func(receivers func() func(matched)) error) (*collector, error) {
	var all []*collector
	err := find(func() func(matched) {
		c := newCollector(r, sel)
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
func (r *run) everything(sel selection) *collector {
	c := newCollector(r, sel)
	if sel.need == 0 && !sel.grouped && r.only == anyReport && !r.filter.ByReport() {
		c.tallies = append(c.tallies[:0], r.view.Tallies...)
		return c
	}
	for i := range r.gen.Reports {
		report := &r.gen.Reports[i]
		if report.Count > 0 && r.filter.Report(uint32(i)) && r.reports.Shows(r.view, i) && (r.only == anyReport || r.only == i) {
			c.addReport(uint32(i), report.Count)
			c.keep(matched{ordinal: firstAfter(report, sel.after)}, uint32(i))
		}
	}
	var best []matched
	for _, m := range c.inOrder() {
		report := &r.gen.Reports[r.gen.Records[m.ordinal].Report]
		for n := range min(report.First+report.Count-int(m.ordinal), sel.need-len(best)) {
			best = append(best, matched{ordinal: m.ordinal + uint32(n)})
		}
	}
	c.best = best
	return c
}

// firstAfter is the first passage of a report that may stand behind a match: the
// one that follows it in its own report, and else the first of all.
func firstAfter(r *store.Report, after *matched) uint32 {
	if after != nil && int(after.ordinal) >= r.First && int(after.ordinal) < r.First+r.Count-1 {
		return after.ordinal + 1
	}
	return uint32(r.First)
}

// matches finds all matches. Each goroutine that looks for them gives them to a
// function of its own, for which receivers is asked here, once at least and by
// none of these goroutines.
func (r *run) matches(ctx context.Context, receivers func() func(matched)) error {
	candidates, err := r.candidates()
	if err != nil {
		receivers()
		return err
	}
	if r.tree.Scope == query.Report {
		return r.byReport(ctx, candidates, receivers())
	}
	return r.sideBySide(candidates, func() worker {
		read, receive := newReader(r), receivers()
		return worker{
			stretch: func(in stretch) error { return read.stretch(ctx, in, candidates[in.segment], receive) },
			end:     read.release,
		}
	})
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

// stretches lists those that hold all documents.
func (r *run) stretches() []stretch {
	var all []stretch
	for seg := range r.docs {
		for from := 0; from < len(r.docs[seg]); from += stretchDocs {
			all = append(all, stretch{seg, uint32(from), uint32(min(from+stretchDocs, len(r.docs[seg])))})
		}
	}
	return all
}

// A worker looks through one stretch after another, and ends.
type worker struct {
	stretch func(stretch) error
	end     func()
}

// sideBySide lets workers look through the stretches that hold all documents,
// as many at once as there are processors and the candidates are worth.
func (r *run) sideBySide(candidates []*roaring.Bitmap, hire func() worker) error {
	work, total := r.stretches(), 0
	for _, docs := range candidates {
		total += int(docs.GetCardinality())
	}
	workers := max(min(runtime.GOMAXPROCS(0), len(work)), 1)
	if total <= fewCandidates {
		workers = 1
	}
	next := atomic.Int64{}
	do := func(w worker) error {
		return store.Guard(r.gen.Dir, func() error {
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
		others.Go(func() { faults[i] = do(w) })
	}
	faults[0] = do(hire())
	others.Wait()
	return cmp.Or(faults...)
}

// A document is the place of a passage in the bleve index.
type document struct {
	segment int
	number  uint32
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
