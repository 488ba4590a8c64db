package outline

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/clean"
)

// factLabels are the labels of the fact table above a report, folded and
// without blanks.
var factLabels = wordSet(`
索引号 索取号 信息索引号 统一编号 主题分类 组配分类 体裁分类 分类 信息分类 服务对象分类 发布机构 发布机关 发文机关 发文机构 发文单位 发布单位 制发机关 公开机构 责任部门 责任单位 公开责任部门 公开主体
公布日期 公布时间 信息时间 更新日期 发表时间 生成日期 成文日期 发文日期 发布日期 公开日期 公开时间 生效日期 实施日期 施行日期 废止日期 失效日期 成文时间 发布时间 发文时间 生成时间 更新时间 印发日期
信息名称 名称 标题 文件名称 文号 备注/文号 发文字号 文件编号 发文文号 公文字号 关键词 主题词 内容概览 内容概述 内容摘要 摘要 信息来源 来源 稿源 文章来源 时间 日期 作者 有效性 时效性 有效期 效力状态 是否有效 公开方式 公开范围 公开形式 公开程序 公开类别 公开属性 信息公开类别 信息有效性 语种 载体类型 在线链接地址 文件下载`)

// lineLabels are the labels that make a line by itself a line of facts, with
// no table around it.
var lineLabels = wordSet(`索引号 信息索引号 统一编号 标题 名称 文件名称 发布机构 发布机关 发文机关 发文机构 发文单位 发布单位 制发机关 公开机构 责任部门 公开责任部门 公开主体 公布日期 公布时间 更新日期 信息时间 备注/文号 文件编号 公开方式 公开范围 公开形式 公开类别 时效性 体裁分类 组配分类 生成日期 成文日期 发文日期 发布日期 公开日期 发布时间 更新时间 成文时间 发文字号 文号 信息来源 来源 稿源 文章来源 时间 日期 作者 有效性 主题分类 信息名称 信息分类`)

// chromeLabels stand among facts but say nothing of the report.
var chromeLabels = wordSet(`浏览次数 点击数 点击率 点击量 点击次数 阅读次数 浏览量 访问量 阅读量 访问次数 阅读 浏览 点击 字体 字号 字体大小 分享 分享到 打印 保护视力色 视力保护色 编辑 责任编辑 在线链接地址 文件下载`)

var (
	instant   = regexp.MustCompile(`^(?:(?:19|20)\d\d[-年./]\d{1,2}[-月./]\d{1,2}日?|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d)( +\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}秒?|分)?)?`)
	labelMark = regexp.MustCompile(`[^\s:;,()|】\]]{1,6}(?:[\s\x{3000}]{1,4}[^\s:;,()|】\]]{1,3}){0,4}[\s\x{3000}]*:`)
	bracketed = regexp.MustCompile(`[\[【]\s*(\p{Han}{2,8})\s*[\]】]`) // [ 发布日期 ] 2024-10-31
	sourceEnd = regexp.MustCompile(`^\((来源|稿源|信息来源):[^()。]{2,30}\)$`)
)

// takeFacts takes the fact table and the other lines of facts off the head of
// the lines, and a source off their end. What is left is the body.
func takeFacts(lines []line) (facts []baogao.Fact, body []line, dropped []string) {
	body = lines[:0]
	head, tail := headEnd(lines), tailStart(lines)
	for i := 0; i < len(lines); i++ {
		if i < head {
			if rows, n := tableAt(lines[i:head]); n > 0 {
				facts = append(facts, rows...)
				i += n - 1
				continue
			}
			if found, n, ok := factLine(lines[i:head]); ok {
				if len(found) == 0 {
					dropped = append(dropped, lines[i].Published)
				}
				facts = append(facts, found...)
				i += n - 1
				continue
			}
		}
		if source, ok := sourceLine(lines[i].Text); ok && i > 0 && i >= tail {
			if !slices.Contains(facts, source) {
				facts = append(facts, source)
			}
			continue
		}
		body = append(body, lines[i])
	}
	return facts, body, dropped
}

// foldShort folds a line of up to limit characters; a longer one is "".
func foldShort(s string, limit int) string {
	if len(s) > 4*limit || utf8.RuneCountInString(s) > limit {
		return ""
	}
	return analyzer.Fold(s)
}

// withFacts adds the facts that the format of a document holds to those of the
// text, as far as that does not give them.
func withFacts(facts, more []baogao.Fact) []baogao.Fact {
	for _, f := range more {
		same := func(o baogao.Fact) bool { return analyzer.Fold(o.Label) == analyzer.Fold(f.Label) }
		if !slices.ContainsFunc(facts, same) {
			facts = append(facts, f)
		}
	}
	return facts
}

