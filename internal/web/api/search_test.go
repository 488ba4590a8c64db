package api_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/study"
	"baogao/internal/testkit"
	"baogao/internal/web/api"
	"baogao/query"
)

// TestSearchAnswersAsTheSearcher puts what is typed to the API and what is meant
// by it to the Searcher.
func TestSearchAnswersAsTheSearcher(t *testing.T) {
	s := openSamples(t)
	h := api.New(s, api.Options{})
	for _, tt := range []struct {
		path     string
		req      baogao.Request
		warnings string
	}{
		{"q=行政复议", baogao.Request{Query: query.Parse("行政复议")}, ""},
		{"q=法治&level=street&level=city&limit=3&offset=2&sort=-year", baogao.Request{
			Query: query.Parse("法治"), Filters: []baogao.Filter{{Levels: []baogao.Level{"street", "city"}}}, Limit: 3, Offset: 2, Sort: "-year"}, ""},
		{"q=法治&region=福州&year=2022..2024&kind=rule-of-law&region=", baogao.Request{Query: query.Parse("法治"), Filters: []baogao.Filter{{
			Regions: []string{"350100"}, Years: []query.Years{{From: 2022, To: 2024}}, Kinds: []baogao.Kind{"rule-of-law"}}}}, ""},
		{"q=行政复议人员与火星&exact=true", baogao.Request{Query: query.Parse("行政复议人员与火星"), Exact: true}, ""},
		{"q=&limit=0", baogao.Request{Query: query.Parse(""), Limit: -1}, ""},
		{"q=&limit=&offset=&level=&sort=&exact=&cursor=&report=&cells=&lang=", baogao.Request{Query: query.Parse("")}, ""},
		{"q=复议&report=浙江省/浙江省2021年度法治政府建设情况.txt", baogao.Request{
			Query: query.Parse("复议"), Report: "浙江省/浙江省2021年度法治政府建设情况.txt"}, ""},
		{"q=复议&region=江苏,福建&year=2020、2021", baogao.Request{Query: query.Parse("复议"), Filters: []baogao.Filter{{
			Regions: []string{"320000", "350000"}, Years: []query.Years{{From: 2020, To: 2020}, {From: 2021, To: 2021}}}}}, ""},
		{"q=复议&region=火星", baogao.Request{Query: query.Parse("复议"), Filters: []baogao.Filter{{Regions: []string{baogao.Nowhere}}}},
			"no region is called 火星, so no report is in it; give a code, a full name or a short name; no report of 火星 is held, so that nothing is found does not mean that nothing is said"},
		{"q=复议&region=火星&lang=zh", baogao.Request{Query: query.Parse("复议"), Filters: []baogao.Filter{{Regions: []string{baogao.Nowhere}}}},
			"没有叫“火星”的地区，所以没有报告在其中；请写地区的代码、全称或简称; 馆藏里没有火星的报告，所以不是“没有提到”"},
		{"q=复议&group=report&limit=5", baogao.Request{Query: query.Parse("复议"), Grouped: true, Limit: 5}, ""},
		{"q=复议&group=passage", baogao.Request{Query: query.Parse("复议")}, ""},
		{"q=法治&sure=90%25&level=city", baogao.Request{Query: query.Parse("法治"), Filters: []baogao.Filter{{Levels: []baogao.Level{"city"}, Sure: 0.9}}}, ""},
		{"q=复议&all_copies=1&sort=region", baogao.Request{Query: query.Parse("复议"), Copies: true, Sort: "region"}, ""},
	} {
		var got baogao.Result
		values, err := url.ParseQuery(tt.path)
		if err != nil {
			t.Fatal(err)
		}
		rec := get(t, h, "/api/v1/search?"+values.Encode(), &got)
		spread, err := study.Ask(t.Context(), s, tt.req)
		if err != nil {
			t.Fatal(err)
		}
		timing, want := fmt.Sprintf("search;dur=%.3f", got.TookMS), spread.Result
		got.TookMS, want.TookMS = 0, 0
		var warnings []string
		for _, w := range got.Warnings {
			warnings = append(warnings, w.Text)
		}
		got.Warnings, want.Warnings = nil, nil
		if rec.Code != http.StatusOK || !reflect.DeepEqual(&got, want) || rec.Header().Get("Server-Timing") != timing || strings.Join(warnings, "; ") != tt.warnings {
			t.Errorf("%s: %d %v, warnings %q\n%+v, want\n%+v", tt.path, rec.Code, rec.Header(), warnings, got, want)
		}
	}
}

