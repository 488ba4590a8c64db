package index

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// TestCount holds count to the standard library over random texts of few
// characters, whose bytes resemble one another.
func TestCount(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 5))
	some := []rune("发展发屐复议,a。丂倂")
	word := func(n int) []byte {
		var all []rune
		for range n {
			all = append(all, some[random.IntN(len(some))])
		}
		return []byte(string(all))
	}
	for range 20_000 {
		text, w := word(random.IntN(40)), word(1+random.IntN(4))
		if got, want := count(text, w), bytes.Count(text, w); got != want {
			t.Fatalf("%q is %d times in %q, want %d", w, got, text, want)
		}
	}
}

func TestMayOverlap(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"复议", "信访", false}, {"行政复议", "复议案件", true}, {"复议案件", "行政复议", true}, {"行政复议", "复议", true},
		{"复", "行政复议", true}, {"行政", "行人", false}, {"人人", "人", true}, {"法治", "治法", true},
	} {
		if got := mayOverlap([]byte(tt.a), []byte(tt.b)); got != tt.want {
			t.Errorf("%s, %s: %v", tt.a, tt.b, got)
		}
	}
}
