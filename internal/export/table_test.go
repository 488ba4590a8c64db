package export_test

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"baogao"
	"baogao/internal/export"
	"baogao/internal/study"
	"baogao/internal/testkit"
)

// counted is a panel with a hole, a zero, a rate and names that look like formulas.
func counted() *export.Panel {
	said := study.Tally{Passages: 2, Reports: 1, Occurrences: 3, Held: 4, Chars: 20_000}
	zero := study.Tally{Held: 2, Chars: 600}
	p := &study.Panel{
		Rows:    []study.Key{{Value: "=510000", Label: "四川省"}, {Value: "510900", Label: "四川省遂宁市"}},
		Columns: []study.Key{{Value: "2021"}, {Value: "2022"}},
		Cells:   [][][]study.Tally{{{said, zero}, {{}, {}}}, {{zero, said}, {said, zero}}},
		Totals:  []study.Tally{said.Plus(zero).Plus(said), zero.Plus(said).Plus(zero)},
	}
	return export.PanelOf(p, study.ByCity, study.ByYear, []string{"=1+1", "-信访"})
}

// TestTablesInSpreadsheets writes panels and trends as XLSX, and wants the same cells
// back, from a reader of its own and from LibreOffice: texts as texts, numbers as
// numbers, and what is not held empty.
func TestTablesInSpreadsheets(t *testing.T) {
	panel := counted()
	trend := export.TrendOf(&study.Trend{By: study.ByYear, Totals: make([]study.Tally, 1), Rows: []study.Row{
		{Value: "2020", Tallies: []study.Tally{{Passages: 12, Reports: 3, Occurrences: 14, Held: 5, Chars: 70_000}}}, {Value: "2021", Tallies: []study.Tally{{}}},
	}}, []string{"@复议"})
	about := export.AboutCounts([]string{"=1+1"}, []string{"=1+1"}, [][2]string{{"level", "district"}}, baogao.State{Generation: "gen-000001"}, "v9")
	files, want := map[string][]byte{}, map[string][][]string{}
	for name, table := range map[string][][]any{"long.xlsx": panel.Long(), "wide.xlsx": panel.Wide(study.PerChars), "trend.xlsx": trend.Table()} {
		var b bytes.Buffer
		if err := export.WriteTable(&b, "xlsx", false, table, about); err != nil {
			t.Fatal(err)
		}
		files[name], want[name] = b.Bytes(), cellsOf(table)
		f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := f.GetRows("data")
		if err != nil {
			t.Fatal(err)
		}
		sameCells(t, name, rows, want[name])
		code, err := f.GetRows("codebook")
		if err != nil || len(code) != len(about)+1 || code[1][1] != "=1+1" {
			t.Errorf("%s: the codebook is %q, %v", name, code, err)
		}
		f.Close()
	}
	for name, text := range testkit.ConvertAll(t, "csv:Text - txt - csv (StarCalc):44,34,76,1", files) {
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte(export.BOM)))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		sameCells(t, name+" from LibreOffice", rows, want[name])
	}
}

// cellsOf are the cells of a table as they are written.
func cellsOf(table [][]any) [][]string {
	var all [][]string
	for _, r := range export.Records(table) {
		for i := range r {
			r[i] = strings.TrimPrefix(r[i], "'") // a sign of CSV, for formulas
		}
		all = append(all, r)
	}
	return all
}

// sameCells compares cells, numbers by their first digits.
func sameCells(t *testing.T, name string, got, want [][]string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s has %d rows, want %d", name, len(got), len(want))
		return
	}
	for i, row := range want {
		for j, w := range row {
			g := ""
			if j < len(got[i]) {
				g = got[i][j]
			}
			x, err := strconv.ParseFloat(g, 64)
			y, e := strconv.ParseFloat(w, 64)
			if g != w && (err != nil || e != nil || x-y > 1e-5 || y-x > 1e-5) {
				t.Errorf("%s: row %d, column %d is %q, want %q", name, i+1, j+1, g, w)
			}
		}
	}
}
