package query

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is the kind of a token.
type kind int

const (
	end kind = iota
	leaf
	void // vanished, as an empty quote does; what stands before it is not for what stands after it
	open
	shut
	orSign
	andSign
	notSign
)

// startsPart reports whether a part of a question can begin with the token.
func (k kind) startsPart() bool { return k == leaf || k == void || k == open || k == notSign }

// waits reports whether something has to follow the token.
func (k kind) waits() bool { return k == open || k == orSign || k == andSign || k == notSign }

type token struct {
	kind kind
	at   int  // index of its first character, from 0
	leaf Node // nil unless kind is leaf
}

// operators are the words that are signs. Lower case is text: "or" stands in
// company names.
var operators = map[string]kind{"OR": orSign, "AND": andSign, "NOT": notSign}

// quotes lists the pairs of quotes. Width and slant are alike, because input
// methods mix them; corner brackets pair with their own kind only.
var quotes = []struct{ open, shut string }{
	{`"＂“`, `"＂”`},
	{"「", "」"},
	{"『", "』"},
}

const minusSigns = "-－−"

func isMinus(r rune) bool { return strings.ContainsRune(minusSigns, r) }
func isOpen(r rune) bool  { return r == '(' || r == '（' }
func isShut(r rune) bool  { return r == ')' || r == '）' }
func isBar(r rune) bool   { return r == '|' || r == '｜' }

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

func isQuote(r rune) bool { return strings.ContainsRune(`"＂“”「」『』`, r) }

// endsWord reports whether a bare word ends before r.
func endsWord(r rune) bool {
	return unicode.IsSpace(r) || isQuote(r) || isOpen(r) || isShut(r) || isBar(r)
}

// A scanner cuts a text into tokens.
type scanner struct {
	text   []rune
	i      int // index of the next character
	tokens []token
	within Scope
	*warnings
}

func newScanner(text string, w *warnings) *scanner {
	s := &scanner{text: visible(text), warnings: w}
	if i := slices.Index(s.text, utf8.RuneError); i >= 0 && !utf8.ValidString(text) {
		s.warn(i, notUTF8, string(utf8.RuneError))
	}
	if len(s.text) > MaxText {
		s.warn(MaxText, tooLong, MaxText)
		s.text = s.text[:MaxText]
	}
	return s
}

// visible returns the characters of text, one more than MaxText at most, with
// blanks for control characters and without those that show nothing, such as
// the marks of direction and the zero-width blanks that come along when text
// is copied from a page.
func visible(text string) []rune {
	var runes []rune
	for _, r := range text {
		switch {
		case len(runes) > MaxText:
			return runes
		case unicode.Is(unicode.Cf, r):
		case unicode.IsControl(r):
			runes = append(runes, ' ')
		default:
			runes = append(runes, r)
		}
	}
	return runes
}

// scan reads the whole text.
func (s *scanner) scan() []token {
	for s.i < len(s.text) {
		switch r := s.text[s.i]; {
		case unicode.IsSpace(r):
			s.i++
		case isOpen(r):
			s.sign(open)
		case isShut(r):
			s.sign(shut)
		case isBar(r):
			s.sign(orSign)
		case isMinus(r) && s.atWordStart():
			s.minus()
		case closers(r) != "":
			s.phrase()
		case isQuote(r):
			s.warn(s.i, strayQuote, string(r))
			s.sign(void)
		default:
			s.bare()
		}
	}
	return s.tokens
}

func (s *scanner) emit(k kind, at int, n Node) { s.tokens = append(s.tokens, token{k, at, n}) }

// sign emits a token of one character.
func (s *scanner) sign(k kind) {
	s.emit(k, s.i, nil)
	s.i++
}

// atWordStart reports whether a minus here is a sign. A minus before it is
// one as well: within a word, the word would have taken both.
func (s *scanner) atWordStart() bool {
	if s.i == 0 {
		return true
	}
	r := s.text[s.i-1]
	return unicode.IsSpace(r) || isOpen(r) || isBar(r) || isMinus(r)
}

func (s *scanner) minus() {
	after := ' '
	if s.i+1 < len(s.text) {
		after = s.text[s.i+1]
	}
	if unicode.IsSpace(after) || isShut(after) || isBar(after) {
		s.warn(s.i, idleMinus)
		s.i++
		return
	}
	s.sign(notSign)
}

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
	at, shut := s.i, closers(s.text[s.i])
	s.i++
	n := slices.IndexFunc(s.text[s.i:], func(r rune) bool { return strings.ContainsRune(shut, r) })
	if n < 0 {
		s.warn(at, openQuote)
		text := string(s.text[s.i:])
		s.i = len(s.text)
		return text
	}
	text := string(s.text[s.i : s.i+n])
	s.i += n + 1
	return text
}

// bare reads a field, an operator or a word without quotes.
func (s *scanner) bare() {
	at := s.i
	if name, size := fieldName(s.text[at:]); name != "" {
		s.i += size
		s.field(name, at)
		return
	}
	s.toWordEnd()
	word := string(s.text[at:s.i])
	switch k, ok := operators[word]; {
	case ok:
		s.emit(k, at, nil)
	case strings.Trim(word, minusSigns) == "":
		s.warn(at, idleMinus)
	default:
		s.lookalike(word, at)
		s.emit(leaf, at, Word(word))
	}
}

// toWordEnd goes to the end of a word without quotes.
func (s *scanner) toWordEnd() {
	for s.i < len(s.text) && !endsWord(s.text[s.i]) {
		s.i++
	}
}

// field reads the value of a field whose name stands at index at.
func (s *scanner) field(name string, at int) {
	typed := string(s.text[at:s.i])
	value := s.value(name)
	if value == "" {
		s.warn(at, noValue, typed)
		s.emit(leaf, at, Word(typed))
		return
	}
	if name == "within" {
		s.scope(typed, value, at)
		return
	}
	node, turned, err := readField(name, value)
	switch {
	case err != nil:
		s.warn(at, badValue, typed, value, err)
		node = Word(typed + value)
	case turned:
		s.warn(at, turnedYears, node)
	}
	s.emit(leaf, at, node)
}

// scope reads the value of within.
func (s *scanner) scope(typed, value string, at int) {
	scope, ok := ParseScope(value)
	if !ok {
		s.warn(at, badScope, typed, value)
		s.emit(leaf, at, Word(typed+value))
		return
	}
	if s.within != "" && s.within != scope {
		s.warn(at, secondScope, scope, s.within)
	}
	s.within = scope
	s.emit(void, at, nil)
}

// value reads what stands directly after the colon of a field, without the
// blanks around it.
func (s *scanner) value(name string) string {
	if s.i < len(s.text) && closers(s.text[s.i]) != "" {
		return strings.TrimSpace(s.quoted())
	}
	start := s.i
	s.toWordEnd()
	if s.i > start && holdsBrackets(name) {
		s.i += bracketed(s.text[s.i:])
	}
	return string(s.text[start:s.i])
}

// holdsBrackets reports whether the value of a field may hold parentheses, as
// in 鼓政(2023)15号.
func holdsBrackets(name string) bool {
	return name == "title" || name == "issuer" || name == "number" || name == "section"
}

// bracketed returns how many characters at the start of text belong to a word
// in which every parenthesis that opens is closed.
func bracketed(text []rune) int {
	size, depth := 0, 0
	for i, r := range text {
		switch {
		case isOpen(r):
			depth++
		case isShut(r) && depth > 0:
			depth--
		case endsWord(r):
			return size
		}
		if depth == 0 {
			size = i + 1
		}
	}
	return size
}
