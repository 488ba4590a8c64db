package ofd

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"baogao/internal/extract/layout"
)

// pointsPerMM turns the millimetres of a page into points.
const pointsPerMM = 72 / 25.4

// Bounds of what is on a page.
const (
	mostRules   = 2_000
	deepestUnit = 16 // graphic units within one another
)

// A sheet is a page as it is laid out.
type sheet struct {
	*document
	box       box
	resources []string
	glyphs    []layout.Glyph
	rules     []layout.Box
	slanted   strings.Builder
}

// put puts a content on the page, changed by a matrix.
func (s *sheet) put(c *content, m matrix, depth int) error {
	if depth > deepestUnit {
		return errCycle
	}
	if err := s.Step(1 + len(c.texts) + len(c.paths) + len(c.units)); err != nil {
		return err
	}
	for i := range c.texts {
		if err := s.putText(&c.texts[i], c.texts[i].then(m)); err != nil {
			return err
		}
	}
	for _, p := range c.paths {
		s.putRules(p, p.then(m))
	}
	for _, u := range c.units {
		unit, err := s.unit(u.id, s.resources)
		if err != nil {
			return err
		}
		if unit == nil {
			continue // a picture, or nothing that is shown
		}
		if err := s.put(unit, u.then(m), depth+1); err != nil {
			return err
		}
	}
	return nil
}

// putRules puts the lines of a path on the page.
func (s *sheet) putRules(p pathObject, m matrix) {
	for _, l := range p.lines {
		if len(s.rules) >= mostRules {
			return
		}
		x0, y0 := m.at(l[0], l[1])
		x1, y1 := m.at(l[2], l[3])
		s.rules = append(s.rules, s.onPage(x0, y0, x1, y1))
	}
}

// onPage is the box between two corners, in points from the lower left corner of
// the page.
func (s *sheet) onPage(x0, y0, x1, y1 float64) layout.Box {
	x := func(v float64) float64 { return (v - s.box.x) * pointsPerMM }
	y := func(v float64) float64 { return (s.box.y + s.box.height - v) * pointsPerMM }
	return layout.Box{X0: x(min(x0, x1)), X1: x(max(x0, x1)), Y0: y(max(y0, y1)), Y1: y(min(y0, y1))}
}

// putText puts the characters of a text on the page.
func (s *sheet) putText(t *textObject, m matrix) error {
	quarter := quarterOf(m, t.turned)
	blanks, blankWidth, position := 0, 0.0, 0
	for _, code := range t.codes {
		runes := []rune(code.text)
		if err := s.Step(len(runes)); err != nil {
			return err
		}
		steps := stepsOf(runes, code, t.size*t.stretch, t.size)
		x, y := code.x, code.y
		for i, r := range runes {
			switch text := readable(r); {
			case text == "":
			case strings.TrimSpace(text) == "":
				blanks, blankWidth = blanks+1, blankWidth+steps[i].width*scaleOf(m)*pointsPerMM
			case quarter < 0:
				s.slanted.WriteString(text)
			default:
				s.glyphs = append(s.glyphs, layout.Glyph{
					Box: s.boxOf(t, m, x, y, steps[i].width), Text: text, Quarter: quarter, Blanks: blanks, BlankWidth: blankWidth,
				})
				blanks, blankWidth = 0, 0
			}
			x, y = x+steps[i].x, y+steps[i].y
		}
		position += len(runes)
	}
	return s.putUnknown(t, m, position, max(quarter, 0))
}

// putUnknown puts a damaged character for each glyph that stands for none of the
// text.
func (s *sheet) putUnknown(t *textObject, m matrix, characters, quarter int) error {
	at := 0.0
	if len(t.codes) > 0 {
		at = t.codes[0].x
	}
	for _, run := range t.glyphs {
		if run.first < characters {
			continue
		}
		if err := s.Step(run.glyphs); err != nil {
			return err
		}
		for i := range run.glyphs {
			x := at + float64(run.first+i)*t.size
			s.glyphs = append(s.glyphs, layout.Glyph{Box: s.boxOf(t, m, x, t.size, t.size), Text: string(utf8.RuneError), Quarter: quarter})
		}
	}
	return nil
}

