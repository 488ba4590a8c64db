package api_test

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/export"
	"baogao/internal/testkit"
	"baogao/internal/web/api"
)

// TestExport compares a whole result as CSV, as JSON Lines and page by page.
func TestExport(t *testing.T) {
	for name, s := range map[string]baogao.Searcher{"samples": openSamples(t), "ties": tied(t)} {
		h := api.New(s, api.Options{})
		for _, q := range []string{"q=复议", "", "q=案件&year=2021..2022&all_copies=true", "q=火星移民", "q=复议&region=江苏&region=福建"} {
			for _, sort := range baogao.Sorts {
				v, err := url.ParseQuery(q)
				if err != nil {
					t.Fatal(err)
				}
				v.Set("sort", string(sort))
				hits := exportJSONL(t, h, v)
				rows := exportCSV(t, h, v)
				v.Set("exact", "true")
				paged := pages(t, h, v)
				if !reflect.DeepEqual(hits, paged) {
					t.Errorf("%s, %v: exported %d, paged %d", name, v, len(hits), len(paged))
				}
				if len(rows) != len(hits)+1 || !reflect.DeepEqual(rows[0], export.Columns) {
					t.Fatalf("%s, %v: %d rows of %d hits, %q", name, v, len(rows), len(hits), rows[0])
				}
				for i, hit := range hits {
					cell := cells(rows[0], rows[i+1])
					if cell["id"] != hit.ID || cell["text"] != export.Cell(hit.Text) || cell["title"] != hit.Report.Title ||
						cell["score"] != fmt.Sprintf("%.4f", hit.Score) || cell["occurrences"] != fmt.Sprint(len(hit.Highlights)) ||
						cell["region"] != hit.Report.Region.Name || cell["paragraph"] != fmt.Sprint(hit.Paragraph) {
						t.Errorf("%s, %v: %v, want %+v", name, v, cell, hit)
					}
				}
			}
		}
	}
}

func exported(t *testing.T, h *api.API, v url.Values, form string) *httptest.ResponseRecorder {
	t.Helper()
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest("GET", "/api/v1/export?format="+form+"&"+v.Encode(), nil))
	if rec.Code != 200 || !strings.HasPrefix(rec.Header().Get("Content-Disposition"), "attachment; ") {
		t.Fatalf("%v: %d %v %s", v, rec.Code, rec.Header(), rec.Body)
	}
	return rec
}

func exportJSONL(t *testing.T, h *api.API, v url.Values) (hits []baogao.Hit) {
	t.Helper()
	rec := exported(t, h, v, "jsonl")
	lines := bufio.NewScanner(rec.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var hit baogao.Hit
		if err := json.Unmarshal(lines.Bytes(), &hit); err != nil {
			t.Fatal(err)
		}
		hits = append(hits, hit)
	}
	if got := rec.Result().Trailer.Get(export.TotalHeader); lines.Err() != nil || got != fmt.Sprint(len(hits)) {
		t.Errorf("%d hits, trailer %s, %v", len(hits), got, lines.Err())
	}
	return hits
}

func exportCSV(t *testing.T, h *api.API, v url.Values) [][]string {
	t.Helper()
	rows, err := csv.NewReader(exported(t, h, v, "csv").Body).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func pages(t *testing.T, h *api.API, v url.Values) (hits []baogao.Hit) {
	t.Helper()
	for {
		var res baogao.Result
		get(t, h, fmt.Sprintf("/api/v1/search?limit=200&offset=%d&%s", len(hits), v.Encode()), &res)
		if len(res.Hits) == 0 {
			return hits
		}
		hits = append(hits, res.Hits...)
	}
}

func cells(columns, row []string) map[string]string {
	named := map[string]string{}
	for i, c := range columns {
		named[c] = row[i]
	}
	return named
}

func TestExportForSpreadsheets(t *testing.T) {
	h := api.New(testkit.Open(t, []*baogao.Report{{
		Meta:     baogao.Meta{ID: "=cmd|' /C calc'!A0", Title: "@SUM(1)", Issuer: " +1", Number: "＝1"},
		Passages: []baogao.Passage{{Paragraph: 1, Text: "-1, \"引\"\n下一行\x00"}},
	}}), api.Options{})
	rec := exported(t, h, url.Values{"bom": {"true"}}, "csv")
	body, marked := bytes.CutPrefix(rec.Body.Bytes(), []byte("\xEF\xBB\xBF"))
	rows, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	if err != nil || !marked || len(rows) != 2 {
		t.Fatalf("%v %q", err, rec.Body)
	}
	got := cells(rows[0], rows[1])
	for column, want := range map[string]string{
		"id": "'=cmd|' /C calc'!A0#p1", "title": "'@SUM(1)", "issuer": "' +1", "number": "'＝1", "text": "'-1, \"引\"\n下一行\uFFFD",
	} {
		if got[column] != want {
			t.Errorf("%s is %q, want %q", column, got[column], want)
		}
	}
}
