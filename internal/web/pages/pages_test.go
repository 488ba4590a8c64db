package pages

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/web/address"
	"baogao/query"
)

func cell(code string, year, passages int, path ...string) baogao.Cell {
	return baogao.Cell{Region: baogao.Region{Code: code, Name: strings.Join(path, ""), Path: path}, Year: year, Passages: passages, Reports: 1}
}

var cells = []baogao.Cell{
	cell("510904", 2022, 3, "四川省", "遂宁市", "安居区"), cell("510904", 2023, 2, "四川省", "遂宁市", "安居区"),
	cell("510900", 2022, 4, "四川省", "遂宁市"), cell("510000", 2022, 1, "四川省"), cell("500105008", 2024, 6, "重庆市", "江北区", "郭家沱街道"),
	cell("100000", 2024, 2, "中华人民共和国"), {Year: 2024, Passages: 9, Reports: 2},
	{Region: baogao.Region{Name: "某新区"}, Year: 2024, Passages: 1, Reports: 1},
}

// outline writes a tree as a line.
func outline(d *division) string {
	var parts []string
	for _, b := range d.Below {
		part := b.Value + "=" + b.Name + ":" + grouped(b.Passages)
		if len(b.Below) > 0 {
			part += "(" + outline(b) + ")"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, " ")
}

func TestTree(t *testing.T) {
	root := treeOf(cells)
	want := "510000=四川省:10(510900=遂宁市:9(510904=安居区:5 =510900=遂宁市本级:4) =510000=四川省本级:1) " +
		"500000=重庆市:6(500105=江北区:6(500105008=郭家沱街道:6)) =100000=国家层面:2 某新区=某新区:1 unknown=地区不明:9"
	if got := outline(root); got != want {
		t.Errorf("tree\n%s, want\n%s", got, want)
	}
	root.link(address.State{Filters: map[string][]string{"region": {"510904"}}, Open: []string{"500000"}, Limit: 10})
	province, city := root.Below[0], root.Below[0].Below[0]
	if !province.Unfolded || !city.Unfolded || !city.Below[0].Selected || province.Unfold != "" || province.Selected {
		t.Errorf("what leads to the chosen region: %+v, %+v", province, city)
	}
	if chongqing := root.Below[1]; !chongqing.Unfolded || !strings.HasPrefix(chongqing.Unfold, "/search?region=510904#") {
		t.Errorf("an unfolded region: %+v", chongqing)
	}
}

// TestYearChart wants each year of the span, held or not, and a bar only where
// something is held.
func TestYearChart(t *testing.T) {
	found := []baogao.FacetValue{
		{Value: "2024", Passages: 10, Reports: 2, Held: 4, Occurrences: 12, Chars: 400_000},
		{Value: "2021", Passages: 5, Reports: 1, Held: 2, Occurrences: 6, Chars: 20_000},
		{Value: "unknown", Passages: 5, Reports: 9, Held: 9, Occurrences: 70, Chars: 1000},
	}
	held := []baogao.FacetValue{{Value: "2024", Reports: 4, Chars: 400_000}, {Value: "2022", Reports: 1, Chars: 5}, {Value: "2021", Reports: 2, Chars: 20_000}, {Value: "unknown", Reports: 9, Chars: 1000}}
	drawn := func(c chart) (bars []string) {
		for _, b := range slices.Concat(c.Bars, c.More) {
			bars = append(bars, fmt.Sprintf("%s %s%s %s %d/%d %s", b.Label, b.Shown, b.Unit, b.Width, b.Reports, b.Held, b.Share()))
		}
		return bars
	}
	c := yearChart(address.State{Q: "复议", Limit: 10}, found, held)
	want := []string{"2024年 0.30次/万字 10.00% 2/4 50.0%", "2023年 0次/万字 0.00% 0/0 —", "2022年 0次/万字 0.00% 0/1 0.0%", "2021年 3.0次/万字 100.00% 1/2 50.0%"}
	if got := drawn(c); !slices.Equal(got, want) {
		t.Errorf("bars %q", got)
	}
	if len(c.Others) != 1 || c.Others[0].Name != "年份不明 5段" || len(c.Rows) != 5 || c.Hidden != nil {
		t.Errorf("not drawn: %+v; %d rows; %v", c.Others, len(c.Rows), c.Hidden)
	}

	for i := range found {
		found[i].Occurrences = 0
	}
	found[2].Passages = 15
	c = yearChart(address.State{Limit: 10}, found, held)
	if got, want := drawn(c)[0], "2024年 10 100.00% 2/4 50.0%"; got != want {
		t.Errorf("where nothing is marked the bar is %q, want %q", got, want)
	}
	found[2].Passages = 16
	c = yearChart(address.State{Limit: 10}, found, held)
	if len(c.Bars) != 0 || c.Hidden == nil || c.Hidden.Name != "16段" || c.Total != 31 || len(c.Rows) != 5 {
		t.Errorf("where more than half has no year %d bars are drawn, %d rows are in the table, and it says %+v of %d", len(c.Bars), len(c.Rows), c.Hidden, c.Total)
	}
}

// TestRegionChart draws the regions with the most passages in the order of rates.
func TestRegionChart(t *testing.T) {
	var found []baogao.FacetValue
	for i := range 7 {
		found = append(found, baogao.FacetValue{Value: fmt.Sprint(i), Label: fmt.Sprintf("%c省", '甲'+i), Passages: 100 - i, Reports: 9, Held: 9, Occurrences: 100, Chars: int64(1_000_000 / (i + 1))})
	}
	c := regionChart(address.State{Q: "复议", Limit: 10}, found)
	var got []string
	for _, b := range c.Bars {
		got = append(got, b.Shown)
	}
	if want := []string{"5.0", "4.0", "3.0", "2.0", "1.0"}; !slices.Equal(got, want) || len(c.Rows) != 7 || c.Title != "按地区（7个中段落最多的5个）" {
		t.Errorf("%q, want %q; %d rows; %s", got, want, len(c.Rows), c.Title)
	}
}

func TestRate(t *testing.T) {
	for _, tt := range []struct {
		occurrences, chars int
		want               string
	}{{0, 10, "0"}, {0, 0, "0"}, {15, 45_247_883, "0.0033"}, {28, 100_000, "2.8"}, {1, 10_000, "1.0"}, {996, 1_000_000, "10"}, {5, 50, "1000"}, {99, 100_000, "9.9"}, {9_999, 10_000_000, "10"}} {
		if got := (bar{Occurrences: tt.occurrences, Chars: tt.chars}).Rate(); got != tt.want {
			t.Errorf("%d in %d characters: %s, want %s", tt.occurrences, tt.chars, got, tt.want)
		}
	}
}

func TestCorpusTable(t *testing.T) {
	below := []baogao.Region{{Code: "500000", Path: []string{"重庆市"}}, {Code: "510000", Path: []string{"四川省"}}, {Code: "520000", Path: []string{"贵州省"}}}
	var g corpusPage
	g.table(address.State{Limit: 10}, baogao.Region{}, cells, below)
	var got []string
	for _, r := range g.Rows {
		line := r.Name
		for _, c := range r.Cells {
			line += " " + grouped(c.Reports)
		}
		got = append(got, line)
	}
	want := []string{"重庆市 1 0 0", "四川省 0 1 3", "贵州省 0 0 0", "国家层面 1 0 0", "地区不明 2 0 0", "某新区 1 0 0"}
	if !slices.Equal(got, want) || g.Below != 3 || g.Covered != 2 || g.Cells != 9 || g.Filled != 3 {
		t.Errorf("%q; %d of %d divisions, %d of %d cells", got, g.Covered, g.Below, g.Filled, g.Cells)
	}
	g = corpusPage{}
	g.table(address.State{Limit: 10}, baogao.Region{Code: "510900", Path: []string{"四川省", "遂宁市"}}, cells, nil)
	if len(g.Rows) != 2 || g.Rows[0].Name != "安居区" || g.Rows[1].Name != "遂宁市本级" || g.Rows[0].Reports != 2 {
		t.Errorf("in Suining: %+v", g.Rows)
	}
}

// TestCorpusOrder wants rows with reports first, by what is asked for, and the others
// apart.
func TestCorpusOrder(t *testing.T) {
	below := []baogao.Region{{Code: "500000", Path: []string{"重庆市"}}, {Code: "510000", Path: []string{"四川省"}}, {Code: "520000", Path: []string{"贵州省"}}}
	for order, want := range map[string]string{
		"": "四川省 地区不明 重庆市 国家层面 某新区", "code": "重庆市 四川省 国家层面 地区不明 某新区", "2024": "地区不明 重庆市 国家层面 某新区 四川省", "nonsense": "四川省 地区不明 重庆市 国家层面 某新区",
	} {
		var g corpusPage
		g.table(address.State{Limit: 10}, baogao.Region{}, cells, below)
		g.arrange(address.State{Filters: map[string][]string{"kind": {"work"}}}, "", order)
		var got []string
		for _, r := range g.Rows {
			got = append(got, r.Name)
		}
		if strings.Join(got, " ") != want || len(g.Empty) != 1 || g.Empty[0].Name != "贵州省" {
			t.Errorf("order %q: %q, apart %v", order, got, g.Empty)
		}
		if g.ByCode.Link != "/corpus?kind=work&order=code" || g.ByReports.Link != "/corpus?kind=work" || g.Years[0].Chosen != (order == "2024") {
			t.Errorf("order %q: %+v %+v %+v", order, g.ByCode, g.ByReports, g.Years)
		}
	}
}

// TestNoteOnHoles wants a word on 缺 where a year has no report, and none else.
func TestNoteOnHoles(t *testing.T) {
	for _, tt := range []struct {
		holes, unknown int
		want           string
	}{
		{1, 0, "未收录：所查范围内没有能确定为该年的报告。"},
		{2, 1200, "未收录：所查范围内没有能确定为该年的报告；另有 1,200 篇年份不明。"},
		{0, 3, ""},
	} {
		if got := noteOnHoles(tt.holes, tt.unknown); got != tt.want {
			t.Errorf("%d holes, %d unknown: %q, want %q", tt.holes, tt.unknown, got, tt.want)
		}
	}
}

// TestHeadline breaks titles behind who issued them and before 关于 only.
func TestHeadline(t *testing.T) {
	for _, tt := range []struct{ title, issuer, want string }{
		{"安居区人民政府关于2022年度法治政府建设情况的报告", "安居区人民政府", "安居区人民政府|关于2022年度法治政府建设情况的报告"},
		{"安居区人民政府2023年政府工作报告", "安居区人民政府", "安居区人民政府|2023年政府工作报告"},
		{"关于2022年度法治政府建设情况的报告", "安居区人民政府", "关于2022年度法治政府建设情况的报告"},
		{"甲局转发乙局关于丙的通知", "", "甲局转发乙局|关于丙的通知"},
		{"关于转发《关于甲的通知》的通知", "", "关于转发《|关于甲的通知》的通知"},
		{"鼓樓區人民政府關於2023年度情況的報告", "", "鼓樓區人民政府|關於2023年度情況的報告"},
		{"", "甲局", "（无标题）"},
	} {
		if got := strings.Join(headline(baogao.Meta{Title: tt.title, Issuer: tt.issuer}), "|"); got != tt.want {
			t.Errorf("%s of %s: %s, want %s", tt.title, tt.issuer, got, tt.want)
		}
	}
}

// TestReadForm makes parameters of a page of what the form sends.
func TestReadForm(t *testing.T) {
	for _, tt := range []struct{ sent, want string }{
		{"q=复议", ""}, {"q=复议&year=2020..2022", ""},
		{"q=复议&within=passage&from=&to=", "q=复议"}, {"q=复议 信访&within=sentence", "q=within:sentence 复议 信访"}, {"within=report", "q=within:report"},
		{"place=四川、重庆&region=500000", "region=500000&region=四川、重庆"}, {"from=2020&to=2022", "year=2020..2022"}, {"from= 2020 ", "year=2020.."}, {"to=2022", "year=..2022"}, {"from=2021&to=2021&year=2019", "year=2019&year=2021"},
	} {
		v, err := url.ParseQuery(strings.ReplaceAll(tt.sent, " ", "+"))
		if err != nil {
			t.Fatal(err)
		}
		sent := readForm(v)
		if got, err := url.QueryUnescape(v.Encode()); err != nil || sent != (tt.want != "") || sent && got != tt.want {
			t.Errorf("%s: %v, %s, want %s", tt.sent, sent, got, tt.want)
		}
	}
}

// TestCorpusOf leads from a search to holdings that have a page.
func TestCorpusOf(t *testing.T) {
	for want, regions := range map[string][]string{
		"/corpus?kind=work":               {"火星"},
		"/corpus?kind=work&region=510000": {"火星", "510000", "320000"},
	} {
		s := address.State{Q: "法治", Page: 3, Filters: map[string][]string{"region": regions, "kind": {"work"}, "year": {"2022"}}}
		if got := corpusOf(s); got != want {
			t.Errorf("%v leads to %s, want %s", regions, got, want)
		}
	}
}

func TestTitleOfSearch(t *testing.T) {
	s := address.State{Q: strings.Repeat("法", 31), Page: 2}
	want := strings.Repeat("法", 30) + "… · 四川省 · 第2页"
	if got := titleOfSearch(s, []chip{{Name: "四川省"}}); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := titleOfSearch(address.State{}, nil); got != "浏览" {
		t.Errorf("%s", got)
	}
}

// TestFieldsAreExplained wants every field of the query language on the page
// that explains it.
func TestFieldsAreExplained(t *testing.T) {
	for _, field := range append(slices.Clone(address.Fields), "title", "issuer", "number", "section", "within") {
		if !slices.ContainsFunc(fieldHelp, func(f fieldWords) bool { return f.Name == field }) {
			t.Errorf("%s is not explained", field)
		}
	}
	for _, field := range fieldHelp {
		for _, word := range strings.Split(field.Words, "、") {
			if q := query.Parse(word + ":"); len(q.Warnings) != 1 || q.Warnings[0].ID != "no-value" {
				t.Errorf("%s: is no field: %v", word, q.Warnings)
			}
		}
	}
	for _, e := range slices.Concat(ways, firstExamples) {
		if q := query.Parse(e.Name); len(q.Warnings) > 0 || q.Root == nil {
			t.Errorf("the example %s warns %v", e.Name, q.Warnings)
		}
	}
}

// TestGuessesAreMarked looks at hits of which some is guessed.
func TestGuessesAreMarked(t *testing.T) {
	meta := baogao.Meta{Region: baogao.Region{Name: "某新区"}, Level: baogao.City, Year: 2022, Number: "某政〔2023〕1号"}
	guess := func(confidence float64) baogao.Basis {
		return baogao.Basis{Confidence: confidence, Origin: baogao.Inferred}
	}
	const mark = `<span class="guess" title="推断，置信度 %[1]s"><span aria-hidden="true">？%[1]s</span><span class="hidden">（推断，置信度 %[1]s）</span></span>`
	for _, tt := range []struct {
		sure  baogao.Sure
		facts []string
	}{
		{baogao.Sure{Region: guess(0.8), Level: guess(0.9), Year: guess(0.8), Kind: guess(0.3)}, []string{"某新区", "2022年度", "市级", "类型不明", "某政〔2023〕1号"}},
		{baogao.Sure{Region: guess(0.62), Level: guess(0.9), Year: guess(0.799), Kind: guess(0.3)}, []string{
			"某新区" + fmt.Sprintf(mark, "0.62"), "2022年度" + fmt.Sprintf(mark, "0.79"), "市级", "类型不明", "某政〔2023〕1号"}},
	} {
		var b strings.Builder
		if err := newView().templates.ExecuteTemplate(&b, "facts", facts(meta, tt.sure)); err != nil {
			t.Fatal(err)
		}
		if want := "<li>" + strings.Join(tt.facts, "</li><li>") + "</li>"; b.String() != want {
			t.Errorf("%s, want\n%s", &b, want)
		}
	}
}

// TestRecognised marks reports that were read by machine, none as surer than it is.
func TestRecognised(t *testing.T) {
	if got := recognised(&baogao.Recognition{Pages: 2, Confidence: 0.919}); got != "机器识别 0.91" {
		t.Errorf("read by machine: %q", got)
	}
	if got := recognised(nil); got != "" {
		t.Errorf("of a text: %q", got)
	}
}
