package analyzer

import "strings"

// invisible are the characters from U+0300 on that have no width of their own and
// mean nothing in Chinese, as half-open ranges: what Unicode calls ignorable
// (Default_Ignorable_Code_Point), blank letters, and what programs leave where a
// picture or a note stood.
var invisible = [][2]rune{
	{0x34F, 0x350}, {0x61C, 0x61D}, {0x115F, 0x1161}, {0x17B4, 0x17B6}, {0x180B, 0x1810},
	{0x200B, 0x2010}, {0x202A, 0x202F}, {0x2060, 0x2070}, {0x2800, 0x2801}, {0x3164, 0x3165},
	{0xFE00, 0xFE10}, {0xFEFF, 0xFF00}, {0xFFA0, 0xFFA1}, {0xFFF0, 0xFFFD},
	{0x13430, 0x13440}, {0x1BCA0, 0x1BCA4}, {0x1D173, 0x1D17B}, {0xE0000, 0xF0000},
}

// IsInvisible reports whether a character has no width and means nothing in
// Chinese: controls, zero-width characters, marks of direction and byte order,
// soft hyphens, variation selectors, blank letters. Texts and questions are taken
// without them. Line ends and tabs are blanks.
func IsInvisible(r rune) bool {
	switch {
	case r < 0x20:
		return r < '\t' || r > '\r'
	case r < 0x7F:
		return false
	case r < 0xA0:
		return r != 0x85
	case r < 0x300 || r >= 0x3165 && r < 0xFE00:
		return r == 0xAD
	}
	for _, in := range invisible {
		if r < in[1] {
			return r >= in[0]
		}
	}
	return false
}

// WithoutInvisible is a text without its invisible characters.
func WithoutInvisible(s string) string {
	return strings.Map(func(r rune) rune {
		if IsInvisible(r) {
			return -1
		}
		return r
	}, s)
}
