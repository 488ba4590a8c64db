package page

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// emphasis takes for marks only what a writer must have meant so. In reports
// asterisks multiply (100*200万元) and stand for what is left out (张*三,
// 138****1234), and Chinese has no blanks that would tell these from marks.
type emphasis struct{ parser.InlineParser }

// marksKey is where the marks of the paragraph are counted.
var marksKey = parser.NewContextKey()

// marks counts the marks of a block.
type marks struct {
	block ast.Node
	n     int
}

// Parse reads a run of asterisks or underscores, as a mark or as text.
func (e emphasis) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	run := len(line) - len(bytes.TrimLeft(line, string(line[:1])))
	after, size := utf8.DecodeRune(line[run:])
	if size == 0 {
		after = '\n'
	}
	opens, closes := emphasizes(block.PrecendingCharacter(), after, run)
	if m := marksOf(parent, pc); (opens || closes) && m.n < mostMarks {
		m.n++
		node := e.InlineParser.Parse(parent, block, pc)
		if d, ok := node.(*parser.Delimiter); ok {
			d.CanOpen, d.CanClose = d.CanOpen && opens, d.CanClose && closes
			d.Processor = pairs{d.Processor}
		}
		return node
	}
	block.Advance(run)
	return ast.NewTextSegment(segment.WithStop(segment.Start + run))
}

// marksOf counts the marks of a block.
func marksOf(parent ast.Node, pc parser.Context) *marks {
	m, _ := pc.Get(marksKey).(*marks)
	if m == nil || m.block != parent {
		m = &marks{block: parent}
		pc.Set(marksKey, m)
	}
	return m
}

// struck takes two tildes for the marks of what is struck through. One is a range,
// 10~20万元, and more are a line.
type struck struct{ parser.InlineParser }

// Parse reads a run of tildes, as a mark or as text.
func (s struck) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	run := len(line) - len(bytes.TrimLeft(line, "~"))
	if m := marksOf(parent, pc); run == 2 && m.n < mostMarks {
		m.n++
		return s.InlineParser.Parse(parent, block, pc)
	}
	block.Advance(run)
	return ast.NewTextSegment(segment.WithStop(segment.Start + run))
}

// pairs are marks that are closed by as many as opened them.
type pairs struct{ parser.DelimiterProcessor }

func (pairs) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char && opener.OriginalLength == closer.OriginalLength
}

// emphasizes reports whether a run of marks may open and may close emphasis. A
// pair may unless it is between figures or Latin letters, as in x**2; one or
// three only around whole words; more are a blank to fill in, or hide digits.
func emphasizes(before, after rune, run int) (opens, closes bool) {
	switch {
	case run > 3:
		return false, false
	case run == 2:
		between := isFigure(before) && isFigure(after)
		return !between, !between
	}
	return unicode.IsSpace(before), unicode.IsSpace(after) || strings.ContainsRune("，。、；：！？）》」”’】,.;:!?)", after)
}

// isFigure reports whether r is a letter or figure that can be in a formula.
func isFigure(r rune) bool { return isContent(r) && !unicode.Is(unicode.Han, r) }
