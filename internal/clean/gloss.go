package clean

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"baogao"
)

// Some mirrors gloss characters with their reading: 區(qū). A gloss is a Han
// character, a bracket, one syllable of pinyin with exactly one tone mark,
// and a bracket. A syllable without a mark, (de), is a gloss only in a report
// that has toneless many of the others: by itself it may be an abbreviation.
const toneless = 3

// stripGlosses removes the glosses from the lines.
func stripGlosses(lines []Line, c *baogao.Cleaning) {
	toned := 0
	for i := range lines {
		s, n := stripGloss(lines[i].Text, false)
		lines[i].Text, toned = s, toned+n
	}
	c.Glosses += toned
	if toned < toneless {
		return
	}
	for i := range lines {
		s, n := stripGloss(lines[i].Text, true)
		lines[i].Text, c.Glosses = s, c.Glosses+n
	}
}

// stripGloss removes the glosses from s and counts them. The character that
// a gloss stands behind is looked for in what is left of the text before it,
// so that a second gloss on a character goes too.
func stripGloss(s string, noTone bool) (string, int) {
	var out strings.Builder
	n, kept := 0, 0
	for i := 0; i < len(s); {
		open := strings.IndexAny(s[i:], "(（")
		if open < 0 {
			break
		}
		i += open
		_, size := utf8.DecodeRuneInString(s[i:])
		end := glossEnd(s[i+size:], noTone)
		before := s[kept:i]
		if before == "" {
			before = out.String()
		}
		if r, _ := utf8.DecodeLastRuneInString(before); end == 0 || !IsHan(r) {
			i += size
			continue
		}
		out.WriteString(s[kept:i])
		i += size + end
		kept = i
		n++
	}
	if n == 0 {
		return s, 0
	}
	out.WriteString(s[kept:])
	return out.String(), n
}

// glossEnd is the length of a syllable and its closing bracket at the start
// of s, 0 if there is none.
func glossEnd(s string, noTone bool) int {
	const longest = 6*2 + 2*2 // six letters of two bytes, marks of their own
	for i, r := range s {
		switch {
		case r == ')' || r == '）':
			tone, ok := syllable(s[:i])
			if !ok || tone == noTone {
				return 0
			}
			return i + utf8.RuneLen(r)
		case i > longest || IsHan(r):
			return 0
		}
	}
	return 0
}

// syllable reports whether s is one syllable of pinyin in small letters, and
// whether it has its one tone mark. Two marks make it no syllable.
func syllable(s string) (tone, ok bool) {
	if s == "" {
		return false, false
	}
	var plain strings.Builder
	marks := 0
	for _, r := range norm.NFD.String(s) {
		switch r {
		case '\u0304', '\u0301', '\u030C', '\u0300', '\u0306': // the last: a breve typed for a caron
			marks++
		case '\u0308', '\u0302':
			if !strings.HasSuffix(plain.String(), "u") && r == '\u0308' {
				return false, false
			}
		case 'ɡ':
			plain.WriteByte('g')
		case 'ɑ':
			plain.WriteByte('a')
		default:
			plain.WriteRune(r)
		}
	}
	return marks == 1, marks <= 1 && syllables[plain.String()]
}

// hasTone reports whether the text holds a letter beyond ASCII that a tone
// mark could be on, or a mark of its own. It reads lead bytes: none of them
// occurs inside a Han character.
func hasTone(s string) bool {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case 0xC3, 0xC4, 0xC5, 0xC7, 0xCC:
			return true
		}
	}
	return false
}

// syllables of standard Chinese, by initial, with u for ü.
var syllables = func() map[string]bool {
	table := map[string]string{
		"":   "a o e ai ei ao ou an en ang eng er ê n ng m",
		"b":  "a o ai ei ao an en ang eng i ie iao ian in ing u",
		"p":  "a o ai ei ao ou an en ang eng i ie iao ian in ing u",
		"m":  "a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u",
		"f":  "a o ei ou an en ang eng u",
		"d":  "a e ai ei ao ou an en ang eng ong i ie iao iu ian ing u uo ui uan un",
		"t":  "a e ai ao ou an ang eng ong i ie iao ian ing u uo ui uan un",
		"n":  "a e ai ei ao ou an en ang eng ong i ie iao iu ian in iang ing u uo uan un ue",
		"l":  "a o e ai ei ao ou an ang eng ong i ia ie iao iu ian in iang ing u uo uan un ue",
		"g":  "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
		"k":  "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
		"h":  "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
		"j":  "i ia ie iao iu ian in iang ing iong u ue uan un",
		"q":  "i ia ie iao iu ian in iang ing iong u ue uan un",
		"x":  "i ia ie iao iu ian in iang ing iong u ue uan un",
		"zh": "a e i ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
		"ch": "a e i ai ao ou an en ang eng ong u ua uo uai ui uan un uang",
		"sh": "a e i ai ei ao ou an en ang eng u ua uo uai ui uan un uang",
		"r":  "e i ao ou an en ang eng ong u ua uo ui uan un",
		"z":  "a e i ai ei ao ou an en ang eng ong u uo ui uan un",
		"c":  "a e i ai ao ou an en ang eng ong u uo ui uan un",
		"s":  "a e i ai ao ou an en ang eng ong u uo ui uan un",
		"y":  "a o e ao ou an ang i in ing ong u ue uan un",
		"w":  "a o ai ei an en ang eng u",
	}
	set := map[string]bool{}
	for initial, finals := range table {
		for _, final := range strings.Fields(finals) {
			set[initial+final] = true
		}
	}
	return set
}()
