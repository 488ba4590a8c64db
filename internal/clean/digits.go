package clean

import (
	"strings"
	"unicode"
)

// spacedNumbers is how many numbers of a report, in sentences, have a blank between all
// their digits where they came by themselves.
const spacedNumbers = 3

// closeNumbers takes the blanks out of numbers that were set apart digit by digit, as a
// program does that sets figures of full width: 达到7 4 7 7 2 亿元，增长5 ．4 ％.
func closeNumbers(lines []Line) {
	count := 0
	for _, l := range lines {
		for range spacedOut(l.Text) {
			if count++; count == spacedNumbers {
				for i := range lines {
					lines[i].Text = withoutBlanks(lines[i].Text, spacedOut(lines[i].Text))
				}
				return
			}
		}
	}
}

// spacedOut finds the numbers of a sentence that have a blank between all their digits,
// in characters, half open. They stand between Chinese characters and marks.
func spacedOut(text string) (found [][2]int) {
	if !strings.ContainsFunc(text, unicode.IsSpace) || !strings.ContainsAny(text, "，。；") {
		return nil
	}
	s := []rune(text)
	for i := 0; i < len(s); i++ {
		if !unicode.IsDigit(s[i]) {
			continue
		}
		end, digits := spacedEnd(s, i)
		if digits > 1 && isBeside(s, i-1, -1) && isBeside(s, end, 1) {
			found = append(found, [2]int{i, end})
		}
		i = end
	}
	return found
}

// spacedEnd is where the digits and points end that begin at a place, a blank between
// each two, and how many digits there are; 0 where some stand together.
func spacedEnd(s []rune, i int) (end, digits int) {
	blank := true
	for end = i; end < len(s); end++ {
		switch r := s[end]; {
		case unicode.IsDigit(r):
			if !blank {
				for end < len(s) && unicode.IsDigit(s[end]) {
					end++
				}
				return end, 0
			}
			digits++
			blank = false
		case strings.ContainsRune(".．", r) && end+1 < len(s):
			blank = true
		case unicode.IsSpace(r) && end+1 < len(s) && strings.ContainsFunc(string(s[end+1]), isFigure):
			blank = true
		default:
			return end, digits
		}
	}
	return end, digits
}

func isFigure(r rune) bool { return unicode.IsDigit(r) || r == '.' || r == '．' }

// isBeside reports whether a character that may stand beside a number of a sentence is
// at a place, or behind one blank in a direction.
func isBeside(s []rune, at, direction int) bool {
	if at >= 0 && at < len(s) && unicode.IsSpace(s[at]) {
		at += direction
	}
	return at < 0 || at < len(s) && (IsHan(s[at]) || strings.ContainsRune("，。；：、（）％%", s[at]))
}

// withoutBlanks is a text without the blanks in some parts of it.
func withoutBlanks(text string, parts [][2]int) string {
	if parts == nil {
		return text
	}
	s, at := []rune(text), 0
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(string(s[at:p[0]]))
		b.WriteString(strings.Join(strings.Fields(string(s[p[0]:p[1]])), ""))
		at = p[1]
	}
	b.WriteString(string(s[at:]))
	return b.String()
}
