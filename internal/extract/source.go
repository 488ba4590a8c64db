package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Reasons that a text is refused for which is written for machines, or of which the
// characters are gone.
var (
	errEscaped = NoReport("written in escapes (&#20020; \\u4e34 %E4 =E4), which no search reads; decode it and save it as UTF-8")
	errSource  = NoReport("written for a program, not to be read: source, markup or packed data; save the text that it shows")
	errGone    = NoReport("garbled: its characters were lost when it was saved (???, □□□); get the file again")
)

// Shares of a text, in characters that are no blanks.
const (
	mostCode    = 0.1  // of signs that programs are written in; reports have a thousandth
	mostGone    = 0.25 // question marks and boxes
	mostEscaped = 0.4
	mostRun     = 0.5 // in runs of more than longestRun letters and figures
	mostHex     = 0.3 // of words, that are two figures of sixteen with a letter among them
	longestRun  = 60

	fewestControls = 8
	fewestSource   = 200 // characters; a report may quote a line of code
)

// isCode are the signs that programs and markup are written in.
var isCode = func() (is [utf8.RuneSelf]bool) {
	for _, c := range "{}<>=\\^`$#@~_+;&[]\"" {
		is[c] = true
	}
	return is
}()

// isPacked are the characters that base64 and hexadecimal figures are written in.
var isPacked = func() (is [256]bool) {
	for _, c := range "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+/=" {
		is[c] = true
	}
	return is
}()

// Written gives an error for a text of a format without fonts that nobody wrote to be
// read: it is meant for a program, or its characters are gone.
func Written(text string) error {
	const head = 64 << 10 // bytes; as good as the whole
	if len(text) > head {
		text = strings.ToValidUTF8(text[:head], "")
	}
	t := tallyOf(text)
	share := func(n int) float64 { return float64(n) / float64(t.all) }
	switch {
	case t.controls >= fewestControls && float64(t.controls) > mostBad*float64(len(text)):
		return errGone
	case t.all < fewestToJudge:
		return nil
	case share(t.gone) > mostGone:
		return errGone
	case isEscaped(text, t.all):
		return errEscaped
	case t.all >= fewestSource && share(t.code) > mostCode, share(t.inRuns) > mostRun, 2*t.ascii > t.all && isDump(text):
		return errSource
	}
	return nil
}

// A tally counts the characters of a text that are no blanks, and of those which tell
// that nobody wrote it.
type tally struct{ all, ascii, code, gone, controls, inRuns int }

func tallyOf(text string) (t tally) {
	run := 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c >= utf8.RuneSelf:
			if c >= 0xC0 { // a character begins
				t.all++
			}
			if c == 0xE2 && strings.HasPrefix(text[i:], "□") {
				t.gone++
			}
		case c > ' ':
			t.all, t.ascii = t.all+1, t.ascii+1
			if isCode[c] {
				t.code++
			} else if c == '?' {
				t.gone++
			}
		case c < '\t', c > '\r' && c < ' ':
			t.controls++
		}
		if !isPacked[c] {
			run = 0
		} else if run++; run == longestRun {
			t.inRuns += run
		} else if run > longestRun {
			t.inRuns++
		}
	}
	return t
}

var escape = regexp.MustCompile(`&(?:amp;)?#[xX]?[0-9A-Fa-f]+;|\\u[0-9A-Fa-f]{4}|%[0-9A-F]{2}|=[0-9A-F]{2}`)

// isEscaped reports whether most of a text of so many characters is escapes.
func isEscaped(text string, all int) bool {
	const longest = 20 // characters of an escape; most texts have too few signs to be looked at closely
	signs := 0
	for _, sign := range []string{"&", `\`, "%", "="} {
		signs += strings.Count(text, sign)
	}
	if float64(longest*signs) <= mostEscaped*float64(all) {
		return false
	}
	n := 0
	for _, at := range escape.FindAllStringIndex(text, -1) {
		n += at[1] - at[0]
	}
	return float64(n) > mostEscaped*float64(all)
}

// isDump reports whether a text shows bytes, two figures each.
func isDump(text string) bool {
	words, hex := 0, 0
	for word := range strings.FieldsSeq(text) {
		words++
		if len(word) == 2 && strings.Trim(word, "0123456789abcdefABCDEF") == "" && strings.ContainsAny(word, "abcdefABCDEF") {
			hex++
		}
	}
	return words >= fewestToJudge && float64(hex) > mostHex*float64(words)
}
