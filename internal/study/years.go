package study

import (
	"slices"
	"strconv"

	"baogao"
)

// Years are the years from one to another that are shown one by one, each of them
// whether a report is held or not, so that holes show. The zero Years are none.
type Years struct{ from, to int }

// mostYears is how many Years are at most. A report on a plan for 2069 must not
// stretch them.
const mostYears = 24

// YearsOf are those that hold the most reports, the later of two.
func YearsOf(held []baogao.FacetValue) Years {
	reports := map[int]int{}
	var years []int
	for _, v := range held {
		if year, err := strconv.Atoi(v.Value); err == nil {
			years = append(years, year)
			reports[year] += v.Reports
		}
	}
	slices.Sort(years)
	years = slices.Compact(years)
	if len(years) == 0 {
		return Years{}
	}
	var best Years
	most := 0
	for _, to := range years {
		in, from := 0, to
		for _, year := range years {
			if year > to-mostYears && year <= to {
				in += reports[year]
				from = min(from, year)
			}
		}
		if in >= most {
			best, most = Years{from, to}, in
		}
	}
	return best
}

// Has reports whether a value of the facet is one of the years.
func (y Years) Has(value string) bool {
	year, err := strconv.Atoi(value)
	return err == nil && year >= y.from && year <= y.to
}

// List lists the years and those of some facets in order, what is
// not known at the end.
func (y Years) List(facets ...[]baogao.FacetValue) []string {
	var years []int
	unknown := false
	for year := y.from; year <= y.to && y.to > 0; year++ {
		years = append(years, year)
	}
	for _, values := range facets {
		for _, v := range values {
			if year, err := strconv.Atoi(v.Value); err == nil {
				years = append(years, year)
			} else {
				unknown = true
			}
		}
	}
	slices.Sort(years)
	var list []string
	for _, year := range slices.Compact(years) {
		list = append(list, strconv.Itoa(year))
	}
	if unknown {
		list = append(list, baogao.Unknown)
	}
	return list
}

// Column is the filter value under which a year is shown in a table: its own, that
// of all years before or behind, or unknown.
func (y Years) Column(year int) string {
	switch {
	case year == 0:
		return baogao.Unknown
	case year < y.from:
		return ".." + strconv.Itoa(y.from-1)
	case year > y.to:
		return strconv.Itoa(y.to+1) + ".."
	}
	return strconv.Itoa(year)
}

// Columns lists the columns of a table: what is not known, and then from the
// newest years to the oldest.
func (y Years) Columns() []string {
	list := y.List()
	slices.Reverse(list)
	return slices.Concat([]string{baogao.Unknown, y.Column(y.to + 1)}, list, []string{y.Column(y.from - 1)})
}

// Sums adds up the values of the facet that are none of the years, by column.
func (y Years) Sums(values []baogao.FacetValue) []baogao.FacetValue {
	var all []baogao.FacetValue
	for _, column := range []string{y.Column(y.from - 1), y.Column(y.to + 1), baogao.Unknown} {
		sum := baogao.FacetValue{Value: column}
		for _, v := range values {
			year, _ := strconv.Atoi(v.Value)
			if !y.Has(v.Value) && y.Column(year) == column {
				sum.Passages += v.Passages
				sum.Reports += v.Reports
			}
		}
		if sum.Passages > 0 {
			all = append(all, sum)
		}
	}
	return all
}
