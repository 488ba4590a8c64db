// Package export writes hits as files that other programs read: CSV for
// spreadsheets, JSON Lines for scripts. Hits are written as they come, so that
// a result of any size takes little memory.
package export

import (
	"bufio"
	"encoding/json"
	"io"
	"time"

	"baogao"
	"baogao/internal/cite"
)

// Forms are the names of the forms that hits can be written in.
var Forms = []string{"csv", "jsonl"}

// A Writer writes hits in one form. What was written stands in the underlying
// writer after Flush; its first error is returned by every call that follows.
type Writer interface {
	Write(h *baogao.Hit) error
	Flush() error
}

// New returns the Writer of one of Forms. The options are those of CSV.
func New(w io.Writer, form string, o CSVOptions) Writer {
	if form == "jsonl" {
		return NewJSONL(w)
	}
	return NewCSV(w, o)
}

// citation is the entry of a hit in a list of references, by GB/T 7714—2015.
func citation(h *baogao.Hit, read time.Time) string { return cite.OfHit(h).Reference(read).String() }

// JSONL writes hits as JSON Lines: a hit a line, as the JSON of a result has
// it, nothing altered, with its citation at the end.
type JSONL struct {
	buf     *bufio.Writer
	encoder *json.Encoder
	read    time.Time // when online sources are read, for citations
}

// cited is a line of JSON Lines.
type cited struct {
	*baogao.Hit
	Citation string `json:"citation"`
}

// NewJSONL returns a Writer of JSON Lines.
func NewJSONL(w io.Writer) *JSONL {
	buf := bufio.NewWriter(w)
	e := json.NewEncoder(buf)
	e.SetEscapeHTML(false)
	return &JSONL{buf, e, time.Now()}
}

// Write writes a hit on a line.
func (j *JSONL) Write(h *baogao.Hit) error { return j.encoder.Encode(cited{h, citation(h, j.read)}) }

// Flush passes on what is buffered.
func (j *JSONL) Flush() error { return j.buf.Flush() }
