package page

import (
	"strings"
	"testing"
	"time"

	"baogao/internal/extract"
)

func TestMarkdown(t *testing.T) {
	tests := []struct{ in, want string }{
		{"# 题\n\n一段\n\n二段", "题\n一段\n二段"},
		{"一行\n二行", "一行\n二行"},
		{"**粗**和 *斜*、`码`、[链接](http://a.example/)", "粗和 斜、码、链接"},
		{"共**100**个，**3**2。*一行*", "共100个，**3**2。*一行*"},
		{"*一行*\n__二__", "一行\n二"},
		{"投资100*200万元，种植3*2亩", "投资100*200万元，种植3*2亩"},
		{"(a+b)*2、3*(c)，x**2+y**2，甲_1_2", "(a+b)*2、3*(c)，x**2+y**2，甲_1_2"},
		{"*注：100*（200）", "*注：100*（200）"},
		{"张*三、李*四，138****1234、139****5678", "张*三、李*四，138****1234、139****5678"},
		{"姓名：____，电话：____", "姓名：____，电话：____"},
		{"甲*\n乙*丙", "甲*\n乙*丙"},
		{"![图1 **生产**总值](a.png)\n![](b.png)后", "图1 生产总值\n后"},
		{"- 甲\n- 乙\n  - 丙", "甲\n乙\n丙"},
		{"1. 甲\n2. 乙", "1. 甲\n2. 乙"},
		{"1) 甲\n\n3) 丙", "1) 甲\n3) 丙"},
		{"    缩进的正文\n\n\t再一段\n        又一行", "缩进的正文\n再一段\n又一行"},
		{"|甲|乙|\n|--|--|\n|1|2|\n\n后文 | 里的竖线", "甲 | 乙\n1 | 2\n后文 | 里的竖线"},
		{"甲 | 乙\n--- | ---\n1 |", "甲 | 乙\n1"},
		{"[1]: 注释不能消失", "[1]: 注释不能消失"},
		{"一<br>二", "一\n二"},
		{"---\n不是元数据\n---\n正文", "不是元数据\n正文"},
		{"---\ntitle: 题\n---\n正文", "正文"},
		{"---\r\ntitle: 题\r\n---\r\n正文\r\n", "正文"},
		{"\uFEFF---\ntitle: 题\ntags: [a,\n  b]\n---\n正文", "正文"},
		{"---\n# 政府工作报告\n\n各位代表: 现在开会\n---\n正文", "政府工作报告\n各位代表: 现在开会\n正文"},
		{"---\n各位代表: 现在开会\n---\n正文", "各位代表: 现在开会\n正文"},
		{"---\ntitle: 题\n# 一、回顾\n---\n正文", "title: 题\n一、回顾\n正文"},
		{"---\ntitle: 题\n\n各位代表: 现在开会\n---\n正文", "title: 题\n各位代表: 现在开会\n正文"},
		{"---\ntitle: 题\n2023年: 数\n---\n正文", "title: 题\n2023年: 数\n正文"},
		{"---\n标题: 题\n\ndate: 2024-01-15\n---\n正文", "正文"},
		{"---\ntitle: 题\nsummary: '全年3*2*1件'\n摘要: 办结\ndescription: |\n  一行\n\n  二行\ndraft: false\n---\n正文", "全年3*2*1件\n摘要：办结\n一行\n二行\n正文"},
		{"正文\n\n---\n\n正文", "正文\n正文"},
		{"", ""},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			got, err := Markdown(tt.in, extract.Limits{})
			if err != nil || got.Body != tt.want {
				t.Errorf("Markdown(%q) = %q, %v, want %q", tt.in, got.Body, err, tt.want)
			}
		})
	}
}

func TestMarkdownTitle(t *testing.T) {
	tests := []struct{ in, want string }{
		{"# 政府工作报告\n\n正文", "政府工作报告"},
		{"---\ntitle: '题目'\n---\n# 别的\n", "题目"},
		{"---\ntitle: >-\n  青石县\n  年度报告\n---\n# 别的\n", "青石县年度报告"},
		{"正文\n\n# 一、回顾", ""},
		{"## 一、回顾\n", ""},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			got, err := Markdown(tt.in, extract.Limits{})
			if err != nil || got.Title != tt.want {
				t.Errorf("Markdown(%q).Title = %q, %v, want %q", tt.in, got.Title, err, tt.want)
			}
		})
	}
}

// TestStruckMarkdown: what stands between two tildes goes, and ranges and lines stay.
func TestStruckMarkdown(t *testing.T) {
	got, err := Markdown("受理~~三十~~三十一件，增长10~20%，下降5~6个点。\n\n增长1~2、3~4倍，~~~~\n\n路径a~~b", extract.Limits{})
	if want := "受理三十一件，增长10~20%，下降5~6个点。\n增长1~2、3~4倍，~~~~\n路径a~~b"; err != nil || got.Body != want {
		t.Errorf("%q, %v, want %q", got.Body, err, want)
	}
}

// TestHostileMarkdown reads marks whose cost grows with the square of their
// number if each is taken at its word.
func TestHostileMarkdown(t *testing.T) {
	if testing.Short() {
		t.Skip("what nobody writes is not read under -short")
	}
	limit := patience(func(prose string) { Markdown(prose, extract.Limits{}) })
	for _, mark := range []string{"[a](", ">", "> - ", "*a ", "*a_ ", "_a*b_", "**甲 ", "a* ", "![", "~~", "~~甲 ", "`a``", "|-", "|\n", "<a "} {
		t.Run(mark, func(t *testing.T) {
			in := "|a|b|\n|-|-|\n" + strings.Repeat(mark, hostileSize/len(mark)) + "\n\n结尾的一句话。"
			start := time.Now()
			got, err := Markdown(in, extract.Limits{})
			took := time.Since(start)
			t.Logf("took %v of %v", took, limit)
			if took > limit {
				t.Error("that is too long")
			}
			if err != nil || !strings.HasSuffix(got.Body, "结尾的一句话。") || len(got.Body) > 3*len(in) {
				t.Errorf("%d bytes, %v", len(got.Body), err)
			}
		})
	}
}

// FuzzMarkdown holds that no Chinese character of a text is lost, but for
// those in tags, addresses, comments and the names of code blocks.
func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{"# 一\n二", "    四\n\t- 五\n\n  六", "> 引\n续", "1. 甲\n2. 乙", "|甲|\n|-|\n|乙|丙|", "甲\n===\n- 乙\n\n      丙", "\t*\t甲\n+\n   乙"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, err := Markdown(s, extract.Limits{}); err != nil || strings.ContainsAny(s, "<[`~&:\x00") {
			return
		} else if han(got.Body) != han(s) {
			t.Errorf("Markdown(%q) loses characters: %q", s, got.Body)
		}
	})
}
