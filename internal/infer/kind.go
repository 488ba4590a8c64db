package infer

import (
	"math"
	"strings"

	"baogao"
)

// The kinds of reports.
const (
	ruleOfLaw = string(baogao.RuleOfLaw)
	work      = string(baogao.Work)
	other     = string(baogao.Other)
)

// A sign is a word that speaks for a kind.
type sign struct {
	word   string
	weight float64
}

// openSigns are words of the title and the lines above the text.
var openSigns = map[string][]sign{
	work: {{"政府工作报告", 14}, {"代表大会", 3}},
	ruleOfLaw: {
		{"法治政府建设", 9}, {"依法行政", 7}, {"法治政府", 3}, {"法治建设", 6},
	},
}

// reportWords make a title that names rule of law the title of a report.
var reportWords = []string{"报告", "情况", "总结", "年报", "自查"}

// otherTitles end or hold titles of what is no yearly report.
var otherTitles = []string{
	"条例", "办法", "规定", "通知", "意见", "方案", "决定", "细则", "批复", "公告", "决议", "规划", "纲要", "规则", "令", "函", "公报",
	"通报", "解读", "要点", "指南", "措施", "准则", "宪法", "法典", "章程", "发布会", "简介", "预算", "统计",
}

// otherReports name the subject of yearly reports of another kind, which say
// 各位代表 and 行政执法 as well.
var otherReports = []string{
	"国民经济和社会发展", "预算执行", "预算草案", "财政预算", "决算", "信息公开工作", "政务公开工作", "信息公开年度", "执法数据", "执法统计",
	"审计工作", "环境状况", "人民检察院", "人民法院", "常务委员会工作报告", "常委会工作报告",
}

// workSigns are words of work reports; each counts once.
var workSigns = []sign{
	{"向大会报告", 8}, {"请予审议", 5}, {"各位代表", 4}, {"工作回顾", 4}, {"报告工作", 3}, {"政府工作报告", 2}, {"作工作报告", 4},
	{"地区生产总值", 1.5}, {"一般公共预算收入", 1}, {"固定资产投资", 1}, {"社会消费品零售总额", 1}, {"招商引资", 0.8},
	{"民生实事", 1.2}, {"乡村振兴", 0.5}, {"营商环境", 0.3}, {"就业", 0.3}, {"义务教育", 0.3}, {"养老", 0.5}, {"学位", 0.5},
	{"建议提案", 0.8}, {"政协", 0.4}, {"自身建设", 0.8}, {"双拥", 0.8}, {"城镇新增就业", 1}, {"居民人均可支配收入", 1},
	{"三公", 0.5}, {"区政府系统", 1}, {"生态环境", 0.3}, {"医疗", 0.3}, {"文化", 0.2}, {"产业", 0.3}, {"项目", 0.3},
	{"人大代表", 0.5}, {"国防动员", 0.6}, {"民族宗教", 0.5}, {"重点做好以下", 1}, {"今年工作", 0.8}, {"主要预期目标", 1.5},
	{"市场主体", 0.3}, {"房地产", 0.3}, {"粮食", 0.3}, {"群众满意率", 0.4}, {"同比增长", 0.8}, {"公立医院", 0.3},
}

// lawSigns are words of rule-of-law reports. Their weight is multiplied by
// the share of paragraphs that hold one, as work reports have a paragraph on
// the subject too.
var lawSigns = []string{
	"法治政府", "依法行政", "行政执法", "行政复议", "行政应诉", "重大行政决策", "规范性文件", "合法性审查", "法律顾问", "普法",
	"习近平法治思想", "依法治", "法治建设", "第一责任人", "公正文明执法", "应诉", "司法所", "法治宣传", "政务公开", "人民调解", "权责清单", "执法",
	"放管服", "行政许可", "行政处罚", "行政审批", "行政决策", "证明事项", "双随机", "府院联动", "行政争议", "出庭", "矛盾纠纷", "公共法律服务",
}

