package address

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"baogao"
)

// PartSize is how many paragraphs of a report a page shows.
const PartSize = 1000

// PartOf is the part of its report that a paragraph is in, from 1.
func PartOf(number int) int { return max(number-1, 0)/PartSize + 1 }

// Report is the address of a view of a report and a part of it. It says all that
// leads back to the search.
func Report(id string, s State, view string, part int) string {
	v := s.Values()
	v.Del("open")
	v.Del("context")
	if view != "" {
		v.Add("view", view)
	}
	if s.Numbers {
		v.Set("figures", "true")
	}
	if s.View == Figures || s.View == Indicator {
		v.Set("from", string(s.View))
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

// Passage is the address of a passage in its report.
func Passage(h *baogao.Hit, s State) string {
	return Report(h.Report.ID, s, "", PartOf(h.Paragraph)) + "#" + Anchor(h.ID)
}

// Anchor is the name of a passage within its report: p17, p17.2.
func Anchor(passage string) string { return passage[strings.LastIndex(passage, "#")+1:] }

// Linker returns what gives hits the whole addresses of their passages, with the marks
// of a question, at the host that a request asked.
func Linker(r *http.Request, question string) func(*baogao.Hit) string {
	base := "http://" + r.Host
	if r.TLS != nil || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https") {
		base = "https://" + r.Host
	}
	s := State{}
	if !isLong(question) {
		s.Q = question
	}
	return func(h *baogao.Hit) string { return base + Passage(h, s) }
}
