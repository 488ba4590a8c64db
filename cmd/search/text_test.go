package main

import (
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"

	"baogao"
	"baogao/internal/cli"
)

func TestWrap(t *testing.T) {
	long := strings.Repeat("行政复议是化解行政争议的主渠道,", 6) + "LED屏占比99.25%。"
	marks := []baogao.Span{{Start: 0, End: 4}, {Start: 32, End: 36}, {Start: 36, End: 38}}
	for _, color := range []bool{false, true} {
		p := &printer{width: 40, color: color}
		lines := p.wrap(styled(long, marks), 3)
		plainText := strings.NewReplacer(marked, "", plain, "", "【", "", "】", "").Replace(joined(lines))
		if plainText != long {
			t.Errorf("color %v: wrapping changes the text:\n%s\n%s", color, plainText, long)
		}
		for _, line := range lines {
			bare := strings.NewReplacer(marked, "", plain, "").Replace(string(line))
			if w := runewidth.StringWidth(bare); w > 40-3 {
				t.Errorf("color %v: %q is %d columns wide", color, bare, w)
			}
			if strings.ContainsRune(",。%", []rune(bare)[0]) {
				t.Errorf("color %v: %q begins with punctuation", color, bare)
			}
			if strings.Count(bare, "【") != strings.Count(bare, "】") {
				t.Errorf("color %v: a mark is broken: %q", color, bare)
			}
		}
	}
}

func TestPrintable(t *testing.T) {
	p := &printer{width: 20}
	got := joined(p.wrap(styled("甲\x1b[31m乙\t丙\u009b\n", []baogao.Span{{Start: 0, End: 2}}), 0))
	if got != `【甲\x1b】[31m乙 丙\u009b\n` {
		t.Errorf("control characters reach the terminal: %q", got)
	}
}

// TestFacts marks what was guessed.
func TestFacts(t *testing.T) {
	meta := baogao.Meta{Region: baogao.Region{Code: "510904", Name: "四川省遂宁市安居区"}, Level: baogao.District, Year: 2022, Kind: baogao.Work, Published: "2023-01-18"}
	guess := func(confidence float64) baogao.Basis {
		return baogao.Basis{Confidence: confidence, Origin: baogao.Inferred}
	}
	for _, tt := range []struct {
		meta baogao.Meta
		sure baogao.Sure
		want string
	}{
		{meta, baogao.Sure{Region: guess(0.8), Level: guess(0.95), Year: guess(1), Kind: guess(0.5)}, "四川省遂宁市安居区 · district · 2022 · 2023-01-18"},
		{meta, baogao.Sure{Region: guess(0.625), Level: guess(0.799999), Year: guess(0.5)}, "四川省遂宁市安居区? (0.62) · district? (0.79) · 2022? (0.50) · 2023-01-18"},
		{baogao.Meta{Level: baogao.City}, baogao.Sure{Region: guess(0.4), Level: guess(0.7)}, "region unknown · city? (0.70) · year unknown"},
	} {
		if got := facts(tt.meta, tt.sure); got != tt.want {
			t.Errorf("%s, want %s", got, tt.want)
		}
	}
}

// joined are the lines of a text as one.
func joined(lines []cli.Safe) string {
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(string(line))
	}
	return b.String()
}
