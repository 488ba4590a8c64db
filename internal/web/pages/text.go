package pages

import (
	"net/url"
	"strconv"
	"strings"

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
func reportLink(id string, s address.State) string { return reportPart(id, s, "", 1) }

// reportPart is the address of a view of a report and a part of it.
func reportPart(id string, s address.State, view string, part int) string {
	v := s.Values()
	v.Del("open")
	v.Del("context")
	if view != "" {
		v.Add("view", view)
	}
	if part > 1 {
		v.Set("part", strconv.Itoa(part))
	}
	if id == "." || id == ".." { // no path can end so
		v.Set("id", id)
		return s.Address("reports/", v)
	}
	return s.Address("reports/"+url.PathEscape(id), v)
}

// passageLink is the address of a passage in its report.
func passageLink(h baogao.Hit, s address.State) string {
	return reportPart(h.Report.ID, s, "", partOf(h.Paragraph)) + "#" + anchorOf(h.ID)
}

// anchorOf is the name of a passage within its report: p17, p17.2.
func anchorOf(passage string) string {
	return passage[strings.LastIndex(passage, "#")+1:]
}
