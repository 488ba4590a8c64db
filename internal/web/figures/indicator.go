package figures

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/export"
	"baogao/internal/study"
	"baogao/internal/web/address"
	"baogao/internal/web/compare"
	"baogao/internal/web/picture"
)

// An OneIndicator is a key and a unit over places and years: dots by region, or a line
// where one place says so, and the panel that both are drawn of.
type OneIndicator struct {
	State    address.State
	Key      string
	Unit     string
	Units    []compare.Choice
	Statuses []compare.Choice // Link is the value
	Levels   []compare.Choice
	Warnings []string
	Values   int
	Places   int // that say so
	Outliers int
	Held     int    // reports held within the filters
	OfList   string // address of the list of the values
	Files    []compare.Choice

	Axis  picture.Axis
	Years []yearKey // of the dots, the newest first
	Dots  []dotRow
	More  []dotRow // that are folded away
	Line  *line    // in the place of dots

	Columns []string
	Lines   []panelLine
	Silent  []compare.Choice // places of which reports are held, none of which says so
	Dropped int              // lines that the page has no room for
	Shades  []string

	panel    *study.FigurePanel
	by       baogao.FigureFilter
	question *ask.Question
}

// A yearKey says what a colour means.
type yearKey struct{ Name, Class string }

// A dotRow is a region with its values.
type dotRow struct {
	Name     string
	Link     string // to the region alone
	From, To string // its least and its largest value
	Dots     []dot
	Latest   string
	Year     string // of the latest

	latest *baogao.FoundFigure
}

// A dot is a value.
type dot struct {
	X, Class, Link, Says string
	R                    int
	Far                  bool
}

// A line is a place over years.
type line struct {
	Place   string
	Columns []picture.Column
	Points  []point
	Links   []picture.Line
	Gaps    []picture.Line // over years of which nothing is told
	Ticks   []picture.AxisTick
	Height  int
	Ground  int
	Top     int
	Label   string // for who does not see it
	Long    bool   // it has more columns than a narrow page has room for
	Rows    []Shown
}

// A point is a value of a line.
type point struct {
	X, Text, Link, Says string
	Y                   int
	Far                 bool
}

// A panelLine is a region in the panel.
type panelLine struct {
	Name  string
	Link  string
	Cells []panelCell
}

// A panelCell is what the reports of a region say of a year. Values that are alike stand
// once.
type panelCell struct {
	State  string // see study.FigureCell
	Values []cellValue
	More   int // that differ, and have no room
	Shade  int
	Link   string // to the reports held, where none says so, or to the values that have no room
	Says   string
}

// A cellValue is a value that opens where it stands.
type cellValue struct {
	Text, Link, Says string
	Far              bool
}

const (
	yearColours = 6 // the last is for all that are older
	maxDots     = 24
	maxLines    = 80
	maxInCell   = 6
	narrowest   = 6         // years that a phone has room for, with values above them
	linkBytes   = 160 << 10 // of one list
)

// IndicatorOf counts the indicator of a state by place and year, what was achieved unless
// it asks for another status, or there is none. Its values are those of the passages that match.
func IndicatorOf(ctx context.Context, x baogao.Searcher, s address.State) (*OneIndicator, error) {
	q, err := s.Question(ctx, x)
	if err != nil {
		return nil, err
	}
	g := &OneIndicator{State: s, by: address.FigureFilter(s), question: q}
	for _, w := range q.Warnings {
		g.Warnings = append(g.Warnings, w.Text+"。")
	}
	if err := g.choose(ctx, x); err != nil {
		return nil, err
	}
	if g.panel, err = study.FiguresByPlace(ctx, x, q.Request, g.by); err != nil {
		return nil, err
	}
	g.Outliers = g.panel.Outliers()
	if len(g.panel.Keys) > 0 {
		g.Key = g.panel.Keys[0]
	}
	g.fill()
	return g, nil
}

