package query

import (
	"fmt"
	"slices"
)

// A Warning says what was read otherwise than it was typed.
type Warning struct {
	At    int    // number of the character, from 1
	After bool   // it holds for what stands behind that character too
	Kind  string // one of Kinds: the sentence, as fmt.Sprintf takes it
	Args  []any  // of the sentence
}

// String is the warning as a sentence in English without a full stop.
func (w Warning) String() string {
	place := fmt.Sprintf("character %d", w.At)
	if w.After {
		place += " and after"
	}
	return place + ": " + fmt.Sprintf(w.Kind, w.Args...)
}

// The kinds of warnings.
const (
	loneOr        = "OR has nothing on one of its sides and was ignored"
	loneAnd       = "AND has nothing on one of its sides and was ignored"
	loneNot       = "NOT has nothing after it and was ignored"
	idleMinus     = "a minus alone leaves nothing out and was ignored"
	emptyGroup    = "the parentheses hold nothing and were ignored"
	emptyQuotes   = "the quotes hold nothing and were ignored"
	loneBracket   = "the parenthesis has no partner and was ignored"
	tooDeep       = "parentheses more than %d deep were ignored"
	tooMany       = "a question holds at most %d words and fields; the rest was left out"
	tooLong       = "a question has at most %d characters; the rest was left out"
	notUTF8       = "the text is not valid UTF-8; what could not be read stands as %c"
	strayQuote    = "the quote %c closes nothing and was ignored"
	openQuote     = "the quote is not closed; everything after it was taken as quoted"
	noValue       = "%s has no value and was taken as text"
	badValue      = "%[3]v, so %[1]s%[2]s was taken as text"
	badScope      = "%[2]q is not sentence, passage or report, so %[1]s%[2]s was taken as text"
	secondScope   = "within:%s takes the place of within:%s"
	turnedYears   = "the years were turned round to %v"
	plainOperator = "%s is a word like any other; the operator is %s"
	plainField    = "%s is text like any other; the field is %s"
	manyOddities  = "%d more oddities were read in the same way"
)

// Kinds lists the kinds of warnings, for those who say them in another
// language.
var Kinds = []string{
	loneOr, loneAnd, loneNot, idleMinus, emptyGroup, emptyQuotes, loneBracket, tooDeep, tooMany, tooLong, notUTF8,
	strayQuote, openQuote, noValue, badValue, badScope, secondScope, turnedYears, plainOperator, plainField, manyOddities,
}

// maxWarnings keeps a text that was never meant as a question, a page pasted
// by accident say, from being answered with thousands of sentences.
const maxWarnings = 20

// warnings gathers what was read otherwise than typed.
type warnings struct{ list []Warning }

// warn adds a warning about the character with an index, from 0.
func (w *warnings) warn(at int, kind string, args ...any) {
	w.list = append(w.list, Warning{At: at + 1, Kind: kind, Args: args})
}

// inOrder returns the warnings in the order of the text.
func (w *warnings) inOrder() []Warning {
	slices.SortStableFunc(w.list, func(a, b Warning) int { return a.At - b.At })
	if more := len(w.list) - maxWarnings; more > 0 {
		last := Warning{At: w.list[maxWarnings].At, After: true, Kind: manyOddities, Args: []any{more}}
		return append(w.list[:maxWarnings:maxWarnings], last)
	}
	return w.list
}
