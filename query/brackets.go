package query

import (
	"slices"
	"strings"
	"unicode"
)

// Parentheses are text or group. Which of the two is settled before the text is
// cut into tokens: it depends on what stands in them and around them. Directly
// behind a word they are text unless they hold signs. Elsewhere they group, but
// around one plain word at the start, behind a minus or an operator that stands
// in no parentheses, or before a word.

// place is what stands directly before a character.
type place int

const (
	elsewhere   place = iota // a blank, a quote, a parenthesis that groups
	behindStart              // nothing but blanks
	behindWord               // a character of a word, or the colon of a field of free text
	behindValue              // the value of another field
	behindSign               // a minus, or an operator or a bar outside parentheses and blanks
)

// A bracket is a pair of parentheses, or one without a partner.
type bracket struct {
	at, end int // indices; end is at for one without a partner
	behind  place
	signs   bool   // it holds an operator, a field or a literal
	blank   bool   // it holds a blank
	parts   bool   // it holds more than one word, or parentheses that group
	letters bool   // it holds a character of a word
	text    bool   // the verdict
	warning string // and what is said of it, "" if nothing
}

// one reports whether there is one plain word in the parentheses.
func (b *bracket) one() bool { return b.letters && !b.signs && !b.blank && !b.parts }

// A bracketReader settles the parentheses of a text in one go.
type bracketReader struct {
	*scanner
	i       int
	behind  place
	open    []bracket // that are not closed yet, below them one that is the whole text
	settled []bracket
}

// textBrackets returns, at the index of each parenthesis that begins a stretch
// of text, the index where it ends, and 0 elsewhere. It warns of those that may
// have been meant otherwise.
func (s *scanner) textBrackets() []int {
	r := bracketReader{scanner: s, behind: behindStart, open: make([]bracket, 1)}
	for r.i < len(s.text) {
		r.next()
	}
	for len(r.open) > 1 {
		b := r.pop()
		b.end, b.text = b.at, b.behind == behindWord && !b.signs && s.wordAt(b.at+1)
		r.settled = append(r.settled, b)
	}
	return r.stretches()
}

// next goes over a sign, a literal or the rest of a word.
func (r *bracketReader) next() {
	c, inner := r.text[r.i], &r.open[len(r.open)-1]
	switch {
	case unicode.IsSpace(c):
		inner.blank = true
		if r.behind != behindStart && (r.behind != behindSign || isMinus(r.text[r.i-1])) {
			r.behind = elsewhere
		}
		r.i++
	case isOpen(c):
		r.open = append(r.open, bracket{at: r.i, behind: r.behind})
		r.behind = elsewhere
		r.i++
	case isShut(c):
		r.close()
		r.i++
	case isBar(c):
		r.operator()
		r.i++
	case isMinus(c) && r.atWordStart(r.i):
		inner.signs = inner.signs || !r.signsNumber()
		inner.letters, r.behind = true, behindSign
		r.i++
	case r.closes[r.i] > 0:
		r.literal(inner)
	case isQuote(c):
		r.i++
	default:
		r.word(inner)
	}
}

// operator notes an operator or a bar.
func (r *bracketReader) operator() {
	r.open[len(r.open)-1].signs, r.behind = true, elsewhere
	if len(r.open) == 1 {
		r.behind = behindSign
	}
}

// signsNumber reports whether the minus stands in parentheses behind a word,
// before a digit or alone: 增长（-5%）.
func (r *bracketReader) signsNumber() bool {
	after := r.i + 1
	return r.open[len(r.open)-1].behind == behindWord && (after == len(r.text) || unicode.IsDigit(r.text[after]) || isShut(r.text[after]))
}

// literal goes over a quoted literal, which may be a part of a word.
func (r *bracketReader) literal(inner *bracket) {
	at, end := r.i, r.closes[r.i]
	r.i = min(end+1, len(r.text))
	if !r.wordInQuotes(at) {
		inner.signs, r.behind = true, elsewhere
		return
	}
	inWord, inNext := r.behind == behindWord, r.wordAt(end+1)
	before, after := inWord && r.joinsBefore(at), r.joinsAfter(at) || end+1 < len(r.text) && isOpen(r.text[end+1])
	alone := !before && !after
	inner.parts = inner.parts || alone || inWord && !before || inNext && !after
	inner.letters = inner.letters || !alone
	r.behind = elsewhere
	if after {
		r.behind = behindWord
	}
}

