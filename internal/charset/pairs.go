package charset

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// named are the charsets that a text is met in, or read in, with their names.
var named = []struct {
	name string
	encoding.Encoding
}{
	{"UTF-8", nil}, {"GBK", simplifiedchinese.GB18030}, {"Big5", traditionalchinese.Big5}, {"Shift-JIS", japanese.ShiftJIS}, {"EUC-JP", japanese.EUCJP},
	{"EUC-KR", korean.EUCKR}, {"Latin-1", charmap.Windows1252}, {"UTF-16 (little endian)", encodings[UTF16LE]}, {"UTF-16 (big endian)", encodings[UTF16BE]},
}

// pairs are the ways in which a text in one charset is read in another, but for
// those that no text can be told from.
var pairs = func() (all []misreading) {
	for _, as := range named {
		for _, from := range named {
			if as.name != from.name && from.Encoding != nil && as.Encoding != charmap.Windows1252 {
				all = append(all, misreading{as.name + " that was read as " + from.name, from.Encoding, as.Encoding})
			}
		}
	}
	return all
}()

// What a text must be to be taken for what was there before it was misread.
const (
	surelyFrequent = 0.25 // of the characters beyond ASCII
	fewestSure     = 12   // characters beyond ASCII
)

// mendPair puts a text right that was misread in any way, once or twice in the same;
// certain is false where it is known to be misread and cannot be put right.
func mendPair(text string, share float64) (mended, how string, certain bool) {
	head := headOf(text)
	best := max(surelyFrequent, 3*share)
	var found misreading
	times := 0
	for _, m := range pairs {
		was := head
		for n := 1; n <= 2; n++ {
			was, _ = m.undo(was)
			if wide, q := frequency(was); wide >= fewestSure && q > best && isPlausible(was) {
				best, found, times = q, m, n
			}
			if readsForeign(was) && !readsForeign(head) {
				return "", "", false
			}
		}
	}
	if times == 0 {
		return text, "", true
	}
	was, whole := text, true
	for range times {
		var all bool
		was, all = found.undo(was)
		whole = whole && all
	}
	how = found.how
	if times > 1 {
		how += ", twice"
	}
	return was, how, whole
}

// headOf is what a text is judged by.
func headOf(text string) string {
	n := 0
	for i := range text {
		if n++; n > sampleRunes {
			return text[:i]
		}
	}
	return text
}

// syllables are the most frequent ones of Korean texts, half of what they have.
const syllables = "이다의는을에가고하사지한로기도를자시리인은정부수대나어해전아서여장그있일보구조제상과주스라원게성동만들국공유연위면소안방계신분관건행였입니습"

// readsForeign reports whether a text reads like Japanese or Korean.
func readsForeign(text string) bool {
	var hiragana, hangul, frequent, bad, wide int
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
			continue
		case r == utf8.RuneError, r >= 0xFF61 && r <= 0xFF9F:
			bad++
		case unicode.Is(unicode.Hiragana, r):
			hiragana++
		case unicode.Is(unicode.Hangul, r):
			hangul++
			if strings.ContainsRune(syllables, r) {
				frequent++
			}
		}
		wide++
	}
	return wide >= fewestSure && 20*bad < wide && (4*hiragana > wide || 2*hangul > wide && 3*frequent > hangul)
}
