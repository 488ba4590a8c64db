// Package charset tells in which charset the bytes of a Chinese text are, and
// turns them into UTF-8.
package charset

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// The charsets that are told apart, as they are named to people.
const (
	UTF8    = "utf-8"
	GB18030 = "gb18030"
	Big5    = "big5"
	UTF16LE = "utf-16le"
	UTF16BE = "utf-16be"
)

// Errors of Decode.
var (
	ErrBinary  = errors.New("binary, not text; save it as text first")
	ErrUnknown = errors.New("in no known charset; save it as UTF-8 first")
)

// maxBad is the share of characters that may be bad in a text that is read.
const maxBad = 0.01

var encodings = map[string]encoding.Encoding{
	GB18030: gb18030{simplifiedchinese.GB18030},
	Big5:    traditionalchinese.Big5,
	UTF16LE: unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
	UTF16BE: unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
}

// Encoding is the encoding of a charset of Decode other than UTF-8.
func Encoding(name string) encoding.Encoding { return encodings[name] }

// Decode turns the bytes of a text file into UTF-8 and names the charset they
// were in, which it tells by the bytes alone. Up to one character in a hundred
// may be bad; each becomes U+FFFD. It fails with ErrBinary or ErrUnknown.
func Decode(data []byte) (text, charset string, err error) {
	charset, bom := Mark(data)
	if data = data[bom:]; charset == "" {
		charset = LooksUTF16(data)
	}
	switch {
	case charset != "" && charset != UTF8:
		return decodeAs(charset, data)
	case isBinary(data):
		return "", "", ErrBinary
	case utf8.Valid(data) || badUTF8(data) < maxBad:
		return strings.ToValidUTF8(string(data), "\uFFFD"), UTF8, nil
	case charset == UTF8:
		return "", "", ErrUnknown
	}
	return decodeBest(data, GB18030, Big5)
}

// Mark returns the charset that a byte order mark names, "" if data does not
// begin with one, and the bytes of the mark.
func Mark(data []byte) (charset string, size int) {
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		return UTF8, 3
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		return UTF16LE, 2
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		return UTF16BE, 2
	}
	return "", 0
}

func decodeAs(charset string, data []byte) (string, string, error) {
	text, err := encodings[charset].NewDecoder().Bytes(data)
	if err != nil || quality(string(text)).bad >= maxBad {
		return "", "", ErrUnknown
	}
	return string(text), charset, nil
}

// decodeBest decodes data in each of the charsets and takes the text that
// reads most like Chinese.
func decodeBest(data []byte, names ...string) (text, charset string, err error) {
	best := -1.0
	for _, name := range names {
		t, _, err := decodeAs(name, data)
		if err != nil {
			continue
		}
		if q := quality(t); q.common-10*q.bad > best {
			best, text, charset = q.common-10*q.bad, t, name
		}
	}
	if charset == "" {
		return "", "", ErrUnknown
	}
	return text, charset, nil
}

// badUTF8 is the share of the characters beyond ASCII that are no UTF-8. A text
// in another charset may be ASCII for the most part.
func badUTF8(data []byte) float64 {
	var wide, bad int
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			wide++
		}
		data = data[size:]
	}
	return float64(bad) / float64(max(wide+bad, 1))
}

// isBinary reports whether the first bytes hold a NUL, or are mostly control
// characters, which no charset but UTF-16 has in text.
func isBinary(data []byte) bool {
	head := data[:min(len(data), 64<<10)]
	control := 0
	for _, b := range head {
		switch {
		case b == 0:
			return true
		case b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f' && b != '\v':
			control++
		}
	}
	return control*10 > len(head)
}

// LooksUTF16 names the byte order of a UTF-16 text without a mark: read in
// it, nearly every character is one that a Chinese text has. Bytes of the
// other charsets, taken in pairs, fall all over Unicode.
func LooksUTF16(data []byte) string {
	head := data[:min(len(data), 64<<10)&^1]
	if len(head) < 4 || utf8.Valid(data) && bytes.IndexByte(head, 0) < 0 {
		return ""
	}
	for _, order := range []struct {
		name string
		high int // place of the high byte in a pair
	}{{UTF16LE, 1}, {UTF16BE, 0}} {
		plausible := 0
		for i := 0; i < len(head); i += 2 {
			if plausibleUTF16(rune(head[i+order.high])<<8 | rune(head[i+1-order.high])) {
				plausible++
			}
		}
		if plausible*100 >= 97*len(head)/2 {
			return order.name
		}
	}
	return ""
}

func plausibleUTF16(r rune) bool {
	return r >= 0x4E00 && r < 0xA000 || r >= 0x3000 && r < 0x3020 || r >= 0x2010 && r < 0x2040 || r >= 0xFF00 && r < 0xFF5F ||
		r == '\n' || r == '\r' || r == '\t' || r >= ' ' && r < 0x7F
}

// frequent are characters and punctuation that make up a third of any
// official text, Simplified and Traditional.
const frequent = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合因由其些然前外政二四五六七八九十市区县省府建设治政推务情况报告全组织代表会议委员党领导法规范督促深入贯彻落实" +
	"這個為來時們對會發動後過說產種經進著電裡現實兩體機當點從業應開區縣設務報組織會議員黨領導規範貫徹，。、；：“”（）《》\n0123456789"

var frequentSet = func() map[rune]bool {
	set := map[rune]bool{}
	for _, r := range frequent {
		set[r] = true
	}
	return set
}()

// Characters of a few words that every report has, as each script writes them.
const (
	ofTraditional = "這個為來時們對會發動後過說產種經進電現實兩體機當點從業應開區縣設務報組織議員黨領導規範貫徹"
	ofSimplified  = "这个为来时们对会发动后过说产种经进电现实两体机当点从业应开区县设务报组织议员党领导规范贯彻"
)

// IsTraditional reports whether a text is in Traditional characters.
func IsTraditional(text string) bool {
	more := 0
	for _, r := range text {
		switch {
		case r < 0x4E00:
		case strings.ContainsRune(ofTraditional, r):
			more++
		case strings.ContainsRune(ofSimplified, r):
			more--
		}
	}
	return more > 0
}

// reading says how much a decoded text reads like Chinese, in shares of its
// characters.
type reading struct {
	common float64 // frequent characters
	bad    float64 // U+FFFD, private use and control characters
}

func quality(text string) reading {
	var all, common, bad int
	for _, r := range text {
		all++
		switch {
		case frequentSet[r]:
			common++
		case r == utf8.RuneError, IsPrivate(r), r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' && r != '\v':
			bad++
		}
		if all == 1<<16 {
			break // as good as the whole
		}
	}
	n := float64(max(all, 1))
	return reading{common: float64(common) / n, bad: float64(bad) / n}
}

// IsPrivate reports whether Unicode leaves the meaning of r to private use.
func IsPrivate(r rune) bool {
	return r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000
}
