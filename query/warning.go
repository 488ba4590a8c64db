package query

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Warning says what was read otherwise than it was typed. Package ask has the
// sentences.
type Warning struct {
	ID    string   `json:"id"`              // one of Warnings
	At    int      `json:"at,omitempty"`    // number of the character of the question, from 1; 0 is no one place
	After bool     `json:"after,omitempty"` // it holds for what stands behind that character too
	Args  []string `json:"args,omitempty"`  // of the sentence
}

// String is a short form for logs and tests.
func (w Warning) String() string {
	place := ""
	switch {
	case w.After:
		place = fmt.Sprintf("character %d and after: ", w.At)
	case w.At > 0:
		place = fmt.Sprintf("character %d: ", w.At)
	}
	return place + strings.Join(append([]string{w.ID}, w.Args...), " ")
}

// The ids of warnings.
const (
	loneOr        = "lone-or"
	loneAnd       = "lone-and"
	loneNot       = "lone-not"
	idleMinus     = "idle-minus"
	emptyGroup    = "empty-group"
	emptyQuotes   = "empty-quotes"
	loneBracket   = "lone-bracket"
	tooDeep       = "too-deep"    // the bound
	tooMany       = "too-many"    // the bound
	tooLong       = "too-long"    // the bound
	notUTF8       = "not-utf8"    // what stands for it
	strayQuote    = "stray-quote" // the quote
	openQuote     = "open-quote"
	noValue       = "no-value"       // the field
	badValue      = "bad-value"      // the field, the value, the reason
	badScope      = "bad-scope"      // the field, the value
	secondScope   = "second-scope"   // the scope, the former one
	turnedYears   = "turned-years"   // the years
	plainOperator = "plain-operator" // the word, the operator
	textBracket   = "text-bracket"
	groupBracket  = "group-bracket"
	manyOddities  = "many-oddities" // their number
)

// Warnings lists the ids of warnings, for those who say them in a language.
var Warnings = []string{
	loneOr, loneAnd, loneNot, idleMinus, emptyGroup, emptyQuotes, loneBracket, tooDeep, tooMany, tooLong, notUTF8,
	strayQuote, openQuote, noValue, badValue, badScope, secondScope, turnedYears, plainOperator, textBracket, groupBracket, manyOddities,
}

// maxWarnings keeps a text that was never meant as a question, a page pasted
// by accident say, from being answered with thousands of sentences.
const maxWarnings = 20

// warnings gathers what was read otherwise than typed.
type warnings struct{ list []Warning }

// warn adds a warning about the character with an index, from 0.
func (w *warnings) warn(at int, id string, args ...any) {
	texts := make([]string, len(args))
	for i, a := range args {
		texts[i] = fmt.Sprint(a)
	}
	w.list = append(w.list, Warning{At: at + 1, ID: id, Args: texts})
}

// inOrder returns the warnings in the order of the text.
func (w *warnings) inOrder() []Warning {
	slices.SortStableFunc(w.list, func(a, b Warning) int { return a.At - b.At })
	if more := len(w.list) - maxWarnings; more > 0 {
		last := Warning{At: w.list[maxWarnings].At, After: true, ID: manyOddities, Args: []string{strconv.Itoa(more)}}
		return append(w.list[:maxWarnings:maxWarnings], last)
	}
	return w.list
}
