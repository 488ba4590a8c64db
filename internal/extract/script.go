package extract

import "unicode"

// A script is what the letters of a language are of, as far as texts mix them.
type script int

const (
	noLetter   script = iota
	ideographs        // with kana, which stand among them
	latin
	halfwidth // kana that old machines wrote, and that bytes beyond ASCII are in Shift-JIS
	hangul
	jamo // of Hangul, apart
	others
)

// scriptOf is the script of a letter. Others than those known are told apart by the
// blocks of Unicode.
func scriptOf(r rune) script {
	switch {
	case r >= 0xFF61 && r <= 0xFF9F:
		return halfwidth
	case !unicode.IsLetter(r):
		return noLetter
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo):
		return ideographs
	case unicode.Is(unicode.Latin, r):
		return latin
	case r >= 0xAC00 && r <= 0xD7A3:
		return hangul
	case unicode.Is(unicode.Hangul, r):
		return jamo
	}
	return others + script(r>>8)
}

// What is asked of the letters of a text that is no Chinese.
const (
	mostChanges  = 0.25 // of the places between two letters, one of another script than the other
	fewestPlaces = 20
	mostOdd      = 0.2 // half-width kana and jamo, of all letters
)

// isMixed reports whether the letters of a text are of scripts that nobody mixes as
// they are: a text in two languages changes from one to the other now and then, bytes
// that were read in a wrong charset all the time.
func isMixed(text string) bool {
	var places, changes, letters, odd int
	before := noLetter
	for _, r := range text {
		s := scriptOf(r)
		if s != noLetter {
			letters++
			if s == halfwidth || s == jamo {
				odd++
			}
			if before != noLetter {
				places++
				if s != before {
					changes++
				}
			}
		}
		before = s
	}
	return places >= fewestPlaces && float64(changes) > mostChanges*float64(places) || letters >= fewestPlaces && float64(odd) > mostOdd*float64(letters)
}
