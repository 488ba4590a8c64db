package layout

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A textLine is a line of a page: one segment, or several that stand apart as
// the cells of a table do.
type textLine struct {
	sheet          int // the page of the file
	page           int // the page or column it is read in
	x0, y0, x1, y1 float64
	em             float64 // the width of its Han characters
	height         float64 // of its characters
	segments       []textRun
	rules          *ruling   // of its page
	beside         []float64 // places of the upright rules that it lies beside
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

// Widths of gaps between characters, in em.
const (
	letterGap  = 0.12 // holds two Latin words apart
	blankGap   = 0.7  // is a blank between Han, or beside it: figures stand a little apart by themselves
	typedBlank = 0.1  // is one where a blank is written: layers of text of scans have one behind each character
	segmentGap = 1.4  // holds cells apart
	typedGap   = 4    // holds cells apart although there are blanks in it
)

// linesOf puts the characters of pages together to lines from top to bottom.
func linesOf(pages []Page, stopped func() error) ([][]textLine, error) {
	parts := make([][][]character, len(pages))
	for i, p := range pages {
		if err := stopped(); err != nil {
			return nil, err
		}
		parts[i] = rowsOf(p)
	}
	lines := make([][]textLine, len(pages))
	for i, gutter := range stripsOf(parts) {
		usual := usualGapOf(parts[i])
		if err := stopped(); err != nil {
			return nil, err
		}
		for _, part := range parts[i] {
			lines[i] = append(lines[i], newLine(pages[i], part, gutter, usual))
		}
	}
	return lines, nil
}

// rowsOf are the characters of a page by the lines they stand on, from left to
// right.
func rowsOf(p Page) [][]character {
	all := slices.Clone(p.characters)
	slices.SortStableFunc(all, func(a, b character) int { return cmp.Compare(a.y0+a.y1, b.y0+b.y1) })
	var rows [][]character
	for len(all) > 0 {
		n := 1
		top, bottom := all[0].y0, all[0].y1
		for n < len(all) && overlaps(top, bottom, all[n]) {
			n++
		}
		slices.SortStableFunc(all[:n], func(a, b character) int { return cmp.Compare(a.x0, b.x0) })
		rows = append(rows, all[:n])
		all = all[n:]
	}
	return rows
}

// overlaps reports whether a character shares at least half of its height, or of
// the line's, with a line.
func overlaps(top, bottom float64, c character) bool {
	shared := min(bottom, c.y1) - max(top, c.y0)
	return shared >= 0.5*min(bottom-top, c.y1-c.y0)
}

// newLine makes a line of characters from left to right, which a gap over the
// gutter or a rule parts. The usual gap is that of the page.
func newLine(p Page, all []character, gutter strip, usual float64) textLine {
	all = slices.CompactFunc(all, isStruckTwice)
	l := textLine{sheet: p.sheet, page: p.sheet, rules: p.rules}
	l.em, l.height = sizeOf(all)
	all = withoutNoteMarks(all, l.height)
	l.x0, l.y0, l.x1, l.y1 = all[0].x0, all[0].y0, all[0].x1, all[0].y1
	for _, c := range all {
		l.y0, l.x1, l.y1 = min(l.y0, c.y0), max(l.x1, c.x1), max(l.y1, c.y1)
	}
	gaps := gapsOf(all, l.em, usual)
	l.beside = l.rules.beside(l.middle())
	for i := range gaps {
		if gutter.within(all[i].x1, all[i+1].x0, l.em) || parts(l.beside, all[i], all[i+1]) {
			gaps[i] = cellGap
		}
	}
	start := 0
	for i, g := range gaps {
		if g == cellGap {
			l.segments = append(l.segments, newRun(all[start:i+1], gaps[start:i], l.em))
			start = i + 1
		}
	}
	l.segments = append(l.segments, newRun(all[start:], gaps[start:], l.em))
	return l
}

// newRun makes a segment of characters and what is between them.
func newRun(all []character, gaps []gapKind, em float64) textRun {
	var text strings.Builder
	for i, c := range all {
		if i > 0 && gaps[i-1] == wordGap {
			text.WriteByte(' ')
		}
		text.WriteString(c.text)
	}
	return textRun{x0: all[0].x0, x1: all[len(all)-1].x1, first: firstUnit(all, gaps), text: text.String()}
}

// isStruckTwice reports whether b is a shown once more, to look bold.
func isStruckTwice(a, b character) bool {
	near := 0.1 * (a.y1 - a.y0)
	return a.text == b.text && math.Abs(a.x0-b.x0) < near && math.Abs(a.x1-b.x1) < near
}

// sizeOf is the width of a Han character in a line, guessed from the height
// where there is none, and the height of most of its characters.
func sizeOf(all []character) (em, height float64) {
	var widths, heights []float64
	for _, c := range all {
		heights = append(heights, c.y1-c.y0)
		if isHan(c) && c.x1 > c.x0 {
			widths = append(widths, c.x1-c.x0)
		}
	}
	height = median(heights)
	em = height
	if len(widths) > 0 {
		em = min(median(widths), 1.5*em)
	}
	return max(em, 1), height
}

// noteMark is what stands small and raised behind what a note is on.
var noteMark = regexp.MustCompile(`^([\[［〔(（【]?([\d０-９]{1,3}|注[\d０-９]{0,3})[\]］〕)）】]?|[①-⑳❶-❿㉑-㊿]|[*＊※†‡]{1,3})([,，、]([\[［〔]?[\d０-９]{1,3}[\]］〕]?|[①-⑳]))*$`)

// withoutNoteMarks leaves out what leads to notes: small and raised figures behind
// a Han character or a mark. Behind a letter or a figure they are a unit or a
// power, and at the start of a line they begin the note.
func withoutNoteMarks(all []character, height float64) []character {
	var feet []float64
	for _, c := range all {
		if c.y1-c.y0 > 0.9*height {
			feet = append(feet, c.y1)
		}
	}
	foot := median(feet)
	raised := func(c character) bool { return c.y1-c.y0 < 0.9*height && foot-c.y1 > 0.2*height }
	var kept []character
	for i := 0; i < len(all); {
		end := i
		var text strings.Builder
		for end < len(all) && raised(all[end]) {
			text.WriteString(all[end].text)
			end++
		}
		if end > i && len(kept) > 0 && !isLatin(kept[len(kept)-1]) && noteMark.MatchString(text.String()) {
			kept[len(kept)-1].x1 = all[end-1].x1 // no gap where it stood
			i = end
			continue
		}
		end = max(end, i+1)
		kept = append(kept, all[i:end]...)
		i = end
	}
	return kept
}

// A gapKind is what a gap between two characters of a line means.
type gapKind int

const (
	noGap gapKind = iota
	wordGap
	cellGap
)

// gapsOf are the gaps behind all characters but the last. Lines are stretched,
// titles spaced, and some documents set on a grid of characters: gaps as wide as
// those beside them are none.
func gapsOf(all []character, em, usual float64) []gapKind {
	widths := widthsOf(all, em)
	kinds, cells := make([]gapKind, len(widths)), 0
	for i, w := range widths {
		a, b := all[i], all[i+1]
		spacing := spacingAt(all, widths, i, usual)
		written := b.blankWidth/em + spacing*float64(b.blanks)
		w -= spacing
		switch {
		case w >= typedGap, w-written >= segmentGap:
			kinds[i] = cellGap
			cells++
		case w >= blankBetween(a, b)+spacing/2, b.blanks > 0 && (isLatin(a) && isLatin(b) || w >= typedBlank):
			kinds[i] = wordGap
		}
	}
	if cells > mostCells {
		for i := range kinds {
			kinds[i] = min(kinds[i], wordGap)
		}
	}
	return kinds
}

// widthsOf are the gaps behind all characters but the last, in em.
func widthsOf(all []character, em float64) []float64 {
	widths := make([]float64, len(all)-1)
	for i := range widths {
		widths[i] = (all[i+1].x0 - all[i].x1) / em
	}
	return widths
}

// usualGapOf is the gap between the characters of a page.
func usualGapOf(lines [][]character) float64 {
	var gaps []float64
	for _, all := range lines {
		em, _ := sizeOf(all)
		if usual, n := usualGap(all, widthsOf(all, em)); n >= fewestGaps {
			gaps = append(gaps, usual)
		}
	}
	return median(gaps)
}

// mostCells is how many cells a line has; with more it is none of a table.
const mostCells = 100

// spacingAt is how far the characters about a gap are set apart as a rule, in em:
// by what is alike about it, or else all over the page.
func spacingAt(all []character, widths []float64, at int, page float64) float64 {
	const (
		near   = 8   // characters on each side that tell
		widest = 2.5 // em
	)
	if widths[at] < typedBlank || widths[at] > widest && all[at+1].blanks == 0 {
		return 0
	}
	first, last := max(0, at-near), min(len(widths), at+near+1)
	usual, n := usualGap(all[first:last+1], widths[first:last])
	if n < fewestGaps {
		return page
	}
	return usual
}

// fewestGaps is how many gaps tell how far characters are set apart.
const fewestGaps = 3

// usualGap is the gap that half of the Han characters and more have between
// them, in em, and how many gaps there are. Punctuation is set closer.
func usualGap(all []character, widths []float64) (usual float64, n int) {
	const alike = 0.15 // em
	var gaps []float64
	for i, w := range widths {
		if isHan(all[i]) && isHan(all[i+1]) && all[i+1].blanks == 0 {
			gaps = append(gaps, max(0, w))
		}
	}
	usual = quantile(gaps, 0.49)
	same := 0
	for _, g := range gaps {
		if math.Abs(g-usual) < alike {
			same++
		}
	}
	if 2*same < len(gaps) {
		return 0, len(gaps)
	}
	return usual, len(gaps)
}

// blankBetween is the least gap between two characters that is a blank, in em.
func blankBetween(a, b character) float64 {
	if isLatin(a) && isLatin(b) {
		return letterGap
	}
	return blankGap
}

// isLatin reports whether a character is narrow: a letter, a figure, a sign.
func isLatin(c character) bool {
	r, _ := utf8.DecodeRuneInString(c.text)
	return r < 0x2000
}

func isHan(c character) bool {
	r, _ := utf8.DecodeRuneInString(c.text)
	return unicode.Is(unicode.Han, r)
}

// firstUnit is the width of what a line begins with that cannot stand partly
// on the line above: figures or a Latin word, or a Han character with the
// punctuation behind it.
func firstUnit(all []character, gaps []gapKind) float64 {
	end := 1
	for end < len(all) && gaps[end-1] == noGap {
		if isLatin(all[0]) && !isLatin(all[end]) || !isLatin(all[0]) && !strings.ContainsAny(all[end].text, "，。、；：！？”’」』》）") {
			break
		}
		end++
	}
	return all[end-1].x1 - all[0].x0
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
