package ask_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/ask"
	"baogao/query"
)

// held is a Searcher that says which regions it holds reports of, or why it
// holds none.
type held struct {
	baogao.Searcher
	regions []baogao.Region
	err     error
}

func (h held) Search(_ context.Context, req baogao.Request) (*baogao.Result, error) {
	var res baogao.Result
	for _, r := range h.regions {
		res.Cells = append(res.Cells, baogao.Cell{Region: r, Year: 2022, Reports: 2})
	}
	if req.Copies {
		res.Cells = append(res.Cells, baogao.Cell{Region: baogao.Region{Name: "青石自治领"}, Year: 2022, Reports: 1})
	}
	return &res, h.err
}

// TestRegionsOfCopies finds a region that only copies are of where copies are
// searched.
func TestRegionsOfCopies(t *testing.T) {
	for _, tt := range []struct {
		typed ask.Typed
		want  string
	}{
		{ask.Typed{Regions: []string{"青石自治领"}}, baogao.Nowhere},
		{ask.Typed{Regions: []string{"青石自治领"}, Copies: true}, "青石自治领"},
		{ask.Typed{Question: "region:青石自治領", Report: "a"}, "青石自治领"},
	} {
		q, err := ask.Read(t.Context(), held{}, tt.typed, ask.English)
		if err != nil {
			t.Fatal(err)
		}
		if got := q.Request.Filters[0].Regions; !slices.Equal(got, []string{tt.want}) || q.Request.Copies != tt.typed.Copies || q.Request.Report != tt.typed.Report {
			t.Errorf("%+v: regions %q, request %+v", tt.typed, got, q.Request)
		}
	}
}

// collection holds reports of a district, of places without a code, and of one
// that the table of divisions does not know.
var collection = held{regions: []baogao.Region{
	{Code: "320106", Name: "江苏省南京市鼓楼区", Path: []string{"江苏省", "南京市", "鼓楼区"}},
	{Name: "某新区"}, {Name: "鼓楼区"}, {Name: "一区、二区"},
	{Code: "519900", Name: "四川省新设市", Path: []string{"四川省", "新设市"}}, {},
}}

