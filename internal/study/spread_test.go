package study_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/study"
	"baogao/internal/testkit"
)

// place makes a division of Sichuan.
func place(code string, path ...string) baogao.Region {
	return baogao.Region{Code: code, Name: strings.Join(path, ""), Path: path}
}

// reports are of five places and what is not known on three years, with holes;
// every other one speaks of 复议, and the years of every other
// place are not sure. One of the new area's two is a copy of the other.
func reports() []*baogao.Report {
	var all []*baogao.Report
	for i, at := range []struct {
		region baogao.Region
		level  baogao.Level
		years  []int
	}{
		{place("510000", "四川省"), baogao.Province, []int{2021, 2022, 2023}},
		{place("510900", "四川省", "遂宁市"), baogao.City, []int{2021, 2023}},
		{place("510904", "四川省", "遂宁市", "安居区"), baogao.District, []int{2022, 2023, 0}},
		{place("500105008", "重庆市", "江北区", "郭家沱街道"), baogao.Street, []int{2022}},
		{baogao.Region{Name: "某新区"}, "", []int{2023, 2023}},
		{baogao.Region{}, baogao.Street, []int{2021}},
	} {
		for n, year := range at.years {
			text := fmt.Sprintf("第%d处第%d年的办结情况如下", i, n)
			if (i+n)%2 == 0 {
				text = fmt.Sprintf("第%d处第%d年的行政复议案件办结情况如下", i, n)
			}
			if at.region.Name == "某新区" {
				text = "全年没有收到申请，也没有新收行政复议案件，所以无从说起"
			}
			kind := []baogao.Kind{baogao.Work, baogao.RuleOfLaw, ""}[(i+n)%3]
			r := &baogao.Report{
				Meta:       baogao.Meta{ID: fmt.Sprintf("%d-%d", i, n), Region: at.region, Level: at.level, Year: year, Kind: kind},
				Passages:   []baogao.Passage{{Paragraph: 1, Text: text}, {Paragraph: 2, Text: "特此报告"}},
				Paragraphs: []baogao.Paragraph{{Number: 1, Text: text}, {Number: 2, Text: "特此报告"}},
			}
			if i%2 == 1 && year > 0 {
				r.Findings = []baogao.Finding{{Field: "year", Value: strconv.Itoa(year), Origin: baogao.Inferred, Confidence: 0.7}}
			}
			all = append(all, r)
		}
	}
	return all
}

