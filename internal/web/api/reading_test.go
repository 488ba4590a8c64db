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
	"baogao/internal/testkit"
	"baogao/internal/web/api"
)

func TestReading(t *testing.T) {
	s := openSamples(t)
	h := api.New(s, api.Options{})
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
	var regions struct {
		Regions []struct {
			Code string
			Held int
		}
	}
	get(t, h, "/api/v1/regions?q="+url.QueryEscape("鼓楼区"), &regions)
	if got, want := fmt.Sprint(regions.Regions), "[{320106 0} {320302 1} {350102 1} {410204 0}]"; got != want {
		t.Errorf("鼓楼区 is %s, want %s", got, want)
	}
	var stats baogao.Stats
	get(t, h, "/api/v1/stats", &stats)
	want, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want.Number = 0 // the answer has none
	if !reflect.DeepEqual(&stats, want) {
		t.Errorf("stats: %+v, want %+v", stats, want)
	}
}

// TestHostileIDs asks for ids that a router would like to tidy up, over a real
// server, percent-encoded and as they stand.
func TestHostileIDs(t *testing.T) {
	ids := []string{"..", ".", "../../etc/passwd", "http://a//b?c=d", "a//b/", "/abs", "a b", "报告#p1", "a%2Fb", "%", "a;b", "a\\b", "a&b=c", "{id}", "a\"b", "\x00"}
	var reports []*baogao.Report
	for _, id := range ids {
		reports = append(reports, &baogao.Report{
			Meta:       baogao.Meta{ID: id, Title: id},
			Passages:   []baogao.Passage{{Paragraph: 1, Text: "关于" + id + "的报告"}},
			Paragraphs: []baogao.Paragraph{{Number: 1, Text: "关于" + id + "的报告"}},
		})
	}
	h := api.New(testkit.Open(t, reports), api.Options{})
	server := httptest.NewServer(h)
	defer server.Close()
	for _, id := range ids {
		slashes := strings.ReplaceAll(url.PathEscape(id), "%2F", "/")
		for _, escaped := range []string{url.PathEscape(id), slashes} {
			var report baogao.Report
			if rec := get(t, h, "/api/v1/reports/"+escaped, &report); rec.Code != http.StatusOK || report.Meta.ID != id {
				t.Errorf("report %s: %d %+v", escaped, rec.Code, report.Meta)
			}
			var passage baogao.Hit
			if rec := get(t, h, "/api/v1/passages/"+escaped+"%23p1", &passage); rec.Code != http.StatusOK || passage.Report.ID != id {
				t.Errorf("passage %s: %d %+v", escaped, rec.Code, passage.Report)
			}
			req, err := http.NewRequest("GET", server.URL, nil)
			if err != nil {
				t.Fatal(err)
			}
			req.URL.Opaque = "//" + req.URL.Host + "/api/v1/reports/" + escaped // sent as it stands
			res, err := http.DefaultTransport.RoundTrip(req)
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			if res.StatusCode != http.StatusOK {
				t.Errorf("report %s over a connection: %s", escaped, res.Status)
			}
		}
		var res baogao.Result
		if get(t, h, "/api/v1/search?q=&report="+url.QueryEscape(id), &res); res.Total.Passages != 1 || res.Hits[0].Report.ID != id {
			t.Errorf("only %q: %+v", id, res)
		}
	}
}