// choose finds the units of the key, and takes the most frequent where none is asked
// for.
func (g *OneIndicator) choose(ctx context.Context, x baogao.Searcher) error {
	from, err := baogao.FigurerOf(x)
	if err != nil {
		return err
	}
	g.by.Indicator, g.by.Min, g.by.Max, g.by.Kinds = "", nil, nil, nil
	g.Key = g.by.Key
	asked := baogao.FigureStatuses // the first that there is, unless one is asked for
	if len(g.by.Statuses) > 0 {
		asked = g.by.Statuses
	}
	var units []string
	for _, status := range asked {
		found, err := from.Figures(ctx, g.question.Request, baogao.FigureFilter{Key: g.Key, Statuses: []baogao.FigureStatus{status}, Grouped: true, Limit: 1})
		if err != nil {
			return err
		}
		if len(found.Groups) > 0 {
			units, g.by.Statuses = found.Groups[0].Units, []baogao.FigureStatus{status}
			break
		}
	}
	if len(units) == 0 {
		g.by.Statuses = asked[:1]
	}
	if len(g.by.Units) == 0 && len(units) > 0 {
		g.by.Units = units[:1]
	}
	if len(g.by.Units) > 0 {
		g.Unit = g.by.Units[0]
	}
	for _, unit := range units {
		t := g.State.Anew()
		t.Figures.Units = []string{unit}
		g.Units = append(g.Units, compare.Choice{Name: cmp.Or(unit, "没有单位"), Link: t.URL(), Chosen: unit == g.Unit})
	}
	for _, status := range baogao.FigureStatuses {
		g.Statuses = append(g.Statuses, compare.Choice{Name: statusNames[status], Link: string(status), Chosen: slices.Equal(g.by.Statuses, []baogao.FigureStatus{status})})
	}
	return nil
}

// fill draws the panel, and makes its table and links.
func (g *OneIndicator) fill() {
	g.OfList = g.list(g.State)
	for _, row := range g.panel.Rows {
		for _, c := range row.Cells {
			g.Held += c.Held
		}
	}
	var values []float64
	levels := map[baogao.Level]int{}
	var said []study.FigureRow
	for _, row := range g.panel.Rows {
		n := len(values)
		for _, c := range row.Cells {
			for i := range c.Values {
				f := &c.Values[i]
				values = append(values, f.Value)
				levels[f.Meta.Level]++
			}
		}
		if len(values) > n {
			said = append(said, row)
		} else {
			g.Silent = append(g.Silent, g.silent(row))
		}
	}
	g.Values, g.Places = len(values), len(said)
	g.Axis = picture.AxisOf(values)
	g.levels(levels)
	if len(said) == 1 {
		g.draw(said[0])
	} else {
		g.dots(said)
	}
	g.table(said)
	g.Files = []compare.Choice{
		{Name: "长表 CSV", Link: address.Table(g.State, "csv", false)}, {Name: "长表 XLSX", Link: address.Table(g.State, "xlsx", false)}, {Name: "宽表 CSV", Link: address.Table(g.State, "csv", true)},
		{Name: "宽表 XLSX", Link: address.Table(g.State, "xlsx", true)}, {Name: "JSON", Link: address.Table(g.State, "json", false)}, {Name: "说明", Link: address.Table(g.State, export.AboutForm, false)},
	}
}

// list is the address of the values within a state.
func (g *OneIndicator) list(s address.State) string {
	return address.Narrowed(s, func(f *baogao.FigureFilter) {
		*f = baogao.FigureFilter{Key: g.by.Key, Units: g.by.Units, Statuses: g.by.Statuses}
	}).URL()
}

// levels lead to the places of one level: a province is not to be set beside a county.
func (g *OneIndicator) levels(count map[baogao.Level]int) {
	chosen := g.State.Filters["level"]
	if len(chosen) == 0 && len(count) < 2 {
		return
	}
	g.Levels = []compare.Choice{{Name: "各级", Link: g.State.Without("level").URL(), Chosen: len(chosen) == 0}}
	for _, level := range baogao.Levels {
		if count[level] > 0 {
			g.Levels = append(g.Levels, compare.Choice{Name: ask.Chinese.Name("level", string(level)), Link: g.State.Only("level", string(level)).URL(), Chosen: slices.Equal(chosen, []string{string(level)})})
		}
	}
}

func (g *OneIndicator) silent(row study.FigureRow) compare.Choice {
	held := 0
	for _, c := range row.Cells {
		held += c.Held
	}
	return compare.Choice{Name: fmt.Sprintf("%s（收录%s篇）", placeName(row.Region), picture.Grouped(held)), Link: regionOnly(g.State, row.Region).Held().URL()}
}

func placeName(r baogao.Region) string { return cmp.Or(r.Name, "地区不明") }

// regionOnly is the state within the reports of a region itself.
func regionOnly(s address.State, r baogao.Region) address.State {
	switch {
	case r.IsZero():
		return s.Only("region", baogao.Unknown)
	case r.Code == "":
		return s.Only("region", baogao.Itself+r.Name)
	}
	return s.Only("region", baogao.Itself+r.Code)
}

