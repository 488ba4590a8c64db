// Package number reads the numbers of a text that may be figures: in digits and
// in Chinese, with their powers of ten, their units, their ranges and the words
// that bound them. Dates, codes, ordinals and parts of names are none.
package number

import (
	"strings"
	"unicode/utf8"

	"baogao/internal/analyzer"
)

// Kind is what a figure measures.
type Kind string

// The kinds of figures.
const (
	Count    Kind = "count"    // things: 14件
	Amount   Kind = "amount"   // money: 5亿元
	Rate     Kind = "rate"     // a share or a level in percent: 办结率100%
	Growth   Kind = "growth"   // a change: 增长8%, 提高2个百分点, 翻一番
	Gap      Kind = "gap"      // the distance to another place or plan: 高于全省0.5个百分点
	Rank     Kind = "rank"     // a place among others: 居全省第3位
	Duration Kind = "duration" // 缩短至1个工作日
	Area     Kind = "area"     // 营造林310万亩
	Quantity Kind = "quantity" // what is weighed or measured: 615亿斤, 600公里
	Index    Kind = "index"    // a ratio or a score: 是2019年的2.3倍
)

// Bound says of which side of a value the true one lies.
type Bound string

// The bounds of values. The empty Bound is the value itself.
const (
	Min   Bound = "min"   // 以上, 超, 突破, 余
	Max   Bound = "max"   // 以内, 不超过, 前3
	Range Bound = "range" // from Value to High
)

// A Number is a number of a text with its unit.
type Number struct {
	Start, End  int // of the number, and behind its unit
	Next        int // behind the words that belong to it, as 以上 and 左右
	Value, High float64
	Factor      float64 // of 万 and the like, 1 if none is written
	Ranged      bool    // from Value to High
	Unit        string
	Kind        Kind // where the number itself says so, as in 第3位
	Bound       Bound
	Approximate bool
	BareUnit    bool // no unit is written
	Ranked      bool // 第3位
	Grown       bool // 翻番
}

// MayHold reports whether a text has what all numbers have: a digit, or one of
// the words that stand with Chinese ones. Most texts have none, and no more is
// done for them.
func MayHold(text string) bool {
	var before rune
	for i := 0; i < len(text); i++ {
		b := text[i]
		if b-'0' <= 9 {
			return true
		}
		if b < 0xE0 || b > 0xEF { // none of the characters below, which have three bytes
			before = 0
			continue
		}
		c, size := utf8.DecodeRuneInString(text[i:])
		rest := text[i+size:]
		switch c {
		case '第', '前', '倍', '番':
			return true
		case '百':
			if strings.HasPrefix(rest, "分点") || strings.HasPrefix(rest, "分點") {
				return true
			}
		case '亿', '億':
			if strings.HasPrefix(rest, "元") {
				return true
			}
		case '成':
			if analyzer.ChineseDigit(before) > 0 || before == '两' || before == '兩' {
				return true
			}
		default:
			if c >= '０' && c <= '９' {
				return true
			}
		}
		before = c
		i += size - 1
	}
	return false
}

// Read reads the numbers of a text, in their order.
func Read(t *Text) []*Number {
	s := scanner{Text: t}
	s.numbers()
	l := series{t, s.found}
	l.fillUnits()
	return l.found
}

// IsDigit reports whether a folded character is a digit.
func IsDigit(c rune) bool { return c >= '0' && c <= '9' }

func isLatin(c rune) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
