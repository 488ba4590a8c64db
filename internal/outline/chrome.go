package outline

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"baogao/internal/analyzer"
	"baogao/internal/clean"
)

// Page chrome is what a web page shows around a text. A line is dropped only
// if it is chrome from end to end: a wrongly dropped line can never be found,
// a line of chrome that is kept does little harm. So a line is chrome
//
//   - anywhere, if nobody could have published it: 打印本页, a path with 当前位置
//     before it, the number of a registration, a bare address;
//   - at the edges of a text, if other chrome stands beside it: 打印, 下载,
//     审核：张三, 承办：县信息中心. Elsewhere such a line is a cell or an item.
//
// Words are compared folded, so that both scripts are met.

// plainWords are the buttons and labels that make a line of chrome anywhere,
// alone or side by side.
var plainWords = wordSet(`
打印本页 打印此页 打印文章 打印页面 关闭本页 关闭窗口 关闭页面 返回顶部 返回首页 返回列表 返回上页 返回上一页 回到顶部
收藏本页 加入收藏 我要收藏 设为首页 分享到 我要分享 分享至 一键分享 复制链接 我要纠错 网页纠错 页面纠错 语音播报 听全文
字体大小 文字大小 视力保护色 无障碍浏览 手机版 新浪微博 腾讯微博 qq空间 人人网
扫一扫在手机打开当前页 扫一扫分享本页 扫一扫分享到微信 扫码浏览 手机扫一扫 扫描二维码 扫一扫
相关附件 附件下载 相关链接 相关报道 相关文档 相关解读 相关新闻 相关文章 相关稿件 解读链接 政策解读链接 文件链接 原文链接 查看原文 点击查看 推荐阅读 延伸阅读 热门推荐 猜你喜欢
上一篇 下一篇 上一条 下一条 上一页 下一页 网站首页 网站地图 站点地图 联系我们 关于我们 网站声明 隐私声明 版权声明 使用帮助
在线链接地址 责任编辑 责编 false true null undefined`)

// buttonWords are chrome beside other chrome only: they are also what a cell
// of a table or a step of a procedure says.
var buttonWords = wordSet(`
打印 关闭 返回 顶部 下载 全屏 收藏 分享 纠错 评论 点赞 朗读 字号 字体 大 中 小 大号 中号 小号 特大 加大 减小 还原 默认 放大 缩小 适老化 无障碍
繁體 繁体 简体 微信 微博 qq 朋友圈 二维码 相关信息 相关政策 首页 尾页 末页 登录 注册 搜索 导航 菜单 文件下载 编辑`)

// columnWords are the names of columns of a site that stand above the title of a
// report: chrome at the edges of a text.
var columnWords = wordSet(`
通知公告 公告公示 公示公告 公告栏 通知通告 政务公开 信息公开 政务信息公开 工作动态 政务动态 部门动态 乡镇动态 街道动态 专题专栏 法定主动公开内容 政府信息公开目录 信息公开目录
政府信息公开专栏 政府信息公开指南 重点领域信息公开 基础信息公开 正文 详情 文章详情 内容详情 详细信息 信息详情 文章内容 信息浏览 公文公报 政府公报 本地事 选择区域`)

// menuWords are what the menus of sites of governments say.
var menuWords = wordSet(`
首页 网站首页 主页 政务公开 信息公开 政府信息公开 新闻中心 新闻动态 政务动态 要闻动态 办事服务 政务服务 网上办事 便民服务 互动交流 政民互动 公众参与 领导之窗 专题专栏 政府数据 数据开放 机构职能
政策文件 政策法规 招商引资 投资指南 旅游 联系我们 网站地图 登录 注册 无障碍 长者版 移动端 繁体 English english en 简体 手机版 政务新媒体 解读回应 回应关切 法治政府 通知公告 数据发布 统计信息`)

// isMenu reports whether a folded line is a menu: short names side by side, a
// good part of them those of menus.
func isMenu(folded string) bool {
	parts := strings.FieldsFunc(folded, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("|丨/·", r) })
	const few, long = 4, 8
	if len(parts) < few {
		return false
	}
	known := 0
	for _, p := range parts {
		switch n := utf8.RuneCountInString(p); {
		case menuWords[p]:
			known++
		case n > long || strings.ContainsAny(p, ",。:;"):
			return false
		}
	}
	return known >= 2 && 3*known >= len(parts)
}

// clock is a line that tells the time at which a page was opened.
var clock = regexp.MustCompile(`^(?:今天是)?[: ]*(?:(?:19|20)\d\d ?[-年./] ?\d{1,2} ?[-月./] ?\d{1,2} ?日?)? *(?:(?:星期|周)[一二三四五六日天])? *(?:\d{1,2}:\d{2}(?::\d{2})?)?$`)

