package outline

import (
	"strings"
	"testing"
	"unicode/utf8"

	"baogao"
)

func TestSplit(t *testing.T) {
	filler := func(n int) string { return strings.Repeat("依法行政", n/4) }
	for _, tt := range []struct {
		name, in string
		pieces   []string // how each piece begins
	}{
		{"short", "一是健全制度。二是强化审查。", []string{"一是健全"}},
		{"at 一是", "总述。一是" + filler(800) + "；二是" + filler(800) + "。", []string{"总述。一是", "二是"}},
		{"packed", "一是" + filler(500) + "。二是" + filler(500) + "。三是" + filler(800) + "。", []string{"一是", "三是"}},
		{"at sentences", filler(800) + "。”乙" + filler(800) + "。丙" + filler(200) + "。", []string{"依法", "乙"}},
		{"at semicolons", filler(1000) + "；乙" + filler(1000) + "；丙。", []string{"依法", "乙"}},
		{"at commas", filler(1000) + "，乙" + filler(1000) + "、丙。", []string{"依法", "乙"}},
		{"not inside a number", filler(800) + "1,234" + filler(800) + "，丙" + filler(400), []string{"依法", "丙"}},
		{"not at 一是指", filler(800) + "。一是指标体系" + filler(300) + "。" + filler(400), []string{"依法", "依法"}},
		{"never in a run without punctuation", filler(3000), []string{"依法"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := split(tt.in)
			if strings.Join(got, "") != tt.in {
				t.Error("the pieces do not give the text")
			}
			if len(got) != len(tt.pieces) {
				t.Fatalf("%d pieces, want %d", len(got), len(tt.pieces))
			}
			for i, p := range got {
				if !strings.HasPrefix(p, tt.pieces[i]) {
					t.Errorf("piece %d begins %.12s, want %s", i+1, p, tt.pieces[i])
				}
			}
		})
	}
}

func TestPassagesOfParagraphs(t *testing.T) {
	long := strings.Repeat("坚持依法行政，推进法治政府建设。", 100)
	got := passages([]baogao.Paragraph{
		{Number: 1, Text: "青政〔2023〕15号", Section: []string{}},
		{Number: 2, Text: "年度报告", Title: true, Section: []string{}},
		{Number: 3, Text: long, Published: "原文", Section: []string{"一、成效"}},
	})
	if len(got) != 4 || !got[0].Title || got[0].Paragraph != 2 || got[0].Piece != 0 || got[1].Paragraph != 1 {
		t.Fatalf("got %+v", got)
	}
	for i, p := range got[2:] {
		if p.Paragraph != 3 || p.Piece != i+1 || p.Section[0] != "一、成效" || utf8.RuneCountInString(p.Text) > passageLimit {
			t.Errorf("piece %d: %+v", i+1, p)
		}
		if (p.Published != "") != (i == 0) {
			t.Errorf("piece %d: published %q", i+1, p.Published)
		}
	}
	if got[2].Text+got[3].Text != long {
		t.Error("the pieces do not give the paragraph")
	}
}