// TitleFact is the title of a report by its facts, "" for none or one that is
// cut off.
func TitleFact(facts []baogao.Fact) string {
	for _, f := range facts {
		switch foldShort(f.Label, 12) {
		case "信息名称", "标题", "名称", "文件名称":
			if strings.HasSuffix(f.Value, "…") || strings.HasSuffix(f.Value, "...") {
				return ""
			}
			return f.Value
		}
	}
	return ""
}

// sourceLine reads a line like （来源：青石日报）. ok is false if it is none.
func sourceLine(text string) (fact baogao.Fact, ok bool) {
	text = withoutBlanks(text)
	m := sourceEnd.FindStringSubmatch(foldShort(text, 60))
	if m == nil {
		return fact, false
	}
	r, label := []rune(text), utf8.RuneCountInString(m[1])
	return baogao.Fact{Label: string(r[1 : 1+label]), Value: string(r[2+label : len(r)-1])}, true
}

// headEnd is the number of lines before the body begins: before the first
// line with a sentence in it, and no more than 60.
func headEnd(lines []line) int {
	const most = 60
	for i, l := range lines[:min(len(lines), most)] {
		if strings.Contains(l.Text, "|") || isCaption(l.Text) {
			continue
		}
		if strings.ContainsAny(l.Text, "。") || utf8.RuneCountInString(l.Text) > 120 {
			return i
		}
		if _, level := marker(l.Text); level > 0 && !strings.HasPrefix(l.Text, "—") {
			return i
		}
	}
	return min(len(lines), most)
}

// tableAt reads the fact table that starts with the first of the lines, and
// says how many of them it takes; 0 if there is none. The cells of all its
// rows are one stream, so that a page that puts each cell on a line of its
// own is read as well.
func tableAt(lines []line) ([]baogao.Fact, int) {
	var cells []string
	n, bars := 0, 0
	for _, l := range lines {
		count := strings.Count(l.Text, "|") + strings.Count(l.Text, "｜")
		if count == 0 {
			break
		}
		bars += count
		cells = append(cells, splitCells(l.Text)...)
		n++
	}
	known := func(cell string) bool {
		label, _ := labelOf(cell)
		return factLabels[label]
	}
	if bars < 2 || !slices.ContainsFunc(cells, known) {
		return nil, 0
	}
	facts, rest := pairCells(cells)
	if rest {
		return nil, 0
	}
	return facts, n
}

// splitCells gives the cells of a row without the bars at its ends.
func splitCells(row string) []string {
	row = strings.TrimSpace(strings.ReplaceAll(row, "｜", "|"))
	row = strings.TrimSuffix(strings.TrimPrefix(row, "|"), "|")
	return strings.Split(row, "|")
}

// pairCells gives each label the cell behind it, if that is no label itself.
// It tells whether something else is said in the rest of the cells.
func pairCells(cells []string) (facts []baogao.Fact, rest bool) {
	for i := 0; i < len(cells); i++ {
		_, label := labelOf(cells[i])
		if label == "" {
			rest = rest || strings.ContainsFunc(cells[i], isContent)
			continue
		}
		if i+1 == len(cells) {
			continue
		}
		value := strings.TrimFunc(cells[i+1], unicode.IsSpace)
		if next, _ := labelOf(value); next != "" || value == "" {
			continue
		}
		i++
		if f := (baogao.Fact{Label: label, Value: value}); !saysNothing(f) {
			facts = append(facts, f)
		}
	}
	return facts, rest
}

// labelOf reads a cell as a label: one that is known, or a short one with a
// colon at its end. It gives the label folded and as published, both without
// blanks and colon.
func labelOf(cell string) (folded, label string) {
	cell = withoutBlanks(cell)
	bare := strings.TrimRight(cell, ":：")
	folded = foldShort(bare, 12)
	if folded != "" && (factLabels[folded] || len(bare) < len(cell)) {
		return folded, bare
	}
	return "", ""
}

func withoutBlanks(s string) string { return without(s, unicode.IsSpace) }

func without(s string, drop func(rune) bool) string {
	return strings.Map(func(r rune) rune {
		if drop(r) {
			return -1
		}
		return r
	}, s)
}

// bullets stand before the items of a list.
const bullets = "•·●▪■◆◇○* \t\u3000"

