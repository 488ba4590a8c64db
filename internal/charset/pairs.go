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
	{"EUC-KR", korean.EUCKR}, {"UTF-16 (little endian)", encodings[UTF16LE]}, {"UTF-16 (big endian)", encodings[UTF16BE]},
	{"Latin-1", charmap.Windows1252}, {"Latin-9", charmap.ISO8859_15}, {"Windows-1250", charmap.Windows1250}, {"Windows-1251", charmap.Windows1251},
	{"KOI8-R", charmap.KOI8R}, {"code page 437", charmap.CodePage437}, {"code page 850", charmap.CodePage850}, {"Mac Roman", charmap.Macintosh},
}

// pairs are the ways in which a text in one charset is read in another, but for
// those that no text can be told from.
var pairs = func() (all []misreading) {
	for _, as := range named {
		for _, from := range named {
			if as.name != from.name && from.Encoding != nil && !isSingle(as.Encoding) {
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
	almostWhole    = 0.85 // of its characters are such as Chinese texts have; it is known, but not put right
)

// mendPair puts a text right that was misread in any way, once or twice in the same;
// certain is false where it is known to be misread and cannot be put right.
func mendPair(text string, share float64) (mended, how string, certain bool) {
	head := headOf(text)
	best := max(surelyFrequent, 3*share)
	var found misreading
	times, foreign := 0, false
	for _, m := range pairs {
		was := head
		for n := 1; n <= 2; n++ {
			was, _ = m.undo(was)
			if wide, q := frequency(was); wide >= fewestSure && q > best && plausibility(was) >= almostWhole {
				best, found, times = q, m, n
			}
			foreign = foreign || readsForeign(was) && !readsForeign(head)
		}
	}
	if times == 0 {
		return text, "", !foreign
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
	return was, how, whole && isPlausible(was)
}

// headOf is what a text is judged by, from its first character beyond ASCII on.
func headOf(text string) string {
	text = text[max(0, strings.IndexFunc(text, func(r rune) bool { return r >= utf8.RuneSelf })):]
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
