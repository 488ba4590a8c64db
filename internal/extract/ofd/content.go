package ofd

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"
)

// A box is where something stands, in millimetres from the upper left.
type box struct{ x, y, width, height float64 }

func boxOf(text string) box {
	n := numbers(text)
	if len(n) < 4 || n[2] <= 0 || n[3] <= 0 {
		return box{}
	}
	return box{n[0], n[1], n[2], n[3]}
}

// numbers are the numbers in a list; what is none ends it.
func numbers(text string) (list []float64) {
	for f := range strings.FieldsFuncSeq(text, isSeparator) {
		n, err := strconv.ParseFloat(f, 64)
		if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
			return list
		}
		list = append(list, n)
	}
	return list
}

func isSeparator(r rune) bool { return r == ' ' || r == ',' || r == '\n' || r == '\t' || r == '\r' }

// A matrix puts x, y to ax+cy+e, bx+dy+f.
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{a: 1, d: 1}

func matrixOf(text string) matrix {
	if n := numbers(text); len(n) >= 6 {
		return matrix{n[0], n[1], n[2], n[3], n[4], n[5]}
	}
	return identity
}

// then is m, and n after it.
func (m matrix) then(n matrix) matrix {
	return matrix{
		n.a*m.a + n.c*m.b, n.b*m.a + n.d*m.b, n.a*m.c + n.c*m.d, n.b*m.c + n.d*m.d,
		n.a*m.e + n.c*m.f + n.e, n.b*m.e + n.d*m.f + n.f,
	}
}

func (m matrix) at(x, y float64) (float64, float64) { return m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f }

// placed is how an object stands in what it is in: changed by its matrix, and from
// the corner of its boundary.
func placed(e xml.StartElement) matrix {
	m := matrixOf(attribute(e, "CTM"))
	if n := numbers(attribute(e, "Boundary")); len(n) >= 2 {
		m.e, m.f = m.e+n[0], m.f+n[1]
	}
	return m
}

// A content is what stands on a page, in a template or in a graphic unit.
type content struct {
	texts []textObject
	paths []pathObject
	units []unitObject
}

// A textObject is characters in one font and size.
type textObject struct {
	matrix
	size, stretch float64 // stretch is the width of characters to the usual one
	turned        int     // quarters that each character is turned by in its line, clockwise
	codes         []textCode
	glyphs        []glyphRun
}

// A textCode is characters that stand behind one another.
type textCode struct {
	x, y           float64
	deltaX, deltaY string
	text           string
}

// A glyphRun is glyphs that are shown for characters, from one on: without a
// character, nobody knows what they say.
type glyphRun struct{ first, glyphs int }

// A pathObject is lines that are drawn, each from x0, y0 to x1, y1.
type pathObject struct {
	matrix
	lines [][4]float64
}

// A unitObject is a graphic unit that stands there.
type unitObject struct {
	matrix
	id string
}

// A builder makes contents of the elements of a part: of a page into one, of
// resources into one for each graphic unit.
type builder struct {
	into  *content
	units map[string]*content

	hidden int // elements that are not shown, about the one that is read
	inside []bool
	object string // the object that is read: TextObject, PathObject, or ""
}

func (b *builder) start(e xml.StartElement) error {
	hidden := strings.EqualFold(attribute(e, "Visible"), "false")
	if b.inside = append(b.inside, hidden); hidden {
		b.hidden++
	}
	if e.Name.Local == "CompositeGraphicUnit" && b.units != nil {
		b.into = &content{}
		b.units[attribute(e, "ID")] = b.into
	}
	if b.into == nil || b.hidden > 0 {
		return nil
	}
	switch e.Name.Local {
	case "TextObject":
		b.object = e.Name.Local
		b.into.texts = append(b.into.texts, newText(e))
	case "PathObject":
		b.object = e.Name.Local
		b.into.paths = append(b.into.paths, pathObject{matrix: placed(e)})
	case "CompositeObject":
		b.into.units = append(b.into.units, unitObject{placed(e), attribute(e, "ResourceID")})
	case "TextCode":
		b.code(e)
	case "CGTransform":
		if b.object == "TextObject" {
			t := &b.into.texts[len(b.into.texts)-1]
			t.glyphs = append(t.glyphs, glyphRunOf(e))
		}
	}
	return nil
}

