package query

import (
	"slices"
	"strings"
	"unicode"
)

// quotes lists the pairs of quotes. Width and slant are alike, because input
// methods mix them; corner brackets pair with their own kind only.
var quotes = []struct{ open, shut string }{
	{`"＂“`, `"＂”`},
	{"「", "」"},
	{"『", "』"},
}

// The marks that stand in a word as typed: quotation marks, those of titles
// too. Those of two may open or close.
const (
	openingMarks = "“‘「『《〈〝﹁﹃„‚"
	closingMarks = "”’」』》〉〞〟﹂﹄"
	uprightMarks = "\"＂'＇"
)

func isQuote(r rune) bool { return strings.ContainsRune(`"＂“”「」『』`, r) }
func isMark(r rune) bool {
	return strings.ContainsRune(openingMarks+closingMarks+uprightMarks, r)
}
func hasMark(text string) bool { return strings.ContainsFunc(text, isMark) }

// closers returns the quotes that close a literal opened by r, "" if r opens
// none.
func closers(r rune) string {
	for _, q := range quotes {
		if strings.ContainsRune(q.open, r) {
			return q.shut
		}
	}
	return ""
}

// closings returns, at the index of each quote that opens a literal, the index
// of the one that closes it, len(text) where none does, and 0 elsewhere.
func closings(text []rune) []int {
	inner, closes := slanted(text), make([]int, len(text))
	for i := 0; i < len(text); i++ {
		if closers(text[i]) != "" {
			closes[i] = closing(text, i, inner)
			i = closes[i]
		}
	}
	return closes
}

// closing returns the index of the quote that closes the literal opened at i,
// len(text) if none does. Between straight quotes and between slanted ones a
// pair of slanted ones is text.
func closing(text []rune, i int, inner []int) int {
	if inner[i] > 0 {
		return inner[i]
	}
	shut, straight := closers(text[i]), isStraight(text[i])
	for j := i + 1; j < len(text); j++ {
		switch {
		case straight && inner[j] > 0:
			j = inner[j]
		case strings.ContainsRune(shut, text[j]):
			return j
		}
	}
	return len(text)
}

// slanted returns, at the index of each “ that has its ” before the next
// straight quote, the index of that, and 0 elsewhere.
func slanted(text []rune) []int {
	partner := make([]int, len(text))
	var opened []int
	for i, r := range text {
		switch {
		case isStraight(r):
			opened = opened[:0]
		case r == '“':
			opened = append(opened, i)
		case r == '”' && len(opened) > 0:
			partner[opened[len(opened)-1]] = i
			opened = opened[:len(opened)-1]
		}
	}
	return partner
}

func isStraight(r rune) bool { return r == '"' || r == '＂' }

// phrase reads a quoted literal.
func (s *scanner) phrase() {
	at := s.i
	text := s.quoted()
	if strings.TrimSpace(text) == "" {
		s.warn(at, emptyQuotes)
		s.emit(void, at, nil)
		return
	}
	s.emit(leaf, at, literally(text))
}

// literally returns the leaf that asks for a text as it stands: a Word where no
// marks stand in it.
func literally(text string) Node {
	if !hasMark(text) {
		return Word(text)
	}
	return Literal(quotable(text))
}

// quoted reads a literal from its opening quote and returns what it holds.
func (s *scanner) quoted() string {
	at, end := s.i, s.closes[s.i]
	s.i = end + 1
	if end == len(s.text) {
		s.warn(at, openQuote)
		s.i = end
	}
	return string(s.text[at+1 : end])
}

// wordInQuotes reports whether the literal opened at i may be a part of a word:
// it is closed, and holds neither blanks nor signs.
func (s *scanner) wordInQuotes(i int) bool {
	end := s.closes[i]
	if end == len(s.text) || end == i+1 || isMinus(s.text[i+1]) {
		return false
	}
	return !slices.ContainsFunc(s.text[i+1:end], func(r rune) bool { return unicode.IsSpace(r) || isBar(r) || isQuote(r) })
}

// joinsBefore reports whether the word before the literal opened at i goes on
// in it: a letter, a number or a parenthesis stands there, before which marks
// may open, or nothing but such marks.
func (s *scanner) joinsBefore(i int) bool {
	before := i - 1
	for before >= 0 && strings.ContainsRune(openingMarks, s.text[before]) {
		before--
	}
	if before < i-1 && (before < 0 || endsWord(s.text[before]) || isMinus(s.text[before]) && s.atWordStart(before)) {
		return true
	}
	return before >= 0 && joins(s.text[before])
}

// joinsAfter reports whether the word in the literal opened at i goes on behind
// it: with a letter, a number or parentheses that are text, before which marks
// may close, or with nothing but such marks.
func (s *scanner) joinsAfter(i int) bool {
	if !s.wordInQuotes(i) {
		return false
	}
	after := s.closes[i] + 1
	if after < len(s.ends) && s.ends[after] > 0 {
		return true
	}
	if !s.wordAt(after) {
		return false
	}
	for after < len(s.text) && strings.ContainsRune(closingMarks, s.text[after]) {
		after++
	}
	return after == len(s.text) || endsWord(s.text[after]) || joins(s.text[after])
}

// joins reports whether a quoted literal beside r belongs to the word of r.
// Punctuation parts them.
func joins(r rune) bool {
	return unicode.In(r, unicode.L, unicode.M, unicode.N) || isOpen(r) || isShut(r)
}

// separates reports whether a word is nothing but a sign between two literals,
// as in “甲”、“乙”.
func (s *scanner) separates(from, to int) bool {
	for _, r := range s.text[from:to] {
		if !strings.ContainsRune(separators+"。", r) {
			return false
		}
	}
	return from > 0 && isQuote(s.text[from-1]) && to < len(s.text) && s.closes[to] > 0
}
