package picture_test

import (
	"math"
	"strings"
	"testing"

	"baogao/internal/web/picture"
)

// TestAxis wants an axis from 0, one that says that it is cut, or powers of ten where
// values are thirty times apart.
func TestAxis(t *testing.T) {
	for _, tt := range []struct {
		values   []float64
		log, cut bool
		ticks    string
	}{
		{[]float64{3, 14, 38}, false, false, "0 10 20 30 40"},
		{[]float64{97, 98.5, 99.9}, false, true, "96 97 98 99 100"},
		{[]float64{0, 97, 99}, false, false, "0 25 50 75 100"},
		{[]float64{1200, 30000}, false, false, "0 1万 2万 3万"},
		{[]float64{10, 290}, false, false, "0 100 200 300"},
		{[]float64{55, 88}, false, false, "0 25 50 75 100"},
		{[]float64{14, 1400}, true, false, "10 20 50 100 200 500 1,000 2,000"},
		{[]float64{0, 14, 1400}, true, false, "0 10 20 50 100 200 500 1,000 2,000"},
		{[]float64{0.02, 300}, true, false, "0.1 1 10 100"},
		{[]float64{1, 1e12}, true, false, "1 100 1万 100万 1亿 100亿 1万亿"},
		{[]float64{7}, false, false, "0 2 4 6 8"},
		{[]float64{0}, false, false, "0"},
		{nil, false, false, "0"},
	} {
		a := picture.AxisOf(tt.values)
		var ticks []string
		for _, tick := range a.Ticks {
			ticks = append(ticks, tick.Text)
		}
		if got := strings.Join(ticks, " "); got != tt.ticks || a.Log != tt.log || a.Cut != tt.cut {
			t.Errorf("%v: %s, log %v, cut %v", tt.values, got, a.Log, a.Cut)
		}
		last := -1.0
		for _, v := range tt.values {
			at := a.At(v)
			if at < 0 || at > 1 || at < last || math.IsNaN(at) {
				t.Errorf("%v: %v stands at %v", tt.values, v, at)
			}
			if shade := a.Shade(v); shade < 0 || shade > picture.Shades || (shade == 0) != (v == 0) {
				t.Errorf("%v: %v has shade %d", tt.values, v, shade)
			}
			last = at
		}
	}
}

func TestAmount(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 14: "14", 0.5: "0.5", 5.25: "5.25", 9999: "9,999", 12000: "1.2万", 1.5e8: "1.5亿", 3035573000000: "3.035573万亿", 140.4e8: "140.4亿", 5249761899362.675: "5.24976万亿", 1.0 / 3: "0.333333",
	} {
		if got := picture.Amount(v); got != want {
			t.Errorf("%v: %s, want %s", v, got, want)
		}
	}
}
