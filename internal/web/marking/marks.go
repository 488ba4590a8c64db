// Package marking cuts the texts that pages show into runs: what a question marks in them,
// and the figures that stand there.
package marking

import (
	"baogao"
)

// A Run is a part of a text, marked or not.
type Run struct {
	Text string
	Mark int // number of the mark on the page, from 1; 0 is not marked

	Number *Number // where it is one
	Parts  []Run   // in the place of a text, where numbers are shown
}

// A Marker numbers the marks of a page.
type Marker struct {
	Marks   int
	Numbers map[string][]*Number // by passage; nil where they are not shown
}

// Runs cuts a text into runs. The spans are in code points, in order, and do
// not overlap.
func (m *Marker) Runs(text string, spans []baogao.Span) []Run {
	if len(spans) == 0 {
		if text == "" {
			return nil
		}
		return []Run{{Text: text}}
	}
	letters := []rune(text)
	var all []Run
	at := 0
	for _, s := range spans {
		if s.Start < at || s.End > len(letters) {
			continue
		}
		if s.Start > at {
			all = append(all, Run{Text: string(letters[at:s.Start])})
		}
		m.Marks++
		all = append(all, Run{Text: string(letters[s.Start:s.End]), Mark: m.Marks})
		at = s.End
	}
	if at < len(letters) {
		all = append(all, Run{Text: string(letters[at:])})
	}
	return all
}

// Excerpt is the snippet of a hit as runs.
func (m *Marker) Excerpt(h baogao.Hit) []Run {
	var spans []baogao.Span
	for _, s := range h.Highlights {
		if s.Start >= h.Snippet.Start && s.End <= h.Snippet.End {
			spans = append(spans, baogao.Span{Start: s.Start - h.Snippet.Start, End: s.End - h.Snippet.Start})
		}
	}
	letters := []rune(h.Text)
	all := m.Runs(string(letters[h.Snippet.Start:h.Snippet.End]), spans)
	if h.Snippet.Start > 0 {
		all = append([]Run{{Text: "…"}}, all...)
	}
	if h.Snippet.End < len(letters) {
		all = append(all, Run{Text: "…"})
	}
	return all
}
