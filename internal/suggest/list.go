package suggest

import (
	"strings"
	"unicode/utf8"

	"baogao/internal/analyzer"
	"baogao/query"
)

// Signs between the members of a list, and words for and.
const listSigns = "、，,;；/"

var conjunctions = []string{"和", "与", "與", "及"}

// lists takes words that are joined by signs, or two that are joined by a word
// for and, for words that stand anywhere in a passage.
func lists(a *asking) (proposals, error) {
	var all []proposal
	for i, word := range a.words {
		members := membersOf(word)
		if members == nil {
			continue
		}
		var words []query.Node
		for _, m := range members {
			words = append(words, query.Word(m))
		}
		all = append(all, proposal{root: a.instead(i, i+1, words...), within: a.within, why: query.Warning{ID: isList, Args: []string{word}}})
	}
	return proposals{all}, nil
}

// membersOf are the members of the list that a word is, of two characters at
// least; nil where it is none.
func membersOf(word string) []string {
	members := strings.FieldsFunc(word, func(r rune) bool { return strings.ContainsRune(listSigns, r) })
	if len(members) == 1 {
		members = coupled(word)
	}
	for _, m := range members {
		if utf8.RuneCountInString(m) < 2 || !analyzer.IsCJK(firstOf(m)) {
			return nil
		}
	}
	if len(members) < 2 || len(members) > maxParts {
		return nil
	}
	return members
}

// coupled cuts a word in two at the first word for and that has two characters
// or more on both sides.
func coupled(word string) []string {
	runes := []rune(word)
	for i := 2; i < len(runes)-2; i++ {
		for _, and := range conjunctions {
			if string(runes[i]) == and {
				return []string{string(runes[:i]), string(runes[i+1:])}
			}
		}
	}
	return nil
}
