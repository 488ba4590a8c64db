package index

import (
	"math/rand/v2"
	"slices"
	"testing"

	"baogao/internal/analyzer"
)

// TestFinder finds random words in random texts all at once and one by one.
func TestFinder(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 11))
	alphabet := []rune("法法治政。,.29年gé\u0301 %\U00020000")
	some := func(most int) string {
		text := make([]rune, 1+random.IntN(most))
		for i := range text {
			text[i] = alphabet[random.IntN(len(alphabet))]
		}
		return string(text)
	}
	for range 500 {
		p := &plan{}
		for range manyWords + 1 + random.IntN(30) {
			p.word(analyzer.Compile(some(3)), random.IntN(3) > 0)
		}
		if p.finder = newFinder(p.words); p.finder == nil {
			continue // the words were too few without those that came twice
		}
		text := analyzer.FoldRunes(nil, some(60))
		r, alone := newReading(&Index{}, p), newReading(&Index{}, p)
		r.folded, r.loaded, alone.folded, alone.loaded = text, true, text, true
		marked := r.countAll()
		for _, w := range p.words {
			var got []analyzer.Span
			for _, found := range r.places {
				if found.slot == w.slot {
					got = append(got, found.Span)
				}
			}
			if want := alone.of(w); !slices.Equal(got, want) || r.times[w.slot] != len(want) {
				t.Errorf("%q in %q: %v, %d times; alone %v", w.pattern, string(text), got, r.times[w.slot], want)
			}
		}
		if want := len(alone.marks(nil)); int(marked) != want {
			t.Errorf("%d places of %q are marked, one by one %d", marked, string(text), want)
		}
	}
}
