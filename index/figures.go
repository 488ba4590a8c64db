package index

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"math"
	"runtime"
	"slices"
	"sync"
	"time"

	"baogao"
	"baogao/index/internal/catalogue"
	"baogao/index/internal/ranking"
	"baogao/index/internal/store"
	"baogao/internal/tally"
)

var _ baogao.Figurer = (*Index)(nil)

// Figures tells the figures of the passages that match; see baogao.Figurer. Its
// matches are found as those of a whole result, and of their figures no more is
// read than tells whether they pass.
func (x *Index) Figures(ctx context.Context, req baogao.Request, f baogao.FigureFilter) (res *baogao.FigureResult, err error) {
	began := time.Now()
	err = store.Guard(x.gen.Dir, func() error {
		found, err := findFigures(ctx, x, req, f)
		if err != nil {
			return err
		}
		res, err = found.result(f)
		return cmp.Or(err, ctx.Err())
	})
	if err != nil {
		return nil, err
	}
	res.TookMS = float64(time.Since(began).Microseconds()) / 1000
	return res, nil
}

// EachFigure yields the figures of the passages that match; see baogao.Figurer.
func (x *Index) EachFigure(ctx context.Context, req baogao.Request, f baogao.FigureFilter) iter.Seq2[*baogao.FoundFigure, error] {
	return func(yield func(*baogao.FoundFigure, error) bool) {
		var found *figures
		err := store.Guard(x.gen.Dir, func() (err error) {
			if found, err = findFigures(ctx, x, req, f); err == nil {
				found.sort(f.Sort)
			}
			return err
		})
		if err != nil {
			yield(nil, err)
			return
		}
		for _, at := range found.all[min(f.Offset, len(found.all)):] {
			var one baogao.FoundFigure
			err := ctx.Err()
			if err == nil {
				err = store.Guard(x.gen.Dir, func() (err error) { one, err = found.show(at); return err })
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(&one, nil) {
				return
			}
		}
	}
}

// figures are those of the passages that match a question, as far as they pass a
// filter.
type figures struct {
	*Index
	columns *store.Figures
	order   ranking.Order
	all     []foundAt
}

// A foundAt is a figure that was found.
type foundAt struct {
	ranking.Match
	number int32 // of the figure in its passage
	name   uint32
	year   int32 // it is of, 0 where it is not known
	value  float64
}

// findFigures finds the figures that are asked for.
func findFigures(ctx context.Context, x *Index, req baogao.Request, f baogao.FigureFilter) (*figures, error) {
	switch {
	case !slices.Contains(baogao.FigureSorts, f.Sort):
		return nil, fmt.Errorf("%w: no order of figures is called %q; use one of value, -value, year, -year, key", baogao.ErrRequest, f.Sort)
	case f.Offset < 0:
		return nil, fmt.Errorf("%w: offset %d is below 0", baogao.ErrRequest, f.Offset)
	}
	req.Offset, req.After, req.Limit, req.Grouped = 0, "", 0, false
	r, _, err := x.begin(&req)
	if err != nil {
		return nil, err
	}
	found := &figures{Index: x}
	if found.columns, err = x.gen.Figures.Load(); err != nil {
		return nil, err
	}
	found.columns = found.columns.Keyed(f.Keys)
	test := catalogue.NewFigureTest(found.columns, f)
	found.order = ranking.NewOrder(x.gen, x.reports, req.Sort)
	if r.tree.Root == nil {
		found.all, err = found.in(ctx, allStretches(r), test)
		return found, err
	}
	c, err := r.find(ctx, ranking.Selection{By: req.Sort, Need: math.MaxInt})
	if err != nil {
		return nil, err
	}
	defer c.Release()
	passages := make([]passageStretch, len(c.Best()))
	for i, m := range c.Best() {
		passages[i] = passageStretch{m, 1}
	}
	found.all, err = found.in(ctx, passages, test)
	return found, err
}

// A passageStretch is passages that follow one another, of which the first is
// told.
type passageStretch struct {
	ranking.Match
	count int
}

// allStretches are all passages of the view that pass, where nothing else is asked
// for: those of a report are a stretch.
func allStretches(r *run) (all []passageStretch) {
	for i := range r.gen.Reports {
		report := &r.gen.Reports[i]
		if (r.only == anyReport || r.only == i) && r.reports.Shows(r.view, i) && r.filter.Passes(r.reports.ClassOf[i]) && r.filter.Report(uint32(i)) {
			all = append(all, passageStretch{ranking.Match{Ordinal: uint32(report.First)}, report.Count})
		}
	}
	return all
}

// fewStretches is up to how many of them a second goroutine is not worth its while.
const fewStretches = 1024

// in finds the figures of passages that pass, side by side, in the order of the
// passages.
func (s *figures) in(ctx context.Context, passages []passageStretch, test *catalogue.FigureTest) ([]foundAt, error) {
	parts := 1
	if len(passages) > fewStretches {
		parts = runtime.GOMAXPROCS(0)
	}
	found, faults := make([][]foundAt, parts), make([]error, parts)
	var all sync.WaitGroup
	for i := range parts {
		all.Go(func() {
			part := passages[i*len(passages)/parts : (i+1)*len(passages)/parts]
			faults[i] = store.Guard(s.gen.Dir, func() (err error) { found[i], err = s.inPart(ctx, part, test); return err })
		})
	}
	all.Wait()
	return slices.Concat(found...), cmp.Or(faults...)
}

func (s *figures) inPart(ctx context.Context, passages []passageStretch, test *catalogue.FigureTest) (found []foundAt, err error) {
	var m ranking.Match
	number := int32(0)
	visit := func(r *store.Row) bool {
		if test.Passes(r) {
			found = append(found, foundAt{m, number, r.Name, s.yearOf(m.Ordinal, r), r.Value})
		}
		number++
		return true
	}
	for i, stretch := range passages {
		if i%1024 == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
		}
		m = stretch.Match
		for range stretch.count {
			number = 0
			if err := s.columns.In(int(m.Ordinal), visit); err != nil {
				return nil, err
			}
			m.Ordinal++
		}
	}
	return found, nil
}

