package query

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestString(t *testing.T) {
	tests := []struct{ in, want string }{
		{``, ``},
		{`  行政复议　信访 `, `行政复议 信访`},
		{`a AND b | c`, `a b OR c`},
		{`a (b｜c)`, `a (b OR c)`},
		{`((a b)) c`, `a b c`},
		{`NOT (a b)`, `-(a b)`},
		{`－（a|b）`, `-(a OR b)`},
		{`NOT “x y”`, `-"x y"`},
		{`"行政复议"`, `行政复议`},
		{`"-a"`, `"-a"`},
		{`"2021-2025"`, `2021-2025`},
		{`"OR" "NOT" "AND"`, `"OR" "NOT" "AND"`},
		{`「or」`, `"or"`},
		{`"Region:四川"`, `"Region:四川"`},
		{`「他说"好"」`, `「他说"好"」`},
		{`『「"」』`, `『「"」』`},
		{`"（a）"`, `"（a）"`},
		{`REGION：四川`, `region:四川`},
		{`region:「a b」`, `region:"a b"`},
		{`number:鼓政（2023）15号`, `number:"鼓政（2023）15号"`},
		{`title:-a`, `title:-a`},
		{`title:"OR"`, `title:OR`},
		{`level:乡 kind:工作`, `level:street kind:work`},
		{`year:2024-2020`, `year:2020..2024`},
		{`-year:2022..2022`, `-year:2022`},
		{`year:去年`, `"year:去年"`},
		{`within:句 a OR b`, `a OR b within:sentence`},
		{`within:passage`, `within:passage`},
		{`遂安委（2023）21号`, `"遂安委（2023）21号"`},
		{`“放管服”改革 《民法典》`, `“放管服”改革 《民法典》`},
		{`"《民法典》" -"‘甲’"`, `"《民法典》" -"‘甲’"`},
		{`推进“一网通办”、“跨省通办”`, `推进“一网通办” 跨省通办`},
		{`（《民法典》宣传）`, `--（《民法典》宣传）`},
		{`（一）《民法典》 -（《甲》）`, `（一）《民法典》 ---（《甲》）`},
		{`1）推进“放管服”改革`, `"1）推进“放管服”改革"`},
		{`"a"-b"c"`, `a 「-b"c"」`},
		{`a"b"c「d」e『f』 title:a"b"c「d」e『f』`, `a"b"c「d」e『f』 title:a"b"c「d」e『f』`},
		{`year:"《a》"`, `"year:《a》"`},
		{`「“放管服”改革」 "《民法典》" ‘’`, `"“放管服”改革" "《民法典》" ‘’`},
		{`「他说"好"，“不”」`, `「他说"好"，“不”」`},
		{`"地区:四川" 地区:四川`, `"地区:四川" region:四川`},
		{`title:"《民法典》" 标题:“放管服”改革`, `title:《民法典》 title:"“放管服”改革"`},
		{`年份：2022、2023 复议`, `year:2022,2023 复议`},
		{`(year:2022 OR year:2023..) 复议`, `year:2022,2023.. 复议`},
		{`复议 OR year:2022 OR level:市、区`, `复议 OR year:2022 OR level:city,district`},
		{`(复议 OR year:2022,2023) -地区:四川,重庆`, `(复议 OR year:2022,2023) -region:四川,重庆`},
		{`region:"甲、乙" OR region:丙`, `region:"甲、乙" OR region:丙`},
		{`地区:; OR region:甲`, `region:; OR region:甲`},
		{`地区:甲 OR region:，、 OR region:乙`, `region:甲 OR region:，、 OR region:乙`},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			q := Parse(tt.in)
			if got := q.String(); got != tt.want {
				t.Errorf("Parse(%q) prints as %q, want %q", tt.in, got, tt.want)
			}
			if again := Parse(tt.want); !reflect.DeepEqual(again.Root, q.Root) || again.Within != q.Within {
				t.Errorf("%q and %q mean %#v and %#v", tt.in, tt.want, q.Root, again.Root)
			}
		})
	}
}

func TestList(t *testing.T) {
	for in, want := range map[string][]string{
		"2022": {"2022"}, "2022,2023": {"2022", "2023"}, " 四川 ， 重庆、上海；;北京 ": {"四川", "重庆", "上海", "北京"},
		"": {""}, ",": {","}, "2022,": {"2022"}, "遂宁 安居": {"遂宁 安居"},
	} {
		if got := List(in); !slices.Equal(got, want) {
			t.Errorf("List(%q) = %q, want %q", in, got, want)
		}
	}
}

