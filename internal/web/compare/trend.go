package compare

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/export"
	"baogao/internal/study"
	"baogao/internal/web/address"
	"baogao/internal/web/picture"
)

// A Trend is questions along a field: a chart of years, or bars.
type Trend struct {
	*Comparison
	By      study.By
	Bys     []Choice // Link is the value
	Along   string   // what it runs along, in words
	Chart   *picture.Chart
	Wide    bool     // the chart has more columns than a narrow page holds
	Bars    []barRow // in the place of a chart
	More    []barRow // that are folded away
	Left    []Choice // what is not drawn, with its reports
	Holes   []string // of what nothing is held, where that is not drawn
	Lines   []trendLine
	Dropped int // rows that the table has no room for

	made *export.Trend
}

// A trendLine is a row of the table of a trend.
type trendLine struct {
	Name    string
	Link    string // to the passages of the only question
	Held    int
	OfHeld  string
	Chars   int
	Figures []figure // what is shown, a question each
	All     []figure // of the only question: passages, reports, occurrences, rate, share
}

// A barRow is a value that bars are drawn for, one for each question.
type barRow struct {
	Name, OfHeld string
	Into         string // address of what lies in it, on the map
	Held         int
	Bars         []oneBar
}

// A oneBar is the bar of one question.
type oneBar struct {
	figure
	Class     string
	Width     string // of the bar, in percent as the ends of its interval
	Low, High string // "" where there is no interval
}

const (
	maxBars   = 12  // before the rest is folded away
	maxLines  = 300 // of a table; a file has all
	narrowest = 12  // columns that a phone has room for
)

// TrendOf counts the questions along the field that the state says.
func TrendOf(ctx context.Context, x baogao.Searcher, c *Comparison) (*Trend, error) {
	by := cmp.Or(c.State.By, study.ByYear)
	t, err := study.Along(ctx, x, by, c.requests())
	if err != nil {
		return nil, err
	}
	c.counted(t.Totals)
	c.Files = []Choice{{Name: "CSV", Link: address.Table(c.State, "csv", false)}, {Name: "XLSX", Link: address.Table(c.State, "xlsx", false)}, {Name: "说明", Link: address.Table(c.State, "about", false)}}
	g := &Trend{Comparison: c, By: by, Along: byNames[by], made: export.TrendOf(t, c.State.Questions())}
	for _, b := range study.Bys {
		g.Bys = append(g.Bys, Choice{byNames[b], string(b), b == by})
	}
	g.fill(t)
	return g, nil
}

// Table is the trend as a file has it.
func (g *Trend) Table(bool) [][]any { return g.made.Table() }

// fill draws the trend and makes its table.
func (g *Trend) fill(t *study.Trend) {
	if g.By == study.ByYear {
		g.draw(t.Rows)
	} else {
		g.bars(t.Rows)
	}
	rows := slices.Clone(t.Rows)
	if n := len(rows); g.By == study.ByYear && n > 0 { // the newest first, what is not known last
		if rows[n-1].Value == baogao.Unknown {
			n--
		}
		slices.Reverse(rows[:n])
	}
	for _, row := range rows {
		if line := g.line(row); line.Held > 0 || g.By == study.ByYear {
			g.Lines = append(g.Lines, line)
		}
	}
	if most := min(maxLines, g.room(max(6, len(g.Asked)+1))); len(g.Lines) > most {
		slices.SortStableFunc(g.Lines, func(a, b trendLine) int { return b.Held - a.Held })
		g.Dropped, g.Lines = len(g.Lines)-most, g.Lines[:most]
	}
}

// draw draws the years that are shown one by one. The others are named.
func (g *Trend) draw(rows []study.Row) {
	var held []baogao.FacetValue
	for _, r := range rows {
		if n := mostHeld(r); n > 0 {
			held = append(held, baogao.FacetValue{Value: r.Value, Reports: n})
		}
	}
	years := study.YearsOf(held)
	var drawn []study.Row
	var labels []string
	for _, r := range rows {
		if years.Has(r.Value) {
			drawn, labels = append(drawn, r), append(labels, r.Value)
		} else {
			link := g.State.Held().Only("year", r.Value).URL()
			g.Left = append(g.Left, Choice{Name: fmt.Sprintf("%s（收录%s篇）", ask.Chinese.Name("year", r.Value), picture.Grouped(mostHeld(r))), Link: link})
		}
	}
	g.Chart, g.Wide = picture.Draw(g.Measure, labels, drawn), len(drawn) > narrowest
	if len(g.Asked) > 1 {
		return
	}
	for i := range g.Chart.Columns {
		g.Chart.Columns[i].Link = g.Asked[0].State.Only("year", drawn[i].Value).ByPassage().URL()
	}
}

