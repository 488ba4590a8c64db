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
		{"**粗**和*斜*、`码`、[链接](http://a.example/)", "粗和斜、码、链接"},
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

// TestHostileMarkdown reads marks whose cost grows with the square of their
// number if each is taken at its word.
func TestHostileMarkdown(t *testing.T) {
	const limit = 10 * time.Second
	for _, mark := range []string{"[a](", ">", "> - ", "*a ", "![", "`a``", "|-", "|\n", "<a "} {
		t.Run(mark, func(t *testing.T) {
			in := "|a|b|\n|-|-|\n" + strings.Repeat(mark, (1<<20)/len(mark)) + "\n\n结尾的一句话。"
			start := time.Now()
			got, err := Markdown(in, extract.Limits{})
			if took := time.Since(start); took > limit {
				t.Errorf("took %v", took)
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
