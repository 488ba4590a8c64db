package study

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"baogao"
)

// A By is what a trend runs along.
type By string

// What trends run along. Reports of a wider division than a row is of, those of a
// province among cities, have a row of their own.
const (
	ByYear     By = "year"
	ByProvince By = "province"
	ByCity     By = "city"
	ByDistrict By = "district"
	ByLevel    By = "level"
	ByKind     By = "kind"
)

// Bys lists them.
var Bys = []By{ByYear, ByProvince, ByCity, ByDistrict, ByLevel, ByKind}

// Field is the field whose filter selects the rows.
func (b By) Field() string {
	switch b {
	case ByProvince, ByCity, ByDistrict:
		return "region"
	}
	return string(b)
}

// A Trend says of several questions, side by side, what matches along a field. The
// tallies of a question add up to its total, and what is held to what is held within
// its filters.
type Trend struct {
	By     By
	Rows   []Row
	Totals []Tally // a question each
}

// A Row is one value of the field. Its tallies are a question each, in the order of
// the questions.
type Row struct {
	Value   string // as a filter takes it
	Label   string // of a region: its name in full
	Tallies []Tally
}

// Along counts what matches several requests exactly along a field. Years in which
// nothing is held have rows where others before and behind have not, see Years.
func Along(ctx context.Context, s baogao.Searcher, by By, requests []baogao.Request) (*Trend, error) {
	s, release, err := s.Hold(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	t := &Trend{By: by, Totals: make([]Tally, len(requests))}
	rows := map[string]*Row{}
	for i, req := range requests {
		req.Limit, req.Exact, req.Cells, req.Grouped = -1, true, true, false
		sp, err := Ask(ctx, s, req)
		if err != nil {
			return nil, err
		}
		add := func(value, label string, n Tally) {
			r := rows[value]
			if r == nil {
				r = &Row{Value: value, Label: label, Tallies: make([]Tally, len(requests))}
				rows[value] = r
			}
			r.Tallies[i] = r.Tallies[i].plus(n)
			t.Totals[i] = t.Totals[i].plus(n)
		}
		if by == ByLevel || by == ByKind {
			sp.alongFacet(by, req, add)
		} else {
			sp.alongCells(by, req, add)
		}
	}
	for _, year := range t.holes(rows) {
		rows[year] = &Row{Value: year, Tallies: make([]Tally, len(requests))}
	}
	for _, r := range rows {
		t.Rows = append(t.Rows, *r)
	}
	slices.SortFunc(t.Rows, t.compare)
	return t, nil
}

// alongFacet adds what is held, and what of it matches, of each value of a facet
// that passes the filters on its field.
func (sp *Spread) alongFacet(by By, req baogao.Request, add func(value, label string, n Tally)) {
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
	for _, held := range facetOf(sp.Held) {
		if v := found[held.Value]; passes(req.Filters, by, held.Value) {
			add(held.Value, "", Tally{v.Passages, v.Reports, v.Occurrences, held.Reports, held.Chars})
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

// alongCells adds what is held, and what of it matches, of each region and year. The
// cells keep to all filters but those on regions.
func (sp *Spread) alongCells(by By, req baogao.Request, add func(value, label string, n Tally)) {
	found := map[place]baogao.Cell{}
	for _, c := range sp.Result.Cells {
		found[placeOf(c)] = c
	}
	for _, held := range sp.cells {
		if !inRegions(req.Filters, held.Region) {
			continue
		}
		value, label := rowOf(by, held)
		c := found[placeOf(held)]
		add(value, label, Tally{c.Passages, c.Reports, c.Occurrences, held.Reports, held.Chars})
	}
}

// inRegions reports whether a region passes the filters on regions.
func inRegions(filters []baogao.Filter, r baogao.Region) bool {
	values := r.Values()
	return !slices.ContainsFunc(filters, func(f baogao.Filter) bool {
		return len(f.Regions) > 0 && !slices.ContainsFunc(f.Regions, func(v string) bool { return slices.Contains(values, v) })
	})
}

// rowOf is the row that a cell is counted in.
func rowOf(by By, c baogao.Cell) (value, label string) {
	switch {
	case by != ByYear:
		return regionRow(by, c.Region)
	case c.Year == 0:
		return baogao.Unknown, ""
	}
	return strconv.Itoa(c.Year), ""
}

// regionRow is the row of a region: the division of the rung that it is or lies in.
// A municipality is a city too, and where a division has no district, as a town of
// Dongguan, or no city, as Xiantao, the next below it has its row. What stands above
// the rung has a row of its own.
func regionRow(by By, r baogao.Region) (value, label string) {
	codes := r.Codes()
	if len(codes) == 0 || r.Code == baogao.CountryCode {
		values := r.Values()
		return values[len(values)-1], r.Name
	}
	at := slices.IndexFunc(codes, func(code string) bool { return isRung(by, code) })
	switch {
	case at >= 0:
	case by == ByCity && r.IsMunicipal():
		at = 0
	case len(codes) == 1, by == ByDistrict && len(codes) == 2 && isRung(ByCity, r.Code):
		return baogao.Itself + r.Code, r.Name
	case by == ByCity:
		at = 1
	default:
		at = len(codes) - 1
	}
	return codes[at], strings.Join(r.Path[:min(at+1, len(r.Path))], "")
}

// isRung reports whether a code is one of the rung that a trend runs along, by its
// digits (GB/T 2260): 510000 is a province, 510900 a city, 510904 a district.
func isRung(by By, code string) bool {
	province, city := strings.HasSuffix(code, "0000"), strings.HasSuffix(code, "00")
	switch {
	case len(code) != 6:
		return false
	case by == ByProvince:
		return province
	case by == ByCity:
		return city && !province
	}
	return !city
}

// holes are the years without a row among those that are shown one by one.
func (t *Trend) holes(rows map[string]*Row) []string {
	if t.By != ByYear {
		return nil
	}
	var held []baogao.FacetValue
	for _, r := range rows {
		n := 0
		for _, o := range r.Tallies {
			n = max(n, o.Held)
		}
		held = append(held, baogao.FacetValue{Value: r.Value, Reports: n})
	}
	return slices.DeleteFunc(YearsOf(held).List(), func(year string) bool { return rows[year] != nil })
}

// compare puts rows in order: years from the oldest on, regions by their codes and
// their own reports first, levels and kinds as they are always listed, what is not
// known at the end.
func (t *Trend) compare(a, b Row) int {
	return cmp.Or(cmp.Compare(t.rank(a.Value), t.rank(b.Value)), cmp.Compare(bare(a.Value), bare(b.Value)), cmp.Compare(a.Value, b.Value))
}

// rank is the place of a value among the levels or kinds, and of what is not known.
func (t *Trend) rank(value string) int {
	switch {
	case value == baogao.Unknown:
		return 1000
	case t.By == ByLevel:
		return slices.Index(baogao.Levels, baogao.Level(value))
	case t.By == ByKind:
		return slices.Index(baogao.Kinds, baogao.Kind(value))
	}
	return 0
}

func bare(value string) string { return strings.TrimPrefix(value, baogao.Itself) }
