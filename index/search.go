package index

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"math"
	"slices"
	"time"

	"baogao"
	"baogao/index/internal/ranking"
	"baogao/index/internal/store"
	"baogao/internal/analyzer"
	"baogao/internal/match"
	"baogao/internal/tally"
)

// Search answers a request. It wraps ErrRequest where an order does not exist,
// and ErrDamaged where the index cannot be read.
func (x *Index) Search(ctx context.Context, req baogao.Request) (res *baogao.Result, err error) {
	began := time.Now()
	err = store.Guard(x.gen.Dir, func() (err error) { res, err = x.search(ctx, req); return err })
	if err != nil {
		return nil, err
	}
	if req.Query != nil {
		res.Query = req.Query.Text
	}
	res.TookMS = float64(time.Since(began).Microseconds()) / 1000
	return res, nil
}

func (x *Index) search(ctx context.Context, req baogao.Request) (*baogao.Result, error) {
	r, after, err := x.begin(&req)
	if err != nil {
		return nil, err
	}
	c, shown, err := r.first(ctx, req, wanted(req), after)
	if err != nil {
		return nil, err
	}
	defer c.Release()
	res, err := r.result(ctx, req, c, shown)
	switch {
	case err != nil || req.Exact || r.browses():
	case res.Total.Passages == 0:
		return relax(ctx, r, req, res)
	case res.Total.Passages < fewMatches && req.Offset == 0 && after == nil && !req.Grouped:
		res.Related, err = related(ctx, r, req, shown)
	}
	return res, err
}

// first finds all matches, and puts the first in order that stand behind a match:
// as many as are needed, each the first of its report where they are grouped. The
// collector is to be released.
func (r *run) first(ctx context.Context, req baogao.Request, need int, after *ranking.Match) (*ranking.Collector, []ranking.Match, error) {
	sel := ranking.Selection{By: req.Sort, Need: need, After: after}
	if req.Grouped && need > 0 {
		sel = ranking.Selection{By: req.Sort, Grouped: true}
	}
	c, err := r.find(ctx, sel)
	switch {
	case err != nil:
		return nil, nil, err
	case sel.Grouped:
		return c, c.Leading(nil, need, after), nil
	}
	return c, c.InOrder(), nil
}

// begin makes a request ready, and says behind which match its answer begins.
func (x *Index) begin(req *baogao.Request) (r *run, after *ranking.Match, err error) {
	switch {
	case req.Sort != "" && !slices.Contains(baogao.Sorts, req.Sort):
		return nil, nil, fmt.Errorf("%w: no order is called %q; use one of relevance, year, -year, region", baogao.ErrRequest, req.Sort)
	case req.Offset < 0:
		return nil, nil, fmt.Errorf("%w: offset %d is below 0", baogao.ErrRequest, req.Offset)
	}
	if after, err = x.proceed(req); err != nil {
		return nil, nil, err
	}
	p, err := newPlan(x, *req)
	return &run{x, p}, after, err
}

// limitOf is the number of hits that a request asks for.
func limitOf(req baogao.Request) int { return max(cmp.Or(req.Limit, baogao.DefaultLimit), 0) }

// wanted is the number of matches that a request must have in order: those it
// shows, and one more that tells whether others follow.
func wanted(req baogao.Request) int {
	if limit := limitOf(req); limit > 0 && req.Offset < math.MaxInt-limit {
		return req.Offset + limit + 1
	}
	return 0
}

// result tells what was collected and shows, of the first matches in order, what
// was asked for.
func (r *run) result(ctx context.Context, req baogao.Request, c *ranking.Collector, shown []ranking.Match) (*baogao.Result, error) {
	total, chars := c.Total()
	res := &baogao.Result{
		Total: total, Chars: chars, Facets: r.facetsOf(c.Tallies()), Warnings: []baogao.Warning{}, Suggestions: []baogao.Suggestion{},
	}
	from := min(req.Offset, len(shown))
	to := from + min(limitOf(req), len(shown)-from)
	res.Hits = make([]baogao.Hit, 0, to-from)
	shower := r.tree.Shower()
	for _, m := range shown[from:to] {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		h := r.hit(m, &shower)
		h.InReport = c.InReport(m)
		res.Hits = append(res.Hits, h)
	}
	if from < to && to < len(shown) {
		next := r.cursorOf(req)
		next.Relaxed, next.Offset = r.relaxed, to
		next.Score, next.Ordinal = shown[to-1].Score, shown[to-1].Ordinal
		res.Next = next.String()
	}
	if req.Cells {
		res.Cells = r.reports.Cells(c.Tallies(), &r.filter)
	}
	return res, ctx.Err()
}

