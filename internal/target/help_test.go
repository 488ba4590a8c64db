package target_test

import "strings"

// split parts passages.
func split(text string) []string { return strings.Split(text, "|") }

// hasVerdict reports whether a row, with its reason in brackets, is a verdict and a result.
func hasVerdict(row, want string) bool {
	row, _, _ = strings.Cut(row, " (")
	return row == want
}
