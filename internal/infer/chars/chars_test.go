package chars

import "testing"

func TestEnds(t *testing.T) {
	for _, tt := range []struct {
		in          string
		n           int
		first, last string
		atMost      bool
	}{{"安居区2023", 2, "安居", "23", false}, {"安居", 2, "安居", "安居", true}, {"安", 2, "安", "安", true}, {"", 2, "", "", true}} {
		if First(tt.in, tt.n) != tt.first || Last(tt.in, tt.n) != tt.last || AtMost(tt.in, tt.n) != tt.atMost {
			t.Errorf("%s: %q, %q, %t", tt.in, First(tt.in, tt.n), Last(tt.in, tt.n), AtMost(tt.in, tt.n))
		}
	}
	if LastRune("安居区") != '区' || !EndsSentence("完成。 ") || EndsSentence("一、概述") {
		t.Error("the end of a line is not what it is")
	}
}