// isClock reports whether a folded line is one: a time without a date, or a day
// with that of the week.
func isClock(folded string) bool {
	return clock.MatchString(folded) && (strings.Contains(folded, "星期") || strings.Contains(folded, "周") || folded[0] >= '0' && folded[0] <= '9' && strings.Index(folded, ":") > 0 && strings.Index(folded, ":") <= 2)
}

// noise are the characters that hold chrome words apart.
const noise = "()<>{}|/\\,.;:!?*+-=_~·、。，；：！？…#&@^'\" \t\u00A0\u3000\u2003\u2002⼁丨｜›»→←↑↓▲▼◆◇●○■□★☆"

// sizes is a switch of font sizes.
var sizes = regexp.MustCompile(`^[\[( ]*字(体|号)(大小)? *:[\s\[\]()大中小]*$`)

// yourPlace is what stands before a path through a site and nowhere else.
const yourPlace = `您(现在|当前)?的?(所在)?的?位置`

// Patterns of folded lines that are chrome anywhere.
var plainPatterns = []*regexp.Regexp{
	regexp.MustCompile(`^[0-9a-f]{24,}:?$`), // an id made by a machine
	sizes,
	regexp.MustCompile(`^[-·>* ]*(上|下)一(篇|条):`),
	regexp.MustCompile(`^[-·>* ]*(` + yourPlace + ` *:?|当前的?位置 *:) *$`),
	regexp.MustCompile(`^[-·>* ]*(` + yourPlace + `|我的位置|当前的?位置|所在位置|现在位置) *:? *([^ ]{0,20}首页( *[>＞›»→/|-]|$)|[^ >＞›»]{1,20} *[>＞›»])`),
	regexp.MustCompile(`(icp备|icp证|公网安备|公安备案?)[号字第: ]{0,4}\d{4,}`),
	regexp.MustCompile(`(^|[\s©])版权所有([:\s©]|$)`),
	regexp.MustCompile(`^(copyright|\(c\)|©)([\s©(]|\d{4}|$)`),
	regexp.MustCompile(`^(政府)?网站标识码[: ]*[a-z]{0,2}\d{6,}`),
	regexp.MustCompile(`^本(网站|站|网)已?支持ipv6(网络|访问)?$`),
	regexp.MustCompile(`^/\S{2,60}\.(xlsx?|docx?|pdf|wps|zip|rar)$`), // a file to be fetched
	regexp.MustCompile(`^\p{Han}{2,20}(人民政府|政府|政府网|网站) *(19|20)\d\d年\d{1,2}月\d{1,2}日 *(星期|周)[一二三四五六日天]$`),
	regexp.MustCompile(`^(涉密文件严禁上网|严禁涉密信息上网)$`),
	regexp.MustCompile(`^.{0,24}提示:.{0,6}使用.{0,20}(浏览器|分辨率|\d{3,4} *[*x×] *\d{3,4}).{0,40}$`),
	regexp.MustCompile(`^建议使用.{0,20}(浏览器|分辨率|\d{3,4} *[*x×] *\d{3,4}|ie ?\d).{0,20}$`),
	regexp.MustCompile(`^您是第 *\d+ *位`),
	regexp.MustCompile(`^(用?微信|用?手机)?(扫一扫|扫码|扫描?二维码)[^:]{0,8}(当前页面?|本页|本文|此页|朋友圈|手机打开|手机浏览|手机观看|手机阅读|分享到?微信|关注我们)$`),
}

// names is one or a few persons, or a body with a name as short.
const names = `\p{Han}{2,4}([\s、]+\p{Han}{2,4}){0,2}`

// Patterns of folded lines that are chrome at the edges of a text.
var (
	editor = regexp.MustCompile(`^[\[(]?(责任编辑|责编) *: *` + names + ` *[\])]?$`)
	staff  = regexp.MustCompile(`^[\[(]?((责任编辑|责编|编辑|审核|校对|初审|复审|终审|一审|二审|三审|责任校对|录入|编审) *: *(` + names + `)? *)+[\])]?$`)
	count  = regexp.MustCompile(`^(点击(数|率|量|次数)|阅读(量|次数)?|浏览(量|次数)?|访问(量|次数)) *: *\d*次?$|^(打印|录入)时间 *: *\d{4}[-\d:. 年月日]*$`)
	foot   = regexp.MustCompile(`^(主办|承办|主办单位|承办单位|协办单位|技术支持|网站维护) *: *[^,;!?、\d]{2,30}$`)
)