// TestAsk compares what is held with what adding up by hand gives.
func TestAsk(t *testing.T) {
	all := reports()
	s := testkit.Open(t, all)
	shown := slices.DeleteFunc(slices.Clone(all), func(r *baogao.Report) bool { return r.Meta.ID == copyID(t, s) })
	inSichuan := func(m baogao.Meta) bool { return strings.HasPrefix(m.Region.Code, "51") }
	lately := func(m baogao.Meta) bool { return m.Year >= 2022 }
	sure := func(m baogao.Meta) bool { return m.ID[0]%2 == '0'%2 || m.Year == 0 }
	atLevel := func(levels ...baogao.Level) func(baogao.Meta) bool {
		return func(m baogao.Meta) bool { return slices.Contains(levels, m.Level) }
	}
	for _, tt := range []struct {
		name   string
		typed  ask.Typed
		copies bool
		report string
		within map[string]func(baogao.Meta) bool // by the field of the filter; that of "" holds for every facet
	}{
		{name: "everything"},
		{name: "a word", typed: ask.Typed{Question: "复议"}},
		{name: "a word of no report", typed: ask.Typed{Question: "火星"}},
		{name: "words that only parts of are found", typed: ask.Typed{Question: "复议人员与火星"}},
		{name: "a region", typed: ask.Typed{Question: "复议", Regions: []string{"四川"}}, within: map[string]func(baogao.Meta) bool{"region": inSichuan}},
		{name: "a region in the question", typed: ask.Typed{Question: "复议 region:四川"}, within: map[string]func(baogao.Meta) bool{"region": inSichuan}},
		{name: "three filters", typed: ask.Typed{Question: "复议 year:2022..", Regions: []string{"四川"}, Levels: []string{"city", "district"}},
			within: map[string]func(baogao.Meta) bool{"region": inSichuan, "year": lately, "level": atLevel(baogao.City, baogao.District)}},
		{name: "a region that is not held", typed: ask.Typed{Question: "复议", Regions: []string{"火星"}},
			within: map[string]func(baogao.Meta) bool{"region": func(baogao.Meta) bool { return false }}},
		{name: "a level left out", typed: ask.Typed{Question: "复议 -level:street"},
			within: map[string]func(baogao.Meta) bool{"": func(m baogao.Meta) bool { return m.Level != baogao.Street }}},
		{name: "one of two", typed: ask.Typed{Question: "复议 (level:city OR year:2022..)"},
			within: map[string]func(baogao.Meta) bool{"": func(m baogao.Meta) bool { return m.Level == baogao.City || lately(m) }}},
		{name: "a level or a word", typed: ask.Typed{Question: "复议 (level:city OR 办结)"}},
		{name: "what is sure", typed: ask.Typed{Question: "复议", Sure: "0.8"}, within: map[string]func(baogao.Meta) bool{"": sure}},
		{name: "what is sure, in the question", typed: ask.Typed{Question: "复议 -sure:80%", Levels: []string{"city"}},
			within: map[string]func(baogao.Meta) bool{"": func(m baogao.Meta) bool { return !sure(m) }, "level": atLevel(baogao.City)}},
		{name: "a title", typed: ask.Typed{Question: "title:复议"}},
		{name: "copies", typed: ask.Typed{Question: "复议", Years: []string{"2023"}}, copies: true,
			within: map[string]func(baogao.Meta) bool{"year": func(m baogao.Meta) bool { return m.Year == 2023 }}},
		{name: "a report", typed: ask.Typed{Question: "火星"}, report: "2-1", within: map[string]func(baogao.Meta) bool{"": func(m baogao.Meta) bool { return m.ID == "2-1" }}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			q, err := ask.Read(t.Context(), s, tt.typed, ask.English)
			if err != nil {
				t.Fatal(err)
			}
			q.Request.Copies, q.Request.Report, q.Request.Cells = tt.copies, tt.report, true
			spread, err := study.Ask(t.Context(), s, q.Request)
			if err != nil {
				t.Fatal(err)
			}
			held := shown
			if tt.copies {
				held = all
			}
			within := func(but string, of func(baogao.Meta) bool) (n holding) {
				for _, r := range held {
					out := false
					for field, passes := range tt.within {
						out = out || field != but && !passes(r.Meta)
					}
					if !out && of(r.Meta) {
						n.reports++
						for _, p := range r.Passages {
							n.chars += int64(utf8.RuneCountInString(p.Text))
						}
					}
				}
				return n
			}
			compare(t, spread.Result, within)
			compare(t, exactly(t, s, spread, q.Request), within)
			for _, v := range spread.Held.Year {
				want := within("year", func(m baogao.Meta) bool { return slices.Contains(valuesOf("year", m), v.Value) })
				if got := (holding{v.Reports, v.Chars}); got != want || want.reports == 0 {
					t.Errorf("of %s %+v is held, want %+v", v.Value, got, want)
				}
			}
		})
	}
}

// A holding is how much is held: reports, and the characters of their texts.
type holding struct {
	reports int
	chars   int64
}

