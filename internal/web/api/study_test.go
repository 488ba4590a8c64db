package api_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/export"
	"baogao/internal/study"
	"baogao/internal/web/api"
)

// TestTrend wants what package study counts, null where nothing is held, and a
// warning once though several questions have it.
func TestTrend(t *testing.T) {
	s := openSamples(t)
	h := api.New(s, api.Options{})
	status, body := put(h, "/api/v1/trend", url.Values{"q": {"复议 year:2020..", "信访 year:2020..", "法治"}, "by": {"city"}, "region": {"四川"}, "level": {"district"}})
	var got struct {
		export.Trend
		Warnings []baogao.Warning
	}
	if err := json.Unmarshal([]byte(body), &got); err != nil || status != 200 {
		t.Fatalf("%d %v: %s", status, err, body)
	}
	if len(got.Questions) != 3 || len(got.Totals) != 3 || got.By != study.ByCity || len(got.Warnings) != 0 {
		t.Errorf("%+v", got)
	}
	passages := 0
	for _, row := range got.Rows {
		if n := row.Tallies[0]; n.Held > 0 {
			passages += *n.Passages
		} else if n.Passages != nil || n.Rate != nil {
			t.Errorf("%s: nothing is held, and yet %+v is counted", row.Value, n)
		}
	}
	if passages == 0 || passages != *got.Totals[0].Passages {
		t.Errorf("the rows have %d passages, the total %d", passages, *got.Totals[0].Passages)
	}
	if _, body := put(h, "/api/v1/trend", url.Values{"q": {"复议", "信访"}, "region": {"鼓楼区"}}); strings.Count(body, "region-ambiguous") != 1 {
		t.Errorf("of a name that two questions share the answer says %s", body)
	}
	for _, tt := range []struct {
		query url.Values
		want  string
	}{
		{url.Values{"by": {"year"}}, "parameter q is missing"}, {url.Values{"q": {"x"}, "by": {"month"}}, "use one of year, province, city, district, level, kind"},
		{url.Values{"q": strings.Split(strings.Repeat("x ", 21), " ")}, "give 20 at most"}, {url.Values{"q": {"x"}, "lang": {"fr"}}, "use one of en, zh"},
		{url.Values{"q": {"x"}, "level": {"x"}}, "no level is called"},
	} {
		if status, body := put(h, "/api/v1/trend", tt.query); status != 400 || !strings.Contains(body, tt.want) {
			t.Errorf("%v: %d %s, want %s", tt.query, status, body, tt.want)
		}
	}
}

// TestPanel wants the cells of each question to add up to its total, provinces of
// which nothing is held with null, and what is wrong to be said.
func TestPanel(t *testing.T) {
	s := openSamples(t)
	h := api.New(s, api.Options{})
	status, body := put(h, "/api/v1/panel", url.Values{"q": {"复议", "信访 year:2020.."}, "sure": {"0.5"}})
	var got export.Panel
	if err := json.Unmarshal([]byte(body), &got); err != nil || status != 200 {
		t.Fatalf("%d %v: %s", status, err, body)
	}
	if got.RowsBy != study.ByProvince || got.ColumnsBy != study.ByYear || len(got.Concepts) != 2 || len(got.Rows) < 34 || len(got.Columns) < 3 {
		t.Fatalf("%+v", got)
	}
	sums, holes, zeros := [2]int{}, 0, 0
	for _, row := range got.Cells {
		for _, cell := range row {
			for k, n := range cell {
				switch {
				case n.Held == 0 && (n.Passages != nil || n.Rate != nil):
					t.Errorf("nothing is held, and yet %+v is counted", n)
				case n.Held == 0:
					holes++
				default:
					sums[k] += *n.Passages
					if *n.Passages == 0 {
						zeros++
					}
				}
			}
		}
	}
	if sums[0] == 0 || sums[0] != *got.Totals[0].Passages || sums[1] != *got.Totals[1].Passages || holes == 0 || zeros == 0 {
		t.Errorf("the cells have %v passages, the totals %d and %d; %d holes, %d zeros", sums, *got.Totals[0].Passages, *got.Totals[1].Passages, holes, zeros)
	}
	for _, tt := range []struct {
		query url.Values
		want  string
	}{
		{url.Values{}, "parameter q is missing"}, {url.Values{"q": {"x"}, "rows": {"level"}}, "use one of province, city, district"},
		{url.Values{"q": {"x"}, "columns": {"city"}}, "does not exist here"}, {url.Values{"q": strings.Split(strings.Repeat("x ", 21), " ")}, "give 20 at most"},
	} {
		if status, body := put(h, "/api/v1/panel", tt.query); status != 400 || !strings.Contains(body, tt.want) {
			t.Errorf("%v: %d %s, want %s", tt.query, status, body, tt.want)
		}
	}
}
