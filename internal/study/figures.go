package study

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"

	"baogao"
)

// A FigurePanel is the figures of an indicator by region and year.
type FigurePanel struct {
	Years []string // as filters take them, from the oldest on, with those between others of which nothing is held
	Rows  []FigureRow
	Keys  []string // of the figures, the most frequent first: more than one is more than one indicator
}

// A FigureRow is a region without the divisions in it, a cell a year.
type FigureRow struct {
	Region baogao.Region // zero where it is not known
	Cells  []FigureCell
}

// A FigureCell is what the reports of a region say of a year. A value may stand in a
// report on another year, too.
type FigureCell struct {
	Held   int // reports held on the year within the filters
	Values []baogao.FoundFigure
}

// The states of a cell: what is not held may have been said, and what is held and not
// said is no zero.
const (
	Said    = "said"
	NotSaid = "not said"
	NotHeld = "not held"
)

// State is one of them.
func (c *FigureCell) State() string {
	switch {
	case len(c.Values) > 0:
		return Said
	case c.Held > 0:
		return NotSaid
	}
	return NotHeld
}

// Outliers counts the values that are marked.
func (p *FigurePanel) Outliers() (n int) {
	for _, row := range p.Rows {
		for _, c := range row.Cells {
			for i := range c.Values {
				if c.Values[i].Outlier != nil {
					n++
				}
			}
		}
	}
	return n
}

// A spotOf is where a figure stands in a panel.
type spotOf struct{ region, year string }

// regionID tells regions apart, and puts those without a code behind others, and what
// is not known behind all.
func regionID(r baogao.Region) string {
	switch {
	case r.IsZero():
		return "\xff"
	case r.Code == "":
		return "~" + r.Name
	}
	return r.Code
}

func yearID(year int) string {
	if year == 0 {
		return baogao.Unknown
	}
	return strconv.Itoa(year)
}

// FiguresByPlace puts the figures of the passages that match exactly into a panel. Of
// those that a report says again it keeps the first; what differs stands side by side,
// and what is far from the others is marked, see Outliers.
// Where the indicator of the filter is a key, figures of no other key are taken.
func FiguresByPlace(ctx context.Context, s baogao.Searcher, req baogao.Request, by baogao.FigureFilter) (*FigurePanel, error) {
	s, release, err := s.Hold(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	from, err := baogao.FigurerOf(s)
	if err != nil {
		return nil, err
	}
	held := heldBy(req)
	held.Cells = true
	res, err := s.Search(ctx, held)
	if err != nil {
		return nil, err
	}
	p := figurePanel{cells: map[spotOf]*FigureCell{}, regions: map[string]baogao.Region{}, keys: map[string]int{}, told: map[any]bool{}}
	for _, c := range res.Cells {
		if inRegions(req.Filters, c.Region) {
			p.at(c.Region, c.Year).Held += c.Reports
			p.held = append(p.held, baogao.FacetValue{Value: yearID(c.Year), Reports: c.Reports})
		}
	}
	by.Offset, by.Grouped, by.Sort = 0, false, baogao.ByHit
	var found []*baogao.FoundFigure
	whole := false
	for f, err := range from.EachFigure(ctx, req, by) {
		if err != nil {
			return nil, err
		}
		found, whole = append(found, f), whole || f.Key == by.Indicator
	}
	if whole {
		found = slices.DeleteFunc(found, func(f *baogao.FoundFigure) bool { return f.Key != by.Indicator })
	}
	markOutliers(found)
	for _, f := range found {
		p.add(f)
	}
	return p.made(), nil
}

// A figurePanel is a FigurePanel that is being made.
type figurePanel struct {
	cells      map[spotOf]*FigureCell
	regions    map[string]baogao.Region // by regionID
	held, said []baogao.FacetValue      // by year
	keys       map[string]int
	told       map[any]bool
}

func (p *figurePanel) at(r baogao.Region, year int) *FigureCell {
	at := spotOf{regionID(r), yearID(year)}
	p.regions[at.region] = r
	c := p.cells[at]
	if c == nil {
		c = &FigureCell{}
		p.cells[at] = c
	}
	return c
}

// add adds a figure, unless its report has said the same.
func (p *figurePanel) add(f *baogao.FoundFigure) {
	type saying struct {
		report, unit, key, period, scope, direction, bound string
		status                                             baogao.FigureStatus
		year                                               int
		value, high                                        float64
	}
	said := saying{f.Report, f.Unit, f.Key, f.Period, f.Scope, f.Direction, f.Bound, f.Status, f.In(), f.Value, 0}
	if f.High != nil {
		said.high = *f.High
	}
	if p.told[said] {
		return
	}
	p.told[said] = true
	p.keys[f.Key]++
	p.said = append(p.said, baogao.FacetValue{Value: yearID(f.In())})
	c := p.at(f.Meta.Region, f.In())
	c.Values = append(c.Values, *f)
}

// made is the panel: its rows by code, what is not known at the end.
func (p *figurePanel) made() *FigurePanel {
	made := &FigurePanel{Years: YearsOf(p.held).List(p.held, p.said)}
	for _, id := range slices.Sorted(maps.Keys(p.regions)) {
		row := FigureRow{Region: p.regions[id]}
		for _, year := range made.Years {
			c := p.cells[spotOf{id, year}]
			if c == nil {
				c = &FigureCell{}
			}
			row.Cells = append(row.Cells, *c)
		}
		made.Rows = append(made.Rows, row)
	}
	made.Keys = byCount(p.keys)
	return made
}

// Rung keeps the divisions of a rung, of which provinces have rows as well where
// nothing is held within the filters of the request. Those that lie in a division,
// and those above it, have said nothing of it. A municipality is a province and a city.
func (p *FigurePanel) Rung(by By, req baogao.Request) {
	keys, kept := map[string]int{}, []FigureRow{}
	known := map[string]bool{}
	for _, row := range p.Rows {
		if row.Region.Code == "" {
			continue
		}
		if value, _ := regionRow(by, row.Region); value != row.Region.Code {
			continue
		}
		known[row.Region.Code], kept = true, append(kept, row)
		for _, c := range row.Cells {
			for _, v := range c.Values {
				keys[v.Key]++
			}
		}
	}
	for _, r := range by.provinces([]baogao.Request{req}) {
		if !known[r.Code] {
			kept = append(kept, FigureRow{r, make([]FigureCell, len(p.Years))})
		}
	}
	slices.SortStableFunc(kept, func(a, b FigureRow) int { return cmp.Compare(a.Region.Code, b.Region.Code) })
	p.Rows, p.Keys = kept, byCount(keys)
}

// byCount lists what was counted, the most frequent first.
func byCount(counts map[string]int) []string {
	return slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
}