// compare is below 0 if a comes before b.
func (s *figures) compare(by baogao.FigureSort, a, b *foundAt) int {
	c := 0
	switch by {
	case baogao.ByValue:
		c = cmp.Compare(a.value, b.value)
	case baogao.ByValueDown:
		c = cmp.Compare(b.value, a.value)
	case baogao.ByTheYear:
		c = tally.CompareYears(int(a.year), int(b.year))
	case baogao.ByTheNewest:
		c = cmp.Compare(b.year, a.year)
	case baogao.ByKey:
		c = s.compareNames(a, b)
	}
	if c != 0 {
		return c
	}
	return cmp.Or(s.order.Compare(a.Match, b.Match), cmp.Compare(a.number, b.number))
}

// yearOf is the year that a figure of a passage is of, see baogao.YearOf.
func (s *figures) yearOf(ordinal uint32, r *store.Row) int32 {
	rec := &s.gen.Records[ordinal]
	return int32(baogao.YearOf(r.Year, baogao.FigureStatuses[r.Status], rec.Facts.Plan(), s.reports.Year(rec.Report)))
}

// compareNames orders by key, wording, unit and value.
func (s *figures) compareNames(a, b *foundAt) int {
	x, y := &s.columns.Names[a.name], &s.columns.Names[b.name]
	return cmp.Or(cmp.Compare(x.Key, y.Key), cmp.Compare(x.Indicator, y.Indicator), cmp.Compare(x.Unit, y.Unit), cmp.Compare(a.value, b.value))
}

// sort puts the figures in order.
func (s *figures) sort(by baogao.FigureSort) {
	slices.SortFunc(s.all, func(a, b foundAt) int { return s.compare(by, &a, &b) })
}

// fewFirst is up to how many of the first figures are put in order as they are met.
const fewFirst = 500

// first returns the first figures in order, as many as are needed.
func (s *figures) first(by baogao.FigureSort, need int) []foundAt {
	if need > fewFirst || need >= len(s.all) {
		s.sort(by)
		return s.all[:min(need, len(s.all))]
	}
	best := make([]foundAt, 0, need+1)
	for i := range s.all {
		at := &s.all[i]
		if len(best) == need && s.compare(by, at, &best[need-1]) >= 0 {
			continue
		}
		to, _ := slices.BinarySearchFunc(best, at, func(a foundAt, b *foundAt) int { return s.compare(by, &a, b) })
		best = slices.Insert(best, to, *at)
		best = best[:min(len(best), need)]
	}
	return best
}

// result tells what was found, and shows what was asked for.
func (s *figures) result(f baogao.FigureFilter) (*baogao.FigureResult, error) {
	res := &baogao.FigureResult{Total: s.total(), Figures: []baogao.FoundFigure{}}
	limit := max(cmp.Or(f.Limit, baogao.DefaultLimit), 0)
	if f.Grouped {
		res.Groups = s.groups(f.Offset, limit)
		return res, nil
	}
	if limit == 0 {
		return res, nil
	}
	need := len(s.all)
	if f.Offset < need {
		need = f.Offset + min(limit, need-f.Offset)
	}
	for _, at := range s.first(f.Sort, need)[min(f.Offset, need):] {
		one, err := s.show(at)
		if err != nil {
			return nil, err
		}
		res.Figures = append(res.Figures, one)
	}
	return res, nil
}

// total counts what was found, before it is sorted: the figures of a passage still
// stand together.
func (s *figures) total() baogao.FigureTotal {
	t := baogao.FigureTotal{Figures: len(s.all)}
	reports, keys := make([]bool, len(s.gen.Reports)), make([]bool, len(s.columns.Keys))
	for i := range s.all {
		at := &s.all[i]
		if i == 0 || at.Ordinal != s.all[i-1].Ordinal {
			t.Passages++
		}
		t.Reports += first(reports, s.gen.Records[at.Ordinal].Report)
		t.Keys += first(keys, s.columns.KeyOf[at.name])
	}
	return t
}

// first is 1 for what is seen for the first time, else 0.
func first(seen []bool, i uint32) int {
	if seen[i] {
		return 0
	}
	seen[i] = true
	return 1
}

// show makes a figure of what was found.
func (s *figures) show(at foundAt) (baogao.FoundFigure, error) {
	rec := s.gen.Records[at.Ordinal]
	passage := s.gen.Passage(int(at.Ordinal))
	f, err := s.columns.At(int(at.Ordinal), int(at.number))
	entry := s.gen.Entry(int(rec.Report))
	meta := entry.Meta
	f.Passage, f.Report = baogao.PassageID(meta.ID, passage.Paragraph, passage.Piece), meta.ID
	return baogao.FoundFigure{Figure: f, Section: passage.Section, Plan: passage.Plan, Meta: meta, Sure: entry.Sure}, err
}