// TestRead reads what people type, and writes what was meant as a line.
func TestRead(t *testing.T) {
	const ambiguous = " ! region-ambiguous 鼓楼区 320106 江苏省南京市鼓楼区 2 320302 江苏省徐州市鼓楼区 0 350102 福建省福州市鼓楼区 0 410204 河南省开封市鼓楼区 0"
	const meanings = "320106,320302,350102,410204,鼓楼区"
	for _, tt := range []struct {
		typed string // the question, and filters as an address has them
		want  string
	}{
		{"", ""},
		{"复议", "复议"},
		{"?level=区县&level=district&level=", "[level district,district]"},
		{"复议?kind=法治政府建设&kind=其他", "复议 [kind rule-of-law,other]"},
		{"?year=２０２２年&year=2024..2020&year=..2019&year=不明", "[year 2022,2020..2024,..2019,unknown]"},
		{"?region=四川&region=51&region=四川省", "[region 510000,510000,510000]"},
		{"?region=四川 遂宁 安居", "[region 510904]"},
		{"?region==四川", "[region =510000]"},
		{"?region= ＝四川", "[region =510000]"},
		{"?region=遂寧市", "[region 510900]"},
		{"?region=不明", "[region unknown]"},
		{"?region=全国", "[region 100000]"},
		{"?region=某新区", "[region 某新区]"},
		{"?region==某新區", "[region =某新区]"},
		{"?region=四川省新设市", "[region 519900]"},
		{"?region=519900", "[region 519900]"},
		{"?region=火星", "[region ] ! region-unknown 火星"},
		{"region:火星 -region:火星", "-region: [region ] ! region-unknown 火星"},
		{"?region=鼓楼区", "[region " + meanings + "]" + ambiguous + " ? 鼓楼区"},
		{"复议 -region:鼓楼区", "复议 -region:320106,320302,350102,410204,鼓楼区" + ambiguous},
		{"region:福州鼓楼区 复议", "复议 [region 350102]"},
		{"level:区县 year:2022 复议?level=city", "复议 [level city] [level district] [year 2022]"},
		{"level:street level:city 复议", "复议 [level street] [level city]"},
		{"year:2022,2023 复议", "复议 [year 2022,2023]"},
		{"年份:2022、2022、2020..2021", "[year 2022,2020..2021]"},
		{"(level:区 OR level:街道 OR level:区) 复议", "复议 [level district,street]"},
		{"地区:四川,福州鼓楼区 类型:法治、工作", "[region 510000,350102] [kind rule-of-law,work]"},
		{"-year:2022,2023 复议", "-year:2022,2023 复议"},
		{"year:2022,2023 OR level:street", "year:2022,2023 OR level:street"},
		{"?region=四川、山东&level=区；街道&year=2022,2023..2024&kind=法治，工作", "[region 510000,370000] [level district,street] [year 2022,2023..2024] [kind rule-of-law,work]"},
		{"?region=四川、火星", "[region 510000,] ! region-unknown 火星"},
		{"?region=四川,某新区", "[region 510000,某新区]"},
		{`region:"一区、二区"`, "[region 一区、二区]"},
		{"?region=一区、二区&region==一区、二区", "[region 一区、二区,=一区、二区]"},
		{"-level:street 复议", "-level:street 复议"},
		{"level:street OR 复议", "level:street OR 复议"},
		{"复议 置信度:80%", "复议 [sure 0.8]"},
		{"sure:0.9 sure:0.6 复议?sure=.75", "复议 [sure 0.75] [sure 0.9] [sure 0.6]"},
		{"sure:0.9 OR sure:0.6", "sure:0.9 OR sure:0.6"},
		{"-sure:0.9 复议?sure=", "-sure:0.9 复议"},
		{"sure:0.9?level=区", "[level district] [sure 0.9]"},
		{"title:工作 within:句", "title:工作 within:sentence"},
		{"复议 OR ?sort=-year", "复议 by -year ! lone-or"},
	} {
		t.Run(tt.typed, func(t *testing.T) {
			q, err := ask.Read(t.Context(), collection, typed(t, tt.typed), ask.English)
			if err != nil {
				t.Fatal(err)
			}
			if got := line(q); got != tt.want {
				t.Errorf("got %s\nwant %s", got, tt.want)
			}
		})
	}
}

// typed takes a question and filters apart.
func typed(t *testing.T, text string) ask.Typed {
	t.Helper()
	question, filters, _ := strings.Cut(text, "?")
	v, err := url.ParseQuery(filters)
	if err != nil {
		t.Fatal(err)
	}
	return ask.Typed{Question: question, Regions: v["region"], Levels: v["level"], Years: v["year"], Kinds: v["kind"], Sure: v.Get("sure"), Sort: v.Get("sort")}
}

// line writes a question, its filters, its order, its warnings and the names of
// several regions.
func line(q *ask.Question) string {
	var parts []string
	if text := (&query.Query{Root: q.Request.Query.Root, Within: q.Request.Query.Within}).String(); text != "" {
		parts = append(parts, text)
	}
	for _, f := range q.Request.Filters {
		for _, field := range []struct {
			name   string
			values any
			n      int
		}{{"region", f.Regions, len(f.Regions)}, {"level", f.Levels, len(f.Levels)}, {"year", f.Years, len(f.Years)}, {"kind", f.Kinds, len(f.Kinds)}} {
			if field.n > 0 {
				values := strings.ReplaceAll(strings.Trim(fmt.Sprint(field.values), "[]"), " ", ",")
				parts = append(parts, "["+field.name+" "+values+"]")
			}
		}
		if f.Sure > 0 {
			parts = append(parts, fmt.Sprintf("[sure %v]", f.Sure))
		}
	}
	if q.Request.Sort != "" {
		parts = append(parts, "by "+string(q.Request.Sort))
	}
	for _, w := range q.Warnings {
		parts = append(parts, strings.TrimSpace("! "+w.ID+" "+strings.Join(w.Args, " ")))
	}
	for _, n := range q.Named {
		parts = append(parts, "? "+n.Name)
	}
	return strings.Join(parts, " ")
}

