package pages

import (
	"slices"
	"strconv"

	"baogao"
)

// A span is the years that are shown one by one, each of them whether a report
// is held or not, so that holes show.
type span struct{ from, to int } // the zero span is empty

// spanYears is how many years a span has at most. A report on a plan for 2069
// must not stretch it.
const spanYears = 24

// spanOf is the span that holds the most reports, the later of two.
func spanOf(held []baogao.FacetValue) span {
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
		return span{}
	}
	var best span
	most := 0
	for _, to := range years {
		in, from := 0, to
		for _, year := range years {
			if year > to-spanYears && year <= to {
				in += reports[year]
				from = min(from, year)
			}
		}
		if in >= most {
			best, most = span{from, to}, in
		}
	}
	return best
}

func (s span) has(value string) bool {
	year, err := strconv.Atoi(value)
	return err == nil && year >= s.from && year <= s.to
}

// years lists the years of the span and those of some facets in order, what is
// not known at the end.
func (s span) years(facets ...[]baogao.FacetValue) []string {
	var years []int
	unknown := false
	for year := s.from; year <= s.to && s.to > 0; year++ {
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

// column is the filter value under which a year is shown in a table: its own
// in the span, that of all years before or behind it, or unknown.
func (s span) column(year int) string {
	switch {
	case year == 0:
		return baogao.Unknown
	case year < s.from:
		return ".." + strconv.Itoa(s.from-1)
	case year > s.to:
		return strconv.Itoa(s.to+1) + ".."
	}
	return strconv.Itoa(year)
}

// columns lists the columns of a table: what is not known, and then from the
// newest years to the oldest.
func (s span) columns() []string {
	list := s.years()
	slices.Reverse(list)
	return slices.Concat([]string{baogao.Unknown, s.column(s.to + 1)}, list, []string{s.column(s.from - 1)})
}

// sums adds up what is not in the span, by column.
func (s span) sums(values []baogao.FacetValue) []baogao.FacetValue {
	var all []baogao.FacetValue
	for _, column := range []string{s.column(s.from - 1), s.column(s.to + 1), baogao.Unknown} {
		sum := baogao.FacetValue{Value: column}
		for _, v := range values {
			year, _ := strconv.Atoi(v.Value)
			if !s.has(v.Value) && s.column(year) == column {
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
