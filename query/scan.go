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

const minusSigns = "-－−"

func isMinus(r rune) bool { return strings.ContainsRune(minusSigns, r) }
func isOpen(r rune) bool  { return r == '(' || r == '（' }
func isShut(r rune) bool  { return r == ')' || r == '）' }
func isBar(r rune) bool   { return r == '|' || r == '｜' }

// endsWord reports whether a bare word ends before r, unless r is text there.
func endsWord(r rune) bool {
	return unicode.IsSpace(r) || isQuote(r) || isOpen(r) || isShut(r) || isBar(r)
}

// A scanner cuts a text into tokens.
type scanner struct {
	text   []rune
	closes []int // see closings
	ends   []int // see textBrackets
	i      int   // index of the next character
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
	s.closes = closings(s.text)
	s.ends = s.textBrackets()
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
		case s.ends[s.i] > 0 || s.closes[s.i] > 0 && s.joinsAfter(s.i):
			s.bare()
		case isOpen(r):
			s.sign(open)
		case isShut(r):
			s.sign(shut)
		case isBar(r):
			s.sign(orSign)
		case isMinus(r) && s.atWordStart(s.i):
			s.minus()
		case s.closes[s.i] > 0:
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

// atWordStart reports whether a minus at i is a sign. A minus before it is
// one as well: within a word, the word would have taken both.
func (s *scanner) atWordStart(i int) bool {
	if i == 0 {
		return true
	}
	r := s.text[i-1]
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

// bare reads a field, an operator or a word without quotes.
func (s *scanner) bare() {
	at := s.i
	if name, size := fieldName(s.text[at:]); name != "" {
		s.i += size
		s.field(name, at)
		return
	}
	if op, size := s.operatorAt(at); size > 0 {
		s.i += size
		s.emit(op, at, nil)
		return
	}
	word := s.word()
	if strings.Trim(word, minusSigns) == "" {
		s.warn(at, idleMinus)
		return
	}
	if s.separates(at, s.i) {
		return
	}
	s.lookalike(string(s.text[at:s.i]), at)
	if hasMark(word) && bareWord(word) == "" {
		s.emit(leaf, at, literally(word))
		return
	}
	s.emit(leaf, at, Word(word))
}

// operatorAt returns the operator that is the whole of a word at i, and how
// many characters it has; 0 if there is none.
func (s *scanner) operatorAt(i int) (op kind, size int) {
	for size = 2; size <= 3 && i+size <= len(s.text); size++ {
		if end := i + size; end == len(s.text) || endsWord(s.text[end]) {
			if op, ok := operators[string(s.text[i:end])]; ok {
				return op, size
			}
		}
	}
	return 0, 0
}

// wordAt reports whether a character of a word stands at i, and no field or
// operator begins there.
func (s *scanner) wordAt(i int) bool {
	if i >= len(s.text) || endsWord(s.text[i]) {
		return false
	}
	name, _ := fieldName(s.text[i:])
	_, operator := s.operatorAt(i)
	return name == "" && operator == 0
}

// word reads a word without quotes around it, with those within it as they are
// typed. A stray quote is left out.
func (s *scanner) word() string {
	var word []rune
	for s.i < len(s.text) {
		switch r := s.text[s.i]; {
		case s.ends[s.i] > 0:
			word = append(word, s.stretch(s.ends[s.i])...)
			if _, operator := s.operatorAt(s.i); operator > 0 {
				return string(word)
			}
		case s.closes[s.i] > 0:
			after := s.joinsAfter(s.i)
			if len(word) == 0 && !after || len(word) > 0 && !(s.wordInQuotes(s.i) && s.joinsBefore(s.i)) {
				return string(word)
			}
			word = append(word, s.stretch(s.closes[s.i])...)
			if !after {
				return string(word)
			}
		case isQuote(r) && len(word) > 0:
			s.warn(s.i, strayQuote, string(r))
			s.i++
		case endsWord(r):
			return string(word)
		default:
			word = append(word, r)
			s.i++
		}
	}
	return string(word)
}

// stretch reads on to an index, included, whatever stands there. Quotes that
// open and close nothing are left out.
func (s *scanner) stretch(end int) []rune {
	var text []rune
	for shut := -1; s.i <= end; s.i++ {
		r := s.text[s.i]
		if s.closes[s.i] > 0 {
			shut = s.closes[s.i]
		} else if isQuote(r) && s.i != shut {
			s.warn(s.i, strayQuote, string(r))
			continue
		}
		text = append(text, r)
	}
	return text
}

// toWordEnd goes to the end of a word in which every quote and parenthesis is a
// sign.
func (s *scanner) toWordEnd() {
	for s.i < len(s.text) && !endsWord(s.text[s.i]) {
		s.i++
	}
}

// field reads the value of a field whose name stands at index at.
func (s *scanner) field(name string, at int) {
	typed := string(s.text[at:s.i])
	quoted := s.i < len(s.text) && s.closes[s.i] > 0
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
	node, turned, err := readValues(name, value, quoted)
	if err != nil {
		s.warn(at, badValue, typed, value, err)
		node = literally(typed + value)
	}
	for _, years := range turned {
		s.warn(at, turnedYears, years)
	}
	s.emit(leaf, at, node)
}

// scope reads the value of within.
func (s *scanner) scope(typed, value string, at int) {
	scope, ok := ParseScope(value)
	if !ok {
		s.warn(at, badScope, typed, value)
		s.emit(leaf, at, literally(typed+value))
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
	start := s.i
	if start == len(s.text) {
		return ""
	}
	free := isFreeText(name)
	if s.closes[start] > 0 && !(free && s.joinsAfter(start)) {
		return strings.TrimSpace(s.quoted())
	}
	if free {
		return s.word()
	}
	s.toWordEnd()
	return string(s.text[start:s.i])
}
