package page

import (
	"bytes"
	"cmp"
	"errors"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"baogao/internal/extract"
)

// The tree of a page is built here and not by html.Parse, which refuses what
// is nested deeper than 512 elements, as a page of unclosed tags is, and which
// copies every open <b> and <font> into each paragraph, so that a page of a
// megabyte can cost gigabytes. Text asks for less than a browser's tree: where
// blocks, cells and links begin and end.

// maxNodes is how many elements and texts a page may have. Real pages have
// some thousand; a node costs about a hundred bytes.
const maxNodes = 1 << 20

// A node is an element or, with tag 0, a text.
type node struct {
	tag   atom.Atom
	mark  mark
	text  string
	names string // id and class, in small letters

	rows, columns uint16 // that a cell of a table reaches over, 0 where it says nothing
	parent        *node
	first         *node
	last          *node
	next          *node
	found         tally
}

// A mark is what is known of a node by itself.
type mark uint16

const (
	isHidden mark = 1 << iota
	isLink
	asBlock    // an inline element shown as a block
	keepsLines // line ends in it are shown
	isCore     // is the block of the main text, or one around it
	isDropped  // is no part of the text
	hasTable   // a table is in it
	hasHeading // a heading is in it
	hasTitle   // a line in it is the title of the page, or a part of it
	hasLabel   // a line in it is one of facts, or names what is attached
	isStruck   // its text is struck through
	isRescued  // is hidden, and read all the same
)

// passedUp are the marks that hold for what a node is in as well.
const passedUp = hasTable | hasHeading | hasTitle | hasLabel

// A page is the tree of a page and what its head says.
type page struct {
	head     head
	root     *node
	nodes    int
	frames   bool
	embedded string // address of a page or file that is shown within this one, "" for none
	scripts  bool
	styles   styleSheet
}

// An open element. One that says nothing of the structure has no node of its
// own: node is then the one around it.
type openElement struct {
	tag  atom.Atom
	node *node
}

// A scope is a table cell, a table outside its cells, or the page. An end tag
// ends only what was begun in its scope.
type scope struct {
	base  int // place of the first open element that is in it
	table bool
	open  map[atom.Atom]int
}

type treeBuilder struct {
	page   *page
	depth  int
	stack  []openElement
	scopes []scope
}

// parsePage reads the tags of a page in one pass. Elements deeper than depth
// stand side by side.
func parsePage(src string, l extract.Limits) (*page, error) {
	p := &page{head: head{metas: map[string]string{}}, root: &node{tag: atom.Body}, styles: styleSheet{}}
	b := &treeBuilder{page: p, depth: l.Depth}
	b.stack = []openElement{{atom.Body, p.root}}
	b.scopes = []scope{{base: 1, open: map[atom.Atom]int{}}}
	z := html.NewTokenizer(strings.NewReader(src))
	for {
		if err := l.Stopped(); err != nil {
			return nil, err
		}
		switch z.Next() {
		case html.ErrorToken:
			b.popTo(0)
			return p, nil
		case html.TextToken:
			b.text(z.Text())
		case html.StartTagToken:
			b.start(z, false)
		case html.SelfClosingTagToken:
			b.start(z, true)
		case html.EndTagToken:
			name, _ := z.TagName()
			b.end(atom.Lookup(name))
		case html.CommentToken:
			p.head.comment(z.Text())
		}
		if p.nodes > maxNodes {
			return nil, errors.New("more elements than a page has; split it")
		}
	}
}

func (b *treeBuilder) start(z *html.Tokenizer, closed bool) {
	name, more := z.TagName()
	tag := atom.Lookup(name)
	a := readAttributes(z, more)
	switch tag {
	case atom.Html, atom.Head, atom.Body:
		return
	case atom.Meta:
		b.page.head.meta(a)
		return
	case atom.Link:
		if strings.Contains(a.rel, "canonical") && b.page.head.canonical == "" {
			b.page.head.canonical = strings.TrimSpace(a.href)
		}
		return
	case atom.Frame, atom.Frameset:
		b.page.frames = true
	case atom.Iframe:
		b.page.frames = true
		b.page.embedded = cmp.Or(b.page.embedded, a.src)
	case atom.Embed, atom.Object:
		b.page.embedded = cmp.Or(b.page.embedded, a.src)
	case atom.Script:
		b.page.scripts = true
	}
	if rawText[tag] {
		if z.Next() == html.TextToken {
			b.page.raw(tag, z)
		}
		return
	}
	b.imply(tag)
	b.open(tag, a, closed)
}

// raw reads what is in an element that holds no elements.
func (p *page) raw(tag atom.Atom, z *html.Tokenizer) {
	switch {
	case tag == atom.Title && p.head.title == "":
		p.head.title = oneLine(cut(z.Text()))
	case tag == atom.Style:
		p.styles.read(string(z.Text()))
	}
}

// imply closes what a start tag ends without saying so.
func (b *treeBuilder) imply(tag atom.Atom) {
	switch tag {
	case atom.Li, atom.Dd, atom.Dt, atom.Option:
		b.closeItem(tag)
	case atom.Tr, atom.Td, atom.Th, atom.Tbody, atom.Thead, atom.Tfoot, atom.Caption:
		b.closeCell(tag)
		return
	case atom.Rt, atom.Rp:
		b.endIn(atom.Rt)
		b.endIn(atom.Rp)
	case atom.Table:
		return // inside a p, as most pages of tables mean it
	}
	if blockTags[tag] {
		b.endIn(atom.P)
	}
}

