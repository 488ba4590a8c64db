package web_test

import (
	"bytes"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// pictures are pages that count, with the class of what holds their
// numbers: together these are all that match.
var pictures = []struct{ path, class string }{
	{"/trend?by=year", "numbers"}, {"/trend?by=province", "numbers"}, {"/trend?by=city", "rows"}, {"/trend?by=district", "numbers"}, {"/trend?by=level", "rows"}, {"/trend?by=kind", "numbers"},
	{"/map?", "tiles"}, {"/panel?", "heat"}, {"/panel?rows=city", "heat"}, {"/panel?rows=district", "heat"},
}

// TestPicturesAddUp wants the numbers of each picture, of passages or of reports, to
// add up to what the search finds with the same filters, and each to open as many.
func TestPicturesAddUp(t *testing.T) {
	s := newSite(t)
	opened := 0
	for i, question := range []string{"复议", "", "法治 -level:street", "within:report 信访 year:2021..2023", "火星"} {
		for k, filter := range append([]string{"sure=0.8"}, filters...) {
			if (i+k)%3 > 0 && !*all {
				continue
			}
			v, err := url.ParseQuery(filter)
			if err != nil {
				t.Fatal(err)
			}
			v.Set("q", question)
			if strings.Contains(question, "year:") && v.Has("year") {
				continue // on pages the question takes the place of the filter
			}
			measure := (i + k) / 3 % 2 // passages or reports
			totals := s.totals(t, v)
			want := totals[measure]
			for _, p := range pictures {
				v.Set("measure", []string{"passages", "reports"}[measure])
				page := get(t, s.URL+p.path+"&"+v.Encode(), http.StatusOK)
				if got := claimed(page); got != totals[0] {
					t.Errorf("%s&%s: the page finds %d passages, the search %d", p.path, v.Encode(), got, totals[0])
				}
				numbers := numbersIn(t, page, p.class, measure)
				sum := 0
				for _, n := range numbers {
					sum += n.count
				}
				if p.path == "/map?" {
					w := url.Values{}
					for name, values := range v {
						if name != "region" && name != "measure" {
							w[name] = values
						}
					}
					sum += outside(page)
					if all := s.totals(t, w)[measure]; sum != all {
						t.Errorf("%s&%s: the tiles add up to %d, the search without a region finds %d", p.path, v.Encode(), sum, all)
					}
					continue // tiles filter the map
				}
				if sum != want {
					t.Errorf("%s&%s: the numbers add up to %d, the search finds %d", p.path, v.Encode(), sum, want)
				}
				for j, n := range numbers {
					if (i+j+k)%17 > 0 && !*all {
						continue
					}
					got := shownTotal(get(t, s.URL+n.link, http.StatusOK))
					if opened++; strings.Fields(got)[measure] != strconv.Itoa(n.count) {
						t.Errorf("%s&%s: %d opens %s, which has %s", p.path, v.Encode(), n.count, n.link, got)
					}
				}
			}
		}
	}
	if t.Logf("%d numbers opened", opened); opened < 30 {
		t.Error("that is too few")
	}
}

// totals are how many passages and reports the API finds.
func (s *site) totals(t *testing.T, v url.Values) [2]int {
	t.Helper()
	pairs := []string{"limit", "0"}
	for name, values := range v {
		for _, value := range values {
			if name != "measure" {
				pairs = append(pairs, name, value)
			}
		}
	}
	answer := s.ask(t, pairs...)
	if answer.Relaxed {
		return [2]int{}
	}
	return [2]int{answer.Total.Passages, answer.Total.Reports}
}

var (
	claim  = regexp.MustCompile(`<strong>[^<]*</strong>：<a href="[^"]*">([\d,]+) 段</a>`)
	beyond = regexp.MustCompile(`<a href="[^"]*">[^<]* ([\d,]+)[段篇]</a>`)
)

// claimed is how many passages a picture says that its first question finds.
func claimed(page []byte) int {
	found := claim.FindSubmatch(page)
	if found == nil {
		return 0
	}
	return digits(string(found[1]))
}

// outside is how many passages or reports a map counts under no province.
func outside(page []byte) int {
	_, said, _ := strings.Cut(string(page), "不在格内的：")
	said, _, _ = strings.Cut(said, "</figcaption>")
	sum := 0
	for _, found := range beyond.FindAllStringSubmatch(said, -1) {
		sum += digits(found[1])
	}
	return sum
}

func digits(text string) int {
	n, err := strconv.Atoi(strings.ReplaceAll(strings.TrimSpace(text), ",", ""))
	if err != nil {
		return 0
	}
	return n
}

// A shownNumber is a number that is a link.
type shownNumber struct {
	count int
	link  string
}

// numbersIn are the passages, or reports, that a picture says: of a table those in
// their column, of a heat map all but the sums of a row, of bars and tiles the values.
func numbersIn(t *testing.T, page []byte, class string, measure int) []shownNumber {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var all []shownNumber
	for n := range doc.Descendants() {
		var value *html.Node
		switch {
		case class == "numbers" && n.Data == "tr" && n.Parent.Data == "tbody" && within(n, "numbers"):
			value = nth(n, "td", 2+measure)
		case class == "heat" && n.Data == "td" && within(n, "heat") && !strings.Contains(attr(n, "class"), "whole") && !strings.Contains(attr(n, "class"), "hole"):
			value = n
		case (class == "rows" || class == "tiles") && n.Data == "span" && attr(n, "class") == "value" && within(n, class):
			value = n
		}
		if value == nil {
			continue
		}
		one := shownNumber{count: digits(textOf(value))}
		for a := range value.Descendants() {
			if a.Data == "a" {
				one.link = attr(a, "href")
			}
		}
		if one.link == "" && class != "tiles" {
			if one.count > 0 {
				t.Errorf("%d is no link", one.count)
			}
			continue
		}
		all = append(all, one)
	}
	return all
}

func within(n *html.Node, class string) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		for _, c := range strings.Fields(attr(p, "class")) {
			if c == class {
				return true
			}
		}
	}
	return false
}

