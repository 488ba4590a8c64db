package main

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/cli"
)

// alsoLines are the lines about what may have been meant, each with the command
// that asks it of the same index, and with the same aliases, both "" where no flag
// names them.
func alsoLines(index, aliases string, typed ask.Typed, suggestions []baogao.Suggestion) []string {
	var lines []string
	for _, s := range suggestions {
		lines = append(lines, fmt.Sprintf("also: search %s   %s in %s   (%s)", arguments(index, aliases, typed.Following(s.Query, s.Filter)),
			cli.Count(s.Passages, "passage"), cli.Count(s.Reports, "report"), s.Why.Text))
	}
	return lines
}

// arguments are what a command line has for what was typed. What a command or a
// flag may look like stands behind --.
func arguments(index, aliases string, t ask.Typed) string {
	var words []string
	for _, flag := range []struct {
		name   string
		values []string
	}{{"region", t.Regions}, {"level", t.Levels}, {"year", t.Years}, {"kind", t.Kinds}, {"sure", said(t.Sure)}, {"ocr", said(t.OCR)}, {"aliases", said(aliases)}, {"index", said(index)}} {
		for _, v := range flag.values {
			words = append(words, "--"+flag.name+" "+shellWord(v, ""))
		}
	}
	if t.Copies {
		words = append(words, "--all-copies")
	}
	if t.Exact {
		words = append(words, "--exact")
	}
	switch question := shellWord(t.Question, " "); {
	case t.Question == "":
	case t.Question[0] == '-' || t.Question[0] < unicode.MaxASCII && unicode.IsLetter(rune(t.Question[0])):
		words = append(words, "--", question)
	default:
		words = append([]string{question}, words...)
	}
	return strings.Join(words, " ")
}

// said are the values of a flag that takes one: none where nothing was said.
func said(values ...string) []string {
	return slices.DeleteFunc(values, func(v string) bool { return strings.TrimSpace(v) == "" })
}

// shellWord quotes a text in which a shell would see more than a word, or words
// where blanks are plain.
func shellWord(text, blanks string) string {
	plain := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || r > unicode.MaxASCII && !unicode.IsSpace(r) || strings.ContainsRune(":.,=-/%_"+blanks, r)
	}
	if strings.IndexFunc(text, func(r rune) bool { return !plain(r) }) < 0 {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
