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

// Marks that part no word of a text, by the side on which they stand.
const (
	openingMarks = "“《〈‘"
	closingMarks = "”》〉’"
)

func isQuote(r rune) bool { return strings.ContainsRune(`"＂“”「」『』`, r) }
func isMark(r rune) bool  { return strings.ContainsRune(openingMarks+closingMarks, r) }

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
// len(text) if none does. Between straight quotes a pair of slanted ones is
// text.
func closing(text []rune, i int, inner []int) int {
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

// phrase reads a quoted literal as a word.
func (s *scanner) phrase() {
	at := s.i
	text := s.quoted()
	if strings.TrimSpace(text) == "" {
		s.warn(at, emptyQuotes)
		s.emit(void, at, nil)
		return
	}
	s.emit(leaf, at, Word(text))
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
// in it. Marks between them must open as well.
func (s *scanner) joinsBefore(i int) bool {
	before, first := i-1, i+1
	for before >= 0 && strings.ContainsRune(openingMarks, s.text[before]) {
		before--
	}
	for first < len(s.text) && strings.ContainsRune(openingMarks, s.text[first]) {
		first++
	}
	if before < 0 || endsWord(s.text[before]) {
		return before < i-1
	}
	return first < s.closes[i] && partsNone(s.text[before], s.text[first])
}

// joinsAfter reports whether the word in the literal opened at i goes on behind
// it. Marks between them must close as well.
func (s *scanner) joinsAfter(i int) bool {
	end := s.closes[i]
	if !s.wordInQuotes(i) || !s.wordAt(end+1) {
		return false
	}
	last, after := end-1, end+1
	for strings.ContainsRune(closingMarks, s.text[last]) {
		last--
	}
	for after < len(s.text) && strings.ContainsRune(closingMarks, s.text[after]) {
		after++
	}
	if after == len(s.text) || endsWord(s.text[after]) {
		return true
	}
	return last > i && partsNone(s.text[last], s.text[after])
}

// partsNone reports whether a mark between two characters parts no word: it
// stands beside a Chinese, Japanese or Korean character, and not beside a sign.
// LED“ABC” and people’s keep theirs.
func partsNone(before, after rune) bool {
	return isLetter(before) && isLetter(after) && (isCJK(before) || isCJK(after))
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }
func isCJK(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// withoutMarks returns a word without its marks. One that is nothing else, and
// one with marks that part it, as 《甲》、《乙》, stay as they are.
func withoutMarks(word []rune) string {
	var kept []rune
	for i := 0; i < len(word); i++ {
		n := 0
		for i+n < len(word) && isMark(word[i+n]) {
			n++
		}
		if end := i + n; n > 0 && i > 0 && end < len(word) && !(partsNone(word[i-1], word[end]) && oneWay(string(word[i:end]))) {
			return string(word)
		}
		if i += n; i < len(word) {
			kept = append(kept, word[i])
		}
	}
	if len(kept) == 0 {
		return string(word)
	}
	return string(kept)
}

// oneWay reports whether marks all open or all close.
func oneWay(marks string) bool {
	return strings.Trim(marks, openingMarks) == "" || strings.Trim(marks, closingMarks) == ""
}
