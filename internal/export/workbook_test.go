package export_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"baogao/internal/export"
	"baogao/internal/testkit"
)

// table has every kind of cell, and texts that would do harm as formulas or in XML.
var table = [][]any{
	{"词", "次数", "每万字", "说明"}, {"营商环境", 3, 2.5, "=1+1"}, {"复议<&>\"", int64(0), nil, "+A1\n第二行"}, {"𠀀\x00\x1b", 12, 0.25, " @SUM(A1)"},
}

func workbook(t *testing.T, sheets ...export.Sheet) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := export.Workbook(&b, sheets...); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestWorkbook reads a workbook back: texts are texts, numbers numbers, and nothing
// is a formula.
func TestWorkbook(t *testing.T) {
	book := workbook(t, export.Sheet{Name: "data", Rows: export.Rows(table)}, export.Sheet{Name: "codebook", Rows: export.Rows([][]any{{"问题", "复议"}})})
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := f.GetSheetList(); !slices.Equal(got, []string{"data", "codebook"}) {
		t.Errorf("the sheets are %q", got)
	}
	rows, err := f.GetRows("data")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"词", "次数", "每万字", "说明"}, {"营商环境", "3", "2.5", "=1+1"}, {"复议<&>\"", "0", "", "+A1\n第二行"}, {"𠀀\uFFFD\uFFFD", "12", "0.25", " @SUM(A1)"}}
	for i, row := range rows {
		if i >= len(want) || !slices.Equal(row, want[i]) {
			t.Errorf("row %d is %q", i+1, row)
		}
	}
	for _, cell := range []string{"D2", "D3", "D4"} {
		if formula, err := f.GetCellFormula("data", cell); err != nil || formula != "" {
			t.Errorf("%s has the formula %q, %v", cell, formula, err)
		}
	}
	if kind, err := f.GetCellType("data", "B2"); err != nil || kind == excelize.CellTypeInlineString || kind == excelize.CellTypeSharedString {
		t.Errorf("a number is of type %v, %v", kind, err)
	}
	broken := errors.New("broken off")
	err = export.Workbook(&bytes.Buffer{}, export.Sheet{Name: "data", Rows: func(yield func([]any, error) bool) {
		if yield([]any{"a"}, nil) {
			yield(nil, broken)
		}
	}})
	if !errors.Is(err, broken) {
		t.Errorf("rows that break off give %v", err)
	}
}

// TestWorkbookInLibreOffice opens a workbook with LibreOffice, which gives the same
// cells back.
func TestWorkbookInLibreOffice(t *testing.T) {
	book := workbook(t, export.Sheet{Name: "data", Rows: export.Rows(table[:3])})
	text := testkit.Convert(t, "panel.xlsx", book, "csv:Text - txt - csv (StarCalc):44,34,76,1")
	rows, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
	want := [][]string{{"词", "次数", "每万字", "说明"}, {"营商环境", "3", "2.5", "=1+1"}, {"复议<&>\"", "0", "", "+A1\n第二行"}}
	if err != nil || len(rows) != len(want) {
		t.Fatalf("%q, %v", rows, err)
	}
	for i, row := range rows {
		if !slices.Equal(row, want[i]) {
			t.Errorf("row %d is %q, want %q", i+1, row, want[i])
		}
	}
}