func nth(row *html.Node, name string, i int) *html.Node {
	for c := range row.ChildNodes() {
		if c.Data != name {
			continue
		}
		if i == 0 {
			return c
		}
		i--
	}
	return nil
}

// TestPicturesTellHolesFromZero wants what is not held to be told apart from what is
// held and not said, in each picture.
func TestPicturesTellHolesFromZero(t *testing.T) {
	s := newSite(t)
	q := url.QueryEscape("火星")
	for _, tt := range []struct{ path, hole, zero string }{
		{"/trend?region=510000&q=" + q, `class="held hole"`, `aria-label="2022年 0次/万字`},
		{"/trend?by=province&q=" + q, "未收录（不是零次）：北京市", `<span class="value">0</span>`},
		{"/map?q=" + q, `<span class="tile hole"><span class="name">北京</span> <span class="held">未收录</span></span>`, `<a class="tile m0"`},
		{"/panel?q=" + q, `<td class="hole"><span class="hidden">未收录</span></td>`, `<td class="m0">0</td>`},
	} {
		page := string(get(t, s.URL+tt.path+"&measure=per_10000", http.StatusOK))
		for _, want := range []string{tt.hole, tt.zero} {
			if !strings.Contains(page, want) {
				t.Errorf("%s has no %s", tt.path, want)
			}
		}
	}
	for path, want := range map[string]string{"/panel?format=csv&q=": "北京市", "/trend?by=province&format=csv&q=": "北京市"} {
		hole, zero := false, false
		for line := range strings.Lines(string(get(t, s.URL+path+q, http.StatusOK))) {
			hole = hole || strings.Contains(line, want) && strings.HasSuffix(strings.TrimSpace(line), ",0,0,,,,,,,,,")
			zero = zero || strings.Contains(line, ",0,0,0,0.000000,")
		}
		if !hole || !zero {
			t.Errorf("%s: a hole %v, a zero %v", path, hole, zero)
		}
	}
}
