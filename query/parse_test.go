package query

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	tests := []struct {
		in   string
		root Node
	}{
		// Words.
		{``, nil},
		{` 　 `, nil},
		{`议`, Word("议")},
		{`14件`, Word("14件")},
		{`100%`, Word("100%")},
		{`１４件`, Word("１４件")},
		{`行政复议 信访`, And{Word("行政复议"), Word("信访")}},
		{`信访 信访`, And{Word("信访"), Word("信访")}},
		{`教育　房地产`, And{Word("教育"), Word("房地产")}},
		{"教育\u00a0房地产\u2003就业\t医疗\n住房", And{Word("教育"), Word("房地产"), Word("就业"), Word("医疗"), Word("住房")}},
		{`《行政复议法》`, Word("《行政复议法》")},
		{`、，。`, Word("、，。")},
		{`C++ a*b title~2 x^3 [a TO b] +y \z`, And{Word("C++"), Word("a*b"), Word("title~2"), Word("x^3"), Word("[a"), Word("TO"), Word("b]"), Word("+y"), Word(`\z`)}},
		{strings.Repeat("行", 2000), Word(strings.Repeat("行", 2000))},

		// Quotes.
		{`"行政复议案件14件"`, Word("行政复议案件14件")},
		{`“行政复议 案件”`, Word("行政复议 案件")},
		{`「行政复议 案件」`, Word("行政复议 案件")},
		{`『行政复议 案件』`, Word("行政复议 案件")},
		{`＂行政复议 案件＂`, Word("行政复议 案件")},
		{`“信访"`, Word("信访")},
		{`"信访”`, Word("信访")},
		{`"信访＂`, Word("信访")},
		{`「他说"好"」`, Word(`他说"好"`)},
		{`『「内」外』`, Word("「内」外")},
		{`"a OR (b | -c) region:四川"`, Word("a OR (b | -c) region:四川")},
		{`" 信访 "`, Word(" 信访 ")},
		{`推进"一网通办"改革`, And{Word("推进"), Word("一网通办"), Word("改革")}},
		{`"信访""复议"`, And{Word("信访"), Word("复议")}},

		// Not.
		{`营商环境 -街道`, And{Word("营商环境"), Not{Word("街道")}}},
		{`-街道`, Not{Word("街道")}},
		{`－街道`, Not{Word("街道")}},
		{`−街道`, Not{Word("街道")}},
		{`NOT 街道`, Not{Word("街道")}},
		{`NOT NOT 街道`, Word("街道")},
		{`--街道`, Word("街道")},
		{`---街道`, Not{Word("街道")}},
		{`-(-街道)`, Word("街道")},
		{`信访 -(-(a b))`, And{Word("信访"), Word("a"), Word("b")}},
		{`-(a b)`, Not{And{Word("a"), Word("b")}}},
		{`-(a|b)`, Not{Or{Word("a"), Word("b")}}},
		{`-"a b"`, Not{Word("a b")}},
		{`-region:四川`, Not{Field{"region", "四川"}}},
		{`-year:2022`, Not{Years{From: 2022, To: 2022}}},
		{`(-a b)`, And{Not{Word("a")}, Word("b")}},
		{`a|-b`, Or{Word("a"), Not{Word("b")}}},
		{`a OR -b`, Or{Word("a"), Not{Word("b")}}},
		{`2021-2025`, Word("2021-2025")},
		{`2021－2025`, Word("2021－2025")},
		{`"a"-b`, And{Word("a"), Word("-b")}},
		{`not 街道`, And{Word("not"), Word("街道")}},

		// Or, And, groups.
		{`a OR b`, Or{Word("a"), Word("b")}},
		{`a | b`, Or{Word("a"), Word("b")}},
		{`a｜b`, Or{Word("a"), Word("b")}},
		{`a b OR c d`, Or{And{Word("a"), Word("b")}, And{Word("c"), Word("d")}}},
		{`a OR b OR c`, Or{Word("a"), Word("b"), Word("c")}},
		{`a OR (b OR c)`, Or{Word("a"), Word("b"), Word("c")}},
		{`a AND b`, And{Word("a"), Word("b")}},
		{`a AND NOT b`, And{Word("a"), Not{Word("b")}}},
		{`a AND b OR c`, Or{And{Word("a"), Word("b")}, Word("c")}},
		{`ｏｒ ＯＲ Or`, And{Word("ｏｒ"), Word("ＯＲ"), Word("Or")}},
		{`ORACLE ANDY NOTE`, And{Word("ORACLE"), Word("ANDY"), Word("NOTE")}},
		{`"OR"`, Word("OR")},
		{`a (b OR c)`, And{Word("a"), Or{Word("b"), Word("c")}}},
		{`a（b｜c）d`, And{Word("a"), Or{Word("b"), Word("c")}, Word("d")}},
		{`(a b) (c d)`, And{Word("a"), Word("b"), Word("c"), Word("d")}},
		{`((a))`, Word("a")},
		{`NOT(a)OR(b)`, Or{Not{Word("a")}, Word("b")}},

		// Fields.
		{`region:四川 信访`, And{Field{"region", "四川"}, Word("信访")}},
		{`Region:四川`, Field{"region", "四川"}},
		{`REGION：四川`, Field{"region", "四川"}},
		{`region:鼓楼区`, Field{"region", "鼓楼区"}},
		{`region:"四川省 遂宁市"`, Field{"region", "四川省 遂宁市"}},
		{`region:「 四川 」`, Field{"region", "四川"}},
		{`region:510904`, Field{"region", "510904"}},
		{`region:unknown`, Field{"region", "unknown"}},
		{`region:未知`, Field{"region", "unknown"}},
		{`region:四川(信访)`, And{Field{"region", "四川"}, Word("信访")}},
		{`region:四川"信访"`, And{Field{"region", "四川"}, Word("信访")}},
		{`region:四川|region:重庆`, Or{Field{"region", "四川"}, Field{"region", "重庆"}}},
		{`title:OR`, Field{"title", "OR"}},
		{`title:-a`, Field{"title", "-a"}},
		{`title:year:2022`, Field{"title", "year:2022"}},
		{`title:“法治政府 报告”`, Field{"title", "法治政府 报告"}},
		{`issuer:安居区人民政府`, Field{"issuer", "安居区人民政府"}},
		{`number:遂安委〔2023〕21号`, Field{"number", "遂安委〔2023〕21号"}},
		{`number:鼓政(2023)15号`, Field{"number", "鼓政(2023)15号"}},
		{`(number:鼓政（2023）15号)`, Field{"number", "鼓政（2023）15号"}},
		{`number:鼓政(a b)`, And{Field{"number", "鼓政"}, Word("a"), Word("b")}},
		{`section:存在问题`, Field{"section", "存在问题"}},
		{`plan:no 复议`, And{Field{"plan", "no"}, Word("复议")}},
		{`-plan:計劃`, Not{Field{"plan", "yes"}}},
		{`plan：否`, Field{"plan", "no"}},
		{`应诉率:100%`, Word("应诉率:100%")},
		{`应诉率：100%`, Word("应诉率：100%")},
		{`regional:四川`, Word("regional:四川")},
		{`信访region:四川`, Word("信访region:四川")},
		{`ſection:a`, Word("ſection:a")},
		{`"region:四川"`, Word("region:四川")},
		{`http://example.com/a`, Word("http://example.com/a")},

		// Level and kind.
		{`level:street 法治`, And{Field{"level", "street"}, Word("法治")}},
		{`level:District`, Field{"level", "district"}},
		{`level:country`, Field{"level", "country"}},
		{`level:国家`, Field{"level", "country"}},
		{`level:省`, Field{"level", "province"}},
		{`level:市`, Field{"level", "city"}},
		{`level:区`, Field{"level", "district"}},
		{`level:县`, Field{"level", "district"}},
		{`level:区县`, Field{"level", "district"}},
		{`level:區縣`, Field{"level", "district"}},
		{`level:街道`, Field{"level", "street"}},
		{`level:乡镇`, Field{"level", "street"}},
		{`level:镇`, Field{"level", "street"}},
		{`level:乡`, Field{"level", "street"}},
		{`level:ｓｔｒｅｅｔ`, Field{"level", "street"}},
		{`level:unknown`, Field{"level", "unknown"}},
		{`kind:rule-of-law`, Field{"kind", "rule-of-law"}},
		{`kind:法治`, Field{"kind", "rule-of-law"}},
		{`kind:法治政府`, Field{"kind", "rule-of-law"}},
		{`kind:法治政府建设`, Field{"kind", "rule-of-law"}},
		{`kind:work`, Field{"kind", "work"}},
		{`kind:工作`, Field{"kind", "work"}},
		{`kind:政府工作`, Field{"kind", "work"}},
		{`kind:政府工作报告`, Field{"kind", "work"}},
		{`kind:其他`, Field{"kind", "other"}},
		{`kind:unknown`, Field{"kind", "unknown"}},

		// Years.
		{`year:2022..2023 复议`, And{Years{From: 2022, To: 2023}, Word("复议")}},
		{`year:2022`, Years{From: 2022, To: 2022}},
		{`year：２０２２`, Years{From: 2022, To: 2022}},
		{`year:2022年`, Years{From: 2022, To: 2022}},
		{`year:2020..`, Years{From: 2020}},
		{`year:..2020`, Years{To: 2020}},
		{`year:2020-2024`, Years{From: 2020, To: 2024}},
		{`year:2020—2024`, Years{From: 2020, To: 2024}},
		{`year:"2020 .. 2024"`, Years{From: 2020, To: 2024}},
		{`year:unknown`, Years{Unknown: true}},
		{`title:2022 within:report`, Field{"title", "2022"}},

		// Characters that show nothing.
		{"\ufeff行政\u200b复议", Word("行政复议")},
		{"a\x00b", And{Word("a"), Word("b")}},
		{"\"a\r\nb\"", Word("a  b")},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			got := Parse(tt.in)
			if !reflect.DeepEqual(got.Root, tt.root) {
				t.Errorf("Parse(%q).Root = %#v, want %#v", tt.in, got.Root, tt.root)
			}
			if len(got.Warnings) > 0 {
				t.Errorf("Parse(%q) warns: %q", tt.in, got.Warnings)
			}
			if got.Text != tt.in {
				t.Errorf("Parse(%q).Text = %q", tt.in, got.Text)
			}
		})
	}
}

