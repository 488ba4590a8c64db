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
	seen  [bits / 64]uint64 // of each character at that end, a bit
	words map[rune][][]rune // longest first
}

// bits is how many characters are told apart before words are looked for: most
// characters begin none.
const bits = 4096

func (e *ends) at(c rune) [][]rune {
	if h := uint32(c) % bits; e.seen[h/64]&(1<<(h%64)) == 0 {
		return nil
	}
	return e.words[c]
}

func (e *ends) add(c rune, word []rune) {
	h := uint32(c) % bits
	e.seen[h/64] |= 1 << (h % 64)
	e.words[c] = append(e.words[c], word)
}

// New is the lexicon of some words, none of them empty.
func New(words []string) Lexicon {
	x := Lexicon{&ends{words: map[rune][][]rune{}}, &ends{words: map[rune][][]rune{}}}
	for _, w := range words {
		runes := []rune(w)
		x.first.add(runes[0], runes)
		x.last.add(runes[len(runes)-1], runes)
	}
	for _, e := range []*ends{x.first, x.last} {
		for _, list := range e.words {
			slices.SortStableFunc(list, func(a, b []rune) int { return len(b) - len(a) })
		}
	}
	return x
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
