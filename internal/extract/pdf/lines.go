package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A textPage is the words of a page.
type textPage struct{ words []textWord }

// A textWord is a run of characters without a gap, and where it stands, in
// points from the upper left of the page.
type textWord struct {
	x0, y0, x1, y1 float64
	text           string
}

// A textLine is a line of a page: one segment, or several that stand apart as
// the cells of a table do.
type textLine struct {
	sheet          int // the page of the file
	page           int // the page or column it is read in
	x0, y0, x1, y1 float64
	em             float64 // the width of its Han characters, with what stretches them
	height         float64 // of its characters
	segments       []textRun
}

type textRun struct {
	x0, x1 float64
	first  float64 // the width of what cannot be broken at its start
	text   string
}

func (l textLine) text() string {
	var parts []string
	for _, s := range l.segments {
		parts = append(parts, s.text)
	}
	return strings.Join(parts, " ")
}

// Widths of gaps between words, in em.
const (
	letterGap  = 0.12 // holds two Latin words apart
	hanGap     = 0.2  // holds two Han words apart
	blankGap   = 0.7  // is a blank beside anything else: figures stand a little apart from Han by themselves
	segmentGap = 1.4  // holds cells apart
)

// linesOf puts the words of a page together to lines from top to bottom.
func linesOf(number int, p textPage) []textLine {
	words := slices.DeleteFunc(slices.Clone(p.words), func(w textWord) bool { return strings.TrimSpace(w.text) == "" })
	slices.SortStableFunc(words, func(a, b textWord) int { return cmp.Compare(a.y0+a.y1, b.y0+b.y1) })
	var lines []textLine
	for len(words) > 0 {
		n := 1
		top, bottom := words[0].y0, words[0].y1
		for n < len(words) && overlaps(top, bottom, words[n]) {
			n++
		}
		lines = append(lines, newLine(number, words[:n]))
		words = words[n:]
	}
	return lines
}

// overlaps reports whether a word shares at least half of its height, or of
// the line's, with a line.
func overlaps(top, bottom float64, w textWord) bool {
	shared := min(bottom, w.y1) - max(top, w.y0)
	return shared >= 0.5*min(bottom-top, w.y1-w.y0)
}

// newLine makes a line of words, which it sorts from left to right.
func newLine(page int, words []textWord) textLine {
	slices.SortStableFunc(words, func(a, b textWord) int { return cmp.Compare(a.x0, b.x0) })
	words = slices.CompactFunc(words, isStruckTwice)
	l := textLine{sheet: page, page: page, x0: words[0].x0, y0: words[0].y0, x1: words[0].x1, y1: words[0].y1}
	l.em, l.height = sizeOf(words)
	for _, w := range words {
		l.y0, l.x1, l.y1 = min(l.y0, w.y0), max(l.x1, w.x1), max(l.y1, w.y1)
	}
	stretch := 1.5 * spread(words, l.em)
	var text strings.Builder
	segment := textRun{x0: words[0].x0, first: firstUnit(words[0], l.em)}
	end := func(x1 float64) {
		segment.x1, segment.text = x1, text.String()
		l.segments = append(l.segments, segment)
		text.Reset()
	}
	text.WriteString(words[0].text)
	for i, w := range words[1:] {
		before := words[i]
		gap := w.x0 - before.x1
		switch {
		case gap >= max(segmentGap, stretch)*l.em:
			end(before.x1)
			segment = textRun{x0: w.x0, first: firstUnit(w, l.em)}
		case gap >= max(blankBetween(before.text, w.text), stretch)*l.em:
			text.WriteByte(' ')
		}
		text.WriteString(w.text)
	}
	end(l.x1)
	return l
}

// isStruckTwice reports whether b is a shown once more, to look bold.
func isStruckTwice(a, b textWord) bool {
	return a.text == b.text && math.Abs(a.x0-b.x0) < 0.1*(a.y1-a.y0) && math.Abs(a.x1-b.x1) < 0.1*(a.y1-a.y0)
}

// blankBetween is the least gap between two words that is a blank, in em.
func blankBetween(a, b string) float64 {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	switch {
	case last < 0x2000 && first < 0x2000:
		return letterGap
	case unicode.Is(unicode.Han, last) && unicode.Is(unicode.Han, first):
		return hanGap
	}
	return blankGap
}

// sizeOf is the width of a Han character in a line, guessed from the height
// where there is none, and the height of most of its characters.
func sizeOf(words []textWord) (em, height float64) {
	var widths, heights []float64
	for _, w := range words {
		heights = append(heights, w.y1-w.y0)
		if n := utf8.RuneCountInString(w.text); allHan(w.text) && w.x1 > w.x0 {
			widths = append(widths, (w.x1-w.x0)/float64(n))
		}
	}
	height = median(heights)
	em = 0.85 * height
	if len(widths) > 0 {
		em = min(median(widths), 1.5*em)
	}
	return max(em, 1), height
}

// spread is the usual gap between Han words of a line in em: justified lines
// are stretched. It is 0 where there are too few gaps to tell.
func spread(words []textWord, em float64) float64 {
	var gaps []float64
	han := 0
	for i, w := range words {
		han += utf8.RuneCountInString(w.text)
		if i > 0 && blankBetween(words[i-1].text, w.text) > letterGap {
			gaps = append(gaps, max(0, w.x0-words[i-1].x1)/em)
		}
	}
	if len(gaps) < 6 || 3*len(gaps) < han {
		return 0
	}
	return min(median(gaps), 1)
}

// firstUnit is the width of what a line begins with that cannot stand partly
// on the line above: a figure or Latin word, or a Han character with the
// punctuation behind it.
func firstUnit(w textWord, em float64) float64 {
	all := utf8.RuneCountInString(w.text)
	n := 0
	for i, r := range w.text {
		if i > 0 && !(r < 0x2000 || strings.ContainsRune("，。、；：！？”’」』》）", r)) {
			break
		}
		n++
		if next, _ := utf8.DecodeRuneInString(w.text[i+utf8.RuneLen(r):]); r >= 0x2000 && next < 0x2000 {
			break
		}
	}
	if n == all {
		return w.x1 - w.x0
	}
	return min(float64(n)*em, (w.x1-w.x0)*float64(n)/float64(max(all, 1)))
}

func allHan(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.Is(unicode.Han, r) })
}

func median(values []float64) float64 { return quantile(values, 0.5) }

// quantile is the value below which a share of the values lies, 0 for none.
func quantile(values []float64, share float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(int(share*float64(len(sorted))), len(sorted)-1)]
}

// leadingOf is the usual distance from line to line within a paragraph.
func leadingOf(lines []textLine) float64 {
	var all []float64
	for i := 1; i < len(lines); i++ {
		if lines[i].page == lines[i-1].page && lines[i].y0 > lines[i-1].y0 {
			all = append(all, lines[i].y0-lines[i-1].y0)
		}
	}
	return quantile(all, 0.4)
}
