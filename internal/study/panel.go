package study

import (
	"context"
	"iter"
	"maps"
	"slices"

	"baogao"
	"baogao/query"
)

// A Panel counts several questions in a grid. The tallies of a question add up to its
// total.
type Panel struct {
	Rows, Columns []Key
	Cells         [][][]Tally // by row, column and question; one that nothing is held of is zero
	Totals        []Tally     // a question each
}

// A Key is what a row or a column is of.
type Key struct {
	Value string // as a filter takes it
	Label string // of a region: its name in full
}

// whole is what the columns are where there is one for everything.
const whole By = ""

// A spot is a place in a grid.
type spot struct{ row, column string }

// Across counts what matches several requests exactly, by what the rows and the
// columns are: years and a rung of divisions, in either order.
func Across(ctx context.Context, s baogao.Searcher, rows, columns By, requests []baogao.Request) (*Panel, error) {
	s, release, err := s.Hold(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	p := &Panel{Totals: make([]Tally, len(requests))}
	grid, labels := map[spot][]Tally{}, map[string]string{}
	for i, req := range requests {
		req.Limit, req.Exact, req.Cells, req.Grouped = -1, true, true, false
		sp, err := Ask(ctx, s, req)
		if err != nil {
			return nil, err
		}
		wordless := req.Query == nil || len(query.Words(req.Query.Root)) == 0
		for at, n := range sp.spots(rows, columns, req.Filters, labels) {
			n.Wordless = wordless
			if grid[at] == nil {
				grid[at] = make([]Tally, len(requests))
			}
			grid[at][i] = grid[at][i].Plus(n)
			p.Totals[i] = p.Totals[i].Plus(n)
		}
	}
	p.Rows = keys(rows, labels, grid, requests, func(at spot) string { return at.row })
	p.Columns = keys(columns, labels, grid, requests, func(at spot) string { return at.column })
	for _, row := range p.Rows {
		line := make([][]Tally, len(p.Columns))
		for c, column := range p.Columns {
			if line[c] = grid[spot{row.Value, column.Value}]; line[c] == nil {
				line[c] = make([]Tally, len(requests))
			}
		}
		p.Cells = append(p.Cells, line)
	}
	return p, nil
}

// keys are the rows, or the columns, of a grid in order, with the years and the
// provinces of which nothing is held.
func keys(by By, labels map[string]string, grid map[spot][]Tally, requests []baogao.Request, of func(spot) string) []Key {
	if by == whole {
		return []Key{{}}
	}
	held := map[string]int{}
	for at, tallies := range grid {
		most := 0
		for _, n := range tallies {
			most = max(most, n.Held)
		}
		held[of(at)] += most
	}
	values := slices.Concat(slices.Collect(maps.Keys(held)), by.holes(held))
	for _, p := range by.provinces(requests) {
		if _, ok := held[p.Code]; !ok {
			values, labels[p.Code] = append(values, p.Code), p.Name
		}
	}
	slices.SortFunc(values, by.compare)
	var all []Key
	for _, v := range values {
		all = append(all, Key{v, labels[v]})
	}
	return all
}

// spots counts what is held, and what of it matches, by what the rows and columns
// are, as far as it passes all filters; of levels and kinds in one column. It notes
// the names of regions.
func (sp *Spread) spots(rows, columns By, filters []baogao.Filter, labels map[string]string) iter.Seq2[spot, Tally] {
	if rows == ByLevel || rows == ByKind {
		return sp.ofFacet(rows, filters)
	}
	return func(yield func(spot, Tally) bool) {
		for cell, n := range sp.tallies(filters) {
			at := spot{}
			at.row = named(rows, cell, labels)
			if columns != whole {
				at.column = named(columns, cell, labels)
			}
			if !yield(at, n) {
				return
			}
		}
	}
}

// named is the value that a cell is counted under, whose name it notes.
func named(by By, c baogao.Cell, labels map[string]string) string {
	value, label := rowOf(by, c)
	if label != "" {
		labels[value] = label
	}
	return value
}

// ofFacet counts each value of the facet of levels or kinds that passes the filters
// on it.
func (sp *Spread) ofFacet(by By, filters []baogao.Filter) iter.Seq2[spot, Tally] {
	facetOf := func(f baogao.Facets) []baogao.FacetValue {
		if by == ByLevel {
			return f.Level
		}
		return f.Kind
	}
	found := map[string]baogao.FacetValue{}
	for _, v := range facetOf(sp.Result.Facets) {
		found[v.Value] = v
	}
	return func(yield func(spot, Tally) bool) {
		for _, held := range facetOf(sp.Held) {
			v := found[held.Value]
			if passes(filters, by, held.Value) && !yield(spot{row: held.Value}, Tally{Passages: v.Passages, Reports: v.Reports, Occurrences: v.Occurrences, Held: held.Reports, Chars: held.Chars}) {
				return
			}
		}
	}
}

// passes reports whether a level or a kind passes the filters on it.
func passes(filters []baogao.Filter, by By, value string) bool {
	return !slices.ContainsFunc(filters, func(f baogao.Filter) bool {
		if by == ByLevel {
			return len(f.Levels) > 0 && !slices.Contains(f.Levels, baogao.Level(value))
		}
		return len(f.Kinds) > 0 && !slices.Contains(f.Kinds, baogao.Kind(value))
	})
}

// tallies counts what is held, and what of it matches, of each region and year that
// passes all filters: the cells of a result keep to all but those on regions.
func (sp *Spread) tallies(filters []baogao.Filter) iter.Seq2[baogao.Cell, Tally] {
	found := map[place]baogao.Cell{}
	for _, c := range sp.Result.Cells {
		found[placeOf(c)] = c
	}
	return func(yield func(baogao.Cell, Tally) bool) {
		for _, held := range sp.cells {
			c := found[placeOf(held)]
			if inRegions(filters, held.Region) && !yield(held, Tally{Passages: c.Passages, Reports: c.Reports, Occurrences: c.Occurrences, Held: held.Reports, Chars: held.Chars}) {
				return
			}
		}
	}
}
