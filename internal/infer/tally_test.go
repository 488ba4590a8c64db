package infer

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
			var votes tally
			for _, w := range tt.votes {
				votes.add("x", w, spot{})
			}
			if got := votes.guess(); got.Value != tt.want {
				t.Errorf("%v: %+v, want %q", tt.votes, got, tt.want)
			}
		})
	}
	var tie tally
	for range 10 {
		tie.add("b", 0.1, spot{})
	}
	tie.add("a", 1, spot{})
	if got := tie.ranked(); got[0].Value != "a" || got[0].Score != got[1].Score {
		t.Errorf("a tie is ranked %+v", got)
	}
}

// TestYearOfOneMention infers the year of fragments with a single clue.
func TestYearOfOneMention(t *testing.T) {
	line := "行政执法案卷评查、行政复议规范化建设等3项工作在2022年第三轮省督中受到肯定。"
	for range 20 {
		if in := Infer(Document{Lines: []string{line}}); in.Year.Value != "2022" || in.Year.Confidence != threshold {
			t.Fatalf("year = %q (%v), want 2022 at the threshold", in.Year.Value, in.Year.Confidence)
		}
	}
}

func TestWitnesses(t *testing.T) {
	l := newLine(3, "南京市鼓樓區人民政府和鼓樓區司法局")
	other := newLine(4, "鼓楼区坚持")
	at := func(l line, s string) spot { return l.at(strings.Index(l.text, s), len(s)) }
	var b ballot
	b.cast(1, 1, at(l, "鼓楼区"))
	b.cast(2, 2, at(l, "鼓楼区人民政府")) // overlaps, and is stronger
	b.cast(1, 1, at(l, "区人民"))     // overlaps, and is weaker
	b.cast(1, 1.5, at(other, "鼓楼区"))
	b.cast(1, 1.5, at(other, "鼓楼区")) // one spot: 3 together
	b.cast(1, 1, spot{})             // no place
	want := []Evidence{{"鼓楼区", 4, 0, 3}, {"鼓樓區人民政府", 3, 3, 10}}
	got := b.evidence()
	if len(got) != len(want) || got[0] != want[0] || got[1] != want[1] || b.sum != 7 {
		t.Errorf("evidence %+v, sum %v, want %+v, 7", got, b.sum, want)
	}
	for i := range 20 {
		n := newLine(10+i, "全区")
		b.cast(1, float64(i%7), n.at(0, len(n.text)))
	}
	got = b.evidence()
	if len(got) != shown || got[0].Line != 16 || got[1].Line != 23 || got[2].Line != 15 {
		t.Errorf("of many the strongest are %+v", got)
	}
}
