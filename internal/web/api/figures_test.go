package api_test

import (
	"encoding/json"
	"errors"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/export"
	"baogao/internal/study"
	"baogao/internal/target"
	"baogao/internal/web/api"
	"baogao/query"
)

// TestFiguresAnswers wants what the Searcher tells.
func TestFiguresAnswers(t *testing.T) {
	s := openSamples(t)
	h := api.New(s, api.Options{})
	least := 5.0
	by := baogao.FigureFilter{Indicator: "行政复议", Kinds: []baogao.FigureKind{"count"}, Min: &least, Sort: baogao.ByValueDown, Offset: 1, Limit: 3}
	want, err := s.(baogao.Figurer).Figures(t.Context(), baogao.Request{Query: query.Parse("复议")}, by)
	if err != nil || want.Total.Figures < 5 {
		t.Fatalf("%+v, %v", want, err)
	}
	asked := url.Values{"q": {"复议"}, "indicator": {"行政复议"}, "kind": {"count"}, "min": {"5"}, "sort": {"-value"}, "offset": {"1"}, "limit": {"3"}}
	var got baogao.FigureResult
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest("GET", "/api/v1/figures?"+asked.Encode(), nil))
	if err := json.Unmarshal(rec.Body.Bytes(), &got); err != nil || rec.Code != 200 {
		t.Fatalf("%d %v: %s", rec.Code, err, rec.Body)
	}
	got.TookMS = want.TookMS
	if !reflect.DeepEqual(&got, want) {
		t.Errorf("got  %+v\nwant %+v", &got, want)
	}
	asked.Set("group", "key")
	asked.Del("sort")
	if status, body := put(h, "/api/v1/figures", asked); status != 200 || !strings.Contains(body, `"groups":[{"key":`) {
		t.Errorf("%d %s", status, body)
	}
	if _, body := put(h, "/api/v1/figures", url.Values{"limit": {"0"}, "kind": {"rule-of-law", "count"}}); !strings.Contains(body, `"figures":[]`) || strings.Contains(body, `"total":{"figures":0`) {
		t.Errorf("the counts alone are %s", body)
	}
	for _, tt := range []struct {
		query url.Values
		want  string
	}{
		{url.Values{"group": {"report"}}, "use one of figure, key"}, {url.Values{"min": {"ten"}}, "ten is no number"}, {url.Values{"status": {"x"}}, "no status is called"},
		{url.Values{"kind": {"x"}}, "no kind is called"}, {url.Values{"limit": {"201"}}, "from 0 to 200"}, {url.Values{"sort": {"unit"}}, "no order is called"}, {url.Values{"lang": {"fr"}}, "use one of en, zh"},
	} {
		if status, body := put(h, "/api/v1/figures", tt.query); status != 400 || !strings.Contains(body, tt.want) {
			t.Errorf("%v: %d %s, want %s", tt.query, status, body, tt.want)
		}
	}
}

// TestIndicatorAnswers wants the panel that the study makes.
func TestIndicatorAnswers(t *testing.T) {
	s := openSamples(t)
	h := api.New(s, api.Options{})
	by := baogao.FigureFilter{Indicator: "行政复议·收", Units: []string{"件"}, Statuses: []baogao.FigureStatus{baogao.Achieved}}
	panel, err := study.FiguresByPlace(t.Context(), s, baogao.Request{Query: query.Parse("")}, by)
	if err != nil {
		t.Fatal(err)
	}
	asked := url.Values{"indicator": {"行政复议·收"}, "unit": {"件"}}
	for _, rows := range []study.By{"", study.ByDistrict} { // all of them first: the rung is what is left
		if rows != "" {
			asked.Set("rows", string(rows))
			panel.Rung(rows, baogao.Request{})
		}
		var got, want any
		status, body := put(h, "/api/v1/indicator", asked)
		b, _ := json.Marshal(export.FigurePanelOf(panel))
		if err := errors.Join(json.Unmarshal([]byte(body), &got), json.Unmarshal(b, &want)); err != nil || status != 200 {
			t.Fatal(status, err)
		}
		delete(got.(map[string]any), "warnings")
		if !reflect.DeepEqual(got, want) || !strings.Contains(body, "肥西县") {
			t.Errorf("%s: got %s\nwant %s", rows, body, b)
		}
	}
	for _, tt := range []struct{ query, want string }{{"unit=x", "indicator is missing"}, {"indicator=+", "indicator is missing"}, {"indicator=x&rows=year", "use one of province, city, district"}, {"indicator=x&status=hoped", "no status is called"}} {
		v, _ := url.ParseQuery(tt.query)
		if status, body := put(h, "/api/v1/indicator", v); status != 400 || !strings.Contains(body, tt.want) {
			t.Errorf("%s: %d %s", tt.query, status, body)
		}
	}
}

// TestTargetsAnswers wants the targets that are found, from any one on.
func TestTargetsAnswers(t *testing.T) {
	s := openSamples(t)
	h := api.New(s, api.Options{})
	found, err := target.Find(t.Context(), s, baogao.Request{}, baogao.FigureFilter{})
	if err != nil || len(found.Rows) < 10 {
		t.Fatal(found, err)
	}
	var answer export.TargetTable
	status, body := put(h, "/api/v1/targets", url.Values{"offset": {"3"}, "limit": {"4"}})
	if err := json.Unmarshal([]byte(body), &answer); err != nil || status != 200 {
		t.Fatal(status, err)
	}
	if answer.Total != found.Total() || answer.Total.Targets != len(found.Rows) || len(answer.Targets) != 4 {
		t.Errorf("%+v", answer.Total)
	}
	for i, one := range answer.Targets {
		if want := found.Rows[3+i]; one.Verdict != want.Verdict || one.Target.Passage != want.Target.Passage || one.TargetCitation == "" {
			t.Errorf("%d: %+v", i, one)
		}
	}
	status, body = put(h, "/api/v1/targets", url.Values{"verdict": {"not_reported"}, "region": {"肥西县"}})
	if status != 200 || !strings.Contains(body, `"verdict":"not reported"`) || strings.Contains(body, `"verdict":"no report held"`) || !strings.Contains(body, `"no_report_held":`) {
		t.Errorf("%d %s", status, body)
	}
	for query, want := range map[string]string{"verdict=won": "use one of reached, missed", "limit=201": "from 0 to 200", "kind=x": "no kind is called"} {
		v, _ := url.ParseQuery(query)
		if status, body := put(h, "/api/v1/targets", v); status != 400 || !strings.Contains(body, want) {
			t.Errorf("%s: %d %s", query, status, body)
		}
	}
}
