// Package table reads the rows of a table of text whose columns are separated by commas,
// tabs or semicolons (RFC 4180). No row is ever swallowed: a quotation mark that does not
// close ends before the next line that is a row.
package table

import (
	"cmp"
	"encoding/csv"
	"errors"
	"strings"
)

// ErrQuote comes with a row whose quotation marks do not fit.
var ErrQuote = errors.New("a quotation mark is not closed, or not doubled where it stands within a quoted cell")

// asTable is a text with the line ends that rows have, without the line that tells a
// spreadsheet what separates its columns (sep=;), and the number of its first line.
func asTable(text string) (table string, line int) {
	if !strings.Contains(text, "\n") {
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	first, rest, _ := strings.Cut(text, "\n")
	if sep, ok := strings.CutPrefix(strings.TrimSpace(first), "sep="); ok && len(sep) <= 1 {
		return rest, 2
	}
	return text, 1
}

// A Reader reads the rows of a table.
type Reader struct {
	Line    int // that the next row begins on, from 1
	rest    string
	comma   rune
	columns int // of the first row, 0 before it is read
	spare   int // bytes that may still be read in vain
}

// NewReader reads the rows of a text. What separates its columns, the first row shows.
func NewReader(text string) *Reader {
	text, line := asTable(text)
	return &Reader{Line: line, rest: text, comma: separator(text), spare: mostSpare * len(text)}
}

// Lenient reads the rows of a text by package csv, quotation marks as they stand; above is
// how many lines it leaves out above them.
func Lenient(text string) (rows *csv.Reader, above int) {
	text, line := asTable(text)
	rows = csv.NewReader(strings.NewReader(text))
	rows.Comma, rows.FieldsPerRecord, rows.LazyQuotes, rows.TrimLeadingSpace = separator(text), -1, true, true
	return rows, line - 1
}

// mostSpare is how often a table is read in vain at most: an open quotation mark in
// every row has each of them read to the end.
const mostSpare = 8

// Next reads a row. One whose quotation marks do not fit is read as far as the
// next line that is a row by itself, and comes with ErrQuote: where a mark is not
// closed, no row behind it is swallowed.
func (t *Reader) Next() ([]string, error) {
	record, size, err := t.parse(t.within(), false)
	if errors.Is(err, csv.ErrQuote) || errors.Is(err, csv.ErrBareQuote) {
		if t.comma == '\t' { // marks between tabs are taken as they stand
			size = lineSize(t.rest)
			record, err = strings.Split(strings.TrimRight(t.rest[:size], "\r\n"), "\t"), nil
			return t.took(record, size), err
		}
		t.spare -= size
		size = t.rowSize()
		record, _, _ = t.parse(t.rest[:size], true)
		if t.columns == 0 || len(record) < t.columns {
			err = ErrQuote
		} else if errors.Is(err, csv.ErrBareQuote) && strings.Count(t.rest[:size], "\"")%2 == 0 {
			err = nil // marks within a cell, in pairs
		} else {
			err = ErrQuote
		}
	}
	return t.took(record, size), err
}

// within is where a row may end: anywhere, or in the first line where too much was
// read in vain.
func (t *Reader) within() string {
	if t.spare > 0 {
		return t.rest
	}
	return t.rest[:lineSize(t.rest)]
}

// took goes behind a row.
func (t *Reader) took(record []string, size int) []string {
	t.columns = cmp.Or(t.columns, len(record))
	t.Line += strings.Count(t.rest[:size], "\n")
	t.rest = t.rest[size:]
	return record
}

// parse reads a row at the head of a text, and says how many bytes it has.
func (t *Reader) parse(text string, lazy bool) (record []string, size int, err error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = t.comma, -1, lazy
	record, err = r.Read()
	return record, int(r.InputOffset()), err
}

// rowSize is the size of the row at the head of rest, whose marks do not fit: up
// to the next line that is a row of as many cells by itself.
func (t *Reader) rowSize() int {
	size := lineSize(t.rest)
	if t.columns < 2 {
		_, n, err := t.parse(t.within(), true)
		if t.spare -= n; err == nil {
			return max(size, n)
		}
		return size
	}
	for size < len(t.rest) {
		line := t.rest[size : size+lineSize(t.rest[size:])]
		if strings.Count(line, string(t.comma)) >= t.columns-1 {
			if record, _, err := t.parse(line, false); err == nil && len(record) == t.columns {
				break
			}
			if strings.Count(line, `"`)%2 == 1 { // the row of another mark that is not closed
				if record, _, _ := t.parse(line, true); len(record) == t.columns {
					break
				}
			}
		}
		size += len(line)
	}
	return size
}

// lineSize is the size of the first line of a text, with its end.
func lineSize(text string) int {
	if end := strings.IndexByte(text, '\n'); end >= 0 {
		return end + 1
	}
	return len(text)
}

// separator is the character that holds the columns apart: the one that the
// first line has most of.
func separator(text string) rune {
	head, _, _ := strings.Cut(text, "\n")
	best, most := ',', 0
	for _, c := range ",\t;" {
		if n := strings.Count(head, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}
