// Package study counts for researchers what no single answer of a Searcher
// tells: a request goes in, and what its answer means beside what is held comes
// out. It asks any Searcher.
package study

import (
	"context"
	"slices"

	"baogao"
	"baogao/query"
)

// A Spread says how what was found stands to what is held: a hole in the
// collection is no zero.
type Spread struct {
	Result *baogao.Result // as it was asked for; Held and Chars are set in it, its facets and its cells
	Held   baogao.Facets  // of all reports held within the filters, whether they match or not; passages are those held

	whole holding       // all that is held within the filters
	cells []baogao.Cell // of it
}

// Ask asks a question of the generation in use and says how its answer is spread
// over what is held within its filters.
func Ask(ctx context.Context, s baogao.Searcher, req baogao.Request) (*Spread, error) {
	s, release, err := s.Hold(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	res, err := s.Search(ctx, req)
	if err != nil {
		return nil, err
	}
	sp := &Spread{Result: res}
	if err := sp.hold(ctx, s, req); err != nil {
		return nil, err
	}
	sp.mark(res)
	return sp, nil
}

// Exact is what matches exactly, by which links are counted: Result itself, or
// where that is relaxed the answer of s without what is alike.
func (sp *Spread) Exact(ctx context.Context, s baogao.Searcher, req baogao.Request) (*baogao.Result, error) {
	if !sp.Result.Relaxed {
		return sp.Result, nil
	}
	req.Exact, req.Limit = true, -1
	res, err := s.Search(ctx, req)
	if err == nil {
		sp.mark(res)
	}
	return res, err
}

// Held counts the reports held within the filters of a request, whether they match
// or not.
func Held(ctx context.Context, s baogao.Searcher, req baogao.Request) (int, error) {
	req.Cells = false
	res, err := s.Search(ctx, heldBy(req))
	if err != nil {
		return 0, err
	}
	return res.Total.Reports, nil
}

// heldBy asks for all that is held within the filters of a request.
func heldBy(req baogao.Request) baogao.Request {
	return baogao.Request{Query: metadataOf(req.Query), Filters: req.Filters, Report: req.Report, Copies: req.Copies, Cells: req.Cells, Limit: -1}
}

// hold counts what is held within the filters of a request.
func (sp *Spread) hold(ctx context.Context, s baogao.Searcher, req baogao.Request) error {
	res, err := s.Search(ctx, heldBy(req))
	if err != nil {
		return err
	}
	sp.Held, sp.whole, sp.cells = res.Facets, holding{res.Total.Reports, res.Chars}, res.Cells
	return nil
}

// A holding is how much is held: reports, and the characters of their texts.
type holding struct {
	reports int
	chars   int64
}

// A place is what a cell counts.
type place struct {
	code, name string
	year       int
}

func placeOf(c baogao.Cell) place { return place{c.Region.Code, c.Region.Name, c.Year} }

// mark sets Held and Chars in a result.
func (sp *Spread) mark(r *baogao.Result) {
	r.Held, r.Chars = sp.whole.reports, sp.whole.chars
	all := sp.Held.All()
	for i, facet := range r.Facets.All() {
		of := make(map[string]holding, len(all[i].Values))
		for _, v := range all[i].Values {
			of[v.Value] = holding{v.Reports, v.Chars}
		}
		for j := range facet.Values {
			v := &facet.Values[j]
			v.Held, v.Chars = of[v.Value].reports, of[v.Value].chars
		}
	}
	of := map[place]holding{}
	if len(r.Cells) > 0 {
		for _, c := range sp.cells {
			of[placeOf(c)] = holding{c.Reports, c.Chars}
		}
	}
	for i := range r.Cells {
		c := &r.Cells[i]
		c.Held, c.Chars = of[placeOf(*c)].reports, of[placeOf(*c)].chars
	}
}

// Wider counts what matches a request that has less filters than the one that
// gave a result, where that is empty; nil where nothing matches this either.
func Wider(ctx context.Context, s baogao.Searcher, req baogao.Request, exact *baogao.Result) (*baogao.Total, error) {
	if exact.Total.Passages > 0 {
		return nil, nil
	}
	req.Exact, req.Limit, req.Offset, req.After, req.Cells = true, -1, 0, "", false
	res, err := s.Search(ctx, req)
	if err != nil || res.Total.Passages == 0 {
		return nil, err
	}
	return &res.Total, nil
}

// HeldIn counts the reports held in a region within the filters but that on
// regions, where a request asked for Cells.
func (sp *Spread) HeldIn(code string) int {
	n := 0
	for _, c := range sp.cells {
		if slices.Contains(c.Region.Values(), code) {
			n += c.Reports
		}
	}
	return n
}

// metadataOf keeps the parts of a question under which what is held is counted;
// nil if there are none.
func metadataOf(q *query.Query) *query.Query {
	if q == nil {
		return nil
	}
	if root := query.Metadata(q.Root); root != nil {
		return &query.Query{Root: root}
	}
	return nil
}
