package enginetest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"

	"baogao"
	"baogao/internal/ask"
	"baogao/query"
)

// A Question is asked of the engine and of the oracle, as people type it.
type Question struct {
	Text   string
	Filter baogao.Filter // its regions are named as people name them
}

// request makes a Request of a question that is asked of s.
func (q Question) request(t *testing.T, s baogao.Searcher) baogao.Request {
	t.Helper()
	typed := ask.Typed{Question: q.Text, Regions: q.Filter.Regions, Levels: texts(q.Filter.Levels), Kinds: texts(q.Filter.Kinds)}
	typed.OCR = q.Filter.OCR
	if q.Filter.Sure > 0 {
		typed.Sure = fmt.Sprint(q.Filter.Sure)
	}
	for _, y := range q.Filter.Years {
		typed.Years = append(typed.Years, y.String())
	}
	read, err := ask.Read(t.Context(), s, typed, ask.English)
	if err != nil {
		t.Fatal(err)
	}
	read.Request.Exact = true
	return read.Request
}

func texts[T ~string](values []T) []string {
	var all []string
	for _, v := range values {
		all = append(all, string(v))
	}
	return all
}

// Questions are asked of every engine over every set of reports.
var Questions = []Question{
	{Text: ""}, {Text: "行政复议"}, {Text: "行政復議"}, {Text: "法治政府"}, {Text: "街道"}, {Text: "营商环境"},
	{Text: "議"}, {Text: "议"}, {Text: "件"}, {Text: "14件"}, {Text: "１４件"}, {Text: "114件"}, {Text: "4件"},
	{Text: "100%"}, {Text: "100％"}, {Text: "100件"}, {Text: "99.2%"}, {Text: "2%"}, {Text: "行政复议案件14件"},
	{Text: "LED屏"}, {Text: "led"}, {Text: "ＬＥＤ"}, {Text: "5G"}, {Text: "g"}, {Text: "12345热线"}, {Text: "“12345”热线"},
	{Text: "2022年"}, {Text: "2023"}, {Text: "〔2023〕"}, {Text: "[2023]15号"}, {Text: "、"}, {Text: "%"},
	{Text: "营商环境 -街道"}, {Text: "-街道"}, {Text: "行政复议 应诉"}, {Text: "行政复议 OR 信访"}, {Text: "(复议 | 信访) 案件 -调解"},
	{Text: "复议 行政复议"}, {Text: "行政复议 行政复议"}, {Text: "复议 OR 复议 -(信访 -复议)"}, {Text: "\"行政复议与应诉\""}, {Text: "法治政府建设 -行政复议 -街道"},
	{Text: "region:四川 信访"}, {Text: "region:鼓楼区"}, {Text: "level:street 法治"}, {Text: "-level:district 法治"},
	{Text: "year:2022..2023 复议"}, {Text: "year:2021.. 复议 OR 信访"}, {Text: "year:unknown"}, {Text: "kind:work 信访"},
	{Text: "title:法治政府 复议"}, {Text: "issuer:人民政府 街道"}, {Text: "number:2023 复议"}, {Text: "section:举措 复议"},
	{Text: "region:四川 OR level:street"}, {Text: "(region:江苏 OR 信访) 法治"}, {Text: "within:sentence 行政复议 案件"},
	{Text: "within:sentence 法治 -政府"}, {Text: "within:report 行政复议 信访"}, {Text: "within:report 行政复议 -信访"},
	{Text: "within:report level:street"}, {Text: "within:report section:问题 法治"}, {Text: "火星移民"},
	{Text: "plan:no 行政复议"}, {Text: "plan:是 法治"}, {Text: "法治 -plan:yes -section:举措"}, {Text: "plan:yes"}, {Text: "plan:no OR 信访"}, {Text: "plan:yes OR plan:no"}, {Text: "复议 OR (plan:计划 法治)"},
	{Text: "within:sentence plan:no 行政复议 案件"}, {Text: "within:report plan:yes 行政复议 -信访"}, {Text: "within:report -plan:yes 法治"},
	{Text: "法治 -(行政复议 -信访)"}, {Text: "within:report -(行政复议 -信访)"}, {Text: "-(法治 OR 信访) -街道"}, {Text: "region:中国 法治"}, {Text: "region:=四川 法治"}, {Text: "-region:=四川 法治"},
	{Text: "法治", Filter: baogao.Filter{Regions: []string{"安居", "=四川"}}}, {Text: "应诉率:100%"},
	{Text: manyWords}, {Text: "within:sentence " + manyWords}, {Text: "within:report " + manyWords}, {Text: "(" + manyWords + ") -街道 -街道 year:2022.."},
	{Text: "行 政 复 议 法 治 建 设 依 法"}, {Text: "行政 政复 复议 法治 治政 政府 府建 建设 依法 法行"}, {Text: "within:report 行 政 复 议 法 治 建 设 依 法 -(信访 OR 街道)"},
	{Text: manySigns}, {Text: "within:sentence " + manySigns}, {Text: "within:report " + manySigns}, {Text: "within:sentence (复议 案件) OR (信访 -街道) OR (法治 政府 -(依法 OR 14件)) OR (，议) OR (执法 led)"},
	{Text: "-行政复议 -复议 -信访 -街道 -法治 -14件 -议案 -执法 -，"}, {Text: "within:sentence 法治 -行政复议 -复议 -信访 -街道 -14件 -议案 -执法 -依法"},
	{Text: "title:法治政府 OR title:工作 OR issuer:街道 OR section:举措 OR section:问题 OR 火星移民"}, {Text: "法治 -title:法治 -section:举措 -section:问题 -issuer:街道 -(信访 OR 复议)"},
	{Text: "within:report -title:法治 -section:举措 -section:问题 -信访"}, {Text: "within:report 法治 section:举措 section:问题"}, {Text: "-section:举措 OR -section:问题 OR -title:法治"},
	{Text: "放管服改革"}, {Text: "放管服"}, {Text: "服改"}, {Text: "\"「放管服」改革\""}, {Text: "『《条例》』"}, {Text: "双随机一公开"}, {Text: "within:sentence 放管服 改革 -条例"},
	{Text: "1234件"}, {Text: "234件"}, {Text: "1,234件"}, {Text: "345"}, {Text: "平方米"}, {Text: "平 米"}, {Text: "方米 OR 平"}, {Text: "500m²"}, {Text: "II类"}, {Text: "35°C"}, {Text: "ガ"},
	{Text: "放 管 服 改 革 条 例 平 方 米 ガ \"“服\" 1234"}, {Text: "within:report 放管服改革 平方米"}, {Text: "放管服改革 -服改革"}, {Text: "放管 服改 革成"},
	{Text: "平 OR 米高 OR 方米 OR 高层 OR 火 OR 星 OR 移 OR 民 OR 放管"}, {Text: "ii OR 类 OR 方 OR 火 OR 星 OR 移 OR 民 OR 放管 OR 米“口袋"}, {Text: "平方米口袋"}, {Text: "12"}, {Text: "①“放管服”改革"},
	{Text: "年份:2021、2022 复议"}, {Text: "-year:2021,2022 法治"}, {Text: "地区:四川,江苏 法治"}, {Text: "level:区,街道 OR 信访"}, {Text: "类型:工作、法治 within:report 信访"},
	{Text: "（一）"}, {Text: "〔2023〕15号 OR （2023）15号"}, {Text: "number:（2023）15号"}, {Text: "法治(政府|建设)"}, {Text: "信访 （一）"}, {Text: "推进“放管服”改革"},
	{Text: "复议", Filter: baogao.Filter{Regions: []string{"四川"}}},
	{Text: "复议", Filter: baogao.Filter{Regions: []string{"510900", "江苏"}, Levels: []baogao.Level{baogao.District, baogao.Street}}},
	{Text: "信访", Filter: baogao.Filter{Years: []query.Years{{From: 2022, To: 2022}}, Kinds: []baogao.Kind{baogao.Work}}},
	{Text: "", Filter: baogao.Filter{Levels: []baogao.Level{baogao.Unknown}}},
	{Text: "region:四川 法治", Filter: baogao.Filter{Levels: []baogao.Level{baogao.District}}},
	{Text: "sure:0.8"}, {Text: "置信度：８０％ 法治"}, {Text: "-sure:0.9 法治"}, {Text: "sure:0.8 OR 信访"}, {Text: "sure:0.95 sure:0.6 -(level:street OR sure:0.99) 复议"}, {Text: "sure:1 within:report 法治 信访"},
	{Text: "within:sentence sure:0.85 行政复议 案件"}, {Text: "法治 region:四川 sure:0.9 year:2022.."}, {Text: "sure:0.97 OR sure:0.7"}, {Text: manyWords + " sure:0.9"},
	{Text: "ocr:no 法治"}, {Text: "ocr:yes"}, {Text: "机器识别:是 OR 信访"}, {Text: "-ocr:yes within:report 法治 信访"}, {Text: "ocr:yes ocr:no"}, {Text: "ocr:yes OR ocr:no"},
	{Text: "法治 sure:0.5 ocr:yes"}, {Text: "", Filter: baogao.Filter{OCR: "yes"}}, {Text: "行政复议 sure:0.8", Filter: baogao.Filter{OCR: "no", Sure: 0.6}}, {Text: manyWords + " ocr:no"},
	{Text: "", Filter: baogao.Filter{Sure: 0.9}}, {Text: "法治 sure:0.5", Filter: baogao.Filter{Regions: []string{"四川"}, Sure: 0.93}},
}

