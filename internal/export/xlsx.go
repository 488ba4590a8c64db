package export

import (
	"io"
	"iter"
	"strconv"
	"time"

	"baogao"
)

// XLSX writes hits as a workbook: sheets of a line of columns and a hit a row, and one
// that says what they are. The rows are kept in a file until Flush.
type XLSX struct {
	w       io.Writer
	options Options
	read    time.Time // when online sources are read, for citations
	book    *book
	sheets  int
	most    int // hits of a sheet
}

// NewXLSX returns a Writer of XLSX.
func NewXLSX(w io.Writer, o Options) *XLSX {
	return &XLSX{w: w, options: o, read: time.Now(), book: newBook(), most: mostRows}
}

// mostRows is how many hits a sheet takes: spreadsheets take 1,048,576 rows.
const mostRows = 1_000_000

// Write writes a hit as a row.
func (x *XLSX) Write(h *baogao.Hit) error {
	if x.sheets == 0 || x.book.rows > x.most {
		if err := x.sheet(); err != nil {
			return err
		}
	}
	cells := row(h, x.options, x.read)
	for i, v := range cells {
		if n, ok := v.(number); ok {
			cells[i] = n.cell()
		}
	}
	return x.book.add(cells)
}

// cell is the number as a cell of a workbook.
func (n number) cell() any {
	f, err := strconv.ParseFloat(string(n), 64)
	if err != nil {
		return nil
	}
	return f
}

// sheet begins the next sheet.
func (x *XLSX) sheet() error {
	x.sheets++
	name := "hits"
	if x.sheets > 1 {
		name += strconv.Itoa(x.sheets)
	}
	if err := x.book.begin(name); err != nil {
		return err
	}
	return x.book.add(anys(x.options.columns()))
}

// Flush writes the workbook.
func (x *XLSX) Flush() error {
	if x.sheets == 0 {
		if err := x.sheet(); err != nil {
			return err
		}
	}
	if err := x.book.begin("about"); err != nil {
		return err
	}
	for _, n := range x.options.About {
		if err := x.book.add([]any{n[0], n[1]}); err != nil {
			return err
		}
	}
	return x.book.end(x.w)
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