// TestShape holds the answer to the fields that others script against.
func TestShape(t *testing.T) {
	h := api.New(openSamples(t), api.Options{})
	var got map[string]any
	get(t, h, "/api/v1/search?limit=1&cells=true&q="+url.QueryEscape("行政复议"), &got)
	for _, path := range []string{
		"query", "held", "chars", "total.passages", "total.reports", "total.occurrences", "relaxed", "took_ms", "warnings", "suggestions", "next",
		"hits.0.id", "hits.0.score", "hits.0.section", "hits.0.paragraph", "hits.0.heading", "hits.0.text",
		"hits.0.highlights.0.start", "hits.0.highlights.0.end", "hits.0.snippet.start", "hits.0.snippet.end", "hits.0.copies",
		"hits.0.report.id", "hits.0.report.title", "hits.0.report.kind", "hits.0.report.level", "hits.0.report.year",
		"hits.0.sure.region.confidence", "hits.0.sure.level.origin", "hits.0.sure.year.confidence", "hits.0.sure.kind.origin",
		"hits.0.report.region.code", "hits.0.report.region.name", "hits.0.report.region.path",
		"hits.0.report.issuer", "hits.0.report.number", "hits.0.report.published", "hits.0.report.source",
		"facets.region.0.value", "facets.region.0.label", "facets.region.0.passages", "facets.region.0.reports", "facets.region.0.held", "facets.region.0.occurrences", "facets.region.0.chars",
		"facets.level", "facets.year", "facets.kind",
		"cells.0.region.code", "cells.0.year", "cells.0.passages", "cells.0.reports", "cells.0.held", "cells.0.occurrences", "cells.0.chars",
	} {
		if !has(got, strings.Split(path, ".")) {
			t.Errorf("no %s in the answer", path)
		}
	}
}

func has(v any, path []string) bool {
	if len(path) == 0 {
		return true
	}
	switch v := v.(type) {
	case map[string]any:
		next, ok := v[path[0]]
		return ok && has(next, path[1:])
	case []any:
		return path[0] == "0" && len(v) > 0 && has(v[0], path[1:])
	}
	return false
}

// tied builds an index in which the order of most hits is decided by nothing
// but the report's id: texts alike, places and years alike or not known.
func tied(t *testing.T) baogao.Searcher {
	t.Helper()
	var reports []*baogao.Report
	for i := range 60 {
		r := &baogao.Report{Meta: baogao.Meta{ID: fmt.Sprintf("dir/%02d?&=#%d.txt", i*7%60, i%3), Title: "报告"}}
		if i%3 > 0 {
			r.Meta.Year, r.Meta.Region = 2020+i%2, baogao.Region{Code: "510904", Name: "四川省遂宁市安居区", Path: []string{"四川省", "遂宁市", "安居区"}}
		}
		for n := 1; n <= 1+i%4; n++ {
			text := "行政复议案件办结"
			if n == 4 {
				text = fmt.Sprintf("行政复议案件办结%d件", i)
			}
			r.Passages = append(r.Passages, baogao.Passage{Paragraph: n, Text: text})
			r.Paragraphs = append(r.Paragraphs, baogao.Paragraph{Number: n, Text: text})
		}
		reports = append(reports, r)
	}
	return testkit.Open(t, reports)
}

