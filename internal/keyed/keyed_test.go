package keyed_test

import (
	"slices"
	"testing"

	"baogao"
	"baogao/corpus"
	"baogao/internal/figure/key"
	"baogao/internal/keyed"
	"baogao/internal/testkit"
	"baogao/query"
)

// TestOver asks an index for figures under keys of one's own: filters, groups and
// totals go by them, and the index stays what it was.
func TestOver(t *testing.T) {
	r := &baogao.Report{Meta: baogao.Meta{ID: "a", Year: 2022}}
	for i, text := range []string{"茶园面积12万亩，茶叶种植面积增长3%。", "受理行政复议案件14件，审结6件。"} {
		r.Paragraphs = append(r.Paragraphs, baogao.Paragraph{Number: i + 1, Text: text, Section: []string{}})
		r.Passages = append(r.Passages, baogao.Passage{Paragraph: i + 1, Text: text, Section: []string{}})
	}
	if err := corpus.Measure(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	s := testkit.Open(t, []*baogao.Report{r})
	own, err := key.ReadOwn("mine", "茶业 = 茶园面积 茶叶种植面积\n[objects]\n复议大类 = 行政复议案件")
	if err != nil {
		t.Fatal(err)
	}
	ours := keyed.Over(s, own)
	held, release, err := ours.Hold(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	keysOf := func(s baogao.Searcher, f baogao.FigureFilter) (keys []string) {
		from, err := baogao.FigurerOf(s)
		if err != nil {
			t.Fatal(err)
		}
		res, err := from.Figures(t.Context(), baogao.Request{Query: query.Parse("")}, f)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range res.Figures {
			keys = append(keys, f.Key)
		}
		for _, g := range res.Groups {
			keys = append(keys, g.Key)
		}
		f.Offset, f.Grouped = 0, false
		n := 0
		for _, err := range from.EachFigure(t.Context(), baogao.Request{}, f) {
			if n++; err != nil {
				t.Fatal(err)
			}
		}
		if n != res.Total.Figures {
			t.Errorf("%d of %d figures", n, res.Total.Figures)
		}
		return keys
	}
	for _, tt := range []struct {
		s    baogao.Searcher
		f    baogao.FigureFilter
		want []string
	}{
		{ours, baogao.FigureFilter{}, []string{"茶业", "茶业·增速", "复议大类·受理", "复议大类·办结"}},
		{held, baogao.FigureFilter{Indicator: "复议大类·受理"}, []string{"复议大类·受理"}},
		{ours, baogao.FigureFilter{Indicator: "茶业", Grouped: true}, []string{"茶业", "茶业·增速"}},
		{ours, baogao.FigureFilter{Indicator: "行政复议·受理"}, nil},
		{s, baogao.FigureFilter{}, []string{"茶园面积", "茶叶种植面积·增速", "行政复议·受理", "行政复议·办结"}},
		{s, baogao.FigureFilter{Indicator: "行政复议·受理"}, []string{"行政复议·受理"}},
	} {
		if got := keysOf(tt.s, tt.f); !slices.Equal(got, tt.want) {
			t.Errorf("%+v: %q, want %q", tt.f, got, tt.want)
		}
	}
	if keyed.Over(s, nil) != s {
		t.Error("no table changes the Searcher")
	}
	if pairs, err := ours.(baogao.Vocabulary).Pairs(t.Context(), []rune("复"), []rune("议")); err != nil || len(pairs) != 1 {
		t.Errorf("%v %v", pairs, err)
	}
}
