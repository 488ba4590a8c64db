package analyzer

import (
	"slices"
	"testing"
)

// read reads a text.
func read(text string, literal bool) *Text {
	t := Text{Literal: literal}
	t.Read(text)
	return &t
}

func TestReadText(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"", ""},
		{"行政復議", "行政复议"},
		{"深化“放管服”改革。", "深化放管服改革。"},
		{"深化”放管服”改革", "深化放管服改革"},
		{`深化"放管服"改革`, "深化放管服改革"},
		{"深化「放管服」改革", "深化放管服改革"},
		{"贯彻《民法典》和《“十四五”规划》", "贯彻民法典和十四五规划》"},
		{"“一网通办”“跨省通办”", `"一网通办""跨省通办"`},
		{"《民法典》《刑法》", "《民法典》《刑法》"},
		{"的“《条例》”宣传", "的条例宣传"},
		{`空""字`, `空""字`},
		{"“12345”热线", `"12345热线`},
		{"12“34”", `12"34"`},
		{"推进“5g”和“led”屏", "推进5g和led屏"},
		{"a“b”c", `a"b"c`},
		{"it's", "it's"},
		{"“双随机、一公开”监管", `"双随机、一公开监管`},
		{"（“试行”）", `("试行")`},
		{"1,234件", "1234件"},
		{"１，２３４件", "1234件"},
		{"100，200件", "100,200件"},
		{"12,345,678.90元", "12345678.90元"},
		{"1’234人", "1234人"},
		{"有1 234件", "有1234件"},
		{"共1 234 567“件”", "共1234567件\""},
		{"共1 234.5万元", "共1234.5万元"},
		{"价格138\u00a0000元", "价格138000元"},
		{"占1 234%", "占1234%"},
		{"1 234件", "1 234件"},
		{"本年新收 12 234 246", "本年新收12 234 246"},
		{"本年新收12 234 246", "本年新收12 234 246"},
		{"表3 120人参加", "表3 120人参加"},
		{"第3 120人参加", "第3 120人参加"},
		{"共1 100 200 300 400 500 600件", "共1100200300400500600件"},
		{"共1 100 200 300 400 500 600 700件", "共1 100 200 300 400 500 600 700件"},
		{"27 147 300", "27 147 300"},
		{"①“一网通办”改革", "①\"一网通办改革"},
		{"办结 12 件，占 80 %", "办结12件,占80%"},
		{"共 1 234 件", "共1234件"},
		{"2023\u00a0年 3\u202f月", "2023年3月"},
		{"表 3　120 15人", "表3 120 15人"},
		{"甲 乙 5 G", "甲 乙5 g"},
		{"放管服[1]改革，案件①办理、检查²结果、河长〔3〕制", "放管服改革,案件办理、检查结果、河长制"},
		{"放管服㉓改革、双随机❷检查、行政㊿复议", "放管服改革、双随机检查、行政复议"},
		{"办结　12　件", "办结12件"},
		{"“放管服”[12]改革", "\"放管服改革"},
		{"深化“放管服”①“双减”改革", "深化放管服\"①\"双减改革"},
		{"遂安委〔2023〕21号、遂函〔12〕号", "遂安委(2023)21号、遂函(12)号"},
		{"包括：①改革；②开放。3[1]件", "包括:①改革;②开放。3(1)件"},
		{"1200m²“口袋公园”", "1200平方米口袋公园\""},
		{"カ\u3099“ABC", "ガabc"},
		{"㏂”中", "a.m.\"中"},
		{"１,234，１，234", "1234,1,234"},
		{"１，２３４", "1234"},
		{"1，２３４", "1,234"},
		{"１，234", "1,234"},
		{"27 147 300，", "27 147 300,"},
		{"共27 147 3件", "共27 147 3件"},
		{"106614,106607", "106614,106607"},
		{"1,2345", "1,2345"},
		{"0,123", "0,123"},
		{"0.5,123", "0.5,123"},
		{"2023.2.28,123", "2023.2.28,123"},
		{"1,234,56", "1234,56"},
		{"1,234’567", "1234'567"},
		{"3,1,234", "3,1234"},
		{"2022年,123", "2022年,123"},
		{"2022 1,234", "2022 1234"},
		{"Ⅱ类、ⅳ类", "ii类、iv类"},
		{"35℃", "35°c"},
		{"35°C", "35°c"},
		{"500㎡", "500平方米"},
		{"600m²", "600平方米"},
		{"4㎞、4km²、5m³", "4km、4平方公里、5立方米"},
		{"pm²", "pm²"},
		{"第2²", "第2²"},
		{"№5、㈠、〸、①、½", "no5、(一)、十、①、½"},
		{"ﬁnance", "finance"},
		{"cafe\u0301", "café"},
		{"カ\u3099ｶﾞガ", "ガガガ"},
		{"议\u0301", "议\u0301"},
	} {
		t.Run(tt.in, func(t *testing.T) {
			got := read(tt.in, false)
			if string(got.Runes) != tt.want {
				t.Errorf("got %q, want %q", string(got.Runes), tt.want)
			}
			var again Text
			again.ReadUTF16(AppendUTF16(nil, tt.in))
			if !slices.Equal(again.Runes, got.Runes) || !slices.Equal(again.jumps, got.jumps) {
				t.Errorf("as UTF-16 it is %q", string(again.Runes))
			}
		})
	}
}