// facetsOf are the facets of what was counted. How much is held is asked beside
// each question, so that of everything they are counted once.
func (r *run) facetsOf(tallies []tally.Count) baogao.Facets {
	if r.tree.Root == nil && !r.relaxed && r.only == anyReport && r.filter.IsNone() {
		return r.view.Facets().Clone()
	}
	return r.reports.Facets(tallies, &r.filter)
}

// hit makes a hit of a match. Without a shower nothing is marked.
func (x *Index) hit(m ranking.Match, shower *match.Shower) baogao.Hit {
	rec := x.gen.Records[m.Ordinal]
	passage := x.gen.Passage(int(m.Ordinal))
	entry := x.gen.Entry(int(rec.Report))
	meta := entry.Meta
	h := baogao.Hit{
		ID: baogao.PassageID(meta.ID, passage.Paragraph, passage.Piece), Score: m.Score, Report: meta, Sure: entry.Sure, OCR: entry.OCR,
		Section: passage.Section, Paragraph: passage.Paragraph, Heading: passage.Heading > 0 || passage.Title, Plan: passage.Plan,
		Text: passage.Text, Published: passage.Published, Highlights: []baogao.Span{},
		Copies: x.reports.CopiesOf(int(rec.Report)), CopyOf: x.reports.ShownFor(int(rec.Report)),
	}
	if passage.Piece > 1 { // the published paragraph stands with its first piece
		h.Published = x.gen.Passage(int(m.Ordinal) - passage.Piece + 1).Published
	}
	if shower == nil {
		h.Snippet = baogao.Span(match.Window(analyzer.FoldRunes(nil, h.Text), nil))
		return h
	}
	marks, window := shower.Show(&match.Passage{Text: x.gen.Text(int(m.Ordinal)), Report: rec.Report, Section: x.gen.Section(m.Ordinal), Plan: rec.Facts.Plan()})
	for _, s := range marks {
		h.Highlights = append(h.Highlights, baogao.Span(s))
	}
	h.Snippet = baogao.Span(window)
	return h
}

// Hits yields every passage that matches a request exactly, or the first of every
// report; see baogao.Searcher. Its matches are found and put in order at once, in
// 24 bytes each; their texts are read as they are asked for.
func (x *Index) Hits(ctx context.Context, req baogao.Request) iter.Seq2[*baogao.Hit, error] {
	return func(yield func(*baogao.Hit, error) bool) {
		var r *run
		var c *ranking.Collector
		var matches []ranking.Match
		err := store.Guard(x.gen.Dir, func() (err error) { r, c, matches, err = x.everyMatch(ctx, req); return err })
		if err != nil {
			yield(nil, err)
			return
		}
		defer c.Release()
		shower := r.tree.Shower()
		for _, m := range matches {
			var h baogao.Hit
			err := ctx.Err()
			if err == nil {
				err = store.Guard(x.gen.Dir, func() error { h = x.hit(m, &shower); return nil })
			}
			if err != nil {
				yield(nil, err)
				return
			}
			h.InReport = c.InReport(m)
			if !yield(&h, nil) {
				return
			}
		}
	}
}

// everyMatch finds all matches of a request, in order, from its offset or
// cursor on. The collector is to be released.
func (x *Index) everyMatch(ctx context.Context, req baogao.Request) (*run, *ranking.Collector, []ranking.Match, error) {
	r, after, err := x.begin(&req)
	if err != nil {
		return nil, nil, nil, err
	}
	c, matches, err := r.first(ctx, req, math.MaxInt, after)
	return r, c, matches[min(req.Offset, len(matches)):], err
}
