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
	reports   func(n string) string                // so many of them

	names          map[string]string // of values, by field and value
	years          func(value string) string
	itself         string            // a region without those in it, as fmt.Sprintf takes it
	of             map[string]string // by field, what is filtered on, likewise
	or, and, comma string
	within         string // what is filtered on, likewise
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
	switch w.ID {
	case NothingHeld:
		args = []any{l.filtered(w.Args)}
	case NothingFound, NothingFits:
		args = []any{l.reports(w.Args[0])}
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
		if held == "0" {
			return code + " " + name + " (not held)"
		}
		return code + " " + name + " (" + manyReports(held) + " held)"
	},
	reports: manyReports,
	names:   map[string]string{"ocr yes": "read by machine", "ocr no": "not read by machine"},
	years:   func(value string) string { return value },
	itself:  "%s itself",
	of:      map[string]string{"region": "%s", "level": "level %s", "year": "year %s", "kind": "kind %s", "sure": "confidence at least %s", "ocr": "%s", "q": "%s", "report": "report %s"},
	or:      " or ", and: " and ", comma: ", ", within: " of %s",
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
		NothingHeld:      "no report%s is held, so that nothing is found does not mean that nothing is said",
		NothingFound:     "nothing is found in the %s held within the filters",
		NothingFits:      "nothing fits among the %s held within the filters",
		RegionAmbiguous:  "region %s has %d meanings, all of them are searched; give a code or a longer name to choose: %s",
	},
}

// Chinese says warnings in Chinese.
var Chinese = &Language{
	place: "第%d个字：", after: "第%d个字及以后：", meaning: func(code, name, held string) string {
		if held == "0" {
			return code + " " + name + "（未收录）"
		}
		return code + " " + name + "（馆藏" + held + "篇）"
	},
	reports: func(n string) string { return n + "篇报告" },
	names: map[string]string{
		"level country": "国家", "level province": "省级", "level city": "市级", "level district": "区县", "level street": "街道乡镇", "level unknown": "层级不明",
		"kind rule-of-law": "法治政府建设", "kind work": "政府工作", "kind disclosure": "政府信息公开", "kind statistics": "统计公报",
		"kind budget": "预算与计划", "kind congress": "人大法检", "kind other": "其他", "kind unknown": "类型不明",
		"year unknown": "年份不明", "region unknown": "地区不明", "region =100000": "国家层面",
		"ocr yes": "机器识别", "ocr no": "非机器识别",
	},
	years:  chineseYears,
	itself: "%s本级",
	of:     map[string]string{"region": "%s", "level": "%s", "year": "%s", "kind": "“%s”类", "sure": "置信度不低于%s", "ocr": "%s", "q": "符合“%s”", "report": "符合“report:%s”"},
	or:     "、", and: "且", within: "%s的",
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
		NothingHeld:      "馆藏里没有%s报告，所以不是“没有提到”",
		NothingFound:     "所查的%s都没有提到",
		NothingFits:      "所查的%s都不符合",
		RegionAmbiguous:  "“%s”可能是%d个地区，都在查找之列；请写代码或更长的名称来选定：%s",
	},
}

func manyReports(n string) string {
	if n == "1" {
		return "1 report"
	}
	return n + " reports"
}

// chineseYears names a year or a span of years.
func chineseYears(value string) string {
	from, to, span := strings.Cut(value, "..")
	switch {
	case !span:
		return value + "年"
	case from == "":
		return to + "年及以前"
	case to == "":
		return from + "年及以后"
	}
	return from + "至" + to + "年"
}
