package analyzer

import (
	"unicode"

	"golang.org/x/text/unicode/rangetable"
)

// A Class says what a unit is.
type Class uint8

// The classes of units.
const (
	Other  Class = iota // punctuation, blank, symbol: always one rune
	CJK                 // one Han character, kana or hangul syllable
	Number              // ASCII digits, with a decimal point between them or without
	Word                // letters of any other script, with their combining marks
)

// A Unit is what matching never cuts in two: a CJK character, a number, a
// word or a single other rune. Start and End are a half-open range of code
// points in folded text.
type Unit struct {
	Start, End int
	Class      Class
}

// char is the class of a single rune.
type char uint8

const (
	other char = iota
	cjk
	digit
	letter
	mark // combining; a part of the word it follows
)

// cjkScripts are written without blanks: each character is a unit.
var cjkScripts = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, prolonged}

// prolonged is the sound mark ー, which belongs to no one script.
var prolonged = rangetable.New('ー')

// charTable classifies the runes below U+10000.
func charTable() *[1 << 16]char {
	t := new([1 << 16]char)
	fill := func(c char, tables ...*unicode.RangeTable) {
		for _, table := range tables {
			rangetable.Visit(table, func(r rune) {
				if r < 1<<16 {
					t[r] = c
				}
			})
		}
	}
	fill(letter, unicode.L)
	fill(mark, unicode.M)
	fill(cjk, cjkScripts...)
	for r := '0'; r <= '9'; r++ {
		t[r] = digit
	}
	return t
}

// charOf classifies a folded rune from U+10000 on.
func charOf(r rune) char {
	switch {
	case unicode.In(r, cjkScripts...):
		return cjk
	case unicode.IsLetter(r):
		return letter
	case unicode.IsMark(r):
		return mark
	}
	return other
}

// Units takes folded text apart. Every rune belongs to exactly one unit, and
// the units stand in order:
//
//   - each Han character, kana and hangul syllable is a unit;
//   - a number is a maximal run of ASCII digits; two such runs with one point
//     between them are one number (99.2) unless a further point and digit
//     stand before or after (2023.2.28 is five units);
//   - a word is a maximal run of letters and of marks that follow letters;
//     digits are no part of it (5g is two units);
//   - every other rune is a unit of its own.
func Units(folded []rune) []Unit {
	return AppendUnits(nil, folded)
}

// AppendUnits appends the units of folded to dst.
func AppendUnits(dst []Unit, folded []rune) []Unit {
	for i := 0; i < len(folded); {
		end, class := i+1, Other
		switch lookup(folded[i]).class() {
		case cjk:
			class = CJK
		case digit:
			end, class = numberEnd(folded, i), Number
		case letter:
			end, class = wordEnd(folded, i), Word
		}
		dst = append(dst, Unit{i, end, class})
		i = end
	}
	return dst
}

// IsCJK reports whether a folded rune is a unit of its class: a Han character,
// kana or hangul syllable.
func IsCJK(folded rune) bool { return lookup(folded).class() == cjk }

// isCJK reports whether there is a CJK unit at i.
func isCJK(units []Unit, i int) bool {
	return 0 <= i && i < len(units) && units[i].Class == CJK
}

// wordEnd returns where the word that begins at i ends.
func wordEnd(folded []rune, i int) int {
	for i++; i < len(folded); i++ {
		if c := lookup(folded[i]).class(); c != letter && c != mark {
			break
		}
	}
	return i
}

// numberEnd returns where the number that begins at i ends.
func numberEnd(folded []rune, i int) int {
	end := digitsEnd(folded, i)
	if decimalPoint(folded, end) {
		return digitsEnd(folded, end+1)
	}
	return end
}

// digitsEnd returns the first place from i on that holds no digit.
func digitsEnd(folded []rune, i int) int {
	for i < len(folded) && isDigit(folded[i]) {
		i++
	}
	return i
}

// digitsStart returns the place behind the last rune before i that is no
// digit.
func digitsStart(folded []rune, i int) int {
	for i > 0 && isDigit(folded[i-1]) {
		i--
	}
	return i
}

// decimalPoint reports whether folded[i] is a point that joins the digits
// before and after it to one number.
func decimalPoint(folded []rune, i int) bool {
	if !pointInDigits(folded, i) {
		return false
	}
	before, after := digitsStart(folded, i)-1, digitsEnd(folded, i+1)
	return !pointInDigits(folded, before) && !pointInDigits(folded, after)
}

// pointInDigits reports whether folded[i] is a point between two digits.
func pointInDigits(folded []rune, i int) bool {
	return i > 0 && i+1 < len(folded) && folded[i] == '.' && isDigit(folded[i-1]) && isDigit(folded[i+1])
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// border reports whether a unit ends and another begins at i. It looks only
// at what stands around i.
func border(folded []rune, i int) bool {
	if i <= 0 || i >= len(folded) {
		return true
	}
	before, after := lookup(folded[i-1]).class(), lookup(folded[i]).class()
	switch {
	case before == digit && after == digit:
		return false
	case before == digit && folded[i] == '.':
		return !decimalPoint(folded, i)
	case after == digit && folded[i-1] == '.':
		return !decimalPoint(folded, i-1)
	case after == letter || after == mark:
		return !inWord(folded, i-1)
	}
	return true
}

// inWord reports whether folded[i] is a letter, or a mark that belongs to a
// word.
func inWord(folded []rune, i int) bool {
	for i >= 0 && lookup(folded[i]).class() == mark {
		i--
	}
	return i >= 0 && lookup(folded[i]).class() == letter
}
