package figure

import (
	_ "embed"
	"fmt"

	"baogao/internal/figure/lexicon"
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

var wordTable = lexicon.Sections(wordData)

// class is the lexicon of the words of some classes.
func class(names ...string) lexicon.Lexicon {
	var words []string
	for _, n := range names {
		if len(wordTable[n]) == 0 {
			panic(fmt.Sprintf("words.txt has no %s", n))
		}
		words = append(words, wordTable[n]...)
	}
	return lexicon.New(words)
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
	whole      = class("whole")
	others     = class("other")
	announced  = class("announced")
	classes    = class("class")
	predicates = class("predicate")
	goings     = class("going")
	nouns      = class("noun")
	behind     = class("behind")
)

// units finds a unit at a place, and kinds gives the kind of each.
var units, kindOf = readUnits(unitData)

func readUnits(data string) (lexicon.Lexicon, map[string]Kind) {
	kinds := map[string]Kind{}
	var words []string
	for kind, list := range lexicon.Sections(data) {
		for _, w := range list {
			kinds[w] = Kind(kind)
			words = append(words, w)
		}
	}
	return lexicon.New(words), kinds
}