// A tree made by hand may hold a word that no question can quote.
func TestStringOfWordWithEveryQuote(t *testing.T) {
	q := &Query{Root: Literal(`"a」b』＂c”`)}
	if got, want := q.String(), `"“a」b』“c“"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestParseYears(t *testing.T) {
	tests := []struct {
		in   string
		want Years
	}{
		{"2022", Years{From: 2022, To: 2022}},
		{" ２０２２年度 ", Years{From: 2022, To: 2022}},
		{"1900..2100", Years{From: 1900, To: 2100}},
		{"2024..2020", Years{From: 2020, To: 2024}},
		{"2020．．", Years{From: 2020}},
		{"2020年..", Years{From: 2020}},
		{"..2020", Years{To: 2020}},
		{"2020。。2024", Years{From: 2020, To: 2024}},
		{"2020-2024", Years{From: 2020, To: 2024}},
		{"2020－2024年", Years{From: 2020, To: 2024}},
		{"2020——2024", Years{From: 2020, To: 2024}},
		{"2020–2024", Years{From: 2020, To: 2024}},
		{"2020～2024", Years{From: 2020, To: 2024}},
		{"2020年至2024年", Years{From: 2020, To: 2024}},
		{"2020到2024", Years{From: 2020, To: 2024}},
		{"Unknown", Years{Unknown: true}},
		{"未知", Years{Unknown: true}},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			got, err := ParseYears(tt.in)
			if err != nil || got != tt.want {
				t.Errorf("ParseYears(%q) = %#v, %v, want %#v", tt.in, got, err, tt.want)
			}
			if again, err := ParseYears(got.String()); err != nil || again != got {
				t.Errorf("%#v prints as %q, which is read as %#v, %v", got, got, again, err)
			}
		})
	}
	for _, in := range []string{"", "..", "22", "2022..24", "2020-", "-2020", "1899", "2101", "2020..2022..2024", "02022", "+202", "二〇二二", "2022-01"} {
		t.Run(in, func(t *testing.T) {
			if y, err := ParseYears(in); err == nil || y != (Years{}) {
				t.Errorf("ParseYears(%q) = %#v, %v, want an error", in, y, err)
			}
		})
	}
}

// Each spelling names one value, and each canonical value spells itself.
func TestSpellings(t *testing.T) {
	for name, table := range map[string]spellings{"level": levels, "kind": kinds, "within": scopes} {
		seen := map[string]string{}
		for _, row := range table {
			for _, word := range append(strings.Fields(row.others), row.canonical) {
				if other, ok := seen[word]; ok {
					t.Errorf("%s: %s is %s and %s", name, word, other, row.canonical)
				}
				seen[word] = row.canonical
				if got, ok := table.canonical(" " + word); !ok || got != row.canonical {
					t.Errorf("%s: %s is read as %q", name, word, got)
				}
			}
		}
	}
	for _, in := range []string{"", "村", "区 县", "streets"} {
		if got, ok := ParseLevel(in); ok {
			t.Errorf("ParseLevel(%q) = %q", in, got)
		}
	}
	if got, ok := ParseKind("政府"); ok {
		t.Errorf("ParseKind(政府) = %q", got)
	}
	if got, ok := ParseScope("paragraph"); ok {
		t.Errorf("ParseScope(paragraph) = %q", got)
	}
}

func TestWords(t *testing.T) {
	tests := []struct {
		in   string
		want []Node
	}{
		{``, nil},
		{`region:四川 year:2022`, nil},
		{`复议`, []Node{Word("复议")}},
		{`信访 (复议 OR 信访) -街道 title:报告 诉讼`, []Node{Word("信访"), Word("复议"), Word("诉讼")}},
		{`“甲”乙 OR "“甲”乙" OR "“甲”乙" -"《丙》"`, []Node{Word("“甲”乙"), Literal("“甲”乙")}},
		{`-(a b)`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			if got := Words(Parse(tt.in).Root); !slices.Equal(got, tt.want) {
				t.Errorf("Words(%q) = %#v, want %#v", tt.in, got, tt.want)
			}
		})
	}
}