// TestCursorsVisitEveryHitOnce follows the header Link to the end, in every
// order and in the relaxed tier, and compares with paging by offset.
func TestCursorsVisitEveryHitOnce(t *testing.T) {
	for name, s := range map[string]baogao.Searcher{"samples": openSamples(t), "ties": tied(t)} {
		h := api.New(s, api.Options{})
		for _, q := range []string{"复议", "", "行政复议 OR 案件", "复议办结火星"} {
			for _, sort := range baogao.Sorts {
				start := url.Values{"q": {q}, "sort": {string(sort)}, "limit": {"7"}, "all_copies": {"true"}, "exact": {""}}
				byCursor, byOffset := byLink(t, h, start), byOffset(t, h, start)
				if len(byOffset) == 0 || !reflect.DeepEqual(byCursor, byOffset) {
					t.Errorf("%s, %q by %s: by cursor\n%q, by offset\n%q", name, q, sort, byCursor, byOffset)
				}
			}
		}
	}
}

func byLink(t *testing.T, h http.Handler, v url.Values) (ids []string) {
	t.Helper()
	base, _ := url.Parse("http://host/api/v1/search")
	for page := "?offset=0&" + v.Encode(); page != ""; {
		at, err := base.Parse(page)
		if err != nil {
			t.Fatal(err)
		}
		var res baogao.Result
		rec := get(t, h, at.RequestURI(), &res)
		for _, hit := range res.Hits {
			ids = append(ids, hit.ID)
		}
		link := rec.Header().Get("Link")
		if (link == "") != (res.Next == "") {
			t.Fatalf("%s: link %q, next %q", page, link, res.Next)
		}
		if page = strings.TrimSuffix(strings.TrimPrefix(link, "<"), `>; rel="next"`); page == "" {
			break
		}
		next, err := url.Parse(page)
		if err != nil {
			t.Fatal(err)
		}
		kept := next.Query()
		if kept.Get("cursor") != res.Next || next.Host != "" {
			t.Fatalf("%s: link %q, next %q", page, link, res.Next)
		}
		if kept.Del("cursor"); !reflect.DeepEqual(kept, v) {
			t.Fatalf("the link keeps %v of %v", kept, v)
		}
	}
	return ids
}

func byOffset(t *testing.T, h http.Handler, v url.Values) (ids []string) {
	t.Helper()
	for {
		var res baogao.Result
		get(t, h, fmt.Sprintf("/api/v1/search?%s&offset=%d", v.Encode(), len(ids)), &res)
		if len(res.Hits) == 0 {
			return ids
		}
		for _, hit := range res.Hits {
			ids = append(ids, hit.ID)
		}
	}
}

func TestCells(t *testing.T) {
	type cell struct {
		Region   *baogao.Region
		Year     *int
		Passages int
		Reports  int
		Held     int
	}
	h := api.New(tied(t), api.Options{})
	var got struct{ Cells []cell }
	get(t, h, "/api/v1/search?limit=0&all_copies=true&cells=true", &got)
	reports := 0
	for _, c := range got.Cells {
		if (c.Region == nil) != (c.Year == nil) { // they are known together, in this index
			t.Errorf("%+v", c)
		}
		if c.Held != c.Reports { // everything was asked for
			t.Errorf("%+v", c)
		}
		reports += c.Reports
	}
	if len(got.Cells) != 3 || reports != 60 {
		t.Errorf("%+v", got.Cells)
	}
	for q, want := range map[string]string{"cells=true&q=%22火星%22&exact=true": `"cells":[]`, "q=复议": ""} {
		values, _ := url.ParseQuery(q)
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest("GET", "/api/v1/search?"+values.Encode(), nil))
		if body := rec.Body.String(); !strings.Contains(body, want) || want == "" && strings.Contains(body, "cells") {
			t.Errorf("%s: %s", q, body)
		}
	}
}
