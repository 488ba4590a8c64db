package study_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/study"
	"baogao/internal/testkit"
	"baogao/query"
)

// places are of every rung, and of those that divisions skip.
func places() []baogao.Region {
	return []baogao.Region{
		{Code: "100000", Name: "中国", Path: []string{"中国"}},
		place("510000", "四川省"), place("510900", "四川省", "遂宁市"), place("510904", "四川省", "遂宁市", "安居区"), place("510904001", "四川省", "遂宁市", "安居区", "柔刚街道"),
		place("500000", "重庆市"), place("500105", "重庆市", "江北区"), place("500105008", "重庆市", "江北区", "郭家沱街道"),
		place("441900", "广东省", "东莞市"), place("441900101", "广东省", "东莞市", "石碣镇"),
		place("429004", "湖北省", "仙桃市"), place("429004001", "湖北省", "仙桃市", "沙嘴街道"),
		{Name: "某新区"}, {},
	}
}

// placed are three reports of each place, on years with a hole, of which some speak
// of 复议 and some of 信访.
func placed() []*baogao.Report {
	var all []*baogao.Report
	for i, region := range places() {
		for n, year := range []int{2019, 2022, 0} {
			text := fmt.Sprintf("第%d处第%d篇", i, n) + strings.Repeat("行政复议案件办结情况。", (i+n)%3) + strings.Repeat("信访", (i*n)%2)
			all = append(all, &baogao.Report{
				Meta:       baogao.Meta{ID: fmt.Sprintf("%d-%d", i, n), Region: region, Year: year, Level: baogao.Levels[(i+n)%len(baogao.Levels)], Kind: []baogao.Kind{baogao.Work, ""}[n%2]},
				Passages:   []baogao.Passage{{Paragraph: 1, Text: text}, {Paragraph: 2, Text: "特此报告"}},
				Paragraphs: []baogao.Paragraph{{Number: 1, Text: text}, {Number: 2, Text: "特此报告"}},
			})
		}
	}
	return all
}

// TestAlong opens every number: a row is what a search finds with its value among
// the filters. What is held is counted in the texts.
func TestAlong(t *testing.T) {
	all := placed()
	s := testkit.Open(t, all)
	for _, typed := range []ask.Typed{
		{}, {Regions: []string{"四川"}}, {Regions: []string{"=四川", "重庆", "东莞"}}, {Years: []string{"2020..2024", "unknown"}}, {Levels: []string{"city", "street"}},
		{Kinds: []string{"unknown"}, Levels: []string{"city"}}, {Regions: []string{"某新区"}}, {Regions: []string{"四川"}, Years: []string{"1999"}},
	} {
		for _, by := range study.Bys {
			t.Run(fmt.Sprintf("%s %v", by, typed), func(t *testing.T) {
				var questions []*ask.Question
				var requests []baogao.Request
				for _, q := range []string{"复议", "信访 -region:510900", "", "火星", "within:report 复议 信访"} {
					typed.Question = q
					asked, err := ask.Read(t.Context(), s, typed, ask.English)
					if err != nil {
						t.Fatal(err)
					}
					questions, requests = append(questions, asked), append(requests, asked.Request)
				}
				trend, err := study.Along(t.Context(), s, by, requests)
				if err != nil {
					t.Fatal(err)
				}
				for i, q := range questions {
					whole := searched(t, s, q.Request)
					if got := trend.Totals[i]; got != whole {
						t.Errorf("%q: the rows add up to %+v, the search finds %+v", q.Typed.Question, got, whole)
					}
					for _, row := range trend.Rows {
						if got, want := row.Tallies[i], opened(t, s, q.Request, by, row.Value); got != want {
							t.Errorf("%q %s %s: %+v, opened %+v", q.Typed.Question, row.Value, row.Label, got, want)
						}
					}
				}
				for i := 1; i < len(trend.Rows); i++ {
					if trend.Rows[i].Value == trend.Rows[i-1].Value || trend.Rows[i-1].Value == baogao.Unknown {
						t.Errorf("row %s stands behind %s", trend.Rows[i].Value, trend.Rows[i-1].Value)
					}
				}
			})
		}
	}
	want := 0
	for _, r := range all {
		for _, p := range r.Passages {
			want += utf8.RuneCountInString(p.Text)
		}
	}
	if whole := searched(t, s, baogao.Request{}); whole.Chars != int64(want) || whole.Held != len(all) {
		t.Errorf("%+v is held, the texts have %d characters in %d reports", whole, want, len(all))
	}
}