// Each of these is read sensibly, and what was done is said in full.
func TestParseOdd(t *testing.T) {
	tests := []struct {
		in       string
		root     Node
		warnings []string
	}{
		{`未闭合的 "引号`, And{Word("未闭合的"), Word("引号")},
			[]string{"character 6: open-quote"}},
		{`信访 「a | b`, And{Word("信访"), Word("a | b")},
			[]string{"character 4: open-quote"}},
		{`""`, nil, []string{"character 1: empty-quotes"}},
		{`信访 「　」`, Word("信访"), []string{"character 4: empty-quotes"}},
		{`"`, nil, []string{
			"character 1: open-quote",
			"character 1: empty-quotes"}},
		{`行政」复议`, And{Word("行政"), Word("复议")}, []string{"character 3: stray-quote 」"}},
		{`”`, nil, []string{"character 1: stray-quote ”"}},
		{`-"" 信访`, Word("信访"), []string{
			"character 1: lone-not",
			"character 2: empty-quotes"}},
		{`信访 - 街道`, And{Word("信访"), Word("街道")}, []string{"character 4: idle-minus"}},
		{`-`, nil, []string{"character 1: idle-minus"}},
		{`"a"-`, Word("a"), []string{"character 4: idle-minus"}},
		{`OR`, nil, []string{"character 1: lone-or"}},
		{`OR a`, Word("a"), []string{"character 1: lone-or"}},
		{`a OR`, Word("a"), []string{"character 3: lone-or"}},
		{`a || b`, Or{Word("a"), Word("b")}, []string{"character 3: lone-or"}},
		{`a OR AND b`, Or{Word("a"), Word("b")}, []string{"character 6: lone-and"}},
		{`a AND AND b`, And{Word("a"), Word("b")}, []string{"character 3: lone-and"}},
		{`AND a`, Word("a"), []string{"character 1: lone-and"}},
		{`a AND`, Word("a"), []string{"character 3: lone-and"}},
		{`a NOT`, Word("a"), []string{"character 3: lone-not"}},
		{`a NOT OR b`, Or{Word("a"), Word("b")}, []string{"character 3: lone-not"}},
		{`-OR b`, Word("b"), []string{
			"character 1: lone-not",
			"character 2: lone-or"}},
		{`(a OR b`, Or{Word("a"), Word("b")}, []string{"character 1: lone-bracket"}},
		{`a）b`, And{Word("a"), Word("b")}, []string{"character 2: lone-bracket"}},
		{`)(`, nil, []string{
			"character 1: lone-bracket",
			"character 2: lone-bracket"}},
		{`a ()`, Word("a"), []string{"character 3: empty-group"}},
		{`a -()`, Word("a"), []string{
			"character 3: lone-not",
			"character 4: empty-group"}},
		{`region:`, Word("region:"), []string{"character 1: no-value region:"}},
		{`信访 Region：　四川`, And{Word("信访"), Word("Region："), Word("四川")}, []string{"character 4: no-value Region："}},
		{`region:"" 信访`, And{Word("region:"), Word("信访")}, []string{"character 1: no-value region:"}},
		{`number:(2023)`, And{Word("number:"), Word("2023")}, []string{"character 1: no-value number:"}},
		{`year:2024..2020`, Years{From: 2020, To: 2024}, []string{"character 1: turned-years 2020..2024"}},
		{`year:去年`, Word("year:去年"), []string{
			`character 1: bad-value year: 去年 "去年" is not a year as in 2022, 2020..2024, 2020.., ..2024 or unknown`}},
		{`year:3022`, Word("year:3022"), []string{"character 1: bad-value year: 3022 the year 3022 is not between 1900 and 2100"}},
		{`Year：..`, Word("Year：.."), []string{
			`character 1: bad-value Year： .. "" is not a year as in 2022, 2020..2024, 2020.., ..2024 or unknown`}},
		{`plan:maybe`, Word("plan:maybe"), []string{`character 1: bad-value plan: maybe "maybe" is not yes or no`}},
		{`level:村`, Word("level:村"), []string{`character 1: bad-value level: 村 "村" is not a level`}},
		{`kind:"a b"`, Word("kind:a b"), []string{`character 1: bad-value kind: a b "a b" is not a kind of report`}},
		{`within:word`, Word("within:word"), []string{"character 1: bad-scope within: word"}},
		{`复议 or 信访`, And{Word("复议"), Word("or"), Word("信访")}, []string{"character 4: plain-operator or OR"}},
		{`复议 或者 信访`, And{Word("复议"), Word("或者"), Word("信访")}, []string{"character 4: plain-operator 或者 OR"}},
		{`复议 Not (信访)`, And{Word("复议"), Word("Not"), Word("信访")}, []string{"character 4: plain-operator Not NOT"}},
		{`行政 (复议 or) -或 信访`, And{Word("行政"), Word("复议"), Word("or"), Not{Word("或")}, Word("信访")}, nil},
		{`地区：四川 复议`, And{Word("地区：四川"), Word("复议")}, []string{"character 1: plain-field 地区： region:"}},
		{`年份: 2022`, And{Word("年份:"), Word("2022")}, []string{"character 1: plain-field 年份: year:"}},
		{"a\xffb", Word("a\ufffdb"), []string{"character 2: not-utf8 �"}},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			got := Parse(tt.in)
			if !reflect.DeepEqual(got.Root, tt.root) {
				t.Errorf("Parse(%q).Root = %#v, want %#v", tt.in, got.Root, tt.root)
			}
			var warns []string
			for _, w := range got.Warnings {
				warns = append(warns, w.String())
				if !slices.Contains(Warnings, w.ID) {
					t.Errorf("Parse(%q) warns of a kind that is not listed: %q", tt.in, w.ID)
				}
			}
			if !slices.Equal(warns, tt.warnings) {
				t.Errorf("Parse(%q) warns\n%s\nwant\n%s", tt.in, strings.Join(warns, "\n"), strings.Join(tt.warnings, "\n"))
			}
		})
	}
}