// TestReadRefuses reads values that there are not.
func TestReadRefuses(t *testing.T) {
	for in, want := range map[string]string{
		"?level=village":                      "level bad request: no level is called \"village\"; use one of country, province, city, district, street, unknown",
		"?sure=80":                            "sure bad request: sure 80 is not a confidence from 0 to 1; write it as 0.8",
		"?kind=novel":                         "kind bad request: no kind is called \"novel\"; use one of rule-of-law, work, disclosure, statistics, budget, congress, other, unknown",
		"?year=someday":                       "year bad request: year someday: ",
		"?year=2022,someday":                  "year bad request: year someday: ",
		"?level=" + strings.Repeat("区,", 300): "level bad request: level has 300 values; give 256 at most",
		"?sort=size":                          "sort bad request: no order is called \"size\"; use one of relevance, year, -year, region",
	} {
		_, err := ask.Read(t.Context(), collection, typed(t, in), ask.English)
		_, _, again := ask.ReadLinks(t.Context(), collection, typed(t, in), ask.English)
		_, unspelt := typed(t, in).Canonical()
		for _, err := range []error{err, again, unspelt} {
			var value *ask.ValueError
			if !errors.As(err, &value) || !errors.Is(err, baogao.ErrRequest) || !strings.HasPrefix(value.Field+" "+err.Error(), want) {
				t.Errorf("%s: %v, want %s", in, err, want)
			}
		}
	}
	if _, err := ask.Read(t.Context(), held{err: baogao.ErrNoIndex}, typed(t, "region:四川"), ask.English); !errors.Is(err, baogao.ErrNoIndex) {
		t.Errorf("without an index: %v", err)
	}
}

// TestLinks reads fields that are typed into the question, and names, as links
// say them, and wants the same request of the links.
func TestLinks(t *testing.T) {
	for _, tt := range []struct{ typed, want string }{
		{"复议", "复议"},
		{"复议  办结", "复议  办结"},
		{"复议 -level:street", "复议 -level:street"},
		{"level:区县 复议", "复议?level=district"},
		{"level:district (应诉 OR 复议)", "(应诉 OR 复议)?level=district"},
		{"region:=四川 year:2024..2020 复议 within:句", "复议 within:sentence?region==510000&year=2020..2024"},
		{"region:四川", "?region=510000"},
		{"region:四川 within:句", "within:sentence?region=510000"},
		{"复议 region:四川?region=370000", "复议?region=510000"},
		{"复议 region:鼓楼区", "复议?region=鼓楼区"},
		{"level:street level:city 复议", "level:street level:city 复议"},
		{"level:street OR 复议", "level:street OR 复议"},
		{"年份:2022,2023 复议?year=2021", "复议?year=2022&year=2023"},
		{"?region=四川,山东&year=2022、2023", "?region=510000&region=370000&year=2022&year=2023"},
		{`"level:street"`, `"level:street"`},
		{"?region=四川、不明", "?region=510000&region=unknown"},
		{"region:火星 “放管服”改革 \"《民法典》\"", "“放管服”改革 \"《民法典》\"?region=火星"},
		{"复议 把握:８０％?sure=0.5&level=区", "复议?level=district&sure=0.8"},
		{"sure:0.9 sure:0.6 复议?sure=.50", "sure:0.9 sure:0.6 复议?sure=0.5"},
		{"复议 -sure:0.8", "复议 -sure:0.8"},
		{"?region=四川&region=51&region=火星&level=区县&kind=工作&year=2022年", "?kind=work&level=district&region=510000&region=火星&year=2022"},
	} {
		q, links, err := ask.ReadLinks(t.Context(), collection, typed(t, tt.typed), ask.English)
		if err != nil {
			t.Fatal(err)
		}
		if got := address(t, links); got != tt.want {
			t.Errorf("%s: links say %s, want %s", tt.typed, got, tt.want)
		}
		again, same, err := ask.ReadLinks(t.Context(), collection, links, ask.English)
		meant, _, _ := strings.Cut(line(q), " ! turned-years") // of the question that was typed alone
		if err != nil || line(again) != meant || address(t, same) != tt.want {
			t.Errorf("%s: the links are read as %s, what was typed as %s; %v", tt.typed, line(again), line(q), err)
		}
	}
}

// address writes what was typed as its question and its filters.
func address(t *testing.T, typed ask.Typed) string {
	t.Helper()
	v := url.Values{"region": typed.Regions, "level": typed.Levels, "year": typed.Years, "kind": typed.Kinds}
	if typed.Sure != "" {
		v.Set("sure", typed.Sure)
	}
	filters, err := url.QueryUnescape(v.Encode())
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(typed.Question+"?"+filters, "?")
}

