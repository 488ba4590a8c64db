package compare

import (
	"cmp"
	"context"
	"slices"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/export"
	"baogao/internal/study"
	"baogao/internal/web/address"
	"baogao/internal/web/picture"
)

// A Panel is regions by years, a heat map for each question.
type Panel struct {
	*Comparison
	RowsBy study.By
	Rungs  []Choice // Link is the value
	Legend []string
	Years  []string
	Heats  []heat

	made *export.Panel
}

// A heat is the heat map of one question.
type heat struct {
	Asked   Asked
	Lines   []heatLine // those of which something is held, the highest first
	Holes   []string   // names of those of which nothing is
	Dropped int        // lines that the page has no room for
	Unheld  int        // holes likewise
}

// A heatLine is a region.
type heatLine struct {
	Name  string
	Whole figure // all years
	Cells []heatCell
	total study.Tally
}

// A heatCell is a region in a year.
type heatCell struct {
	figure
	Shade int
}

// maxHeatLines is how many regions are drawn of a question; a file has all.
const maxHeatLines = 60

// PanelOf counts the questions by the regions that the state says and by years.
func PanelOf(ctx context.Context, x baogao.Searcher, c *Comparison) (*Panel, error) {
	rows := cmp.Or(c.State.Rows, study.ByProvince)
	p, err := study.Across(ctx, x, rows, study.ByYear, c.requests())
	if err != nil {
		return nil, err
	}
	c.counted(p.Totals)
	c.Files = []Choice{
		{Name: "长表 CSV", Link: address.Table(c.State, "csv", false)}, {Name: "长表 XLSX", Link: address.Table(c.State, "xlsx", false)},
		{Name: "宽表 CSV", Link: address.Table(c.State, "csv", true)}, {Name: "宽表 XLSX", Link: address.Table(c.State, "xlsx", true)}, {Name: "说明", Link: address.Table(c.State, "about", false)},
	}
	g := &Panel{Comparison: c, RowsBy: rows, made: export.PanelOf(p, rows, study.ByYear, c.State.Questions())}
	for _, by := range address.PanelRows {
		g.Rungs = append(g.Rungs, Choice{byNames[by], string(by), by == rows})
	}
	g.fill(p)
	return g, nil
}

// Table is the panel as a file has it; wide has a column for each year.
func (g *Panel) Table(wide bool) [][]any {
	if wide {
		return g.made.Wide(g.Measure)
	}
	return g.made.Long()
}

// fill makes the heat maps, which have one scale.
func (g *Panel) fill(p *study.Panel) {
	var tallies []study.Tally
	for _, row := range p.Cells {
		for _, cell := range row {
			tallies = append(tallies, cell...)
		}
	}
	scale := picture.ScaleOf(g.Measure, tallies)
	g.Legend = scale.Legend()
	years := newestFirst(p.Columns)
	for _, j := range years {
		g.Years = append(g.Years, ask.Chinese.Name("year", p.Columns[j].Value))
	}
	for k, one := range g.Asked {
		h := heat{Asked: one}
		for i, row := range p.Rows {
			line := g.line(k, row, p.Columns, years, p.Cells[i], scale)
			if line.total.Held > 0 {
				h.Lines = append(h.Lines, line)
			} else {
				h.Holes = append(h.Holes, line.Name)
			}
		}
		slices.SortStableFunc(h.Lines, func(a, b heatLine) int { return descending(g.Measure, a.total, b.total) })
		if most := min(maxHeatLines, 2*g.room(len(g.Asked)*(len(p.Columns)+1))); len(h.Lines) > most {
			h.Dropped, h.Lines = len(h.Lines)-most, h.Lines[:most]
		}
		if len(h.Holes) > maxHeatLines {
			h.Unheld, h.Holes = len(h.Holes)-maxHeatLines, h.Holes[:maxHeatLines]
		}
		g.Heats = append(g.Heats, h)
	}
}

// newestFirst are the places of years in the order that a page has them, which shows
// the first alone before it is moved: of the newest most is held. The unknown is last.
func newestFirst(years []study.Key) []int {
	var order []int
	for j := range years {
		order = append(order, j)
	}
	known := len(years)
	if known > 0 && years[known-1].Value == baogao.Unknown {
		known--
	}
	slices.Reverse(order[:known])
	return order
}

// line is a region for one question, its cells in an order of the years.
func (g *Panel) line(question int, row study.Key, years []study.Key, order []int, cells [][]study.Tally, scale picture.Scale) heatLine {
	line := heatLine{Name: rowName(g.RowsBy, row.Value, row.Label)}
	own := narrowed(g.Asked[question].State, g.RowsBy, row.Value)
	for _, j := range order {
		year, t := years[j], cells[j][question]
		line.total = line.total.Plus(t)
		in := own.Only("year", year.Value)
		cell := heatCell{figureOf(g.Measure, t, opens(g.Measure, in)), scale.Shade(t)}
		cell.Says = line.Name + ask.Chinese.Name("year", year.Value) + "：" + cell.said(t)
		line.Cells = append(line.Cells, cell)
	}
	line.Whole = figureOf(g.Measure, line.total, opens(g.Measure, own))
	return line
}

// opens is where a number of a measure leads.
func opens(m study.Measure, s address.State) string {
	switch m {
	case study.HeldReports:
		return s.Held().URL()
	case study.Reports, study.Share:
		return s.ByReport().URL()
	}
	return s.ByPassage().URL()
}
