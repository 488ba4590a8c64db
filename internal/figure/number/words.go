package number

import (
	_ "embed"

	"baogao/internal/figure/lexicon"
)

// unitData holds the units, a line for each kind.
//
//go:embed units.txt
var unitData string

//go:embed words.txt
var wordData string

var wordTable = lexicon.Sections(wordData)

// Places and Ranking are the words before a rank: 居, 全省.
var (
	Places    = lexicon.New(wordTable["place"])
	Ranking   = lexicon.New(wordTable["ranking"])
	others    = lexicon.New(wordTable["other"])
	announced = lexicon.New(wordTable["announced"])
)

// units finds a unit at a place, and KindOf gives the kind of each.
var units, KindOf = readUnits(unitData)

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
