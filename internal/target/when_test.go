package target_test

import (
	"fmt"
	"strings"
	"testing"

	"baogao"
	"baogao/corpus"
	"baogao/internal/target"
	"baogao/internal/testkit"
)

// TestYears tells the year that a target of the report on 2021 is set for, by its
// sentence, its passage and the headings above.
func TestYears(t *testing.T) {
	tests := []struct {
		text, heading string
		want          string // the year, 0 where it is not sure, and the verdict; "" is no target
	}{
		{"地区生产总值增长6%。", "", "2022 not reported"},
		{"今年，地区生产总值增长6%。", "", "2022 not reported"},
		{"2022年，地区生产总值增长6%。", "", "2022 not reported"},
		{"在2021年基础上，地区生产总值增长6%。", "", "2022 not reported"},
		{"到2025年，森林覆盖率达到46%。", "", "2025 no report held"},
		{"到2025年，新建公园40个，森林覆盖率达到46%。", "", "2025 no report held"},
		{"到2025年，森林覆盖率达到46%。地区生产总值增长6%。", "", "0 not comparable"},
		{"到2025年，森林覆盖率达到46%。今年，地区生产总值增长6%。", "", "2022 not reported"},
		{"“十四五”期间，地区生产总值年均增长6%。", "", "2025 no report held"},
		{"“十四五”末，地区生产总值突破3000亿元。", "", "2025 no report held"},
		{"编制“十四五”规划，新建公园4个。", "", "2022 not reported"},
		{"“十三五”以来，新建公园4个。", "", "2022 not reported"},
		{"今后五年，地区生产总值年均增长6%。", "", "2026 no report held"},
		{"未来三年，新建公园30个。", "", "2024 no report held"},
		{"地区生产总值年均增长6%。", "二、“十四五”时期主要目标", "2025 no report held"},
		{"地区生产总值年均增长6%。", "二、今后五年的奋斗目标", "2026 no report held"},
		{"地区生产总值增长6%。", "三、2022年重点工作", "2022 not reported"},
		{"地区生产总值增长6%。", "二、今后五年目标和2022年工作安排", "0 not comparable"},
		{"新建比2020年更大的公园4个。", "", "2022 not reported"},
		{"城乡居民补助标准由每月55元提高到70元。", "", "2022 not reported"}, // of one target
		{"去年粮食产量达到100万吨。", "", ""},
		{"目前全市高新技术企业达到300家。", "", ""},
	}
	var reports []*baogao.Report
	for i, tt := range tests {
		place := fmt.Sprintf("乙%d市", i)
		r := said(t, fmt.Sprintf("%03d-2021", i), place, 2021, nil, []string{tt.text})
		if tt.heading != "" {
			r.Passages[1].Section = []string{tt.heading}
			if err := corpus.Measure(t.Context(), r); err != nil {
				t.Fatal(err)
			}
		}
		reports = append(reports, r, said(t, fmt.Sprintf("%03d-2022", i), place, 2022, []string{"各项工作扎实推进。"}, nil))
	}
	table, err := target.Find(t.Context(), testkit.Open(t, reports), baogao.Request{}, baogao.FigureFilter{})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]string{}
	for _, row := range table.Rows {
		got[row.Target.Report] = append(got[row.Target.Report], fmt.Sprintf("%d %s", row.Year, row.Verdict))
	}
	for i, tt := range tests {
		rows := got[fmt.Sprintf("%03d-2021", i)]
		last := ""
		if len(rows) > 0 {
			last = rows[len(rows)-1]
		}
		if last != tt.want || strings.Contains(tt.text, "由") && len(rows) != 1 {
			t.Errorf("%s (%s): %v, want %s", tt.text, tt.heading, rows, tt.want)
		}
	}
}
