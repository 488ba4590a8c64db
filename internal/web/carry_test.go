package web_test

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"golang.org/x/net/html"

	"baogao/query"
)

// longQuestion finds what question finds, in more words than links repeat.
var longQuestion = longer(100)

// longer is a question of n characters that finds what question finds.
func longer(n int) string {
	const others = " OR 量子/纠缠 OR 火星?移民 OR 100%恒星 OR 木卫+二 "
	words := []rune(strings.Repeat(others, n/len([]rune(others))+1))
	return question + string(words[:n-len([]rune(question))-1]) + "们"
}

// TestPagesDoNotRepeatLongQuestions wants a page to be hardly longer than one for
// a short question, however long its own is and however many links it has.
func TestPagesDoNotRepeatLongQuestions(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{"/search?q=", "/search?limit=100&q=", "/search?level=district&q=", "/reports/" + url.PathEscape(marked) + "?q="} {
		short := len(get(t, s.URL+path+url.QueryEscape(question), http.StatusOK))
		for _, n := range []int{10, 33, 100, 300, 1200} {
			q := url.QueryEscape(longer(n))
			long := len(get(t, s.URL+path+q, http.StatusOK))
			t.Logf("%s: %d bytes, for %d characters (%d bytes) %d", path, short, n, len(q), long)
			if n >= 100 && long > short+8*len(q) || long > 300<<10 {
				t.Errorf("%s: %d bytes for a question of %d characters, %d for one of %d", path, long, n, short, len([]rune(question)))
			}
		}
	}
}

// TestCarriedQuestionsAreInEveryLink compares the links of a page for a long
// question with those for a short one that finds the same.
func TestCarriedQuestionsAreInEveryLink(t *testing.T) {
	s := newSite(t)
	hit := s.ask(t, "q", question, "level", "district").Hits[0]
	for _, page := range []struct {
		path   string
		values url.Values
	}{
		{"/search", url.Values{}},
		{"/search", url.Values{"level": {"district", "street"}, "year": {"2020..2023"}, "sort": {"-year"}, "limit": {"20"}, "open": {"510000"}, "all_copies": {"true"}}},
		{"/search", url.Values{"level": {"district"}, "context": {hit.ID}, "exact": {"true"}}},
		{"/search", url.Values{"region": {"鼓楼区"}, "page": {"2"}}},
		{"/search", url.Values{"year": {"1900"}, "kind": {"work"}}},
		{"/trend", url.Values{"level": {"district"}, "by": {"kind"}, "measure": {"share"}}},
		{"/map", url.Values{"region": {"340000"}}},
		{"/figures", url.Values{"level": {"district"}, "kind": {"count"}, "min": {"1"}, "sort": {"value"}}},
		{"/figures", url.Values{"group": {"key"}}},
		{"/indicator", url.Values{"key": {received}}},
		{"/reports/" + url.PathEscape(marked), url.Values{"figures": {"true"}, "from": {"figures"}}},
		{"/panel", url.Values{"rows": {"city"}, "all_copies": {"true"}}},
		{"/reports/" + url.PathEscape(marked), url.Values{"level": {"district"}}},
		{"/reports/" + url.PathEscape(longID), url.Values{"part": {"2"}, "view": {"published"}}},
		{"/reports/" + url.PathEscape(copyID), url.Values{"page": {"3"}}},
	} {
		page.values.Set("q", question)
		short := s.links(t, page.path+"?"+page.values.Encode())
		page.values.Set("q", longQuestion)
		long := s.links(t, page.path+"?"+page.values.Encode())
		for i, link := range short {
			if v, err := url.ParseQuery(link[1]); err == nil && v.Get("q") == question {
				v.Set("q", longQuestion)
				short[i][1] = v.Encode()
			}
		}
		if !slices.Equal(short, long) {
			t.Errorf("%s?%s: links\n%q, want\n%q", page.path, page.values.Encode(), long, short)
		}
		if len(long) < 8 {
			t.Errorf("%s: %d links", page.path, len(long))
		}
	}
}

