package number

import (
	"slices"
	"unicode/utf8"

	"baogao/internal/analyzer"
)

// A Span is a part of a text, in runes.
type Span struct{ From, To int }

// A Text is a text as it was published and folded, character for character.
type Text struct {
	Published []rune
	Folded    []rune
	Quoted    []bool // stands within quotation marks or 《》 of a name

	source string
	at     []int32 // where each character begins in source, and its end
}

// NewText reads a text.
func NewText(text string) *Text {
	t := &Text{}
	t.Read(text)
	return t
}

// Read reads a text in the place of the one before.
func (t *Text) Read(text string) {
	t.source = text
	t.Published, t.Folded, t.at = t.Published[:0], t.Folded[:0], t.at[:0]
	for i, c := range text {
		if c == utf8.RuneError && !utf8.ValidString(text) {
			t.Read(string([]rune(text)))
			return
		}
		t.Published = append(t.Published, c)
		t.Folded = append(t.Folded, analyzer.FoldRune(c))
		t.at = append(t.at, int32(i))
	}
	t.at = append(t.at, int32(len(text)))
	t.Quoted = slices.Grow(t.Quoted[:0], len(t.Published))[:len(t.Published)]
	clear(t.Quoted)
	markNames(t.Quoted, t.Published)
}

// String is what was published of a Span.
func (t *Text) String(s Span) string { return t.source[t.at[s.From]:t.at[s.To]] }

// folded are the folded characters of a Span.
func (t *Text) folded(s Span) string {
	if slices.Equal(t.Published[s.From:s.To], t.Folded[s.From:s.To]) {
		return t.String(s)
	}
	return string(t.Folded[s.From:s.To])
}

// nameLimit is the most characters of a name in quotation marks; more are
// speech.
const nameLimit = 30

// closer is the mark that closes a name which opens with a mark, 0 for any other
// character.
func closer(open rune) rune {
	switch open {
	case '“':
		return '”'
	case '‘':
		return '’'
	case '「':
		return '」'
	case '『':
		return '』'
	case '《':
		return '》'
	case '"':
		return '"'
	}
	return 0
}

// markNames tells of each character whether it stands in a name in quotation
// marks or the marks of titles.
func markNames(in []bool, text []rune) {
	open, closes := -1, rune(0)
	for i, c := range text {
		switch {
		case open >= 0 && c == closes:
			for j := open; j <= i && i-open <= nameLimit; j++ {
				in[j] = true
			}
			open = -1
		case (open < 0 || closes == '》') && closer(c) != 0:
			open, closes = i, closer(c)
		}
	}
}

// At is the folded character at a place, 0 beyond the text.
func (t *Text) At(i int) rune {
	if i < 0 || i >= len(t.Folded) {
		return 0
	}
	return t.Folded[i]
}

// Runes are the folded characters of a Span.
func (t *Text) Runes(s Span) []rune { return t.Folded[s.From:s.To] }

// Has reports whether a word stands at a place.
func (t *Text) Has(i int, word string) bool {
	for _, c := range word {
		if t.At(i) != c {
			return false
		}
		i++
	}
	return true
}

// HasAny gives the length of the first of some words that stands at a place, 0
// if none does.
func (t *Text) HasAny(i int, words ...string) int {
	for _, w := range words {
		if t.Has(i, w) {
			return utf8.RuneCountInString(w)
		}
	}
	return 0
}

// EndsWith reports whether one of some words stands right before a place.
func (t *Text) EndsWith(i int, words ...string) bool { return t.HasBefore(i, words...) > 0 }

// HasBefore gives the length of the first of some words that stands right before
// a place, 0 if none does.
func (t *Text) HasBefore(i int, words ...string) int {
	for _, w := range words {
		if n := t.endsWith(i, w); n > 0 {
			return n
		}
	}
	return 0
}

// endsWith is the length of a word that stands right before a place, 0 if it does not.
func (t *Text) endsWith(i int, word string) int {
	n := 0
	for word != "" {
		c, size := utf8.DecodeLastRuneInString(word)
		if n++; t.At(i-n) != c {
			return 0
		}
		word = word[:len(word)-size]
	}
	return n
}

// Index is where a word begins in a Span, -1 if it does not stand there.
func (t *Text) Index(s Span, word string) int {
	n := utf8.RuneCountInString(word)
	first, _ := utf8.DecodeRuneInString(word)
	for i := s.From; i+n <= s.To; i++ {
		if t.Folded[i] == first && t.Has(i, word) {
			return i
		}
	}
	return -1
}

// LastIndex is where the last of a word begins in a Span, -1 if it does not
// stand there.
func (t *Text) LastIndex(s Span, word string) int {
	n := utf8.RuneCountInString(word)
	first, _ := utf8.DecodeRuneInString(word)
	for i := s.To - n; i >= s.From; i-- {
		if t.Folded[i] == first && t.Has(i, word) {
			return i
		}
	}
	return -1
}

// HasBoundary reports whether a clause ends within a Span.
func (t *Text) HasBoundary(s Span) bool {
	for i := s.From; i < s.To; i++ {
		if IsBoundary(t.Folded[i]) {
			return true
		}
	}
	return false
}

// QuoteEnd is where the name ends that a quotation mark at a place begins.
func (t *Text) QuoteEnd(i int) int {
	for i < len(t.Folded) && t.Quoted[i] {
		i++
	}
	return i
}

// EndsHere reports whether a clause or an item of a list ends at a place.
func (t *Text) EndsHere(i int) bool {
	if i >= len(t.Folded) {
		return true
	}
	switch t.Folded[i] {
	case ',', '、', '。', ';', '!', '?', ')', '(', ' ', '\n', '和', '的', '跃', '以':
		return true
	}
	return t.HasAny(i, "升至", "上升", "提升", "行列") > 0
}

// Joins reports whether only the sign or word of a list stands between two
// Places.
func (t *Text) Joins(from, to int) bool {
	if to-from < 1 || to-from > 2 {
		return false
	}
	s := string(t.Folded[from:to])
	return s == "、" || s == "和" || s == "," || s == ":" || s == "与" || s == "及" || s == "以及"
}

// IsBoundary reports whether a folded character ends a clause.
func IsBoundary(c rune) bool {
	switch c {
	case ',', '。', ';', ':', '!', '?', '\n', '|', '\t':
		return true
	}
	return false
}