// room is how many rows of so many links a list has room for: each link may repeat long
// filters.
func (g *OneIndicator) room(links, most int) int {
	longest := len(g.State.URL()) + 300
	return max(1, min(most, linkBytes/(longest*max(links, 1))))
}

// classes gives each year of which something is said the class of its colour, the newest
// first, and makes the key to them.
func (g *OneIndicator) classes(rows []study.FigureRow) map[string]string {
	classes := map[string]string{}
	for _, i := range newestFirst(g.panel.Years) {
		if !slices.ContainsFunc(rows, func(r study.FigureRow) bool { return len(r.Cells[i].Values) > 0 }) {
			continue
		}
		year, n := g.panel.Years[i], min(len(classes), yearColours-1)
		if classes[year] = fmt.Sprintf("y%d", n+1); n == len(g.Years) {
			g.Years = append(g.Years, yearKey{ask.Chinese.Name("year", year), classes[year]})
		} else {
			g.Years[n].Name = "其余各年"
		}
	}
	return classes
}

// dots draws a row of dots for each region, that with the largest latest value first.
func (g *OneIndicator) dots(rows []study.FigureRow) {
	classes := g.classes(rows)
	var all []dotRow
	for _, row := range rows {
		all = append(all, g.dotsOf(row, classes))
	}
	slices.SortStableFunc(all, func(a, b dotRow) int { return cmp.Compare(b.latest.Value, a.latest.Value) })
	all = all[:min(len(all), g.room(len(g.Years)+1, maxLines))]
	g.Dots = all
	if len(all) > maxDots+2 {
		g.Dots, g.More = all[:maxDots], all[maxDots:]
	}
}

func (g *OneIndicator) dotsOf(row study.FigureRow, classes map[string]string) dotRow {
	r := dotRow{Name: placeName(row.Region), Link: regionOnly(g.State, row.Region).URL()}
	var values []float64
	for i, c := range row.Cells {
		all := g.distinct(row, g.panel.Years[i], c.Values)
		for n, v := range all {
			if values = append(values, v.value); n >= maxInCell {
				continue // the panel has room for no more either
			}
			radius := 6
			if classes[g.panel.Years[i]] == "y1" {
				radius = 7
			}
			r.Dots = append(r.Dots, dot{X: g.Axis.X(v.value), Class: classes[g.panel.Years[i]], Link: v.Link, Says: v.Says, R: radius, Far: v.Far})
		}
		if len(c.Values) > 0 && (r.latest == nil || g.panel.Years[i] != baogao.Unknown) {
			r.latest, r.Year = &c.Values[0], strings.TrimSuffix(ask.Chinese.Name("year", g.panel.Years[i]), "年")
		}
	}
	r.From, r.To = g.Axis.X(slices.Min(values)), g.Axis.X(slices.Max(values))
	r.Latest = ValueOf(&r.latest.Figure)
	return r
}

// A distinctValue is a value of a cell, with those that say the same.
type distinctValue struct {
	cellValue
	value float64
}

// distinct are the values of a cell that differ, each where it is first said.
func (g *OneIndicator) distinct(row study.FigureRow, year string, values []baogao.FoundFigure) (all []distinctValue) {
	for i := range values {
		f := &values[i]
		text := ValueOf(&f.Figure)
		if slices.ContainsFunc(all, func(v distinctValue) bool { return v.Text == text }) {
			continue
		}
		says := placeName(row.Region) + " " + ask.Chinese.Name("year", year) + "：" + text
		if aside := strings.Join(slices.DeleteFunc([]string{f.Scope, f.Period}, func(s string) bool { return s == "" }), "，"); aside != "" {
			says += "（" + aside + "）"
		}
		if f.Outlier != nil {
			says += "。" + far(f)
		}
		all = append(all, distinctValue{cellValue{text, address.Figure(f, g.State), says, f.Outlier != nil}, f.Value})
	}
	return all
}

