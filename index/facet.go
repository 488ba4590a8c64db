package index

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"baogao"
)

// tally counts the matches of one report.
type tally struct{ passages, occurrences int }

// tallies counts matches by report.
func (x *Index) tallies(matches []match) []tally {
	t := make([]tally, len(x.reports))
	for _, m := range matches {
		r := &t[x.passages.records[m.ordinal].report]
		r.passages++
		r.occurrences += int(m.occurrences)
	}
	return t
}

// total counts the matches that pass the filter.
func total(tallies []tally, f *filter) baogao.Total {
	var sum baogao.Total
	for report, t := range tallies {
		if t.passages > 0 && f.passes(report) {
			sum.Passages += t.passages
			sum.Occurrences += t.occurrences
			sum.Reports++
		}
	}
	return sum
}

// facets counts the matches by metadata. The counts of a field ignore the
// filter on that field.
func (x *Index) facets(tallies []tally, f *filter) baogao.Facets {
	region, level, year, kind := counter{}, counter{}, counter{}, counter{}
	for report, t := range tallies {
		if t.passages == 0 {
			continue
		}
		m := &x.reports[report].Meta
		inRegion, inLevel := lets(f.region, report), lets(f.level, report)
		inYear, inKind := lets(f.year, report), lets(f.kind, report)
		if inLevel && inYear && inKind {
			if value := childRegion(x.regions[report], f.regions); value != "" {
				region.add(value, t)
				if v := region[value]; v.Label == "" {
					v.Label = regionLabel(m.Region, value)
				}
			}
		}
		if inRegion && inYear && inKind {
			level.add(orUnknown(string(m.Level)), t)
		}
		if inRegion && inLevel && inKind {
			year.add(yearValue(m.Year), t)
		}
		if inRegion && inLevel && inYear {
			kind.add(orUnknown(string(m.Kind)), t)
		}
	}
	return baogao.Facets{
		Region: region.sorted(byCount),
		Level:  level.sorted(byRank(baogao.Levels)),
		Year:   year.sorted(byYear),
		Kind:   kind.sorted(byRank(baogao.Kinds)),
	}
}

// childRegion returns the one of the values of a region that it is counted
// under: the division directly below the innermost of the regions filtered on
// that holds it, the province if there is no such filter. A region that is
// filtered on is counted under itself, so that the facet adds up. Outside of
// all regions filtered on it is "".
func childRegion(values, filtered []string) string {
	if len(filtered) == 0 {
		if values[0] != baogao.CountryCode {
			return values[0]
		}
		return values[1]
	}
	for i := len(values) - 1; i >= 0; i-- {
		if slices.Contains(filtered, values[i]) {
			return values[min(i+1, len(values)-1)]
		}
	}
	return ""
}

// regionLabel is the name behind one of the values of a region.
func regionLabel(r baogao.Region, value string) string {
	if strings.HasPrefix(value, baogao.Itself) && len(r.Path) > 0 {
		return r.Path[len(r.Path)-1] + "本级"
	}
	if i := slices.Index(r.Codes(), value); i >= 0 && i < len(r.Path) {
		return r.Path[i]
	}
	return r.Name
}

// counter counts by value.
type counter map[string]*baogao.FacetValue

func (c counter) add(value string, t tally) {
	v := c[value]
	if v == nil {
		v = &baogao.FacetValue{Value: value}
		c[value] = v
	}
	v.Passages += t.passages
	v.Reports++
}

// sorted returns the counts in an order, what is not known last.
func (c counter) sorted(compare func(a, b baogao.FacetValue) int) []baogao.FacetValue {
	all := make([]baogao.FacetValue, 0, len(c))
	for _, v := range c {
		all = append(all, *v)
	}
	slices.SortFunc(all, func(a, b baogao.FacetValue) int {
		if (a.Value == baogao.Unknown) != (b.Value == baogao.Unknown) {
			return cmp.Compare(rank(a.Value == baogao.Unknown), rank(b.Value == baogao.Unknown))
		}
		return cmp.Or(compare(a, b), cmp.Compare(a.Value, b.Value))
	})
	return all
}

func rank(last bool) int {
	if last {
		return 1
	}
	return 0
}

func byCount(a, b baogao.FacetValue) int { return cmp.Compare(b.Passages, a.Passages) }

// byYear puts the newest first.
func byYear(a, b baogao.FacetValue) int {
	x, _ := strconv.Atoi(a.Value)
	y, _ := strconv.Atoi(b.Value)
	return cmp.Compare(y, x)
}

// byRank keeps the order of a list of values.
func byRank[T ~string](order []T) func(a, b baogao.FacetValue) int {
	return func(a, b baogao.FacetValue) int {
		return cmp.Compare(slices.Index(order, T(a.Value)), slices.Index(order, T(b.Value)))
	}
}
