// Package lexicon finds the longest of some words at either end of a text.
package lexicon

import (
	"slices"
	"strings"
)

// A Lexicon finds the longest of some words at a place, from either end.
type Lexicon struct {
	first, last map[rune][][]rune
}

// New is the lexicon of some words, none of them empty.
func New(words []string) Lexicon {
	x := Lexicon{map[rune][][]rune{}, map[rune][][]rune{}}
	for _, w := range words {
		runes := []rune(w)
		x.first[runes[0]] = append(x.first[runes[0]], runes)
		end := runes[len(runes)-1]
		x.last[end] = append(x.last[end], runes)
	}
	for _, m := range []map[rune][][]rune{x.first, x.last} {
		for _, list := range m {
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
	for _, w := range x.first[text[0]] {
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
	for _, w := range x.last[text[len(text)-1]] {
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
