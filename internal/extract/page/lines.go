package page

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"baogao/internal/analyzer"
	"baogao/internal/extract"
)

// A lineWriter collapses blanks as a browser does and collects lines.
type lineWriter struct {
	lines  []string
	line   strings.Builder
	last   rune // the last character of the line, 0 at its start
	blank  bool // blanks wait to be written
	broken bool // a line end is among them
	pre    int  // depth of elements that keep their line ends
	row    int  // depth of rows of a table, which do not end at a block
	joint  bool // a block ended inside a row
	piece  int  // characters since the last joint
}

// text adds text to the line. Where a line of the file ended between two
// Chinese characters nothing is shown.
func (w *lineWriter) text(s string) {
	for _, r := range s {
		switch r {
		case '\n', '\r':
			if w.pre > 0 {
				w.end()
				continue
			}
			w.blank, w.broken = true, true
		case ' ', '\t', '\f':
			if w.pre > 0 {
				w.write(r)
				continue
			}
			w.blank = true
		default:
			w.write(r)
		}
	}
}

// write adds a character that is shown.
func (w *lineWriter) write(r rune) {
	w.space(r)
	w.line.WriteRune(r)
	w.last = r
	w.piece++
}

// space writes what stands between the line so far and r. Single characters
// below one another are a word that was set upright.
func (w *lineWriter) space(r rune) {
	blank := w.blank && !(w.broken && isWide(w.last) && isWide(r))
	if w.joint {
		blank = w.piece > 1 || !isWide(w.last) || !isWide(r)
		w.piece = 0
	}
	if blank && w.last != 0 && w.last != ' ' && w.last != hardBlank {
		w.line.WriteByte(' ')
	}
	w.blank, w.broken, w.joint = false, false, false
}

// end ends the line. In a row of a table it only sets the parts of a cell
// apart.
func (w *lineWriter) end() {
	if w.row > 0 {
		w.joint = w.joint || w.last != 0
		return
	}
	if s := w.take(); strings.ContainsFunc(s, isShown) {
		w.lines = append(w.lines, strings.TrimRightFunc(s, unicode.IsSpace))
	}
}

// hardBlank is the blank of &nbsp;, which many systems write for any.
const hardBlank = '\u00A0'

// take is the line so far; the next one begins.
func (w *lineWriter) take() string {
	s := strings.ReplaceAll(analyzer.CloseHard(w.line.String()), string(hardBlank), " ")
	w.line.Reset()
	w.last, w.blank, w.broken, w.joint, w.piece = 0, false, false, false, 0
	return s
}

func isShown(r rune) bool { return !unicode.IsSpace(r) && r != '\u200B' && r != '\uFEFF' }

// isWide reports whether r is a character or punctuation of Chinese.
func isWide(r rune) bool {
	return r >= 0x2E80 && r <= 0x9FFF || r >= 0xF900 && r <= 0xFAFF || r >= 0xFF00 && r <= 0xFF60 || r >= 0x20000 && r <= 0x3FFFF ||
		r == '“' || r == '”' || r == '‘' || r == '’' || r == '…' || r == '—'
}

// linesOf writes what was not dropped of a page. Lines of hidden elements that
// stand in the open as well are left out.
func linesOf(root *node) []string {
	r := &renderer{}
	r.node(root)
	r.end()
	if len(r.hidden) == 0 {
		return r.lines
	}
	open := map[string]bool{}
	for i, l := range r.lines {
		if !r.hidden[i] {
			open[strings.TrimSpace(l)] = true
		}
	}
	kept := r.lines[:0]
	for i, l := range r.lines {
		if !r.hidden[i] || !open[strings.TrimSpace(l)] {
			kept = append(kept, l)
		}
	}
	return kept
}

// A renderer writes the nodes of a page as lines.
type renderer struct {
	lineWriter
	hidden map[int]bool // the lines of hidden elements
	merged []mergedCell // of the table, by their columns
}

func (r *renderer) node(n *node) {
	switch {
	case n.tag == 0:
		r.text(n.text)
		return
	case n.mark&isDropped != 0:
		return
	case n.mark&isHidden != 0:
		r.concealed(n)
		return
	}
	r.element(n)
}