// compare holds a result to what is held within the filters but the one on a
// field.
func compare(t *testing.T, res *baogao.Result, within func(but string, of func(baogao.Meta) bool) holding) {
	t.Helper()
	if got, want := (holding{res.Held, res.Chars}), within("none", func(baogao.Meta) bool { return true }); got != want {
		t.Errorf("%+v is held, want %+v", got, want)
	}
	for _, facet := range res.Facets.All() {
		for _, v := range facet.Values {
			want := within(facet.Field, func(m baogao.Meta) bool { return slices.Contains(valuesOf(facet.Field, m), v.Value) })
			if got := (holding{v.Held, v.Chars}); got != want || v.Held < v.Reports {
				t.Errorf("%s %s: %+v held, %d match, want %+v", facet.Field, v.Value, got, v.Reports, want)
			}
		}
	}
	for _, c := range res.Cells {
		want := within("region", func(m baogao.Meta) bool {
			return m.Year == c.Year && m.Region.Code == c.Region.Code && m.Region.Name == c.Region.Name
		})
		if got := (holding{c.Held, c.Chars}); got != want || c.Held < c.Reports {
			t.Errorf("%s %d: %+v held, %d match, want %+v", c.Region.Name, c.Year, got, c.Reports, want)
		}
	}
}

// copyID is the id of the only copy among the reports.
func copyID(t *testing.T, s baogao.Searcher) string {
	t.Helper()
	for _, id := range []string{"4-0", "4-1"} {
		r, err := s.Report(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if r.CopyOf != "" {
			return id
		}
	}
	t.Fatal("no report is a copy")
	return ""
}

// valuesOf are the values by which a field finds a report.
func valuesOf(field string, m baogao.Meta) []string {
	value := ""
	switch field {
	case "region":
		return m.Region.Values()
	case "level":
		value = string(m.Level)
	case "kind":
		value = string(m.Kind)
	case "year":
		if m.Year > 0 {
			value = strconv.Itoa(m.Year)
		}
	}
	if value == "" {
		value = baogao.Unknown
	}
	return []string{value}
}

// exactly is what matches exactly.
func exactly(t *testing.T, s baogao.Searcher, spread *study.Spread, req baogao.Request) *baogao.Result {
	t.Helper()
	res, err := spread.Exact(t.Context(), s, req)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// TestExact wants beside an answer of the relaxed tier the exact one.
func TestExact(t *testing.T) {
	s := testkit.Open(t, reports())
	for question, relaxed := range map[string]bool{"复议": false, "复议人员与火星": true, "": false} {
		q, err := ask.Read(t.Context(), s, ask.Typed{Question: question}, ask.English)
		if err != nil {
			t.Fatal(err)
		}
		spread, err := study.Ask(t.Context(), s, q.Request)
		if err != nil {
			t.Fatal(err)
		}
		exact := exactly(t, s, spread, q.Request)
		if spread.Result.Relaxed != relaxed || exact.Relaxed || (exact == spread.Result) == relaxed || relaxed && exact.Total.Passages != 0 {
			t.Errorf("%q: relaxed %t, the exact answer has %d passages", question, spread.Result.Relaxed, exact.Total.Passages)
		}
	}
}

// TestWider asks for what there is elsewhere, and for what there is nowhere.
func TestWider(t *testing.T) {
	s := testkit.Open(t, reports())
	for _, tt := range []struct {
		typed ask.Typed
		want  int // passages; 0 is nil
	}{
		{ask.Typed{Question: "复议", Levels: []string{"country"}}, 6},
		{ask.Typed{Question: "复议", Levels: []string{"province"}}, 0},
		{ask.Typed{Question: "火星", Levels: []string{"country"}}, 0},
		{ask.Typed{Question: "复议 year:2021", Levels: []string{"country"}}, 1},
	} {
		q, err := ask.Read(t.Context(), s, tt.typed, ask.English)
		if err != nil {
			t.Fatal(err)
		}
		spread, err := study.Ask(t.Context(), s, q.Request)
		if err != nil {
			t.Fatal(err)
		}
		exact := exactly(t, s, spread, q.Request)
		q.Request.Filters = q.Request.Filters[1:]
		wider, err := study.Wider(t.Context(), s, q.Request, exact)
		if err != nil || (wider == nil) != (tt.want == 0) || wider != nil && wider.Passages != tt.want {
			t.Errorf("%+v: %v, %v, want %d", tt.typed, wider, err, tt.want)
		}
	}
}
