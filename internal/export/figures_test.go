package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"iter"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"baogao"
	"baogao/internal/export"
)

// someFigures are figures as strangers may write them, and an error behind them where
// one is given.
func someFigures(fault error) iter.Seq2[*baogao.FoundFigure, error] {
	high := 12.5
	all := []baogao.FoundFigure{
		{
			Figure: baogao.Figure{
				Passage: "a.txt#p3", Start: 2, End: 5, Raw: "14件", Value: 1.2e9, High: &high, Unit: "件", Kind: "count", Status: baogao.Achieved, Indicator: "=HYPERLINK(1)", Key: "行政复议|受理",
				Evidence: "@全区受理14件", Report: "a.txt", Numerator: &baogao.FigurePart{Indicator: "受理", Value: 3},
			},
			Section: []string{"一、", "（一）"}, Meta: baogao.Meta{ID: "a.txt", Title: "某报告", Year: 2022},
		},
		{Figure: baogao.Figure{Passage: "b.txt#p1", Year: 2019, Value: 0.1, Kind: "rate", Status: baogao.Target, Indicator: "率"}, Meta: baogao.Meta{ID: "b.txt"}},
	}
	return func(yield func(*baogao.FoundFigure, error) bool) {
		for i := range all {
			if !yield(&all[i], nil) {
				return
			}
		}
		if fault != nil {
			yield(nil, fault)
		}
	}
}

func TestFigures(t *testing.T) {
	var b bytes.Buffer
	if err := export.Figures(&b, "csv", someFigures(nil), export.Options{BOM: true}); err != nil {
		t.Fatal(err)
	}
	text, ok := strings.CutPrefix(b.String(), export.BOM)
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || !ok || len(rows) != 3 {
		t.Fatalf("%v: %s", err, b.String())
	}
	cell := func(row int, column string) string {
		for i, name := range rows[0] {
			if name == column {
				return rows[row][i]
			}
		}
		t.Fatalf("no column %s", column)
		return ""
	}
	for _, tt := range []struct {
		row          int
		column, want string
	}{
		{1, "indicator", "'=HYPERLINK(1)"}, {1, "value", "1200000000"}, {1, "high", "12.5"}, {1, "year", "2022"}, {1, "numerator", "受理"}, {1, "numerator_value", "3"},
		{1, "denominator", ""}, {1, "section", "一、 › （一）"}, {1, "evidence", "'@全区受理14件"}, {2, "year", "2019"}, {2, "report_year", ""}, {2, "high", ""}, {2, "value", "0.1"},
	} {
		if got := cell(tt.row, tt.column); got != tt.want {
			t.Errorf("%s of row %d is %q, want %q", tt.column, tt.row, got, tt.want)
		}
	}
}

func TestFigureForms(t *testing.T) {
	var lines, notes, book bytes.Buffer
	options := export.Options{About: [][2]string{{"question", "行政复议"}}}
	for form, b := range map[string]*bytes.Buffer{"jsonl": &lines, "md": &notes, "xlsx": &book} {
		if err := export.Figures(b, form, someFigures(nil), options); err != nil {
			t.Fatalf("%s: %v", form, err)
		}
		fault := errors.New("the index is gone")
		if err := export.Figures(&bytes.Buffer{}, form, someFigures(fault), options); !errors.Is(err, fault) {
			t.Errorf("%s: an error is told as %v", form, err)
		}
	}
	var one struct {
		baogao.FoundFigure
		Citation string
	}
	if err := json.Unmarshal(lines.Bytes()[:bytes.IndexByte(lines.Bytes(), '\n')], &one); err != nil || one.Value != 1.2e9 || one.Indicator != "=HYPERLINK(1)" || one.Citation == "" {
		t.Errorf("%v: %s", err, lines.String())
	}
	if text := notes.String(); !strings.Contains(text, "- question: 行政复议\n") || !strings.Contains(text, `行政复议\|受理`) || strings.Count(text, "\n|") != 4 {
		t.Errorf("the notes are\n%s", text)
	}
	f, err := excelize.OpenReader(&book)
	if err != nil {
		t.Fatal(err)
	}
	if v, err := f.GetCellValue("figures", "A2"); err != nil || v != "=HYPERLINK(1)" {
		t.Errorf("%q, %v", v, err)
	}
	if kind, err := f.GetCellType("figures", "C2"); err != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("the value is of type %v, %v", kind, err)
	}
	if v, err := f.GetCellValue("about", "B2"); err != nil || v != "行政复议" {
		t.Errorf("%q, %v", v, err)
	}
}
