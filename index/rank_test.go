package index

import (
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/query"
)

// TestRanking says what stands above what.
func TestRanking(t *testing.T) {
	filler := strings.Repeat("其他工作有序推进", 12)
	x := openIndex(t, []*baogao.Report{
		report(baogao.Meta{ID: "place", Title: "行政复议工作报告", Year: 2020},
			"行政复议工作报告", "#行政复议工作报告", "行政复议工作总结"),
		facts(report(baogao.Meta{ID: "facts", Year: 2020}, "督察制度健全。", "督察制度健全。", "督察制度健全。", "督察制度健全。", "#督察制度罕见，督察制度"),
			[]int{0, 2, 20, 2, 9}, []bool{false, true, false, false, false}),
		report(baogao.Meta{ID: "often", Year: 2020}, "行政应诉案件,行政应诉人员,行政应诉率。", "行政应诉案件,有关人员,出庭率良好。"),
		report(baogao.Meta{ID: "short", Year: 2020}, "办理信访事项。"+filler, "办理信访事项。"),
		report(baogao.Meta{ID: "rare", Year: 2020}, "合法性审查十分常见。", "合法性审查十分常见。", "合法性审查与罕见词语。", "罕见词语之外。"),
		report(baogao.Meta{ID: "tie2", Year: 2021}, "同分的段落。"),
		report(baogao.Meta{ID: "tie1", Year: 2021}, "同分的段落。"),
		report(baogao.Meta{ID: "tie3", Year: 2022}, "同分的段落。", "同分的段落。"),
	})
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"titles and headings behind text", "行政复议", []string{"place#p3", "place#p1", "place#p2"}},
		{"figures above none, what was done above plans, headings last", "督察制度", []string{"facts#p3", "facts#p4", "facts#p2", "facts#p1", "facts#p5"}},
		{"a heading with both words behind text with one", "督察制度 OR 罕见", []string{"facts#p3", "rare#p4", "rare#p3", "facts#p4", "facts#p2", "facts#p1", "facts#p5"}},
		{"without words as it reads", "title:工作报告", []string{"place#p1", "place#p2", "place#p3"}},
		{"more often above once", "行政应诉", []string{"often#p1", "often#p2"}},
		{"short above long", "信访", []string{"short#p2", "short#p1"}},
		{"both words, then the rarer one", "合法性审查 OR 罕见词语", []string{"rare#p3", "rare#p4", "rare#p1", "rare#p2"}},
		{"ties by year, report and place", "同分的段落", []string{"tie3#p1", "tie3#p2", "tie1#p1", "tie2#p1"}},
	} {
		res, err := x.Search(t.Context(), baogao.Request{Query: query.Parse(tt.text), Copies: true})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range res.Hits {
			got = append(got, h.ID)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// TestRelaxedOrder says what stands above what where nothing matches exactly.
func TestRelaxedOrder(t *testing.T) {
	x := openIndex(t, []*baogao.Report{
		facts(report(baogao.Meta{ID: "a", Year: 2020}, "河长制全面推行。", "各项政策的落实情况和落实成效。", "#河长制落实", "河长制全面推行。", "河长制全面推行。", "何人何时何地。"),
			[]int{0, 3, 0, 3, 0, 0}, []bool{true, false, false, false, false, false}),
		report(baogao.Meta{ID: "others", Year: 2020}, slices.Repeat([]string{"其他事项有序推进。"}, 20)...),
	})
	res, err := x.Search(t.Context(), baogao.Request{Query: query.Parse("河长制落实情况如何")})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, h := range res.Hits {
		got = append(got, h.ID)
	}
	if want := []string{"a#p4", "a#p5", "a#p1", "a#p2", "a#p3"}; !res.Relaxed || !slices.Equal(got, want) {
		t.Errorf("%v, relaxed %v, want %v", got, res.Relaxed, want)
	}
}

// TestRelated asks for what few passages match: others that share parts of the
// words follow, no match among them and none of them counted.
func TestRelated(t *testing.T) {
	other := report(baogao.Meta{ID: "other", Year: 2021}, "河长制推行。", "其他事项。")
	other.Findings = []baogao.Finding{{Field: "year", Value: "2021", Origin: baogao.Inferred, Confidence: 0.7}}
	x := openIndex(t, []*baogao.Report{
		report(baogao.Meta{ID: "few", Year: 2020}, "河长制巡查制度健全。", "推行林长制巡查。", "河长制巡查制度完善。", "河湖巡查有序。"),
		other,
		report(baogao.Meta{ID: "many", Year: 2022}, "信访事项。", "信访事项。", "信访事项。", "信访事项。", "信访事项。"),
	})
	only := baogao.Filter{Years: []query.Years{{From: 2020, To: 2020}}}
	for _, tt := range []struct {
		name string
		req  baogao.Request
		text string
		want []string
	}{
		{"few", baogao.Request{}, "河长制巡查制度", []string{"few#p2", "other#p1", "few#p4"}},
		{"by year, still the nearest first", baogao.Request{Sort: baogao.ByYearDown}, "河长制巡查制度", []string{"few#p2", "other#p1", "few#p4"}},
		{"as many as there is room for", baogao.Request{Limit: 3}, "河长制巡查制度", []string{"few#p2"}},
		{"no room", baogao.Request{Limit: 2}, "河长制巡查制度", nil},
		{"none shown", baogao.Request{Limit: -1}, "河长制巡查制度", nil},
		{"under a filter", baogao.Request{Filters: []baogao.Filter{only}}, "河长制巡查制度", []string{"few#p2", "few#p4"}},
		{"of what is sure", baogao.Request{Filters: []baogao.Filter{{Sure: 0.8}}}, "河长制巡查制度", []string{"few#p2", "few#p4"}},
		{"of what is not sure", baogao.Request{}, "河长制推行 -sure:0.8", nil},
		{"under an exclusion", baogao.Request{}, "河长制巡查制度 -title:无 -year:2021", []string{"few#p2", "few#p4"}},
		{"in one report", baogao.Request{Report: "few"}, "河长制巡查制度", []string{"few#p2", "few#p4"}},
		{"exact", baogao.Request{Exact: true}, "河长制巡查制度", nil},
		{"behind the first page", baogao.Request{Offset: 1}, "河长制巡查制度", nil},
		{"five", baogao.Request{}, "信访事项", nil},
		{"no words", baogao.Request{Report: "other"}, "", nil},
		{"nothing shared", baogao.Request{}, "其他", nil},
	} {
		tt.req.Query = query.Parse(tt.text)
		res, err := x.Search(t.Context(), tt.req)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range res.Related {
			got = append(got, h.ID)
		}
		exact, err := x.Search(t.Context(), baogao.Request{Query: tt.req.Query, Filters: tt.req.Filters, Report: tt.req.Report, Exact: true})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, tt.want) || res.Relaxed || res.Total != exact.Total {
			t.Errorf("%s: %v of %+v, want %v of %+v", tt.name, got, res.Total, tt.want, exact.Total)
		}
	}
}

// facts says of the passages of a report how many figures they have, and which
// of them stand in plans.
func facts(r *baogao.Report, figures []int, plans []bool) *baogao.Report {
	for i := range r.Passages {
		r.Passages[i].Figures, r.Passages[i].Plan = figures[i], plans[i]
	}
	return r
}

// TestRelaxedTier holds the relaxed tier to reading every passage: those that
// share a part of the words, no others, every shared part marked.
func TestRelaxedTier(t *testing.T) {
	reports := testReports()
	x := openIndex(t, reports)
	for _, tt := range []struct{ text, without string }{
		{"行政复议人员与应诉", ""}, {"营商环境建设14件", ""}, {"行政复讼", ""}, {"LED灯与5G", ""}, {"行政复议人员 -信访", "信访"},
		{"within:report 行政复议人员与火星 -信访", "report:信访"},
	} {
		res, err := x.Search(t.Context(), baogao.Request{Query: query.Parse(tt.text), Limit: 1 << 20})
		if err != nil {
			t.Fatal(err)
		}
		want := sharingPassages(reports, tt.text, tt.without)
		got := map[string]string{}
		for _, h := range res.Hits {
			got[h.ID] = markedText(h)
		}
		if !res.Relaxed || res.Total.Passages != len(want) || !maps.Equal(got, want) {
			t.Errorf("%s: relaxed %v, %v, want %v", tt.text, res.Relaxed, got, want)
		}
		if !slices.IsSortedFunc(res.Hits, func(a, b baogao.Hit) int { return int(math.Copysign(1, b.Score-a.Score)) }) {
			t.Errorf("%s: hits are not in the order of their scores", tt.text)
		}
	}
}

// sharingPassages returns, by id, what each passage shares with a question,
// its stretches joined by a bar.
func sharingPassages(reports []*baogao.Report, text, without string) map[string]string {
	var parts []*analyzer.Pattern
	for _, w := range query.Words(query.Parse(text).Root) {
		for _, term := range analyzer.AppendTerms(nil, string(w.(query.Word))) {
			parts = append(parts, analyzer.Compile(term))
		}
	}
	excluded, whole := strings.CutPrefix(without, "report:")
	found := map[string]string{}
	for _, r := range reports {
		if whole && slices.ContainsFunc(r.Passages, func(p baogao.Passage) bool { return strings.Contains(analyzer.Fold(p.Text), excluded) }) {
			continue
		}
		for _, p := range r.Passages {
			if !whole && without != "" && strings.Contains(analyzer.Fold(p.Text), without) {
				continue
			}
			shared := make([]bool, len([]rune(p.Text))+1)
			for _, part := range parts {
				for _, s := range part.Find(analyzer.FoldRunes(nil, p.Text), nil) {
					for i := s.Start; i < s.End; i++ {
						shared[i] = true
					}
				}
			}
			if slices.Contains(shared, true) {
				found[baogao.PassageID(r.Meta.ID, p.Paragraph, p.Piece)] = stretches(p.Text, shared)
			}
		}
	}
	return found
}

func stretches(text string, in []bool) string {
	var b strings.Builder
	for i, r := range []rune(text) {
		if in[i] {
			b.WriteRune(r)
			if !in[i+1] {
				b.WriteByte('|')
			}
		}
	}
	return b.String()
}

func markedText(h baogao.Hit) string {
	in := make([]bool, len([]rune(h.Text))+1)
	for _, m := range h.Highlights {
		for i := m.Start; i < m.End; i++ {
			in[i] = true
		}
	}
	return stretches(h.Text, in)
}
