package export

import (
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/xuri/excelize/v2"
)

// A Sheet is a table of a workbook. A cell is a string, a number, a bool, or nil for
// an empty one.
type Sheet struct {
	Name string
	Rows iter.Seq2[[]any, error]
}

// Workbook writes sheets as XLSX. Rows are written as they come. Texts are texts,
// also those that look like formulas; what XML cannot hold in them becomes U+FFFD.
func Workbook(w io.Writer, sheets ...Sheet) error {
	f := excelize.NewFile()
	defer f.Close()
	for i, s := range sheets {
		if i == 0 {
			if err := f.SetSheetName("Sheet1", s.Name); err != nil {
				return err
			}
		} else if _, err := f.NewSheet(s.Name); err != nil {
			return err
		}
		if err := s.write(f); err != nil {
			return fmt.Errorf("sheet %s: %w", s.Name, err)
		}
	}
	return f.Write(w)
}

// write writes the rows. The first stays in sight.
func (s Sheet) write(f *excelize.File) error {
	out, err := f.NewStreamWriter(s.Name)
	if err != nil {
		return err
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	n := 0
	for row, err := range s.Rows {
		if err != nil {
			return err
		}
		n++
		cells := make([]any, len(row))
		for i, v := range row {
			if text, ok := v.(string); ok {
				v = strings.Map(printable, lineEnds.Replace(text))
			}
			cells[i] = v
		}
		if err := out.SetRow(fmt.Sprintf("A%d", n), cells); err != nil {
			return err
		}
	}
	return out.Flush()
}

// Rows are rows that are all there already.
func Rows(rows [][]any) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}
