package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"baogao"
)

// BOM, at the head of a file, tells spreadsheets of old that it is UTF-8.
const BOM = "\uFEFF"

// Columns are the columns of a hit, in their order.
var Columns = []string{
	"id", "score", "title", "kind", "level", "year", "region_code", "region",
	"issuer", "number", "published", "source", "section", "paragraph", "heading", "occurrences", "text", "plan",
	"region_confidence", "level_confidence", "year_confidence", "kind_confidence", "region_origin", "level_origin", "year_origin", "kind_origin",
	"citation", "link", "ocr",
}

// GroupedColumns are what matches in the report of a hit, where hits are grouped.
var GroupedColumns = []string{"report_passages", "report_occurrences"}

// CSV writes hits as comma-separated values: a line of Columns, then a hit a
// record. Cells are made safe for spreadsheets, see Cell.
type CSV struct {
	w       *csv.Writer
	out     io.Writer
	options Options
	read    time.Time // when online sources are read, for citations
	begun   bool
}

// NewCSV returns a Writer of CSV. The line of columns is written with the
// first hit, or by Flush.
func NewCSV(w io.Writer, o Options) *CSV {
	return &CSV{w: csv.NewWriter(w), out: w, options: o, read: time.Now()}
}

// Write writes a hit as a record.
func (c *CSV) Write(h *baogao.Hit) error {
	if err := c.begin(); err != nil {
		return err
	}
	var record []string
	for _, v := range row(h, c.options, c.read) {
		if text, ok := v.(string); ok {
			v = Cell(text)
		}
		record = append(record, fmt.Sprint(v))
	}
	return c.w.Write(record)
}

// Flush passes on what is buffered.
func (c *CSV) Flush() error {
	if err := c.begin(); err != nil {
		return err
	}
	c.w.Flush()
	return c.w.Error()
}

func (c *CSV) begin() error {
	if c.begun {
		return nil
	}
	c.begun = true
	if c.options.BOM {
		if _, err := io.WriteString(c.out, BOM); err != nil {
			return err
		}
	}
	return c.w.Write(c.options.columns())
}

// columns are those of a hit, or of a report.
func (o Options) columns() []string {
	if o.Grouped {
		return slices.Concat(Columns, GroupedColumns)
	}
	return Columns
}

// A number is one of ours as it is written, or "" where there is none.
type number string

// row are the cells of a hit: strings that were read in a report, and numbers.
func row(h *baogao.Hit, o Options, read time.Time) []any {
	m := h.Report
	year := number("")
	if m.Year != 0 {
		year = whole(m.Year)
	}
	cells := []any{
		h.ID, number(strconv.FormatFloat(h.Score, 'f', 4, 64)), m.Title, string(m.Kind), string(m.Level), year,
		m.Region.Code, m.Region.Name, m.Issuer, m.Number, m.Published, m.Source,
		strings.Join(h.Section, " › "), whole(h.Paragraph), strconv.FormatBool(h.Heading),
		whole(len(h.Highlights)), h.Text, strconv.FormatBool(h.Plan),
	}
	fields := h.Sure.All(m)
	for _, f := range fields {
		cells = append(cells, number(strconv.FormatFloat(f.Confidence, 'f', -1, 64)))
	}
	for _, f := range fields {
		cells = append(cells, f.Origin)
	}
	recognised := number("") // the confidence, where the report was read by machine
	if h.OCR != nil {
		recognised = number(strconv.FormatFloat(h.OCR.Confidence, 'f', -1, 64))
	}
	cells = append(cells, citation(h, read), o.link(h), recognised)
	if o.Grouped {
		cells = append(cells, whole(h.InReport.Passages), whole(h.InReport.Occurrences))
	}
	return cells
}

func whole(n int) number { return number(strconv.Itoa(n)) }

// Cell makes a text safe for a cell of a spreadsheet. One that would be taken
// for a formula gets a ' in front. Line ends become \n, and other control
// characters than tabs U+FFFD: some readers of CSV end a file or a line there.
func Cell(text string) string {
	text = strings.Map(printable, lineEnds.Replace(text))
	if isFormula(text) {
		return "'" + text
	}
	return text
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

func printable(r rune) rune {
	if unicode.IsControl(r) && r != '\n' && r != '\t' {
		return unicode.ReplacementChar
	}
	return r
}

// isFormula reports whether a spreadsheet may take a text for a formula: half-
// and full-width signs, also behind what programs trim. A tab or a line end in
// front is a way round such a check in some of them.
func isFormula(text string) bool {
	if strings.HasPrefix(text, "\t") || strings.HasPrefix(text, "\n") {
		return true
	}
	text = strings.TrimLeftFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)
	})
	return strings.IndexAny(text, "=+-@＝＋－＠") == 0
}
