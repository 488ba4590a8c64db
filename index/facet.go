package index

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"baogao"
)

// A class is what the metadata of a report is filtered and counted by. Reports
// that agree in it share one.
type class struct {
	region            baogao.Region
	regions           []string // see regionValues
	level, year, kind string   // as filters take them
	reported          int      // the year, 0 where it is not known
}

// classify gives every report its class.
func (x *Index) classify() {
	type key struct{ region, name, level, year, kind string }
	known := map[key]uint32{}
	x.classes, x.classOf = nil, make([]uint32, len(x.reports))
	for i := range x.reports {
		m := &x.reports[i].Meta
		c := class{region: m.Region, level: orUnknown(string(m.Level)), year: yearValue(m.Year), kind: orUnknown(string(m.Kind)), reported: m.Year}
		k := key{m.Region.Code, m.Region.Name, c.level, c.year, c.kind}
		id, ok := known[k]
		if !ok {
			id = uint32(len(x.classes))
			known[k], c.regions = id, regionValues(m.Region)
			x.classes = append(x.classes, c)
		}
		x.classOf[i] = id
	}
}

// values returns the values by which a class is filtered in a field.
func (c *class) values(field string) []string {
	switch field {
	case fieldRegion:
		return c.regions
	case fieldLevel:
		return []string{c.level}
	case fieldKind:
		return []string{c.kind}
	}
	return []string{c.year}
}

// facets counts the matches by metadata. The counts of a field ignore the
// filter on that field.
func (x *Index) facets(tallies []tally, f *filter) baogao.Facets {
	region, level, year, kind := counter{}, counter{}, counter{}, counter{}
	for i, t := range tallies {
		if t.passages == 0 {
			continue
		}
		c := &x.classes[i]
		inRegion, inLevel := lets(f.region, uint32(i)), lets(f.level, uint32(i))
		inYear, inKind := lets(f.year, uint32(i)), lets(f.kind, uint32(i))
		if inLevel && inYear && inKind {
			if value := childRegion(c.regions, f.regions); value != "" {
				region.add(value, t)
				if v := region[value]; v.Label == "" {
					v.Label = regionLabel(c.region, value)
				}
			}
		}
		if inRegion && inYear && inKind {
			level.add(c.level, t)
		}
		if inRegion && inLevel && inKind {
			year.add(c.year, t)
		}
		if inRegion && inLevel && inYear {
			kind.add(c.kind, t)
		}
	}
	return baogao.Facets{
		Region: region.sorted(byCount),
		Level:  level.sorted(byRank(baogao.Levels)),
		Year:   year.sorted(byYear),
		Kind:   kind.sorted(byRank(baogao.Kinds)),
	}
}

// cells counts the matches by region and year, whatever regions are filtered
// on.
func (x *Index) cells(tallies []tally, f *filter) []baogao.Cell {
	type key struct {
		code, name string
		year       int
	}
	at := map[key]int{}
	cells := []baogao.Cell{}
	for i, t := range tallies {
		if t.passages == 0 || !lets(f.level, uint32(i)) || !lets(f.year, uint32(i)) || !lets(f.kind, uint32(i)) {
			continue
		}
		c := &x.classes[i]
		k := key{c.region.Code, c.region.Name, c.reported}
		n, ok := at[k]
		if !ok {
			n = len(cells)
			at[k] = n
			cells = append(cells, baogao.Cell{Region: c.region, Year: c.reported})
		}
		cells[n].Passages += t.passages
		cells[n].Reports += t.reports
	}
	slices.SortFunc(cells, func(a, b baogao.Cell) int {
		return cmp.Or(compareRegions(a.Region, b.Region), compareYears(a.Year, b.Year))
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
	v.Reports += t.reports
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
