package figures_test

import (
	"fmt"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/study"
	"baogao/internal/testkit"
	"baogao/internal/web/address"
	"baogao/internal/web/figures"
)

const key = "行政复议·受理"

// report is one of a county on a year that says some values of the key.
func report(code string, year int, values ...float64) *baogao.Report {
	id := fmt.Sprintf("%s-%d", code, year)
	r := &baogao.Report{Meta: baogao.Meta{
		ID: id, Year: year, Level: baogao.District, Region: baogao.Region{Code: code, Name: "某省某市" + code + "区", Path: []string{"某省", "某市", code + "区"}},
	}}
	for i, v := range append(values, 0) {
		raw := fmt.Sprintf("%v件", v)
		p := baogao.Passage{Paragraph: i + 1, Text: fmt.Sprintf("%s，第%d段，受理%s。", id, i, raw), Section: []string{}}
		if at := strings.Index(p.Text, raw); i < len(values) {
			start := len([]rune(p.Text[:at]))
			p.Measured = []baogao.Figure{{
				Start: start, End: start + len([]rune(raw)), Raw: raw, Value: v, Unit: "件", Kind: "count", Status: baogao.Achieved, Indicator: "受理", Key: key, Evidence: strings.TrimSuffix(p.Text, "。"),
			}}
		}
		r.Passages = append(r.Passages, p)
		r.Paragraphs = append(r.Paragraphs, baogao.Paragraph{Number: p.Paragraph, Text: p.Text, Section: p.Section})
	}
	return r
}

func indicator(t *testing.T, s baogao.Searcher, query url.Values) *figures.OneIndicator {
	t.Helper()
	query.Set("key", key)
	state, err := address.Of(httptest.NewRequest("GET", "/indicator?"+query.Encode(), nil))
	if err != nil {
		t.Fatal(err)
	}
	it, err := figures.IndicatorOf(t.Context(), s, state)
	if err != nil {
		t.Fatal(err)
	}
	return it
}