// manyWords asks for more words than are looked for one by one, some in others
// and some twice.
const manyWords = "行政复议 OR 复议 OR 信访 OR 街道 OR 法治 OR 法治政府 OR 14件 OR 议案 OR 执法 OR 议 OR 复议 OR 营商环境 OR 应诉 OR led OR 火星移民"

// manySigns is such a question of single characters, signs, repetitions, and
// words that overlap or have borders.
const manySigns = "， OR 。 OR 、 OR “ OR 的 OR 法 OR 法治 OR 治政 OR 政府 OR 依法 OR 法， OR 。依法 OR 法依法 OR % OR 2022年 OR 2 OR 0 OR . OR 年 OR g OR led OR 们们 OR －"

// Fill adds reports to a Writer, publishes and closes it.
func Fill(t testing.TB, w baogao.Writer, reports []*baogao.Report) *baogao.Published {
	t.Helper()
	defer w.Close()
	for _, r := range reports {
		if err := w.Add(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	published, err := w.Publish(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return published
}

// Run asks s, built of the oracle's reports, all questions and holds its
// totals, facets, hits and marks to the oracle's.
func Run(t *testing.T, s baogao.Searcher, o *Oracle) {
	for _, q := range Questions {
		t.Run(name(q), func(t *testing.T) {
			want, req := o.Ask(query.Parse(q.Text), q.Filter), q.request(t, s)
			req.Limit = want.Total.Passages + 10
			got := search(t, s, req)
			if got.Total != want.Total {
				t.Errorf("total %+v, reading every passage gives %+v", got.Total, want.Total)
			}
			if got.Chars != want.Chars {
				t.Errorf("%d characters in the reports, reading every passage gives %d", got.Chars, want.Chars)
			}
			if facets := bare(got.Facets); !reflect.DeepEqual(facets, want.Facets) {
				t.Errorf("facets\n%+v, reading every passage gives\n%+v", facets, want.Facets)
			}
			compareHits(t, got.Hits, want.Marks)
			if !slices.IsSortedFunc(got.Hits, byRelevance) {
				t.Error("hits are not in the order of score, year and report")
			}
		})
	}
	t.Run("pages", func(t *testing.T) { testPages(t, s) })
	t.Run("cursors", func(t *testing.T) { testCursors(t, s) })
	t.Run("grouped", func(t *testing.T) { testGrouped(t, s, o) })
	t.Run("one report", func(t *testing.T) { testOneReport(t, s) })
	t.Run("order", func(t *testing.T) { testOrder(t, s, o) })
	t.Run("related", func(t *testing.T) { testRelated(t, s, o) })
	t.Run("cells", func(t *testing.T) { testCells(t, s, o) })
	t.Run("passages", func(t *testing.T) { testPassages(t, s, o) })
	t.Run("hold", func(t *testing.T) { testHold(t, s) })
}

// search asks s what it must answer.
func search(t *testing.T, s baogao.Searcher, req baogao.Request) *baogao.Result {
	t.Helper()
	res, err := s.Search(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func name(q Question) string {
	if reflect.ValueOf(q.Filter).IsZero() {
		return cmp.Or(q.Text, "(all)")
	}
	return fmt.Sprintf("%s %v", q.Text, q.Filter)
}

// bare returns facets in the form the oracle counts them: sorted by value,
// without labels.
func bare(f baogao.Facets) baogao.Facets {
	strip := func(values []baogao.FacetValue) []baogao.FacetValue {
		var all []baogao.FacetValue
		for _, v := range values {
			v.Label = ""
			all = append(all, v)
		}
		slices.SortFunc(all, func(a, b baogao.FacetValue) int { return cmp.Compare(a.Value, b.Value) })
		return all
	}
	return baogao.Facets{Region: strip(f.Region), Level: strip(f.Level), Year: strip(f.Year), Kind: strip(f.Kind)}
}

func compareHits(t *testing.T, hits []baogao.Hit, want map[string][]baogao.Span) {
	t.Helper()
	got := map[string][]baogao.Span{}
	for _, h := range hits {
		if _, twice := got[h.ID]; twice {
			t.Errorf("%s is found twice", h.ID)
		}
		got[h.ID] = h.Highlights
		length := len([]rune(h.Text))
		if h.Snippet.Start < 0 || h.Snippet.End > length || h.Snippet.End-h.Snippet.Start > 200 || h.Snippet.Start > h.Snippet.End {
			t.Errorf("%s: snippet %v of %d characters", h.ID, h.Snippet, length)
		}
		if length > 0 && h.Snippet.Start == h.Snippet.End {
			t.Errorf("%s: empty snippet", h.ID)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(want)) {
		if marks, ok := got[id]; !ok {
			t.Errorf("%s is missed", id)
		} else if !slices.Equal(marks, want[id]) {
			t.Errorf("%s: marks %v, want %v", id, marks, want[id])
		}
		delete(got, id)
	}
	for _, id := range slices.Sorted(maps.Keys(got)) {
		t.Errorf("%s is found and should not be", id)
	}
}

func byRelevance(a, b baogao.Hit) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.Report.Year, a.Report.Year), cmp.Compare(a.Report.ID, b.Report.ID))
}

// testPages asks for the same answer as a whole and in pages, in every order.
func testPages(t *testing.T, s baogao.Searcher) {
	for _, sort := range baogao.Sorts {
		req := baogao.Request{Query: query.Parse("法治"), Sort: sort, Limit: 1 << 20}
		whole := search(t, s, req)
		var pages []baogao.Hit
		for req.Limit = 7; ; req.Offset += 7 {
			page := search(t, s, req)
			if len(page.Hits) == 0 {
				break
			}
			pages = append(pages, page.Hits...)
		}
		if !reflect.DeepEqual(pages, whole.Hits) {
			t.Errorf("sort %s: pages of 7 differ from the whole answer", sort)
		}
		if !slices.IsSortedFunc(whole.Hits, orders[sort]) {
			t.Errorf("hits are not in the order %s", sort)
		}
	}
}

// testCursors reads answers in pages by cursors and as a whole, in every order.
func testCursors(t *testing.T, s baogao.Searcher) {
	for _, text := range []string{"法治", "", "within:report 法治 -火星移民", "level:street OR 信访", "法治火星移民"} {
		for _, sort := range baogao.Sorts {
			req := baogao.Request{Query: query.Parse(text), Sort: sort, Limit: 1 << 20}
			whole := search(t, s, req)
			if whole.Next != "" {
				t.Errorf("%s by %s: something follows the whole answer", text, sort)
			}
			read := []baogao.Hit{}
			for req.Limit = 7 + len(whole.Hits)/8; ; {
				page := search(t, s, req)
				if page.Total != whole.Total || !reflect.DeepEqual(page.Facets, whole.Facets) {
					t.Fatalf("%s by %s: a page counts %+v, not %+v", text, sort, page.Total, whole.Total)
				}
				read = append(read, page.Hits...)
				if req.After = page.Next; req.After == "" {
					break
				}
			}
			if !reflect.DeepEqual(read, whole.Hits) {
				t.Errorf("%s by %s: pages by cursor give %d hits, or another order than the %d of the whole", text, sort, len(read), len(whole.Hits))
			}
			if !whole.Relaxed {
				testHits(t, s, req, whole.Hits)
			}
		}
	}
}

// testHits reads what a request matches at one go.
func testHits(t *testing.T, s baogao.Searcher, req baogao.Request, want []baogao.Hit) {
	t.Helper()
	read := []baogao.Hit{}
	req.After = ""
	for h, err := range s.Hits(t.Context(), req) {
		if err != nil {
			t.Fatal(err)
		}
		read = append(read, *h)
	}
	if !reflect.DeepEqual(read, want) {
		t.Errorf("%s by %s: read at one go there are %d hits, or another order than in the answer of %d", req.Query, req.Sort, len(read), len(want))
	}
}

// testOneReport asks each report alone and compares with what is found in it
// when all copies are searched.
func testOneReport(t *testing.T, s baogao.Searcher) {
	for _, text := range []string{"法治", "", "within:report 法治 信访", "within:sentence 法治 政府", "-法治", "法治 OR 14件"} {
		req := baogao.Request{Query: query.Parse(text), Limit: 1 << 20, Copies: true, Exact: true}
		all := search(t, s, req)
		want := map[string][]baogao.Hit{}
		for _, h := range all.Hits {
			want[h.Report.ID] = append(want[h.Report.ID], h)
		}
		for id, hits := range want {
			req.Report, req.Copies = id, false
			res := search(t, s, req)
			if !reflect.DeepEqual(marksOf(res.Hits), marksOf(hits)) || res.Total.Passages != len(hits) || res.Total.Reports != 1 {
				t.Errorf("%s: in %s alone %+v, as one of all %d passages", text, id, res.Total, len(hits))
			}
		}
	}
}

// marksOf are the marks of hits, by id.
func marksOf(hits []baogao.Hit) map[string][]baogao.Span {
	marks := map[string][]baogao.Span{}
	for _, h := range hits {
		marks[h.ID] = h.Highlights
	}
	return marks
}

// testCells adds the cells up and compares with the answer for each year.
func testCells(t *testing.T, s baogao.Searcher, o *Oracle) {
	for _, q := range Questions {
		req := q.request(t, s)
		req.Limit, req.Cells = -1, true
		res := search(t, s, req)
		want := o.Ask(query.Parse(q.Text), q.Filter).Cells
		got := map[Place]Count{}
		for _, c := range res.Cells {
			got[Place{c.Region.Code, c.Region.Name, c.Year}] = Count{baogao.Total{Passages: c.Passages, Reports: c.Reports, Occurrences: c.Occurrences}, c.Chars}
		}
		if len(got) != len(res.Cells) || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: cells\n%+v, reading every passage gives\n%+v", name(q), res.Cells, want)
		}
	}
}

var orders = map[baogao.Sort]func(a, b baogao.Hit) int{
	baogao.ByRelevance: byRelevance,
	baogao.ByYear: func(a, b baogao.Hit) int {
		last := func(y int) int { return (y + 9999) % 10000 } // 0, unknown, comes last
		return cmp.Compare(last(a.Report.Year), last(b.Report.Year))
	},
	baogao.ByYearDown: func(a, b baogao.Hit) int { return cmp.Compare(b.Report.Year, a.Report.Year) },
	baogao.ByRegion: func(a, b baogao.Hit) int {
		return cmp.Compare(cmp.Or(a.Report.Region.Code, "~"), cmp.Or(b.Report.Region.Code, "~"))
	},
}

// testHold asks the generation that is held, and whether the state names it.
func testHold(t *testing.T, s baogao.Searcher) {
	held, release, err := s.Hold(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	done, cancel := context.WithCancel(t.Context())
	cancel()
	if s, release, err := s.Hold(done); s != nil || release != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("held for nobody: %v, %v", s, err)
	}
	stats, err := held.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if state, err := s.State(t.Context()); err != nil || state != stats.State || state.Generation == "" || state.Number == 0 {
		t.Errorf("the state is %+v, %v; the stats are of %+v", state, err, stats.State)
	}
}

// testPassages reads every passage and every report back.
func testPassages(t *testing.T, s baogao.Searcher, o *Oracle) {
	for _, r := range o.Reports {
		back, err := s.Report(t.Context(), r.Meta.ID)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(back.Meta, r.Meta) || len(back.Paragraphs) != len(r.Paragraphs) {
			t.Fatalf("report %s comes back as %+v with %d paragraphs, not %d", r.Meta.ID, back.Meta, len(back.Paragraphs), len(r.Paragraphs))
		}
		published := map[int]string{}
		for i, p := range r.Paragraphs {
			published[p.Number] = p.Published
			if got := back.Paragraphs[i]; got.Text != p.Text || got.Published != p.Published || got.Number != p.Number || !slices.Equal(got.Section, p.Section) {
				t.Errorf("report %s: paragraph %+v comes back as %+v", r.Meta.ID, p, got)
			}
		}
		for _, p := range r.Passages {
			id := baogao.PassageID(r.Meta.ID, p.Paragraph, p.Piece)
			hit, err := s.Passage(t.Context(), id)
			if err == nil {
				compareSure(t, hit, r)
				if !reflect.DeepEqual(hit.OCR, r.Recognition()) {
					t.Errorf("passage %s: read by machine %+v, the report %+v", id, hit.OCR, r.Recognition())
				}
			}
			if err != nil || hit.Text != p.Text || hit.Published != published[p.Paragraph] || hit.ID != id || hit.Plan != p.Plan {
				t.Errorf("passage %s comes back as %+v, %v", id, hit, err)
			}
		}
	}
}

// compareSure holds what a hit says of its report's fields to the findings.
func compareSure(t *testing.T, h *baogao.Hit, r *baogao.Report) {
	t.Helper()
	for field, got := range map[string]baogao.Basis{"region": h.Sure.Region, "level": h.Sure.Level, "year": h.Sure.Year, "kind": h.Sure.Kind} {
		for _, f := range r.Findings {
			if f.Field == field && got != (baogao.Basis{Confidence: f.Confidence, Origin: f.Origin}) {
				t.Errorf("passage %s: the %s is %+v, found was %+v", h.ID, field, got, f)
			}
		}
	}
}
