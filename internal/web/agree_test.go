package web_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"baogao"
)

// filters are asked for with and without a question. Reports are held under
// some of them, and under some none is.
var filters = []string{
	"", "region=510000", "region=四川", "region==四川", "region=鼓楼区", "region=四川&region=江苏", "region=火星", "region=西藏", "region=unknown", "region=100000",
	"level=district", "level=区县&level=street", "level=country", "level=unknown", "year=2022", "year=2020..2022", "year=..2019", "year=2031", "year=不明", "year=2024..2020",
	"kind=work", "kind=法治", "kind=other&kind=unknown", "region=510000&year=2022", "region=510000&level=street", "level=district&year=2022&kind=rule-of-law",
	"level=city&year=2031", "all_copies=1", "all_copies=true&level=district", "exact=yes&region=安徽",
}

// TestPagesCountAsTheAPI asks the pages and the API the same, and wants the same
// numbers of what matches and of what is held.
func TestPagesCountAsTheAPI(t *testing.T) {
	s := newSite(t)
	for _, question := range []string{"复议", "", "法治 -level:street", "within:report 信访 year:2021..2023"} {
		for _, filter := range filters {
			v, err := url.ParseQuery(filter)
			if err != nil {
				t.Fatal(err)
			}
			v.Set("q", question)
			if strings.Contains(question, "year:") && v.Has("year") {
				continue // on pages the question takes the place of the filter
			}
			address, pairs := "/search?"+v.Encode(), []string{"limit", "0"}
			for name, values := range v {
				for _, value := range values {
					pairs = append(pairs, name, value)
				}
			}
			answer, page := s.ask(t, pairs...), get(t, s.URL+address, http.StatusOK)
			if got, want := shownTotal(page), fmt.Sprint(answer.Total.Passages, answer.Total.Reports); got != want {
				t.Errorf("%q, %s: the page says %s, the API %s", question, filter, got, want)
			}
			if answer.Total.Passages == 0 {
				continue // the page has no charts
			}
			for field, values := range map[string][]baogao.FacetValue{"year": answer.Facets.Year, "region": answer.Facets.Region} {
				if len(values) == 1 && values[0].Value == baogao.Unknown {
					continue // nothing to draw
				}
				var want []string
				for _, f := range values {
					want = append(want, fmt.Sprint(f.Value, " ", f.Passages, " ", f.Reports, " ", f.Held))
				}
				got := shownRows(t, page, field)
				slices.Sort(got)
				slices.Sort(want)
				if !slices.Equal(got, want) {
					t.Errorf("%q, %s: by %s the page says\n%q, the API\n%q", question, filter, field, got, want)
				}
			}
		}
	}
}

var (
	tags    = regexp.MustCompile(`<[^>]*>|,`)
	summary = regexp.MustCompile(`(\d+) 段，出自 (\d+) 篇报告`)
)

// summaryOf is what a page says of its result, in plain text with plain numbers.
func summaryOf(page []byte) string {
	_, said, _ := strings.Cut(string(page), `<p class="summary" role="status">`)
	said, _, _ = strings.Cut(said, "</p>")
	return tags.ReplaceAllString(said, "")
}

// shownTotal is how many passages of how many reports a page says that match
// exactly.
func shownTotal(page []byte) string {
	said := summaryOf(page)
	found := summary.FindStringSubmatch(said)
	if found == nil || !strings.HasPrefix(said, found[0]) {
		return "0 0"
	}
	return found[1] + " " + found[2]
}

// shownRows are the rows of the table of a chart in which something matches: the
// value of the field, the passages, the reports, and the reports held.
func shownRows(t *testing.T, page []byte, field string) []string {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for n := range doc.Descendants() {
		if n.Data != "section" || attr(n, "aria-labelledby") != "by-"+field+"-title" {
			continue
		}
		for row := range n.Descendants() {
			if row.Data != "tr" || row.Parent.Data != "tbody" {
				continue
			}
			var cells []string
			for cell := range row.Descendants() {
				if cell.Data == "a" && cell.Parent.Data == "th" {
					link, err := url.Parse(attr(cell, "href"))
					if err != nil {
						t.Fatal(err)
					}
					cells = append(cells, link.Query().Get(field))
				} else if cell.Data == "td" && len(cells) < 4 {
					cells = append(cells, strings.ReplaceAll(textOf(cell), ",", ""))
				}
			}
			if cells[1] != "0" && cells[1] != "—" {
				rows = append(rows, strings.Join(cells, " "))
			}
		}
	}
	return rows
}

// TestCandidatesWithoutReports says of each region of a name what matches in it, or
// that nothing is held of it.
func TestCandidatesWithoutReports(t *testing.T) {
	s := newSite(t)
	page := tags.ReplaceAllString(string(get(t, s.URL+searchPath("q", "信访", "region", "鼓楼区"), http.StatusOK)), "")
	for _, want := range []string{"江苏省南京市鼓楼区（未收录）", "江苏省徐州市鼓楼区（1段）", "福建省福州市鼓楼区（1段）", "河南省开封市鼓楼区（未收录）"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %s", want)
		}
	}
	warnings := s.ask(t, "q", "信访", "region", "鼓楼区").Warnings
	for _, want := range []string{"320106 江苏省南京市鼓楼区 (not held)", "320302 江苏省徐州市鼓楼区 (1 report held)"} {
		if len(warnings) != 1 || !strings.Contains(warnings[0].Text, want) {
			t.Errorf("the API warns %v, not of %s", warnings, want)
		}
	}
}

// TestSwitchesMeanTheSame asks the pages and the API for what is on or off, in
// every way to say it.
func TestSwitchesMeanTheSame(t *testing.T) {
	s := newSite(t)
	const question = "肥西县的行政复议与火星" // matches nothing exactly
	for _, name := range []string{"exact", "all_copies"} {
		for text, on := range map[string]bool{"1": true, "true": true, "T": true, "yes": true, "ON": true, "": false, "0": false, "false": false, "no": false, "Off": false} {
			q := map[string]string{"exact": question, "all_copies": "肥西县"}[name]
			path := searchPath("q", q, name, text)
			answer, page := s.ask(t, "q", q, name, text), string(get(t, s.URL+path, http.StatusOK))
			plain := s.ask(t, "q", q)
			relaxed, copied := strings.Contains(page, "没有段落完全匹配"), strings.Contains(page, "副本也算</span><span class=\"hidden\">（已选")
			switch {
			case name == "exact" && (answer.Relaxed == on || relaxed == on):
				t.Errorf("exact=%s: relaxed by the API %t, by the page %t", text, answer.Relaxed, relaxed)
			case name == "all_copies" && (copied != on || (answer.Total.Reports > plain.Total.Reports) != on):
				t.Errorf("all_copies=%s: the API finds %d reports of %d, chosen on the page %t", text, answer.Total.Reports, plain.Total.Reports, copied)
			}
		}
		for _, text := range []string{"perhaps", "2", "是"} {
			for _, path := range []string{searchPath("q", question, name, text), "/api/v1" + searchPath("q", question, name, text)} {
				get(t, s.URL+path, http.StatusBadRequest)
			}
		}
	}
	get(t, s.URL+"/export?format=csv&bom=perhaps", http.StatusBadRequest)
	get(t, s.URL+"/api/v1/export?format=csv&bom=perhaps", http.StatusBadRequest)
}