// links are the addresses of this site that a page leads to, or to fragments of
// itself: the path, the query with the question that the path carries, and the
// anchor of each.
func (s *site) links(t *testing.T, address string) (links [][3]string) {
	t.Helper()
	res, err := http.Get(s.URL + address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	doc, err := html.Parse(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		for _, name := range []string{"href", "data-fragment"} {
			to := attr(n, name)
			if to == "" || strings.HasPrefix(to, "#") {
				continue
			}
			link, err := res.Request.URL.Parse(to)
			if err != nil || link.Host != res.Request.URL.Host {
				t.Fatalf("%s leads to %s, %v", address, to, err)
			}
			links = append(links, uncarry(t, link))
		}
	}
	return links
}

// uncarry takes the question out of a path and puts it into the query.
func uncarry(t *testing.T, link *url.URL) [3]string {
	t.Helper()
	v, path := link.Query(), link.EscapedPath()
	if tail, ok := strings.CutPrefix(path, "/q/"); ok {
		carried, rest, _ := strings.Cut(tail, "/")
		q, err := base64.RawURLEncoding.DecodeString(carried)
		if err != nil || v.Has("q") {
			t.Fatalf("%s: %v", link, err)
		}
		v.Set("q", string(q))
		path = "/" + rest
	}
	return [3]string{path, v.Encode(), link.Fragment}
}

// TestLongQuestionsMove wants one address for what a long question finds, with
// what it asks for as filters do among the filters.
func TestLongQuestionsMove(t *testing.T) {
	s := newSite(t)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	carrying := func(q string) string { return "/q/" + base64.RawURLEncoding.EncodeToString([]byte(q)) }
	carried := carrying(longQuestion)
	rest := (&query.Query{Root: query.And{query.Parse(longQuestion).Root}}).String()
	for address, want := range map[string]string{
		searchPath("q", longQuestion):                                                           carried + "/search",
		searchPath("q", longQuestion, "page", "2", "year", "2022", "x", "y"):                    carried + "/search?page=2&year=2022",
		carried + "/search?q=other":                                                             "",
		searchPath("q", "level:street ("+longQuestion+")"):                                      carrying(rest) + "/search?level=street",
		carrying("level:street ("+longQuestion+")") + "/search?level=city":                      carrying(rest) + "/search?level=street",
		carrying(rest) + "/search?level=street":                                                 "",
		reportPath(marked, longQuestion) + "&year=2022":                                         carried + "/reports/" + url.PathEscape(marked) + "?year=2022",
		"/context?id=" + url.QueryEscape(marked+"#p1") + "&q=" + url.QueryEscape(longQuestion):  "",
		carried + "/reports/" + url.PathEscape(marked) + "?region=" + strings.Repeat("a", 1100): "", // refused on a page of hits
		searchPath("q", question):                                                               "",
		carried + "/search":                                                                     "",
		carrying(question) + "/search":                                                          "",
	} {
		res, err := client.Get(s.URL + address)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		status := http.StatusOK
		if want != "" {
			status = http.StatusSeeOther
		}
		if got := res.Header.Get("Location"); res.StatusCode != status || got != want || want != "" && res.Header.Get("ETag") != "" {
			t.Errorf("%s: %s, moved to %q, want %q", address, res.Status, got, want)
		}
	}
	for _, address := range []string{"/q/", "/q/x", "/q/5rOV", "/q/5rOV5rK7/corpus", "/q/5rOV5rK7/export?format=csv", "/q/5rOV5rK7/static/style.css", "/q/5rOV5rK7=/search", "/q/5rOV5rK/search", "/q//search", "/q%2F5rOV5rK7/search"} {
		get(t, s.URL+address, http.StatusNotFound)
	}
	get(t, s.URL+"/search?q="+strings.Repeat("a%7Cb|", 2_700), http.StatusOK)
	get(t, s.URL+"/q/_w/search", http.StatusBadRequest)
	get(t, s.URL+"/q/"+strings.Repeat("5rOV", 6000)+"/search", http.StatusRequestURITooLong)
}

// TestLongValuesAreNotRepeated sends what links would repeat, but for the question.
func TestLongValuesAreNotRepeated(t *testing.T) {
	s := newSite(t)
	long := strings.Repeat("火", 200)
	for _, name := range []string{"context", "open"} {
		if page := get(t, s.URL+searchPath("q", question, name, long), http.StatusOK); bytes.Contains(page, []byte(url.QueryEscape(long))) {
			t.Errorf("links repeat what %s says, though it is nowhere", name)
		}
	}
	page := string(get(t, s.URL+searchPath("q", question, "region", long), http.StatusBadRequest))
	if !strings.Contains(page, "太长") {
		t.Errorf("a long region: %s", page)
	}
	page = string(get(t, s.URL+searchPath("q", "法治 region:"+long), http.StatusOK))
	if n := strings.Count(page, url.QueryEscape(long)); n > 5 {
		t.Errorf("a long region of the question is repeated %d times", n)
	}
}

// testLongQuestion types a long question, and goes on by links, back and forth.
func testLongQuestion(t *testing.T, b *tab) {
	b.visit("/")
	b.click("#q", "")
	b.press(longQuestion)
	b.leave(func() { b.press(kb.Enter) })
	b.totals(b.ask(t, "q", longQuestion))
	b.follow(".facet a", "2023年")
	res := b.ask(t, "q", longQuestion, "year", "2023")
	b.totals(res)
	if got := value[string](b, `document.querySelector("#q").value`); got != longQuestion {
		t.Errorf("the question has become %q", got)
	}
	b.click("a.context", "上下文")
	b.until(`document.querySelector(".around") && new URL(location).searchParams.get("context") === %s`, res.Hits[0].ID)
	b.do(chromedp.Reload())
	b.until(`document.querySelector(".around")`)
	b.follow(".hit h2 a", res.Hits[0].Report.Title)
	if b.count(".text mark") == 0 {
		t.Errorf("no marks at %s", b.address())
	}
	b.follow("main a", "回到搜索结果")
	b.totals(res)
	b.focus("#q", "")
	b.leave(func() { b.press(kb.Enter) })
	b.totals(res)
	if got := value[string](b, `location.pathname`); !strings.HasPrefix(got, "/q/") {
		t.Errorf("asked again, the question stands at %s", b.address())
	}
}

// TestNamesWithoutRoomAreTold wants a word on each name of several regions, be it
// a choice or, where so many choices would repeat a long question, a warning.
func TestNamesWithoutRoomAreTold(t *testing.T) {
	s := newSite(t)
	q := strings.Repeat("法", 1000) + "|region:" + strings.Join(names, "|region:")
	page := string(get(t, s.URL+searchPath("q", q), http.StatusOK))
	choices, warned := 0, 0
	for _, w := range s.ask(t, "q", q, "lang", "zh").Warnings {
		if w.ID != "region-ambiguous" {
			continue
		}
		switch name := w.Args[0]; {
		case strings.Contains(page, "“"+name+"”可能指几个地方"):
			choices++
		case strings.Contains(page, w.Text):
			warned++
		default:
			t.Errorf("nothing is said of %s", name)
		}
	}
	if choices == 0 || warned == 0 {
		t.Errorf("%d choices, %d warnings", choices, warned)
	}
}