func TestParseWithin(t *testing.T) {
	tests := []struct {
		in       string
		root     Node
		within   Scope
		warnings int
	}{
		{`复议`, Word("复议"), "", 0},
		{`within:sentence`, nil, Sentence, 0},
		{`复议 诉讼 within:sentence`, And{Word("复议"), Word("诉讼")}, Sentence, 0},
		{`within:Report 复议 OR 诉讼`, Or{Word("复议"), Word("诉讼")}, Report, 0},
		{`(复议 within：passage)`, Word("复议"), Passage, 0},
		{`within:句`, nil, Sentence, 0},
		{`within:段`, nil, Passage, 0},
		{`within:篇`, nil, Report, 0},
		{`within:"report"`, nil, Report, 0},
		{`within:句 within:sentence`, nil, Sentence, 0},
		{`within:句 within:篇`, nil, Report, 1},
		{`-within:句 复议`, Word("复议"), Sentence, 1},
		{`"within:句"`, Word("within:句"), "", 0},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			got := Parse(tt.in)
			if !reflect.DeepEqual(got.Root, tt.root) || got.Within != tt.within || len(got.Warnings) != tt.warnings {
				t.Errorf("Parse(%q) = %#v within %q, warnings %q; want %#v within %q, %d warnings",
					tt.in, got.Root, got.Within, got.Warnings, tt.root, tt.within, tt.warnings)
			}
		})
	}
}

