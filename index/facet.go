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
			if value, label, ok := childRegion(m.Region, f.regions); ok {
				region.add(value, label, t)
			}
		}
		if inRegion && inYear && inKind {
			level.add(orUnknown(string(m.Level)), "", t)
		}
		if inRegion && inLevel && inKind {
			year.add(values(*m, fieldYear)[0], "", t)
		}
		if inRegion && inLevel && inYear {
			kind.add(orUnknown(string(m.Kind)), "", t)
		}
	}
	return baogao.Facets{
		Region: region.sorted(byCount),
		Level:  level.sorted(byRank(baogao.Levels)),
		Year:   year.sorted(byYear),
		Kind:   kind.sorted(byRank(baogao.Kinds)),
	}
}

// childRegion returns the value a region is counted under: the division
// directly below the innermost of the regions filtered on that holds it, the
// province if there is no such filter. A region that is filtered on is counted
// under itself, so that the facet adds up. ok is false outside of all regions
// filtered on.
func childRegion(r baogao.Region, filtered []string) (value, label string, ok bool) {
	if len(filtered) == 0 {
		filtered = []string{baogao.CountryCode, baogao.Unknown, r.Name}
	}
	values := regionValues(r)
	for i := len(values) - 1; i >= 0; i-- {
		if !slices.Contains(filtered, values[i]) {
			continue
		}
		child := min(i+1, len(values)-1)
		return values[child], regionLabel(r, values[child]), true
	}
	return "", "", false
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

func (c counter) add(value, label string, t tally) {
	v := c[value]
	if v == nil {
		v = &baogao.FacetValue{Value: value, Label: label}
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
