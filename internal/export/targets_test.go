package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/export"
	"baogao/internal/target"
)

// TestTargets writes targets in every form, with what begins like a formula made safe.
func TestTargets(t *testing.T) {
	figure := func(passage, evidence string, value float64, year int) baogao.FoundFigure {
		return baogao.FoundFigure{
			Figure: baogao.Figure{Passage: passage, Raw: "6个", Value: value, Unit: "个", Kind: "count", Bound: "min", Status: baogao.Target, Indicator: "=公园", Key: "公园", Evidence: evidence},
			Meta:   baogao.Meta{ID: strings.Split(passage, "#")[0], Title: "工作报告", Year: year, Region: baogao.Region{Code: "510904", Name: "四川省遂宁市安居区"}},
		}
	}
	result := figure("b#p1", "建成公园4个", 4, 2022)
	high := 8.5
	ranged := figure("a#p3", "公园6至8个", 6, 2021)
	ranged.High = &high
	all := export.TargetsOf([]target.Row{
		{Target: figure("a#p2", "新建公园6个", 6, 2021), Year: 2022, Verdict: target.Missed, Result: &result, Others: 1},
		{Target: ranged, Verdict: target.NotComparable, Reason: target.Reason{ID: target.UnsureYear}},
	})
	var out bytes.Buffer
	if err := export.Targets(&out, "csv", all, export.Options{}); err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(&out).ReadAll()
	if err != nil || len(records) != 3 || !slices.Equal(records[0], export.TargetColumns) {
		t.Fatal(records, err)
	}
	cell := func(record int, column string) string {
		return records[record][slices.Index(export.TargetColumns, column)]
	}
	for _, tt := range []struct {
		record       int
		column, want string
	}{
		{1, "place_code", "510904"}, {1, "report_year", "2021"}, {1, "year", "2022"}, {1, "verdict", "missed"}, {1, "indicator", "'=公园"}, {1, "bound", "min"}, {1, "target_value", "6"},
		{1, "result_value", "4"}, {1, "others", "1"}, {1, "target_evidence", "新建公园6个"}, {1, "result_passage", "b#p1"}, {1, "result_evidence", "建成公园4个"}, {1, "result_year", "2022"},
		{2, "year", ""}, {2, "target_high", "8.5"}, {2, "result_value", ""}, {2, "result_citation", ""}, {2, "reason", "the year that it is set for is not sure"},
	} {
		if got := cell(tt.record, tt.column); got != tt.want {
			t.Errorf("%d %s: %q, want %q", tt.record, tt.column, got, tt.want)
		}
	}
	if cell(1, "target_citation") == "" || cell(1, "result_citation") == "" {
		t.Error("no citations")
	}
	for form, want := range map[string]string{"jsonl": `"verdict":"missed"`, "md": "| missed |", "xlsx": "PK"} {
		out.Reset()
		if err := export.Targets(&out, form, all, export.Options{About: [][2]string{{"question", "公园"}}}); err != nil || !strings.Contains(out.String(), want) {
			t.Errorf("%s: %v %.200s", form, err, &out)
		}
	}
	out.Reset()
	if err := export.Targets(&out, "jsonl", all, export.Options{}); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		var one export.Target
		if err := json.Unmarshal([]byte(line), &one); err != nil || one.Verdict == "" {
			t.Errorf("%v %s", err, line)
		}
	}
}
