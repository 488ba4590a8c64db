package outline

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// dropSuffix takes off the lines what a mirror put behind each of them: its name,
// an address. It is the same behind nearly all lines, is as long as a name, and ends
// no sentence.
func dropSuffix(lines []line) {
	const fewest = 4
	if len(lines) < fewest {
		return
	}
	suffix := commonSuffix(lines)
	if suffix == "" {
		return
	}
	for i := range lines {
		if bare, ok := strings.CutSuffix(lines[i].Text, suffix); ok && strings.TrimSpace(bare) != "" {
			lines[i].Text = strings.TrimRightFunc(bare, unicode.IsSpace)
		}
	}
}

// commonSuffix is what nine tenths of the lines end in, "" where that is short, ends
// a sentence, or holds nothing that a mirror writes and a report does not.
func commonSuffix(lines []line) string {
	const shortest = 6
	suffix := lines[0].Text
	if len(lines[0].Text) > len(lines[1].Text) {
		suffix = lines[1].Text
	}
	for first := true; ; first = false {
		if !first {
			_, size := utf8.DecodeRuneInString(suffix)
			suffix = suffix[size:]
		}
		if utf8.RuneCountInString(suffix) < shortest || endsSentence(suffix) {
			return ""
		}
		if signsMirror(suffix) && 10*endingIn(lines, suffix) >= 9*len(lines) {
			return suffix
		}
	}
}

func endingIn(lines []line, suffix string) int {
	n := 0
	for _, l := range lines {
		if strings.HasSuffix(l.Text, suffix) {
			n++
		}
	}
	return n
}

// signsMirror reports whether a text has Latin letters, or the dashes of the title of
// a site.
func signsMirror(s string) bool {
	return strings.Contains(s, "--") || strings.Contains(s, "——") || strings.ContainsFunc(s, func(r rune) bool { return r < utf8.RuneSelf && unicode.IsLetter(r) })
}
