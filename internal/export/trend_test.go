package export_test

import (
	"strings"
	"testing"

	"baogao/internal/export"
	"baogao/internal/study"
)

// TestTrendRecords wants a record a question and row, empty where nothing is held,
// 0 where nothing is said, and no formula.
func TestTrendRecords(t *testing.T) {
	trend := &study.Trend{By: study.ByCity, Totals: make([]study.Tally, 2), Rows: []study.Row{
		{Value: "=510000", Label: "四川省", Tallies: []study.Tally{{Passages: 2, Reports: 1, Occurrences: 3, Held: 4, Chars: 20_000}, {}}},
		{Value: "510900", Label: "四川省遂宁市", Tallies: []study.Tally{{Held: 1, Chars: 500}, {Held: 3, Chars: 600}}},
	}}
	var got []string
	for _, r := range export.Records(export.TrendOf(trend, []string{"复议", "-信访"}).Table()) {
		got = append(got, strings.Join(r, ","))
	}
	want := []string{
		strings.Join(export.TrendColumns, ","),
		"复议,city,'=510000,四川省,4,20000,2,1,3,1.500000,0.301486,4.382682,0.250000,0.045587,0.699358",
		"复议,city,510900,四川省遂宁市,1,500,0,0,0,0.000000,,,0.000000,,",
		"'-信访,city,'=510000,四川省,0,0,,,,,,,,,",
		"'-信访,city,510900,四川省遂宁市,3,600,0,0,0,0.000000,0.000000,61.133531,0.000000,0.000000,0.561497",
	}
	for i, line := range got {
		if i >= len(want) || line != want[i] {
			t.Errorf("record %d is %s", i, line)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d records, want %d", len(got), len(want))
	}
}
