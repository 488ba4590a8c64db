package target_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"baogao"
	"baogao/corpus"
	"baogao/internal/study"
	"baogao/internal/target"
	"baogao/internal/testkit"
)

// places are the invented ones of the reports in testdata, by the names of their files.
var places = map[string]string{"qinglan": "清澜市", "yunling": "云岭县", "wangchuan": "望川区", "pingwan": "平湾市"}

// openReports is an index of the reports in testdata, eight of four places on up to
// three years.
func openReports(t *testing.T) baogao.Searcher {
	t.Helper()
	reports := testkit.Collect(t, corpus.Reports(t.Context(), []string{"testdata/reports"}, corpus.Options{}))
	for _, r := range reports {
		file, year, _ := strings.Cut(strings.TrimSuffix(r.Meta.ID, ".txt"), "-")
		r.Meta.Region = baogao.Region{Name: places[file], Path: []string{places[file]}}
		if fmt.Sprint(r.Meta.Year) != year || r.Meta.Kind != baogao.Work {
			t.Errorf("%s is a %s report on %d", r.Meta.ID, r.Meta.Kind, r.Meta.Year)
		}
	}
	return testkit.Open(t, reports)
}

// TestFind sets each target of eight reports against the result that a reader would, or
// against none.
func TestFind(t *testing.T) {
	expected, err := os.ReadFile("testdata/expected.txt")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for line := range strings.Lines(string(expected)) {
		if line = strings.TrimSpace(line); !strings.HasPrefix(line, "#") {
			want = append(want, line)
		}
	}
	table, err := target.Find(t.Context(), openReports(t), baogao.Request{}, baogao.FigureFilter{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range table.Rows {
		f := row.Target
		line := fmt.Sprintf("%s|%s|%s|%d|%s|", strings.TrimSuffix(f.Report, ".txt"), f.Indicator, f.Raw, row.Year, row.Verdict)
		if row.Result != nil {
			line += row.Result.Raw
		}
		got = append(got, line)
		if (row.Verdict == target.NotComparable) != (row.Reason.String() != "") {
			t.Errorf("%s: reason %q", line, row.Reason)
		}
		if !slices.Contains(want, line) {
			t.Errorf("not expected: %s %s", line, row.Reason)
		}
	}
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("missing: %s", line)
		}
	}
	if len(got) != len(want) || len(want) < 80 {
		t.Errorf("%d targets, want %d", len(got), len(want))
	}
}

// TestPanel compares panels over the same reports with those made by hand.
func TestPanel(t *testing.T) {
	s := openReports(t)
	for indicator, want := range map[string][]string{
		"地区生产总值·增速": {
			"云岭县 2021 - 2022 5.1% 2023 5.8%",
			"平湾市 2021 - 2022 4.9% 2023 -",
			"望川区 2021 8.1% 2022 6.9% 2023 -",
			"清澜市 2021 7.8% 2022 6.2% 2023 6.8%",
		},
		"城镇新增就业": {
			"云岭县 2021 - 2022 0 2023 2714人",
			"平湾市 2021 - 2022 0 2023 -",
			"望川区 2021 0 2022 0 2023 -",
			"清澜市 2021 7.6万人 2022 8.3万人 2023 8.1万人",
		},
	} {
		p, err := study.FiguresByPlace(t.Context(), s, baogao.Request{}, baogao.FigureFilter{Indicator: indicator, Statuses: []baogao.FigureStatus{baogao.Achieved}})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, row := range p.Rows {
			line := row.Region.Name
			for i, c := range row.Cells {
				said := map[string]string{study.NotHeld: "-", study.NotSaid: "0"}[c.State()] // 0 is held and not said
				for _, f := range c.Values {
					said += f.Raw
				}
				line += " " + p.Years[i] + " " + said
			}
			got = append(got, line)
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", indicator, got, want)
		}
	}
}
