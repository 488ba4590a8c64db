package query

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
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
		{`「他说"好"」`, Literal(`他说"好"`)},
		{`『「内」外』`, Literal("「内」外")},
		{`"a OR (b | -c) region:四川"`, Word("a OR (b | -c) region:四川")},
		{`" 信访 "`, Word(" 信访 ")},
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
		{`(a b) (c d)`, And{Word("a"), Word("b"), Word("c"), Word("d")}},
		{`NOT(a b)OR(c d)`, Or{Not{And{Word("a"), Word("b")}}, And{Word("c"), Word("d")}}},

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
		{`section:存在问题`, Field{"section", "存在问题"}},
		{`plan:no 复议`, And{Field{"plan", "no"}, Word("复议")}},
		{`-plan:計劃`, Not{Field{"plan", "yes"}}},
		{`plan：否`, Field{"plan", "no"}},
		{`计划:否 复议`, And{Field{"plan", "no"}, Word("复议")}},
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

		// Parentheses, quotes and marks in words, fields in Chinese, lists.
		{`行政复议法（修订）`, Word("行政复议法（修订）")},
		{`（一）`, Word("（一）")},
		{`（一）总体要求`, Word("（一）总体要求")},
		{`遂安委（2023）21号`, Word("遂安委（2023）21号")},
		{`遂安委(2023)21号 执法`, And{Word("遂安委(2023)21号"), Word("执法")}},
		{`行政复议法（修订）（草案）`, Word("行政复议法（修订）（草案）")},
		{`行政复议法（修订（草案））`, Word("行政复议法（修订（草案））")},
		{`（一） 总体要求`, And{Word("（一）"), Word("总体要求")}},
		{`信访 (四川 OR 重庆)`, And{Word("信访"), Or{Word("四川"), Word("重庆")}}},
		{`信访(“四川”)`, Word("信访(“四川”)")},
		{`(诉讼 OR 复议) 败诉率`, And{Or{Word("诉讼"), Word("复议")}, Word("败诉率")}},
		{`-(a b)`, Not{And{Word("a"), Word("b")}}},
		{`a()`, Word("a()")},
		{`1）总体要求`, Word("1）总体要求")},
		{`1）2）总体要求`, Word("1）2）总体要求")},
		{`复议（修订`, Word("复议（修订")},
		{`增长（-5%）`, Word("增长（-5%）")},
		{`增长（－）`, Word("增长（－）")},
		{`(-5%)`, Not{Word("5%")}},
		{`number:（2023）21号`, Field{"number", "（2023）21号"}},
		{`title:行政复议法（修订） 信访`, And{Field{"title", "行政复议法（修订）"}, Word("信访")}},
		{`title:（试行）`, Field{"title", "（试行）"}},
		{`“放管服”改革`, Word("“放管服”改革")},
		{`放"管服"改革`, Word(`放"管服"改革`)},
		{`放「管服」改革`, Word("放「管服」改革")},
		{`推进“放管服”改革工作`, Word("推进“放管服”改革工作")},
		{`推进“一网通办”、“跨省通办”`, And{Word("推进“一网通办”"), Word("跨省通办")}},
		{`“一网通办”“跨省通办”`, And{Word("一网通办"), Word("跨省通办")}},
		{`“一网通办”“跨省通办”改革`, And{Word("一网通办"), Word("“跨省通办”改革")}},
		{`推进“一网通办”“跨省通办”`, And{Word("推进“一网通办”"), Word("跨省通办")}},
		{`“一网 通办”改革`, And{Word("一网 通办"), Word("改革")}},
		{`改革“a|b”`, And{Word("改革"), Word("a|b")}},
		{`改革“-a”`, And{Word("改革"), Word("-a")}},
		{`《民法典》宣传`, Word("《民法典》宣传")},
		{`《民法典》`, Word("《民法典》")},
		{`《》`, Word("《》")},
		{`《民法典》、《行政复议法》`, Word("《民法典》、《行政复议法》")},
		{`《民法典》《行政复议法》`, Word("《民法典》《行政复议法》")},
		{`《关于“放管服”改革的意见》`, Word("《关于“放管服”改革的意见》")},
		{`“《民法典》”宣传`, Word("“《民法典》”宣传")},
		{`学习《民法典》`, Word("学习《民法典》")},
		{`〈条例〉修订`, Word("〈条例〉修订")},
		{`"“放管服”改革"`, Literal("“放管服”改革")},
		{`"《民法典》"`, Literal("《民法典》")},
		{`「“十四五”规划」`, Literal("“十四五”规划")},
		{`「十四五」规划`, Word("「十四五」规划")},
		{`『十四五』规划`, Word("『十四五』规划")},
		{`"abc”`, Word("abc")},
		{`“abc"`, Word("abc")},
		{`"“abc"`, Literal("“abc")},
		{`"a “b” c”`, Literal("a “b” c")},
		{`people’s`, Word("people’s")},
		{`people's`, Word("people's")},
		{`LED“ABC”屏`, Word("LED“ABC”屏")},
		{`5G“智慧”应用`, Word("5G“智慧”应用")},
		{`‘放管服’改革`, Word("‘放管服’改革")},
		{`《OR》`, Word("《OR》")},
		{`《region:四川》`, Word("《region:四川》")},
		{`-《民法典》`, Not{Word("《民法典》")}},
		{`-“放管服”改革`, Not{Word("“放管服”改革")}},
		{`-“放 管服”改革`, And{Not{Word("放 管服")}, Word("改革")}},
		{`改革（“放管服”）`, Word("改革（“放管服”）")},
		{`“放管服（修订）”改革`, Word("“放管服（修订）”改革")},
		{`title:“放管服”改革`, Field{"title", "“放管服”改革"}},
		{`title:《民法典》宣传`, Field{"title", "《民法典》宣传"}},
		{`title:"《民法典》宣传"`, Field{"title", "《民法典》宣传"}},
		{`title:“放管服” 改革`, And{Field{"title", "放管服"}, Word("改革")}},
		{`number:“国办发”〔2023〕`, And{Field{"number", "国办发"}, Word("〔2023〕")}},
		{`地区:四川 信访`, And{Field{"region", "四川"}, Word("信访")}},
		{`地區：四川`, Field{"region", "四川"}},
		{`年份:2022`, Years{From: 2022, To: 2022}},
		{`年度：2022,2023`, Or{Years{From: 2022, To: 2022}, Years{From: 2023, To: 2023}}},
		{`层级:区`, Field{"level", "district"}},
		{`级别:街道`, Field{"level", "street"}},
		{`类型:法治`, Field{"kind", "rule-of-law"}},
		{`标题:工作`, Field{"title", "工作"}},
		{`发文机关:人民政府`, Field{"issuer", "人民政府"}},
		{`文号:遂安委（2023）21号`, Field{"number", "遂安委（2023）21号"}},
		{`章节:问题`, Field{"section", "问题"}},
		{`"地区:四川"`, Word("地区:四川")},
		{`信访地区:四川`, Word("信访地区:四川")},
		{`year:2022,2023`, Or{Years{From: 2022, To: 2022}, Years{From: 2023, To: 2023}}},
		{`年份:2022、2023`, Or{Years{From: 2022, To: 2022}, Years{From: 2023, To: 2023}}},
		{`year:2018,2020..2022`, Or{Years{From: 2018, To: 2018}, Years{From: 2020, To: 2022}}},
		{`year:2022,`, Years{From: 2022, To: 2022}},
		{`year:2022，，2023；2024`, Or{Years{From: 2022, To: 2022}, Years{From: 2023, To: 2023}, Years{From: 2024, To: 2024}}},
		{`year:2022,2022`, Or{Years{From: 2022, To: 2022}, Years{From: 2022, To: 2022}}},
		{`year:"2022, 2023"`, Or{Years{From: 2022, To: 2022}, Years{From: 2023, To: 2023}}},
		{`-year:2022,2023`, Not{Or{Years{From: 2022, To: 2022}, Years{From: 2023, To: 2023}}}},
		{`复议 year:2022,2023 OR 信访`, Or{And{Word("复议"), Or{Years{From: 2022, To: 2022}, Years{From: 2023, To: 2023}}}, Word("信访")}},
		{`地区:四川,重庆`, Or{Field{"region", "四川"}, Field{"region", "重庆"}}},
		{`region:四川、=重庆`, Or{Field{"region", "四川"}, Field{"region", "=重庆"}}},
		{`region:"四川,重庆"`, Field{"region", "四川,重庆"}},
		{`region:"四川,重庆",上海`, And{Field{"region", "四川,重庆"}, Word(",上海")}},
		{`region:,`, Field{"region", ","}},
		{`level:区,街道`, Or{Field{"level", "district"}, Field{"level", "street"}}},
		{`kind:法治,工作`, Or{Field{"kind", "rule-of-law"}, Field{"kind", "work"}}},
		{`title:a,b`, Field{"title", "a,b"}},
		{`(year:2022 OR year:2023) 复议`, And{Or{Years{From: 2022, To: 2022}, Years{From: 2023, To: 2023}}, Word("复议")}},
		{`year:2022 OR year:2023..2024`, Or{Years{From: 2022, To: 2022}, Years{From: 2023, To: 2024}}},
		{`信访 OR region:四川,重庆`, Or{Word("信访"), Field{"region", "四川"}, Field{"region", "重庆"}}},
		{`"‘甲’" "people's" "〝乙〞" ﹁丙﹂`, And{Literal("‘甲’"), Literal("people's"), Literal("〝乙〞"), Word("﹁丙﹂")}},
		{`people's ＇甲＇ 〝甲〞乙 ﹃甲﹄乙 „甲‟`, And{Word("people's"), Word("＇甲＇"), Word("〝甲〞乙"), Word("﹃甲﹄乙"), Word("„甲‟")}},
		{`①“一网通办”改革`, Word("①“一网通办”改革")},
		{`“一网通办”、“跨省通办”`, And{Word("一网通办"), Word("跨省通办")}},
		{`“最多跑一次”，“六稳”`, And{Word("最多跑一次"), Word("六稳")}},
		{`"a b";"c d",，"e f"。"g h"`, And{Word("a b"), Word("c d"), Word("e f"), Word("g h")}},
		{`"甲"、 "乙" 、"丙"`, And{Word("甲"), Word("、"), Word("乙"), Word("、"), Word("丙")}},
		{`“甲”、乙“丙”，`, And{Word("甲"), Word("、乙“丙”"), Word("，")}},
		{`“甲”、《乙》`, And{Word("甲"), Word("、《乙》")}},
		{`100%“以上”`, And{Word("100%"), Word("以上")}},
		{`〔2023〕“甲”`, And{Word("〔2023〕"), Word("甲")}},
		{`（一）“放管服”改革`, Word("（一）“放管服”改革")},
		{`“条例”（试行）`, Word("“条例”（试行）")},
		{`“条例”（试行）修订`, Word("“条例”（试行）修订")},
		{`“条例（试行）”修订`, Word("“条例（试行）”修订")},
		{`“-甲”乙`, And{Word("-甲"), Word("乙")}},
		{`《甲》“乙”`, And{Word("《甲》"), Word("乙")}},
		{`-《“甲”`, Not{Word("《“甲”")}},
		{`信访 《“甲”》`, And{Word("信访"), Word("《“甲”》")}},
		{"e\u0301“甲”", Word("e\u0301“甲”")},
		{`1）甲“乙”丙（丁`, Literal("1）甲“乙”丙（丁")},
		{`推进《“甲”》乙`, Word("推进《“甲”》乙")},
		{`““十四五”规划”`, Literal("“十四五”规划")},
		{`““十四五””`, Literal("“十四五”")},
		{`“推进 “十四五” 规划” 信访`, And{Literal("推进 “十四五” 规划"), Word("信访")}},
		{`推进““十四五”规划”`, And{Word("推进"), Literal("“十四五”规划")}},
		{`“甲”“乙”`, And{Word("甲"), Word("乙")}},
		{`“甲“乙”`, Literal("甲“乙")},
		{`（1） 甲`, And{Word("（1）"), Word("甲")}},
		{`（①） 甲`, And{Word("（①）"), Word("甲")}},
		{`(2023) OR （二十）`, Or{Word("(2023)"), Word("（二十）")}},
		{`（一） OR （二）`, Or{Word("（一）"), Word("（二）")}},
		{`（一）OR（二）`, Or{Word("（一）"), Word("（二）")}},
		{`（试行）办法`, Word("（试行）办法")},
		{`地区:; OR region:甲`, Or{Field{"region", ";"}, Field{"region", "甲"}}},
		{`说:"好"`, And{Word("说:"), Word("好")}},
		{`应诉率:"100%"`, And{Word("应诉率:"), Word("100%")}},

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
		{`行政」复议`, Word("行政复议"), []string{"character 3: stray-quote 」"}},
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
		{`a（b｜c）d`, And{Word("a"), Or{Word("b"), Word("c")}, Word("d")}, []string{"character 2: group-bracket"}},
		{`NOT(a)OR(b)`, Or{Not{Word("(a)")}, Word("(b)")}, []string{"character 4: text-bracket", "character 9: text-bracket"}},
		{`number:鼓政(a b)`, Field{"number", "鼓政(a b)"}, []string{"character 10: text-bracket"}},
		{`year:2024..2020`, Years{From: 2020, To: 2024}, []string{"character 1: turned-years 2020..2024"}},
		{`year:去年`, Word("year:去年"), []string{
			`character 1: bad-value year: 去年 "去年" is not a year as in 2022, 2020..2024, 2020.., ..2024 or unknown`}},
		{`year:3022`, Word("year:3022"), []string{"character 1: bad-value year: 3022 the year 3022 is not between 1900 and 2100"}},
		{`Year：..`, Word("Year：.."), []string{
			`character 1: bad-value Year： .. "" is not a year as in 2022, 2020..2024, 2020.., ..2024 or unknown`}},
		{`plan:maybe`, Word("plan:maybe"), []string{`character 1: bad-value plan: maybe "maybe" is not yes or no`}},
		{`sure:80`, Word("sure:80"), []string{`character 1: bad-value sure: 80 "80" is not a confidence from 0 to 1, as 0.8`}},
		{`sure:-0.8`, Word("sure:-0.8"), []string{`character 1: bad-value sure: -0.8 "-0.8" is not a confidence from 0 to 1, as 0.8`}},
		{`sure:1e-1`, Word("sure:1e-1"), []string{`character 1: bad-value sure: 1e-1 "1e-1" is not a confidence from 0 to 1, as 0.8`}},
		{`sure:0.8,0.9`, Word("sure:0.8,0.9"), []string{`character 1: bad-value sure: 0.8,0.9 "0.8,0.9" is not a confidence from 0 to 1, as 0.8`}},
		{`sure:80% -置信度：０．９０ 把握:.1234567`, And{Field{"sure", "0.8"}, Not{Field{"sure", "0.9"}}, Field{"sure", "0.123457"}}, nil},
		{`sure:1 OR sure:0.0000001`, Or{Field{"sure", "1"}, Field{"sure", "0"}}, nil},
		{`level:村`, Word("level:村"), []string{`character 1: bad-value level: 村 "村" is not a level`}},
		{`kind:"a b"`, Word("kind:a b"), []string{`character 1: bad-value kind: a b "a b" is not a kind of report`}},
		{`within:word`, Word("within:word"), []string{"character 1: bad-scope within: word"}},
		{`复议 or 信访`, And{Word("复议"), Word("or"), Word("信访")}, []string{"character 4: plain-operator or OR"}},
		{`复议 或者 信访`, And{Word("复议"), Word("或者"), Word("信访")}, []string{"character 4: plain-operator 或者 OR"}},
		{`复议 Not (信访)`, And{Word("复议"), Word("Not"), Word("信访")}, []string{
			"character 4: plain-operator Not NOT",
			"character 8: group-bracket"}},
		{`行政 (复议 or) -或 信访`, And{Word("行政"), Word("复议"), Word("or"), Not{Word("或")}, Word("信访")}, nil},
		{`年份: 2022`, And{Word("年份:"), Word("2022")}, []string{"character 1: no-value 年份:"}},
		{`复议 （一）总体要求`, And{Word("复议"), Word("（一）总体要求")}, []string{"character 4: text-bracket"}},
		{`信访(四川 OR 重庆)`, And{Word("信访"), Or{Word("四川"), Word("重庆")}}, []string{"character 3: group-bracket"}},
		{`信访(四川|重庆)`, And{Word("信访"), Or{Word("四川"), Word("重庆")}}, []string{"character 3: group-bracket"}},
		{`信访(四川 -重庆)`, And{Word("信访"), Word("四川"), Not{Word("重庆")}}, []string{"character 3: group-bracket"}},
		{`信访(NOT 四川)`, And{Word("信访"), Not{Word("四川")}}, []string{"character 3: group-bracket"}},
		{`信访(四川 重庆)`, Word("信访(四川 重庆)"), []string{"character 3: text-bracket"}},
		{`信访(region:四川)`, And{Word("信访"), Field{"region", "四川"}}, []string{"character 3: group-bracket"}},
		{`信访("四川 省")`, And{Word("信访"), Word("四川 省")}, []string{"character 3: group-bracket"}},
		{`(诉讼 OR 复议)败诉率`, And{Or{Word("诉讼"), Word("复议")}, Word("败诉率")}, []string{"character 1: group-bracket"}},
		{`信访 （试行）`, And{Word("信访"), Word("试行")}, []string{"character 4: group-bracket"}},
		{`信访 OR (复议)`, Or{Word("信访"), Word("(复议)")}, []string{"character 7: text-bracket"}},
		{`-（试行）`, Not{Word("（试行）")}, []string{"character 2: text-bracket"}},
		{`|（一）`, Word("（一）"), []string{"character 1: lone-or"}},
		{`(信访) 复议`, And{Word("(信访)"), Word("复议")}, []string{"character 1: text-bracket"}},
		{`（试行）`, Word("（试行）"), []string{"character 1: text-bracket"}},
		{`（（一）总体要求）`, Word("（（一）总体要求）"), []string{"character 1: text-bracket"}},
		{`（行政复议法（修订））`, Word("（行政复议法（修订））"), []string{"character 1: text-bracket"}},
		{`（“十四五”规划）`, Word("（“十四五”规划）"), []string{"character 1: text-bracket"}},
		{`(信访) OR (复议)`, Or{Word("(信访)"), Word("(复议)")}, []string{"character 1: text-bracket", "character 9: text-bracket"}},
		{`NOT (信访)`, Not{Word("(信访)")}, []string{"character 5: text-bracket"}},
		{`NOT(信访)`, Not{Word("(信访)")}, []string{"character 4: text-bracket"}},
		{`a |  （甲）`, Or{Word("a"), Word("（甲）")}, []string{"character 6: text-bracket"}},
		{`a AND （甲）乙`, And{Word("a"), Word("（甲）乙")}, nil},
		{`(a NOT(b) OR(c))`, Or{And{Word("a"), Not{Word("b")}}, Word("c")}, []string{"character 7: group-bracket", "character 13: group-bracket"}},
		{`a - (b)`, And{Word("a"), Word("b")}, []string{"character 3: idle-minus", "character 5: group-bracket"}},
		{`甲（乙（丙 丁））`, Word("甲（乙（丙 丁））"), []string{"character 2: text-bracket"}},
		{`复议（ 修订`, And{Word("复议"), Word("修订")}, []string{"character 3: lone-bracket"}},
		{`“甲”(乙 丙)`, Word("“甲”(乙 丙)"), []string{"character 4: text-bracket"}},
		{`“甲”(乙 OR 丙)`, And{Word("甲"), Or{Word("乙"), Word("丙")}}, []string{"character 4: group-bracket"}},
		{`“甲””`, Word("甲"), []string{"character 4: stray-quote ”"}},
		{`1）推进“甲”乙`, Literal("1）推进“甲”乙"), nil},
		{`O”R“甲”`, Literal("OR“甲”"), []string{"character 2: stray-quote ”"}},
		{`re”gion:《四川》`, Literal("region:《四川》"), []string{"character 3: stray-quote ”"}},
		{`level:"《a》"`, Literal("level:《a》"), []string{`character 1: bad-value level: 《a》 "《a》" is not a level`}},
		{`within:《句》`, Literal("within:《句》"), []string{"character 1: bad-scope within: 《句》"}},
		{`((a))`, Word("a"), []string{"character 2: group-bracket"}},
		{`((a) OR (b))`, Or{Word("a"), Word("b")}, []string{"character 2: group-bracket", "character 9: group-bracket"}},
		{`（a b）c`, And{Word("a"), Word("b"), Word("c")}, []string{"character 1: group-bracket"}},
		{`复议）`, Word("复议"), []string{"character 3: lone-bracket"}},
		{`（复议`, Word("复议"), []string{"character 1: lone-bracket"}},
		{`复议（修订 OR 信访`, Or{And{Word("复议"), Word("修订")}, Word("信访")}, []string{"character 3: lone-bracket"}},
		{`)复议`, Word("复议"), []string{"character 1: lone-bracket"}},
		{`（）a`, Word("a"), []string{"character 1: group-bracket", "character 1: empty-group"}},
		{`学校(OR)`, Word("学校"), []string{"character 3: group-bracket", "character 3: empty-group", "character 4: lone-or"}},
		{`OR（一）`, Word("（一）"), []string{"character 1: lone-or"}},
		{`title:(a OR b)`, And{Word("title:"), Or{Word("a"), Word("b")}}, []string{"character 1: no-value title:", "character 7: group-bracket"}},
		{`region:四川(信访)`, And{Field{"region", "四川"}, Word("信访")}, []string{"character 10: group-bracket"}},
		{`year:2022（复议）`, And{Years{From: 2022, To: 2022}, Word("复议")}, []string{"character 10: group-bracket"}},
		{`"“a" b”`, And{Literal("“a"), Word("b")}, []string{"character 7: stray-quote ”"}},
		{`"放 管服"（修订）`, And{Word("放 管服"), Word("修订")}, []string{"character 7: group-bracket"}},
		{`放管服”改革`, Word("放管服改革"), []string{"character 4: stray-quote ”"}},
		{`放“管服`, And{Word("放"), Word("管服")}, []string{"character 2: open-quote"}},
		{`地区：`, Word("地区："), []string{"character 1: no-value 地区："}},
		{`年份:去年`, Word("年份:去年"), []string{`character 1: bad-value 年份: 去年 "去年" is not a year as in 2022, 2020..2024, 2020.., ..2024 or unknown`}},
		{`year:2023..2020,2019`, Or{Years{From: 2020, To: 2023}, Years{From: 2019, To: 2019}}, []string{"character 1: turned-years 2020..2023"}},
		{`year:2022,去年`, Word("year:2022,去年"), []string{`character 1: bad-value year: 2022,去年 "去年" is not a year as in 2022, 2020..2024, 2020.., ..2024 or unknown`}},
		{`level:区,村`, Word("level:区,村"), []string{`character 1: bad-value level: 区,村 "村" is not a level`}},
		{`within:句,段`, Word("within:句,段"), []string{"character 1: bad-scope within: 句,段"}},
		{`region:四川,重庆(信访)`, And{Or{Field{"region", "四川"}, Field{"region", "重庆"}}, Word("信访")}, []string{"character 13: group-bracket"}},
		{`level:(区 OR 县)`, And{Word("level:"), Or{Word("区"), Word("县")}}, []string{"character 1: no-value level:", "character 7: group-bracket"}},
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
		{`范围:句`, nil, Sentence, 0},
		{`範圍：篇`, nil, Report, 0},
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
					words = strings.Repeat("词"+separator+"词|词) ", n/3)
					closing = "词 词"
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

