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

// TestOutliers marks what is ten times as much as the median of its place, or of the
// places of its level where its own says too little, or a tenth of it.
func TestOutliers(t *testing.T) {
	type said struct {
		region, report string
		value          float64
		more           func(*baogao.FoundFigure)
	}
	level := func(l baogao.Level) func(*baogao.FoundFigure) {
		return func(f *baogao.FoundFigure) { f.Meta.Level = l }
	}
	kind := func(k baogao.FigureKind) func(*baogao.FoundFigure) { return func(f *baogao.FoundFigure) { f.Kind = k } }
	period := func(f *baogao.FoundFigure) { f.Period = "五年" }
	for _, tt := range []struct {
		name string
		all  []said
		want string // values that are marked, and beside what
	}{
		{"three years of a place", []said{{"1", "a", 14, nil}, {"1", "b", 16, nil}, {"1", "c", 140_000, nil}}, "140000 place 16"},
		{"a tenth of it", []said{{"1", "a", 1400, nil}, {"1", "b", 1600, nil}, {"1", "c", 0.14, nil}}, "0.14 place 1400"},
		{"exactly ten times", []said{{"1", "a", 10, nil}, {"1", "b", 10, nil}, {"1", "c", 100, nil}, {"1", "d", 99, nil}, {"1", "e", 10, nil}}, "100 place 10"},
		{"two years tell nothing", []said{{"1", "a", 14, nil}, {"1", "b", 140_000, nil}}, ""},
		{"what a report repeats counts once", []said{{"1", "a", 14, nil}, {"1", "a", 14, nil}, {"1", "b", 140_000, nil}}, ""},
		{"five places", []said{{"1", "a", 14, nil}, {"2", "b", 16, nil}, {"3", "c", 20, nil}, {"4", "d", 30, nil}, {"5", "e", 200_000, nil}}, "200000 group 20"},
		{"four places tell nothing", []said{{"1", "a", 14, nil}, {"2", "b", 16, nil}, {"3", "c", 20, nil}, {"5", "e", 200_000, nil}}, ""},
		{"a large place agrees with itself", []said{
			{"1", "a", 1, nil}, {"2", "b", 1, nil}, {"3", "c", 1, nil}, {"4", "d", 1, nil}, {"9", "e", 500, nil}, {"9", "f", 520, nil}, {"9", "g", 560, nil},
		}, ""},
		{"levels apart", []said{
			{"1", "a", 1, nil}, {"2", "b", 1, nil}, {"3", "c", 1, nil}, {"4", "d", 1, nil}, {"5", "e", 1, nil}, {"6", "f", 100, level(baogao.Province)}, {"7", "g", 100, level(baogao.City)},
		}, ""},
		{"periods apart", []said{{"1", "a", 14, nil}, {"1", "b", 16, nil}, {"1", "c", 15, nil}, {"1", "d", 300, period}}, ""},
		{"no shares", []said{{"1", "a", 1, kind("rate")}, {"1", "b", 1, kind("rate")}, {"1", "c", 95, kind("rate")}}, ""},
		{"zero is none", []said{{"1", "a", 14, nil}, {"1", "b", 16, nil}, {"1", "c", 15, nil}, {"1", "d", 0, nil}}, ""},
		{"nobody knows where", []said{{"", "a", 14, nil}, {"", "b", 16, nil}, {"", "c", 140_000, nil}}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			far := study.NewOutliers()
			var all []*baogao.FoundFigure
			for _, s := range tt.all {
				f := &baogao.FoundFigure{Figure: baogao.Figure{Report: s.report, Value: s.value, Kind: "count", Unit: "件", Key: "行政复议·受理"}, Meta: baogao.Meta{Level: baogao.District}}
				if s.region != "" {
					f.Meta.Region = baogao.Region{Code: s.region, Name: s.region}
				}
				if s.more != nil {
					s.more(f)
				}
				far.Add(f)
				all = append(all, f)
			}
			var got []string
			for _, f := range all {
				if o := far.Of(f); o != nil {
					got = append(got, fmt.Sprintf("%g %s %.4g", f.Value, o.Beside, o.Median))
				}
			}
			if strings.Join(got, "; ") != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestOutliersAreMarked wants one rule in lists and panels, whatever part of a result
// is asked for.
func TestOutliersAreMarked(t *testing.T) {
	s := testkit.Open(t, []*baogao.Report{
		said("a", "510100", 2020, [2]int{14}), said("b", "510100", 2021, [2]int{16}), said("c", "510100", 2022, [2]int{15_0000}), said("d", "510100", 2023, [2]int{17}),
	})
	from, err := baogao.FigurerOf(s)
	if err != nil {
		t.Fatal(err)
	}
	least := 100.0
	by := baogao.FigureFilter{Key: "行政复议·受理", Min: &least}
	res, err := study.Figures(t.Context(), from, baogao.Request{}, by)
	if err != nil || len(res.Figures) != 1 || res.Figures[0].Outlier == nil || res.Figures[0].Outlier.Beside != study.BesidePlace {
		t.Fatalf("%+v, %v", res, err)
	}
	by.Min = nil
	var marked []string
	for f, err := range study.EachFigure(t.Context(), from, baogao.Request{}, by) {
		if err != nil {
			t.Fatal(err)
		}
		if f.Outlier != nil {
			marked = append(marked, f.Report)
		}
	}
	p, err := study.FiguresByPlace(t.Context(), s, baogao.Request{}, by)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range p.Rows[0].Cells {
		for _, f := range c.Values {
			if f.Outlier != nil {
				marked = append(marked, f.Report)
			}
		}
	}
	if !slices.Equal(marked, []string{"c", "c"}) {
		t.Errorf("marked are %q", marked)
	}
	if res, err := study.Figures(t.Context(), from, baogao.Request{}, baogao.FigureFilter{}); err != nil || slices.ContainsFunc(res.Figures, func(f baogao.FoundFigure) bool { return f.Outlier != nil }) {
		t.Errorf("without an indicator %+v, %v", res, err)
	}
}
