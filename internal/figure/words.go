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
	comparing  = class("comparing")
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
	aims       = class("aim")
	whole      = class("whole")
	classes    = class("class")
	predicates = class("predicate")
	goings     = class("going")
	nouns      = class("noun")
	behind     = class("behind")
)
