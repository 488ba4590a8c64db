package compare

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/study"
	"baogao/internal/web/picture"
)

// A Map is the provinces as equal squares.
type Map struct {
	*Comparison
	Others      []Choice // maps of the questions beside the one that is shown
	Tiles       []tile
	Legend      []string
	Outside     []Choice  // what is counted under no province
	Maps        []yearMap // small ones, of each year
	SmallLegend []string
	Within      []within // of the regions that are chosen
	Lines       []tile   // of the table behind the map: by what is shown
	Holes       []string
}

// A tile is a province on the map and a line of its table.
type tile struct {
	picture.Tile
	figure
	Shade    int    // see picture.Scale; -1 where nothing is held
	Toggle   string // address that filters on it, or no more
	Chosen   bool
	Held     int
	OfHeld   string
	Passages figure
	Reports  figure
}

// ID is the class of the place of the tile.
func (t tile) ID() string { return t.Code[:2] }

// A yearMap is a small map of one year.
type yearMap struct {
	Year  string
	Held  int
	Link  string
	Tiles []tile
}

// A within is what lies in a region that is chosen: its divisions of a rung.
type within struct {
	Title string
	Bars  []barRow
	More  []barRow
}

// maxMaps is how many years are drawn beside each other, the newest.
const maxMaps = 12

// MapOf counts the first question by province, wherever it is asked for, and within
// the region that is chosen.
func MapOf(ctx context.Context, x baogao.Searcher, c *Comparison) (*Map, error) {
	g := &Map{Comparison: c}
	for _, a := range c.Asked[1:] {
		t := c.State.Anew()
		t.Q, t.Beside = a.State.Q, slices.DeleteFunc(c.State.Questions(), func(q string) bool { return q == a.State.Q })
		g.Others = append(g.Others, Choice{Name: a.Name, Link: t.URL()})
	}
	c.Asked = c.Asked[:1]
	c.Title = c.named()
	all := c.Asked[0].request
	all.Filters = withoutRegions(all.Filters)
	everywhere, err := study.Along(ctx, x, study.ByProvince, []baogao.Request{all})
	if err != nil {
		return nil, err
	}
	chosen := everywhere
	if c.State.Filtered("region") {
		if chosen, err = study.Along(ctx, x, study.ByProvince, c.requests()); err != nil {
			return nil, err
		}
	}
	c.counted(chosen.Totals)
	g.draw(everywhere)
	if c.State.Split {
		if err := g.split(ctx, x, all); err != nil {
			return nil, err
		}
	}
	return g, g.look(ctx, x)
}

// withoutRegions are filters without those on regions: the map shows where else there
// is something.
func withoutRegions(filters []baogao.Filter) []baogao.Filter {
	var all []baogao.Filter
	for _, f := range filters {
		f.Regions = nil
		all = append(all, f)
	}
	return all
}

// draw makes the tiles, the table, and what is counted under no province.
func (g *Map) draw(t *study.Trend) {
	rows := map[string]study.Row{}
	var tallies []study.Tally
	for _, r := range t.Rows {
		rows[r.Value] = r
		if len(r.Value) == 6 {
			tallies = append(tallies, r.Tallies[0])
		}
	}
	scale := picture.ScaleOf(g.Measure, tallies)
	g.Legend = scale.Legend()
	for _, p := range picture.Tiles {
		one := g.tile(p, rows[p.Code], scale, "")
		g.Tiles = append(g.Tiles, one)
		if one.Held > 0 {
			g.Lines = append(g.Lines, one)
		} else {
			g.Holes = append(g.Holes, p.Name)
		}
		delete(rows, p.Code)
	}
	slices.SortStableFunc(g.Lines, func(a, b tile) int { return compareRows(g.Measure, t, a.Code, b.Code) })
	for _, r := range t.Rows {
		if _, left := rows[r.Value]; left && r.Tallies[0].Held > 0 {
			n := picture.Text(g.Measure, r.Tallies[0])
			one := Choice{Name: rowName(study.ByProvince, r.Value, r.Label) + " " + n + g.MeasureUnit()}
			if r.Tallies[0].Passages > 0 || g.Measure == study.HeldReports {
				one.Link = opens(g.Measure, g.State.Only("region", r.Value))
			}
			g.Outside = append(g.Outside, one)
		}
	}
}