var (
	bareAddress  = regexp.MustCompile(`^(\S{0,8}?)(?:https?://|www\.)[!-~]+$`)
	pageNumber   = regexp.MustCompile(`^[-—–－─]+ *[0-9]{1,4} *[-—–－─]+$|^[—–─] +[0-9]{1,4}$|^第 *[0-9]{1,4} *页( *[,/ ]? *共 *[0-9]{1,4} *页)?$`)
	remains      = regexp.MustCompile(`^(<!--.*-->|<!--|-->|&nbsp;|<br */?>)+$`)
	pointers     = regexp.MustCompile(`&gt;|[>＞›»→]+`)
	markdownLink = regexp.MustCompile(`^\[([^\]]*)\]\([^)\s]*\)$`)
)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// chromeLimit is the most characters of a line that may be chrome.
const chromeLimit = 100

// A verdict says how far a line by itself looks like page chrome.
type verdict int

const (
	content  verdict = iota
	blank            // not a letter or figure is in it: dropped, and vouches for nothing
	plain            // chrome wherever it stands
	labelled         // chrome at an edge of the text
	button           // chrome at an edge of the text, beside other chrome
	footer           // chrome at the end of the text, beside other chrome
)

// judge tells how far a line by itself looks like chrome.
func judge(text string) verdict {
	if isAddress(text) || remains.MatchString(text) || isPageNumber(text) {
		return plain
	}
	if len(text) > 4*chromeLimit || utf8.RuneCountInString(text) > chromeLimit {
		return content
	}
	folded := strings.TrimSpace(analyzer.Fold(text))
	if !strings.ContainsFunc(folded, isContent) {
		if strings.Trim(text, fragments) == "" {
			return content
		}
		return blank
	}
	if _, level := marker(text); level > 0 || strings.ContainsRune(folded, '。') {
		return content
	}
	if m := markdownLink.FindStringSubmatch(text); m != nil {
		folded = analyzer.Fold(m[1])
	}
	for _, p := range plainPatterns {
		if p.MatchString(folded) {
			return plain
		}
	}
	if v := wordsOf(folded); v != content {
		return v
	}
	switch {
	case editor.MatchString(folded), isBreadcrumb(text), isMenu(folded), isClock(folded), columnWords[strings.Trim(folded, noise)]:
		return labelled
	case staff.MatchString(folded), count.MatchString(folded):
		return button
	case foot.MatchString(folded):
		return footer
	}
	return content
}

// isAddress reports whether a line is an address, with at most a word of
// chrome before it.
func isAddress(text string) bool {
	if !strings.Contains(text, "http") && !strings.Contains(text, "www.") {
		return false
	}
	m := bareAddress.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	before := strings.Trim(analyzer.Fold(m[1]), noise+"[]")
	return before == "" || plainWords[before] || before == "链接"
}

func isPageNumber(text string) bool { return len(text) < 60 && pageNumber.MatchString(text) }

// fragments are punctuation that, alone on a line, was broken off a sentence.
const fragments = "。，、；：！？“”‘’「」『』《》〈〉（）() %‰％℃"

// isContent reports whether a character says anything by itself.
func isContent(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || r == utf8.RuneError }

// wordsOf judges a folded line that falls into chrome words: plain, if one of
// them is or if a switch of font sizes stands beside other buttons. A lone word of one character is
// none, and steps with arrows between them and the cells of a table are no
// buttons.
func wordsOf(folded string) verdict {
	parts := strings.FieldsFunc(folded, func(r rune) bool {
		return strings.ContainsRune(noise+"[]", r) || unicode.IsSpace(r)
	})
	whole := strings.Join(parts, "")
	if utf8.RuneCountInString(whole) < 2 {
		return content
	}
	if plainWords[whole] {
		return plain
	}
	found := button
	for _, p := range parts {
		switch {
		case plainWords[p]:
			found = plain
		case !buttonWords[p]:
			return content
		}
	}
	if isRow(folded) && found == button || strings.ContainsAny(folded, "→>、,") && len(parts) > 1 {
		return content
	}
	if len(parts) > 2 && (slices.Contains(parts, "字体") || slices.Contains(parts, "字号")) {
		return plain
	}
	return found
}

// isBreadcrumb reports whether a line is a path through a site: short names
// held apart by > or its kin, the first of them 首页 or the name of a site,
// or cut off before the line, or many of them.
func isBreadcrumb(text string) bool {
	parts := pointers.Split(text, -1)
	const many = 4 // parts that make a path without 首页 before it
	if len(parts) < 2 {
		return false
	}
	for i, p := range parts {
		p = strings.Trim(analyzer.Fold(p), " -·*")
		if i == 0 && p != "" && !strings.HasSuffix(p, "首页") && !strings.HasSuffix(p, "网站") && (len(parts) < many || !slices.ContainsFunc(parts, isColumn)) {
			return false
		}
		if strings.ContainsAny(p, ",;!?<") || utf8.RuneCountInString(p) > 40 {
			return false
		}
	}
	return true
}

// isColumn reports whether a part of a path is a column that sites of governments have.
func isColumn(part string) bool {
	p := strings.Trim(analyzer.Fold(part), noise)
	return menuWords[p] || columnWords[p]
}

