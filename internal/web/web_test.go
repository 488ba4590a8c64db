package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"baogao"
	"baogao/corpus"
	"baogao/internal/analyzer"
	"baogao/internal/engine"
	"baogao/internal/engine/enginetest"
	"baogao/internal/gazetteer"
	"baogao/internal/web"
	"baogao/query"
)

func resolve(name string) []baogao.Region {
	var found []baogao.Region
	for _, d := range gazetteer.Resolve(analyzer.Fold(name)) {
		found = append(found, baogao.Region{Code: d.Code, Name: d.FullName(), Path: d.Path})
	}
	return found
}

// sampleIndex builds an index of the sample reports and opens it.
func sampleIndex(t *testing.T) baogao.Searcher {
	t.Helper()
	var reports []*baogao.Report
	for r, err := range corpus.Reports(t.Context(), []string{"../../samples/reports"}, corpus.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		reports = append(reports, r)
	}
	dir := filepath.Join(t.TempDir(), "index")
	w, err := engine.Create(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	enginetest.Fill(t, w, reports)
	s, err := engine.Open(dir, engine.Options{Resolve: resolve})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// get asks a handler and decodes its JSON.
func get(t *testing.T, h http.Handler, path string, v any) *httptest.ResponseRecorder {
	t.Helper()
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest("GET", path, nil))
	if err := json.Unmarshal(rec.Body.Bytes(), v); err != nil {
		t.Fatalf("%s: %v\n%s", path, err, rec.Body)
	}
	return rec
}

func TestSearchAnswersAsTheSearcher(t *testing.T) {
	s := sampleIndex(t)
	h := web.New(s, web.Options{Resolve: resolve})
	for _, tt := range []struct {
		path string
		req  baogao.Request
	}{
		{"q=行政复议", baogao.Request{Query: query.Parse("行政复议")}},
		{"q=法治&level=street&level=city&limit=3&offset=2&sort=-year", baogao.Request{
			Query: query.Parse("法治"), Filter: baogao.Filter{Levels: []string{"street", "city"}}, Limit: 3, Offset: 2, Sort: "-year"}},
		{"q=法治&region=福州&year=2022..2024&kind=rule-of-law&region=", baogao.Request{Query: query.Parse("法治"), Filter: baogao.Filter{
			Regions: []string{"福州"}, Years: []query.Years{{From: 2022, To: 2024}}, Kinds: []string{"rule-of-law"}}}},
		{"q=行政复议人员与火星&exact=true", baogao.Request{Query: query.Parse("行政复议人员与火星"), Exact: true}},
		{"q=&limit=0", baogao.Request{Query: query.Parse(""), Limit: -1}},
	} {
		var got baogao.Result
		values, err := url.ParseQuery(tt.path)
		if err != nil {
			t.Fatal(err)
		}
		rec := get(t, h, "/api/v1/search?"+values.Encode(), &got)
		want, err := s.Search(t.Context(), tt.req)
		if err != nil {
			t.Fatal(err)
		}
		got.TookMS, want.TookMS = 0, 0
		if rec.Code != http.StatusOK || !reflect.DeepEqual(&got, want) {
			t.Errorf("%s: %d\n%+v, want\n%+v", tt.path, rec.Code, got, want)
		}
	}
}

// TestShape holds the answer to the fields that others script against.
func TestShape(t *testing.T) {
	h := web.New(sampleIndex(t), web.Options{})
	var got map[string]any
	get(t, h, "/api/v1/search?limit=1&q="+url.QueryEscape("行政复议"), &got)
	for _, path := range []string{
		"query", "total.passages", "total.reports", "total.occurrences", "relaxed", "took_ms", "warnings",
		"hits.0.id", "hits.0.score", "hits.0.section", "hits.0.paragraph", "hits.0.heading", "hits.0.text",
		"hits.0.highlights.0.start", "hits.0.highlights.0.end", "hits.0.snippet.start", "hits.0.snippet.end",
		"hits.0.report.id", "hits.0.report.title", "hits.0.report.kind", "hits.0.report.level", "hits.0.report.year",
		"hits.0.report.region.code", "hits.0.report.region.name", "hits.0.report.region.path",
		"hits.0.report.issuer", "hits.0.report.number", "hits.0.report.published", "hits.0.report.source",
		"facets.region.0.value", "facets.region.0.label", "facets.region.0.passages", "facets.region.0.reports",
		"facets.level", "facets.year", "facets.kind",
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

func TestReading(t *testing.T) {
	s := sampleIndex(t)
	h := web.New(s, web.Options{Resolve: resolve})
	var res baogao.Result
	get(t, h, "/api/v1/search?q="+url.QueryEscape("行政复议"), &res)
	if len(res.Hits) == 0 {
		t.Fatal("no hits")
	}
	for _, hit := range res.Hits {
		var passage baogao.Hit
		if rec := get(t, h, "/api/v1/passages/"+url.PathEscape(hit.ID), &passage); rec.Code != http.StatusOK || passage.Text != hit.Text {
			t.Errorf("passage %s: %d %+v", hit.ID, rec.Code, passage)
		}
		var report baogao.Report
		id := (&url.URL{Path: hit.Report.ID}).EscapedPath() // its slashes may stand as they are
		if rec := get(t, h, "/api/v1/reports/"+id, &report); rec.Code != http.StatusOK || !reflect.DeepEqual(report.Meta, hit.Report) || len(report.Paragraphs) == 0 {
			t.Errorf("report %s: %d %+v", hit.Report.ID, rec.Code, report.Meta)
		}
	}
	var regions struct{ Regions []baogao.Region }
	get(t, h, "/api/v1/regions?q="+url.QueryEscape("鼓楼区"), &regions)
	if len(regions.Regions) != 4 {
		t.Errorf("鼓楼区 is %v", regions.Regions)
	}
	var ready map[string]any
	if rec := get(t, h, "/readyz", &ready); rec.Code != http.StatusOK || ready["generation"] != "gen-000001" {
		t.Errorf("readyz: %d %v", rec.Code, ready)
	}
}

func TestProblems(t *testing.T) {
	h := web.New(sampleIndex(t), web.Options{})
	for _, tt := range []struct {
		method, path string
		status       int
		detail       string
	}{
		{"GET", "/api/v1/search?q=a&limit=201", 400, "limit is no whole number from 0 to 200"},
		{"GET", "/api/v1/search?q=a&limit=x", 400, "limit"},
		{"GET", "/api/v1/search?q=a&offset=-1", 400, "offset"},
		{"GET", "/api/v1/search?q=a&year=someday", 400, "year"},
		{"GET", "/api/v1/search?q=a&level=village", 400, "use one of country"},
		{"GET", "/api/v1/search?q=a&kind=novel", 400, "use one of rule-of-law"},
		{"GET", "/api/v1/search?q=a&sort=size", 400, "use one of relevance"},
		{"GET", "/api/v1/search?q=a&exact=perhaps", 400, "neither true nor false"},
		{"GET", "/api/v1/search?q=%ff%fe", 400, "not UTF-8"},
		{"GET", "/api/v1/search?q=a&region=%ff", 400, "not UTF-8"},
		{"GET", "/api/v1/search?q=a&years=2022", 400, "does not exist here; there are q, region"},
		{"GET", "/api/v1/search?q=a;b", 400, "percent-encode it"},
		{"GET", "/api/v1/search?q=%zz", 400, "percent-encode it"},
		{"GET", "/api/v1/reports/none", 404, "not found"},
		{"GET", "/api/v1/passages/none%23p1", 404, "not found"},
		{"GET", "/api/v1/regions", 400, "q is missing"},
		{"GET", "/nothing", 404, "/api/v1/search?q="},
		{"GET", "/api/v1/reports", 404, "/api/v1/search?q="},
		{"GET", "/api/v1/reports/http://a//b", 404, "http://a//b: not found"},
		{"GET", "/api/v1/reports/..", 404, "..: not found"},
		{"GET", "/api/v1/search?q=a&q=b", 400, "is given 2 times"},
		{"POST", "/api/v1/search?q=a", 405, "use GET"},
	} {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest(tt.method, tt.path, nil))
		var p struct {
			Type, Title, Detail, Instance string
			Status                        int
		}
		if err := json.Unmarshal(rec.Body.Bytes(), &p); err != nil {
			t.Errorf("%s: %v\n%s", tt.path, err, rec.Body)
			continue
		}
		if rec.Code != tt.status || p.Status != tt.status || !strings.Contains(p.Detail, tt.detail) || p.Title == "" ||
			rec.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s %s: %d %+v", tt.method, tt.path, rec.Code, p)
		}
	}
}

// failing is a Searcher whose answers are an error.
type failing struct {
	baogao.Searcher
	err error
}

func (f failing) Search(context.Context, baogao.Request) (*baogao.Result, error) { return nil, f.err }

// slow is a Searcher that only ends when it is told to.
type slow struct{ baogao.Searcher }

func (slow) Search(ctx context.Context, _ baogao.Request) (*baogao.Result, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func TestQuestionsEnd(t *testing.T) {
	rec := httptest.NewRecorder()
	web.New(slow{}, web.Options{Timeout: time.Millisecond}).ServeHTTP(rec, httptest.NewRequest("GET", "/api/v1/search?q=a", nil))
	if rec.Code != http.StatusServiceUnavailable || !strings.Contains(rec.Body.String(), "took too long") {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
}

func TestErrorsKeepTheMachineToThemselves(t *testing.T) {
	secret := errors.New("/srv/secret/path")
	for _, tt := range []struct {
		err    error
		status int
	}{
		{errors.Join(baogao.ErrNoIndex, secret), 503},
		{errors.Join(baogao.ErrDamaged, secret), 503},
		{errors.Join(baogao.ErrFormat, secret), 503},
		{errors.Join(context.DeadlineExceeded, secret), 503},
		{secret, 500},
	} {
		rec := httptest.NewRecorder()
		web.New(failing{err: tt.err}, web.Options{}).ServeHTTP(rec, httptest.NewRequest("GET", "/api/v1/search?q=a", nil))
		if rec.Code != tt.status || strings.Contains(rec.Body.String(), "secret") {
			t.Errorf("%v: %d %s", tt.err, rec.Code, rec.Body)
		}
	}
}
