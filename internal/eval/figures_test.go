package eval

import (
	"strings"
	"testing"
)

// TestScoreFigures scores figures of which it is known what is right.
func TestScoreFigures(t *testing.T) {
	gold := func(start int, value float64, unit, kind, status string, names ...string) Figure {
		return Figure{Start: start, End: start + 3, Value: value, Unit: unit, Kind: kind, Status: status, Indicators: names}
	}
	s := FigureScorer{func(c rune) rune {
		if c == '復' {
			return '复'
		}
		return c
	}}
	r := s.Score([]Figures{
		{Passage: "a",
			Gold: []Figure{
				gold(0, 14, "件", "count", "achieved", "行政复议案件"),
				gold(10, 5, "%", "growth", "target", "地区生产总值"),
				gold(20, 30000, "人", "count", "achieved", "新增就业"),
				{Start: 30, End: 32, Value: 7, Unit: "个", Kind: "count", Status: "achieved", Indicators: []string{"街道"}, Optional: true},
				gold(40, 9, "件", "count", "achieved", "提案"),
				gold(50, 3, "位", "rank", "achieved", "森林覆盖率"),
			},
			Found: []Figure{
				gold(0, 14, "件", "count", "achieved", "开展“行政復议案件”"),  // right, but for what may stand or fall
				gold(10, 5, "%", "growth", "achieved", "全市地区生产总值增速"), // another status
				gold(20, 3, "万人", "count", "achieved", "就业"),         // the power in the unit; another name
				gold(30, 7, "个", "count", "achieved", "街道"),          // counts neither way
				gold(40, 8, "件", "count", "achieved", "提案"),          // another value
				gold(50, 3, "位", "rank", "achieved", "森林覆盖率居全省"),     // a rank is named as what is ranked
				gold(60, 12, "件", "count", "achieved", "no figure"),  // none
			}},
		{Passage: "b", Found: []Figure{gold(0, 1, "个", "count", "achieved", "none")}},
	})
	if r.Passages != 2 || r.Gold != 5 || r.Found != 7 || r.ValueUnit != 4 || r.Indicator != 3 || r.Full != 2 || r.Kind != 4 || r.Status != 3 || r.spurious != 1 || r.empty != 1 {
		t.Errorf("%+v", r)
	}
	if k := r.ByKind["growth"]; k.Gold != 1 || k.ValueUnit != 1 || k.Status != 0 {
		t.Errorf("growth: %+v", k)
	}
	var b strings.Builder
	if err := PrintFigures(&b, "set", r); err != nil || !strings.Contains(b.String(), "value and unit                 57.1     80.0     66.7") {
		t.Errorf("%v\n%s", err, &b)
	}
}
