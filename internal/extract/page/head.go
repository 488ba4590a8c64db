package page

import (
	"bytes"
	"cmp"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"baogao"
)

// What the head of a page says. The names of metas are those of the national
// standard for government sites (SiteName, ColumnName, ArticleTitle, PubDate,
// ContentSource, Author …), and what other systems write for the same.

// A head is what a page says of itself outside its text.
type head struct {
	title     string            // of <title>
	metas     map[string]string // content by name or property, in small letters; the first not empty
	canonical string            // address of <link rel=canonical>
	savedFrom string            // address of the comment of a browser
}

// comment looks for the address that browsers write above a page they save.
func (h *head) comment(text []byte) {
	_, address, ok := bytes.Cut(text[:min(len(text), 2048)], []byte("saved from url="))
	if !ok || h.savedFrom != "" {
		return
	}
	if _, after, ok := bytes.Cut(address, []byte(")")); ok && bytes.HasPrefix(address, []byte("(")) {
		address = after
	}
	if fields := bytes.Fields(address); len(fields) > 0 {
		h.savedFrom = string(fields[0])
	}
}

// meta keeps the first content of a name that says something.
func (h *head) meta(a attributes) {
	content := withoutTags(html.UnescapeString(a.content)) // many are escaped twice
	if content == "" || content == "null" || content == "undefined" {
		return
	}
	for _, name := range []string{a.name, a.property} {
		if name != "" && h.metas[name] == "" {
			h.metas[name] = content
		}
	}
}

// metaOf is the first of some metas that the page has.
func (h *head) metaOf(names ...string) string {
	for _, name := range names {
		if v := h.metas[name]; v != "" {
			return v
		}
	}
	return ""
}

// metaFacts are the metas that become facts, with the label pages print. The
// author of a page outside the standard is the maker of the site.
var metaFacts = []struct {
	label string
	names []string
}{
	{"发布日期", []string{"pubdate", "publishdate", "article:published_time", "og:release_date"}},
	{"来源", []string{"contentsource"}},
	{"作者", []string{"author"}},
}

// facts are the facts in the head of the page.
func (h *head) facts() []baogao.Fact {
	var facts []baogao.Fact
	standard := h.metaOf("articletitle", "pubdate", "contentsource") != ""
	for _, m := range metaFacts {
		if v := h.metaOf(m.names...); v != "" && (standard || m.label != "作者") {
			facts = append(facts, baogao.Fact{Label: m.label, Value: v})
		}
	}
	return facts
}

// source is the address the page was published at. Pages of mirrors name
// their own; only an address of a government is one.
func (h *head) source(address string) string {
	for _, s := range []string{h.savedFrom, address, h.canonical, h.metas["og:url"], h.metas["url"]} {
		if isGovernment(s) {
			return s
		}
	}
	return ""
}

func isGovernment(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	host := strings.ToLower(u.Hostname())
	return host == "gov.cn" || strings.HasSuffix(host, ".gov.cn")
}

// headline is the title of the page: by its metas, by a heading that the
// title of the window holds, by the heading above the text, or by the title of
// the window without the name of the site. A page that has only the name of
// the site for a title has none.
func (h *head) headline(root *node) string {
	if t := h.metas["articletitle"]; t != "" {
		return t
	}
	window := h.windowTitle()
	if t := heading(root, window); t != "" {
		return t
	}
	return cmp.Or(window, h.metas["og:title"])
}

// windowTitle is <title> without the names of site and column.
func (h *head) windowTitle() string {
	if t := withoutSite(withoutTags(h.title)); !isSite(t) {
		return t
	}
	return ""
}

// inlineTag is a tag that authors write into a title. Anything else in it
// shows that the title was left open.
var inlineTag = regexp.MustCompile(`(?i)</?(br|p|b|strong|font|span|sup|sub|i|em)\b[^>]*>`)

// withoutTags is a title as one line of text.
func withoutTags(s string) string {
	s, _, _ = strings.Cut(inlineTag.ReplaceAllString(s, " "), "<")
	return oneLine(s)
}

