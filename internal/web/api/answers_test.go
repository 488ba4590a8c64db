package api_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/testkit"
	"baogao/internal/web"
	"baogao/internal/web/api"
	"baogao/internal/web/service"
)

// A checker holds answers to the contract, and notes which fields of which
// schema it has met. To it, a field that is not described is a fault.
type checker struct {
	doc *openapi3.T
	met map[string]bool // by the name of the schema, a dot and the field
}

func newChecker(t *testing.T, h http.Handler) *checker {
	t.Helper()
	openapi3filter.RegisterBodyDecoder("application/x-ndjson", openapi3filter.PlainBodyDecoder)
	openapi3filter.RegisterBodyDecoder("text/markdown", openapi3filter.PlainBodyDecoder)
	openapi3filter.RegisterBodyDecoder("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", openapi3filter.FileBodyDecoder)
	c := &checker{contract(t, h), map[string]bool{}}
	for _, s := range c.doc.Components.Schemas {
		s.Value.AdditionalProperties.Has = new(false)
	}
	return c
}

// conform returns how an answer of an operation differs from the contract.
func (c *checker) conform(op string, rec *httptest.ResponseRecorder) error {
	get := c.doc.Paths.Find(op).Get
	request := &openapi3filter.RequestValidationInput{
		Request: httptest.NewRequest("GET", op, nil),
		Route:   &routers.Route{Spec: c.doc, Path: op, Method: "GET", Operation: get},
	}
	err := openapi3filter.ValidateResponse(request.Request.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: request, Status: rec.Code, Header: rec.Header(), Body: io.NopCloser(bytes.NewReader(rec.Body.Bytes())),
		Options: &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true},
	})
	media := get.Responses.Status(rec.Code)
	var v any
	if err == nil && json.Unmarshal(rec.Body.Bytes(), &v) == nil {
		c.meet(media.Value.Content.Get(rec.Header().Get("Content-Type")).Schema, v)
	}
	return err
}

// meet notes the fields of a value that its schema describes.
func (c *checker) meet(s *openapi3.SchemaRef, v any) {
	for _, one := range s.Value.AnyOf {
		c.meet(one, v)
	}
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			c.meet(s.Value.Items, one)
		}
	case map[string]any:
		for name, described := range s.Value.Properties {
			if field, ok := v[name]; ok {
				c.met[path.Base(s.Ref)+"."+name] = true
				c.meet(described, field)
			}
		}
	}
}

// TestConform shows that the check of the tests below can fail.
func TestConform(t *testing.T) {
	h := api.New(openSamples(t), api.Options{})
	c := newChecker(t, h)
	good := httptest.NewRecorder()
	h.ServeHTTP(good, httptest.NewRequest("GET", "/api/v1/search?limit=1&cells=true", nil))
	if err := c.conform("/api/v1/search", good); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ is, becomes string }{
		{`"relaxed":false`, `"relaxed":null`},
		{`"relaxed":false,`, ``},
		{`"relaxed":false`, `"relaxed":false,"more":1`},
		{`"warnings":[]`, `"warnings":null`},
		{`"total":{"passages":`, `"total":{"passages":-`},
		{`"total":{"passages":`, `"total":{"more":1,"passages":`},
		{`"kind":"`, `"kind":"x`},
		{`"region":{"code":"`, `"region":{"code":1,"was":"`},
		{`"start":`, `"start":0.5,"was":`},
		{`{`, `[]{`},
	} {
		bad := httptest.NewRecorder()
		bad.Header().Set("Content-Type", "application/json")
		bad.WriteString(strings.Replace(good.Body.String(), tt.is, tt.becomes, 1))
		if bad.Body.String() == good.Body.String() || c.conform("/api/v1/search", bad) == nil {
			t.Errorf("%s for %s is no fault", tt.becomes, tt.is)
		}
	}
	for _, fault := range []struct {
		status int
		media  string
	}{{418, "application/json"}, {200, "text/html"}, {400, "application/json"}} {
		bad := httptest.NewRecorder()
		bad.Header().Set("Content-Type", fault.media)
		bad.WriteHeader(fault.status)
		bad.Write(good.Body.Bytes())
		if c.conform("/api/v1/search", bad) == nil {
			t.Errorf("%v is no fault", fault)
		}
	}
}

