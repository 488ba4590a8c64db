package index

import (
	"maps"
	"slices"
	"testing"

	"baogao/internal/analyzer"
)

// TestPairsAreThoseOfTheTexts reads every passage for the characters that stand
// next to each other.
func TestPairsAreThoseOfTheTexts(t *testing.T) {
	x := openIndex(t, testReports())
	want := map[string]int{}
	for i := range x.gen.Records {
		text := analyzer.FoldRunes(nil, x.gen.Passage(i).Text)
		in := map[string]bool{}
		for j := 1; j < len(text); j++ {
			if analyzer.IsCJK(text[j-1]) && analyzer.IsCJK(text[j]) {
				in[string(text[j-1:j+1])] = true
			}
		}
		for pair := range in {
			want[pair]++
		}
	}
	for _, firsts := range [][]rune{nil, []rune("行政复"), []rune("彧")} {
		pairs, err := x.Pairs(t.Context(), firsts, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]int{}
		for _, p := range pairs {
			got[string([]rune{p.First, p.Second})] = p.Passages
		}
		expected := maps.Clone(want)
		maps.DeleteFunc(expected, func(pair string, _ int) bool { return firsts != nil && !slices.Contains(firsts, []rune(pair)[0]) })
		if len(pairs) != len(got) || !maps.Equal(got, expected) {
			t.Errorf("behind %q: %v, want %v", string(firsts), got, expected)
		}
	}
}
