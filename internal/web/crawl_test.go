package web_test

import (
	"bytes"
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// crawled is how many addresses the crawl asks for.
func crawled() int {
	if *all {
		return 600
	}
	return 150
}

// TestEveryLinkLeadsSomewhere follows the links of the pages, and wants a page
// with the anchor that a link names.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	s := newSite(t)
	queue := []string{
		"/", "/help", "/corpus", "/api", "/corpus?region=510000", "/targets", targetsPath("region", "肥西县"), "/corpus?region=" + url.QueryEscape("鼓楼区"),
		"/search?q=" + url.QueryEscape("行政复议"), "/trend?by=kind&q=" + url.QueryEscape("行政复议") + "&q=" + url.QueryEscape("信访"), "/map?region=510000&q=" + url.QueryEscape("行政复议"),
		"/figures?q=" + url.QueryEscape("行政复议"), "/figures?group=key&level=district", "/indicator?key=" + url.QueryEscape(received),
		"/panel?rows=city&q=" + url.QueryEscape("行政复议"), "/search?q=" + url.QueryEscape("region:鼓楼区 法治"), "/search?q=" + url.QueryEscape("登记"),
		"/search?all_copies=true&q=" + url.QueryEscape("法治"), "/search?q=" + url.QueryEscape("火星移民基地法治"), "/search?q=zzzz", "/search?q=" + url.QueryEscape("肥西县 行政复议"), searchPath("q", longQuestion),
		"/reports/" + url.PathEscape(longID) + "?q=" + url.QueryEscape("登记"), "/reports/" + url.PathEscape(marked) + "?view=published&q=" + url.QueryEscape("行政复议"),
	}
	seen := map[string]bool{}
	anchors := map[string]map[string]bool{} // of each page
	wanted := map[string][]string{}         // links with an anchor, by page
	for n := 0; len(queue) > 0 && n < crawled(); n++ {
		// From both ends, so that the crawl gets about and leaves out no page it began with.
		i := 0
		if n > 40 && n%2 == 0 {
			i = len(queue) - 1
		}
		address := queue[i]
		queue = slices.Delete(queue, i, i+1)
		if seen[address] {
			n--
			continue
		}
		seen[address] = true
		links, ids := s.read(t, address)
		anchors[address] = ids
		for _, link := range links {
			page, anchor, _ := strings.Cut(link, "#")
			if page == "" {
				page = address
			}
			if anchor != "" {
				wanted[page] = append(wanted[page], anchor)
			}
			if !seen[page] && !strings.HasPrefix(page, "/export") && !strings.Contains(page, "format=") && !strings.Contains(page, "style=") {
				queue = append(queue, page)
			}
		}
	}
	for page, ids := range anchors {
		for _, anchor := range wanted[page] {
			if name, err := url.PathUnescape(anchor); err != nil || !ids[name] {
				t.Errorf("%s has no place called %s, to which a link leads", page, anchor)
			}
		}
	}
}

