// Package clean undoes what the way to us put into a text: invisible characters,
// pinyin glosses, GBK out of step, blanks around lines and within words. A decoded text comes in;
// its lines go out, as published and as cleaned, with what was damaged on the way,
// and the counts of both go into baogao.Cleaning. All else stays as it was.
package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/charset"
)

// A Line is one line of a text, as published and cleaned. Both are without the
// blanks at their ends, and Text is not empty.
type Line struct {
	Published string
	Text      string
	Indent    int  // blanks before the text, in half-width columns
	Gap       bool // an empty line stands above
	Damaged   bool // bytes were lost here and could not be put back
}

// Lines cuts a text into lines and takes out of them what the way to us put
// there; lines that are empty then are left out. Cleaning what was cleaned
// changes nothing. Invisible characters go first, so that one inside a gloss or
// a damaged place does not hide it.
func Lines(text string, c *baogao.Cleaning) []Line {
	lines := splitLines(text)
	standard := standardIn(text)
	for i := range lines {
		if l := &lines[i]; strings.ContainsFunc(l.Text, isOdd) {
			l.Text, l.Damaged = withoutPrivate(analyzer.WithoutInvisible(l.Text), standard, c)
		}
	}
	if hasTone(text) {
		repairMisaligned(lines, c)
		stripGlosses(lines, c)
	}
	return closeUp(dropSign(trim(lines, c), c))
}

// trim takes the blanks off the ends of the lines, leaves out those that are
// empty, and counts the places where characters were lost.
func trim(lines []Line, c *baogao.Cleaning) []Line {
	trimmed := lines[:0]
	gap := false
	for _, l := range lines {
		l.Indent = indentOf(l.Text)
		l.Text = strings.TrimFunc(l.Text, unicode.IsSpace)
		l.Published = strings.TrimFunc(l.Published, unicode.IsSpace)
		if l.Text == "" {
			gap = true
			continue
		}
		if n := lostRuns(l.Text); n > 0 {
			c.Damaged += n
			l.Damaged = true
		}
		l.Gap, gap = gap, false
		trimmed = append(trimmed, l)
	}
	return trimmed
}

// lineEnds makes one of the kinds of line ends.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

// splitLines cuts a text at every kind of line end. Of empty lines below one another
// one stands for all.
func splitLines(text string) []Line {
	text = lineEnds.Replace(text)
	lines := make([]Line, 0, strings.Count(text, "\n")-strings.Count(text, "\n\n")+1)
	for s := range strings.SplitSeq(text, "\n") {
		if s == "" && len(lines) > 0 && lines[len(lines)-1].Text == "" {
			continue
		}
		lines = append(lines, Line{Published: s, Text: s})
	}
	return lines
}

func isOdd(r rune) bool { return analyzer.IsInvisible(r) || charset.IsPrivate(r) }

// standardIn is what private characters of a text stand for. Those of GBK are
// known; in Traditional characters they are those that a user of Big5 made.
func standardIn(text string) func(rune) rune {
	if strings.ContainsFunc(text, func(r rune) bool { return charset.Standard(r) != r }) && charset.IsTraditional(text) {
		return func(r rune) rune { return r }
	}
	return charset.Standard
}

// withoutPrivate makes private characters what they stand for, and removes those of
// which nobody knows what they were. Between two characters of a word that is
// damage; elsewhere they are bullets and the like.
func withoutPrivate(s string, standard func(rune) rune, c *baogao.Cleaning) (text string, damaged bool) {
	if !strings.ContainsFunc(s, charset.IsPrivate) {
		return s, false
	}
	runes := []rune(s)
	kept := runes[:0]
	for i := 0; i < len(runes); {
		end := i
		for end < len(runes) && charset.IsPrivate(runes[end]) && standard(runes[end]) == runes[end] {
			end++
		}
		if end == i {
			kept = append(kept, standard(runes[i]))
			i++
			continue
		}
		if len(kept) > 0 && end < len(runes) && isLetterOrDigit(kept[len(kept)-1]) && isLetterOrDigit(standard(runes[end])) {
			c.Damaged++
			damaged = true
		}
		i = end
	}
	return string(kept), damaged
}

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// indentOf counts the blanks a line begins with, in half-width columns.
func indentOf(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case r == '\u3000' || r == '\t':
			n += 2
		case unicode.IsSpace(r):
			n++
		default:
			return n
		}
	}
	return n
}

// lostRuns counts the places where characters could not be decoded.
func lostRuns(s string) int {
	n := 0
	var before rune
	for _, r := range s {
		if r == utf8.RuneError && before != r {
			n++
		}
		before = r
	}
	return n
}

// OneLine is a text that has its place on one line, such as a title, as one line
// without invisible characters and blanks between characters that were set apart.
func OneLine(s string) string {
	text, _ := withoutPrivate(analyzer.WithoutInvisible(s), standardIn(s), new(baogao.Cleaning))
	return analyzer.CloseUp(strings.Join(strings.Fields(text), " "))
}

// IsHan reports whether a character is Han: an ideograph, a radical or 〇.
func IsHan(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || r >= 0x20000 && r <= 0x3FFFF ||
		r >= 0xF900 && r <= 0xFAFF || r >= 0x2E80 && r <= 0x2FDF || r == '〇'
}
