package analyzer

import (
	"slices"
	"strings"
)

// separators may stand between the thousands of a number.
const separators = ",，'＇’ \u00a0\u2007\u2009\u202f"

func isSeparator(r rune) bool { return strings.ContainsRune(separators, r) }

// thousands is how many digits stand behind a separator, and mostSeparators how
// many separators a number has: a row of more is no number.
const (
	thousands      = 3
	mostSeparators = 6
)

// separates reports whether the separator at a place of the source stands
// between the thousands of a number. All before it was read; last is the last
// separator that did.
func (t *Text) separates(at, last int) bool {
	r, start := t.source[at], digitsStart(t.Runes, len(t.Runes))
	switch before := len(t.Runes) - start; {
	case before == 0 || int(t.ends[len(t.Runes)-1]) < at || t.digitsAt(at+1) != thousands:
		return false
	case last != none && last >= int(t.starts[start]): // the number goes on
		return at-last-1 == thousands && t.source[last] == r
	case before > thousands || t.Runes[start] == '0' || start > 1 && t.Runes[start-1] == '.' && isDigit(t.Runes[start-2]):
		return false
	}
	// Between half-width digits the full-width comma parts clauses.
	return (r != '，' || !isDigit(t.source[at-1]) && !isDigit(t.source[at+1])) && t.followed(at)
}

// digitsAt counts the digits of the source from a place on.
func (t *Text) digitsAt(at int) int {
	n := 0
	for at+n < len(t.source) && isDigit(FoldRune(t.source[at+n])) {
		n++
	}
	return n
}

// followed reports whether what follows a number with a separator at a place
// tells that it is one: blanks may also stand between numbers, so that behind
// their last thousands a unit must follow, or nothing.
func (t *Text) followed(at int) bool {
	r := t.source[at]
	if FoldRune(r) != ' ' {
		return true
	}
	for n := 0; at < len(t.source) && t.source[at] == r && t.digitsAt(at+1) == thousands; n++ {
		if n == mostSeparators {
			return false
		}
		at += 1 + thousands
	}
	if n := t.digitsAt(at + 1); at < len(t.source) && FoldRune(t.source[at]) == '.' && n > 0 {
		at += 1 + n
	}
	rest := t.source[min(at, len(t.source)):]
	i := slices.IndexFunc(rest, func(r rune) bool { return !isQuotation(r) })
	return i < 0 || isPercent(FoldRune(rest[i])) || classOf(rest[i]) == cjk
}
