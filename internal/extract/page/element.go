package page

import (
	"cmp"
	"path"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// rawText are the elements whose content the tokenizer reads as one text, and
// whose text is not for readers.
var rawText = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Title: true, atom.Iframe: true, atom.Noembed: true,
	atom.Noframes: true, atom.Noscript: true, atom.Textarea: true,
}

// voidTags have no content and no end tag. Only br and hr leave a node.
var voidTags = map[atom.Atom]bool{
	atom.Br: true, atom.Hr: true, atom.Img: true, atom.Input: true, atom.Wbr: true, atom.Col: true, atom.Area: true,
	atom.Base: true, atom.Embed: true, atom.Source: true, atom.Track: true, atom.Param: true, atom.Frame: true,
	atom.Basefont: true, atom.Bgsound: true, atom.Keygen: true,
}

// preTags are the elements that keep their line ends.
var preTags = map[atom.Atom]bool{atom.Pre: true, atom.Listing: true, atom.Xmp: true, atom.Plaintext: true}

// dropTags are not shown as text, or show what a browser cannot do. They are
// hidden elements here, so that one that was left open hides no text.
var dropTags = map[atom.Atom]bool{
	atom.Template: true, atom.Svg: true, atom.Select: true, atom.Datalist: true, atom.Video: true, atom.Audio: true,
	atom.Canvas: true, atom.Object: true, atom.Map: true, atom.Dialog: true,
}

// struckTags hold what is no longer said.
var struckTags = map[atom.Atom]bool{atom.Del: true, atom.S: true, atom.Strike: true}

// blockTags begin and end a line.
var blockTags = func() map[atom.Atom]bool {
	set := map[atom.Atom]bool{}
	for _, name := range strings.Fields(`address article aside blockquote body center dd details dir div dl dt fieldset figcaption
		figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main marquee menu nav ol option p
		plaintext pre search section summary ul xmp table caption colgroup tbody thead tfoot tr td th`) {
		set[atom.Lookup([]byte(name))] = true
	}
	return set
}()

// attributes are those of an element that are asked for.
type attributes struct {
	id, class, style, href, name, property, content, rel, src string
	hidden, anchor                                            bool
	tight                                                     bool // of few pixels
	rows, columns                                             uint16
}

func readAttributes(z *html.Tokenizer, more bool) attributes {
	var a attributes
	for more {
		var key, val []byte
		key, val, more = z.TagAttr()
		switch string(key) {
		case "id":
			a.id = cmp.Or(a.id, string(val))
		case "class":
			a.class = cmp.Or(a.class, string(val))
		case "style":
			a.style = strings.ToLower(string(val))
		case "href":
			a.href, a.anchor = string(val), true
		case "src", "data":
			a.src = cmp.Or(a.src, strings.TrimSpace(string(val)))
		case "name":
			a.name = strings.ToLower(string(val))
		case "property":
			a.property = strings.ToLower(string(val))
		case "content":
			a.content = cut(val)
		case "rel":
			a.rel = strings.ToLower(string(val))
		case "hidden":
			a.hidden = true
		case "width", "height":
			a.tight = a.tight || tight(string(val))
		case "rowspan":
			a.rows = count(val)
		case "colspan":
			a.columns = count(val)
		case "aria-hidden":
			a.hidden = a.hidden || strings.EqualFold(string(val), "true")
		}
	}
	return a
}

// count is a number of rows or columns, 0 where it is none.
func count(val []byte) uint16 {
	n, err := strconv.ParseUint(strings.TrimSpace(string(val)), 10, 16)
	if err != nil {
		return 0
	}
	return uint16(n)
}

// names are the id and the class, in small letters.
func (a attributes) names() string {
	return strings.TrimSpace(strings.ToLower(a.id + " " + a.class))
}

// marks of an element by its attributes.
func (a attributes) marks(tag atom.Atom) mark {
	var m mark
	style := strings.Join(strings.Fields(a.style), "")
	if a.hidden || conceals(style) || dropTags[tag] || tag == atom.Marquee && a.tight {
		m |= isHidden
	}
	if struckTags[tag] || strings.Contains(style, "line-through") {
		m |= isStruck
	}
	if strings.Contains(style, "display:block") {
		m |= asBlock
	}
	if strings.Contains(style, "white-space:pre") || preTags[tag] {
		m |= keepsLines
	}
	if tag == atom.A && a.anchor && !strings.HasPrefix(a.href, "#") && !isFile(a.href) {
		m |= isLink
	}
	return m
}

// isFile reports whether a link leads to a document, as one to an attachment
// does, and not to another page.
func isFile(href string) bool {
	return fileExts[strings.ToLower(path.Ext(href))]
}

var fileExts = wordSet(".doc .docx .xls .xlsx .wps .et .ppt .pptx .pdf .ofd .rtf .txt .zip .rar .7z")

// worthANode reports whether an element says anything of the structure.
func worthANode(tag atom.Atom, m mark, names string) bool {
	switch {
	case tag == 0:
		return m&isHidden != 0
	case blockTags[tag], m != 0, names != "":
		return true
	}
	return tag == atom.A || tag == atom.Sup || tag == atom.Rt || tag == atom.Rp || tag == atom.Ruby || tag == atom.Button
}

// longestTitle is how much of a title or a meta is read, in bytes.
const longestTitle = 2048

func cut(text []byte) string {
	return strings.ToValidUTF8(string(text[:min(len(text), longestTitle)]), "")
}

// isBlock reports whether a node begins and ends a line.
func (n *node) isBlock() bool { return blockTags[n.tag] || n.mark&asBlock != 0 || n.tag == atom.Br }
