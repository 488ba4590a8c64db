package study_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/study"
	"baogao/internal/testkit"
)

// said is a report of a region on a year that says some values of an indicator, each
// with the year it is of, where that is another.
func said(id, code string, year int, values ...[2]int) *baogao.Report {
	r := &baogao.Report{Meta: baogao.Meta{ID: id, Year: year}}
	if code != "" {
		r.Meta.Region = baogao.Region{Code: code, Name: "某市" + code, Path: []string{"某省", "某市" + code}}
	}
	for i, v := range append(values, [2]int{}) {
		text := fmt.Sprintf("%s第%d段，受理%d件。", id, i, v[0])
		p := baogao.Passage{Paragraph: i + 1, Text: text, Section: []string{}}
		if v[0] > 0 {
			raw := fmt.Sprintf("%d件", v[0])
			at := len([]rune(text[:strings.Index(text, raw)]))
			p.Measured = []baogao.Figure{{
				Start: at, End: at + len([]rune(raw)), Raw: raw, Value: float64(v[0]), Unit: "件", Kind: "count", Status: baogao.Achieved, Year: v[1],
				Indicator: "受理", Key: "行政复议·受理", Evidence: text,
			}}
		}
		r.Passages = append(r.Passages, p)
		r.Paragraphs = append(r.Paragraphs, baogao.Paragraph{Number: p.Paragraph, Text: text, Section: p.Section})
	}
	return r
}

// TestFiguresByPlace compares a panel with one made by hand.
func TestFiguresByPlace(t *testing.T) {
	s := testkit.Open(t, []*baogao.Report{
		said("a", "510100", 2020, [2]int{10}, [2]int{10}, [2]int{11}, [2]int{7, 2017}), // twice the same, one that differs, one of a year of which none is held
		said("b", "510100", 2021),             // does not say
		said("c", "510300", 2023, [2]int{30}), // the year before is a hole
		said("d", "510300", 2023, [2]int{30}), // says so too
		said("e", "", 0, [2]int{5}),           // of nobody knows where and when
		said("f", "520100", 2021, [2]int{9}),  // of another province
	})
	p, err := study.FiguresByPlace(t.Context(), s, baogao.Request{}, baogao.FigureFilter{Indicator: "行政复议·受理", Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"510100: 2017 said [7 a#p4]; 2020 said [10 a#p1] [11 a#p3]; 2021 not said; 2022 not held; 2023 not held; unknown not held",
		"510300: 2017 not held; 2020 not held; 2021 not held; 2022 not held; 2023 said [30 c#p1] [30 d#p1]; unknown not held",
		"520100: 2017 not held; 2020 not held; 2021 said [9 f#p1]; 2022 not held; 2023 not held; unknown not held",
		": 2017 not held; 2020 not held; 2021 not held; 2022 not held; 2023 not held; unknown said [5 e#p1]",
	}
	if got := shownPanel(p); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if !slices.Equal(p.Keys, []string{"行政复议·受理"}) {
		t.Errorf("keys %v", p.Keys)
	}
	other := said("g", "510100", 2020, [2]int{99})
	other.Passages[0].Measured[0].Key = "行政复议·受理·增速"
	s = testkit.Open(t, []*baogao.Report{said("a", "510100", 2020, [2]int{10}), other, said("f", "520100", 2021, [2]int{9})})
	for indicator, want := range map[string]string{"行政复议·受理": "2020 said [10 a#p1]", "行政复议": "2020 said [10 a#p1] [99 g#p1]"} {
		p, err := study.FiguresByPlace(t.Context(), s, baogao.Request{}, baogao.FigureFilter{Indicator: indicator})
		if err != nil || !strings.Contains(shownPanel(p)[0], want+";") {
			t.Errorf("%s: %v, %v", indicator, shownPanel(p), err)
		}
	}
	only := baogao.Request{Filters: []baogao.Filter{{Regions: []string{"520000"}}}}
	if p, err := study.FiguresByPlace(t.Context(), s, only, baogao.FigureFilter{}); err != nil || !slices.Equal(shownPanel(p), []string{"520100: 2021 said [9 f#p1]"}) {
		t.Errorf("of one province %v, %v", shownPanel(p), err)
	}
}

// TestRung keeps the rows of one rung.
func TestRung(t *testing.T) {
	s := testkit.Open(t, []*baogao.Report{
		said("a", "510000", 2020, [2]int{10}), said("b", "510100", 2020, [2]int{20}), said("c", "510104", 2021, [2]int{30}), said("d", "110000", 2021, [2]int{40}), said("e", "", 2020, [2]int{50}),
	})
	for by, want := range map[study.By][]string{
		study.ByProvince: {"110000: 2020 not held; 2021 said [40 d#p1]", "510000: 2020 said [10 a#p1]; 2021 not held"},
		study.ByCity:     {"110000: 2020 not held; 2021 said [40 d#p1]", "510100: 2020 said [20 b#p1]; 2021 not held"},
		study.ByDistrict: {"510104: 2020 not held; 2021 said [30 c#p1]"},
	} {
		p, err := study.FiguresByPlace(t.Context(), s, baogao.Request{}, baogao.FigureFilter{Indicator: "行政复议·受理"})
		if err != nil {
			t.Fatal(err)
		}
		p.Rung(by, baogao.Request{})
		got := shownPanel(p)
		if by == study.ByProvince {
			if len(got) < 31 || !slices.Contains(got, "320000: 2020 not held; 2021 not held") || !slices.IsSorted(got) {
				t.Errorf("provinces %q", got)
			}
			got = slices.DeleteFunc(got, func(line string) bool { return !strings.Contains(line, "[") })
		}
		if !slices.Equal(got, want) || !slices.Equal(p.Keys, []string{"行政复议·受理"}) {
			t.Errorf("%s: %q, want %q; keys %v", by, got, want, p.Keys)
		}
	}
}

// shownPanel is a panel as text, a row a line.
func shownPanel(p *study.FigurePanel) (lines []string) {
	for _, row := range p.Rows {
		var cells []string
		for i, c := range row.Cells {
			text := p.Years[i] + " " + c.State()
			for _, v := range c.Values {
				text += fmt.Sprintf(" [%v %s]", v.Value, v.Passage)
			}
			cells = append(cells, text)
		}
		lines = append(lines, row.Region.Code+": "+strings.Join(cells, "; "))
	}
	return lines
}
