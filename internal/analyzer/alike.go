package analyzer

import (
	"slices"
	"sync"
	"unicode"
)

// alike are, for each folded CJK character, the others that a Text reads as it,
// or as several characters of which it is one.
var alike = sync.OnceValue(func() map[rune][]rune {
	all := map[rune][]rune{}
	add := func(r, as rune) {
		if IsCJK(as) && r != as {
			all[as] = append(all[as], r)
		}
	}
	for r := range plane0 {
		add(rune(r), plane0[r].rune())
	}
	for r, as := range beyond {
		add(r, as)
	}
	for r, text := range expansions {
		for _, as := range text {
			add(r, FoldRune(as))
		}
	}
	for r, power := range powers {
		for _, length := range lengths {
			for _, as := range power + length {
				add(r, as)
			}
		}
	}
	return all
})

// Alike returns the characters, as UTF-16, one of which stands in every text in
// which an occurrence of the word has other characters than the word's own, but
// for quotation marks; ok is false where they are not known. The word is of CJK
// characters alone.
func (p *Pattern) Alike() (others [][]byte, ok bool) {
	for _, r := range p.word {
		if unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r == 'ー' {
			return nil, false // marks may be part of them
		}
		for _, o := range alike()[r] {
			if other := AppendUTF16(nil, string(o)); !slices.ContainsFunc(others, func(b []byte) bool { return string(b) == string(other) }) {
				others = append(others, other)
			}
		}
	}
	return others, true
}