// TestAnswersConform holds real answers to the contract: those of a whole
// index, with much and with little known of the reports.
func TestAnswersConform(t *testing.T) {
	measured := func(value float64) baogao.Figure {
		return baogao.Figure{End: 1, Raw: "甲", Value: value, Unit: "件", Kind: "count", Status: baogao.Achieved, Indicator: "甲", Key: "甲", Evidence: "甲"}
	}
	bare := []*baogao.Report{
		{Meta: baogao.Meta{ID: "d", Region: baogao.Region{Name: "某地", Path: []string{"某地"}}}, Passages: []baogao.Passage{{Paragraph: 1, Text: "甲", Measured: []baogao.Figure{measured(14), measured(15), measured(1_400_000)}}}},
		{Meta: baogao.Meta{ID: "a"}, Passages: []baogao.Passage{{Paragraph: 1, Text: "甲", Damaged: true}}, Paragraphs: []baogao.Paragraph{{Number: 1, Text: "甲", Damaged: true, Heading: 1, Published: "Ａ"}}},
		{Meta: baogao.Meta{ID: "b", Region: baogao.Region{Name: "某地", Path: []string{"某地"}}, Year: 2022},
			Cleaning: baogao.Cleaning{OCR: &baogao.OCR{Pages: []int{1, 3}, Confidence: 0.91, Program: "p"}, Missing: []int{2}},
			Passages: []baogao.Passage{{Paragraph: 1, Text: "甲", Measured: []baogao.Figure{
				{End: 1, Raw: "甲", Value: 1, Kind: "count", Status: baogao.Achieved, Year: 2020, Period: "五年", Indicator: "甲", Key: "甲", Evidence: "甲"},
			}}}},
		{Meta: baogao.Meta{ID: "c", Region: baogao.Region{Name: "某地", Path: []string{"某地"}}, Year: 2019},
			Passages: []baogao.Passage{{Paragraph: 1, Text: "甲乙", Plan: true, Measured: []baogao.Figure{
				{End: 1, Raw: "甲", Value: 1, Kind: "count", Status: baogao.Target, Year: 2020, Period: "五年", Indicator: "甲", Key: "甲", Evidence: "甲"},
				{Start: 1, End: 2, Raw: "乙", Value: 1, Kind: "rank", Status: baogao.Target, Indicator: "乙", Key: "乙", Evidence: "乙"},
			}}}},
	}
	aliases, err := ask.ReadAliases("aliases", "复议 = 行政复议 | 仲裁\n")
	if err != nil {
		t.Fatal(err)
	}
	met := map[string]bool{}
	for _, s := range []baogao.Searcher{openSamples(t), tied(t), testkit.Open(t, bare)} {
		h := api.New(s, api.Options{})
		c := newChecker(t, h)
		c.met = met
		check := func(op, target string, status int) *httptest.ResponseRecorder {
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, httptest.NewRequestWithContext(ask.WithAliases(t.Context(), aliases), "GET", target, nil))
			if err := c.conform(op, rec); err != nil || rec.Code != status {
				t.Errorf("%s: %d %v", target, rec.Code, err)
			}
			return rec
		}
		check("/api/v1/search", "/api/v1/search?limit=200&cells=true&all_copies=true", 200)
		check("/api/v1/search", "/api/v1/search?q=%E5%A4%8D%E8%AE%AE&limit=1&cells=true", 200)
		check("/api/v1/search", "/api/v1/search?q=%E5%A4%8D%E8%AE%AE%E7%81%AB%E6%98%9F%E7%A7%BB%E6%B0%91%22", 200)
		check("/api/v1/search", "/api/v1/search?q=%E4%B9%A1%E6%9D%91%E6%8C%AF%E5%85%B4", 200)
		check("/api/v1/search", "/api/v1/search?q=zq9x&exact=true&region=%E9%BC%93%E6%A5%BC%E5%8C%BA", 200)
		check("/api/v1/search", "/api/v1/search?q="+url.QueryEscape("肥西县 2022 区县 法治政府建设年度报告 行政复议"), 200)
		check("/api/v1/search", "/api/v1/search?group=report&limit=3", 200)
		check("/api/v1/search", "/api/v1/search?group=place", 400)
		check("/api/v1/search", "/api/v1/search?lang=zh&q="+strings.Repeat(")", 30), 200)
		var first baogao.Result
		if err := json.Unmarshal(check("/api/v1/search", "/api/v1/search?limit=1", 200).Body.Bytes(), &first); err != nil {
			t.Fatal(err)
		}
		check("/api/v1/search", "/api/v1/search?limit=1&cursor="+first.Next, 200)
		check("/api/v1/search", "/api/v1/search?limit=x", 400)
		check("/api/v1/search", "/api/v1/search?cursor=00000000-00000000-e0-0", 410)
		check("/api/v1/stats", "/api/v1/stats", 200)
		check("/api/v1/regions", "/api/v1/regions?q=%E9%BC%93%E6%A5%BC%E5%8C%BA", 200)
		check("/api/v1/regions", "/api/v1/regions?q=x", 200)
		check("/api/v1/export", "/api/v1/export?bom=true", 200)
		check("/api/v1/export", "/api/v1/export?format=jsonl", 200)
		check("/api/v1/export", "/api/v1/export?format=xlsx&year=2022", 200)
		check("/api/v1/export", "/api/v1/export?format=md", 200)
		check("/api/v1/export", "/api/v1/export?format=about&q=%E5%A4%8D%E8%AE%AE", 200)
		check("/api/v1/export", "/api/v1/export?group=report&year=1901", 200)
		check("/api/v1/trend", "/api/v1/trend?q=%E5%A4%8D%E8%AE%AE&q=&by=year", 200)
		check("/api/v1/trend", "/api/v1/trend?q=zq9x&by=district&year=1901..&lang=zh", 200)
		check("/api/v1/trend", "/api/v1/trend?by=month&q=x", 400)
		check("/api/v1/panel", "/api/v1/panel?q=%E5%A4%8D%E8%AE%AE&q=", 200)
		check("/api/v1/panel", "/api/v1/panel?q=zq9x&rows=city&year=1901..&lang=zh", 200)
		check("/api/v1/panel", "/api/v1/panel?rows=year&q=x", 400)
		check("/api/v1/figures", "/api/v1/figures?limit=200&all_copies=true", 200)
		check("/api/v1/figures", "/api/v1/figures?group=key&limit=200&lang=zh&q="+url.QueryEscape("（一"), 200)
		check("/api/v1/figures", "/api/v1/figures?group=key&limit=3&q="+url.QueryEscape("复议)"), 200)
		check("/api/v1/figures", "/api/v1/figures?q=zq9x&sort=value", 200)
		check("/api/v1/figures", "/api/v1/figures?sort=key&key="+url.QueryEscape("甲"), 200)
		check("/api/v1/figures", "/api/v1/figures?status=hoped", 400)
		check("/api/v1/indicator", "/api/v1/indicator?indicator="+url.QueryEscape("甲"), 200)
		check("/api/v1/indicator", "/api/v1/indicator?lang=zh&q=%29&rows=district&indicator="+url.QueryEscape("行政复议"), 200)
		check("/api/v1/indicator", "/api/v1/indicator?rows=street&indicator=x", 400)
		check("/api/v1/targets", "/api/v1/targets?limit=200", 200)
		check("/api/v1/targets", "/api/v1/targets?lang=zh&q=%29&verdict=missed&limit=0", 200)
		check("/api/v1/targets", "/api/v1/targets?verdict=won", 400)
		check("/api/v1/reports/{id}", "/api/v1/reports/nothing", 404)
		read := map[string]bool{}
		for h, err := range s.Hits(t.Context(), baogao.Request{Copies: true}) {
			if err != nil {
				t.Fatal(err)
			}
			if id := h.Report.ID; !read[id] {
				read[id] = true
				check("/api/v1/reports/{id}", "/api/v1/reports/"+escape(id), 200)
			}
			check("/api/v1/passages/{id}", "/api/v1/passages/"+escape(h.ID), 200)
		}
	}
	for name, s := range contract(t, api.New(nil, api.Options{})).Components.Schemas {
		for field := range s.Value.Properties {
			if !met[name+"."+field] {
				t.Errorf("no answer has %s.%s: it has not been checked", name, field)
			}
		}
	}
}