func TestParseLimitsText(t *testing.T) {
	if q := Parse(strings.Repeat("行", MaxText)); len(q.Warnings) > 0 {
		t.Errorf("%d characters give the warnings %q", MaxText, q.Warnings)
	}
	q := Parse(strings.Repeat("行", 3*MaxText) + "\xff")
	if want := Word(strings.Repeat("行", MaxText)); q.Root != want {
		t.Errorf("the word was not cut to %d characters", MaxText)
	}
	if len(q.Warnings) != 1 || !strings.Contains(q.Warnings[0].String(), "too-long 10000") {
		t.Errorf("warnings: %q", q.Warnings)
	}
}

func TestParseLimitsLeaves(t *testing.T) {
	for _, separator := range []string{" ", "|", " OR ", " AND ", " -", " OR (", " -("} {
		t.Run(separator, func(t *testing.T) {
			for _, n := range []int{MaxLeaves, MaxLeaves + 1, MaxLeaves + 2} {
				words := strings.TrimSuffix(strings.Repeat("词"+separator, n), separator)
				closing := ""
				if strings.HasSuffix(separator, "(") {
					words = strings.TrimSuffix(strings.Repeat("词"+separator+"词) ", n/2), " ")
					closing = "词"
				}
				q := Parse(words + closing)
				if leaves := countLeaves(q.Root); leaves > MaxLeaves || leaves < MaxLeaves-1 {
					t.Errorf("%d words: %d leaves", n, leaves)
				}
				for _, w := range q.Warnings {
					if !strings.Contains(w.String(), "too-many 256") {
						t.Errorf("%d words: %q", n, w)
					}
				}
				if n > MaxLeaves && len(q.Warnings) != 1 {
					t.Errorf("%d words: warnings %q", n, q.Warnings)
				}
			}
		})
	}
}

