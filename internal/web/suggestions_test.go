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

// mistaken are questions that may have been meant otherwise, with filters.
var mistaken = []string{
	"q=肥西县 行政复议", "q=2022 区县 街道 行政复议&level=district", "q=region:四川 绵阳市 信访", "q=福州 鼓楼区 行政复议&sort=-year&limit=20", "q=行政复议、信访", "q=行政复仪", "q=xing zheng fu yi",
	"q=第五条&all_copies=true", "q=第5条 登记", "q=within:sentence 行政复议 信访", "q=level:street level:city 火星移民 复议", "q=year:1901 信访 -火星", "q=安徽 <script>",
}

// TestSuggestionsAgree asks the API and the pages for what may have been meant,
// follows what they suggest, and wants what they said.
func TestSuggestionsAgree(t *testing.T) {
	s := newSite(t)
	followed := 0
	for _, asked := range mistaken {
		v, err := url.ParseQuery(asked)
		if err != nil {
			t.Fatal(err)
		}
		answer := s.ask(t, pairsOf(v)...)
		var want []string
		for _, f := range answer.Suggestions {
			followed++
			want = append(want, fmt.Sprint(f.Passages, " ", f.Reports))
			got := s.ask(t, pairsOf(follow(v, f))...)
			if got.Total.Passages != f.Passages || got.Total.Reports != f.Reports || got.Relaxed {
				t.Errorf("%s: %s %+v: %d passages in %d reports, asking it gives %+v", asked, f.Query, f.Filter, f.Passages, f.Reports, got.Total)
			}
		}
		v.Set("lang", "zh")
		if said := s.ask(t, pairsOf(v)...).Suggestions; len(said) != len(answer.Suggestions) || len(said) > 0 && said[0].Why.Text == answer.Suggestions[0].Why.Text {
			t.Errorf("%s: in Chinese %+v", asked, said)
		}
		v.Del("lang")
		shown := s.suggested(t, "/search?"+v.Encode())
		var got []string
		for link, says := range shown {
			got = append(got, says)
			if total := shownTotal(get(t, s.URL+link, http.StatusOK)); total != says {
				t.Errorf("%s: %s is said to find %s and finds %s", asked, link, says, total)
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) && !strings.Contains(asked, "year:1901") { // on pages it is a filter, of which they say themselves what dropping it opens
			t.Errorf("%s: the page suggests %q, the API %q", asked, got, want)
		}
	}
	if followed < len(mistaken)/2 {
		t.Errorf("only %d suggestions for %d questions", followed, len(mistaken))
	}
}

// TestNoSuggestions asks for what has none: counts alone, further pages, and
// questions that find much.
func TestNoSuggestions(t *testing.T) {
	s := newSite(t)
	const asked = "肥西县 行政复议"
	if got := s.ask(t, "q", asked).Suggestions; len(got) == 0 {
		t.Fatalf("no suggestion for %s", asked)
	}
	for _, pairs := range [][]string{{"q", asked, "limit", "0"}, {"q", asked, "offset", "1"}, {"q", "行政复议"}, {"q", ""}} {
		if got := s.ask(t, pairs...).Suggestions; got == nil || len(got) > 0 {
			t.Errorf("%q: %v", pairs, got)
		}
		if shown := s.suggested(t, strings.Replace(searchPath(pairs...), "limit=0", "page=2", 1)); len(shown) > 0 && pairs[1] != asked {
			t.Errorf("%q: the page suggests %v", pairs, shown)
		}
	}
	if shown := s.suggested(t, searchPath("q", asked, "page", "2")); len(shown) > 0 {
		t.Errorf("the second page suggests %v", shown)
	}
}

// follow are the parameters that ask a suggestion.
func follow(v url.Values, f baogao.Suggestion) url.Values {
	next := url.Values{}
	for name, values := range v {
		next[name] = values
	}
	next.Set("q", f.Query)
	for _, field := range f.Filter.All() {
		if len(field.Values) > 0 {
			next[field.Name] = field.Values
		}
	}
	return next
}

func pairsOf(v url.Values) []string {
	var pairs []string
	for name, values := range v {
		for _, value := range values {
			pairs = append(pairs, name, value)
		}
	}
	return pairs
}

var suggestionSays = regexp.MustCompile(`：([\d,]+)段，([\d,]+)篇报告`)

// suggested are the suggestions of a page: what each is said to find, by its
// address.
func (s *site) suggested(t *testing.T, address string) map[string]string {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(get(t, s.URL+address, http.StatusOK)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for n := range doc.Descendants() {
		if n.Data != "h2" || n.FirstChild == nil || n.FirstChild.Data != "也许您要找的是" {
			continue
		}
		for item := range n.Parent.Descendants() {
			if item.Data != "li" {
				continue
			}
			said := suggestionSays.FindStringSubmatch(textOf(item))
			if said == nil {
				t.Fatalf("%s: a suggestion says %q", address, textOf(item))
			}
			all[attr(item.FirstChild, "href")] = strings.ReplaceAll(said[1]+" "+said[2], ",", "")
		}
	}
	return all
}

// textOf is the text of an element.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
