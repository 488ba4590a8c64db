package export

import (
	"strings"

	"baogao"
	"baogao/internal/study"
)

// of is a measure of a tally, nil where it cannot be told.
func of(m study.Measure, t Tally) any {
	switch m {
	case study.Passages:
		return value(t.Passages)
	case study.Reports:
		return value(t.Reports)
	case study.Occurrences:
		return value(t.Occurrences)
	case study.Share:
		return value(t.Share)
	case study.HeldReports:
		return t.Held
	}
	return value(t.Rate)
}

// A Panel is a study.Panel as files and the API have it.
type Panel struct {
	RowsBy    study.By    `json:"rows_by"`
	ColumnsBy study.By    `json:"columns_by"`
	Concepts  []string    `json:"concepts"`
	Rows      []PanelKey  `json:"rows"`
	Columns   []PanelKey  `json:"columns"`
	Cells     [][][]Tally `json:"cells"` // by row, column and concept
	Totals    []Tally     `json:"totals"`

	Aliases []baogao.AliasCount `json:"aliases,omitempty"` // of words that were asked for with their other names
}

// A PanelKey is a row or a column of a panel.
type PanelKey struct {
	Value string `json:"value"` // as a filter takes it
	Label string `json:"label,omitempty"`
}

// PanelOf makes a panel of concepts ready to be written.
func PanelOf(p *study.Panel, rows, columns study.By, concepts []string) *Panel {
	made := &Panel{RowsBy: rows, ColumnsBy: columns, Concepts: concepts, Rows: panelKeys(p.Rows), Columns: panelKeys(p.Columns), Cells: [][][]Tally{}, Totals: tallies(p.Totals)}
	for _, row := range p.Cells {
		line := make([][]Tally, len(row))
		for i, cell := range row {
			line[i] = tallies(cell)
		}
		made.Cells = append(made.Cells, line)
	}
	return made
}

func panelKeys(keys []study.Key) []PanelKey {
	all := make([]PanelKey, 0, len(keys))
	for _, k := range keys {
		all = append(all, PanelKey(k))
	}
	return all
}

// Long is the panel with a concept, a row and a column a record. What cannot be told
// is nil: it is not 0 where nothing is held.
func (p *Panel) Long() [][]any {
	head := []string{"concept", string(p.RowsBy), string(p.RowsBy) + "_label", string(p.ColumnsBy), string(p.ColumnsBy) + "_label"}
	all := [][]any{anys(append(head, tallyColumns...))}
	for k, concept := range p.Concepts {
		for i, row := range p.Rows {
			for j, column := range p.Columns {
				all = append(all, append([]any{concept, row.Value, row.Label, column.Value, column.Label}, p.Cells[i][j][k].cells()...))
			}
		}
	}
	return all
}

// Wide is the panel with a concept and a row a record, and a column for each of its
// columns, which hold one measure.
func (p *Panel) Wide(m study.Measure) [][]any {
	head := []any{"concept", string(p.RowsBy), string(p.RowsBy) + "_label"}
	for _, c := range p.Columns {
		head = append(head, strings.TrimSpace(c.Value+" "+c.Label))
	}
	all := [][]any{head}
	for k, concept := range p.Concepts {
		for i, row := range p.Rows {
			record := []any{concept, row.Value, row.Label}
			for j := range p.Columns {
				record = append(record, of(m, p.Cells[i][j][k]))
			}
			all = append(all, record)
		}
	}
	return all
}
