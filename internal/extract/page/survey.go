package page

import (
	"cmp"
	"strings"

	"golang.org/x/net/html/atom"
)

// A tally says what a node holds, in letters and figures.
type tally struct {
	runes int32
	links int32 // of the runes, those inside links
	ties  int32 // how many links there are
	prose int32 // of the runes, those outside links in lines that are sentences
	lines int32
	long  int32 // lines that are sentences
	core  int32 // of the prose, what may be the main text
	cells int32 // of the runes, those outside links in rows of tables
}

func (t *tally) add(o tally) {
	t.runes += o.runes
	t.links += o.links
	t.ties += o.ties
	t.prose += o.prose
	t.lines += o.lines
	t.long += o.long
	t.core += o.core
	t.cells += o.cells
}

// mostlyLinks reports whether more is in links than is not.
func (t tally) mostlyLinks() bool { return t.links*2 > t.runes }

// A surveyor goes through the page line by line, as they will be written, and
// tallies each in the block it begins in.
type surveyor struct {
	title string // the title of the window, its letters and figures
	line  surveyed
	link  bool
	row   bool // in a row of a table, of which all is hidden or nothing
}

// surveyed is what is known of the line that is being read.
type surveyed struct {
	owner *node
	head  []rune // its first characters
	found tally
	stops int // 。；！？
	comma int // ，
}

// headRunes is how much of a line is kept to know a title or a label by.
const headRunes = 60

// rescue is how much prose, or how much in tables, a hidden element must hold
// to be read all the same, where a page shows less than that: the text is hidden
// until a script shows it. Beside a text that is shown, what is hidden is put
// there for search engines.
const rescue = 100

// survey tallies all nodes, and drops those whose text nobody sees, or is struck
// through.
func (p *page) survey() {
	dropStruck(p.root, lettersIn(p.root))
	s := &surveyor{title: letters(cmp.Or(p.head.metas["articletitle"], p.head.windowTitle()))}
	s.visit(p.root, p.root)
	s.flush()
	shown := p.root.shown()
	if shown.prose < rescue && shown.cells < rescue {
		p.root.rescueHidden(shown.prose)
	}
	p.root.sumUp()
}

// shown tallies what is not hidden in a node.
func (n *node) shown() tally {
	all := n.found
	for c := n.first; c != nil; c = c.next {
		if c.tag != 0 && (c.mark&(isDropped|isHidden) == 0 || c.mark&isRescued != 0) {
			all.add(c.shown())
		}
	}
	return all
}

// visit reads a node; block is the innermost block it is in.
func (s *surveyor) visit(n, block *node) {
	switch {
	case n.mark&isDropped != 0:
		return
	case n.tag == 0:
		s.text(n.text, block)
		return
	case n.tag == atom.Table:
		n.mark |= hasTable
	case isHeading(n.tag):
		n.mark |= hasHeading
	}
	hidden, boundary, outer, outside, row := n.mark&isHidden != 0, n.isBlock(), s.line, s.link, s.row
	switch {
	case hidden:
		s.line = surveyed{}
	case boundary:
		s.flush()
	}
	if boundary || hidden {
		block = n
	}
	if n.mark&isLink != 0 && isShort(n) {
		s.link = true
		block.found.ties++
	}
	s.row = n.tag == atom.Tr || row && !hidden
	for c := n.first; c != nil; c = c.next {
		s.visit(c, block)
	}
	s.row = row
	if boundary || hidden {
		s.flush()
	}
	s.link = outside
	if hidden {
		s.line = outer
	}
}

func (s *surveyor) text(text string, block *node) {
	l := &s.line
	for _, r := range text {
		switch r {
		case '。', '；', '！', '？':
			l.stops++
		case '，':
			l.comma++
		}
		if !isContent(r) {
			continue
		}
		if l.owner == nil {
			l.owner = block
		}
		if l.found.runes < headRunes {
			l.head = append(l.head, r)
		}
		l.found.runes++
		switch {
		case s.link:
			l.found.links++
		case s.row:
			l.found.cells++
		}
	}
}

