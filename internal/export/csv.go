package export

import (
	"encoding/csv"
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

// CSVOptions say how CSV is written. The zero value works.
type CSVOptions struct {
	BOM     bool // begin with a byte order mark
	Grouped bool // hits are reports: GroupedColumns follow
}

// Columns are the columns of a hit, in their order.
var Columns = []string{
	"id", "score", "title", "kind", "level", "year", "region_code", "region",
	"issuer", "number", "published", "source", "section", "paragraph", "heading", "occurrences", "text", "plan",
	"region_confidence", "level_confidence", "year_confidence", "kind_confidence", "region_origin", "level_origin", "year_origin", "kind_origin",
	"citation",
}

// GroupedColumns are what matches in the report of a hit, where hits are grouped.
var GroupedColumns = []string{"report_passages", "report_occurrences"}

// CSV writes hits as comma-separated values: a line of Columns, then a hit a
// record. Cells are made safe for spreadsheets, see Cell.
type CSV struct {
	w       *csv.Writer
	out     io.Writer
	options CSVOptions
	read    time.Time // when online sources are read, for citations
	begun   bool
}

// NewCSV returns a Writer of CSV. The line of columns is written with the
// first hit, or by Flush.
func NewCSV(w io.Writer, o CSVOptions) *CSV {
	return &CSV{w: csv.NewWriter(w), out: w, options: o, read: time.Now()}
}

// Write writes a hit as a record.
func (c *CSV) Write(h *baogao.Hit) error {
	if err := c.begin(); err != nil {
		return err
	}
	cells := append(record(h), Cell(citation(h, c.read)))
	if c.options.Grouped {
		cells = append(cells, strconv.Itoa(h.InReport.Passages), strconv.Itoa(h.InReport.Occurrences))
	}
	return c.w.Write(cells)
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
	columns := Columns
	if c.options.Grouped {
		columns = slices.Concat(Columns, GroupedColumns)
	}
	return c.w.Write(columns)
}

// record are the cells of a hit but the last, its citation. Numbers of ours are written as they are;
// whatever was read in a report is made safe.
func record(h *baogao.Hit) []string {
	m := h.Report
	year := ""
	if m.Year != 0 {
		year = strconv.Itoa(m.Year)
	}
	cells := []string{
		Cell(h.ID), strconv.FormatFloat(h.Score, 'f', 4, 64), Cell(m.Title), string(m.Kind), string(m.Level), year,
		Cell(m.Region.Code), Cell(m.Region.Name), Cell(m.Issuer), Cell(m.Number), Cell(m.Published), Cell(m.Source),
		Cell(strings.Join(h.Section, " › ")), strconv.Itoa(h.Paragraph), strconv.FormatBool(h.Heading),
		strconv.Itoa(len(h.Highlights)), Cell(h.Text), strconv.FormatBool(h.Plan),
	}
	fields := h.Sure.All(m)
	for _, f := range fields {
		cells = append(cells, strconv.FormatFloat(f.Confidence, 'f', -1, 64))
	}
	for _, f := range fields {
		cells = append(cells, f.Origin)
	}
	return cells
}

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
