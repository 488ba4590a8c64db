package match

import (
	"math/rand/v2"
	"slices"
	"testing"

	"baogao/internal/analyzer"
	"baogao/query"
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
		tree := &Tree{Scope: query.Passage}
		for range manyWords + 1 + random.IntN(30) {
			tree.word(analyzer.Compile(some(3)), random.IntN(3) > 0)
		}
		if tree.finder = newFinder(tree.Words); tree.finder == nil {
			continue // the words were too few without those that came twice
		}
		text := some(60)
		p := &Passage{Text: analyzer.AppendUTF16(nil, text)}
		all, alone := tree.Matcher().(*finding), newReading(tree)
		f := all.Find(p)
		alone.turn(p)
		for _, w := range tree.Words {
			var got []analyzer.Span
			for _, found := range all.places {
				if found.slot == w.Slot {
					got = append(got, found.Span)
				}
			}
			if want := alone.of(w); !slices.Equal(got, want) || f.Times[w.Slot] != len(want) {
				t.Errorf("%q in %q: %v, %d times; alone %v", w.Pattern, text, got, f.Times[w.Slot], want)
			}
		}
		if want := len(alone.marks(nil)); f.Marks != want {
			t.Errorf("%d places of %q are marked, one by one %d", f.Marks, text, want)
		}
	}
}
