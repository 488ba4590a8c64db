package query

import (
	"slices"
	"strings"
	"unicode"
)

// operatorLookalikes are words that people type for the operators. They are
// text, as they occur in reports; a warning names what may have been meant.
var operatorLookalikes = map[string]string{
	"or": "OR", "and": "AND", "not": "NOT", "或": "OR", "或者": "OR", "且": "AND", "并且": "AND", "並且": "AND",
}

// operatorLike returns the operator that a word may have been meant as, "" if
// none.
func operatorLike(word string) string { return operatorLookalikes[strings.ToLower(word)] }

// afterPart reports whether a part of the question has just ended.
func (s *scanner) afterPart() bool {
	n := len(s.tokens)
	return n > 0 && (s.tokens[n-1].kind == leaf || s.tokens[n-1].kind == shut)
}

// beforePart reports whether another part of the question may follow.
func (s *scanner) beforePart() bool {
	next := slices.IndexFunc(s.text[s.i:], func(r rune) bool { return !unicode.IsSpace(r) })
	return next >= 0 && !isShut(s.text[s.i+next])
}

// lookalike warns of a word between two others that may have been meant as an
// operator.
func (s *scanner) lookalike(word string, at int) {
	if op := operatorLike(word); op != "" && s.afterPart() && s.beforePart() {
		s.warn(at, plainOperator, word, op)
	}
}
