package pages

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"baogao"
	"baogao/internal/export"
	"baogao/internal/study"
	"baogao/internal/web/address"
	"baogao/internal/web/picture"
)

// panelPage is what templates/panel.html shows: regions by years, a heat map for each
// question.
type panelPage struct {
	*comparison
	RowsBy study.By
	Rungs  []choice // Link is the value
	Legend []string
	Years  []string
	Heats  []heat
}

// A heat is the heat map of one question.
type heat struct {
	Asked   asked
	Lines   []heatLine // those of which something is held, the highest first
	Holes   []heatLine // of which nothing is
	Dropped int        // lines that the page has no room for
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

func panel(r *http.Request, x baogao.Searcher, _ time.Time) (*layout, error) {
	c, moved, err := compare(r, x)
	if err != nil || moved != "" {
		return &layout{moved: moved}, err
	}
	rows := cmp.Or(c.State.Rows, study.ByProvince)
	p, err := study.Across(r.Context(), x, rows, study.ByYear, c.requests())
	if err != nil {
		return nil, err
	}
	made := export.PanelOf(p, rows, study.ByYear, c.State.Questions())
	measure := cmp.Or(c.State.Measure, study.PerChars)
	file, err := tableFile(r, x, c, "面板", made.Long, func() [][]any { return made.Wide(measure) })
	if err != nil || file != nil {
		return &layout{file: file}, err
	}
	c.counted(p.Totals)
	c.Files = []choice{
		{Name: "长表 CSV", Link: address.Table(c.State, "csv", false)}, {Name: "长表 XLSX", Link: address.Table(c.State, "xlsx", false)},
		{Name: "宽表 CSV", Link: address.Table(c.State, "csv", true)}, {Name: "宽表 XLSX", Link: address.Table(c.State, "xlsx", true)},
	}
	g := &panelPage{comparison: c, RowsBy: rows}
	for _, by := range address.PanelRows {
		g.Rungs = append(g.Rungs, choice{byNames[by], string(by), by == rows})
	}
	g.fill(p)
	return &layout{name: "panel.html", Title: "面板 · " + titleOfSearch(c.State, c.Chips), State: address.Alone(c.State, c.State.Q).ByPassage(), Page: g}, nil
}

// fill makes the heat maps, which have one scale.
func (g *panelPage) fill(p *study.Panel) {
	var tallies []study.Tally
	for _, row := range p.Cells {
		for _, cell := range row {
			tallies = append(tallies, cell...)
		}
	}
	scale := picture.ScaleOf(g.Measure, tallies)
	g.Legend = scale.Legend()
	for _, year := range p.Columns {
		g.Years = append(g.Years, yearName(year.Value))
	}
	for k, one := range g.Asked {
		h := heat{Asked: one}
		for i, row := range p.Rows {
			line := g.line(k, row, p.Columns, p.Cells[i], scale)
			if line.total.Held > 0 {
				h.Lines = append(h.Lines, line)
			} else {
				h.Holes = append(h.Holes, line)
			}
		}
		slices.SortStableFunc(h.Lines, func(a, b heatLine) int { return descending(g.Measure, a.total, b.total) })
		if len(h.Lines) > maxHeatLines {
			h.Dropped, h.Lines = len(h.Lines)-maxHeatLines, h.Lines[:maxHeatLines]
		}
		g.Heats = append(g.Heats, h)
	}
}

// line is a region for one question.
func (g *panelPage) line(question int, row study.Key, years []study.Key, cells [][]study.Tally, scale picture.Scale) heatLine {
	line := heatLine{Name: rowName(g.RowsBy, row.Value, row.Label)}
	own := g.Asked[question].State.Only("region", row.Value)
	for j, year := range years {
		t := cells[j][question]
		line.total = line.total.Plus(t)
		in := own.Only("year", year.Value)
		cell := heatCell{figureOf(g.Measure, t, opens(g.Measure, in)), scale.Shade(t)}
		if t.Held == 0 {
			cell.Shade = -1
		}
		cell.Says = line.Name + yearName(year.Value) + "：" + cmp.Or(cell.Text, "未收录")
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
