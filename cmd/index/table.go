package main

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"baogao"
	"baogao/corpus"
	"baogao/internal/engine"
	"baogao/internal/export"
)

// A table is the CSV file of --report: a row for every report, and for every
// file that gave none. A nil table takes everything and writes nothing.
type table struct {
	file  *replacement
	rows  []row
	notes map[place][]string // on reports that come later
}

// A place is where a report stands.
type place struct {
	path string
	line int
}

// A row is a report, or a file that gave none.
type row struct {
	place
	id    string
	title string
	cells []string // from status on, without the last ones
	kept  bool     // the cells are in the index

	unread bool // and it was kept because it could not be read
}

// The columns of the table; those between reason and near_duplicate_of are
// empty for a file that was skipped.
var tableColumns = []string{
	"path", "line", "status", "reason", "format", "charset", "region_code", "region", "level", "year", "kind",
	"region_confidence", "level_confidence", "year_confidence", "kind_confidence",
	"paragraphs", "passages", "glosses_removed", "ocr", "near_duplicate_of", "id", "title",
}

// The values of the column status.
const (
	statusIndexed = "indexed"
	statusSkipped = "skipped"
	statusNote    = "note"    // on a metadata.csv; its reports have rows of their own
	statusIgnored = "ignored" // no file of a person's
)

// newTable fails where the file cannot be written: before the work and not
// behind it.
func newTable(name string) (*table, error) {
	if name == "" {
		return nil, nil
	}
	file, err := newReplacement(name)
	if err != nil {
		return nil, err
	}
	return &table{file: file, notes: map[place][]string{}}, nil
}

// passed adds a file that was passed over.
func (t *table) passed(path, why string) {
	if t != nil {
		t.rows = append(t.rows, row{place: place{path: path}, cells: []string{statusIgnored, why}})
	}
}

// fault adds what could not be read. A note on a report goes into its row.
func (t *table) fault(f *corpus.FileError) {
	switch {
	case t == nil:
	case !errors.Is(f, corpus.ErrNote):
		t.rows = append(t.rows, row{place: place{f.Path, f.Line}, cells: []string{statusSkipped, f.Reason(), f.Format}})
	case filepath.Base(f.Path) == "metadata.csv":
		t.rows = append(t.rows, row{place: place{f.Path, f.Line}, cells: []string{statusNote, f.Reason()}})
	default:
		at := place{f.Path, f.Line}
		t.notes[at] = append(t.notes[at], f.Reason())
	}
}

// report adds a report.
func (t *table) report(r *baogao.Report) {
	if t == nil {
		return
	}
	at := place{r.File.Path, r.File.Line}
	t.rows = append(t.rows, row{place: at, id: r.Meta.ID, title: r.Meta.Title, cells: t.cells(at, r)})
	delete(t.notes, at)
}

// kept adds a report that the index holds.
func (t *table) kept(r *baogao.Report) {
	if t == nil {
		return
	}
	at := place{r.File.Path, r.File.Line}
	t.rows = append(t.rows, row{place: at, id: r.Meta.ID, kept: true, unread: r.File.Unread})
}

// cells are those of a report.
func (t *table) cells(at place, r *baogao.Report) []string {
	year := ""
	if r.Meta.Year != 0 {
		year = strconv.Itoa(r.Meta.Year)
	}
	notes := t.notes[at]
	if why := lost(r); why != "" {
		notes = append(notes, why)
	}
	cells := []string{
		statusIndexed, strings.Join(notes, "; "), r.Cleaning.Format, r.Cleaning.Charset,
		r.Meta.Region.Code, r.Meta.Region.Name, string(r.Meta.Level), year, string(r.Meta.Kind),
	}
	for _, field := range []string{"region", "level", "year", "kind"} {
		cells = append(cells, confidence(r, field))
	}
	return append(cells, strconv.Itoa(len(r.Paragraphs)), strconv.Itoa(len(r.Passages)), strconv.Itoa(r.Cleaning.Glosses), recognised(r.Cleaning.OCR))
}

// recognised is the confidence in what was read by machine, "" where nothing was.
func recognised(by *baogao.OCR) string {
	if by == nil {
		return ""
	}
	return strconv.FormatFloat(by.Confidence, 'f', 2, 64)
}

// complete reads the cells of the reports that were kept from the index at dir.
func (t *table) complete(ctx context.Context, dir string) error {
	if !slices.ContainsFunc(t.rows, func(r row) bool { return r.kept }) {
		return nil
	}
	s, err := engine.Open(dir)
	if err != nil {
		return err
	}
	defer s.Close()
	for i := range t.rows {
		if row := &t.rows[i]; row.kept {
			r, err := s.Report(ctx, row.id)
			if err != nil {
				return err
			}
			row.title, row.cells = r.Meta.Title, t.cells(row.place, r)
			if row.unread {
				row.cells[1] = strings.TrimSuffix("could not be read; kept as it was; "+row.cells[1], "; ")
			}
		}
	}
	return nil
}

func confidence(r *baogao.Report, field string) string {
	for _, f := range r.Findings {
		if f.Field == field {
			return strconv.FormatFloat(f.Confidence, 'f', 2, 64)
		}
	}
	return ""
}

// write writes the rows. What was published in the index at dir is nil if
// nothing was.
func (t *table) write(ctx context.Context, dir string, published *baogao.Published) error {
	if t == nil {
		return nil
	}
	if err := t.complete(ctx, dir); err != nil {
		return err
	}
	return t.file.write(func(w io.Writer) error { return t.records(w, published) })
}

// records writes the rows as CSV.
func (t *table) records(out io.Writer, published *baogao.Published) error {
	w := csv.NewWriter(out)
	w.Write(tableColumns)
	for _, r := range t.rows {
		w.Write(r.record(published))
	}
	w.Flush()
	return w.Error()
}

// record are the cells of a row, safe for spreadsheets.
func (r *row) record(published *baogao.Published) []string {
	cells := make([]string, len(tableColumns))
	cells[0] = corpus.Readable(r.path)
	if r.line > 0 {
		cells[1] = strconv.Itoa(r.line)
	}
	copy(cells[2:], r.cells)
	last := cells[len(cells)-3:]
	if published != nil && r.id != "" {
		last[0] = published.CopyOf[r.id]
	}
	last[1], last[2] = r.id, r.title
	for i, text := range cells {
		cells[i] = export.Cell(text)
	}
	return cells
}
