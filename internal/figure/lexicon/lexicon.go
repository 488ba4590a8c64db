// Package lexicon finds the longest of some words at either end of a text.
package lexicon

import (
	"slices"
	"strings"
)

// A Lexicon finds the longest of some words at a place, from either end.
type Lexicon struct{ first, last *ends }

// ends are words by the character at one end of them.
type ends struct {
	seen   [bits / 64]uint64 // of each character at that end, a bit
	groups []group           // by their characters, with room between them
}

// A group is the words that have a character at one end, longest first.
type group struct {
	char  rune
	words [][]rune
}

// bits is how many characters are told apart before words are looked for: most
// characters begin none.
const bits = 4096

// at are the words that have a character at the end. The groups are as many as a power of
// two, a third of them filled at most; a character stands in the first that is free from
// the one on that it falls into.
func (e *ends) at(c rune) [][]rune {
	if h := uint32(c) % bits; e.seen[h/64]&(1<<(h%64)) == 0 {
		return nil
	}
	mask := len(e.groups) - 1
	for i := int(c) & mask; e.groups[i].words != nil; i = (i + 1) & mask {
		if e.groups[i].char == c {
			return e.groups[i].words
		}
	}
	return nil
}

// newEnds groups words by a character of each.
func newEnds(words [][]rune, end func(word []rune) rune) *ends {
	by := map[rune][][]rune{}
	for _, w := range words {
		by[end(w)] = append(by[end(w)], w)
	}
	size := 4
	for size < 3*len(by) {
		size *= 2
	}
	e := &ends{groups: make([]group, size)}
	for c, list := range by {
		slices.SortStableFunc(list, func(a, b []rune) int { return len(b) - len(a) })
		h := uint32(c) % bits
		e.seen[h/64] |= 1 << (h % 64)
		i := int(c) & (size - 1)
		for e.groups[i].words != nil {
			i = (i + 1) & (size - 1)
		}
		e.groups[i] = group{c, list}
	}
	return e
}

// New is the lexicon of some words, none of them empty.
func New(words []string) Lexicon {
	runes := make([][]rune, len(words))
	for i, w := range words {
		runes[i] = []rune(w)
	}
	return Lexicon{
		newEnds(runes, func(w []rune) rune { return w[0] }),
		newEnds(runes, func(w []rune) rune { return w[len(w)-1] }),
	}
}

// Prefix is the length of the longest word that a text begins with, 0 if there
// is none.
func (x Lexicon) Prefix(text []rune) int {
	if len(text) == 0 {
		return 0
	}
	for _, w := range x.first.at(text[0]) {
		if len(w) <= len(text) && slices.Equal(w, text[:len(w)]) {
			return len(w)
		}
	}
	return 0
}

// Suffix is the length of the longest word that a text ends with, 0 if there is
// none.
func (x Lexicon) Suffix(text []rune) int {
	if len(text) == 0 {
		return 0
	}
	for _, w := range x.last.at(text[len(text)-1]) {
		if len(w) <= len(text) && slices.Equal(w, text[len(text)-len(w):]) {
			return len(w)
		}
	}
	return 0
}

// Sections reads a table of classes of words: a line for each class, its name, a
// colon, and the words. A # begins a comment. The lines of one class add up.
func Sections(data string) map[string][]string {
	found := map[string][]string{}
	for line := range strings.Lines(data) {
		line, _, _ = strings.Cut(strings.TrimSpace(line), "#")
		name, words, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		found[name] = append(found[name], strings.Fields(words)...)
	}
	return found
}