func escape(id string) string {
	return strings.NewReplacer("%", "%25", "#", "%23", "?", "%3F").Replace(id)
}

// TestRefusalsConform makes the service give every status that the contract
// has for a search and that is no answer of the index.
func TestRefusalsConform(t *testing.T) {
	const search = "/api/v1/search"
	samples := openSamples(t)
	c := newChecker(t, web.New(samples, web.Options{}))
	for _, tt := range []struct {
		status  int
		header  string // that the answer must have
		s       baogao.Searcher
		options service.Options
		method  string
		target  string
		again   bool // the second time that it is asked
	}{
		{304, "ETag", samples, service.Options{}, "GET", search, true},
		{401, "WWW-Authenticate", samples, service.Options{Token: "t"}, "GET", search, false},
		{405, "Allow", samples, service.Options{}, "POST", search, false},
		{414, "", samples, service.Options{}, "GET", search + "?q=" + strings.Repeat("a", 128<<10), false},
		{429, "Retry-After", samples, service.Options{Rate: 0.001, Burst: 1}, "GET", search, true},
		{500, "", failing{err: errors.New("broken")}, service.Options{}, "GET", search, false},
		{503, "", failing{err: baogao.ErrNoIndex}, service.Options{}, "GET", search, false},
	} {
		h := web.New(tt.s, web.Options{Service: tt.options})
		before, rec := httptest.NewRecorder(), httptest.NewRecorder()
		req := httptest.NewRequest(tt.method, tt.target, nil)
		if tt.again {
			h.ServeHTTP(before, httptest.NewRequest("GET", search, nil))
			req.Header.Set("If-None-Match", before.Header().Get("ETag"))
		}
		h.ServeHTTP(rec, req)
		described := c.doc.Paths.Find(search).Get.Responses.Status(tt.status).Value.Headers
		if err := c.conform(search, rec); err != nil || rec.Code != tt.status {
			t.Errorf("%d: %d %v", tt.status, rec.Code, err)
		}
		for _, header := range []string{"X-Request-Id", tt.header} {
			if header != "" && (rec.Header().Get(header) == "" || described[header] == nil) {
				t.Errorf("%d: the header %s is %q, described as %v", tt.status, header, rec.Header().Get(header), described[header])
			}
		}
	}
}

// TestLongHeadersConform asks a server with headers that it does not read.
func TestLongHeadersConform(t *testing.T) {
	h := web.New(openSamples(t), web.Options{})
	server := httptest.NewServer(h)
	defer server.Close()
	req, err := http.NewRequest("GET", server.URL+"/api/v1/search", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-A", strings.Repeat("a", 1<<20+8<<10))
	res, err := server.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	rec := httptest.NewRecorder()
	rec.Header().Set("Content-Type", res.Header.Get("Content-Type"))
	rec.WriteHeader(res.StatusCode)
	if _, err := io.Copy(rec, res.Body); err != nil {
		t.Fatal(err)
	}
	if err := newChecker(t, h).conform("/api/v1/search", rec); err != nil || rec.Code != 431 {
		t.Errorf("%d %s: %v", rec.Code, rec.Body, err)
	}
}
