package outline

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A block is a paragraph as it was put together from lines.
type block struct {
	text      string
	published string // the characters of the source; layout (line ends, indentation) is not among them
	damaged   bool
	level     int // of a markdown heading, else 0
}

// join puts lines together that are one paragraph. The lines of a hard-wrapped
// text are joined where they are full; in any text a line goes on where its
// end or the start of the next shows that it was broken inside a sentence.
func join(lines []line) []block {
	l := measure(lines)
	var blocks []block
	for i := 0; i < len(lines); {
		b := newBlock(lines[i])
		var text, published strings.Builder
		text.WriteString(b.text)
		published.WriteString(b.published)
		start := i
		for i++; i < len(lines) && b.level == 0 && l.continues(text.String(), lines, start, i); i++ {
			glue(&text, lines[i].Text)
			glue(&published, lines[i].Published)
			b.damaged = b.damaged || lines[i].Damaged
		}
		b.text, b.published = text.String(), published.String()
		blocks = append(blocks, b)
	}
	return blocks
}

func newBlock(l line) block {
	level, text := markdownHeading(l.Text)
	published := l.Published
	if level > 0 {
		_, published = markdownHeading(published)
	}
	return block{text: text, published: published, damaged: l.Damaged, level: level}
}

// glue adds the next piece of a broken line, with a blank where two Latin
// words would run together. Figures on both sides are one number, which a page
// of fixed width breaks as it does any text.
func glue(to *strings.Builder, piece string) {
	if before := to.String(); before != "" && piece != "" && isLatin(before[len(before)-1]) && isLatin(piece[0]) {
		to.WriteByte(' ')
	}
	to.WriteString(piece)
}

func isLatin(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// markdownHeading is the depth of a heading written with # marks, and its text.
func markdownHeading(s string) (int, string) {
	n := len(s) - len(strings.TrimLeft(s, "#"))
	if n == 0 || n > 6 || n == len(s) || s[n] != ' ' {
		return 0, s
	}
	text := strings.TrimFunc(s[n:], unicode.IsSpace)
	if text == "" || markdownDepth(text) > 0 {
		return 0, s
	}
	return n, text
}

func markdownDepth(s string) int {
	n, _ := markdownHeading(s)
	return n
}

const (
	sentenceEnds = "。！？；：!?;:."
	closers      = "”’」』》）)】〕]\"'"
	openers      = "“‘「『《（(【〔["
	middle       = "，、,"
)

// endsSentence reports whether a line ends with the end of a sentence, and
// brackets and quotes behind it.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, closers+" \u3000")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(sentenceEnds, r)
}

// signatureIndent is how much farther in than the line above a signature
// stands, in half-width columns: a paragraph begins with four.
const signatureIndent = 8

// continues reports whether line i goes on with the paragraph that began with
// line start and reads text so far.
func (l layout) continues(text string, lines []line, start, i int) bool {
	a, b := lines[i-1], lines[i]
	switch {
	case isRow(a.Text), isRow(b.Text), hasCells(a.Text) && hasCells(b.Text), b.cut:
		return false
	case brokenInside(a.Text, b.Text):
		return true
	case startsParagraph(b.Text), l.gapped && b.Gap, i <= l.head, isAside(a.Text):
		return false
	case endsSentence(a.Text) && b.Indent >= a.Indent+signatureIndent:
		return false // a signature, set to the right
	}
	if open := openedBy(text[max(0, len(text)-openTail):]); open != 0 && closesSoon(lines[i:], open) {
		return true
	}
	full := l.size(a) >= l.fullLine(i-1 == start)
	if i-1 == start && isHeadingLine(a.Text) && !full {
		return false
	}
	switch {
	case l.width > 0:
		return full && (!endsSentence(a.Text) || l.indented && b.Indent == 0 || l.gapped)
	case l.indented && b.Indent > a.Indent, endsSentence(a.Text), signs(a.Text), signs(b.Text):
		return false
	}
	return lostBreak(a.Text, b.Text) || isFragment(lines, i) || l.gapped && l.groups.lost(start, i)
}

