package analyzer

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestCountUTF16 holds CountUTF16 to the standard library over random texts of few
// characters, whose bytes resemble one another.
func TestCountUTF16(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 5))
	some := []rune("发展发屐复议,a。丂倂發𠮷")
	word := func(n int) string {
		var all []rune
		for range n {
			all = append(all, some[random.IntN(len(some))])
		}
		return string(all)
	}
	for range 20_000 {
		text, w := word(random.IntN(40)), word(1+random.IntN(4))
		if got, want := CountUTF16(AppendUTF16(nil, text), AppendUTF16(nil, w)), strings.Count(text, w); got != want {
			t.Fatalf("%q is %d times in %q, want %d", w, got, text, want)
		}
	}
}

// TestUTF16 holds what UTF-16 gives to what it was given.
func TestUTF16(t *testing.T) {
	for _, text := range []string{"", "复议", "𠮷野家的𠮷", "a。𠮷", "坏\xff字", "行政復議ＡＢ"} {
		want := strings.ToValidUTF8(text, "\ufffd")
		stored := AppendUTF16(nil, text)
		if got := UTF16String(stored); got != want {
			t.Errorf("%q comes back as %q", text, got)
		}
		if got, folded := string(FoldUTF16(nil, stored)), Fold(want); got != folded {
			t.Errorf("%q folds to %q, not %q", text, got, folded)
		}
	}
}
