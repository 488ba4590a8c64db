package corpus

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"baogao/internal/analyzer"
)

// Page chrome is what a web page shows around a text. A line is dropped only
// if it is chrome from end to end: a sentence that speaks of 关闭 or 打印 is
// none. Words are compared folded, so that both scripts are met.

// chromeWords are the buttons and labels that, alone or side by side, make up
// a line of chrome.
var chromeWords = wordSet(`
打印 打印本页 打印此页 打印文章 打印页面 关闭 关闭本页 关闭窗口 关闭页面 返回顶部 返回首页 返回列表 返回上页 返回上一页 返回 回到顶部 顶部
下载 全屏 收藏 收藏本页 加入收藏 我要收藏 设为首页 分享 分享到 我要分享 分享至 一键分享 复制链接 我要纠错 纠错 网页纠错 页面纠错 评论 点赞 朗读 语音播报 听全文
字号 字体 字体大小 文字大小 大 中 小 大号 中号 小号 特大 加大 减小 还原 默认 放大 缩小 视力保护色 适老化 无障碍 无障碍浏览 繁體 繁体 简体 手机版
微信 微博 新浪微博 腾讯微博 qq qq空间 人人网 朋友圈 扫一扫 扫一扫在手机打开当前页 扫一扫分享本页 扫一扫分享到微信 扫码浏览 手机扫一扫 二维码
相关附件 附件下载 相关链接 相关报道 相关文档 相关解读 相关新闻 相关文章 相关信息 相关稿件 相关政策 解读链接 政策解读链接 文件链接 原文链接 查看原文 点击查看 推荐阅读 延伸阅读 热门推荐 猜你喜欢
上一篇 下一篇 上一条 下一条 上一页 下一页 首页 尾页 末页 网站首页 网站地图 站点地图 联系我们 关于我们 网站声明 隐私声明 版权声明 使用帮助 登录 注册 搜索 导航 菜单
文件下载 在线链接地址 责任编辑 责编 编辑 审核 校对 终审 初审 复审 责任校对 false true null undefined`)

// noise are the characters that hold chrome words apart.
const noise = "()<>{}|/\\,.;:!?*+-=_~·、。，；：！？…#&@^'\" \t\u00A0\u3000\u2003\u2002⼁丨｜›»→←↑↓▲▼◆◇●○■□★☆"

// chromeStarts begin a line that is chrome to its end. limit is the most
// characters such a line has.
var chromeStarts = []struct {
	words string
	limit int
}{
	{"当前位置 您的位置 您现在的位置 您现在位置 您所在的位置 您所在位置 所在位置 现在位置 您当前的位置 您当前位置 当前的位置 我的位置", 90},
	{"上一篇: 下一篇: 上一条: 下一条:", 90},
	{"责任编辑: 责编: 编辑: (责任编辑: (编辑: [责任编辑: 审核: 校对: 初审: 复审: 终审: 责任校对: 录入: 打印时间: 分享到: 分享: 字体: 字号: 字体大小: 视力保护色: 扫一扫 扫描二维码 扫码 手机扫 点击数: 点击率: 点击量: 点击次数: 阅读次数: 浏览次数: 浏览量: 访问量: 阅读量: 访问次数: 阅读:", 40},
	{"版权所有 主办单位: 主办: 承办: 承办单位: 技术支持: 网站标识码 网站标识码: 网站支持ipv6 政府网站标识码 建议使用 您是第 copyright", 90},
}