// draw draws a place over years.
func (g *OneIndicator) draw(row study.FigureRow) {
	l := &line{Place: placeName(row.Region), Ticks: g.Axis.Ticks}
	var labels []string
	for _, year := range g.panel.Years {
		labels = append(labels, strings.TrimSuffix(ask.Chinese.Name("year", year), "年"))
	}
	l.Columns, l.Long = picture.Columns(labels), len(labels) > narrowest
	l.Height, l.Ground, l.Top = picture.Frame()
	var says []string
	last, before := -1, -1 // the first point of the column before, and that column
	for i, c := range row.Cells {
		l.Columns[i].Held, l.Columns[i].Hole = c.Held, c.State() == study.NotHeld
		for n, v := range g.distinct(row, g.panel.Years[i], c.Values) {
			p := point{l.Columns[i].X, v.Text, v.Link, v.Says, g.Axis.Y(v.value), v.Far}
			if n == 0 && last >= 0 && g.panel.Years[i] != baogao.Unknown {
				link := picture.Line{X1: l.Points[last].X, X2: p.X, Y1: l.Points[last].Y, Y2: p.Y}
				if before == i-1 {
					l.Links = append(l.Links, link)
				} else {
					l.Gaps = append(l.Gaps, link)
				}
			}
			if l.Points = append(l.Points, p); n == 0 {
				last, before = len(l.Points)-1, i
			}
			says = append(says, v.Says)
		}
		for n := range c.Values {
			l.Rows = append(l.Rows, ShownOf(&c.Values[n], g.State))
		}
	}
	l.Label = strings.Join(says, "；")
	g.Line = l
}

// table makes the panel, the years that are newest first.
func (g *OneIndicator) table(rows []study.FigureRow) {
	order := newestFirst(g.panel.Years)
	for _, i := range order {
		g.Columns = append(g.Columns, ask.Chinese.Name("year", g.panel.Years[i]))
	}
	if most := g.room(len(order), maxLines); len(rows) > most {
		g.Dropped, rows = len(rows)-most, rows[:most]
	}
	for _, row := range rows {
		own := regionOnly(g.State, row.Region)
		line := panelLine{Name: placeName(row.Region), Link: own.URL()}
		for _, i := range order {
			line.Cells = append(line.Cells, g.cell(row, i, own))
		}
		g.Lines = append(g.Lines, line)
	}
	for i := range picture.Shades {
		g.Shades = append(g.Shades, fmt.Sprintf("m%d", i+1))
	}
}

func (g *OneIndicator) cell(row study.FigureRow, i int, own address.State) panelCell {
	c, year := &row.Cells[i], g.panel.Years[i]
	cell := panelCell{State: c.State(), Shade: -1}
	values := g.distinct(row, year, c.Values)
	if n := len(values) - maxInCell; n > 1 {
		values, cell.More = values[:maxInCell], n
		cell.Link = g.list(own)
	}
	for _, v := range values {
		cell.Values = append(cell.Values, v.cellValue)
		cell.Shade = max(cell.Shade, g.Axis.Shade(v.value))
	}
	if cell.State == study.NotSaid {
		cell.Link = own.Only("year", year).Held().URL()
		cell.Says = fmt.Sprintf("%s %s：收录%s篇，没有说", placeName(row.Region), ask.Chinese.Name("year", year), picture.Grouped(c.Held))
	}
	return cell
}

// newestFirst are the places of years as a page has them: the unknown is last.
func newestFirst(years []string) (order []int) {
	for i := range years {
		order = append(order, i)
	}
	known := len(years)
	if known > 0 && years[known-1] == baogao.Unknown {
		known--
	}
	slices.Reverse(order[:known])
	return order
}

// Title is what the page is of.
func (g *OneIndicator) Title() string { return cmp.Or(g.Key, "没有指标") }

// Status is what the values are.
func (g *OneIndicator) Status() string {
	var all []string
	for _, s := range g.by.Statuses {
		all = append(all, statusNames[s])
	}
	return strings.Join(all, "、")
}

// IsLog and IsCut say how values stand in the picture.
func (g *OneIndicator) IsLog() bool { return g.Axis.Log }
func (g *OneIndicator) IsCut() bool { return g.Axis.Cut }

// Made is the panel as files and the API have it.
func (g *OneIndicator) Made() *export.FigurePanel { return export.FigurePanelOf(g.panel) }

// Write writes the panel as csv or xlsx.
func (g *OneIndicator) Write(w io.Writer, form string, wide bool, o export.Options) error {
	return g.Made().Write(w, form, wide, o)
}

// About says what a file of the panel holds.
func (g *OneIndicator) About(at baogao.State, version string) [][2]string {
	said := append(narrowed(&g.by), g.question.Said()...)
	return append(said, [][2]string{
		{export.NA, "no report is held"}, {"empty", "a report is held and does not say"}, {"outlier", "ten times as much as the median of its place, or of the places of its level, or a tenth"},
		{"generation", at.Generation}, {"built", at.Built}, {"program", strings.TrimSpace("baogao " + version)},
	}...)
}