// dropChrome takes the chrome out of the lines and gives what it took. The
// number of a page stands in the middle of a text; what is on both sides of
// other chrome does not belong together.
func dropChrome(lines []line) (kept []line, dropped []string) {
	numbers, chrome := pageNumbers(lines), findChrome(lines)
	kept = lines[:0]
	page, cut := false, false
	for i, l := range lines {
		number := numbers[i] || isPageNumber(l.Text)
		if number || chrome[i] {
			dropped = append(dropped, l.Published)
			page, cut = number, cut || !number
			continue
		}
		l.Gap, l.cut = l.Gap && !page, cut
		page, cut = false, false
		kept = append(kept, l)
	}
	return kept, dropped
}

// findChrome marks the lines that are chrome. Those that are chrome beside
// other chrome are judged by the run of such lines that they stand in.
func findChrome(lines []line) []bool {
	found := make([]bool, len(lines))
	head, tail := headEnd(lines), tailStart(lines)
	var r chromeRun
	for i, l := range lines {
		v := judge(l.Text)
		if i > 0 && found[i-1] && continuesChrome(lines[i-1].Text, l.Text) {
			v = plain
		}
		if i < tail && (v == footer || i >= head && v > plain) {
			v = content
		}
		switch {
		case v == plain, v == labelled:
			found[i], r.vouched = true, true
		case v == blank:
			found[i] = true
		case v == button, v == footer:
			r.waiting = append(r.waiting, i)
		case (i < head || i >= tail) && isFact(l):
			r.vouched = true
		default:
			r.end(found)
		}
	}
	r.end(found)
	return found
}

// A chromeRun is lines in a row that are chrome, facts, or may be chrome.
type chromeRun struct {
	waiting []int // the lines that may be
	vouched bool  // something among them is chrome or a fact for certain
}

// end marks the waiting lines of a run, if something vouches for them or they
// are many, and begins another run.
func (r *chromeRun) end(found []bool) {
	const many = 3
	if r.vouched || len(r.waiting) >= many {
		for _, i := range r.waiting {
			found[i] = true
		}
	}
	r.waiting, r.vouched = r.waiting[:0], false
}

// isFact reports whether a line by itself is one of facts about the report.
func isFact(l line) bool {
	if _, ok := sourceLine(l.Text); ok {
		return true
	}
	facts, _, _ := factLine([]line{l})
	return len(facts) > 0
}

// tailStart is the number of the line behind the last one with a sentence or
// the mark of a heading in it.
func tailStart(lines []line) int {
	for i := len(lines) - 1; i >= 0; i-- {
		if _, level := marker(lines[i].Text); level > 0 || strings.ContainsRune(lines[i].Text, '。') || utf8.RuneCountInString(lines[i].Text) > 120 {
			return i + 1
		}
	}
	return 0
}

// continuesChrome reports whether a line goes on with the chrome above it: a
// size of the switch of font sizes, or the editor named by the line before.
func continuesChrome(above, text string) bool {
	folded := strings.TrimSpace(foldShort(above, chromeLimit))
	if isSizeWord(text) {
		return isSizeWord(above) || strings.Contains(folded, "字体") || strings.Contains(folded, "字号")
	}
	return strings.HasSuffix(folded, ":") && strings.Contains(folded, "编辑") && isName(text)
}

// isSizeWord reports whether a line is one of the characters of a switch of
// font sizes.
func isSizeWord(text string) bool {
	switch strings.Trim(text, "[]【】() ") {
	case "大", "中", "小":
		return true
	}
	return false
}

// isName reports whether a line can be the name of a person.
func isName(text string) bool {
	n := utf8.RuneCountInString(text)
	return n >= 2 && n <= 4 && !strings.ContainsFunc(text, func(r rune) bool { return !clean.IsHan(r) })
}

// pageNumbers finds lines that hold nothing but a number, each one more than
// the one before and a page of lines behind it. Numbers that stand closer are
// a column of a table.
func pageNumbers(lines []line) map[int]bool {
	const page, enough = 8, 3
	var run []int
	found := map[int]bool{}
	flush := func() {
		if len(run) >= enough {
			for _, i := range run {
				found[i] = true
			}
		}
		run = run[:0]
	}
	expect := 0
	for i, l := range lines {
		n, ok := smallNumber(l.Text)
		if !ok {
			continue
		}
		if len(run) > 0 && (n != expect || i-run[len(run)-1] < page) {
			flush()
		}
		run, expect = append(run, i), n+1
	}
	flush()
	return found
}

// smallNumber reads a line that is a number of up to four digits.
func smallNumber(text string) (int, bool) {
	if len(text) > 4 {
		return 0, false
	}
	n, err := strconv.ParseUint(text, 10, 16)
	return int(n), err == nil
}
