package analyzer

import (
	"slices"
	"strings"
)

// A Span is a half-open range of code points.
type Span struct{ Start, End int }

// A Pattern is a word of a question. It occurs where a run of whole units of
// the folded text has the word's folded characters: 14件 occurs in 共14件 and
// not in 114件, led in (led) and not in tled. What is copied from a text at
// the borders of its units is therefore always found there, but for a number
// with a blank in it, which is one only beside other characters.
type Pattern struct {
	word    []rune
	literal bool
	terms   []Term
}

// A Term is what the index must hold of a text in which a Pattern occurs.
type Term struct {
	Text   string
	Prefix bool // any term of the index that begins with Text will do
}

// Compile reads a word as a Text reads it and takes it apart. Blanks and
// quotation marks around it do not count, unless it is nothing else; blanks
// within it do. Invisible characters never count.
func Compile(word string) *Pattern {
	word = plain(word)
	if bare := strings.TrimFunc(word, IsQuotation); bare != "" {
		word = bare
	}
	var t Text
	t.Read(word)
	return &Pattern{word: t.Runes, terms: wordTerms(t.Runes)}
}

// CompileLiteral is Compile for a word in which quotation marks are characters
// like others: it is found in a literal Text.
func CompileLiteral(word string) *Pattern {
	t := Text{Literal: true}
	t.Read(plain(word))
	p := &Pattern{word: t.Runes, literal: true}
	// Texts give their terms without some of the marks, and may go on behind any.
	for piece := range strings.FieldsFuncSeq(string(t.Runes), IsQuotation) {
		p.terms = append(p.terms, wordTerms([]rune(piece))...)
	}
	return p
}

// plain is a word without the blanks around it, and without invisible
// characters, which texts are kept without.
func plain(word string) string {
	return strings.TrimFunc(WithoutInvisible(word), func(r rune) bool { return FoldRune(r) == ' ' })
}

// Literal reports whether the word is looked for with its quotation marks.
func (p *Pattern) Literal() bool { return p.literal }

// Parted returns the terms of the texts in which quotation marks stand between
// two characters of the word, one for each place: where a text has none of them,
// the word stands as a whole or not at all.
func (p *Pattern) Parted() []string {
	var terms []string
	for i := 1; i < len(p.word); i++ {
		if pair := p.word[i-1 : i+1]; IsCJK(pair[0]) && IsCJK(pair[1]) {
			terms = append(terms, partedMark+string(pair))
		}
	}
	return terms
}

// String returns the folded word.
func (p *Pattern) String() string { return string(p.word) }

// Bare returns the folded word without its quotation marks.
func (p *Pattern) Bare() string {
	return strings.Map(func(r rune) rune {
		if IsQuotation(r) {
			return -1
		}
		return r
	}, p.String())
}

// Terms returns the terms that every text with an occurrence gives, in the
// word's order. If there are none, every text must be looked at: the word has
// no character, number or letter. They narrow, and do not prove, an
// occurrence. The caller must not change them.
func (p *Pattern) Terms() []Term { return p.terms }

// Settled reports whether every CJK character of a text is its own folded
// form, as it is in Simplified text. Then a word of such characters occurs in
// the text where its bytes do, and where quotation marks part them.
func Settled(text string) bool {
	for _, r := range text {
		switch e := lookup(r); {
		case e.class() == cjk && e.rune() != r, e&special != 0:
			return false
		}
	}
	return true
}

// Bytes returns the bytes that occur in a settled text wherever the word does
// and nowhere else, but for what Parted tells of, or nil if the word has other
// units than CJK characters.
func (p *Pattern) Bytes() []byte {
	if len(p.word) == 0 || slices.ContainsFunc(p.word, func(r rune) bool { return !IsCJK(r) }) {
		return nil
	}
	return []byte(string(p.word))
}

// Find appends the occurrences in folded to spans: from the left, none
// overlapping another.
func (p *Pattern) Find(folded []rune, spans []Span) []Span {
	for i := p.next(folded, 0); i >= 0; i = p.next(folded, i+len(p.word)) {
		spans = append(spans, Span{i, i + len(p.word)})
	}
	return spans
}

// In reports whether the word occurs in a folded text.
func (p *Pattern) In(folded []rune) bool { return p.next(folded, 0) >= 0 }

// next returns the start of the first occurrence from i on, or -1. It
// compares runes first and looks for borders of units only where all agree.
func (p *Pattern) next(folded []rune, i int) int {
	if len(p.word) == 0 {
		return -1
	}
	head, rest := p.word[0], p.word[1:]
	for last := len(folded) - len(p.word); i <= last; i++ {
		if folded[i] == head && slices.Equal(folded[i+1:i+len(p.word)], rest) &&
			border(folded, i) && border(folded, i+len(p.word)) {
			return i
		}
	}
	return -1
}

// wordTerms returns the terms of Pattern.Terms. What stands at an end of the
// word may go on in the text, so that a lone character there promises less
// than one within, whose run is known to end with it.
func wordTerms(word []rune) []Term {
	var terms []Term
	seen := map[Term]bool{}
	add := func(start, end int, prefix bool) {
		if t := (Term{string(word[start:end]), prefix}); !seen[t] {
			seen[t] = true
			terms = append(terms, t)
		}
	}
	units := Units(word)
	for i, u := range units {
		switch {
		case (u.Class == CJK || u.Class == Number) && isCJK(units, i+1):
			add(u.Start, units[i+1].End, false)
		case u.Class == CJK && (isCJK(units, i-1) || i == len(units)-1 && i > 0 && units[i-1].Class == Number):
			// The last character of a run, which the term before has too.
		case u.Class == CJK:
			add(u.Start, u.End, i == len(units)-1)
		case u.Class == Number || u.Class == Word || isPercent(word[u.Start]):
			add(u.Start, u.End, false)
		}
	}
	return terms
}

// isPercent reports whether r is a sign that is looked for with the number
// before it, so that it is a term.
func isPercent(r rune) bool { return r == '%' || r == '‰' }
