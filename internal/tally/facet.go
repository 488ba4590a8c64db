package tally

import (
	"cmp"
	"slices"
	"strconv"

	"baogao"
)

// Facets counts the matches by metadata. The counts of a field ignore the
// filter on that field.
func Facets(classes []Class, counts []Count, f *Filter) baogao.Facets {
	region, level, year, kind := counter{}, counter{}, counter{}, counter{}
	for i, t := range counts {
		if t.Passages == 0 {
			continue
		}
		k := &classes[i]
		inRegion, inLevel := lets(f.region, uint32(i)), lets(f.level, uint32(i))
		inYear, inKind := lets(f.year, uint32(i)), lets(f.kind, uint32(i))
		if inLevel && inYear && inKind {
			if value := childRegion(k.Regions, f.regions); value != "" {
				region.add(value, t)
				if v := region[value]; v.Label == "" {
					v.Label = k.Region.Label(value)
				}
			}
		}
		if inRegion && inYear && inKind {
			level.add(k.Level, t)
		}
		if inRegion && inLevel && inKind {
			year.add(k.Year, t)
		}
		if inRegion && inLevel && inYear {
			kind.add(k.Kind, t)
		}
	}
	return baogao.Facets{
		Region: region.sorted(byCount),
		Level:  level.sorted(byRank(baogao.Levels)),
		Year:   year.sorted(byYear),
		Kind:   kind.sorted(byRank(baogao.Kinds)),
	}
}

// Cells counts the matches by region and year, whatever regions are filtered
// on.
func Cells(classes []Class, counts []Count, f *Filter) []baogao.Cell {
	type key struct {
		code, name string
		year       int
	}
	at := map[key]int{}
	cells := []baogao.Cell{}
	for i, t := range counts {
		if t.Passages == 0 || !lets(f.level, uint32(i)) || !lets(f.year, uint32(i)) || !lets(f.kind, uint32(i)) {
			continue
		}
		k := &classes[i]
		place := key{k.Region.Code, k.Region.Name, k.Reported}
		n, ok := at[place]
		if !ok {
			n = len(cells)
			at[place] = n
			cells = append(cells, baogao.Cell{Region: k.Region, Year: k.Reported})
		}
		cell := &cells[n]
		cell.Passages += t.Passages
		cell.Reports += t.Reports
		cell.Occurrences += t.Occurrences
		cell.Chars += t.Chars
	}
	slices.SortFunc(cells, func(a, b baogao.Cell) int {
		return cmp.Or(compareRegions(a.Region, b.Region), CompareYears(a.Year, b.Year))
	})
	return cells
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

// counter counts by value.
type counter map[string]*baogao.FacetValue

func (c counter) add(value string, t Count) {
	v := c[value]
	if v == nil {
		v = &baogao.FacetValue{Value: value}
		c[value] = v
	}
	v.Passages += t.Passages
	v.Reports += t.Reports
	v.Occurrences += t.Occurrences
	v.Chars += t.Chars
}

// sorted returns the counts in an order, what is not known last.
func (c counter) sorted(compare func(a, b baogao.FacetValue) int) []baogao.FacetValue {
	all := make([]baogao.FacetValue, 0, len(c))
	for _, v := range c {
		all = append(all, *v)
	}
	slices.SortFunc(all, func(a, b baogao.FacetValue) int {
		switch unknown := a.Value == baogao.Unknown; {
		case unknown == (b.Value == baogao.Unknown):
			return cmp.Or(compare(a, b), cmp.Compare(a.Value, b.Value))
		case unknown:
			return 1
		}
		return -1
	})
	return all
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