func countLeaves(n Node) int {
	total := 0
	switch n := n.(type) {
	case nil:
	case And:
		for _, part := range n {
			total += countLeaves(part)
		}
	case Or:
		for _, part := range n {
			total += countLeaves(part)
		}
	case Not:
		total = countLeaves(n.Node)
	default:
		total = 1
	}
	return total
}

// nested returns a question whose tree is as deep as its parentheses.
func nested(depth int) string {
	return strings.Repeat("a (b|", depth) + "c" + strings.Repeat(")", depth)
}

func TestParseLimitsDepth(t *testing.T) {
	if q := Parse(nested(MaxDepth)); len(q.Warnings) > 0 {
		t.Errorf("depth %d: %q", MaxDepth, q.Warnings)
	}
	q := Parse(nested(MaxDepth + 10))
	if len(q.Warnings) != 1 || !strings.Contains(q.Warnings[0].String(), "too-deep 32") {
		t.Errorf("depth %d: %q", MaxDepth+10, q.Warnings)
	}
	if again := Parse(q.String()); !reflect.DeepEqual(again.Root, q.Root) || len(again.Warnings) > 0 {
		t.Errorf("depth %d prints as %q, warnings %q", MaxDepth+10, q.String(), again.Warnings)
	}
}

func TestParseLimitsWarnings(t *testing.T) {
	q := Parse("信访 " + strings.Repeat(")", 5000))
	if len(q.Warnings) != maxWarnings+1 {
		t.Fatalf("%d warnings", len(q.Warnings))
	}
	want := "character 24 and after: many-oddities 4980"
	if last := q.Warnings[maxWarnings]; last.String() != want {
		t.Errorf("last warning %q, want %q", last, want)
	}
}

func TestFieldsAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../doc/query.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range Fields {
		if !strings.Contains(string(page), "`"+name+":`") {
			t.Errorf("doc/query.md does not describe %s:", name)
		}
	}
}

// The first table of the page holds questions to learn from, which must be
// read as they are typed.
func TestDocumentedQuestionsAreNotOdd(t *testing.T) {
	page, err := os.ReadFile("../doc/query.md")
	if err != nil {
		t.Fatal(err)
	}
	table, _, _ := strings.Cut(string(page), "\n## ")
	questions := regexp.MustCompile("(?m)^\\| `(.+?)` ").FindAllStringSubmatch(table, -1)
	if len(questions) < 10 {
		t.Fatalf("%d questions found", len(questions))
	}
	for _, q := range questions {
		if got := Parse(q[1]); len(got.Warnings) > 0 || got.Root == nil {
			t.Errorf("Parse(%q) = %#v, warnings %q", q[1], got.Root, got.Warnings)
		}
	}
}
