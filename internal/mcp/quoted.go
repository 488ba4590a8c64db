package mcp

import (
	"slices"
	"strconv"
	"strings"

	"baogao"
	"baogao/internal/cite"
)

// A quotation is text of a report, as published.
type quotation struct {
	Text    string   `json:"text" jsonschema:"as published"`
	Section []string `json:"section,omitempty" jsonschema:"headings above, the widest first"`
}

// A source is a report that passages of an answer are from.
type source struct {
	ID       string   `json:"id" jsonschema:"of the report"`
	Citation string   `json:"citation" jsonschema:"GB/T 7714; a title in brackets is made, where the report has none"`
	About    string   `json:"about" jsonschema:"region, level, year and kind"`
	Guessed  []string `json:"guessed,omitempty" jsonschema:"which of them are inferred and not certain, with the confidence from 0 to 1"`
	Page     string   `json:"page,omitempty" jsonschema:"address of the report"`
	Copies   int      `json:"copies,omitempty" jsonschema:"other reports held that have the same text"`
}

// sourceOf says of a report what a citation needs.
func (t *tools) sourceOf(m baogao.Meta, sure baogao.Sure, copies int) source {
	w := cite.Work{Meta: m, Certain: cite.CertainOf(sure)}
	return source{
		ID: m.ID, Citation: strings.TrimSpace(w.Cite(cite.GBT7714, t.now())), About: about(m), Guessed: guessed(m, sure),
		Page: t.page(m.ID, 0), Copies: copies,
	}
}

// sourceAt is the place of a report among the sources, to which it is added once.
func (t *tools) sourceAt(sources *[]source, m baogao.Meta, sure baogao.Sure, copies int) int {
	at := slices.IndexFunc(*sources, func(s source) bool { return s.ID == m.ID })
	if at < 0 {
		at = len(*sources)
		*sources = append(*sources, t.sourceOf(m, sure, copies))
	}
	return at
}

// about says what a report is of; unknown what is not known.
func about(m baogao.Meta) string {
	year := baogao.Unknown
	if m.Year != 0 {
		year = strconv.Itoa(m.Year)
	}
	known := func(s string) string {
		if s == "" {
			return baogao.Unknown
		}
		return s
	}
	return strings.Join([]string{known(m.Region.Name), known(string(m.Level)), year, known(string(m.Kind))}, " · ")
}

// guessed names what is known of a report and not certain.
func guessed(m baogao.Meta, sure baogao.Sure) []string {
	var names []string
	for _, f := range sure.All(m) {
		if f.Known && f.IsGuess() {
			names = append(names, f.Name+" "+f.Rounded())
		}
	}
	return names
}

// escapes leaves Chinese characters as they are (RFC 3987): escaped, each takes nine
// characters, and nobody can read them.
var escapes = strings.NewReplacer("%", "%25", "#", "%23", "?", "%3F", " ", "%20", `"`, "%22", "<", "%3C", ">", "%3E", `\`, "%5C", "\n", "%0A", "\t", "%09")

// page is the address of a report, at a paragraph unless that is 0; "" where the
// pages have none.
func (t *tools) page(report string, paragraph int) string {
	if t.pages == "" {
		return ""
	}
	at := t.pages + "/reports/" + escapes.Replace(report)
	if paragraph > 0 {
		at += "#p" + strconv.Itoa(paragraph)
	}
	return at
}
