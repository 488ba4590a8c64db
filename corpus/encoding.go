package corpus

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

// The charsets, as Cleaning.Charset names them.
const (
	utf8Name    = "utf-8"
	gb18030Name = "gb18030"
	big5Name    = "big5"
	utf16LEName = "utf-16le"
	utf16BEName = "utf-16be"
)

var (
	errBinary      = errors.New("binary, not text; save it as text first")
	errUndecodable = errors.New("in no known charset; save it as UTF-8 first")
)

// maxBad is the share of characters that may be bad in a text that is read.
const maxBad = 0.01

var charsets = map[string]encoding.Encoding{
	gb18030Name: simplifiedchinese.GB18030,
	big5Name:    traditionalchinese.Big5,
	utf16LEName: unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
	utf16BEName: unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
}

// decode turns the bytes of a text file into UTF-8 and names the charset they
// were in, which it tells by the bytes alone. Up to one character in a
// hundred may be bad; each becomes U+FFFD.
func decode(data []byte) (text, charset string, err error) {
	if name, bom := byteOrderMark(data); name != "" {
		data = data[bom:]
		if name == utf8Name {
			return decodeUTF8(data)
		}
		return decodeAs(name, data)
	}
	if name := looksUTF16(data); name != "" {
		return decodeAs(name, data)
	}
	if isBinary(data) {
		return "", "", errBinary
	}
	if utf8.Valid(data) || badUTF8(data) < maxBad {
		return decodeUTF8(data)
	}
	return decodeBest(data, gb18030Name, big5Name)
}

func byteOrderMark(data []byte) (charset string, size int) {
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		return utf8Name, 3
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		return utf16LEName, 2
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		return utf16BEName, 2
	}
	return "", 0
}

func decodeUTF8(data []byte) (string, string, error) {
	if isBinary(data) {
		return "", "", errBinary
	}
	if utf8.Valid(data) {
		return string(data), utf8Name, nil
	}
	if badUTF8(data) >= maxBad {
		return "", "", errUndecodable
	}
	return strings.ToValidUTF8(string(data), "\uFFFD"), utf8Name, nil
}

func decodeAs(charset string, data []byte) (string, string, error) {
	text, err := charsets[charset].NewDecoder().Bytes(data)
	if err != nil || quality(string(text)).bad >= maxBad {
		return "", "", errUndecodable
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
		return "", "", errUndecodable
	}
	return text, charset, nil
}

// badUTF8 is the share of characters that are no UTF-8, or 1 where no
// character beyond ASCII is.
func badUTF8(data []byte) float64 {
	var all, wide, bad int
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		all++
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			wide++
		}
		data = data[size:]
	}
	if wide == 0 {
		return 1
	}
	return float64(bad) / float64(all)
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

// looksUTF16 names the byte order of a UTF-16 text without a mark: read in
// it, nearly every character is one that a Chinese text has. Bytes of the
// other charsets, taken in pairs, fall all over Unicode.
func looksUTF16(data []byte) string {
	head := data[:min(len(data), 64<<10)&^1]
	if len(head) < 4 || utf8.Valid(data) && bytes.IndexByte(head, 0) < 0 {
		return ""
	}
	for _, order := range []struct {
		name string
		high int // place of the high byte in a pair
	}{{utf16LEName, 1}, {utf16BEName, 0}} {
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
	switch {
	case r >= 0x4E00 && r < 0xA000, r >= 0x3000 && r < 0x3020, r >= 0x2010 && r < 0x2040, r >= 0xFF00 && r < 0xFF5F:
		return true
	case r == '\n' || r == '\r' || r == '\t' || r >= ' ' && r < 0x7F:
		return true
	}
	return false
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
		case r == utf8.RuneError, isPrivate(r), r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' && r != '\v':
			bad++
		}
		if all == 1<<16 {
			break // as good as the whole
		}
	}
	n := float64(max(all, 1))
	return reading{common: float64(common) / n, bad: float64(bad) / n}
}

func isPrivate(r rune) bool {
	return r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000
}