// otherSigns are phrases of what is no report; each counts once.
var otherSigns = []sign{
	{"特此通知", 6}, {"印发给你们", 8}, {"印发你们", 8}, {"政府信息公开条例", 3}, {"依申请公开", 2}, {"主动公开", 2}, {"请认真贯彻执行", 4}, {"请遵照执行", 4}, {"本办法", 4}, {"本条例", 5}, {"本法", 3}, {"本规定", 4}, {"本细则", 4},
	{"制定本", 14},
	{"自发布之日起", 4}, {"起施行", 4}, {"本报讯", 5}, {"新华社", 3}, {"央视网消息", 6}, {"本方案", 3}, {"本意见", 2}, {"实施方案", 1},
	{"主要任务", 1.5}, {"保障措施", 2}, {"总体要求", 1}, {"指导思想", 1}, {"基本原则", 1.5}, {"责任单位", 2}, {"各有关单位", 3},
	{"申报", 1.5}, {"记者", 1.5}, {"央视", 3}, {"批准这个报告", 12}, {"收悉", 4}, {"提案", 0.3}, {"答复如下", 4}, {"联系人", 2}, {"行动计划", 0.8}, {"附件", 1},
	{"本次会议", 0.5}, {"中央委员会向大会", 10}, {"届委员会向大会", 10}, {"本指南", 4}, {"本规划", 4}, {"重点任务", 1}, {"征求意见", 1.5}, {"推进计划", 0.5},
}

// guessKind weighs what kind of document it is.
func guessKind(d *document) Guess {
	var t tally
	for _, l := range append(d.heads(), d.path) {
		kindOfTitle(&t, l)
	}
	kindOfBody(&t, d)
	return t.guess()
}

// kindOfTitle adds what a title, a line above the text or the path says.
func kindOfTitle(t *tally, l line) {
	factor := 1.0
	if l.number == InPath {
		factor = 0.5
	}
	for _, w := range otherReports {
		if i := strings.Index(l.text, w); i >= 0 {
			t.add(other, 14*factor, l.at(i, len(w)))
			return
		}
	}
	if i, word := lastOf(l.text, otherTitles); word != "" && endsTitle(l.text[i+len(word):]) {
		t.add(other, 18*factor, l.at(i, len(word)))
		return
	}
	for kind, signs := range openSigns {
		for _, s := range signs {
			i := strings.Index(l.text, s.word)
			if i < 0 || kind == ruleOfLaw && !containsAny(l.text, reportWords) {
				continue
			}
			t.add(kind, s.weight*factor, l.at(i, len(s.word)))
			if kind == ruleOfLaw {
				break
			}
		}
	}
}

// lastOf returns the word of a list that stands last in s.
func lastOf(s string, words []string) (at int, word string) {
	at = -1
	for _, w := range words {
		if i := strings.LastIndex(s, w); i > at {
			at, word = i, w
		}
	}
	return at, word
}

// endsTitle reports whether what follows a word leaves it the last of its
// title: nothing, a bracket (试行) or the end of a file name.
func endsTitle(rest string) bool {
	return rest == "" || hasAnyPrefix(rest, []string{"(", "》", "."})
}

// kindOfBody adds what the words of the body say.
func kindOfBody(t *tally, d *document) {
	worked := newOnce(workSigns)
	others := newOnce(otherSigns)
	lawful, runes := 0.0, 0.0
	spoken := map[string]int{}
	var law spot
	for _, l := range d.lines {
		announcedKind(t, l)
		worked.see(l)
		others.see(l)
		if l.runes < 25 {
			continue
		}
		runes += float64(l.runes)
		if i, n, hits := hitsOf(l.text, lawSigns, spoken); hits > 0 {
			// One in forty characters is as dense as it gets.
			lawful += min(float64(l.runes), float64(40*hits))
			if law.text == "" {
				law = l.at(i, n)
			}
		}
	}
	share := lawful / max(runes, 1)
	t.add(ruleOfLaw, 16*share*share*min(1, runes/300)+breadth(spoken, runes)*spread(share), law)
	length := min(1, math.Sqrt(runes/3000))
	worked.vote(t, work, length)
	others.vote(t, other, 1)
	others.discount(t, other, share)
	if d.legislation {
		t.add(other, 10, spot{})
	}
	kindOfNothing(t, d.runes)
}