var (
	registration = regexp.MustCompile(`(icp备|icp证|公网安备|网站标识码|版权所有|copyright|©)`)
	bareAddress  = regexp.MustCompile(`^\S{0,8}?(https?://|www\.)[!-~]+$`)
	machineID    = regexp.MustCompile(`^[0-9a-f]{24,}:?$`)
	pageNumber   = regexp.MustCompile(`^[-—–－─]+ *[0-9]{1,4}( *[-—–－─]+)?$|^第 *[0-9]{1,4} *页( *[,/ ]? *共 *[0-9]{1,4} *页)?$`)
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

// isChrome reports whether a line is page chrome.
func isChrome(text string) bool {
	if isAddress(text) || remains.MatchString(text) || isPageNumber(text) {
		return true
	}
	if len(text) > 4*chromeLimit || utf8.RuneCountInString(text) > chromeLimit {
		return false
	}
	folded := strings.TrimSpace(analyzer.Fold(text))
	if !strings.ContainsFunc(folded, isContent) {
		return strings.Trim(text, fragments) != ""
	}
	if machineID.MatchString(folded) {
		return true
	}
	if strings.ContainsRune(folded, '。') {
		return false
	}
	if m := markdownLink.FindStringSubmatch(text); m != nil {
		folded = analyzer.Fold(m[1])
	}
	return onlyChromeWords(folded) || startsAsChrome(folded) || isBreadcrumb(text) ||
		registration.MatchString(folded) && utf8.RuneCountInString(folded) <= 90
}

func isAddress(text string) bool {
	return (strings.Contains(text, "http") || strings.Contains(text, "www.")) && bareAddress.MatchString(text)
}

func isPageNumber(text string) bool { return len(text) < 60 && pageNumber.MatchString(text) }

// fragments are punctuation that, alone on a line, was broken off a sentence.
const fragments = "。，、；：！？“”‘’「」『』《》〈〉（）() "

// isContent reports whether a character says anything by itself.
func isContent(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || r == utf8.RuneError }

// onlyChromeWords reports whether a folded line falls into chrome words. A
// lone word of one character is none.
func onlyChromeWords(folded string) bool {
	parts := strings.FieldsFunc(folded, func(r rune) bool { return strings.ContainsRune(noise, r) || unicode.IsSpace(r) })
	whole := strings.Join(parts, "")
	if utf8.RuneCountInString(whole) < 2 {
		return false
	}
	if chromeWords[whole] {
		return true
	}
	for _, p := range parts {
		if !chromeWords[p] {
			return false
		}
	}
	return true
}

func startsAsChrome(folded string) bool {
	length := utf8.RuneCountInString(folded)
	folded = strings.TrimLeft(folded, "-·>* \t"+"([")
	for _, start := range chromeStarts {
		if length > start.limit {
			continue
		}
		for _, w := range strings.Fields(start.words) {
			rest, ok := strings.CutPrefix(folded, strings.TrimLeft(w, "(["))
			if ok && (strings.HasSuffix(w, ":") || boundary(rest)) {
				return true
			}
		}
	}
	return false
}

// boundary reports whether a chrome word that has no colon of its own ends
// where rest begins: the line goes on with something else than a sentence.
func boundary(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || !isHan(r) || !strings.ContainsAny(rest, ",;!?、")
}

// isBreadcrumb reports whether a line is a path through a site: short names
// held apart by > or its kin.
func isBreadcrumb(text string) bool {
	parts := pointers.Split(text, -1)
	if len(parts) < 2 {
		return false
	}
	home := false
	for _, p := range parts {
		p = strings.TrimSpace(analyzer.Fold(p))
		if strings.ContainsAny(p, ",;!?<") || utf8.RuneCountInString(p) > 40 || numeric(p) {
			return false
		}
		home = home || p == "首页" || strings.HasSuffix(p, "网站首页") || strings.HasSuffix(p, ":首页")
	}
	return home || len(parts) > 2
}

// numeric reports whether a cell begins or ends with a figure, as the sides
// of a comparison do.
func numeric(s string) bool {
	if s == "" {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsDigit(first) || unicode.IsDigit(last) || last == '%'
}

// isSizeWord reports whether a line is one of the single characters of a font
// size switch, which are chrome only beside other chrome.
func isSizeWord(text string) bool {
	switch strings.Trim(text, "[]【】() ") {
	case "大", "中", "小", "":
		return true
	}
	return false
}

// dropChrome takes the chrome out of the lines and gives what it took. The
// number of a page stands in the middle of a text; what is on both sides of
// other chrome does not belong together.
func dropChrome(lines []line) (kept []line, dropped []string) {
	numbers := pageNumbers(lines)
	kept = lines[:0]
	near := 0 // lines since the last chrome
	page, cut := false, false
	for i, l := range lines {
		number := numbers[i] || isPageNumber(l.text)
		if number || isChrome(l.text) || len(dropped) > 0 && isNearChrome(l.text, dropped[len(dropped)-1], near) {
			dropped = append(dropped, l.published)
			page, cut, near = number, cut || !number, 0
			continue
		}
		l.gap, l.cut = l.gap && !page, cut
		page, cut, near = false, false, near+1
		kept = append(kept, l)
	}
	return kept, dropped
}

// isNearChrome reports whether a line is chrome for what stands above it: the
// last chrome, near lines up.
func isNearChrome(text, chrome string, near int) bool {
	return near <= 1 && isSizeWord(text) || near == 0 && isNameAfter(chrome, text)
}

// isNameAfter reports whether a line is the editor named by the line before.
func isNameAfter(before, text string) bool {
	if n := utf8.RuneCountInString(text); n < 2 || n > 4 || strings.ContainsFunc(text, func(r rune) bool { return !isHan(r) }) {
		return false
	}
	folded := strings.TrimSpace(analyzer.Fold(before))
	return strings.HasSuffix(folded, ":") && strings.Contains(folded, "编辑")
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
		n, ok := smallNumber(l.text)
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
	n := 0
	for _, r := range text {
		if r < '0' || r > '9' {
			return 0, false
		}
		n = 10*n + int(r-'0')
	}
	return n, text != ""
}
