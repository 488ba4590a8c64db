package page

import (
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"
)

// Which part of a page is its text. A line of chrome that is kept does little
// harm, a paragraph that is dropped is never found. So nothing is chosen; what
// is surely not text is dropped:
//
//   - The core is the smallest block that holds three quarters of all
//     sentences, enlarged for as long as what comes in is not mostly links. In
//     the core only share bars, lists of links and the like go.
//   - Outside, a block goes if it has no sentence and is mostly links, or is
//     by its name a menu, a footer or a comment. Other sentences stay, and so
//     do titles and facts.
//
// A page without sentences is all core.

// prune marks what is dropped.
func prune(root *node) {
	core := findCore(root)
	for n := core; n != nil; n = n.parent {
		n.mark |= isCore
	}
	pr := pruner{total: root.found.prose}
	pr.outside(root, core)
}

// findCore finds the block of the main text.
func findCore(root *node) *node {
	total := root.found.core
	core := root
	if total == 0 {
		return core
	}
	for next := core; next != nil; {
		core, next = next, nil
		for c := core.first; c != nil; c = c.next {
			if c.mark&isDropped == 0 && c.isBlock() && c.found.core*4 >= total*3 {
				next = c
			}
		}
	}
	for core.parent != nil && isOneText(core, core.parent) {
		core = core.parent
	}
	return core
}

// isOneText reports whether nothing in outer beside inner looks like chrome,
// as titles, facts and short paragraphs do not.
func isOneText(inner, outer *node) bool {
	for c := outer.first; c != nil; c = c.next {
		if c == inner || c.tag == 0 || c.mark&isDropped != 0 {
			continue
		}
		if c.isChrome(chromeNames) || c.isChrome(cornerNames) || c.found.prose == 0 && c.found.mostlyLinks() {
			return false
		}
	}
	return true
}

type pruner struct{ total int32 }

// above is what the block above says of the next one.
type above int

const (
	nothing  above = iota
	listing        // it is the heading of a list of other articles
	attached       // it names what is attached
)

// below is what a node says of the one below it, after up.
func below(n *node, up above) above {
	switch {
	case !n.isBlock() || n.found.runes == 0:
		return up
	case n.found.lines > 1:
		return nothing
	case n.mark&hasLabel != 0 && strings.HasPrefix(strings.TrimSpace(textOf(n)), "附件"):
		return attached
	case isListHeading(textOf(n)):
		return listing
	}
	return nothing
}

// outside drops chrome from a block that the core is in or beside.
func (pr pruner) outside(n, core *node) {
	if n == core {
		pr.inside(n)
		return
	}
	up := nothing
	for c := n.first; c != nil; c = c.next {
		switch {
		case c.tag == 0, c.mark&isDropped != 0:
			continue
		case c.mark&isCore != 0:
			pr.outside(c, core)
		case c.isNamed(contentNames) && c.found.prose > 0:
			pr.inside(c)
		case up == attached && c.found.mostlyLinks(), isDataTable(c):
		case pr.isChromeOutside(c):
			c.mark |= isDropped
		default:
			pr.outside(c, core)
		}
		up = below(c, up)
	}
}

// inside drops chrome from the core.
func (pr pruner) inside(n *node) {
	up := nothing
	for c := n.first; c != nil; c = c.next {
		switch {
		case c.tag == 0:
			if isListHeading(c.text) {
				up = listing
			}
			continue
		case c.mark&isDropped != 0:
			continue
		case up == attached && c.found.mostlyLinks(), isDataTable(c):
		case pr.isChromeInside(c, up):
			c.mark |= isDropped
		default:
			pr.inside(c)
		}
		up = below(c, up)
	}
}

// chromeProse is how many characters of sentences a footer or a comment has
// at most. More than that is kept, whatever it is named.
const chromeProse = 200

// isChromeOutside judges a block that the core is not in.
func (pr pruner) isChromeOutside(n *node) bool {
	f := n.found
	switch {
	case !n.isBlock() || n.mark&(hasTitle|hasLabel) != 0:
		return false
	case n.isChrome(chromeNames):
		return f.prose < chromeProse && f.prose*2 < pr.total
	case f.prose > 0:
		return false
	}
	return f.mostlyLinks() || n.isChrome(cornerNames) && n.mark&hasHeading == 0
}

