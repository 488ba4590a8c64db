package export

import (
	"archive/zip"
	"errors"
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

// Workbook writes sheets as XLSX. Texts are texts, also those that look like formulas;
// what XML cannot hold in them becomes U+FFFD.
func Workbook(w io.Writer, sheets ...Sheet) error {
	b := newBook()
	for _, s := range sheets {
		if err := b.begin(s.Name); err != nil {
			return err
		}
		for row, err := range s.Rows {
			if err == nil {
				err = b.add(row)
			}
			if err != nil {
				return errors.Join(fmt.Errorf("sheet %s: %w", s.Name, err), b.file.Close())
			}
		}
	}
	return b.end(w)
}

// A book is a workbook that is being made, sheet by sheet. Its rows are in a file of
// their own once they are many.
type book struct {
	file *excelize.File
	out  *excelize.StreamWriter // of the sheet; nil before the first
	rows int                    // of the sheet
}

func newBook() *book { return &book{file: excelize.NewFile()} }

// begin begins a sheet, whose first row stays in sight.
func (b *book) begin(name string) error {
	first := b.out == nil
	if !first {
		if err := b.out.Flush(); err != nil {
			return err
		}
	}
	var err error
	if first {
		err = b.file.SetSheetName("Sheet1", name)
	} else {
		_, err = b.file.NewSheet(name)
	}
	if err != nil {
		return err
	}
	if b.out, err = b.file.NewStreamWriter(name); err != nil {
		return err
	}
	b.rows = 0
	return b.out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

// add adds a row to the sheet.
func (b *book) add(row []any) error {
	cells := make([]any, len(row))
	for i, v := range row {
		if text, ok := v.(string); ok {
			v = strings.Map(printable, lineEnds.Replace(text))
		}
		cells[i] = v
	}
	b.rows++
	return b.out.SetRow(fmt.Sprintf("A%d", b.rows), cells)
}

// end writes the workbook as it is packed: the buffer of its own that excelize would
// have packed into, with all of the file in it, stays empty.
func (b *book) end(w io.Writer) error {
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(w) })
	err := b.out.Flush()
	if err == nil {
		err = b.file.Write(io.Discard)
	}
	return errors.Join(err, b.file.Close())
}
