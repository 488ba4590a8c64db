package pages

import (
	"baogao"
	"baogao/internal/web/address"
)

// A run is a part of a text, marked or not.
type run struct {
	Text string
	Mark int // number of the mark on the page, from 1; 0 is not marked
}

// A marker numbers the marks of a page.
type marker struct{ marks int }

// runs cuts a text into runs. The spans are in code points, in order, and do
// not overlap.
func (m *marker) runs(text string, spans []baogao.Span) []run {
	if len(spans) == 0 {
		if text == "" {
			return nil
		}
		return []run{{Text: text}}
	}
	letters := []rune(text)
	var all []run
	at := 0
	for _, s := range spans {
		if s.Start < at || s.End > len(letters) {
			continue
		}
		if s.Start > at {
			all = append(all, run{Text: string(letters[at:s.Start])})
		}
		m.marks++
		all = append(all, run{string(letters[s.Start:s.End]), m.marks})
		at = s.End
	}
	if at < len(letters) {
		all = append(all, run{Text: string(letters[at:])})
	}
	return all
}

// excerpt is the snippet of a hit as runs.
func (m *marker) excerpt(h baogao.Hit) []run {
	var spans []baogao.Span
	for _, s := range h.Highlights {
		if s.Start >= h.Snippet.Start && s.End <= h.Snippet.End {
			spans = append(spans, baogao.Span{Start: s.Start - h.Snippet.Start, End: s.End - h.Snippet.Start})
		}
	}
	letters := []rune(h.Text)
	all := m.runs(string(letters[h.Snippet.Start:h.Snippet.End]), spans)
	if h.Snippet.Start > 0 {
		all = append([]run{{Text: "…"}}, all...)
	}
	if h.Snippet.End < len(letters) {
		all = append(all, run{Text: "…"})
	}
	return all
}

// reportLink is the address of a report with the marks of a question. It says
// all that leads back to the search.
func reportLink(id string, s address.State) string { return address.Report(id, s, "", 1) }

// passageLink is the address of a passage in its report.
func passageLink(h baogao.Hit, s address.State) string { return address.Passage(&h, s) }