// word goes over the name of a field, an operator, or characters of a word.
func (r *bracketReader) word(inner *bracket) {
	if r.behind != behindWord && r.behind != behindValue {
		if name, size := fieldName(r.text[r.i:]); name != "" {
			r.i += size
			inner.signs, r.behind = true, behindValue
			if isFreeText(name) {
				r.behind = behindWord
			} else if r.i < len(r.text) && r.closes[r.i] > 0 {
				r.i, r.behind = min(r.closes[r.i]+1, len(r.text)), elsewhere
			}
			return
		}
	}
	if _, size := r.operatorAt(r.i); size > 0 && (r.behind != behindWord && r.behind != behindValue || r.i > 0 && isShut(r.text[r.i-1])) {
		r.i += size
		r.operator()
		return
	}
	for r.i < len(r.text) && !endsWord(r.text[r.i]) {
		r.i++
	}
	inner.letters = true
	if r.behind != behindValue {
		r.behind = behindWord
	}
}

// pop takes the innermost parenthesis off. What it holds the one around it
// holds too.
func (r *bracketReader) pop() bracket {
	last := len(r.open) - 1
	b := r.open[last]
	r.open = r.open[:last]
	outer := &r.open[last-1]
	outer.signs, outer.blank, outer.letters = outer.signs || b.signs, outer.blank || b.blank, outer.letters || b.letters
	return b
}

// close settles the parenthesis that closes here.
func (r *bracketReader) close() {
	if len(r.open) == 1 {
		text := r.behind == behindWord && r.wordAt(r.i+1)
		r.settled = append(r.settled, bracket{at: r.i, end: r.i, text: text})
		if !text {
			r.behind = elsewhere
		}
		return
	}
	b := r.pop()
	b.end = r.i
	b.settle(r.wordAt(r.i+1), isNumbering(r.text[b.at+1:b.end]))
	r.settled = append(r.settled, b)
	r.behind = behindWord
	if !b.text {
		r.open[len(r.open)-1].parts = true
		r.behind = elsewhere
	}
}

// settle decides whether a pair is text, and what is to be said of it. before
// tells whether it stands directly before a word, and numbering whether what it
// holds reads as a number of a list.
func (b *bracket) settle(before, numbering bool) {
	odd := before // a group is
	switch b.behind {
	case behindWord:
		b.text, odd = !b.signs, true
		if b.text && b.blank {
			b.warning = textBracket
		}
	case behindValue:
		odd = true
	case behindStart, behindSign:
		b.text = b.one()
		if b.text && !before && !numbering {
			b.warning = textBracket
		}
	default:
		b.text = b.one() && before
		if b.text {
			b.warning = textBracket
		}
		odd = odd || b.one()
	}
	if !b.text && odd {
		b.warning = groupBracket
	}
}

// isNumbering reports whether what stands in parentheses is a number, as in （一）
// and (12).
func isNumbering(text []rune) bool {
	return !slices.ContainsFunc(text, func(r rune) bool {
		return !unicode.IsNumber(r) && !strings.ContainsRune("一二三四五六七八九十百零〇", r)
	})
}

// stretches lays down the verdicts and gives the warnings. What stands in
// parentheses that are text is text.
func (r *bracketReader) stretches() []int {
	ends := make([]int, len(r.text))
	byStart := make([]*bracket, len(r.text))
	for i := range r.settled {
		byStart[r.settled[i].at] = &r.settled[i]
	}
	for i := 0; i < len(byStart); i++ {
		b := byStart[i]
		if b == nil {
			continue
		}
		if b.warning != "" {
			r.warn(i, b.warning)
		}
		if b.text {
			ends[i] = b.end
			i = b.end
		}
	}
	return ends
}
