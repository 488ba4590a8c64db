package analyzer

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// expansions are the characters that a sign stands for, not folded: those of
// Unicode's compatibility mapping (NFKC) for the blocks of expanded, and words for
// areas and volumes. Signs that begin or end with a digit are left as they are,
// which would run into numbers beside them, and so are fractions.
var expansions = makeExpansions()

// expanded are the blocks whose signs are written out.
var expanded = [][2]rune{
	{0x2100, 0x214f}, // letter-like symbols
	{0x2160, 0x217f}, // Roman numerals
	{0x3220, 0x3250}, // ㈠ and its kind
	{0x3300, 0x33ff}, // units, squared words
	{0xfb00, 0xfb06}, // Latin ligatures
}

// lengths are the words for units of length, and powers for what ² and ³ make
// of them.
var (
	lengths = map[string]string{"mm": "毫米", "cm": "厘米", "dm": "分米", "m": "米", "km": "公里"}
	powers  = map[rune]string{'²': "平方", '³': "立方"}
)

// measures are the signs of areas and volumes.
var measures = map[rune]string{
	'㎟': "平方毫米", '㎠': "平方厘米", '㎡': "平方米", '㎢': "平方公里",
	'㎣': "立方毫米", '㎤': "立方厘米", '㎥': "立方米", '㎦': "立方公里",
}

func makeExpansions() map[rune]string {
	all := map[rune]string{}
	for _, block := range expanded {
		for r := block[0]; r <= block[1]; r++ {
			to := norm.NFKC.String(string(r))
			if to != string(r) && !strings.ContainsRune("0123456789", rune(to[0])) && !strings.ContainsRune("0123456789", rune(to[len(to)-1])) {
				all[r] = to
			}
		}
	}
	for r, to := range measures {
		all[r] = to
	}
	return all
}

// isCombining reports whether a character may make one with that before it.
func isCombining(r rune) bool {
	return unicode.Is(unicode.Mn, FoldRune(r))
}

// compose makes one character of the last one read and the mark at a place of
// the source, if Unicode has one.
func (t *Text) compose(at int) bool {
	last := len(t.Runes) - 1
	if last < 0 || t.next != at {
		return false
	}
	one := []rune(norm.NFC.String(string([]rune{t.Runes[last], FoldRune(t.source[at])})))
	if len(one) != 1 {
		return false
	}
	from := t.startOf(last)
	t.drop(last)
	t.add(from, at+1, FoldRune(one[0]))
	return true
}

// longestLength is the most letters of a unit of length.
const longestLength = 2

// measure writes the unit of length that was read last out with the power at a
// place of the source: m² is 平方米.
func (t *Text) measure(at int) bool {
	first := len(t.Runes)
	for len(t.Runes)-first <= longestLength && inWord(t.Runes, first-1) {
		first--
	}
	length := lengths[string(t.Runes[first:])]
	if length == "" {
		return false
	}
	from := t.startOf(first)
	t.drop(first)
	for _, r := range powers[t.source[at]] + length {
		t.add(from, at+1, r)
	}
	return true
}

// drop takes back what was read from Runes[i] on.
func (t *Text) drop(i int) {
	t.Runes = t.Runes[:i]
	for n := len(t.jumps); n > 0 && int(t.jumps[n-1].at) >= i; n-- {
		t.jumps = t.jumps[:n-1]
	}
}
