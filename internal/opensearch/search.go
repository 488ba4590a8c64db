package opensearch

import (
	"context"
	"iter"
	"time"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/match"
	"baogao/internal/opensearch/document"
	"baogao/internal/opensearch/nodes"
	"baogao/query"
)

// fewMatches is below how many exact matches others follow that share parts of the
// words.
const fewMatches = 5

// Search answers a request. It wraps ErrRequest where an order does not exist or too
// much had to be read, and ErrUnavailable where the cluster does not answer.
func (x *Index) Search(ctx context.Context, req baogao.Request) (*baogao.Result, error) {
	began := time.Now()
	p, err := newPlan(ctx, x, req)
	if err != nil {
		return nil, err
	}
	res, shown, err := p.answer(ctx)
	if err != nil {
		return nil, err
	}
	if res.Hits, err = p.show(ctx, shown, p.tree); err != nil {
		return nil, err
	}
	if res, err = p.loosely(ctx, res, shown); err != nil {
		return nil, err
	}
	if req.Query != nil {
		res.Query = req.Query.Text
	}
	res.TookMS = float64(time.Since(began).Microseconds()) / 1000
	return res, nil
}

// loosely adds to an exact answer, where there is little of it, what shares parts of
// the words.
func (p *plan) loosely(ctx context.Context, res *baogao.Result, shown []matched) (*baogao.Result, error) {
	switch n := res.Total.Passages; {
	case p.req.Exact || len(p.tree.Marked()) == 0:
	case n == 0:
		return p.relax(ctx, res)
	case n < fewMatches && p.req.Offset == 0 && p.after == nil && !p.req.Grouped:
		var err error
		res.Related, err = p.related(ctx, shown)
		return res, err
	}
	return res, nil
}

// answer finds what matches exactly.
func (p *plan) answer(ctx context.Context) (*baogao.Result, []matched, error) {
	if p.tree.Root == nil && p.limit() == 0 {
		res, err := p.holdings.counted(ctx, p)
		return res, nil, err
	}
	if p.tree.Root == nil {
		return (&counting{plan: p}).held(ctx)
	}
	if err := p.weigh(ctx); err != nil {
		return nil, nil, err
	}
	q, exact := narrowed(p.tree)
	if p.isCounted(exact) {
		return (&counting{plan: p}).counted(ctx, q)
	}
	return p.byReading(ctx, q)
}

// isCounted reports whether the shards can answer the question.
func (p *plan) isCounted(exact bool) bool {
	if p.only != nil || !exact || p.tree.Root == nil || p.req.Grouped && p.req.Offset+p.limit() >= nodes.Most {
		return false
	}
	return p.tree.Plain || len(p.tree.Words) == 0 && p.tree.Scope != query.Report
}

// shownAtOnce is for how many hits texts are read at a time.
const shownAtOnce = 500

// Hits yields every passage that matches a request exactly; see baogao.Searcher.
func (x *Index) Hits(ctx context.Context, req baogao.Request) iter.Seq2[*baogao.Hit, error] {
	return func(yield func(*baogao.Hit, error) bool) {
		req.Limit = 1 << 30
		p, err := newPlan(ctx, x, req)
		if err != nil {
			yield(nil, err)
			return
		}
		_, shown, err := p.answer(ctx)
		if err != nil {
			yield(nil, err)
			return
		}
		for from := 0; from < len(shown); from += shownAtOnce {
			hits, err := p.show(ctx, shown[from:min(from+shownAtOnce, len(shown))], p.tree)
			if err != nil {
				yield(nil, err)
				return
			}
			for i := range hits {
				if !yield(&hits[i], nil) {
					return
				}
			}
		}
	}
}

// show reads the texts of matches, and marks them.
func (p *plan) show(ctx context.Context, shown []matched, tree *match.Tree) ([]baogao.Hit, error) {
	hits := make([]baogao.Hit, 0, len(shown))
	for from := 0; from < len(shown); from += shownAtOnce {
		part := shown[from:min(from+shownAtOnce, len(shown))]
		texts, err := readTexts(ctx, p.client, p.gen.Index, part)
		if err != nil {
			return nil, err
		}
		shower := tree.Shower()
		for _, m := range part {
			one := texts.passages[m.Number]
			p.arena.matched = m.tests
			h := hitOf(one, texts.reports[m.Report], &shower)
			if one.Body.Piece > 1 { // the published paragraph stands with its first piece
				h.Published = texts.passages[m.Number-one.Body.Piece+1].Body.Published
			}
			h.Score, h.InReport = m.score, m.inReport
			hits = append(hits, h)
		}
	}
	return hits, nil
}

// hitOf makes a hit of a passage and the head of its report. Without a shower
// nothing is marked.
func hitOf(p *document.Passage, d *document.Report, shower *match.Shower) baogao.Hit {
	b, t := &p.Body, &d.Details
	h := baogao.Hit{
		ID: baogao.PassageID(t.Meta.ID, b.Paragraph, b.Piece), Report: t.Meta, Sure: t.Sure, OCR: t.OCR,
		Section: b.Section, Paragraph: b.Paragraph, Heading: p.Bare, Plan: p.Plan, Text: b.Text, Published: b.Published,
		Highlights: []baogao.Span{}, Copies: document.CopiesIn(t), CopyOf: t.CopyOf,
	}
	if h.Section == nil {
		h.Section = []string{}
	}
	if shower == nil {
		h.Snippet = baogao.Span(match.Window(analyzer.FoldRunes(nil, h.Text), nil))
		return h
	}
	marks, window := shower.Show(&match.Passage{Text: analyzer.AppendUTF16(nil, b.Text), Plan: p.Plan})
	for _, s := range marks {
		h.Highlights = append(h.Highlights, baogao.Span(s))
	}
	h.Snippet = baogao.Span(window)
	return h
}
