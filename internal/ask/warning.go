package ask

import (
	"fmt"
	"strings"

	"baogao/query"
)

// A Language is one that warnings are said in.
type Language struct {
	sentences map[string]string                    // by id, as fmt.Sprintf takes them with the arguments
	place     string                               // of a character
	after     string                               // and of what stands behind it
	meaning   func(code, name, held string) string // of a name: a region and how many reports are held of it
}

// The ids of the warnings that are not those of package query.
const (
	RegionUnknown   = "region-unknown"   // the name
	RegionAmbiguous = "region-ambiguous" // the name; then for each region its code, its full name and how many reports are held of it
)

// Say says a warning as a sentence without a full stop.
func (l *Language) Say(w query.Warning) string {
	args := make([]any, len(w.Args))
	for i, a := range w.Args {
		args[i] = a
	}
	if w.ID == RegionAmbiguous {
		var meanings []string
		for i := 1; i+2 < len(w.Args); i += 3 {
			meanings = append(meanings, l.meaning(w.Args[i], w.Args[i+1], w.Args[i+2]))
		}
		args = []any{args[0], len(meanings), strings.Join(meanings, ", ")}
	}
	text := fmt.Sprintf(l.sentences[w.ID], args...)
	switch {
	case w.At == 0:
		return text
	case w.After:
		return fmt.Sprintf(l.after, w.At) + text
	}
	return fmt.Sprintf(l.place, w.At) + text
}

// English says warnings in English.
var English = &Language{
	place: "character %d: ", after: "character %d and after: ", meaning: func(code, name, held string) string {
		if held == "1" {
			return code + " " + name + " (1 report held)"
		}
		return code + " " + name + " (" + held + " reports held)"
	},
	sentences: map[string]string{
		"lone-or":        "OR has nothing on one of its sides and was ignored",
		"lone-and":       "AND has nothing on one of its sides and was ignored",
		"lone-not":       "NOT has nothing after it and was ignored",
		"idle-minus":     "a minus alone leaves nothing out and was ignored",
		"empty-group":    "the parentheses hold nothing and were ignored",
		"empty-quotes":   "the quotes hold nothing and were ignored",
		"lone-bracket":   "the parenthesis has no partner and was ignored",
		"too-deep":       "parentheses more than %s deep were ignored",
		"too-many":       "a question holds at most %s words and fields; the rest was left out",
		"too-long":       "a question has at most %s characters; the rest was left out",
		"not-utf8":       "the text is not valid UTF-8; what could not be read stands as %s",
		"stray-quote":    "the quote %s closes nothing and was ignored",
		"open-quote":     "the quote is not closed; everything after it was taken as quoted",
		"no-value":       "%s has no value and was taken as text",
		"bad-value":      "%[3]s, so %[1]s%[2]s was taken as text",
		"bad-scope":      "\"%[2]s\" is not sentence, passage or report, so %[1]s%[2]s was taken as text",
		"second-scope":   "within:%s takes the place of within:%s",
		"turned-years":   "the years were turned round to %s",
		"plain-operator": "%s is a word like any other; the operator is %s",
		"text-bracket":   "the parentheses were taken as text; leave them out, or put a blank before them and an operator in them, to group",
		"group-bracket":  "the parentheses were taken for a group; in quotes they are text",
		"many-oddities":  "%s more oddities were read in the same way",
		RegionUnknown:    "no region is called %s, so no report is in it; give a code, a full name or a short name",
		RegionAmbiguous:  "region %s has %d meanings, all of them are searched; give a code or a longer name to choose: %s",
	},
}

// Chinese says warnings in Chinese.
var Chinese = &Language{
	place: "第%d个字：", after: "第%d个字及以后：", meaning: func(code, name, held string) string { return code + " " + name + "（馆藏" + held + "篇）" },
	sentences: map[string]string{
		"lone-or":        "OR 的一边没有词，未予理会",
		"lone-and":       "AND 的一边没有词，未予理会",
		"lone-not":       "NOT 后面没有词，未予理会",
		"idle-minus":     "单独的减号没有排除什么，未予理会",
		"empty-group":    "括号里没有内容，未予理会",
		"empty-quotes":   "引号里没有内容，未予理会",
		"lone-bracket":   "括号没有配对，未予理会",
		"too-deep":       "括号超过%s层，更深的未予理会",
		"too-many":       "一个问题最多有%s个词和限定，其余的没有用上",
		"too-long":       "一个问题最多有%s个字，其余的没有用上",
		"not-utf8":       "有些文字不是 UTF-8 编码，读不出的以%s代替",
		"stray-quote":    "引号%s没有配对，未予理会",
		"open-quote":     "引号没有闭合，其后的内容都按引号里的文字处理",
		"no-value":       "%s后面没有值，按普通文字处理",
		"bad-value":      "%[1]s没有“%[2]s”这个值，按普通文字处理",
		"bad-scope":      "%[1]s没有“%[2]s”这个值（应是 sentence、passage 或 report），按普通文字处理",
		"second-scope":   "within:%s 取代了 within:%s",
		"turned-years":   "年份的先后已改为 %s",
		"plain-operator": "“%s”按普通的词查找；要作运算符请写 %s",
		"text-bracket":   "括号按原文的文字查找；若不是原文，请去掉，或在前面空一格、里面用上运算符来分组",
		"group-bracket":  "括号按分组处理；若是原文的文字，请放进引号",
		"many-oddities":  "还有%s处类似的情况，也这样处理",
		RegionUnknown:    "没有叫“%s”的地区，所以没有报告在其中；请写地区的代码、全称或简称",
		RegionAmbiguous:  "“%s”可能是%d个地区，都在查找之列；请写代码或更长的名称来选定：%s",
	},
}