// searched is what a search says of a request.
func searched(t *testing.T, s baogao.Searcher, req baogao.Request) study.Tally {
	t.Helper()
	req.Limit, req.Exact = -1, true
	sp, err := study.Ask(t.Context(), s, req)
	if err != nil {
		t.Fatal(err)
	}
	r := sp.Result
	return study.Tally{Passages: r.Total.Passages, Reports: r.Total.Reports, Occurrences: r.Total.Occurrences, Held: r.Held, Chars: r.Chars, Wordless: r.Held > 0 && (req.Query == nil || len(query.Words(req.Query.Root)) == 0)}
}

// opened is what a search finds in a row.
func opened(t *testing.T, s baogao.Searcher, req baogao.Request, by study.By, value string) study.Tally {
	t.Helper()
	typed := ask.Typed{}
	switch by.Field() {
	case "year":
		typed.Years = []string{value}
	case "level":
		typed.Levels = []string{value}
	case "kind":
		typed.Kinds = []string{value}
	default:
		typed.Regions = []string{value}
	}
	q, err := ask.Read(t.Context(), s, typed, ask.English)
	if err != nil {
		t.Fatal(err)
	}
	req.Filters = append(slices.Clone(req.Filters), q.Request.Filters...)
	return searched(t, s, req)
}

// TestAlongRows wants the rows of each rung, holes among years, and no zero where
// nothing is held.
func TestAlongRows(t *testing.T) {
	s := testkit.Open(t, placed())
	for by, want := range map[study.By]string{
		study.ByYear:     "2019 2020- 2021- 2022 unknown",
		study.ByProvince: "=100000 110000- 120000- 130000- 140000- 150000- 210000- 220000- 230000- 310000- 320000- 330000- 340000- 350000- 360000- 370000- 410000- 420000 430000- 440000 450000- 460000- 500000 510000 520000- 530000- 540000- 610000- 620000- 630000- 640000- 650000- 710000- 810000- 820000- 某新区 unknown",
		study.ByCity:     "=100000 429004 441900 500000 =510000 510900 某新区 unknown",
		study.ByDistrict: "=100000 429004 =441900 441900101 =500000 500105 =510000 =510900 510904 某新区 unknown",
		study.ByLevel:    "country province city district street",
		study.ByKind:     "work unknown",
	} {
		trend, err := study.Along(t.Context(), s, by, []baogao.Request{{}})
		if err != nil {
			t.Fatal(err)
		}
		var rows []string
		for _, r := range trend.Rows {
			hole := ""
			if _, held := r.Tallies[0].Share(); !held {
				hole = "-"
			}
			rows = append(rows, r.Value+hole)
		}
		if got := strings.Join(rows, " "); got != want {
			t.Errorf("by %s: %s, want %s", by, got, want)
		}
	}
}

// TestAcross opens every cell of a panel of each rung, and wants none to count where
// nothing is held.
func TestAcross(t *testing.T) {
	s := testkit.Open(t, placed())
	typed := ask.Typed{Question: "复议 OR 信访", Years: []string{"2019..2022"}}
	asked, err := ask.Read(t.Context(), s, typed, ask.English)
	if err != nil {
		t.Fatal(err)
	}
	for _, by := range []study.By{study.ByProvince, study.ByCity, study.ByDistrict} {
		p, err := study.Across(t.Context(), s, by, study.ByYear, []baogao.Request{asked.Request, {}})
		if err != nil {
			t.Fatal(err)
		}
		turned, err := study.Across(t.Context(), s, study.ByYear, by, []baogao.Request{asked.Request, {}})
		if err != nil || len(turned.Rows) != len(p.Columns) {
			t.Fatalf("turned round the panel has %d rows, %v", len(turned.Rows), err)
		}
		holes := 0
		for i, row := range p.Rows {
			for j, column := range p.Columns {
				for k, req := range []baogao.Request{asked.Request, {}} {
					got := p.Cells[i][j][k]
					in := ask.Typed{Regions: []string{row.Value}, Years: []string{column.Value}}
					q, err := ask.Read(t.Context(), s, in, ask.English)
					if err != nil {
						t.Fatal(err)
					}
					req.Filters = append(slices.Clone(req.Filters), q.Request.Filters...)
					if want := searched(t, s, req); got != want || turned.Cells[j][i][k] != want {
						t.Errorf("%s %s: %+v, turned %+v, opened %+v", row.Value, column.Value, got, turned.Cells[j][i][k], want)
					}
					if got.Held == 0 {
						holes++
					}
				}
			}
		}
		if whole := searched(t, s, asked.Request); p.Totals[0] != whole || holes == 0 {
			t.Errorf("by %s the cells add up to %+v, the search finds %+v; %d holes", by, p.Totals[0], whole, holes)
		}
	}
}

