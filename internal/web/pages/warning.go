package pages

import (
	"fmt"

	"baogao"
	"baogao/query"
)

// warningSays are the warnings of the parser in the language of the pages, by
// kind, with the same arguments.
var warningSays = map[string]string{
	"OR has nothing on one of its sides and was ignored":                        "OR 的一边没有词，未予理会",
	"AND has nothing on one of its sides and was ignored":                       "AND 的一边没有词，未予理会",
	"NOT has nothing after it and was ignored":                                  "NOT 后面没有词，未予理会",
	"a minus alone leaves nothing out and was ignored":                          "单独的减号没有排除什么，未予理会",
	"the parentheses hold nothing and were ignored":                             "括号里没有内容，未予理会",
	"the quotes hold nothing and were ignored":                                  "引号里没有内容，未予理会",
	"the parenthesis has no partner and was ignored":                            "括号没有配对，未予理会",
	"parentheses more than %d deep were ignored":                                "括号超过%d层，更深的未予理会",
	"a question holds at most %d words and fields; the rest was left out":       "一个问题最多有%d个词和限定，其余的没有用上",
	"a question has at most %d characters; the rest was left out":               "一个问题最多有%d个字，其余的没有用上",
	"the text is not valid UTF-8; what could not be read stands as %c":          "有些文字不是 UTF-8 编码，读不出的以%c代替",
	"the quote %c closes nothing and was ignored":                               "引号%c没有配对，未予理会",
	"the quote is not closed; everything after it was taken as quoted":          "引号没有闭合，其后的内容都按引号里的文字处理",
	"%s has no value and was taken as text":                                     "%s后面没有值，按普通文字处理",
	"%[3]v, so %[1]s%[2]s was taken as text":                                    "%[1]s没有“%[2]s”这个值，按普通文字处理",
	"%[2]q is not sentence, passage or report, so %[1]s%[2]s was taken as text": "%[1]s没有“%[2]s”这个值（应是 sentence、passage 或 report），按普通文字处理",
	"within:%s takes the place of within:%s":                                    "within:%s 取代了 within:%s",
	"the years were turned round to %v":                                         "年份的先后已改为 %v",
	"%s is a word like any other; the operator is %s":                           "“%s”按普通的词查找；要作运算符请写 %s",
	"%s is text like any other; the field is %s":                                "“%s”按普通文字查找；要作限定请写 %s",
	"%d more oddities were read in the same way":                                "还有%d处类似的情况，也这样处理",
}

// warningsOf says what was read otherwise than it was typed, and which regions
// do not exist.
func (p *Pages) warningsOf(s state, q *query.Query, res *baogao.Result) []string {
	var all []string
	for _, w := range q.Warnings {
		place := fmt.Sprintf("第%d个字", w.At)
		if w.After {
			place += "及以后"
		}
		all = append(all, place+"："+fmt.Sprintf(warningSays[w.Kind], w.Args...)+"。")
	}
	if res.Total.Passages > 0 || p.options.Resolve == nil {
		return all
	}
	for _, name := range p.regionNames(s, q.Root) {
		if !query.IsUnknown(name) && len(p.options.Resolve(name)) == 0 {
			all = append(all, fmt.Sprintf("没有叫“%s”的地区。请写地区的代码、全称或简称。", name))
		}
	}
	return all
}
