package suggest

import (
	"fmt"
	"slices"
	"strings"

	"baogao"
	"baogao/internal/ask"
	"baogao/query"
)

// The ids of reasons, with their arguments. Behind these stand, for each word that
// is taken for a filter, it and the field: region, level, year or kind.
const (
	isMetadata    = "is-metadata"
	otherNumerals = "other-numerals" // the word, the other one
	otherMarks    = "other-marks"    // the word, the other one
	isList        = "is-list"        // the word
	widerScope    = "wider-scope"
	withoutField  = "without-field"  // the part of the question
	isPinyin      = "is-pinyin"      // what was typed, the word
	otherSpelling = "other-spelling" // the word, the other one
)

// Reasons lists the ids of the reasons of suggestions.
var Reasons = []string{isMetadata, otherNumerals, otherMarks, isList, widerScope, withoutField, isPinyin, otherSpelling}

// A language says reasons as sentences without a full stop.
type language struct {
	sentences map[string]string // by id, as fmt.Sprintf takes them with the arguments
	fields    map[string]string // what a word is that names a value of a field, likewise
	comma     string
}

var languages = map[*ask.Language]language{
	ask.English: {
		comma:  ", ",
		fields: map[string]string{"region": "%s is a place", "level": "%s is a level", "year": "%s is a year", "kind": "%s is a kind of report"},
		sentences: map[string]string{
			otherNumerals: "%s is also written %s",
			otherMarks:    "%s is written %s",
			isList:        "%s may be a list",
			widerScope:    "they stand in one passage, not in one sentence",
			withoutField:  "nothing is found within %s",
			isPinyin:      "%s is Pinyin",
			otherSpelling: "%s may be a slip",
		},
	},
	ask.Chinese: {
		comma:  "，",
		fields: map[string]string{"region": "“%s”是地区", "level": "“%s”是层级", "year": "“%s”是年份", "kind": "“%s”是报告类型"},
		sentences: map[string]string{
			otherNumerals: "“%s”也写作“%s”",
			otherMarks:    "“%s”在原文里写作“%s”",
			isList:        "“%s”可能是并列的几个词",
			widerScope:    "在同一段，不在同一句",
			withoutField:  "限定“%s”之内没有",
			isPinyin:      "“%s”是拼音",
			otherSpelling: "“%s”可能是笔误",
		},
	},
}

// say says why a question is proposed, in a language.
func say(p proposal, language *ask.Language) baogao.Warning {
	in := languages[language]
	var parts []string
	if sentence := in.sentences[p.why.ID]; sentence != "" {
		args := make([]any, strings.Count(sentence, "%s"))
		for i := range args {
			args[i] = p.why.Args[i]
		}
		parts = append(parts, fmt.Sprintf(sentence, args...))
	}
	for i := 0; i+1 < len(p.named); i += 2 {
		parts = append(parts, fmt.Sprintf(in.fields[p.named[i+1]], p.named[i]))
	}
	why := query.Warning{ID: p.why.ID, Args: slices.Concat(p.why.Args, p.named)}
	return baogao.Warning{Warning: why, Text: strings.Join(parts, in.comma)}
}