// heading finds the heading that is the title: one that the title of the
// window holds or is held by, else the first of the text that is an <h1> or is
// named like the title of an article.
func heading(root *node, window string) string {
	var first string
	var walk func(n *node) string
	walk = func(n *node) string {
		if n.mark&isDropped != 0 {
			return ""
		}
		if named := n.isNamed(titleNames); named || isHeading(n.tag) {
			text := oneLine(textOf(n))
			switch length := utf8.RuneCountInString(text); {
			case length == 0 || length > longTitle:
			case window != "" && sameTitle(text, window):
				return text
			case first == "" && length >= 6 && (named || n.tag == atom.H1) && !isSite(text):
				first = text
			}
			return ""
		}
		for c := n.first; c != nil; c = c.next {
			if t := walk(c); t != "" {
				return t
			}
		}
		return ""
	}
	return cmp.Or(walk(root), first)
}

// titleNames are ids and classes of titles of articles.
var titleNames = wordSet(`article-title article_title articletitle content-title content_title contenttitle con_title con-title news_title news-title
	newstitle info_title info-title infotitle wzbt wz_title xl_title xxgk_title rich_media_title activity-name bt biaoti`)

// longTitle is how long a title can be, in characters.
const longTitle = 120

// sameTitle reports whether one of two titles holds the other. The shorter
// one must be long enough to be a title.
func sameTitle(a, b string) bool {
	a, b = withoutBlanks(a), withoutBlanks(b)
	if len(a) > len(b) {
		a, b = b, a
	}
	return utf8.RuneCountInString(a) >= 6 && strings.Contains(b, strings.TrimRight(a, ".…"))
}

var (
	titleParts = regexp.MustCompile(`\s*[_|｜]+\s*|\s+[-–—·>»]+\s+|\s*[-–—]{1,2}\s*`)
	siteEnd    = regexp.MustCompile(`(政府|政府网|网站?|网页|门户|平台|公众号|信息公开|政务公开|公开专栏|办公厅|委员会|[省市县区州盟旗]|[厅局委办]|频道|栏目|专栏|首页|百科|文库)$`)
)

// withoutSite takes the names of the site and of its columns off a title:
// 二〇二三年法治政府建设报告_某某县人民政府. A dash inside a title is followed
// by something else than the name of a site.
func withoutSite(title string) string {
	title = oneLine(title)
	gaps := titleParts.FindAllStringIndex(title, -1)
	from, to := 0, len(title)
	site := "" // what stood before the name of the site
	for len(gaps) > 0 {
		last := gaps[len(gaps)-1]
		head, gap, tail := title[:gaps[0][0]], title[last[0]:last[1]], title[last[1]:to]
		column := (strings.ContainsAny(gap, "_|｜") || gap == site && isColumn(tail)) && !isSite(head)
		if head == "" || tail != "" && !isSite(tail) && !column {
			break
		}
		site, to, gaps = gap, last[0], gaps[:len(gaps)-1]
	}
	if len(gaps) > 0 && isSite(title[:gaps[0][0]]) {
		from = gaps[0][1]
	}
	return title[from:to]
}

// isSite reports whether a part of a title names a site and not a text.
func isSite(part string) bool {
	return siteEnd.MatchString(part) && !strings.ContainsAny(part[:1], "0123456789") // 2023年全县 ends a title
}

// isColumn reports whether a part of a title before the name of the site can
// be the name of a column.
func isColumn(part string) bool {
	return utf8.RuneCountInString(part) <= 8 && !strings.ContainsAny(part, "0123456789（(") && !strings.Contains(part, "报告")
}

// oneLine is a text with its runs of blanks made one each, without those at
// its ends and those between Chinese characters where a line ended.
func oneLine(s string) string {
	var w lineWriter
	w.text(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) && r != '\n' {
			return ' '
		}
		return r
	}, s))
	return strings.TrimSpace(w.take())
}

func withoutBlanks(s string) string {
	return keep(s, func(r rune) bool { return !unicode.IsSpace(r) })
}

// keep is a text without the characters that are not of a kind.
func keep(s string, is func(rune) bool) string {
	return strings.Map(func(r rune) rune {
		if is(r) {
			return r
		}
		return -1
	}, s)
}

// textOf is the text in a node, if it is short, as is that of a heading.
func textOf(n *node) string {
	const nodes = 200
	var out strings.Builder
	seen := 0
	var walk func(n *node) bool
	walk = func(n *node) bool {
		if seen++; out.Len() > 8*longTitle || seen > nodes {
			return false
		}
		if n.mark&isDropped != 0 {
			return true
		}
		if n.tag == 0 {
			out.WriteString(n.text)
		}
		if n.tag == atom.Br {
			out.WriteByte('\n')
		}
		for c := n.first; c != nil; c = c.next {
			if !walk(c) {
				return false
			}
		}
		return true
	}
	walk(n)
	return out.String()
}