func mostHeld(r study.Row) int {
	n := 0
	for _, t := range r.Tallies {
		n = max(n, t.Held)
	}
	return n
}

// bars draws a bar for each value and question, the highest of the first question
// first. What is not held is named behind them.
func (g *Trend) bars(rows []study.Row) {
	most := 0.0
	var held []study.Row
	for _, r := range rows {
		if mostHeld(r) == 0 {
			g.Holes = append(g.Holes, rowName(g.By, r.Value, r.Label))
			continue
		}
		held = append(held, r)
		for _, t := range r.Tallies {
			v, _ := g.Measure.Of(t)
			most = max(most, v)
		}
	}
	if g.By.Field() == "region" {
		slices.SortStableFunc(held, func(a, b study.Row) int { return descending(g.Measure, a.Tallies[0], b.Tallies[0]) })
	}
	for _, r := range held[:min(len(held), maxLines, g.room(len(g.Asked)+2))] {
		g.Bars = append(g.Bars, g.bar(r, most))
	}
	if len(g.Bars) > maxBars+2 && g.By.Field() == "region" {
		g.Bars, g.More = g.Bars[:maxBars], g.Bars[maxBars:]
	}
}

// descending puts the tally of which more is said first.
func descending(m study.Measure, a, b study.Tally) int {
	x, _ := m.Of(a)
	y, _ := m.Of(b)
	return cmp.Compare(y, x)
}

// bar makes the bars of a row, the longest of which stands for most.
func (g *Trend) bar(r study.Row, most float64) barRow {
	line := barRow{Name: rowName(g.By, r.Value, r.Label), Held: mostHeld(r), OfHeld: narrowed(g.State, g.By, r.Value).Held().URL()}
	if g.State.View == address.Map && g.By == study.ByCity && !strings.HasPrefix(r.Value, baogao.Itself) {
		line.Into = g.State.Only("region", r.Value).URL()
	}
	for i, t := range r.Tallies {
		v, _ := g.Measure.Of(t)
		b := oneBar{figure: g.figure(i, r, t), Class: g.Asked[i].Class, Width: picture.Share(v, most)}
		b.Says = line.Name + "，" + g.Asked[i].Name + "：" + b.said(t)
		if low, high, ok := g.Measure.Interval(t); ok {
			b.Low, b.High = picture.Share(low, most), picture.Share(high, most)
		}
		line.Bars = append(line.Bars, b)
	}
	return line
}

// figure is what is shown of a question in a row.
func (g *Trend) figure(question int, r study.Row, t study.Tally) figure {
	return figureOf(g.Measure, t, opens(g.Measure, narrowed(g.Asked[question].State, g.By, r.Value)))
}

// line is a row of the table.
func (g *Trend) line(r study.Row) trendLine {
	first := narrowed(g.Asked[0].State, g.By, r.Value)
	line := trendLine{Name: rowName(g.By, r.Value, r.Label), Held: mostHeld(r), OfHeld: first.Held().URL()}
	for i, t := range r.Tallies {
		line.Chars = max(line.Chars, int(t.Chars))
		line.Figures = append(line.Figures, g.figure(i, r, t))
	}
	if len(g.Asked) == 1 {
		t := r.Tallies[0]
		line.Link = first.ByPassage().URL()
		line.All = []figure{
			figureOf(study.Passages, t, first.ByPassage().URL()), figureOf(study.Reports, t, first.ByReport().URL()), figureOf(study.Occurrences, t, first.ByPassage().URL()),
			figureOf(study.PerChars, t, first.ByPassage().URL()), figureOf(study.Share, t, first.ByReport().URL()),
		}
	}
	return line
}

// Label says what the picture shows, for who does not see it.
func (g *Trend) Label() string {
	var all []string
	for i, a := range g.Asked {
		var points []string
		if i < len(g.Chart.Series) {
			for _, p := range g.Chart.Series[i].Points {
				points = append(points, g.Chart.Columns[p.Column].Label+"年 "+p.Text)
			}
		}
		all = append(all, a.Name+"："+cmp.Or(strings.Join(points, "，"), "没有"))
	}
	return g.MeasureName() + "，按年份。" + strings.Join(all, "；")
}
