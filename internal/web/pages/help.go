package pages

import (
	"net/http"
	"time"

	"baogao"
	"baogao/internal/web/address"
)

// An example is a question to copy, with what it finds.
type example struct{ Name, Says, Link string }

func examplesOf(questions [][2]string) []example {
	var all []example
	for _, q := range questions {
		all = append(all, example{q[0], q[1], address.State{Q: q[0]}.URL()})
	}
	return all
}

// ways are the ways to ask.
var ways = examplesOf([][2]string{
	{"行政复议", "这四个字连在一起；繁体报告里的“行政復議”也算"},
	{"行政复议 行政诉讼", "两个词都有"},
	{"行政复议 OR 信访", "至少有一个"},
	{"营商环境 -街道", "有“营商环境”，没有“街道”"},
	{`"行政复议案件 14件"`, "与引号里完全一样，空格也算"},
	{"(诉讼 OR 复议) 败诉率", "有“败诉率”，并有括号里的一个"},
	{"行政复议法（修订）", "紧接词语的括号是文字；要分组，在括号前空一格、里面用 OR"},
	{"“放管服”改革", "词里的引号和书名号有没有都一样：放管服改革、“放管服”改革都算"},
	{"\"“放管服”改革\"", "整个再加引号，原文里也须有引号、书名号"},
	{"行政复议 14件 within:sentence", "两个词在同一句里；within:report 是在同一篇里"},
	{"region:四川 信访", "四川省及其市、区县、街道的报告"},
	{"region:=四川 信访", "只是四川省本级的报告"},
	{"地区:四川、重庆 年份:2021,2022 信访", "限定也可以写中文；几个值用逗号、顿号或分号隔开，符合一个即可"},
	{"level:street year:2022..2024 执法", "街道乡镇2022至2024年的报告"},
	{"kind:法治 -region:遂宁 section:存在问题", "法治政府建设报告，遂宁除外，标题有“存在问题”的一节"},
})

// fieldWords are the name of a field, the Chinese words for it, and what it
// takes.
type fieldWords struct{ Name, Words, Says string }

// fieldHelp explains the fields.
var fieldHelp = []fieldWords{
	{Name: "region", Words: "地区", Says: "地区的代码、全称或简称，包括其下的地区；前面加 = 则只是本级；unknown 是地区不明"},
	{Name: "level", Words: "层级、级别", Says: "country 国家、province 省级、city 市级、district 区县、street 街道乡镇；也可以写中文"},
	{Name: "year", Words: "年份、年度", Says: "报告所述的年份，不是发布的年份：2022、2020..2024、2020..、..2024"},
	{Name: "kind", Words: "类型", Says: "rule-of-law 法治政府建设、work 政府工作、disclosure 政府信息公开、statistics 统计公报、budget 预算与计划、congress 人大法检、other 其他；也可以写中文"},
	{Name: "title", Words: "标题", Says: "标题里有这些字"},
	{Name: "issuer", Words: "发文机关", Says: "发文机关的名称里有这些字"},
	{Name: "number", Words: "文号", Says: "文号里有这些字，如 number:〔2023〕21号；括号的形状不限"},
	{Name: "section", Words: "章节", Says: "段落上方的标题里有这些字"},
	{Name: "plan", Words: "计划", Says: "no 只找已经做的，yes 只找计划要做的：“下一步打算”“2024年工作安排”之下的段落；也可以写 否、是"},
	{Name: "sure", Words: "置信度、把握", Says: "报告的地区、层级、年份、类型凡已知的，置信度都不低于此数：sure:0.8 或 80%；不明的不算在内。-sure:0.8 则找其余的"},
	{Name: "ocr", Words: "机器识别", Says: "yes 只找扫描后由机器识别的报告（包括只有几页的），其中难免有误字；no 只找其余的；也可以写 是、否"},
	{Name: "within", Words: "范围", Says: "词语须在同一 sentence（句）、passage（段，不写就是段）或 report（篇）里"},
}

func help(*http.Request, baogao.Searcher, time.Time) (*layout, error) {
	return &layout{name: "help.html", Title: "怎样提问", Page: struct {
		Ways   []example
		Fields []fieldWords
	}{ways, fieldHelp}}, nil
}
