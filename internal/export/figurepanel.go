package export

import (
	"io"
	"slices"
	"strings"
	"time"

	"baogao"
	"baogao/internal/study"
)

// A FigurePanel is a study.FigurePanel as files and the API have it.
type FigurePanel struct {
	Keys  []string         `json:"keys"`
	Years []string         `json:"years"`
	Rows  []FigurePanelRow `json:"rows"`
}

// A FigurePanelRow is a region.
type FigurePanelRow struct {
	Region *baogao.Region    `json:"region"` // null is not known
	Cells  []FigurePanelCell `json:"cells"`  // in the order of the years
}

// A FigurePanelCell is what the reports of a region say of a year.
type FigurePanelCell struct {
	State  string               `json:"state"` // said, not said or not held
	Held   int                  `json:"held"`
	Values []baogao.FoundFigure `json:"values"`
}

// FigurePanelOf makes a panel ready to be written.
func FigurePanelOf(p *study.FigurePanel) *FigurePanel {
	made := &FigurePanel{Keys: append([]string{}, p.Keys...), Years: append([]string{}, p.Years...), Rows: []FigurePanelRow{}}
	for _, row := range p.Rows {
		r := FigurePanelRow{Cells: []FigurePanelCell{}}
		if !row.Region.IsZero() {
			r.Region = &row.Region
		}
		for _, c := range row.Cells {
			r.Cells = append(r.Cells, FigurePanelCell{c.State(), c.Held, append([]baogao.FoundFigure{}, c.Values...)})
		}
		made.Rows = append(made.Rows, r)
	}
	return made
}

// NA stands in the place of a value where no report is held.
const NA = "NA"

// panelFirst are the columns before those of a figure in the long form.
var panelFirst = []string{"place_code", "place", "of_year", "state", "held"}

// Long is the panel with a value a record: where it stands, whether it is said, and
// FigureColumns. A cell without values is a record too, NA where no report is held.
func (p *FigurePanel) Long() (columns []string, rows [][]any) {
	columns = slices.Concat(panelFirst, FigureColumns)
	value := slices.Index(columns, "value")
	read := time.Now()
	for _, row := range p.Rows {
		code, name := row.place()
		for i, c := range row.Cells {
			first := []any{code, name, p.Years[i], c.State, whole(c.Held)}
			for n := range c.Values {
				rows = append(rows, slices.Concat(first, figureCells(&c.Values[n], read)))
			}
			if len(c.Values) == 0 {
				record := make([]any, len(columns))
				copy(record, first)
				if c.State == study.NotHeld {
					record[value] = NA
				}
				rows = append(rows, record)
			}
		}
	}
	return columns, rows
}

// Wide is the panel with a region a record and a year a column: its values, or NA
// where no report is held, or nothing where none says so; and behind them the years of
// values that are outliers.
func (p *FigurePanel) Wide() (columns []string, rows [][]any) {
	columns = slices.Concat(panelFirst[:2], p.Years, []string{"outliers"})
	for _, row := range p.Rows {
		code, name := row.place()
		record := []any{code, name}
		var far []string
		for i, c := range row.Cells {
			record = append(record, c.shown())
			for _, f := range c.Values {
				if text := p.Years[i] + ": " + Value(f.Value); f.Outlier != nil && !slices.Contains(far, text) {
					far = append(far, text)
				}
			}
		}
		rows = append(rows, append(record, strings.Join(far, "; ")))
	}
	return columns, rows
}

func (r *FigurePanelRow) place() (code, name string) {
	if r.Region == nil {
		return baogao.Unknown, ""
	}
	return r.Region.Code, r.Region.Name
}

// shown are the values of a cell: a number where there is one, else a text.
func (c *FigurePanelCell) shown() any {
	switch {
	case c.State == study.NotHeld:
		return NA
	case len(c.Values) == 1 && c.Values[0].High == nil:
		return number(Value(c.Values[0].Value))
	}
	var texts []string
	for _, f := range c.Values {
		text := Value(f.Value)
		if f.High != nil {
			text += "–" + Value(*f.High)
		}
		if !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	if len(texts) == 1 && c.Values[0].High == nil {
		return number(texts[0])
	}
	return strings.Join(texts, "; ")
}

// Write writes the panel as csv or xlsx.
func (p *FigurePanel) Write(w io.Writer, form string, wide bool, o Options) error {
	columns, rows := p.Long()
	if wide {
		columns, rows = p.Wide()
	}
	return table(w, form, "data", columns, Rows(rows), o)
}