// A list of a field is left out as a whole where it holds a leaf too many.
func TestParseLimitsLists(t *testing.T) {
	years := strings.TrimSuffix(strings.Repeat("2022,", MaxLeaves-1), ",")
	for text, leaves := range map[string]int{"a year:" + years: MaxLeaves, "a b year:" + years: 2} {
		if q := Parse(text); countLeaves(q.Root) != leaves || (len(q.Warnings) > 0) != (leaves == 2) {
			t.Errorf("%.10s…: %d leaves, warnings %q, want %d", text, countLeaves(q.Root), q.Warnings, leaves)
		}
	}
}

// Reading takes time in proportion to the text, whatever stands in it.
func TestParseHostileText(t *testing.T) {
	for _, piece := range []string{"(", ")", "a(", "(a", "a)", "（一", "“", "”", "\"“", "“a”", "a“b”", "《", "《“a", "》", "-(", "a((b|", "地区:", "年份:,", "’a", "(\"", "《a》 ", "““a”", "“a”、", "（《a》）"} {
		text := strings.Repeat(piece, MaxText/len([]rune(piece)))
		for _, text := range []string{text, text + strings.Repeat(")", 5000)} {
			start := time.Now()
			q := Parse(text)
			if again := Parse(q.String()); len([]rune(q.String())) <= MaxText && !reflect.DeepEqual(again.Root, q.Root) {
				t.Errorf("%s…: printed and parsed it is another question", piece)
			}
			if took := time.Since(start); took > 2*time.Second {
				t.Errorf("%s…: %v", piece, took)
			}
		}
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
	for _, row := range fieldWords {
		if word := strings.Fields(row.others)[0]; !slices.Contains(Fields, row.canonical) || !strings.Contains(string(page), "`"+row.canonical+":` `"+word+":`") {
			t.Errorf("doc/query.md does not describe %s: beside %s:", word, row.canonical)
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