// fullLine is the least width of a full line of a wrapped text, or more than
// any line has. The indentation of a first line may have been lost.
func (l layout) fullLine(first bool) int {
	switch {
	case l.width == 0:
		return 2 * widest
	case first:
		return l.width - slack - 4
	}
	return l.width - slack
}

// lostBreak reports whether a break between two lines of running text that is
// not wrapped stands inside a sentence: the first is long and does not end,
// and the second has a sentence in it.
func lostBreak(a, b string) bool {
	const long = 2 * 24
	return !isHeadingLine(a) && columns(a, long) > long &&
		strings.ContainsAny(a, "，。；,;") && strings.ContainsAny(b, "。；") &&
		strings.IndexAny(b, "。；，,：:") > 0
}

// isFragment reports whether line i is a few words that the line behind it
// goes on from.
func isFragment(lines []line, i int) bool {
	const few = 2 * 10
	return i+1 < len(lines) && columns(lines[i].Text, few) <= few && !endsSentence(lines[i].Text) &&
		brokenInside(lines[i].Text, lines[i+1].Text)
}

// isAside reports whether a line stands in brackets from end to end, as the
// date and the meeting below a title do.
func isAside(s string) bool {
	return strings.HasPrefix(s, "（") && strings.HasSuffix(s, "）") || strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")")
}

// brokenInside reports whether the break between a and b can only be inside a
// sentence: nothing ends with a comma or an opening bracket, and nothing
// begins with a closing one or a stop.
func brokenInside(a, b string) bool {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	if strings.ContainsRune("，。、；！？”’」』》）〉：,;%‰％℃", first) {
		return true
	}
	if strings.ContainsRune(middle, last) {
		return !startsParagraph(b)
	}
	return strings.ContainsRune("“‘「『《（〈", last)
}

// startsParagraph reports whether a line begins with the mark of a heading,
// an item or an article.
func startsParagraph(s string) bool {
	if _, level := marker(s); level > 0 {
		return true
	}
	r, _ := utf8.DecodeRuneInString(s)
	switch {
	case r >= '①' && r <= '⓿', r == '●', r == '■', r == '◆', r == '★', r == '□', r == '▲', r == '*':
		return true
	case r == '第':
		return articleMark(s)
	}
	return strings.HasPrefix(s, "附件") || strings.HasPrefix(s, "［") || strings.HasPrefix(s, "【") || strings.HasPrefix(s, "#") || isEnumeration(s)
}

// articleMark reports whether a line begins with 第十条 or 第 1 條.
func articleMark(s string) bool {
	rest := strings.TrimLeft(strings.TrimPrefix(s, "第"), " \u3000")
	number := strings.TrimLeft(rest, "零〇一二三四五六七八九十百千0123456789-")
	if number == rest {
		return false
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(number, " \u3000"))
	return r == '条' || r == '條'
}

// openTail is how many bytes back an open bracket is looked for.
const openTail = 300

// openedBy is the bracket or quote that a text leaves open, or 0.
func openedBy(s string) rune {
	var open []rune
	for _, r := range s {
		if i := strings.IndexRune("“「『《（", r); i >= 0 {
			open = append(open, r)
		} else if len(open) > 0 && r == partner[open[len(open)-1]] {
			open = open[:len(open)-1]
		}
	}
	if len(open) != 1 {
		return 0
	}
	return open[0]
}

var partner = map[rune]rune{'“': '”', '「': '」', '『': '』', '《': '》', '（': '）'}

// closesSoon reports whether one of the next lines closes what was opened,
// before it is opened again.
func closesSoon(lines []line, open rune) bool {
	const soon = 3
	for _, l := range lines[:min(len(lines), soon)] {
		if startsParagraph(l.Text) {
			return false
		}
		for _, r := range l.Text {
			switch r {
			case partner[open]:
				return true
			case open:
				return false
			}
		}
	}
	return false
}

// hasCells reports whether a line may be a row of a table as the formats give it,
// see extract.Text. One alone may be running text.
func hasCells(s string) bool { return strings.Contains(s, " | ") }

// isRow reports whether a line is a row of a table, in whatever text.
func isRow(s string) bool {
	return strings.Count(s, "|")+strings.Count(s, "｜") >= 2
}
