package outline

import (
	"strings"
	"testing"

	"baogao"
)

func TestFigures(t *testing.T) {
	for _, tt := range []struct {
		text string
		want int
	}{
		{"收到行政复议申请268件，受理231件。", 2},
		{"办结率99.2%，满意度100％，自然增长率3.1‰。", 3},
		{"总投资1,234.5亿元", 1},
		{"新增就业１２万人", 1},
		{"2023年3月15日，第3次常务会议，〔2023〕21号、21號", 0},
		{"第 3 次会议", 0},
		{"第3次会议审议12项议题", 1},
		{"第3 12项", 1},
		{"5G基站，A3，附图5。", 0},
		{"建成5G基站300个", 1},
		{"3至5件", 2},
		{"十四五规划，三百件", 0},
		{"1. 总则", 0},
		{"", 0},
		{"2023", 0},
		{strings.Repeat("14件，", 200), baogao.MaxFigures},
	} {
		t.Run(firstOf(tt.text, 20), func(t *testing.T) {
			if got := figures(tt.text); got != tt.want {
				t.Errorf("%d figures, want %d", got, tt.want)
			}
		})
	}
}