func compareRows(m study.Measure, t *study.Trend, a, b string) int {
	of := func(code string) study.Tally {
		i := slices.IndexFunc(t.Rows, func(r study.Row) bool { return r.Value == code })
		return t.Rows[i].Tallies[0]
	}
	return descending(m, of(a), of(b))
}

// tile is a province, of one year where that is given.
func (g *Map) tile(p picture.Tile, r study.Row, scale picture.Scale, year string) tile {
	var n study.Tally
	if len(r.Tallies) > 0 {
		n = r.Tallies[0]
	}
	own := g.State.Only("region", p.Code)
	if year != "" {
		own = own.Only("year", year)
	}
	one := tile{
		Tile: p, Shade: scale.Shade(n), Chosen: g.State.Has("region", p.Code), Toggle: own.URL(), Held: n.Held, OfHeld: own.Held().URL(),
		figure: figureOf(g.Measure, n, own.ByPassage().URL()), Passages: figureOf(study.Passages, n, own.ByPassage().URL()), Reports: figureOf(study.Reports, n, own.ByReport().URL()),
	}
	if one.Chosen {
		one.Toggle = g.State.Without("region").URL()
	}
	return one
}

// split makes a small map of each year of which a province holds something, all with one scale.
func (g *Map) split(ctx context.Context, x baogao.Searcher, all baogao.Request) error {
	p, err := study.Across(ctx, x, study.ByProvince, study.ByYear, []baogao.Request{all})
	if err != nil {
		return err
	}
	var tallies []study.Tally
	for _, row := range p.Cells {
		for _, cell := range row {
			tallies = append(tallies, cell[0])
		}
	}
	scale := picture.ScaleOf(g.Measure, tallies)
	g.SmallLegend = scale.Legend()
	for j, year := range p.Columns {
		if _, err := strconv.Atoi(year.Value); err != nil {
			continue
		}
		m := yearMap{Year: year.Value, Link: g.State.Only("year", year.Value).URL()}
		rows := map[string]study.Row{}
		for i, row := range p.Rows {
			rows[row.Value] = study.Row{Value: row.Value, Tallies: p.Cells[i][j]}
			m.Held += p.Cells[i][j][0].Held
		}
		for _, t := range picture.Tiles {
			m.Tiles = append(m.Tiles, g.tile(t, rows[t.Code], scale, year.Value))
		}
		if slices.ContainsFunc(m.Tiles, func(t tile) bool { return t.Held > 0 }) {
			g.Maps = append(g.Maps, m)
		}
	}
	g.Maps = g.Maps[max(0, len(g.Maps)-maxMaps):]
	return nil
}

// look lists what lies in the region that is chosen: the cities of a province, and
// the districts of either.
func (g *Map) look(ctx context.Context, x baogao.Searcher) error {
	var meant []baogao.Region
	if chosen := g.State.Filters["region"]; len(chosen) == 1 {
		meant = ask.Meant(chosen[0])
	}
	if len(meant) != 1 || meant[0].Code == baogao.CountryCode {
		return nil // nothing to look into; the map stands for itself
	}
	base := meant[0]
	rungs := []study.By{study.ByCity, study.ByDistrict}
	if len(base.Path) > 1 || base.IsMunicipal() {
		rungs = rungs[1:]
	}
	for _, by := range rungs {
		counted, err := study.Along(ctx, x, by, []baogao.Request{g.Asked[0].request})
		if err != nil {
			return err
		}
		page := Trend{Comparison: g.Comparison, By: by}
		page.bars(slices.DeleteFunc(counted.Rows, func(r study.Row) bool { return by == study.ByDistrict && strings.HasPrefix(r.Value, baogao.Itself) }))
		for _, rows := range [][]barRow{page.Bars, page.More} {
			for i := range rows {
				rows[i].Name = cmp.Or(strings.TrimPrefix(rows[i].Name, base.Name), base.Name)
			}
		}
		w := within{Title: base.Path[len(base.Path)-1] + "的" + withinNames[by], Bars: page.Bars, More: page.More}
		if len(w.Bars) > 0 {
			g.Within = append(g.Within, w)
		}
	}
	return nil
}

var withinNames = map[study.By]string{study.ByCity: "各市", study.ByDistrict: "各区县"}