// TestIntervals compares intervals with values worked by hand, and with the exact
// limits of Poisson's distribution: 4.795 and 18.39 for 10.
func TestIntervals(t *testing.T) {
	for _, tt := range []struct {
		tally      study.Tally
		rate       [3]float64 // with the interval around it; NaN is none
		share, low float64
		high       float64
	}{
		{study.Tally{Passages: 9, Reports: 5, Occurrences: 10, Held: 10, Chars: 10_000}, [3]float64{10, 4.79, 18.39}, 0.5, 0.2366, 0.7634},
		{study.Tally{Reports: 0, Occurrences: 0, Held: 20, Chars: 20_000}, [3]float64{0, 0, 1.833}, 0, 0, 0.1611},
		{study.Tally{Passages: 3, Reports: 2, Occurrences: 100, Held: 2, Chars: 1_000_000}, [3]float64{1, 0.8136, 1.2163}, 1, 0.3424, 1},
	} {
		rate, _ := tt.tally.Rate()
		low, high, ok := tt.tally.RateInterval()
		for i, got := range []float64{rate, low, high} {
			if math.Abs(got-tt.rate[i]) > 0.005*max(1, tt.rate[i]) || !ok {
				t.Errorf("%+v: rate %.4f from %.4f to %.4f, want %v", tt.tally, rate, low, high, tt.rate)
				break
			}
		}
		share, _ := tt.tally.Share()
		low, high, ok = tt.tally.ShareInterval()
		if math.Abs(share-tt.share)+math.Abs(low-tt.low)+math.Abs(high-tt.high) > 0.001 || !ok {
			t.Errorf("%+v: share %.4f from %.4f to %.4f", tt.tally, share, low, high)
		}
	}
	one := study.Tally{Passages: 3, Reports: 1, Occurrences: 4, Held: 1, Chars: 500}
	if _, _, ok := one.RateInterval(); ok {
		t.Error("one report has an interval")
	}
	if _, _, ok := one.ShareInterval(); ok {
		t.Error("one report has an interval of shares")
	}
	for _, none := range []study.Tally{{}, {Held: 1}} {
		if _, ok := none.Rate(); ok {
			t.Errorf("%+v has a rate", none)
		}
	}
}

// TestWordless asks for no word: passages and reports are counted, and of occurrences
// and rates nothing is told, which is no 0.
func TestWordless(t *testing.T) {
	s := testkit.Open(t, placed())
	for _, tt := range []struct {
		question string
		wordless bool
	}{{"", true}, {"year:2022", true}, {"-信访", true}, {"title:报告", true}, {"复议", false}, {"火星", false}, {"year:2022 复议", false}} {
		q, err := ask.Read(t.Context(), s, ask.Typed{Question: tt.question}, ask.English)
		if err != nil {
			t.Fatal(err)
		}
		trend, err := study.Along(t.Context(), s, study.ByYear, []baogao.Request{q.Request})
		if err != nil {
			t.Fatal(err)
		}
		tallies := slices.Clone(trend.Totals)
		for _, row := range trend.Rows {
			tallies = append(tallies, row.Tallies...)
		}
		for _, n := range tallies {
			_, rate := study.PerChars.Of(n)
			_, occurrences := study.Occurrences.Of(n)
			_, _, interval := n.RateInterval()
			_, share := n.Share()
			if told := n.Held > 0; rate != (told && !tt.wordless) || occurrences != rate || interval && !rate || share != told {
				t.Errorf("%q: %+v tells a rate: %v, occurrences: %v, an interval: %v, a share: %v", tt.question, n, rate, occurrences, interval, share)
			}
		}
	}
}