// factLine reads lines that begin with a line of facts outside a table:
// 发布日期：2023-01-20 来源：区司法局 浏览次数：12. A label that ends its line
// has its value on the next. ok is false if the first line is none.
func factLine(lines []line) (facts []baogao.Fact, n int, ok bool) {
	text := bracketed.ReplaceAllString(lines[0].Text, "$1:")
	text = strings.Trim(strings.TrimLeft(text, bullets), "[]【】|丨 ")
	folded := foldShort(text, 120)
	if folded == "" {
		return nil, 0, false
	}
	if found, ok := dated([]rune(text), folded); ok {
		return found, 1, true
	}
	if !startsWithLabel(folded) {
		return nil, 0, false
	}
	facts = splitFacts([]rune(text), []rune(folded))
	if len(facts) == 1 && facts[0].Value == "" && len(lines) > 1 && isShortValue(lines[1].Text) && !isTitleEnd(lines[1].Text) && !startsWithLabel(foldShort(lines[1].Text, 120)) {
		facts[0].Value, n = lines[1].Text, 1
	}
	found := known(facts)
	if len(found) > 0 && !slices.ContainsFunc(found, func(f baogao.Fact) bool { return !chromeLabels[analyzer.Fold(f.Label)] }) {
		return nil, 0, false // 阅读：法治书屋进乡村 is an item
	}
	return found, n + 1, true
}

// dated reads a line that begins with a date: a time of day behind it, or
// labels, make it a line of facts.
func dated(text []rune, folded string) ([]baogao.Fact, bool) {
	at := instant.FindStringSubmatchIndex(folded)
	if at == nil {
		return nil, false
	}
	rest := strings.TrimLeft(folded[at[1]:], " (")
	n := utf8.RuneCountInString(folded[:at[1]])
	facts := []baogao.Fact{{Label: "时间", Value: strings.TrimSpace(string(text[:n]))}}
	switch {
	case rest == "":
		return facts, at[2] >= 0
	case !startsWithLabel(rest):
		return nil, false
	}
	return append(facts, known(splitFacts(text[n:], []rune(folded)[n:]))...), true
}

func startsWithLabel(folded string) bool {
	first, _, found := strings.Cut(folded, ":")
	first = withoutBlanks(first)
	return found && (lineLabels[first] || chromeLabels[first])
}

func isShortValue(text string) bool {
	return utf8.RuneCountInString(text) <= 20 && !strings.ContainsAny(text, "，。；：:,;|、")
}

// splitFacts cuts a line at its known labels. folded has the same characters.
func splitFacts(text, folded []rune) []baogao.Fact {
	var facts []baogao.Fact
	line := string(folded)
	end := -1 // of the label before, in characters
	for _, at := range labelMark.FindAllStringIndex(line, -1) {
		from, to := utf8.RuneCountInString(line[:at[0]]), utf8.RuneCountInString(line[:at[1]])
		from, ok := knownLabel(folded, from, to-1)
		if !ok {
			continue
		}
		if end >= 0 {
			facts[len(facts)-1].Value = trimValue(text[end:from])
		}
		facts = append(facts, baogao.Fact{Label: withoutBlanks(string(text[from : to-1]))})
		end = to
	}
	if end >= 0 {
		facts[len(facts)-1].Value = trimValue(text[end:])
	}
	return facts
}

// knownLabel finds the longest known label that ends at to, or else one that is
// not known, and where it starts at or behind start.
func knownLabel(folded []rune, start, to int) (int, bool) {
	from := start
	for ; from < to; from++ {
		label := withoutBlanks(string(folded[from:to]))
		if !unicode.IsSpace(folded[from]) && (lineLabels[label] || chromeLabels[label] || factLabels[label]) {
			return from, true
		}
	}
	return unknownLabel(folded, start, to)
}

// unknownLabel finds a label that ends at to and is none of those known: a few Han
// characters behind a blank. In a row of facts it ends the value before it.
func unknownLabel(folded []rune, from, to int) (int, bool) {
	const least, most = 2, 6
	at := to
	for at > from && clean.IsHan(folded[at-1]) {
		at--
	}
	n := to - at
	return at, n >= least && n <= most && at > 0 && unicode.IsSpace(folded[at-1])
}

func trimValue(r []rune) string {
	return strings.TrimFunc(string(r), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("[]【】|丨;；", r)
	})
}

// known leaves out the facts without value and those that say nothing of the
// report.
func known(facts []baogao.Fact) []baogao.Fact {
	return slices.DeleteFunc(facts, func(f baogao.Fact) bool { return f.Value == "" || saysNothing(f) })
}

// saysNothing reports whether a fact is page chrome: a count of readers, a
// row of buttons, the name of an editor.
func saysNothing(f baogao.Fact) bool {
	label, value := analyzer.Fold(f.Label), analyzer.Fold(f.Value)
	if !chromeLabels[label] {
		return false
	}
	said := label + ":" + value
	return !strings.ContainsFunc(value, clean.IsHan) || wordsOf(value) != content || isSizeWord(value) ||
		staff.MatchString(said) || count.MatchString(said) || sizes.MatchString(said)
}
