package pages

import (
	"cmp"
	"fmt"
	"net/http"
	"strings"
	"time"

	"baogao"
)

// An Operation is one of the API, as its contract has it.
type Operation struct {
	ID, Path   string
	Parameters []Parameter
	Statuses   []string // of its answers, in order
}

// A Parameter is one of an operation.
type Parameter struct {
	Name             string
	In               string // query or path
	Required         bool
	Many             bool     // it may be given several times
	Type             string   // of one value: string, integer or boolean
	Enum             []string // the values there are; none where the type allows all
	Minimum, Maximum *int     // of a number; nil where there is no bound
}

// An operation is one of the API as the page describes it.
type operation struct {
	Path, Says, Example string
	Params              []parameter
	Statuses            []string
}

type parameter struct {
	Name, Type, Says string
	Required         bool
}

// operationSays and parameterSays are the descriptions of the API in the
// language of the pages, by operation and by the name of the parameter, or by
// both where it means something else there.
var (
	operationSays = map[string][2]string{
		"search":    {"搜索段落。总数和各项计数都是确切的；next 是下一页的游标，可以一直翻到末尾。", "/api/v1/search?q=行政复议&level=district&limit=5"},
		"report":    {"一篇报告：所知的信息及依据、清理情况、全部段落。", ""},
		"passage":   {"一个段落，形式与搜索结果相同，不带标记。", ""},
		"regions":   {"一个名称或代码可能指的地区，各收录了几篇报告。", "/api/v1/regions?q=鼓楼区"},
		"stats":     {"馆藏的数量。", "/api/v1/stats"},
		"trend":     {"几个问题并列，按年份、地区、层级或类型计数：段落、报告、次数、每万字次数、提及报告占比及其95%区间。没有收录的是 null，不是 0。", "/api/v1/trend?q=行政复议&q=信访&by=province"},
		"panel":     {"几个问题并列，按地区和年份计数，即面板数据。没有收录的是 null，不是 0。", "/api/v1/panel?q=行政复议&rows=city"},
		"figures":   {"所匹配段落中的数字：量的是什么、数值、单位、是否已实现、原句；可以按这些限定，或按指标计数。总数是确切的。", "/api/v1/figures?q=行政复议&indicator=受理&unit=件&sort=-value"},
		"indicator": {"一个指标在各地区、各年份的数值。not held 是没有收录报告，not said 是报告没有说，都不是 0；不同的数值并列。", "/api/v1/indicator?indicator=行政复议·收&unit=件"},
		"targets":   {"计划中的目标与后来报告所说的结果对照：达到、未达到、未报告、未收录报告、不可比（附原因）；两处原句都带引用。", "/api/v1/targets?region=肥西县"},
		"cite":      {"引用一篇报告或一个段落：GB/T 7714—2015 著录、BibTeX、RIS、CSL-JSON，或行文中的一句。不知道的项目略去；联机的来源带有今天的日期。", ""},
		"export":    {"下载全部结果，不限数量；传输完整结束，文件才是完整的。", "/api/v1/export?q=行政复议&format=jsonl"},
	}
	parameterSays = map[string]string{
		"id":             "标识，取自搜索结果；其中的 # 写作 %23",
		"q":              "问题，写法见“怎样提问”；不填则是全部段落",
		"cite id":        "报告或段落的标识，取自搜索结果",
		"cite q":         "问题：引用段落中含有所查内容的句子；不填则引整段",
		"trend q":        "问题，可以给几个，最多20个",
		"panel q":        "问题，可以给几个，最多20个",
		"rows":           "各行是什么：province 省、city 市、district 区县；各列是年份",
		"by":             "按什么计数：year 年份、province 省、city 市、district 区县、level 层级、kind 类型",
		"style":          "格式：gbt7714、bibtex、ris、csl 或 plain",
		"regions q":      "地区的代码、全称或简称",
		"region":         "地区的代码或名称，包括其下的地区；可以给几个",
		"level":          "层级；可以给几个",
		"year":           "报告所述的年份或年份段；可以给几个",
		"kind":           "类型；可以给几个",
		"sure":           "地区、层级、年份、类型凡已知的，置信度都不低于此数，如 0.8",
		"ocr":            "yes 只要由机器识别（OCR）读出的报告，包括只有几页的；no 只要其余的",
		"report":         "只在这一篇报告里找",
		"sort":           "排序：relevance 相关程度，year 旧的在前，-year 新的在前，region 地区",
		"group":          "passage 每项是一个段落；report 每项是一篇报告，给出其中最好的一段和段数、次数（in_report）",
		"offset":         "略过的项数；不能与 cursor 同用",
		"limit":          "给出的项数，最多200；0 则只给计数",
		"cursor":         "前一次回答里的 next；问题、限定和排序须相同",
		"exact":          "true 则只按原词找，不找别名，也不列出相近的段落",
		"all_copies":     "true 则相同文本的副本也算",
		"cells":          "true 则另按地区与年份计数",
		"lang":           "提醒的语言：en 英文，zh 中文",
		"format":         "csv 或 xlsx 表格，jsonl 每行一个段落，md 笔记，about 是文件的说明：问题、限定、日期等",
		"bom":            "true 则 CSV 以 BOM 开头，旧版电子表格软件需要",
		"indicator":      "指标名称或指标键中的词；带 · 的是键的几段，如 行政复议·受理",
		"key":            "指标键，只要这一个指标的数字",
		"unit":           "单位，不带万、亿；可以给几个",
		"status":         "achieved 已实现、target 目标、earlier 作对照的旧值；可以给几个",
		"min":            "数值不小于此数，如 10、1.5亿",
		"max":            "数值不大于此数",
		"figures kind":   "数字的类别：count 数量、amount 金额、rate 比率、growth 增幅、gap 差距、rank 位次、duration 时长、area 面积、quantity 度量、index 倍数；或报告的类型；可以给几个",
		"figures sort":   "排序：按段落（同搜索），value 数值小的在前，-value 大的在前，year、-year 按所属年份，key 按指标",
		"figures group":  "figure 每项是一个数字；key 每项是一个指标，给出报告数、地区数、年份数和各种说法",
		"figures limit":  "给出的项数，最多200；0 则只给总数",
		"figures offset": "略过的项数",

		"indicator indicator": "指标键，或名称与指标键中的词；词指几个指标时，keys 列出各键",
		"indicator rows":      "各行是什么：不填则是报告的各个地区；province 省、city 市、district 区县则只要这一级的；各列是年份",
		"indicator status":    "achieved 已实现（不填时）、target 目标、earlier 作对照的旧值；可以给几个",
		"indicator kind":      "数字的类别，或报告的类型，同 figures；可以给几个",
		"targets kind":        "数字的类别，或报告的类型，同 figures；可以给几个",
		"targets year":        "作出计划的报告所述的年份或年份段；可以给几个",
		"targets limit":       "给出的项数，最多200；0 则只给总数",
		"targets offset":      "略过的项数",
		"verdict":             "只要这样的目标：reached 达到、missed 未达到、not reported 未报告、no report held 未收录报告、not comparable 不可比；可以给几个",
	}
)

