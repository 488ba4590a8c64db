package analyzer

import (
	"slices"
	"strings"
)

// separators may stand between the thousands of a number.
const separators = ",，'＇’ \u00a0\u2007\u2009\u202f\u3000"

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
	case before == 0 || t.digitsAt(at+1) != thousands:
		return false
	case last != none && last > t.startOf(start): // the number goes on
		return at-last-1 == thousands && t.source[last] == r
	case before > thousands || t.Runes[start] == '0' || start > 1 && t.Runes[start-1] == '.' && isDigit(t.Runes[start-2]):
		return false
	case r == '，': // between half-width digits it parts clauses
		return !isDigit(t.source[at-1]) && !isDigit(t.source[at+1])
	case FoldRune(r) == ' ':
		return start > 0 && counts(t.Runes[start-1]) && t.followed(at)
	}
	return true
}

// labels are characters before a number that names something, and counts nothing.
const labels = "表图件栏注例第号"

// counts reports whether a number behind a character may be an amount.
func counts(before rune) bool {
	return lookup(before).class() == cjk && !strings.ContainsRune(labels, before)
}

// digitsAt counts the digits of the source from a place on.
func (t *Text) digitsAt(at int) int {
	n := 0
	for at+n < len(t.source) && isDigit(FoldRune(t.source[at+n])) {
		n++
	}
	return n
}

// followed reports whether a number with blanks from a place of the source on is
// followed by a CJK character, or by %.
func (t *Text) followed(at int) bool {
	r := t.source[at]
	for n := 0; at < len(t.source) && t.source[at] == r && t.digitsAt(at+1) == thousands; n++ {
		if n == mostSeparators {
			return false
		}
		at += 1 + thousands
	}
	if n := t.digitsAt(at + 1); at < len(t.source) && FoldRune(t.source[at]) == '.' && n > 0 {
		at += 1 + n
	}
	rest := t.source[at:]
	if len(rest) > 1 && lookup(rest[0])&separator != 0 && FoldRune(rest[0]) == ' ' {
		rest = rest[1:]
	}
	i := slices.IndexFunc(rest, func(r rune) bool { return !IsQuotation(r) })
	return i >= 0 && (isPercent(FoldRune(rest[i])) || classOf(rest[i]) == cjk)
}

// joins reports whether the blank at a place of the source stands between a number
// and a CJK character, or %, that belong together.
func (t *Text) joins(at int) bool {
	if len(t.Runes) == 0 || at+1 == len(t.source) {
		return false
	}
	before, next := t.Runes[len(t.Runes)-1], t.source[at+1]
	if isDigit(before) {
		return classOf(next) == cjk || isPercent(FoldRune(next))
	}
	return lookup(before).class() == cjk && isDigit(FoldRune(next))
}
