// Package export writes hits as files that other programs read: CSV and XLSX for
// spreadsheets, JSON Lines for scripts, Markdown for notes; and tables of counts. Hits
// are written as they come, so that a result of any size takes little memory.
package export

import (
	"bufio"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"baogao"
	"baogao/internal/cite"
)

// A form is a way to write hits.
type form struct {
	name, media, ending string
	open                func(io.Writer, Options) Writer
}

var forms = []form{
	{"csv", "text/csv; charset=utf-8", ".csv", func(w io.Writer, o Options) Writer { return NewCSV(w, o) }},
	{"jsonl", "application/x-ndjson", ".jsonl", func(w io.Writer, o Options) Writer { return NewJSONL(w, o) }},
	{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", func(w io.Writer, o Options) Writer { return NewXLSX(w, o) }},
	{"md", "text/markdown; charset=utf-8", ".md", func(w io.Writer, o Options) Writer { return NewMarkdown(w, o) }},
}

// Forms are the names of the forms that hits can be written in.
var Forms = func() (names []string) {
	for _, f := range forms {
		names = append(names, f.name)
	}
	return names
}()

// formOf is the form of a name, CSV for others than Forms.
func formOf(name string) form {
	return forms[max(0, slices.IndexFunc(forms, func(f form) bool { return f.name == name }))]
}

// Options say how hits are written. The zero value works.
type Options struct {
	BOM     bool        // a CSV begins with a byte order mark
	Grouped bool        // hits are reports: GroupedColumns follow
	About   [][2]string // what the file holds, in pairs of a name and a value; XLSX and Markdown have room for it

	// Link is what leads to the passage of a hit; nil is the command that shows it.
	Link func(h *baogao.Hit) string
}

// link leads to the passage of a hit.
func (o Options) link(h *baogao.Hit) string {
	if o.Link != nil {
		return o.Link(h)
	}
	return "search show '" + strings.ReplaceAll(h.ID, "'", `'\''`) + "'"
}

// About says what a file holds: what was typed, in pairs, the reports held within the
// filters, the generation, the day, and the program with its version, "" where that is
// not known.
func About(typed [][2]string, held int, s baogao.State, version string) [][2]string {
	return append(typed, [2]string{"reports held within the filters", strconv.Itoa(held)}, [2]string{"generation", s.Generation}, [2]string{"built", s.Built},
		[2]string{"made", time.Now().Format(time.DateOnly)}, [2]string{"program", program(version)})
}

func program(version string) string { return strings.TrimSpace("baogao " + version) }

// A Writer writes hits in one form. What was written stands in the underlying
// writer after Flush, behind which nothing may be written any more; its first error is
// returned by every call that follows.
type Writer interface {
	Write(h *baogao.Hit) error
	Flush() error
}

// New returns the Writer of one of Forms.
func New(w io.Writer, form string, o Options) Writer { return formOf(form).open(w, o) }

// citation is the entry of a hit in a list of references, by GB/T 7714—2015.
func citation(h *baogao.Hit, read time.Time) string { return cite.OfHit(h).Reference(read).String() }

// JSONL writes hits as JSON Lines: a hit a line, as the JSON of a result has
// it, nothing altered, with its citation and a link at the end.
type JSONL struct {
	buf     *bufio.Writer
	encoder *json.Encoder
	options Options
	read    time.Time // when online sources are read, for citations
}

// cited is a line of JSON Lines.
type cited struct {
	*baogao.Hit
	Citation string `json:"citation"`
	Link     string `json:"link"`
}

// NewJSONL returns a Writer of JSON Lines.
func NewJSONL(w io.Writer, o Options) *JSONL {
	buf := bufio.NewWriter(w)
	e := json.NewEncoder(buf)
	e.SetEscapeHTML(false)
	return &JSONL{buf, e, o, time.Now()}
}

// Write writes a hit on a line.
func (j *JSONL) Write(h *baogao.Hit) error {
	return j.encoder.Encode(cited{h, citation(h, j.read), j.options.link(h)})
}

// Flush passes on what is buffered.
func (j *JSONL) Flush() error { return j.buf.Flush() }
