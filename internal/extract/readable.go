package extract

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"baogao/internal/charset"
)

// ErrUnreadable is what a text is refused with that is not what the pages
// show: the fonts have no map from glyphs to characters, or a wrong one.
var ErrUnreadable = NoReport("its fonts have no usable map to characters, what comes out is no text; as a PDF, --ocr reads it by machine (OCR)")

// Shares of a text, in characters that are no blanks.
const (
	mostBad       = 0.02 // lost or without a meaning
	mostAccented  = 0.2  // of Latin-1 above ASCII; French has a twentieth
	fewestWords   = 0.4  // letters and figures
	fewestCommon  = 0.7  // of the Han characters, in the first level of GB 2312 or Big5; reports have 0.98
	fewestToJudge = 40   // characters of a text that the last two are asked of
	fewestLost    = 3    // characters that are lost, of a text without fonts
)

// errIllegible is what a text is refused with that holds characters alone that
// nobody writes.
var errIllegible = NoReport("garbled: what it says is no text in any charset; get the file again")

// Legible gives an error for a text of a format without fonts that nobody can have
// written.
func Legible(text string) error {
	const head = 64 << 10 // bytes; as good as the whole
	if len(text) > head {
		text = strings.ToValidUTF8(text[:head], "")
	}
	c := censusOf(text)
	switch {
	case float64(c.accented) > mostAccented*float64(c.all) && c.all >= fewestToJudge,
		c.han >= fewestToJudge && float64(c.common) < fewestCommon*float64(c.han),
		c.bad >= fewestLost && float64(c.bad) > mostBad*float64(c.all),
		isMixed(text):
		return errIllegible
	}
	return nil
}

// Readable gives an error for a text that cannot be what a document says:
// characters are lost, or they are characters that nobody wrote.
func Readable(text string) error {
	c := censusOf(text)
	c.bad += strings.Count(text, "(cid:")
	return c.judge()
}

// censusOf counts the characters of a text, but for blanks, rules and bullets.
func censusOf(text string) (c census) {
	start := true
	var before rune
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			start = start || r == '\n'
			continue
		case r == before && !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != utf8.RuneError: // a leader, a rule
			continue
		case start && charset.IsPrivate(r): // a bullet
			continue
		}
		before, start = r, false
		c.add(r)
	}
	return c
}

// A census counts characters by what they tell of a text.
type census struct {
	all, bad, accented, words, han, common int
}

func (c *census) add(r rune) {
	c.all++
	switch {
	case r == utf8.RuneError, charset.IsPrivate(r), unicode.IsControl(r), !unicode.IsPrint(r) && !unicode.Is(unicode.Cf, r):
		c.bad++
	case unicode.Is(unicode.Han, r):
		c.words++
		c.han++
		if commonHan()[r] {
			c.common++
		}
	case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r):
		c.words++
	}
	if r >= 0xA1 && r <= 0xFF && !strings.ContainsRune("·×÷°±¹²³", r) {
		c.accented++
	}
}

func (c *census) judge() error {
	all := float64(c.all)
	switch {
	case float64(c.bad) > mostBad*all, float64(c.accented) > mostAccented*all:
		return ErrUnreadable
	case c.all < fewestToJudge:
		return nil
	case float64(c.words) < fewestWords*all:
		return ErrUnreadable
	case c.han >= fewestToJudge && float64(c.common) < fewestCommon*float64(c.han):
		return ErrUnreadable
	}
	return nil
}

// commonHan are the Han characters in the first level of GB 2312 or of Big5,
// which hold what is used in a text of today.
var commonHan = sync.OnceValue(func() map[rune]bool {
	common := map[rune]bool{}
	for _, level := range []struct {
		charset     encoding.Encoding
		first, last int
	}{
		{simplifiedchinese.GBK, 0xB0A1, 0xD7F9},
		{traditionalchinese.Big5, 0xA440, 0xC67E},
	} {
		decoder := level.charset.NewDecoder()
		for code := level.first; code <= level.last; code++ {
			if code&0xFF < level.first&0xFF {
				continue
			}
			s, err := decoder.String(string([]byte{byte(code >> 8), byte(code)}))
			if r, size := utf8.DecodeRuneInString(s); err == nil && size == len(s) && unicode.Is(unicode.Han, r) {
				common[r] = true
			}
		}
	}
	return common
})