// TestLinksWarnOfTheQuestion wants warnings of the question as it was typed,
// though links have another one.
func TestLinksWarnOfTheQuestion(t *testing.T) {
	q, _, err := ask.ReadLinks(t.Context(), collection, typed(t, "level:区县 复议 ()"), ask.Chinese)
	if err != nil || len(q.Warnings) != 1 || q.Warnings[0].Text != "第13个字：括号里没有内容，未予理会" {
		t.Errorf("%v, %v", q, err)
	}
}

// TestChoosing writes a code for a name, wherever it was typed.
func TestChoosing(t *testing.T) {
	for in, want := range map[string]string{
		"?region=鼓楼区&region==鼓樓區&region=四川": "?region=320106&region==320106&region=四川",
		"复议 region:鼓楼区":                     "复议 region:320106",
		"复议 (region:鼓楼区 OR region:=鼓楼区)":    "复议 region:320106,=320106",
		"复议 -region:鼓楼区":                    "复议 -region:鼓楼区",
		"复议  鼓楼区":                           "复议  鼓楼区",
		"":                                  "",
	} {
		got := typed(t, in).Choosing(ask.Named{Name: "鼓楼区"}, "320106")
		if address(t, got) != want {
			t.Errorf("%s becomes %s, want %s", in, address(t, got), want)
		}
	}
}

func TestMeant(t *testing.T) {
	for name, want := range map[string][]string{"=长沙": {"430100"}, "海南": {"460000"}, "火星": nil, "": nil, "=": nil} {
		var codes []string
		for _, r := range ask.Meant(name) {
			codes = append(codes, r.Code)
		}
		if !slices.Equal(codes, want) {
			t.Errorf("%s is %v, want %v", name, codes, want)
		}
	}
	if all, meant := ask.Regions("长沙"), ask.Meant("长沙"); len(all) < 2 || len(meant) != 1 {
		t.Errorf("长沙 may be %v, and means %v", all, meant)
	}
	if below := ask.Below("510900"); len(below) != 5 || below[0].Code != "510903" {
		t.Errorf("in Suining lie %v", below)
	}
}

func TestBool(t *testing.T) {
	for text, want := range map[string]string{
		"": "off", "0": "off", "false": "off", "No": "off", "off": "off", "1": "on", "true": "on", "TRUE": "on", "yes": "on", "ON": "on",
		"2": "neither", "perhaps": "neither", " true": "neither", "是": "neither",
	} {
		on, ok := ask.Bool(text)
		if got := map[bool]string{true: "on", false: "off"}[on]; ok != (want != "neither") || ok && got != want {
			t.Errorf("%q is %s, %t, want %s", text, got, ok, want)
		}
	}
}

func TestNumber(t *testing.T) {
	for text, want := range map[string]int{"": 10, "1": 1, "100": 100, "+7": 7, "0": -1, "101": -1, "-1": -1, "x": -1, "1.5": -1, "99999999999999999999": -1} {
		if n, ok := ask.Number(text, 10, 1, 100); ok != (want >= 0) || ok && n != want {
			t.Errorf("%q is %d, %t, want %d", text, n, ok, want)
		}
	}
	if n, ok := ask.Number("", -1, 0, 5); n != -1 || !ok {
		t.Errorf("an unset number out of bounds is %d, %t", n, ok)
	}
}

func TestInYears(t *testing.T) {
	for _, tt := range []struct {
		spans string
		year  string
		want  bool
	}{
		{"", "2022", false}, {"2022", "2022", true}, {"2022", "2023", false}, {"2020..2022", "2022", true}, {"2020..2022", "2019", false},
		{"..2019 2022..", "2019", true}, {"..2019 2022..", "2020", false}, {"..2019 2022..", "2044", true},
		{"unknown", "unknown", true}, {"unknown", "2022", false}, {"..2019", "..2019", true}, {"..2019", "unknown", false},
	} {
		if got := ask.InYears(strings.Fields(tt.spans), tt.year); got != tt.want {
			t.Errorf("%s in %q: %t", tt.year, tt.spans, got)
		}
	}
}
