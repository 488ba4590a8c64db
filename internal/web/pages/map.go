package pages

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"baogao"
	"baogao/internal/study"
	"baogao/internal/web/address"
	"baogao/internal/web/picture"
)

// mapPage is what templates/map.html shows: the provinces as equal squares.
type mapPage struct {
	*comparison
	Others      []choice // maps of the questions beside the one that is shown
	Tiles       []tile
	Legend      []string
	Outside     []choice  // what is counted under no province
	Maps        []yearMap // small ones, of each year
	Splits      string    // address with them or without
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

func provinces(r *http.Request, x baogao.Searcher, _ time.Time) (*layout, error) {
	c, moved, err := compare(r, x)
	if err != nil || moved != "" {
		return &layout{moved: moved}, err
	}
	g := &mapPage{comparison: c}
	for _, a := range c.Asked[1:] {
		t := c.State.Anew()
		t.Q, t.Beside = a.State.Q, slices.DeleteFunc(c.State.Questions(), func(q string) bool { return q == a.State.Q })
		g.Others = append(g.Others, choice{Name: a.Name, Link: t.URL()})
	}
	c.Asked = c.Asked[:1]
	all := c.Asked[0].request
	all.Filters = withoutRegions(all.Filters)
	counted, err := study.Along(r.Context(), x, study.ByProvince, []baogao.Request{all})
	if err != nil {
		return nil, err
	}
	chosen := counted
	if c.State.Filtered("region") {
		if chosen, err = study.Along(r.Context(), x, study.ByProvince, c.requests()); err != nil {
			return nil, err
		}
	}
	c.counted(chosen.Totals)
	c.Title = c.named()
	g.draw(counted)
	g.Splits = splitURL(c.State)
	if c.State.Split {
		if err := g.split(r, x, all); err != nil {
			return nil, err
		}
	}
	if err := g.look(r, x); err != nil {
		return nil, err
	}
	return &layout{name: "map.html", Title: "地图 · " + titleOfSearch(c.State, c.Chips), State: address.Alone(c.State, c.State.Q).ByPassage(), Page: g}, nil
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

func splitURL(s address.State) string {
	t := s.Anew()
	t.Split = !s.Split
	return t.URL()
}

// draw makes the tiles, the table, and what is counted under no province.
func (g *mapPage) draw(t *study.Trend) {
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
			g.Outside = append(g.Outside, choice{Name: rowName(study.ByProvince, r.Value, r.Label) + " " + n + g.MeasureUnit(), Link: g.State.Only("region", r.Value).ByPassage().URL()})
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
func (g *mapPage) tile(p picture.Tile, r study.Row, scale picture.Scale, year string) tile {
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
	if n.Held == 0 {
		one.Shade = -1
	}
	if one.Chosen {
		one.Toggle = g.State.Without("region").URL()
	}
	return one
}

// split makes a small map of each year of which a province holds something, all with one scale.
func (g *mapPage) split(r *http.Request, x baogao.Searcher, all baogao.Request) error {
	p, err := study.Across(r.Context(), x, study.ByProvince, study.ByYear, []baogao.Request{all})
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
func (g *mapPage) look(r *http.Request, x baogao.Searcher) error {
	base, _, err := baseOf(g.State)
	if err != nil || base.Code == "" || len(g.State.Filters["region"]) != 1 {
		return nil // nothing to look into; the map stands for itself
	}
	rungs := []study.By{study.ByCity, study.ByDistrict}
	if len(base.Path) > 1 || base.IsMunicipal() {
		rungs = rungs[1:]
	}
	for _, by := range rungs {
		counted, err := study.Along(r.Context(), x, by, []baogao.Request{g.Asked[0].request})
		if err != nil {
			return err
		}
		page := trendPage{comparison: g.comparison, By: by}
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
