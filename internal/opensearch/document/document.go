// Package document makes documents for a cluster of reports and passages, says how it
// holds them, and reads reports of them again.
package document

import (
	"encoding/json"
	"strconv"

	"baogao"
	"baogao/internal/tally"
	"baogao/internal/weight"
)

// The kinds of documents in an index.
const (
	PassageKind = "passage"
	ReportKind  = "report"
)

// A Passage is the document of a passage: what is known of it and, for questions
// that must not ask for two documents, of its report.
type Passage struct {
	Doc    string `json:"doc"`
	Number int    `json:"n"`      // of all passages, in the order in which they were added
	Report int    `json:"report"` // number of the report, by which it is routed
	Facets
	Units int  `json:"units"` // length for ranking
	Facts int  `json:"facts"` // see weight.Facts
	Bare  bool `json:"bare"`  // a heading or a title
	Plan  bool `json:"plan"`
	// A sign in it stands for several characters, so that places of words may be one.
	Shared bool    `json:"shared"`
	Prior  float64 `json:"prior"` // see weight.Exact
	Loose  float64 `json:"loose"` // see weight.Relaxed
	Body   Body    `json:"body"`
	Streams
}

// A Body is what is shown of a passage.
type Body struct {
	Paragraph int      `json:"p"`
	Piece     int      `json:"piece,omitempty"`
	Text      string   `json:"t"`
	Published string   `json:"published,omitempty"`
	Section   []string `json:"section"`
	Heading   int      `json:"heading,omitempty"`
	Title     bool     `json:"title,omitempty"`
	Damaged   bool     `json:"damaged,omitempty"`
	Figures   int      `json:"figures,omitempty"`
}

// Facets are what passages are filtered, counted and sorted by of their report.
type Facets struct {
	ID     string   `json:"id"`
	Class  string   `json:"class"` // see classText
	Region []string `json:"region"`
	Level  string   `json:"level"`
	Kind   string   `json:"kind"`
	Year   *int     `json:"year,omitempty"` // missing where it is not known
	Code   string   `json:"code,omitempty"` // of the region, likewise
	Name   string   `json:"name"`           // of the region
	Sure   float64  `json:"sure"`           // see baogao.Sure.Least
	OCR    bool     `json:"ocr"`
	Copy   bool     `json:"copy"`  // another report is shown for it
	Chars  int64    `json:"chars"` // of the text of the report
}

// A Report is the document of a report.
type Report struct {
	Doc      string `json:"doc"`
	Report   int    `json:"report"`
	Passages int    `json:"passages"`
	Facets
	Details Details `json:"details"`
	Streams
}

// Details are what is told of a report and not asked for.
type Details struct {
	Meta     baogao.Meta         `json:"meta"`
	Sure     baogao.Sure         `json:"sure"`
	OCR      *baogao.Recognition `json:"ocr,omitempty"`
	CopyOf   string              `json:"copy_of,omitempty"`
	Copies   []baogao.Copy       `json:"copies,omitempty"`
	Findings []baogao.Finding    `json:"findings,omitempty"`
	Facts    []baogao.Fact       `json:"facts,omitempty"`
	Cleaning baogao.Cleaning     `json:"cleaning"`
	Measured [][]baogao.Figure   `json:"measured,omitempty"` // by passage
	First    int                 `json:"first"`              // number of its first passage
	Sum      string              `json:"sum"`                // see SumOf
	Place    string              `json:"place,omitempty"`    // see baogao.File
	Key      string              `json:"key,omitempty"`      // likewise
}

// classText is the class of a report as text, by which matches are counted.
func classText(m *baogao.Meta) string {
	b, _ := json.Marshal([]any{m.Region, m.Level, m.Year, m.Kind}) // strings and numbers have a form in JSON
	return string(b)
}

// ParseClass reads what classText writes.
func ParseClass(text string) (tally.Class, error) {
	var m baogao.Meta
	err := json.Unmarshal([]byte(text), &[]any{&m.Region, &m.Level, &m.Year, &m.Kind})
	return tally.ClassOf(&m), err
}

// FacetsOf are the facets of a report.
func FacetsOf(r *baogao.Report) Facets {
	m := &r.Meta
	f := Facets{ID: m.ID, Class: classText(m), Sure: r.Sure().Least(m), OCR: r.Recognition() != nil}
	f.Complete(m)
	if m.Year != 0 {
		f.Year = &m.Year
	}
	for _, p := range r.Passages {
		f.Chars += int64(len([]rune(p.Text)))
	}
	return f
}

// Complete fills what the source of a document does not keep.
func (f *Facets) Complete(m *baogao.Meta) {
	k := tally.ClassOf(m)
	f.Region, f.Level, f.Kind, f.Code, f.Name = k.Regions, k.Level, k.Kind, m.Region.Code, m.Region.Name
}

// PassageOf makes the document of a passage, but for its terms.
func PassageOf(p *baogao.Passage, f Facets) Passage {
	facts := weight.Facts(min(max(p.Figures, 0), baogao.MaxFigures) << 1)
	if p.Plan {
		facts |= 1
	}
	bare := p.Heading > 0 || p.Title
	return Passage{
		Doc: PassageKind, Facets: f, Facts: int(facts), Bare: bare, Plan: p.Plan,
		Prior: weight.Exact.Of(facts, bare), Loose: weight.Relaxed.Of(facts, bare),
		Body: Body{
			Paragraph: p.Paragraph, Piece: p.Piece, Text: p.Text, Published: p.Published, Section: p.Section,
			Heading: p.Heading, Title: p.Title, Damaged: p.Damaged, Figures: p.Figures,
		},
	}
}

// PassageID is the id of the document of the passage of a number.
func PassageID(n int) string { return "p" + strconv.Itoa(n) }

// ReportID is that of a report.
func ReportID(n int) string { return "r" + strconv.Itoa(n) }

// SumOf are the bytes of a passage that its report's sum is of.
func SumOf(b *Body) []byte {
	text, _ := json.Marshal(b) // strings and numbers have a form in JSON
	return text
}