// TestIndicator compares the panel and the dots with those made by hand: a value, two
// that differ, one said twice, not held, held and not said, and one that is far off.
func TestIndicator(t *testing.T) {
	s := testkit.Open(t, []*baogao.Report{
		report("510104", 2020, 14), report("510104", 2021, 16, 17), report("510104", 2022, 180_000), report("510104", 2023, 15),
		report("510105", 2021, 30, 30), report("510105", 2022), report("510106", 2023), // the last never says so
	})
	it := indicator(t, s, url.Values{})
	if it.Unit != "件" || it.Values != 6 || it.Places != 2 || it.Outliers != 1 || len(it.Silent) != 1 || !strings.Contains(it.Silent[0].Name, "510106区（收录1篇）") {
		t.Errorf("unit %s, %d values of %d places, %d far off, silent %v", it.Unit, it.Values, it.Places, it.Outliers, it.Silent)
	}
	var got []string
	for _, line := range it.Lines {
		row := line.Name + ":"
		for i, c := range line.Cells {
			row += " " + strings.TrimSuffix(it.Columns[i], "年")
			for _, v := range c.Values {
				row += " " + v.Text
				if v.Far {
					row += "!"
				}
			}
			if c.State != study.Said {
				row += " " + c.State
			}
			row += ";"
		}
		got = append(got, row)
	}
	want := []string{
		"某省某市510104区: 2023 15件; 2022 18万件!; 2021 16件 17件; 2020 14件;",
		"某省某市510105区: 2023 not held; 2022 not said; 2021 30件; 2020 not held;",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if !it.IsLog() || len(it.Dots) != 2 || len(it.Dots[0].Dots) != 1 || len(it.Dots[1].Dots) != 5 || it.Dots[1].Latest != "15件" || it.Dots[1].Year != "2023" {
		t.Errorf("log %v, dots %+v", it.IsLog(), it.Dots)
	}
	far := 0
	for _, d := range it.Dots[1].Dots {
		if d.Far {
			far++
			if !strings.Contains(d.Says, "2022年：18万件。离群：与本地各年的中位数 16件 相比达十倍以上") {
				t.Errorf("it says %s", d.Says)
			}
		}
		if !strings.Contains(d.Link, "figures=true") || !strings.Contains(d.Link, "from=indicator") || !strings.Contains(d.Link, "#p") {
			t.Errorf("a dot leads to %s", d.Link)
		}
	}
	var keys []string
	for _, y := range it.Years {
		keys = append(keys, y.Name+" "+y.Class)
	}
	if far != 1 || strings.Join(keys, ", ") != "2023年 y1, 2022年 y2, 2021年 y3, 2020年 y4" {
		t.Errorf("%d dots are far off; years %v", far, keys)
	}
}

// TestLine wants one place over years: lines between years side by side, others over
// years of which nothing is told, and each value in the table behind.
func TestLine(t *testing.T) {
	s := testkit.Open(t, []*baogao.Report{
		report("510104", 2018, 12), report("510104", 2019, 14), report("510104", 2020), report("510104", 2022, 20, 21), report("510104", 2023, 22), report("510105", 2022, 5),
	})
	it := indicator(t, s, url.Values{"region": {"510104"}})
	l := it.Line
	if l == nil || len(it.Dots) > 0 {
		t.Fatalf("of one place there are dots: %+v", it.Dots)
	}
	if len(l.Points) != 5 || len(l.Links) != 2 || len(l.Gaps) != 1 || len(l.Rows) != 5 || it.IsLog() {
		t.Errorf("%d points, %d links, %d gaps, %d rows", len(l.Points), len(l.Links), len(l.Gaps), len(l.Rows))
	}
	var columns []string
	for _, c := range l.Columns {
		columns = append(columns, fmt.Sprint(c.Label, " ", c.Held, " ", c.Hole))
	}
	if got := strings.Join(columns, ", "); got != "2018 1 false, 2019 1 false, 2020 1 false, 2021 0 true, 2022 1 false, 2023 1 false" {
		t.Errorf("columns %s", got)
	}
	if first, last := l.Points[0], l.Points[4]; first.Y <= last.Y || first.Y > l.Ground || last.Y < l.Top {
		t.Errorf("the points stand at %d and %d between %d and %d", first.Y, last.Y, l.Top, l.Ground)
	}
}

// TestManyValues wants a cell with more values than it has room for to lead to all, and
// an indicator that was only aimed at to be shown as that.
func TestManyValues(t *testing.T) {
	aimed := report("510105", 2022, 50)
	aimed.Passages[0].Measured[0].Status, aimed.Passages[0].Measured[0].Key = baogao.Target, "只有目标"
	s := testkit.Open(t, []*baogao.Report{report("510104", 2021, 1, 2, 3, 4, 5, 6, 7, 8, 9), report("510105", 2021, 4), aimed})
	it := indicator(t, s, url.Values{})
	cell := it.Lines[0].Cells[len(it.Lines[0].Cells)-1]
	if len(cell.Values) != 6 || cell.More != 3 || !strings.Contains(cell.Link, "/figures?") || !strings.Contains(cell.Link, "510104") {
		t.Errorf("%+v", cell)
	}
	state, err := address.Of(httptest.NewRequest("GET", "/indicator?key="+url.QueryEscape("只有目标"), nil))
	if err != nil {
		t.Fatal(err)
	}
	if it, err := figures.IndicatorOf(t.Context(), s, state); err != nil || it.Values != 1 || it.Status() != "目标" {
		t.Errorf("%+v, %v", it, err)
	}
}

// TestManyYears gives all years beyond the colours one of them.
func TestManyYears(t *testing.T) {
	var reports []*baogao.Report
	for year := 2014; year <= 2023; year++ {
		reports = append(reports, report("510104", year, 14), report("510105", year, 15))
	}
	it := indicator(t, testkit.Open(t, reports), url.Values{})
	var keys []string
	for _, y := range it.Years {
		keys = append(keys, y.Name)
	}
	if got := strings.Join(keys, " "); got != "2023年 2022年 2021年 2020年 2019年 其余各年" {
		t.Errorf("the colours mean %s", got)
	}
}

func TestValueOf(t *testing.T) {
	high := 5.5
	for want, f := range map[string]baogao.Figure{
		"14件": {Value: 14, Unit: "件"}, "约1.2万件": {Value: 12000, Unit: "件", Approximate: true}, "5–5.5%": {Value: 5, High: &high, Unit: "%", Bound: "range"},
		"≥300件": {Value: 300, Unit: "件", Bound: "min"}, "≤0.5%": {Value: 0.5, Unit: "%", Bound: "max"}, "第2位": {Value: 2, Unit: "位", Kind: "rank"},
	} {
		if got := figures.ValueOf(&f); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// TestRecord tells all there is of a figure, and nothing that there is not.
func TestRecord(t *testing.T) {
	f := &baogao.FoundFigure{Figure: baogao.Figure{
		Passage: "a#p1", Value: 17.04, Unit: "%", Kind: "rate", Status: baogao.Achieved, Indicator: "直接纠错率", Key: "行政复议·纠错·率", Scope: "全市",
		Numerator: &baogao.FigurePart{Indicator: "纠错", Value: 23}, Denominator: &baogao.FigurePart{Indicator: "受理", Value: 135},
	}, Meta: baogao.Meta{Year: 2022}}
	r := figures.RecordOf(f, address.State{})
	var got []string
	for _, row := range r.Rows {
		got = append(got, row[0]+" "+row[1])
	}
	if want := "数值 17.04%; 类别 比率，实现; 年份 2022; 范围 全市; 分子 纠错 23; 分母 受理 135; 指标键 行政复议·纠错·率"; strings.Join(got, "; ") != want || r.Title != "直接纠错率" || !strings.HasPrefix(r.Link, "/indicator?key=") {
		t.Errorf("%s: %s, %s\nwant %s", r.Title, strings.Join(got, "; "), r.Link, want)
	}
}
