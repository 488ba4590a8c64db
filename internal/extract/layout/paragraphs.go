package layout

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// An aside is what stands beside the text and would part a paragraph that runs
// over pages: a running head, notes at the foot, what is set in another direction.
type aside struct {
	before     int // the page of the file whose first paragraph it is told before
	paragraphs []string
}

// Paragraphs makes paragraphs and rows of tables of the characters of all pages. It ends
// with the error of stopped, which it asks now and then.
func Paragraphs(pages []Page, stopped func() error) ([]string, error) {
	var upright, beside []Page
	for _, p := range pages {
		if p.aside {
			beside = append(beside, p)
		} else {
			upright = append(upright, p)
		}
	}
	byPage, err := linesOf(upright, stopped)
	if err != nil {
		return nil, err
	}
	turned, err := linesOf(beside, stopped)
	if err != nil {
		return nil, err
	}
	asides := headsOf(dropRunning(byPage))
	asides = append(asides, headsOf(dropRunning(turned))...)
	for _, lines := range turned {
		flows := columnsOfPages([][]textLine{lines})
		m := measurePages(linesOfFlows(flows), flows)
		for _, f := range flows {
			paragraphs, err := assemble(f.lines, m, nil, stopped)
			if err != nil {
				return nil, err
			}
			asides = append(asides, aside{f.lines[0].sheet + 1, paragraphs})
		}
	}
	flows := columnsOfPages(byPage)
	m := measurePages(linesOfFlows(flows), flows)
	for i, f := range flows {
		var notes []textLine
		if flows[i].lines, notes = m.withoutNotes(f.lines); len(notes) > 0 {
			paragraphs, err := assemble(notes, m, nil, stopped)
			if err != nil {
				return nil, err
			}
			asides = append(asides, aside{notes[0].sheet + 1, paragraphs})
		}
	}
	slices.SortStableFunc(asides, func(a, b aside) int { return cmp.Compare(a.before, b.before) })
	return assemble(linesOfFlows(flows), m, asides, stopped)
}

func headsOf(lines []textLine) []aside {
	var asides []aside
	for _, l := range lines {
		asides = append(asides, aside{l.sheet, []string{l.text()}})
	}
	return asides
}

func linesOfFlows(flows []flow) []textLine {
	var lines []textLine
	for _, f := range flows {
		lines = append(lines, f.lines...)
	}
	return lines
}

// assemble makes paragraphs of lines, with the asides between them.
func assemble(lines []textLine, m pageMeasure, asides []aside, stopped func() error) ([]string, error) {
	var paragraphs []string
	for i := 0; i < len(lines); {
		if err := stopped(); err != nil {
			return nil, err
		}
		for len(asides) > 0 && asides[0].before <= lines[i].sheet {
			paragraphs, asides = append(paragraphs, asides[0].paragraphs...), asides[1:]
		}
		if end := tableEnd(lines, i); end > i {
			paragraphs = append(paragraphs, tableRows(lines[i:end])...)
			i = end
			continue
		}
		var text strings.Builder
		text.WriteString(lines[i].text())
		for i++; i < len(lines) && m.goesOn(lines[i-1], lines[i]) && tableEnd(lines, i) == i; i++ {
			next := lines[i].text()
			text.WriteString(glue(lines[i-1].text(), next))
			text.WriteString(next)
		}
		paragraphs = append(paragraphs, text.String())
	}
	for _, a := range asides {
		paragraphs = append(paragraphs, a.paragraphs...)
	}
	return paragraphs, nil
}

// footMark is what a note at the foot of a page begins with.
var footMark = regexp.MustCompile(`^([\[［〔(（【]?\d{1,3}[\]］〕)）】]?|[①-⑳❶-❿㉑-㊿]|注\d{0,2}[：:]|[*＊※†‡])`)

// withoutNotes parts the notes at the foot of a page or column from its text: lines
// smaller than the text, from one that begins with a mark.
func (m pageMeasure) withoutNotes(lines []textLine) (text, notes []textLine) {
	const small = 0.92
	start := len(lines)
	for i := len(lines) - 1; i > 0 && lines[i].em < small*m.em && len(lines[i].segments) == 1; i-- {
		if footMark.MatchString(lines[i].text()) {
			start = i
		}
	}
	return lines[:start:start], lines[start:]
}

// glue is what stands between two lines of a paragraph: a blank between Latin
// words, else nothing.
func glue(a, b string) string {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	if isLetterASCII(last) && isLetterASCII(first) || last == ',' && first < 0x80 {
		return " "
	}
	return ""
}