// TestLiteral keeps the marks, and nothing else.
func TestLiteral(t *testing.T) {
	for in, want := range map[string]string{"“放管服”改革1,234件，500㎡": `"放管服"改革1234件,500平方米`, "《民法典》": "《民法典》"} {
		if got := string(read(in, true).Runes); got != want {
			t.Errorf("%s: %s", in, got)
		}
	}
}

// TestSource finds words in what was read, and where they are published.
func TestSource(t *testing.T) {
	for _, tt := range []struct {
		word, text, want string
		literal          bool
	}{
		{"放管服改革", "深化“放管服”改革成效", "放管服”改革", false},
		{"放管服", "深化“放管服”改革成效", "放管服", false},
		{"深化放管服", "深化“放管服”改革成效", "深化“放管服", false},
		{"“放管服”改革", "深化“放管服”改革成效", "放管服”改革", false},
		{"“放管服”改革", "深化“放管服”改革成效", "“放管服”改革", true},
		{"《民法典》", "宣传民法典", "民法典", false},
		{"《民法典》宣传", "\"《民法典》\"宣传和民法典宣传", "民法典宣传", false},
		{"“《民法典》”宣传", "\"《民法典》\"宣传和民法典宣传", "\"《民法典》\"宣传", true},
		{"甲》\"乙", "丙甲》”乙", "甲》”乙", true},
		{"①“一网通办”改革", "①“一网通办”改革；", "①“一网通办”改革", false},
		{"1234件", "受理1,234件", "1,234件", false},
		{"平方米", "共500㎡", "㎡", false},
		{"500平方米", "共500m²。", "500m²", false},
		{"ガ株", "「カ\u3099株」", "カ\u3099株", false},
		{"改革", "深化改革", "改革", false},
	} {
		p := Compile(tt.word)
		if tt.literal {
			p = CompileLiteral(tt.word)
		}
		in := read(tt.text, p.Literal())
		found := p.Find(in.Runes, nil)
		if len(found) != 1 {
			t.Errorf("%s in %s: %v", tt.word, tt.text, found)
			continue
		}
		at := in.Source(found[0])
		if got := string([]rune(tt.text)[at.Start:at.End]); got != tt.want {
			t.Errorf("%s stands at %s", tt.word, got)
		}
	}
}

// TestParted tells by terms where marks stand within words.
func TestParted(t *testing.T) {
	have := func(text string) (terms []string) {
		EachTerm(text, func(term []rune) { terms = append(terms, string(term)) })
		return terms
	}
	for _, tt := range []struct {
		word, text string
		want       bool
	}{
		{"放管服改革", "深化“放管服”改革", true}, {"放管服改革", "深化放管服改革", false}, {"放管服", "深化“放管服”改革", false},
		{"深化放", "深化“放管服”改革", true}, {"一网通办", "“一网”“通办”", false},
	} {
		terms := have(tt.text)
		parted := slices.ContainsFunc(Compile(tt.word).Parted(), func(p string) bool { return slices.Contains(terms, p) })
		if parted != tt.want {
			t.Errorf("%s in %s: %v, of %q", tt.word, tt.text, parted, terms)
		}
	}
}
