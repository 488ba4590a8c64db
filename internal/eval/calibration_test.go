package eval

import (
	"math"
	"testing"
)

// answers are n answers about a field with a confidence, so many of them right.
func answers(field string, n, right int, confidence float64) []Judgement {
	var list []Judgement
	for i := range n {
		list = append(list, Judgement{Field: field, Got: "x", Confidence: confidence, Right: i < right})
	}
	return list
}

func TestCalibration(t *testing.T) {
	list := answers("region", 40, 36, 0.93)
	list = append(list, answers("region", 10, 10, 0.97)...)
	list = append(list, answers("region", 3, 1, 0.62)...)
	list = append(list, answers("year", 2, 2, 1)...)
	list = append(list, Judgement{Field: "year", Confidence: 0.4}, Judgement{Field: "year", Got: "", Confidence: 0.9})
	want := []Band{{"region", 0.6, 3, 0.62, 1.0 / 3}, {"region", 0.9, 50, 0.938, 0.92}, {"year", 0.9, 2, 1, 1}}
	got := Calibration(list)
	if len(got) != len(want) {
		t.Fatalf("%+v, want %+v", got, want)
	}
	for i, w := range want {
		g := got[i]
		if g.Field != w.Field || g.N != w.N || math.Abs(g.From-w.From)+math.Abs(g.Claimed-w.Claimed)+math.Abs(g.Right-w.Right) > 1e-9 {
			t.Errorf("band %+v, want %+v", g, w)
		}
	}
}

func TestFits(t *testing.T) {
	for _, tt := range []struct {
		name string
		of   []Judgement
		want bool
	}{
		{"as claimed", answers("kind", 40, 38, 0.96), true},
		{"claims too much", answers("kind", 40, 36, 0.96), false},
		{"claims too little", answers("kind", 40, 40, 0.91), false},
		{"too few to tell", answers("kind", 30, 10, 0.96), true},
	} {
		if got := Calibration(tt.of)[0]; got.Fits() != tt.want {
			t.Errorf("%s: %+v fits %t", tt.name, got, got.Fits())
		}
	}
}
