package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"baogao"
)

// Some mirrors put their name behind every line of a text. What nearly every line
// ends with is none of it.
const (
	fewestSigned  = 4    // lines, to tell by
	manySigned    = 6    // lines, to tell by where it is not written like the name of a site
	shortestSign  = 8    // characters
	unsignedShare = 0.05 // of the lines, that may be without
)

// dropSign takes the words off that a mirror put behind every line.
func dropSign(lines []Line, c *baogao.Cleaning) []Line {
	sign := signOf(lines)
	if sign == "" {
		return lines
	}
	c.Dropped = append(c.Dropped, sign)
	kept := lines[:0]
	for _, l := range lines {
		l.Text = strings.TrimSpace(strings.TrimSuffix(l.Text, sign))
		if l.Text != "" {
			kept = append(kept, l)
		}
	}
	return kept
}

// signOf is what nearly all lines end with, "" for nothing. What ends a sentence
// is not part of it.
func signOf(lines []Line) string {
	n := len(lines)
	if n < fewestSigned {
		return ""
	}
	tail := tailOf(lines[n/2].Text)
	if tail == "" || tail != tailOf(lines[n/3].Text) && tail != tailOf(lines[n-1].Text) {
		return ""
	}
	sign, with, said := lines[n/2].Text, 0, map[string]bool{}
	for _, l := range lines {
		if !strings.HasSuffix(l.Text, tail) {
			continue
		}
		with++
		sign = commonTail(sign, l.Text)
		said[strings.TrimSuffix(l.Text, tail)] = true
	}
	if float64(n-with) > unsignedShare*float64(n) || len(said)*2 < n {
		return "" // the lines say the same
	}
	if i := strings.LastIndexAny(sign[:len(sign)-len(tail)], "。；！？：，、"); i >= 0 {
		_, size := utf8.DecodeRuneInString(sign[i:])
		sign = sign[i+size:]
	}
	if n < manySigned && !isSite(sign) {
		return ""
	}
	return sign
}

// isSite reports whether a text has Latin letters, or the dashes of the title of a site.
func isSite(s string) bool {
	return strings.Contains(s, "--") || strings.Contains(s, "——") || strings.ContainsFunc(s, func(r rune) bool { return r < utf8.RuneSelf && unicode.IsLetter(r) })
}

// tailOf is the last characters of a line, "" of a line that has no more.
func tailOf(text string) string {
	at := len(text)
	for range shortestSign {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		if at -= size; at == 0 {
			return ""
		}
	}
	if strings.ContainsAny(text[at:], "。；！？") {
		return "" // a sentence, or the end of one
	}
	return text[at:]
}

// commonTail is what two texts end with.
func commonTail(a, b string) string {
	n := 0
	for n < len(a) && n < len(b) {
		x, size := utf8.DecodeLastRuneInString(a[:len(a)-n])
		y, _ := utf8.DecodeLastRuneInString(b[:len(b)-n])
		if x != y {
			break
		}
		n += size
	}
	return a[len(a)-n:]
}
