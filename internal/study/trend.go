package study

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"baogao"
	"baogao/internal/gazetteer"
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
// nothing is held have rows where others before and behind have not, see Years, and
// so has every province that the filters leave.
func Along(ctx context.Context, s baogao.Searcher, by By, requests []baogao.Request) (*Trend, error) {
	p, err := Across(ctx, s, by, whole, requests)
	if err != nil {
		return nil, err
	}
	t := &Trend{By: by, Totals: p.Totals}
	for i, key := range p.Rows {
		t.Rows = append(t.Rows, Row{key.Value, key.Label, p.Cells[i][0]})
	}
	return t, nil
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

// holes are the years without a value among those that are shown one by one, of
// the reports held by value.
func (b By) holes(reports map[string]int) []string {
	if b != ByYear {
		return nil
	}
	var held []baogao.FacetValue
	for value, n := range reports {
		held = append(held, baogao.FacetValue{Value: value, Reports: n})
	}
	return slices.DeleteFunc(YearsOf(held).List(), func(year string) bool { _, ok := reports[year]; return ok })
}

// provinces are those that the filters of a request leave: of each there is a row,
// since a province that is not held would else look like one that there is not.
func (b By) provinces(requests []baogao.Request) []baogao.Region {
	if b != ByProvince {
		return nil
	}
	return slices.DeleteFunc(gazetteer.Below(baogao.CountryCode), func(p baogao.Region) bool {
		return !slices.ContainsFunc(requests, func(r baogao.Request) bool { return touches(r.Filters, p.Code) })
	})
}

// touches reports whether filters on regions leave something of a province.
func touches(filters []baogao.Filter, province string) bool {
	return !slices.ContainsFunc(filters, func(f baogao.Filter) bool {
		return len(f.Regions) > 0 && !slices.ContainsFunc(f.Regions, func(v string) bool {
			codes := baogao.Region{Code: strings.TrimPrefix(v, baogao.Itself)}.Codes()
			return v == baogao.CountryCode || len(codes) > 0 && codes[0] == province
		})
	})
}

// compare puts values in order: years from the oldest on, regions by their codes and
// their own reports first, levels and kinds as they are always listed, what is not
// known at the end.
func (b By) compare(x, y string) int {
	bare := func(value string) string { return strings.TrimPrefix(value, baogao.Itself) }
	return cmp.Or(cmp.Compare(b.rank(x), b.rank(y)), cmp.Compare(bare(x), bare(y)), cmp.Compare(x, y))
}

// rank is the place of a value among the levels or kinds, and of what is not known.
func (b By) rank(value string) int {
	const last = 1000
	switch {
	case value == baogao.Unknown:
		return last
	case b == ByLevel:
		return slices.Index(baogao.Levels, baogao.Level(value))
	case b == ByKind:
		return slices.Index(baogao.Kinds, baogao.Kind(value))
	}
	return 0
}
