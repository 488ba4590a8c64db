package figure

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

// wordData holds the words that figures are read by: a line for each class,
// its name, a colon, and the words. A # begins a comment.
//
//go:embed words.txt
var wordData string

// unitData holds the units, a line for each kind.
//
//go:embed units.txt
var unitData string

// A lexicon finds the longest of some words at a place, from either end.
type lexicon struct {
	first, last map[rune][][]rune
}

func newLexicon(words []string) lexicon {
	x := lexicon{map[rune][][]rune{}, map[rune][][]rune{}}
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

// prefix is the length of the longest word that a text begins with, 0 if there
// is none.
func (x lexicon) prefix(text []rune) int {
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

// suffix is the length of the longest word that a text ends with, 0 if there is
// none.
func (x lexicon) suffix(text []rune) int {
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

// sections reads a table of classes of words.
func sections(data string) map[string][]string {
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

var wordTable = sections(wordData)

// class is the lexicon of the words of some classes.
func class(names ...string) lexicon {
	var words []string
	for _, n := range names {
		if len(wordTable[n]) == 0 {
			panic(fmt.Sprintf("words.txt has no %s", n))
		}
		words = append(words, wordTable[n]...)
	}
	return newLexicon(words)
}

var (
	growthUp   = class("up")
	growthDown = class("down")
	levels     = class("level")
	fillers    = class("filler")
	nearly     = class("nearly")
	atLeast    = class("atleast")
	atMost     = class("atmost")
	each       = class("each")
	froms      = class("from")
	ranking    = class("ranking")
	comparing  = class("comparing")
	places     = class("place")
	adverbs    = class("adverb")
	ahead      = class("ahead")
	manners    = class("manner")
	lightVerbs = class("light")
	verbs      = class("verb", "light", "both")
	doings     = class("verb", "light")
	paths      = class("path")
	both       = class("both")
	causing    = class("causing")
	gaps       = class("gapup", "gapdown")
	gapsDown   = class("gapdown")
	measures   = class("measure")
	bare       = class("bare")
	actors     = class("actor")
	planned    = class("planned")
	behind     = class("behind")
)

// units finds a unit at a place, and kinds gives the kind of each.
var units, kindOf = readUnits(unitData)

func readUnits(data string) (lexicon, map[string]Kind) {
	kinds := map[string]Kind{}
	var words []string
	for kind, list := range sections(data) {
		for _, w := range list {
			kinds[w] = Kind(kind)
			words = append(words, w)
		}
	}
	return newLexicon(words), kinds
}
