// Package cite makes citations: a report, or a passage of one with its marks,
// goes in, and a citation in a style comes out. What the styles share is a
// Record; the rules are those of GB/T 7714—2015, whose sections are named where
// they are followed.
package cite

import (
	"slices"
	"time"

	"baogao"
)

// A Style is a form of citations.
type Style string

// The styles.
const (
	GBT7714 Style = "gbt7714" // an entry of a list of references as GB/T 7714—2015 has it
	BibTeX  Style = "bibtex"
	RIS     Style = "ris"
	CSL     Style = "csl"   // CSL-JSON: a list of one item
	Plain   Style = "plain" // a sentence for a text, with the quotation in front
)

// Styles lists every style in the order they are shown.
var Styles = []Style{GBT7714, BibTeX, RIS, CSL, Plain}

// StyleNames are the names of the styles in the same order.
func StyleNames() []string {
	var names []string
	for _, s := range Styles {
		names = append(names, string(s))
	}
	return names
}

// A form is how a style is written, and as what it is sent.
type form struct {
	media, extension string
	write            func(Record) string
}

var forms = map[Style]form{
	GBT7714: {"text/plain; charset=utf-8", ".txt", func(r Record) string { return r.Reference().String() + "\n" }},
	BibTeX:  {"application/x-bibtex; charset=utf-8", ".bib", bibtex},
	RIS:     {"application/x-research-info-systems; charset=utf-8", ".ris", ris},
	CSL:     {"application/vnd.citationstyles.csl+json", ".json", csl},
	Plain:   {"text/plain; charset=utf-8", ".txt", plain},
}

// Known reports whether there is such a style.
func (s Style) Known() bool { return slices.Contains(Styles, s) }

// Media is the media type of a known style.
func (s Style) Media() string { return forms[s].media }

// Extension ends the name of a file in a known style: .bib.
func (s Style) Extension() string { return forms[s].extension }

// A Work is what is cited: a report, or a passage of one.
type Work struct {
	Meta    baogao.Meta
	Certain Certain
	Passage *Passage // nil is the whole report
}

// A Passage is what is quoted of a report.
type Passage struct {
	Paragraph int    // its number; 0 is a title that stands outside the text
	Text      string // as published
	Marks     []baogao.Span
}

// Certain says which metadata may be built on: it was given, or inferred with
// confidence enough. Of what is not certain nothing is concluded.
type Certain struct{ Region, Year, Kind bool }

// CertainOf tells what is certain of a report by how it came to be known.
func CertainOf(s baogao.Sure) Certain {
	return Certain{!s.Region.IsGuess(), !s.Year.IsGuess(), !s.Kind.IsGuess()}
}

// OfReport is a whole report.
func OfReport(r *baogao.Report) Work {
	return Work{Meta: r.Meta, Certain: CertainOf(r.Sure())}
}

// OfHit is the passage of a hit with its marks.
func OfHit(h *baogao.Hit) Work {
	return Work{Meta: h.Report, Certain: CertainOf(h.Sure), Passage: &Passage{h.Paragraph, h.Text, h.Highlights}}
}

// Cite is the citation of a work in a known style, which ends with a line end.
// A source that is online is read at a time.
func (w Work) Cite(s Style, read time.Time) string { return forms[s].write(w.Record(read)) }

// china is the time zone that dates of citations are in.
var china = time.FixedZone("UTC+8", 8*60*60)

// Date is the date on which something is read, in China: YYYY-MM-DD.
func Date(read time.Time) string { return read.In(china).Format(time.DateOnly) }