// read asks for a page and returns the links of this site on it and the ids of
// its elements.
func (s *site) read(t *testing.T, address string) (links []string, ids map[string]bool) {
	t.Helper()
	res, err := http.Get(s.URL + address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK && address != "/search?q=zzzz" {
		t.Errorf("%s: %s", address, res.Status)
	}
	if !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		return nil, nil
	}
	doc, err := html.Parse(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	ids = map[string]bool{}
	for n := range doc.Descendants() {
		for _, a := range n.Attr {
			switch {
			case a.Key == "id":
				ids[a.Val] = true
			case a.Key == "href" && strings.HasPrefix(a.Val, "#"):
				links = append(links, a.Val)
			case a.Key == "href":
				link, err := res.Request.URL.Parse(a.Val)
				if err != nil {
					t.Fatal(err)
				}
				if own, ok := strings.CutPrefix(link.String(), s.URL); ok {
					links = append(links, own)
				}
			}
		}
	}
	return links, ids
}

// numberSays is a number of passages or reports, and no ordinal.
var numberSays = regexp.MustCompile(`^[^第每]*?(\d+) ?(段|篇|个段落)`)

// TestEveryNumberOpens follows each link with a number of passages or reports in
// it, of sentences, bars, facets, cells and rows, and wants the page it leads to to
// count what it said.
func TestEveryNumberOpens(t *testing.T) {
	s := newSite(t)
	opened := map[string]string{} // what the page under an address counts
	for _, tt := range []struct {
		address string
		least   int // links that are followed
	}{
		{searchPath("q", "行政复议"), 40}, {searchPath("q", "行政复议", "view", "reports"), 50}, {searchPath("q", "法治", "region", "510000"), 10},
		{searchPath("q", "法治 -region:四川"), 30}, {searchPath("q", "法治 -region:四川 year:2020..2023", "view", "reports"), 30},
		{searchPath("q", "复议", "level", "district", "level", "street", "year", "2022"), 10}, {searchPath("q", "within:report 法治 信访"), 20},
		{searchPath("q", "法治", "all_copies", "true", "view", "reports", "sort", "-year"), 40}, {searchPath("q", "", "level", "street"), 10},
		{searchPath("q", "肥西县 行政复议"), 3}, {searchPath("q", "火星移民基地法治"), 2}, {searchPath("q", "火星移民基地法治", "view", "reports"), 10},
		{searchPath("q", "行政复议", "year", "1931"), 2}, {searchPath("q", "火星移民", "level", "street", "exact", "true"), 1}, {searchPath("q", "region:鼓楼区 法治"), 5},
		{"/panel?measure=reports&q=" + url.QueryEscape("行政复议"), 15}, {"/", 2}, {"/corpus", 30}, {"/corpus?region=510000&kind=rule-of-law", 5},
	} {
		doc, err := html.Parse(bytes.NewReader(get(t, s.URL+tt.address, http.StatusOK)))
		if err != nil {
			t.Fatal(err)
		}
		followed := 0
		for n := range doc.Descendants() {
			unit, number := saidBy(n)
			if unit == "" {
				continue
			}
			followed++
			link := attr(n, "href")
			if _, ok := opened[link]; !ok {
				opened[link] = countsOf(get(t, s.URL+link, http.StatusOK))
			}
			if !strings.Contains(opened[link], " "+number+" "+unit) {
				t.Errorf("%s: %q %s %s leads to %s, where it says %q", tt.address, textOf(n), number, unit, link, opened[link])
			}
		}
		if followed < tt.least {
			t.Errorf("%s: only %d numbers to follow, not %d", tt.address, followed, tt.least)
		}
	}
}

// countsOf is what a page counts: passages, reports and occurrences in its summary,
// or on the page of a report its copies.
func countsOf(page []byte) string {
	said := summaryOf(page)
	if said == "" {
		_, copies, _ := strings.Cut(string(page), `id="copies"`)
		copies, _, _ = strings.Cut(copies, "</section>")
		return fmt.Sprintf(" %d 篇", strings.Count(copies, "<li>"))
	}
	found := summary.FindStringSubmatch(said)
	if found == nil {
		return said
	}
	counts := fmt.Sprintf(" %s 段 %s 篇", found[1], found[2])
	if times := occurrencesSaid.FindStringSubmatch(said); times != nil {
		counts += " " + times[1] + " 次"
	}
	return counts
}

var occurrencesSaid = regexp.MustCompile(`共出现 (\d+) 次`)

// saidBy is the number of passages, reports or occurrences that a link says, and its
// unit, 段, 篇 or 次; "" for others. Of several it is that of passages.
func saidBy(n *html.Node) (unit, number string) {
	if n.Data != "a" {
		return "", ""
	}
	text := strings.ReplaceAll(strings.TrimSpace(cmp.Or(attr(n, "aria-label"), textOf(n))), ",", "")
	if said := numberSays.FindStringSubmatch(text); said != nil {
		return strings.TrimPrefix(said[2], "个")[:len("段")], said[1]
	}
	if _, err := strconv.Atoi(text); err != nil || n.Parent.Data != "td" {
		return "", ""
	}
	column := 0
	for before := n.Parent.PrevSibling; before != nil; before = before.PrevSibling {
		if before.Type == html.ElementNode {
			column++
		}
	}
	table := n.Parent
	for table.Data != "table" {
		table = table.Parent
	}
	switch headOf(table, column) {
	case "段落":
		return "段", text
	case "出现次数":
		return "次", text
	}
	return "篇", text
}

// headOf is the head of a column of a table.
func headOf(table *html.Node, column int) string {
	for n := range table.Descendants() {
		if n.Data == "th" && attr(n, "scope") == "col" {
			if column--; column < 0 {
				return textOf(n)
			}
		}
	}
	return ""
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