// flush ends the line that is being read.
func (s *surveyor) flush() {
	l := &s.line
	if l.owner != nil {
		l.found.lines = 1
		if l.isSentence() {
			plain := l.found.runes - l.found.links
			l.found.prose, l.found.core, l.found.long = plain, plain, 1
		}
		l.owner.found.add(l.found)
		l.owner.mark |= l.marks(s.title)
	}
	s.line = surveyed{}
}

// isSentence reports whether the line reads like text and not like a menu.
func (l *surveyed) isSentence() bool {
	plain := l.found.runes - l.found.links
	if plain < l.found.links {
		return false
	}
	return plain >= 12 && l.stops > 0 || plain >= 20 && l.comma > 0 || plain >= 40
}

// marks tells whether the line is the title of the page, one of facts, or the
// list of what is attached.
func (l *surveyed) marks(title string) mark {
	var m mark
	head := string(l.head)
	if len(l.head) >= 6 && strings.Contains(title, head) && (head == title || !l.found.mostlyLinks()) {
		m |= hasTitle
	}
	if startsWithLabel(head) || strings.HasPrefix(head, "附件") {
		m |= hasLabel
	}
	return m
}

// letters are the letters and figures of a text.
func letters(s string) string { return keep(s, isContent) }

// rescueHidden shows the hidden elements of a node that hold the text of the page,
// which shows so much prose: those with much of it, or named like a text.
func (n *node) rescueHidden(shown int32) {
	for c := n.first; c != nil; c = c.next {
		if c.tag == 0 || c.mark&isDropped != 0 {
			continue
		}
		c.rescueHidden(shown)
		if c.mark&isHidden == 0 {
			continue
		}
		if all := c.shown(); all.prose >= rescue || all.cells >= rescue || all.prose > shown && c.isNamed(contentNames) {
			c.mark |= isRescued
		}
	}
}

// sumUp adds what is in a node to the tally of the node. What is hidden
// counts only if it is to be read.
func (n *node) sumUp() {
	for c := n.first; c != nil; c = c.next {
		if c.tag == 0 || c.mark&isDropped != 0 {
			continue
		}
		c.sumUp()
		if c.mark&isHidden != 0 && c.mark&isRescued == 0 {
			c.mark |= isDropped
			continue
		}
		if c.found.core < chromeProse && c.isChrome(chromeNames) {
			c.found.core = 0
		}
		n.found.add(c.found)
		n.mark |= c.mark & passedUp
	}
}

// dropStruck drops what is struck through of a page with so many letters. An
// element that holds more than half of them was left open.
func dropStruck(n *node, all int) {
	for c := n.first; c != nil; c = c.next {
		if c.mark&isStruck != 0 && lettersIn(c)*2 <= all {
			c.mark |= isDropped
			continue
		}
		dropStruck(c, all)
	}
}

// lettersIn counts the letters and figures in a node.
func lettersIn(n *node) int {
	count := 0
	for _, r := range n.text {
		if isContent(r) {
			count++
		}
	}
	for c := n.first; c != nil; c = c.next {
		count += lettersIn(c)
	}
	return count
}

// isShort reports whether a link holds no more than the words of a link, and
// no sentence.
func isShort(n *node) bool {
	const words, nodes = 80, 200
	runes, seen := 0, 0
	var walk func(n *node) bool
	walk = func(n *node) bool {
		seen++
		for _, r := range n.text {
			if isContent(r) {
				runes++
			}
			if runes > words || r == '。' {
				return false
			}
		}
		for c := n.first; c != nil; c = c.next {
			if seen > nodes || !walk(c) {
				return false
			}
		}
		return true
	}
	return walk(n)
}

func isHeading(tag atom.Atom) bool {
	return tag == atom.H1 || tag == atom.H2 || tag == atom.H3 || tag == atom.H4 || tag == atom.H5 || tag == atom.H6
}