// closeItem ends the list item that a new one follows. Pages that leave items
// open seldom nest much in them, so few open elements are looked at.
func (b *treeBuilder) closeItem(tag atom.Atom) {
	const far = 16
	base := b.scopes[len(b.scopes)-1].base
	for i := len(b.stack) - 1; i >= max(base, len(b.stack)-far); i-- {
		switch t := b.stack[i].tag; {
		case t == tag, t == atom.Dd && tag == atom.Dt, t == atom.Dt && tag == atom.Dd:
			b.popTo(i)
			return
		case blockTags[t] && t != atom.P && t != atom.Div:
			return
		}
	}
}

// closeCell ends the cell, and for a new row the row, that is open in the
// innermost table.
func (b *treeBuilder) closeCell(tag atom.Atom) {
	if s := b.scopes[len(b.scopes)-1]; !s.table && len(b.scopes) > 1 {
		b.popTo(s.base - 1)
	}
	switch tag {
	case atom.Tr:
		b.endIn(atom.Tr)
	case atom.Tbody, atom.Thead, atom.Tfoot, atom.Caption:
		b.endIn(atom.Tr)
		b.endIn(atom.Tbody)
		b.endIn(atom.Thead)
		b.endIn(atom.Tfoot)
	}
}

// open adds an element. One that is deeper than the limit gets no element of
// its own in the stack.
func (b *treeBuilder) open(tag atom.Atom, a attributes, closed bool) {
	parent := b.stack[len(b.stack)-1].node
	m := a.marks(tag)
	if b.page.styles.hides(a) {
		m |= isHidden
	}
	n, names := parent, a.names()
	if tag == atom.Br || tag == atom.Hr || !voidTags[tag] && worthANode(tag, m, names) {
		n = b.add(parent, &node{tag: tag, mark: m, names: names, rows: a.rows, columns: a.columns})
	}
	if voidTags[tag] || tag == 0 && (n == parent || closed) || tag == atom.Svg && closed || len(b.stack) > b.depth {
		return
	}
	b.stack = append(b.stack, openElement{tag, n})
	b.scopes[len(b.scopes)-1].open[tag]++
	switch tag {
	case atom.Table, atom.Td, atom.Th, atom.Caption:
		if tag == atom.Table || len(b.scopes) > 1 {
			b.scopes = append(b.scopes, scope{len(b.stack), tag == atom.Table, map[atom.Atom]int{}})
		}
	}
}

func (b *treeBuilder) add(parent, n *node) *node {
	n.parent = parent
	if parent.last == nil {
		parent.first = n
	} else {
		parent.last.next = n
	}
	parent.last = n
	b.page.nodes++
	return n
}

// end closes the element an end tag names, if it is open in the scope. A </p>
// or </br> that closes nothing is shown as an empty line.
func (b *treeBuilder) end(tag atom.Atom) {
	switch tag {
	case atom.Table, atom.Tr, atom.Td, atom.Th, atom.Tbody, atom.Thead, atom.Tfoot, atom.Caption:
		b.endTablePart(tag)
	case atom.P, atom.Br:
		if tag == atom.Br || !b.endIn(tag) {
			b.add(b.stack[len(b.stack)-1].node, &node{tag: atom.Br})
		}
	case atom.Body, atom.Html, atom.Head:
	default:
		b.endIn(tag)
	}
}

// endTablePart closes the innermost table, or a part of it, with the cell
// that is open in it.
func (b *treeBuilder) endTablePart(tag atom.Atom) {
	inner := len(b.scopes) - 1
	if inner == 0 {
		return
	}
	if !b.scopes[inner].table {
		cell := b.scopes[inner].base - 1
		if own := b.stack[cell].tag; (tag == atom.Td || tag == atom.Th || tag == atom.Caption) && own != tag {
			return
		}
		b.popTo(cell)
		inner--
	}
	switch tag {
	case atom.Table:
		b.popTo(b.scopes[inner].base - 1)
	case atom.Tr, atom.Tbody, atom.Thead, atom.Tfoot:
		b.endIn(tag)
	}
}

// endIn closes the innermost element of a tag that is open in the scope, and
// all inside it. It tells whether there was one.
func (b *treeBuilder) endIn(tag atom.Atom) bool {
	if b.scopes[len(b.scopes)-1].open[tag] == 0 {
		return false
	}
	i := len(b.stack) - 1
	for b.stack[i].tag != tag {
		i--
	}
	b.popTo(i)
	return true
}

// popTo closes the open elements from place i on, and their scopes. A link
// that is closed by what is around it was left open, and holds more than the
// words of a link.
func (b *treeBuilder) popTo(i int) {
	for len(b.stack) > i {
		at := len(b.stack) - 1
		if s := len(b.scopes) - 1; s > 0 && b.scopes[s].base > at {
			b.scopes = b.scopes[:s]
		}
		b.scopes[len(b.scopes)-1].open[b.stack[at].tag]--
		if at > i && b.stack[at].tag == atom.A {
			b.stack[at].node.mark &^= isLink
		}
		b.stack = b.stack[:at]
	}
}

// text adds a text. Blanks between blocks are none.
func (b *treeBuilder) text(data []byte) {
	parent := b.stack[len(b.stack)-1].node
	if len(bytes.Trim(data, " \t\r\n\f")) == 0 {
		if parent.last == nil || parent.last.isBlock() || len(data) == 0 {
			return
		}
		data = data[:1]
	}
	b.add(parent, &node{text: string(data)})
}
