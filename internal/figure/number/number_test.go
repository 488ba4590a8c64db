package number

import (
	"fmt"
	"strings"
	"testing"
)

// short writes a number in one line: what is written up to the end of its words,
// its value, its unit and its bound.
func short(t *Text, n *Number) string {
	s := fmt.Sprintf("%s %v %s", string(t.Published[n.Start:n.Next]), n.Value, n.Unit)
	if n.Ranged {
		s += fmt.Sprintf(" to %v", n.High)
	} else if n.Bound != "" {
		s += " " + string(n.Bound)
	}
	if n.Approximate {
		s += " about"
	}
	return s
}

func TestRead(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"受理14件", "14件 14 件"},
		{"受理１４件，办结１．５万件", "１４件 14 件; １．５万件 15000 件"},
		{"支出1,234,500元", "1,234,500元 1.2345e+06 元"},
		{"支出12.6亿元以上", "12.6亿元以上 1.26e+09 元 min"},
		{"装机30万千瓦、覆盖3千米", "30万千瓦 300000 千瓦; 3千米 3 千米"},
		{"涉及640余万元、2.7万余个", "640余万元 6.4e+06 元 min about; 2.7万余个 27000 个 min about"},
		{"增长5%—5.5%，培育1至2家，30到50个", "5%—5.5% 5 % to 5.5; 1至2家 1 家 to 2; 30到50个 30 个 to 50"},
		{"控制在5.5%以内，20人左右", "5.5%以内 5.5 % max; 20人左右 20 人 about"},
		{"分别为160、234.8亿元", "160 1.6e+10 元; 234.8亿元 2.348e+10 元"},
		{"快于全国3.4个、1个百分点", "3.4个 3.4 个百分点; 1个百分点 1 个百分点"},
		{"占比九成五，超六成，翻两番，一倍，两个百分点", "九成五 95 %; 六成 60 %; 翻两番 2 番; 一倍 1 倍; 两个百分点 2 个百分点"},
		{"居全省第3位、第一，进入全国前十", "第3位 3 位; 第一 1 位; 前十 10 位 max"},
		{"突破万亿元", "万亿元 1e+12 元"},
		{"综合指数为2.93", "2.93 2.93 "},
		{"城乡居民收入比缩小至2.2：1左右，男女比例为1:1", "2.2：1左右 2.2  about; 1:1 1 "},
		{"占比为8∶41∶51", "8 8 ; 41 41 ; 51 51 "},
		{"梳理291 项，登记 1158 件", "291 项 291 项; 1158 件 1158 件"},
		{"志愿者总数超381万。", "381万 3.81e+06 "},
		{"吸引17万高校毕业生", "17万 170000 人"},
		{"居中部地区第1，百强博物馆居第10", "第1 1 位; 第10 10 位"},
		{"倍差降至1.67以内，提前10个月", "1.67以内 1.67  max; 10个月 10 个月"},
		{"算力规模达4800PF、100P", "4800PF 4800 pf; 100P 100 p"},
		{"惠及近300万群众", "300万 3e+06 人"},
		{"增长5 . 6%", "5 . 6% 5.6 %"},
		{"养老金207元/月，浓度28微克/立方米", "207元/月 207 元/月; 28微克/立方米 28 微克/立方米"},
		{"2023年3月1日，GB/T 7714，1+4+N，PM2.5，12345热线", ""},
		{"5%的", "5% 5 %"},
		{"0个", "0个 0 个"},
		{"9999999999999999999999999999件", "9999999999999999999999999999件 1e+28 件"},
	} {
		text := NewText(tt.text)
		var got []string
		for _, n := range Read(text) {
			got = append(got, short(text, n))
		}
		if s := strings.Join(got, "; "); s != tt.want {
			t.Errorf("%s: %q, want %q", tt.text, s, tt.want)
		}
		if tt.want != "" && !MayHold(tt.text) {
			t.Errorf("%s may hold no number", tt.text)
		}
	}
}

func TestMayHold(t *testing.T) {
	for text, want := range map[string]bool{"": false, "坚持依法行政，成效明显": false, "办结５件": true, "近四成": true, "两成": true, "完成任务": false, "居全省第一": true, "a1": true, "成": false, "一 成": false, "百分之百": false, "提高两个百分點": true, "百亿": false, "百亿元": true, "é成": false} {
		if got := MayHold(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// TestText: what was published of a span is as it stands, whatever bytes the text has, and
// a text that is read in the place of another leaves nothing of it.
func TestText(t *testing.T) {
	text := NewText("“放管服”改革与《条例》，Ａ１")
	for _, tt := range []struct {
		text   string
		span   Span
		want   string
		quoted int
	}{
		{"受理“一网通办”14件", Span{2, 8}, "“一网通办”", 6},
		{"甲\xff乙１４件", Span{0, 4}, "甲\uFFFD乙１", 0},
		{"甲\uFFFD乙", Span{1, 2}, "\uFFFD", 0},
		{"", Span{}, "", 0},
	} {
		text.Read(tt.text)
		quoted := 0
		for _, q := range text.Quoted {
			if q {
				quoted++
			}
		}
		if got := text.String(tt.span); got != tt.want || quoted != tt.quoted || len(text.Folded) != len(text.Published) {
			t.Errorf("%q: %q, %d in quotation marks", tt.text, got, quoted)
		}
	}
}
