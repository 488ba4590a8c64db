package charset

import (
	"encoding/base64"
	"errors"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// Texts that were read in a wrong charset before they came to us, or are in one
// that bytes do not show. What is certain is put right: the characters go back to
// the bytes they were read from without a loss, and these read as Chinese. What is
// known to be garbled and cannot be put right is refused.

// Errors of Mend.
var (
	ErrGarbled  = errors.New("garbled: read in a wrong charset before it was saved, with characters lost; get the file again")
	ErrLost     = errors.New("garbled: its characters were lost when it was saved (锟斤拷, 烫烫烫); get the file again")
	ErrJapanese = errors.New("in Japanese: EUC-JP, Shift-JIS or ISO-2022-JP; save it as UTF-8 if it is to be read")
)

// A misreading is a charset that a text is in, and the one it was read in.
type misreading struct {
	how      string
	from, as encoding.Encoding // as nil is UTF-8
}

var misreadings = []misreading{
	{"UTF-8 that was read as GBK", simplifiedchinese.GB18030, nil},
	{"UTF-8 that was read as Latin-1", charmap.Windows1252, nil},
	{"UTF-8 that was read as Latin-9", charmap.ISO8859_15, nil},
	{"UTF-8 that was read as Big5", traditionalchinese.Big5, nil},
	{"GBK that was read as Latin-1", charmap.Windows1252, simplifiedchinese.GB18030},
	{"Big5 that was read as Latin-1", charmap.Windows1252, traditionalchinese.Big5},
	{"Big5 that was read as GBK", simplifiedchinese.GB18030, traditionalchinese.Big5},
	{"GBK that was read as Big5", traditionalchinese.Big5, simplifiedchinese.GB18030},
}

// Shares of the characters beyond ASCII that are frequent in Chinese texts.
const (
	fewFrequent = 0.12 // a text with more is Chinese
	asFrequent  = 0.2  // a text with less is not taken for one that was put right
	manyLost    = 0.1  // of the characters of 锟斤拷
	fewestWide  = 8    // characters beyond ASCII to judge by
	mostBytes   = 4    // of a character, each of which may have become one
)

// Mend puts a text right that was read in a wrong charset, or is in HZ or UTF-7,
// and says what it was; how is "" for a text that stays. It fails with the errors
// above for one that is known to be none.
func Mend(text string) (mended, how string, err error) {
	wide, share := frequency(text)
	switch {
	case wide == 0:
		return mendASCII(text)
	case lost(text) > manyLost*float64(wide):
		return "", "", ErrLost
	case wide < fewestWide || share >= fewFrequent:
		return text, "", nil
	}
	if isJapanese(text, share) {
		return "", "", ErrJapanese
	}
	garbled := false
	best := 0.0
	for _, m := range misreadings {
		was, whole := m.undo(text)
		if n, q := frequency(was); n < max(fewestWide/3, wide/mostBytes) || q <= max(asFrequent, 2*share) {
			continue
		} else if q *= plausibility(headOf(was)); q > best {
			best, garbled = q, !whole
			mended, how = was, m.how
		}
	}
	switch {
	case garbled:
		return "", "", ErrGarbled
	case how != "":
		return mended, how, nil
	}
	mended, how, certain := mendPair(text, share)
	if !certain {
		return "", "", ErrGarbled
	}
	return mended, how, nil
}

// Note is what is to be known of a text that was put right, of what it was.
func Note(how string) string { return "put right: the text is " + how }

// ReadsChinese reports whether the head of a text reads like Chinese, or is ASCII.
func ReadsChinese(text string) bool {
	wide, share := frequency(text)
	return wide == 0 || share >= fewFrequent
}

// undo gives what a text was before it was misread, and whether nothing of it was
// lost.
func (m misreading) undo(text string) (was string, whole bool) {
	whole = !strings.ContainsRune(text, utf8.RuneError)
	encoder := m.from.NewEncoder()
	inTwo := m.from == encodings[UTF16LE] || m.from == encodings[UTF16BE] // bytes, ASCII too
	data := make([]byte, 0, len(text))
	for _, r := range text {
		if r < utf8.RuneSelf && !inTwo {
			data = append(data, byte(r))
			continue
		}
		b, err := encoder.Bytes([]byte(string(r)))
		switch {
		case err == nil && r != utf8.RuneError:
			data = append(data, b...)
		case isSingle(m.from) && r < 0xA0: // a byte without a character
			data = append(data, byte(r))
		default:
			data, whole = append(data, '?'), false
		}
	}
	if m.as == nil {
		was = strings.ToValidUTF8(string(data), "\uFFFD")
	} else if decoded, err := m.as.NewDecoder().Bytes(data); err == nil {
		was = string(decoded)
	}
	return was, whole && !strings.ContainsRune(was, utf8.RuneError)
}

// isSingle reports whether a charset writes each of its characters in one byte.
func isSingle(e encoding.Encoding) bool {
	_, single := e.(*charmap.Charmap)
	return single
}

// sampleRunes is how much of a text is looked at to judge it, and more where fewer than
// fewestSample characters beyond ASCII are in that.
const (
	sampleRunes  = 1 << 11
	fewestSample = 256
)

// frequency counts the characters beyond ASCII at the head of a text, but for the
// lines of tables that are drawn of them, and gives the share of those that are
// frequent in Chinese.
func frequency(text string) (wide int, share float64) {
	frequent, seen := 0, 0
	for _, r := range text {
		if seen++; seen > sampleRunes && wide >= fewestSample {
			break
		}
		if r < utf8.RuneSelf || unicode.IsSpace(r) || r >= 0x2500 && r <= 0x257F {
			continue
		}
		wide++
		if frequentSet[r] {
			frequent++
		}
	}
	return wide, float64(frequent) / float64(max(wide, 1))
}

// lost counts the characters that stand for lost ones: those of 锟斤拷, which is
// U+FFFD twice read as GBK, and of memory that was never written.
func lost(text string) float64 {
	text = text[:min(len(text), 8*sampleRunes)]
	n := 3 * strings.Count(text, "锟斤拷")
	for _, word := range []string{"烫烫烫", "屯屯屯"} {
		n += 3 * strings.Count(text, word)
	}
	return float64(n)
}

// isJapanese reports whether a text that was read as Chinese is Japanese in
// another charset: read in that, much of it is kana.
func isJapanese(text string, share float64) bool {
	for _, from := range []encoding.Encoding{simplifiedchinese.GB18030, traditionalchinese.Big5} {
		for _, as := range []encoding.Encoding{japanese.EUCJP, japanese.ShiftJIS} {
			was, _ := misreading{from: from, as: as}.undo(text)
			kana, bad := 0, 0
			for _, r := range was {
				switch {
				case unicode.Is(unicode.Hiragana, r):
					kana++
				case r == utf8.RuneError || r == '?':
					bad++
				}
			}
			if wide, q := frequency(was); kana*10 > wide && bad*20 <= wide && (q > share || hiragana(text)*10 <= wide) {
				return true
			}
		}
	}
	return false
}

func hiragana(text string) int {
	n := 0
	for _, r := range text {
		if unicode.Is(unicode.Hiragana, r) {
			n++
		}
	}
	return n
}

var (
	hzRun   = regexp.MustCompile(`~\{(?:[!-}][!-~])+~{1,2}\}`)
	utf7Run = regexp.MustCompile(`\+([A-Za-z0-9+/]{3,})-?`)
)

// mendASCII reads the charsets that write Chinese in ASCII.
func mendASCII(text string) (string, string, error) {
	switch {
	case strings.Contains(text, "\x1b$B") || strings.Contains(text, "\x1b$@"):
		return "", "", ErrJapanese
	case hzRun.MatchString(text):
		was, err := simplifiedchinese.HZGB2312.NewDecoder().String(text)
		if hzRun.MatchString(was) { // written in it twice
			was, err = simplifiedchinese.HZGB2312.NewDecoder().String(was)
		}
		if _, q := frequency(was); err == nil && q >= asFrequent {
			return was, "HZ", nil
		}
	case utf7Run.MatchString(text):
		was := utf7Run.ReplaceAllStringFunc(text, fromUTF7)
		switch n, q := frequency(was); {
		case n < fewestWide || q < asFrequent:
		case !isPlausible(was):
			return "", "", ErrGarbled // a character of base64 was lost
		default:
			return was, "UTF-7", nil
		}
	}
	return text, "", nil
}

// isPlausible reports whether nearly all characters of a text are such as Chinese
// texts have.
func isPlausible(text string) bool { return plausibility(text) >= 0.97 }

// plausibility is the share of the characters of a text that are such as Chinese texts
// have.
func plausibility(text string) float64 {
	all, plausible := 0, 0
	for _, r := range text {
		all++
		if plausibleUTF16(r) {
			plausible++
		}
	}
	return float64(plausible) / float64(max(all, 1))
}

// fromUTF7 decodes a run of UTF-7, or leaves it where it is none.
func fromUTF7(run string) string {
	data, err := base64.RawStdEncoding.DecodeString(strings.TrimSuffix(run[1:], "-"))
	if err != nil {
		return run
	}
	was, err := encodings[UTF16BE].NewDecoder().Bytes(data[:len(data)&^1])
	if err != nil || strings.ContainsRune(string(was), utf8.RuneError) {
		return run
	}
	return string(was)
}
