package export

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"baogao"
)

// FigureColumns are the columns of a figure, in their order. The year is that of the
// figure, report_year that of its report; outlier is what it is far from, place or group,
// as study.Outliers tells it.
var FigureColumns = []string{
	"indicator", "key", "value", "high", "unit", "figure_kind", "direction", "approximate", "bound", "status", "year", "period", "scope",
	"numerator", "numerator_value", "denominator", "denominator_value", "raw", "evidence", "plan", "passage", "start", "end", "section",
	"report", "title", "report_kind", "level", "report_year", "region_code", "region", "confidence", "citation",
	"outlier", "outlier_median",
}

// GroupColumns are the columns of a group of figures.
var GroupColumns = []string{"key", "figures", "reports", "regions", "years", "units", "wordings", "wording"}

// Figures writes figures as they come, in one of Forms.
func Figures(w io.Writer, form string, figures iter.Seq2[*baogao.FoundFigure, error], o Options) error {
	read := time.Now()
	if form == "jsonl" {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		for f, err := range figures {
			if err == nil {
				err = e.Encode(citedFigure{f, figureCitation(f, read)})
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	return table(w, form, "figures", FigureColumns, func(yield func([]any, error) bool) {
		for f, err := range figures {
			var cells []any
			if err == nil {
				cells = figureCells(f, read)
			}
			if !yield(cells, err) {
				return
			}
		}
	}, o)
}

// citedFigure is a line of JSON Lines.
type citedFigure struct {
	*baogao.FoundFigure
	Citation string `json:"citation"`
}

// FigureGroups writes groups of figures in one of Forms.
func FigureGroups(w io.Writer, form string, groups []baogao.FigureGroup, o Options) error {
	if form == "jsonl" {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		for _, g := range groups {
			if err := e.Encode(g); err != nil {
				return err
			}
		}
		return nil
	}
	var rows [][]any
	for _, g := range groups {
		var wordings []string
		for _, said := range g.Wordings {
			wordings = append(wordings, said.Indicator+" "+strconv.Itoa(said.Figures))
		}
		rows = append(rows, []any{
			g.Key, whole(g.Figures), whole(g.Reports), whole(g.Regions), whole(g.Years),
			strings.Join(g.Units, "; "), whole(len(g.Wordings)), strings.Join(wordings, "; "),
		})
	}
	return table(w, form, "groups", GroupColumns, Rows(rows), o)
}

// table writes rows below a line of columns, as csv, xlsx or md.
func table(w io.Writer, form, name string, columns []string, rows iter.Seq2[[]any, error], o Options) error {
	all := func(yield func([]any, error) bool) {
		if yield(anys(columns), nil) {
			rows(yield)
		}
	}
	switch form {
	case "xlsx":
		about := [][]any{{"what", "value"}}
		for _, n := range o.About {
			about = append(about, []any{n[0], n[1]})
		}
		return Workbook(w, Sheet{name, asCells(all)}, Sheet{"about", Rows(about)})
	case "md":
		return tableMD(w, all, o)
	}
	return tableCSV(w, all, o)
}

// asCells are rows with numbers as workbooks have them.
func asCells(rows iter.Seq2[[]any, error]) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for row, err := range rows {
			row = slices.Clone(row)
			for i, v := range row {
				if n, ok := v.(number); ok {
					row[i] = n.cell()
				}
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

func tableCSV(w io.Writer, rows iter.Seq2[[]any, error], o Options) error {
	if o.BOM {
		if _, err := io.WriteString(w, BOM); err != nil {
			return err
		}
	}
	out := csv.NewWriter(w)
	for row, err := range rows {
		if err == nil {
			err = out.Write(Records([][]any{row})[0])
		}
		if err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func tableMD(w io.Writer, rows iter.Seq2[[]any, error], o Options) error {
	m := NewMarkdown(w, o)
	m.begin()
	m.printf("\n")
	first := true
	for row, err := range rows {
		if err != nil {
			return err
		}
		for _, v := range row {
			if v == nil {
				v = ""
			}
			m.printf("| %s ", lineMD(fmt.Sprint(v)))
		}
		m.printf("|\n")
		if first {
			m.printf("%s|\n", strings.Repeat("|---", len(row)))
		}
		first = false
	}
	return m.Flush()
}

// Value is a value as files have it: all its digits, and no power of ten.
func Value(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// figureCells are the cells of a figure.
func figureCells(f *baogao.FoundFigure, read time.Time) []any {
	m := &f.Meta
	cells := []any{
		f.Indicator, f.Key, number(Value(f.Value)), highCell(f), f.Unit, string(f.Kind), f.Direction, strconv.FormatBool(f.Approximate), f.Bound, string(f.Status),
		yearCell(f.In()), f.Period, f.Scope,
	}
	for _, p := range []*baogao.FigurePart{f.Numerator, f.Denominator} {
		name, value := "", number("")
		if p != nil {
			name = p.Indicator
			if p.Value != 0 {
				value = number(Value(p.Value))
			}
		}
		cells = append(cells, name, value)
	}
	beside, median := "", number("")
	if f.Outlier != nil {
		beside, median = f.Outlier.Beside, number(Value(f.Outlier.Median))
	}
	return append(cells,
		f.Raw, f.Evidence, strconv.FormatBool(f.Plan), f.Passage, whole(f.Start), whole(f.End), strings.Join(f.Section, " › "),
		m.ID, m.Title, string(m.Kind), string(m.Level), yearCell(m.Year), m.Region.Code, m.Region.Name,
		number(Value(f.Sure.Least(m))), figureCitation(f, read), beside, median)
}

func highCell(f *baogao.FoundFigure) number {
	if f.High == nil {
		return ""
	}
	return number(Value(*f.High))
}

func yearCell(year int) number {
	if year == 0 {
		return ""
	}
	return whole(year)
}

// figureCitation is the entry of the passage of a figure in a list of references.
func figureCitation(f *baogao.FoundFigure, read time.Time) string {
	_, paragraph, _, _ := baogao.ParsePassageID(f.Passage)
	return citation(&baogao.Hit{ID: f.Passage, Report: f.Meta, Sure: f.Sure, Paragraph: paragraph, Text: f.Evidence}, read)
}
