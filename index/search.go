package index

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/query"
)

// Search answers a request. It wraps ErrRequest where a filter or an order
// does not exist, and ErrDamaged where the index cannot be read.
func (x *Index) Search(ctx context.Context, req baogao.Request) (res *baogao.Result, err error) {
	err = guard(x.gen, func() (err error) { res, err = x.search(ctx, req); return err })
	if err != nil {
		return nil, err
	}
	return res, nil
}

func (x *Index) search(ctx context.Context, req baogao.Request) (*baogao.Result, error) {
	began := time.Now()
	if err := checkRequest(req); err != nil {
		return nil, err
	}
	after, err := x.proceed(&req)
	if err != nil {
		return nil, err
	}
	p, err := x.newPlan(req)
	if err != nil {
		return nil, err
	}
	res, err := x.answer(ctx, p, req, after)
	if err != nil {
		return nil, err
	}
	if res.Total.Passages == 0 && !req.Exact && len(positives(p)) > 0 {
		if res, err = x.relax(ctx, p, req, res); err != nil {
			return nil, err
		}
	}
	if req.Query != nil {
		res.Query = req.Query.Text
	}
	res.Warnings = append([]string{}, p.warnings...)
	res.TookMS = float64(time.Since(began).Microseconds()) / 1000
	return res, nil
}

// checkRequest finds what no index can be asked.
func checkRequest(req baogao.Request) error {
	if req.Sort != "" && !slices.Contains(baogao.Sorts, req.Sort) {
		return fmt.Errorf("%w: no order is called %q; use one of relevance, year, -year, region", baogao.ErrRequest, req.Sort)
	}
	if req.Offset < 0 {
		return fmt.Errorf("%w: offset %d is below 0", baogao.ErrRequest, req.Offset)
	}
	return nil
}

// answer runs the exact tier of a plan.
func (x *Index) answer(ctx context.Context, p *plan, req baogao.Request, after *match) (*baogao.Result, error) {
	c, err := x.find(ctx, p, selection{by: req.Sort, need: wanted(req), after: after})
	if err != nil {
		return nil, err
	}
	defer c.release()
	return x.result(ctx, p, req, c)
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

// result tells what was collected and shows what was asked for.
func (x *Index) result(ctx context.Context, p *plan, req baogao.Request, c *collector) (*baogao.Result, error) {
	res := &baogao.Result{Total: c.total(), Facets: x.facets(c.tallies, &p.filter), Hits: []baogao.Hit{}}
	shown := c.inOrder()
	if len(p.characters) > 0 {
		x.vote(p, shown, c.order)
	}
	from := min(req.Offset, len(shown))
	to := from + min(limitOf(req), len(shown)-from)
	for _, m := range shown[from:to] {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		res.Hits = append(res.Hits, x.hit(m, p))
	}
	if from < to && to < len(shown) {
		next := x.cursorOf(req)
		next.relaxed, next.offset = p.relaxed, to
		next.score, next.ordinal = shown[to-1].score, shown[to-1].ordinal
		res.Next = next.String()
	}
	if req.Cells {
		res.Cells = x.cells(c.tallies, &p.filter)
	}
	return res, ctx.Err()
}

// hit makes a hit of a match. Without a plan nothing is marked.
func (x *Index) hit(m match, p *plan) baogao.Hit {
	rec := x.passages.records[m.ordinal]
	passage := x.readPassage(int(m.ordinal))
	meta := x.reports[rec.report].Meta
	h := baogao.Hit{
		ID: baogao.PassageID(meta.ID, passage.Paragraph, passage.Piece), Score: m.score, Report: meta,
		Section: passage.Section, Paragraph: passage.Paragraph, Heading: passage.Heading > 0 || passage.Title,
		Text: passage.Text, Published: x.published(int(m.ordinal), passage), Highlights: []baogao.Span{},
		Copies: x.copiesOf(int(rec.report)), CopyOf: x.shownFor(int(rec.report)),
	}
	folded := analyzer.FoldRunes(nil, passage.Text)
	if p != nil {
		for _, s := range x.highlights(m.ordinal, p) {
			h.Highlights = append(h.Highlights, baogao.Span(s))
		}
	}
	h.Snippet = snippet(folded, h.Highlights)
	return h
}

func (x *Index) highlights(ordinal uint32, p *plan) []analyzer.Span {
	r := newReading(x, p)
	r.turn(ordinal, nil)
	if p.relaxed {
		return joined(r.spansInside(nil))
	}
	if p.scope == query.Sentence && len(p.words) > 0 {
		return r.marks(r.sentences())
	}
	return r.marks(nil)
}

// Stats counts what the index holds.
func (x *Index) Stats(ctx context.Context) (*baogao.Stats, error) {
	s := *x.stats()
	return &s, ctx.Err()
}

// countAll counts all reports but copies.
func (x *Index) countAll() *baogao.Stats {
	tallies := make([]tally, len(x.classes))
	for i, r := range x.reports {
		if t := &tallies[x.classOf[i]]; x.copyOf[i] < 0 && r.Count > 0 {
			t.passages += r.Count
			t.reports++
		}
	}
	s := x.manifest.stats()
	s.Facets = x.facets(tallies, &filter{})
	return s
}
