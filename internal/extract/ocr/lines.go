package ocr

import (
	"image"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"baogao/internal/extract"
)

// Widths in lines, in widths of a Han character.
const (
	cellGap    = 1.6 // more than this without ink holds cells of a table apart
	numberGap  = 0.4 // more than this between two figures is a blank
	inkOfHan   = 0.92
	sameHeight = 0.15 // lines that differ in their size by less are of one
	fewToTell  = 8    // characters of a line whose size is told badly
)

// recognised puts lines together to what was read of a page with some ink.
func recognised(lines []line, k *ink) extract.Recognised {
	lines = slices.DeleteFunc(lines, func(l line) bool { return !slices.ContainsFunc(l.characters, tells) })
	var out extract.Recognised
	mendSigns(lines)
	sizes := make([]float64, len(lines))
	for i, l := range lines {
		sizes[i] = l.size()
	}
	out.Confidence = math.Round(confidenceOf(lines)*1e4) / 1e4
	usual := median(sizes)
	whole := map[int][]int{} // lines of one piece, by the part of the page
	for i, l := range lines {
		tolerance := sameHeight
		if len(l.characters) < fewToTell {
			tolerance = 0.5
		}
		if math.Abs(sizes[i]-usual) < tolerance*usual {
			sizes[i] = usual
		}
		pieces := l.pieces(sizes[i], k)
		if len(pieces) == 1 {
			whole[l.part] = append(whole[l.part], len(out.Lines))
		}
		out.Lines = append(out.Lines, pieces...)
	}
	for _, of := range whole {
		justify(out.Lines, of, usual)
	}
	return out
}

// justify has full lines of a part end at one edge: what they end with is seldom as wide
// as it was set, and ink tells no more.
func justify(all []extract.RecognisedLine, of []int, size float64) {
	const fewest, near = 4, 1.3
	var ends []float64
	for _, i := range of {
		ends = append(ends, all[i].X1)
	}
	slices.Sort(ends)
	if len(ends) < fewest {
		return
	}
	edge := ends[len(ends)*3/4]
	for _, i := range of {
		if l := &all[i]; math.Abs(l.X1-edge) < near*size && l.X1-l.X0 > 4*near*size {
			l.X1 = edge
		}
	}
}

// confidenceOf is the mean of that in the characters of lines.
func confidenceOf(lines []line) float64 {
	sum, n := 0.0, 0
	for _, l := range lines {
		sum, n = sum+l.confidence()*float64(len(l.characters)), n+len(l.characters)
	}
	return sum / float64(max(n, 1))
}

// confidence is the mean of that in the characters of a line.
func (l line) confidence() float64 {
	sum := 0.0
	for _, c := range l.characters {
		sum += c.confidence
	}
	return sum / float64(max(len(l.characters), 1))
}

// tells reports whether a character is more than a sign, which specks are read as.
func tells(c character) bool {
	r, _ := utf8.DecodeRuneInString(c.text)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// size is how wide a Han character is in a line, by how high its characters are, and by
// how many share the line: boxes are too high now and then, and lines have gaps.
func (l line) size() float64 {
	var heights []float64
	wide := 0.0
	for _, c := range l.characters {
		wide += widthOf(c.text)
		if isHan(c.text) {
			heights = append(heights, float64(c.box.Dy())/inkOfHan)
		}
	}
	if len(heights) < 3 {
		heights = append(heights, float64(l.box.Dy())/inkOfHan)
	}
	return max(min(median(heights), float64(l.box.Dx())/wide), 1)
}

// pieces parts a line where cells stand apart.
func (l line) pieces(size float64, k *ink) []extract.RecognisedLine {
	var middles []float64
	for _, c := range l.characters {
		if tells(c) {
			middles = append(middles, float64(c.box.Min.Y+c.box.Max.Y)/2)
		}
	}
	middle := median(middles)
	var pieces []extract.RecognisedLine
	start, x0 := 0, l.box.Min.X
	piece := func(end, x1 int) {
		if end > start {
			pieces = append(pieces, extract.RecognisedLine{
				Text: textOf(l.characters[start:end], size), X0: float64(x0), X1: float64(max(x1, x0+1)), Y0: middle - size/2, Y1: middle + size/2,
			})
		}
		start = end
	}
	rows := image.Rect(l.box.Min.X, int(middle-0.4*size), l.box.Max.X, int(middle+0.4*size))
	for _, gap := range k.gaps(rows, cellGap*size) {
		piece(l.nearest(start, float64(gap[0]+gap[1])/2), gap[0])
		x0 = gap[1]
	}
	piece(len(l.characters), l.box.Max.X)
	return pieces
}

// nearest is the first character, from one on, that stands behind a gap.
func (l line) nearest(from int, gap float64) int {
	best, at := math.Inf(1), from
	for i := from; i <= len(l.characters); i++ {
		between := math.Inf(1)
		if i > 0 && i < len(l.characters) {
			between = math.Abs((middleOf(l.characters[i-1].box)+middleOf(l.characters[i].box))/2 - gap)
		}
		if between < best {
			best, at = between, i
		}
	}
	return at
}

// gapBetween is the gap between two characters, by their middles and their usual
// widths.
func gapBetween(a, b character, size float64) float64 {
	return (middleOf(b.box)-middleOf(a.box))/size - (widthOf(a.text)+widthOf(b.text))/2
}

func middleOf(box image.Rectangle) float64 { return float64(box.Min.X+box.Max.X) / 2 }

// widthOf is how wide a character is, Han being 1.
func widthOf(text string) float64 {
	if r, _ := utf8.DecodeRuneInString(text); r < 0x2000 {
		return 0.5
	}
	return 1
}

// textOf joins characters. A blank stands only between Latin words, and between figures
// that stand apart: what is set in Chinese has none.
func textOf(all []character, size float64) string {
	var text strings.Builder
	for i, c := range all {
		if i > 0 && c.first {
			a, _ := utf8.DecodeLastRuneInString(all[i-1].text)
			b, _ := utf8.DecodeRuneInString(c.text)
			figures := unicode.IsDigit(a) && unicode.IsDigit(b)
			if a < 0x2000 && b < 0x2000 && (isWord(a) && isWord(b) && !figures || figures && gapBetween(all[i-1], c, size) > numberGap) {
				text.WriteByte(' ')
			}
		}
		text.WriteString(c.text)
	}
	return text.String()
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func isHan(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.Is(unicode.Han, r)
}

func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}
