package api_test

import (
	"encoding/json"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"baogao/internal/cite"
	"baogao/internal/web/api"
)

const (
	citedReport  = "安徽省/合肥市/肥西县2022年度法治政府建设情况.txt"
	citedPassage = citedReport + "#p14"
)

// TestCite asks for a report and a passage in every style, and wants what the
// package makes.
func TestCite(t *testing.T) {
	s := openSamples(t)
	h := api.New(s, api.Options{})
	for _, id := range []string{citedReport, citedPassage} {
		for _, q := range []string{"", "行政复议"} {
			work, err := cite.Find(t.Context(), s, id, q)
			if err != nil {
				t.Fatal(err)
			}
			for style, media := range map[cite.Style]string{
				"": "text/plain; charset=utf-8", cite.GBT7714: "text/plain; charset=utf-8", cite.Plain: "text/plain; charset=utf-8",
				cite.BibTeX: "application/x-bibtex; charset=utf-8", cite.RIS: "application/x-research-info-systems; charset=utf-8",
				cite.CSL: "application/vnd.citationstyles.csl+json",
			} {
				rec := httptest.NewRecorder()
				h.ServeHTTP(rec, httptest.NewRequest("GET", "/api/v1/cite?"+url.Values{"id": {id}, "q": {q}, "style": {string(style)}}.Encode(), nil))
				if style == "" {
					style = cite.GBT7714
				}
				if got := rec.Header().Get("Content-Type"); rec.Code != 200 || got != media || rec.Header().Get("Content-Disposition") != `inline; filename="baogao`+style.Extension()+`"` {
					t.Errorf("%s, %s: %d %v", id, style, rec.Code, rec.Header())
				}
				if got, want := rec.Body.String(), work.Cite(style, time.Now()); got != want || !strings.Contains(got, "肥政〔2023〕11号") {
					t.Errorf("%s, %s is\n%s, want\n%s", id, style, got, want)
				}
			}
		}
	}
	for address, want := range map[string]string{
		"": "parameter id is missing", "?id=": "parameter id is missing", "?id=nothing": "ids are given by", "?id=nothing%23p1": "ids are given by",
		"?style=apa&id=" + url.QueryEscape(citedReport): "use one of gbt7714, bibtex, ris, csl, plain",
	} {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest("GET", "/api/v1/cite"+address, nil))
		var problem api.Problem
		if err := json.Unmarshal(rec.Body.Bytes(), &problem); err != nil || !strings.Contains(problem.Detail, want) || rec.Code != problem.Status || rec.Code < 400 {
			t.Errorf("%s: %d %s", address, rec.Code, rec.Body)
		}
	}
}
