package testkit

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Hostile is what strangers write where they are read by people: it would steer
// a terminal, and has a line of its own, which begins with Forged, in every way.
const Hostile = "甲\x1b]0;zq9x\a\x1b[31m\b\x00\x7f\u009b31m\u200e\u200f\u061c\u202a\u202e\u2066\u2069" +
	"\n" + Forged + "\r" + Forged + "\r\n" + Forged + "\u0085" + Forged + "\u2028" + Forged + "\u2029" + Forged + "乙"

// Forged begins the lines that Hostile forges.
const Forged = "index: 99 reports"

// Steering says what of the output of a command would steer a terminal, forge a
// line, or turn or hide text; none if it is as it should be. A line may hold
// the words of a forged one, but not begin with them.
func Steering(output string) (faults []string) {
	for line := range strings.Lines(output) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, Forged) {
			faults = append(faults, fmt.Sprintf("a forged line: %q", line))
		}
		if !utf8.ValidString(line) {
			faults = append(faults, fmt.Sprintf("bytes that are no characters: %q", line))
		}
		if i := strings.IndexFunc(line, steers); i >= 0 {
			faults = append(faults, fmt.Sprintf("raw %q: %q", []rune(line[i:])[0], line))
		}
	}
	return faults
}

// steers knows the characters one by one, and so by another way than what it
// checks.
func steers(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7F && r < 0xA0, r == 0x2028, r == 0x2029:
		return true
	}
	return r == 0x061C || r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x206F || r == 0xFEFF
}
