package poll

import (
	"strings"
	"testing"
)

// TestGuessAtThreshold holds a value that one whole vote speaks for to be
// given, however the vote was summed up.
func TestGuessAtThreshold(t *testing.T) {
	tests := []struct {
		name  string
		votes []float64
		want  string
	}{
		{"one vote", []float64{1}, "x"},
		{"tenths, which sum to less than one", []float64{.1, .1, .1, .1, .1, .1, .1, .1, .1, .1}, "x"},
		{"a little less", []float64{0.9999}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var votes Tally
			for _, w := range tt.votes {
				votes.Add("x", w, Spot{})
			}
			if got := votes.Guess(); got.Value != tt.want {
				t.Errorf("%v: %+v, want %q", tt.votes, got, tt.want)
			}
		})
	}
	var tie Tally
	for range 10 {
		tie.Add("b", 0.1, Spot{})
	}
	tie.Add("a", 1, Spot{})
	if got := tie.Ranked(); got[0].Value != "a" || got[0].Score != got[1].Score {
		t.Errorf("a tie is ranked %+v", got)
	}
}

func TestWitnesses(t *testing.T) {
	at := func(line int, published, folded, part string) Spot {
		i := strings.Index(folded, part)
		return Spot{Line: line, Published: published, Text: folded, Start: i, End: i + len(part)}
	}
	organs := func(part string) Spot {
		return at(3, "南京市鼓樓區人民政府和鼓樓區司法局", "南京市鼓楼区人民政府和鼓楼区司法局", part)
	}
	other := at(4, "鼓楼区坚持", "鼓楼区坚持", "鼓楼区")
	var b Ballot
	b.Cast(1, 1, organs("鼓楼区"))
	b.Cast(2, 2, organs("鼓楼区人民政府")) // overlaps, and is stronger
	b.Cast(1, 1, organs("区人民"))     // overlaps, and is weaker
	b.Cast(1, 1.5, other)
	b.Cast(1, 1.5, other) // one spot: 3 together
	b.Cast(1, 1, Spot{})  // no place
	want := []Evidence{{"鼓楼区", 4, 0, 3}, {"鼓樓區人民政府", 3, 3, 10}}
	got := b.evidence()
	if len(got) != len(want) || got[0] != want[0] || got[1] != want[1] || b.Sum != 7 {
		t.Errorf("evidence %+v, sum %v, want %+v, 7", got, b.Sum, want)
	}
	for i := range 20 {
		b.Cast(1, float64(i%7), at(10+i, "全区", "全区", "全区"))
	}
	got = b.evidence()
	if len(got) != shown || got[0].Line != 16 || got[1].Line != 23 || got[2].Line != 15 {
		t.Errorf("of many the strongest are %+v", got)
	}
}

// TestCurves holds curves to rise from nothing to no more than certain, and to leave what
// is below one half there.
func TestCurves(t *testing.T) {
	last := 0.0
	for i := range 101 {
		share := float64(i) / 100
		got := Usual.at(share)
		if got < last || got > 1 || share < Threshold && got >= Threshold || share >= Threshold && got < Threshold {
			t.Errorf("a share of %.2f is worth %v, after %v", share, got, last)
		}
		last = got
	}
	if got := Usual.at(0.85); got < 0.96 || got > 0.98 {
		t.Errorf("between two points lies %v", got)
	}
}
