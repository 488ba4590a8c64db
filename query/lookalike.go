package query

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words that people type for the signs and fields of the language. They are
// text, as they occur in reports; a warning names what may have been meant.
var (
	operatorLookalikes = map[string]string{
		"or": "OR", "and": "AND", "not": "NOT", "或": "OR", "或者": "OR", "且": "AND", "并且": "AND", "並且": "AND",
	}
	fieldLookalikes = map[string]string{
		"地区": "region", "地區": "region", "层级": "level", "層級": "level", "级别": "level", "級別": "level", "年份": "year", "年度": "year",
		"类型": "kind", "類型": "kind", "标题": "title", "標題": "title", "发文机关": "issuer", "發文機關": "issuer", "文号": "number", "文號": "number",
		"章节": "section", "章節": "section",
	}
)

// operatorLike returns the operator that a word may have been meant as, "" if
// none.
func operatorLike(word string) string { return operatorLookalikes[strings.ToLower(word)] }

// fieldLike returns the beginning of a word that may have been meant as the
// name of a field, with its colon, and that field.
func fieldLike(word string) (typed, field string) {
	at := strings.IndexFunc(word, func(r rune) bool { return r == ':' || r == '：' })
	if at < 0 {
		return "", ""
	}
	if field = fieldLookalikes[word[:at]]; field == "" {
		return "", ""
	}
	_, size := utf8.DecodeRuneInString(word[at:])
	return word[:at+size], field + ":"
}

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
// operator, and of one that begins as a field would.
func (s *scanner) lookalike(word string, at int) {
	if op := operatorLike(word); op != "" && s.afterPart() && s.beforePart() {
		s.warn(at, plainOperator, word, op)
	}
	if typed, field := fieldLike(word); field != "" {
		s.warn(at, plainField, typed, field)
	}
}