// manyLinks are enough to make a block a menu or a list of other articles, if
// it holds hardly anything else.
const manyLinks = 3

// isChromeInside judges a block in the core.
func (pr pruner) isChromeInside(n *node, up above) bool {
	f := n.found
	if !n.isBlock() || f.runes == 0 || f.prose > 0 || n.mark&(hasTitle|hasLabel) != 0 {
		return false
	}
	if f.mostlyLinks() && (up == listing || pr.total > 0 && f.ties >= manyLinks) {
		return true
	}
	return n.isChrome(chromeNames) && f.mostlyLinks() || n.isChrome(widgetNames) && f.runes <= 40 && n.mark&hasHeading == 0
}

// isDataTable reports whether a table holds documents with what is said of
// them, and not a menu: it has no more links than other cells.
func isDataTable(n *node) bool {
	f := n.found
	return n.tag == atom.Table && f.lines >= 2*manyLinks && f.ties*2 <= f.lines && f.mostlyLinks()
}

// isListHeading reports whether a line stands above a list of other articles.
func isListHeading(line string) bool {
	return len(line) <= 200 && listHeadings[strings.TrimFunc(line, func(r rune) bool { return !unicode.IsLetter(r) })]
}

var listHeadings = wordSet(`相关阅读 相关文章 相关新闻 相关报道 相关稿件 相关推荐 推荐阅读 延伸阅读 热门推荐 热门文章 猜你喜欢
	最新文章 最新推荐 热点新闻 相关信息 相关链接 友情链接 更多文章 精彩推荐 为您推荐 相關閱讀 相關文章 相關新聞 相關連結 延伸閱讀 推薦閱讀 熱門文章`)

// contentNames are ids and classes in which systems for government sites put
// the text.
var contentNames = wordSet(`ucap-content trs_editor trs_ueditor trs_preappend zoom zoomcon article-content article_content article-con article_con
	pages_content bt_content wznr content main-content main_content con_text news_content newscontent info_content infocontent js_content vsb_content
	ivs_content view trs_web artibody article`)

// isNamed reports whether an id or class of a node is one of names.
func (n *node) isNamed(names map[string]bool) bool {
	for name := range strings.FieldsSeq(n.names) {
		if names[name] {
			return true
		}
	}
	return false
}

// Words in ids and classes: widgetNames of the buttons that are put into a
// text; chromeNames of these and what else is never text, or not the text of
// the report; cornerNames of the corners of a page, in which a title or a date
// may stand as well.
var (
	widgetNames = wordSet(`share bdshare bdsharebuttonbox fenxiang qrcode ewm erweima toolbar breadcrumb breadcrumbs crumb crumbs pagination pager
		prevnext weixin wechat weibo`)
	chromeNames = wordSet(`footer foot copyright nav navbar navigation navi menu submenu sidebar aside share bdshare bdsharebuttonbox fenxiang related relate
		xgwz xgyd xgxw recommend tuijian comment comments pinglun breadcrumb breadcrumbs crumb crumbs pagination pager prevnext qrcode ewm erweima
		toolbar friendlink friendlinks yqlj sitemap weixin wechat weibo`)
	cornerNames = wordSet(`header topbar login search logo banner ad ads advert popup dialog modal tools`)
)

// chromeTags are elements that say of themselves that they are not the text.
var chromeTags = map[atom.Atom]bool{atom.Nav: true, atom.Footer: true, atom.Aside: true, atom.Menu: true, atom.Search: true}

// isChrome reports whether a node says by its tag or by a word in its names
// that it is not the text. Headings never say so, nor do nodes that are named
// like the text as well.
func (n *node) isChrome(words map[string]bool) bool {
	switch {
	case chromeTags[n.tag], n.tag == atom.Header && words["header"]:
		return true
	case n.names == "", isHeading(n.tag), n.isNamed(contentNames), strings.Contains(n.names, "note"): // foot-note
		return false
	}
	for w := range strings.FieldsFuncSeq(n.names, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if words[w] {
			return true
		}
	}
	return false
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