// breadth is how much the number of different words of rule-of-law reports
// says, where they stand close together. Of 85 work reports and 430 laws and
// policy papers the words of none were both as many and as close as in those
// reports, however much these tell of the economy.
func breadth(spoken map[string]int, runes float64) float64 {
	const usual, dense = 9, 0.008 // words that other texts have, and how many stand in a character
	hits := 0
	for _, n := range spoken {
		hits += n
	}
	return min(8, 0.8*float64(max(0, len(spoken)-usual))) * min(1, float64(hits)/(dense*max(runes, 1)))
}

// spread grows with the part of a text that the words stand in: a fifth is a
// chapter of a work report.
func spread(share float64) float64 { return min(1, max(0, 5*share-1)) }

// kindOfNothing takes a text that has enough words to tell, and none that
// tell one of the two kinds of reports, for neither.
func kindOfNothing(t *tally, runes int) {
	const enough = 500 // characters
	known := t.sum(work) + t.sum(ruleOfLaw)
	if known < 2 {
		t.add(other, (2-known)*min(1, float64(runes)/enough), spot{})
	}
}

// isLegislation reports whether a text is in articles.
func isLegislation(lines []line) bool {
	articles := 0
	for _, l := range lines {
		if isArticle(l.text) {
			articles++
		}
	}
	return articles >= 3 && articles > len(lines)/8
}

// announcedKind adds what a line says is reported: 现将2022年度法治政府建设情况报告如下.
func announcedKind(t *tally, l line) {
	i := strings.Index(l.text, "现将")
	if i < 0 {
		return
	}
	for _, s := range openSigns[ruleOfLaw] {
		if j := strings.Index(first(l.text[i:], 45), s.word); j >= 0 && containsAny(l.text[i+j:], reportWords) {
			t.add(ruleOfLaw, s.weight, l.at(i+j, len(s.word)))
			return
		}
	}
}

// A once collects signs that count the first time they are seen.
type once struct {
	left []sign
	seen []witness
}

func newOnce(signs []sign) *once { return &once{left: append([]sign(nil), signs...)} }

func (o *once) see(l line) {
	kept := o.left[:0]
	for _, s := range o.left {
		if i := strings.Index(l.text, s.word); i >= 0 {
			o.seen = append(o.seen, witness{l.at(i, len(s.word)), s.weight})
			continue
		}
		kept = append(kept, s)
	}
	o.left = kept
}

// vote adds what was seen. Weak signs count in proportion to factor, which
// is lower for short texts, in which few of them can stand.
func (o *once) vote(t *tally, kind string, factor float64) {
	for _, w := range o.seen {
		t.add(kind, w.strength*max(factor, 0.5), w.spot)
	}
}

// discount takes back a share of the weak signs: a report on the rule of law
// tells of notices, plans and responsible units.
func (o *once) discount(t *tally, kind string, share float64) {
	const strong = 4
	for _, w := range o.seen {
		if w.strength < strong {
			t.add(kind, -w.strength*share, spot{})
		}
	}
}

// hitsOf counts the words of a list in s, also each by itself, and says where
// the first of the list stands.
func hitsOf(s string, words []string, each map[string]int) (at, length, hits int) {
	for _, w := range words {
		if n := strings.Count(s, w); n > 0 {
			if hits == 0 {
				at, length = strings.Index(s, w), len(w)
			}
			hits += n
			each[w] += n
		}
	}
	return at, length, hits
}

// isArticle reports whether a line begins as an article of a law does.
func isArticle(s string) bool {
	rest, ok := strings.CutPrefix(strings.TrimLeft(s, " #*"), "第")
	if !ok {
		return false
	}
	i := strings.Index(rest, "条")
	return i > 0 && i <= 15 && strings.Trim(rest[:i], "一二三四五六七八九十百零〇0123456789 ") == ""
}
