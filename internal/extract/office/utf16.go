package office

import "unicode/utf16"

// utf16Units joins units of UTF-16 that come one by one.
type utf16Units struct{ high rune } // the first half of a surrogate pair, or 0

// join takes the next unit. It gives the character that ends with it, unless
// the unit is the first half of a pair.
func (u *utf16Units) join(unit rune) (c rune, whole bool) {
	switch {
	case unit >= 0xD800 && unit < 0xDC00:
		u.high = unit
		return 0, false
	case unit >= 0xDC00 && unit < 0xE000:
		unit = utf16.DecodeRune(u.high, unit)
	}
	u.high = 0
	return unit, true
}
