package web_test

import (
	"bytes"
	"cmp"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"

	"baogao"
	"baogao/corpus"
	"baogao/internal/testkit"
	"baogao/internal/web"
)

// A heap is what is held of a year or a region, by adding up texts.
type heap struct{ reports, occurrences, chars int }

// rate is how often a word stands in 10,000 characters, to two digits.
func (h heap) rate() string {
	if h.occurrences == 0 {
		return "0"
	}
	rate := float64(h.occurrences) * 10000 / float64(h.chars)
	digits := math.Pow(10, math.Floor(math.Log10(rate))-1)
	rounded := math.Round(rate/digits) * digits
	for decimals := 0; ; decimals++ {
		short := strconv.FormatFloat(rounded, 'f', decimals, 64)
		if len(strings.TrimLeft(strings.ReplaceAll(short, ".", ""), "0")) >= 2 {
			return short
		}
	}
}

// heaps adds up reports by year and by province.
func heaps(reports []*baogao.Report, word string) (years, provinces map[string]heap) {
	years, provinces = map[string]heap{}, map[string]heap{}
	add := func(to map[string]heap, name string, r *baogao.Report) {
		h := to[name]
		h.reports++
		for _, p := range r.Passages {
			h.chars += utf8.RuneCountInString(p.Text)
			h.occurrences += strings.Count(p.Text, word)
		}
		to[name] = h
	}
	for _, r := range reports {
		year, province := "年份不明", "地区不明"
		if r.Meta.Year != 0 {
			year = strconv.Itoa(r.Meta.Year) + "年"
		}
		if len(r.Meta.Region.Path) > 0 {
			province = r.Meta.Region.Path[0]
		}
		add(years, year, r)
		add(provinces, province, r)
	}
	return years, provinces
}

// shownBars are the label, the rate and the reports held of each bar of a chart.
func shownBars(t *testing.T, page []byte, name string) [][3]string {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var bars [][3]string
	for section := range doc.Descendants() {
		if section.Data != "section" || attr(section, "aria-labelledby") != name+"-title" {
			continue
		}
		for n := range section.Descendants() {
			switch attr(n, "class") {
			case "label":
				bars = append(bars, [3]string{textOf(n)})
			case "value":
				bars[len(bars)-1][1] = textOf(n)
			case "held", "held hole":
				bars[len(bars)-1][2] = textOf(n)
			}
		}
	}
	return bars
}

// compareBars holds the bars of a chart to heaps, and counts them.
func compareBars(t *testing.T, page []byte, chart string, heaps map[string]heap) int {
	t.Helper()
	bars := shownBars(t, page, chart)
	for _, bar := range bars {
		h := heaps[bar[0]]
		want := [3]string{bar[0], h.rate(), strconv.Itoa(h.reports) + "篇"}
		if h.reports == 0 {
			want = [3]string{bar[0], "", "未收录"}
		}
		if bar != want {
			t.Errorf("%s says %q, the texts %q (%+v)", chart, bar, want, h)
		}
	}
	return len(bars)
}

// TestRatesAreThoseOfTheTexts compares the charts over the samples with counting in
// their texts. Those in Traditional characters are left out: the count by hand
// folds nothing.
func TestRatesAreThoseOfTheTexts(t *testing.T) {
	all := testkit.Collect(t, corpus.Reports(t.Context(), []string{samples}, corpus.Options{}))
	all = slices.DeleteFunc(all, func(r *baogao.Report) bool {
		return slices.ContainsFunc(r.Passages, func(p baogao.Passage) bool { return strings.ContainsAny(p.Text, "區縣議訴辦為與") })
	})
	s := httptest.NewServer(web.New(testkit.Open(t, all), web.Options{}))
	defer s.Close()
	for _, word := range []string{"行政复议", "法治", "执法"} {
		page := get(t, s.URL+searchPath("q", word), http.StatusOK)
		years, provinces := heaps(all, word)
		if n := compareBars(t, page, "by-year", years); n < 4 {
			t.Errorf("%s: %d years are drawn", word, n)
		}
		if n := compareBars(t, page, "by-region", provinces); n < 5 {
			t.Errorf("%s: %d regions are drawn", word, n)
		}
	}
	page := get(t, s.URL+searchPath("q", "法治", "level", "district", "year", "2022"), http.StatusOK)
	years, _ := heaps(slices.DeleteFunc(slices.Clone(all), func(r *baogao.Report) bool { return r.Meta.Level != baogao.District }), "法治")
	compareBars(t, page, "by-year", years)
	_, provinces := heaps(slices.DeleteFunc(slices.Clone(all), func(r *baogao.Report) bool { return r.Meta.Level != baogao.District || r.Meta.Year != 2022 }), "法治")
	compareBars(t, page, "by-region", provinces)
}

// TestRatesOverRealReports draws a word in work reports of provinces and cities, and
// one in laws, of which most have no year.
func TestRatesOverRealReports(t *testing.T) {
	const data = "../../../shared/data/"
	var paths []string
	for _, name := range []string{"city_work_reports_2024.jsonl.gz", "province_work_reports_2026.jsonl.gz", "laws.jsonl.gz"} {
		if _, err := os.Stat(data + name); err != nil {
			t.Skipf("there is no %s: rates over real reports are not compared", data+name)
		}
		paths = append(paths, data+name)
	}
	if testing.Short() {
		t.Skip("rates over real reports are not compared under -short")
	}
	const word = "府院联动"
	reports := testkit.Collect(t, corpus.Reports(t.Context(), paths[:2], corpus.Options{}))
	x := testkit.Open(t, reports)
	server := httptest.NewServer(web.New(x, web.Options{}))
	defer server.Close()
	copies := map[string]bool{}
	for _, r := range reports {
		if held, err := x.Report(t.Context(), r.Meta.ID); err != nil {
			t.Fatal(err)
		} else if held.CopyOf != "" {
			copies[r.Meta.ID] = true
		}
	}
	shown := slices.DeleteFunc(slices.Clone(reports), func(r *baogao.Report) bool { return copies[r.Meta.ID] })
	page := get(t, server.URL+searchPath("q", word), http.StatusOK)
	years, provinces := heaps(shown, word)
	if n := compareBars(t, page, "by-year", years); n < 2 {
		t.Errorf("%d years are drawn", n)
	}
	compareBars(t, page, "by-region", provinces)
	bars := shownBars(t, page, "by-region")
	if !slices.IsSortedFunc(bars, func(a, b [3]string) int {
		x, y := provinces[a[0]], provinces[b[0]]
		return -cmp.Compare(float64(x.occurrences)/float64(x.chars), float64(y.occurrences)/float64(y.chars))
	}) || len(bars) < 5 {
		t.Errorf("the bars are not in the order of the rates: %q", bars)
	}

	laws := testkit.Collect(t, corpus.Reports(t.Context(), paths[2:], corpus.Options{}))
	over := httptest.NewServer(web.New(testkit.Open(t, append(laws[:2000:2000], reports...)), web.Options{}))
	defer over.Close()
	page = get(t, over.URL+searchPath("q", "处罚"), http.StatusOK)
	if bars := shownBars(t, page, "by-year"); len(bars) > 0 || !strings.Contains(string(page), "年份不明，超过一半，所以不画图") {
		t.Errorf("of laws without years %d are drawn: %q", len(bars), bars)
	}
}
