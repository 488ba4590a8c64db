package mcp_test

import (
	"fmt"
	"strings"
	"testing"

	"baogao"
	"baogao/corpus"
	"baogao/internal/testkit"
)

// planned is a report of a place on a year, of whose passages the last are plans.
func planned(t *testing.T, id string, year, done int, texts ...string) *baogao.Report {
	t.Helper()
	r := &baogao.Report{Meta: baogao.Meta{ID: id, Title: id, Kind: baogao.Work, Year: year, Region: baogao.Region{Name: "清澜市", Path: []string{"清澜市"}}}}
	for i, text := range texts {
		r.Paragraphs = append(r.Paragraphs, baogao.Paragraph{Number: i + 1, Text: text, Section: []string{}})
		r.Passages = append(r.Passages, baogao.Passage{Paragraph: i + 1, Text: text, Section: []string{}, Plan: i >= done})
	}
	if err := corpus.Measure(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	return r
}

// TestTargets asks what became of targets as a model does, a few at a time.
func TestTargets(t *testing.T) {
	s := testkit.Open(t, []*baogao.Report{
		planned(t, "2021", 2021, 0, "新建公园6个，粮食产量120万吨以上。", "地区生产总值增长6%，城镇新增就业8万人。", "到2025年，森林覆盖率达到46%。"),
		planned(t, "2022", 2022, 2, "新建公园4个，粮食产量121.6万吨。", "地区生产总值2486亿元。", "新建公园5个。"),
	})
	c := connect(t, s)
	want := []string{
		"2022 新建公园 missed 新建公园", "2022 粮食产量 reached 粮食产量", "2022 地区生产总值 not comparable 地区生产总值", "2022 城镇新增就业 not reported -",
		"2025 森林覆盖率 no report held -", "2023 新建公园 no report held -",
	}
	var got []string
	for skip, more := 0, true; more; {
		a := call(t, c, "targets", map[string]any{"limit": 4, "skip": skip})
		for _, row := range a.Targets {
			result := "-"
			if row.Result != nil {
				result = row.Result.Quoted.Indicator
			}
			got = append(got, fmt.Sprintf("%d %s %s %s", row.Year, row.Target.Quoted.Indicator, row.Verdict, result))
			if (row.Verdict == "not comparable") != (row.Reason != "") {
				t.Errorf("%+v", row)
			}
			for _, f := range []*struct {
				Passage    string
				Source     int
				Start, End int
				Quoted     struct{ Indicator, Text string }
			}{row.Target, row.Result} {
				if f == nil {
					continue
				}
				p, err := s.Passage(t.Context(), f.Passage)
				if err != nil || !strings.Contains(p.Text, f.Quoted.Text) || a.Sources[f.Source].ID != p.Report.ID || a.Sources[f.Source].Citation == "" {
					t.Errorf("%+v is not quoted right: %v", f, err)
				}
			}
		}
		next, _ := a.Next.(float64)
		skip, more = int(next), next > 0
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, tt := range []struct {
		args map[string]any
		want int
	}{
		{map[string]any{"verdict": []string{"missed", "reached"}}, 2},
		{map[string]any{"year": []string{"2022"}}, 1},
		{map[string]any{"indicator": "公园", "unit": []string{"个"}}, 2},
		{map[string]any{"question": "粮食", "kind": []string{"work"}}, 2},
		{map[string]any{"region": []string{"四川"}}, 0},
	} {
		if a := call(t, c, "targets", tt.args); len(a.Targets) != tt.want {
			t.Errorf("%v: %d targets, want %d", tt.args, len(a.Targets), tt.want)
		}
	}
}