// boxOf is the box of a character whose line begins at x, y. Of its size, about a
// seventh is below the line.
func (s *sheet) boxOf(t *textObject, m matrix, x, y, wide float64) layout.Box {
	const below = 0.14
	turn := [4]matrix{{a: 1, d: 1}, {b: 1, c: -1}, {a: -1, d: -1}, {b: -1, c: 1}}[t.turned]
	turn.e, turn.f = x, y
	m = turn.then(m)
	x0, y0 := m.at(0, -(1-below)*t.size)
	x1, y1 := m.at(wide, below*t.size)
	return s.onPage(x0, y0, x1, y1)
}

// scaleOf is how much longer a line is on the page.
func scaleOf(m matrix) float64 { return math.Hypot(m.a, m.b) }

// quarterOf is by how many quarters a text is turned on the page, clockwise; -1 where
// it is aslant.
func quarterOf(m matrix, turned int) int {
	const aslant = 7.0 / 90 // of a quarter, as a page is that was scanned askew
	turn := math.Atan2(m.b, m.a) / (math.Pi / 2)
	nearest := math.Round(turn)
	if math.Abs(turn-nearest) > aslant {
		return -1
	}
	return (int(nearest) + 4 + turned) & 3
}

// A step is how wide a character is, and how far from it the next one stands.
type step struct{ width, x, y float64 }

// stepsOf are the steps of the characters of a code. Its distances tell them, and
// where it has none, how wide characters are as a rule: em, or half of it.
func stepsOf(runes []rune, code textCode, em, size float64) []step {
	dx, dy := deltas(code.deltaX, len(runes)), deltas(code.deltaY, len(runes))
	usual := usualNarrow(runes, dx, em)
	steps := make([]step, len(runes))
	for i, r := range runes {
		s := step{width: em}
		if isNarrow(r) {
			s.width = em / 2
		}
		switch {
		case i < len(dx):
			s.x = dx[i]
			if s.x > 0 && (s.x < s.width || isNarrow(r) && s.x <= usual) {
				s.width = s.x
			}
		case len(dy) == 0:
			s.x = s.width
		}
		if i < len(dy) {
			s.y = dy[i]
		} else if len(dy) > 0 && i >= len(dx) {
			s.y = size
		}
		steps[i] = s
	}
	return steps
}

// usualNarrow is how far narrow characters stand from the next ones at most where
// no gap is between them.
func usualNarrow(runes []rune, dx []float64, em float64) float64 {
	const widest, gap = 1.1, 0.3 // em
	sum, n := 0.0, 0
	for i := range min(len(dx), len(runes)) {
		if isNarrow(runes[i]) && dx[i] > 0 && dx[i] <= widest*em {
			sum, n = sum+dx[i], n+1
		}
	}
	if n == 0 {
		return em / 2
	}
	return min(sum/float64(n)+gap*em, widest*em)
}

// deltas are the distances in a list, in which g n d stands for n times d; most
// of them at most.
func deltas(list string, most int) (all []float64) {
	fields := strings.FieldsFunc(list, isSeparator)
	for i := 0; i < len(fields) && len(all) < most; i++ {
		times, value := 1, fields[i]
		if value == "g" || value == "G" {
			if i+2 >= len(fields) {
				break
			}
			times, _ = strconv.Atoi(fields[i+1])
			value = fields[i+2]
			i += 2
		}
		n := numbers(value)
		if len(n) == 0 {
			break
		}
		for range min(max(times, 0), most-len(all)) {
			all = append(all, n[0])
		}
	}
	return all
}

func isNarrow(r rune) bool {
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth, width.EastAsianAmbiguous:
		return false
	}
	return true
}

// readable is a character of a file as it is written elsewhere.
func readable(r rune) string {
	switch {
	case r < 0x20 && r != '\t' && r != '\n', r == 0xFFFE, r == 0xFFFF:
		return ""
	case unicode.IsSpace(r):
		return " "
	}
	return string(r)
}
