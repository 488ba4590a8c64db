package enginetest

import (
	"math/rand/v2"
	"slices"
	"testing"

	"baogao/internal/analyzer"
)

// TestReadings holds what the oracle reads to what search does, on random texts of
// all that either turns into something else.
func TestReadings(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	alphabet := []rune("放管服改aé1234567890０３.．,,，' ’“”‘《》「」\"。、m²k㎡Ⅱ℃\u0301カ\u3099ﾞ件%①½表 \n[]〔〕⁴¹号  ")
	o := Oracle{Fold: analyzer.Fold}
	for range 60000 {
		text := make([]rune, rnd.IntN(24))
		for i := range text {
			text[i] = alphabet[rnd.IntN(len(alphabet))]
		}
		from := rnd.IntN(len(text) + 1)
		word := string(text[from : from+rnd.IntN(min(len(text)-from, 8)+1)])
		p := analyzer.Compile(word)
		if rnd.IntN(2) == 0 {
			p = analyzer.CompileLiteral(word)
		}
		in := analyzer.Text{Literal: p.Literal()}
		in.Read(string(text))
		got := p.Find(in.Runes, nil)
		for i := range got {
			got[i] = in.Source(got[i])
		}
		var want []analyzer.Span
		for _, s := range o.occurrences(string(text), word, p.Literal()) {
			want = append(want, analyzer.Span(s))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q in %q: %v, the oracle finds %v; read as %q and %q", word, string(text), got, want, string(in.Runes), o.reading(typeset{string(text), p.Literal()}).text)
		}
	}
}