// concealed writes a hidden element, and remembers which lines are in it.
func (r *renderer) concealed(n *node) {
	if r.row > 0 {
		r.element(n)
		return
	}
	r.end()
	from := len(r.lines)
	r.element(n)
	r.end()
	if r.hidden == nil {
		r.hidden = map[int]bool{}
	}
	for i := from; i < len(r.lines); i++ {
		r.hidden[i] = true
	}
}

func (r *renderer) element(n *node) {
	block := n.isBlock()
	if block {
		r.end()
	}
	switch {
	case n.mark&keepsLines != 0:
		r.pre++
		r.children(n)
		r.pre--
	case n.tag == atom.Tr && r.row == 0 && isDataRow(n):
		r.dataRow(n)
	case n.tag == atom.Table && r.row == 0:
		outer := r.merged
		r.merged = nil
		r.children(n)
		r.merged = outer
	case n.tag == atom.Ruby:
		r.ruby(n)
	case n.tag == atom.Sup:
		r.raised(n)
	default:
		r.children(n)
	}
	if block {
		r.end()
	}
}

func (r *renderer) children(n *node) {
	for c := n.first; c != nil; c = c.next {
		value := (*node)(nil)
		if r.row == 0 {
			value = labelled(c)
		}
		if value == nil {
			r.node(c)
			continue
		}
		r.end()
		r.writeRow([]string{r.cell(c), r.cell(value)})
		c = value
	}
}

// ruby writes a character and its reading in brackets: 區(qū).
func (r *renderer) ruby(n *node) {
	for c := n.first; c != nil; c = c.next {
		switch c.tag {
		case atom.Rp:
		case atom.Rt:
			if strings.TrimSpace(textOf(c)) != "" {
				r.text("(")
				r.children(c)
				r.text(")")
			}
		default:
			r.node(c)
		}
	}
}

// raised writes the mark of a note, or a power, by its raised digits.
func (r *renderer) raised(n *node) {
	text := strings.TrimSpace(textOf(n))
	if raised := extract.Raised(text); raised != text {
		r.text(raised)
		return
	}
	r.children(n)
}

// dataRow writes a row of a table as a line.
func (r *renderer) dataRow(n *node) {
	r.end()
	var g gridRow
	for c := n.first; c != nil; c = c.next {
		if c.tag != 0 || strings.TrimSpace(c.text) != "" {
			g.fill(r.merged)
			r.merged = g.add(r.cell(c), c, r.merged)
		}
	}
	g.fill(r.merged)
	r.writeRow(g.cells)
}

// cell is the text of a node as a cell of a table.
func (r *renderer) cell(n *node) string {
	r.row++
	r.node(n)
	r.row--
	return strings.TrimSpace(r.take())
}

// writeRow writes cells as a line. Those at its end that say nothing are left
// out, and so are the bars of a row with one cell, unless it is a label without
// a value.
func (r *renderer) writeRow(cells []string) {
	full := slices.DeleteFunc(slices.Clone(cells), func(c string) bool { return c == "" })
	switch {
	case len(full) == 0:
		return
	case len(full) == 1 && len(cells) > 1 && labelOf(full[0]) != "":
		cells = []string{full[0], ""}
	case len(full) == 1:
		cells = full
	}
	for len(cells) > 2 && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	r.lines = append(r.lines, strings.TrimSpace(strings.Join(cells, " | ")))
}

// isDataRow reports whether a row holds data and does not lay out the page:
// several cells say something, and none has a table, a heading or several
// paragraphs in it, or the main text.
func isDataRow(tr *node) bool {
	const manyLines = 4
	filled, lines := 0, int32(0)
	for c := tr.first; c != nil; c = c.next {
		if c.tag == 0 {
			continue
		}
		f := c.found
		if c.mark&(hasTable|hasHeading|isCore) != 0 || f.long > 1 || f.long > 0 && f.lines >= manyLines {
			return false
		}
		if lines += f.lines; f.lines > 0 {
			filled++
		}
	}
	return filled > 1 || lines <= 1
}
