package web_test

import (
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
		"/", "/help", "/corpus", "/api", "/corpus?region=510000", "/corpus?region=" + url.QueryEscape("鼓楼区"),
		"/search?q=" + url.QueryEscape("行政复议"), "/search?q=" + url.QueryEscape("region:鼓楼区 法治"), "/search?q=" + url.QueryEscape("登记"),
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
			if !seen[page] && !strings.HasPrefix(page, "/export") && !strings.Contains(page, "style=") {
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

var barSays = regexp.MustCompile(`^(.+)：(\d+)段，(\d+)篇报告`)

// TestEveryNumberOpens follows each bar, facet and cell, and wants the page it
// leads to to count what it said.
func TestEveryNumberOpens(t *testing.T) {
	s := newSite(t)
	for _, address := range []string{
		"/search?q=" + url.QueryEscape("行政复议"), "/search?region=510000&q=" + url.QueryEscape("法治"),
		"/search?q=" + url.QueryEscape("法治 -region:四川"), "/search?level=district&level=street&year=2022&q=" + url.QueryEscape("复议"),
		"/search?q=" + url.QueryEscape("within:report 法治 信访"), "/corpus", "/corpus?region=510000&kind=rule-of-law",
	} {
		res, err := http.Get(s.URL + address)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := html.Parse(res.Body)
		res.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		followed := 0
		for n := range doc.Descendants() {
			said := barSays.FindStringSubmatch(attr(n, "aria-label"))
			if n.Data != "a" || said == nil {
				continue
			}
			followed++
			link, err := url.Parse(attr(n, "href"))
			if err != nil {
				t.Fatal(err)
			}
			var pairs []string
			for name, values := range link.Query() {
				for _, v := range values {
					pairs = append(pairs, name, v)
				}
			}
			total := s.ask(t, pairs...).Total
			if strconv.Itoa(total.Passages) != said[2] || strconv.Itoa(total.Reports) != said[3] {
				t.Errorf("%s: %s leads to %d passages of %d reports", address, said[0], total.Passages, total.Reports)
			}
		}
		if followed < 2 {
			t.Errorf("%s: only %d numbers to follow", address, followed)
		}
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
