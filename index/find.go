package index

import (
	"cmp"
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"

	"baogao/index/internal/ranking"
	"baogao/index/internal/store"
	"baogao/internal/match"
	"baogao/internal/tally"
	"baogao/internal/weight"
	"baogao/query"
)

// A run answers one question over one index.
type run struct {
	*Index
	*plan
}

// score weighs a passage by how often each word counts in it. Where no match is
// put in order, or it does not pass the filters, nobody asks.
func (r *run) score(ordinal uint32, rec *store.Record, f match.Found) ranking.Match {
	m := ranking.Match{Ordinal: ordinal, Occurrences: uint32(f.Marks)}
	if !r.ranked || r.standing(rec.Report) != tally.Shown {
		return m
	}
	units := r.gen.Units(ordinal)
	for slot, n := range f.Times {
		if n > 0 {
			m.Score += r.weights[slot] * r.factors.Of(n, units)
		}
	}
	m.Score *= weight.Exact.Of(rec.Facts, rec.Bare())
	return m
}

// standing is what the matches in a report are looked at for.
func (r *run) standing(report uint32) tally.Standing {
	if !r.filter.Report(report) {
		return tally.Left
	}
	return r.filter.Standing(r.reports.ClassOf[report])
}

// find collects all matches. The collector is to be released.
func (r *run) find(ctx context.Context, sel ranking.Selection) (*ranking.Collector, error) {
	switch {
	case r.tree.Root == nil:
		return r.everything(sel), nil
	case r.only != anyReport:
		return r.collect(sel, func(receivers func() func(ranking.Match)) error { return r.inReport(ctx, receivers()) })
	}
	return r.collect(sel, func(receivers func() func(ranking.Match)) error { return r.matches(ctx, receivers) })
}

// collect collects the matches that find gives to receivers, of which it asks
// for one at least. The collector is to be released.
func (r *run) collect(sel ranking.Selection, find func(receivers func() func(ranking.Match)) error) (*ranking.Collector, error) {
	var all []*ranking.Collector
	r.ranked = sel.Need > 0 || sel.Grouped
	err := find(func() func(ranking.Match) {
		c := r.collectors.New(&r.filter, sel)
		all = append(all, c)
		return c.Add
	})
	for _, c := range all[1:] {
		all[0].Join(c)
	}
	if err != nil {
		all[0].Release()
		return nil, err
	}
	return all[0], nil
}

// everything collects all passages of the view. They have no score, so those
// that are shown are passages of the first reports.
func (r *run) everything(sel ranking.Selection) *ranking.Collector {
	c := r.collectors.New(&r.filter, sel)
	if sel.Need == 0 && !sel.Grouped && r.only == anyReport && !r.filter.ByReport() {
		c.Count(r.view.Tallies)
		return c
	}
	for i := range r.gen.Reports {
		report := &r.gen.Reports[i]
		if report.Count > 0 && r.filter.Report(uint32(i)) && r.reports.Shows(r.view, i) && (r.only == anyReport || r.only == i) {
			c.AddReport(uint32(i), report.Count)
			c.Keep(ranking.Match{Ordinal: firstAfter(report.Extent, sel.After)}, uint32(i))
		}
	}
	var best []ranking.Match
	for _, m := range c.InOrder() {
		report := &r.gen.Reports[r.gen.Records[m.Ordinal].Report]
		for n := range min(report.First+report.Count-int(m.Ordinal), sel.Need-len(best)) {
			best = append(best, ranking.Match{Ordinal: m.Ordinal + uint32(n)})
		}
	}
	c.Show(best)
	return c
}

// firstAfter is the first passage of a report that may stand behind a match: the
// one that follows it in its own report, and else the first of all.
func firstAfter(r store.Extent, after *ranking.Match) uint32 {
	if after != nil && int(after.Ordinal) >= r.First && int(after.Ordinal) < r.First+r.Count-1 {
		return after.Ordinal + 1
	}
	return uint32(r.First)
}

// matches finds all matches. Each goroutine that looks for them gives them to a
// function of its own, for which receivers is asked here, once at least and by
// none of these goroutines.
func (r *run) matches(ctx context.Context, receivers func() func(ranking.Match)) error {
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
	from, to uint32          // half open
	all      *roaring.Bitmap // its documents
}

// of returns those of some documents that are in the stretch.
func (s stretch) of(docs *roaring.Bitmap) *roaring.Bitmap { return roaring.And(s.all, docs) }

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
			s := stretch{seg, uint32(from), uint32(min(from+stretchDocs, len(r.docs[seg]))), roaring.New()}
			s.all.AddRange(uint64(s.from), uint64(from+stretchDocs)) // a whole container, where they are those of the bitmap
			all = append(all, s)
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
	return eachOf(ctx, in.of(docs), func(doc uint32) { visit(document{in.segment, doc}) })
}

// eachOf visits some documents.
func eachOf(ctx context.Context, docs *roaring.Bitmap, visit func(doc uint32)) error {
	var room [64]uint32
	for it := docs.ManyIterator(); ; {
		n := it.NextMany(room[:])
		if err := ctx.Err(); err != nil || n == 0 {
			return err
		}
		for _, doc := range room[:n] {
			visit(doc)
		}
	}
}