func apiPage(operations []Operation) maker {
	var all []operation
	for _, op := range operations {
		all = append(all, described(op))
	}
	return func(*http.Request, baogao.Searcher, time.Time) (*layout, error) {
		return &layout{name: "api.html", Title: "接口", Page: all}, nil
	}
}

func described(op Operation) operation {
	says := operationSays[op.ID]
	page := operation{Path: op.Path, Says: says[0], Example: says[1], Statuses: op.Statuses}
	for _, p := range op.Parameters {
		says := cmp.Or(parameterSays[op.ID+" "+p.Name], parameterSays[p.Name])
		page.Params = append(page.Params, parameter{p.Name, typeOf(p), says, p.Required})
	}
	return page
}

// typeOf names the type of a parameter.
func typeOf(p Parameter) string {
	if p.Many {
		p.Many = false
		return typeOf(p) + "，可重复"
	}
	switch {
	case len(p.Enum) > 0:
		return strings.Join(p.Enum, " | ")
	case p.Type == "integer" && p.Minimum != nil && p.Maximum != nil:
		return fmt.Sprintf("整数，%d 到 %d", *p.Minimum, *p.Maximum)
	case p.Type == "integer":
		return "整数"
	case p.Type == "boolean":
		return "true 或 false"
	}
	return "文字"
}
