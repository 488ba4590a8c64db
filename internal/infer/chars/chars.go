// Package chars looks at folded text by its characters: at either end of it, and for the
// words of a list.
package chars

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// AtMost reports whether s has n characters or fewer. It reads no more of s
// than that.
func AtMost(s string, n int) bool { return len(First(s, n)) == len(s) }

// First returns the first n characters of s.
func First(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// Last returns the last n characters of s.
func Last(s string, n int) string {
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	return s[i:]
}

func ContainsAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

func HasAnyPrefix(s string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(s, p) })
}

func HasAnySuffix(s string, suffixes []string) bool {
	return slices.ContainsFunc(suffixes, func(p string) bool { return strings.HasSuffix(s, p) })
}

func LastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// EndsSentence reports whether a line ends as a sentence or a clause of a list does.
func EndsSentence(s string) bool {
	r := LastRune(strings.TrimSpace(s))
	return r == '。' || r == ';'
}