func newText(e xml.StartElement) textObject {
	t := textObject{matrix: placed(e), size: number(e, "Size", 0), stretch: number(e, "HScale", 1)}
	t.turned = int(math.Round(number(e, "CharDirection", 0)/90)) & 3
	return t
}

func glyphRunOf(e xml.StartElement) glyphRun {
	first, glyphs := number(e, "CodePosition", 0), number(e, "GlyphCount", 1)
	return glyphRun{int(max(0, min(first, 1<<30))), int(max(0, min(glyphs, 1<<20)))}
}

// code begins a code of the text that is read; what it does not say goes on from
// the one before.
func (b *builder) code(e xml.StartElement) {
	if b.object != "TextObject" {
		return
	}
	t := &b.into.texts[len(b.into.texts)-1]
	var x, y float64
	if n := len(t.codes); n > 0 {
		x, y = t.codes[n-1].x, t.codes[n-1].y
	}
	t.codes = append(t.codes, textCode{
		x: number(e, "X", x), y: number(e, "Y", y), deltaX: attribute(e, "DeltaX"), deltaY: attribute(e, "DeltaY"),
	})
}

// number is an attribute that is a number, or what it is where it is not given.
func number(e xml.StartElement, name string, otherwise float64) float64 {
	if n := numbers(attribute(e, name)); len(n) > 0 {
		return n[0]
	}
	return otherwise
}

func (b *builder) text(element, text string) error {
	if b.into == nil || b.hidden > 0 {
		return nil
	}
	switch {
	case element == "TextCode" && b.object == "TextObject":
		if strings.ContainsRune(text, '\n') { // set apart in the file
			text = strings.TrimSpace(text)
		}
		t := &b.into.texts[len(b.into.texts)-1]
		t.codes[len(t.codes)-1].text = text
	case element == "AbbreviatedData" && b.object == "PathObject":
		p := &b.into.paths[len(b.into.paths)-1]
		p.lines = linesOf(text)
	}
	return nil
}

func (b *builder) end(element string) {
	if n := len(b.inside) - 1; n >= 0 {
		if b.inside[n] {
			b.hidden--
		}
		b.inside = b.inside[:n]
	}
	switch {
	case element == b.object:
		b.object = ""
	case element == "CompositeGraphicUnit" && b.units != nil:
		b.into = nil
	}
}

// linesOf are the lines of a path, by the signs that GB/T 33190 has for them: S and
// M begin, L draws, C closes. A path with curves has none: it is no rule but an
// ornament, or the outlines of letters.
func linesOf(path string) (lines [][4]float64) {
	arguments := map[string]int{"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
	var x, y, firstX, firstY float64
	sign := ""
	var values []float64
	for field := range strings.FieldsFuncSeq(path, isSeparator) {
		if _, ok := arguments[field]; ok {
			sign, values = field, nil
			if sign == "C" {
				lines = append(lines, [4]float64{x, y, firstX, firstY})
				x, y = firstX, firstY
			}
			continue
		}
		n := numbers(field)
		if len(n) == 0 || sign == "" {
			continue
		}
		if values = append(values, n[0]); len(values) < max(2, arguments[sign]) {
			continue
		}
		toX, toY := values[len(values)-2], values[len(values)-1]
		switch sign {
		case "S", "M":
			firstX, firstY = toX, toY
		case "L":
			lines = append(lines, [4]float64{x, y, toX, toY})
		default:
			return nil
		}
		x, y, values = toX, toY, nil
	}
	return lines
}
