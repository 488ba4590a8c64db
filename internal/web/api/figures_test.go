package api_test

import (
	"encoding/json"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"baogao"
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