func isLetterASCII(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// A pageMeasure is how the lines of a document are set.
type pageMeasure struct {
	left     []float64 // edge of the text, by page
	width    []float64 // of a full line, by page
	leading  float64   // from line to line within a paragraph
	em       float64   // of the running text
	indented bool      // paragraphs begin with an indentation
}

// measurePages finds the edges of the text. Most lines of running text begin
// at the left edge, and full ones end about the right one. Pages of one column
// are alike; a column of several is measured by itself.
func measurePages(lines []textLine, flows []flow) pageMeasure {
	const fewest = 3 // lines that tell where the left edge of a page is
	var ems []float64
	for _, l := range lines {
		ems = append(ems, l.em)
	}
	m := pageMeasure{em: max(median(ems), 1), leading: leadingOf(lines)}
	var whole []textLine
	for _, f := range flows {
		if !f.column {
			whole = append(whole, f.lines...)
		}
	}
	long := longLines(whole, 0)
	left := quantile(edges(long), 0.1)
	var widths []float64
	for _, f := range flows {
		own := longLines(f.lines, longest(long)/2)
		if f.column {
			own = longLines(f.lines, 0)
		}
		l := left
		if f.column || len(own) >= fewest {
			l = quantile(edges(own), 0.1)
		}
		var w []float64
		for _, line := range own {
			w = append(w, line.x1-l)
		}
		m.left, m.width = append(m.left, l), append(m.width, quantile(w, 0.8))
		if !f.column {
			widths = append(widths, w...)
		}
	}
	for i, f := range flows {
		if !f.column && !m.hasOwnEdge(i, f.lines) {
			m.width[i] = quantile(widths, 0.8)
		}
	}
	m.indented = m.indents(lines)
	return m
}

// hasOwnEdge reports whether enough lines of a page end about its right edge to
// tell that it is one: pages may be set across.
func (m pageMeasure) hasOwnEdge(page int, lines []textLine) bool {
	const fewest = 4
	full := 0
	for _, l := range lines {
		if math.Abs(m.left[page]+m.width[page]-l.x1) < 1.5*l.em {
			full++
		}
	}
	return full >= fewest
}

// longLines are the lines of at least a width, or of half of the longest.
func longLines(lines []textLine, width float64) []textLine {
	if width == 0 {
		width = longest(lines) / 2
	}
	return slices.DeleteFunc(slices.Clone(lines), func(l textLine) bool { return l.x1-l.x0 < width })
}

func longest(lines []textLine) float64 {
	width := 0.0
	for _, l := range lines {
		width = max(width, l.x1-l.x0)
	}
	return width
}

func edges(lines []textLine) []float64 {
	var all []float64
	for _, l := range lines {
		all = append(all, l.x0)
	}
	return all
}

// indents reports whether the paragraphs of the text begin with an
// indentation: most lines behind one that is not full do.
func (m pageMeasure) indents(lines []textLine) bool {
	starts, indented := 0, 0
	for i := 1; i < len(lines); i++ {
		if !m.full(lines[i-1], lines[i]) && len(lines[i].segments) == 1 {
			starts++
			if m.indent(lines[i]) >= 1 {
				indented++
			}
		}
	}
	return indented > 1 && indented*10 >= starts*6
}

// indent is how far a line begins from the left edge, in em.
func (m pageMeasure) indent(l textLine) float64 { return (l.x0 - m.left[l.page]) / m.em }

// narrowest is how wide running text is at least, in em.
const narrowest = 12

// full reports whether what the next line begins with had no room on a line.
func (m pageMeasure) full(l, next textLine) bool {
	room := m.left[l.page] + m.width[l.page] - l.x1
	return m.width[l.page] >= narrowest*m.em && room < next.segments[0].first+0.6*l.em
}

// breaksOff reports whether a line ends in the middle of a sentence near to the
// right edge, as it does where lines have a number of characters, not a width.
func (m pageMeasure) breaksOff(l, next textLine) bool {
	const nearEdge = 0.15 // of the width
	room := m.left[l.page] + m.width[l.page] - l.x1
	return m.width[l.page] >= narrowest*m.em && len(l.segments) == 1 && len(next.segments) == 1 && room < nearEdge*m.width[l.page] && l.x1-l.x0 > m.width[l.page]/2 &&
		!endsClause(l.text()) && !startsItem(next.text()) && math.Abs(m.indent(next)) < 0.5
}

// goesOn reports whether a line goes on with the paragraph of the line above.
func (m pageMeasure) goesOn(a, b textLine) bool {
	const sameSize, sameParagraph = 0.15, 1.5
	if len(b.segments) > 1 && b.page == a.page && len(a.segments) > 1 || math.Abs(a.height-b.height) > sameSize*a.height || !m.full(a, b) && !m.breaksOff(a, b) {
		return false
	}
	leading := max(m.leading, 1.2*a.em)
	if m.centred(b) {
		leading = max(leading, 1.5*a.em)
	}
	if a.page == b.page && b.y0-a.y0 > sameParagraph*leading {
		return false
	}
	switch {
	case m.centred(b):
		return math.Abs(m.offCentre(a)) < 1.5*a.em && !endsClause(a.text())
	case m.indent(b) >= 1:
		return !m.indented && math.Abs(a.x0-b.x0) < a.em/2 && a.x1-a.x0 > m.width[a.page]/2 && !startsItem(b.text())
	case m.indented:
		return true
	}
	return !endsClause(a.text()) || !startsItem(b.text())
}

// centred reports whether a line stands in the middle and away from the edges.
func (m pageMeasure) centred(l textLine) bool {
	return math.Abs(m.offCentre(l)) < 1.5*l.em && l.x0-m.left[l.page] > 2.5*l.em
}

// offCentre is how much more room there is to the left of a line than to the
// right.
func (m pageMeasure) offCentre(l textLine) float64 {
	return (l.x0 - m.left[l.page]) - (m.left[l.page] + m.width[l.page] - l.x1)
}

// itemMark is what a heading or an item begins with.
var itemMark = regexp.MustCompile(`^([一二三四五六七八九十百]{1,3} ?[、．.]|[（(] ?[一二三四五六七八九十百\d]{1,3} ?[）)]|\d{1,2} ?[.．、]\D|第[一二三四五六七八九十百\d]{1,3} ?[章节部条条]|[①-⓿●■◆★□▲]|附件|附：)`)

func startsItem(s string) bool { return itemMark.MatchString(s) }

func endsClause(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "”’」』》）)]\"' "))
	return strings.ContainsRune("。！？；：!?;:.", r)
}
