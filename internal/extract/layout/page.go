// Package layout makes paragraphs and rows of tables of pages that say where their
// characters stand and not what a paragraph is.
package layout

import "math"

// A Page is the characters of a page that are read in one direction.
type Page struct {
	sheet      int // the page of the file
	characters []character
	aside      bool // it stands beside the text of the page, in another direction
	rules      *ruling
}

// NewPage is a page of a file, from 0, whose glyphs stand upright.
func NewPage(sheet int, glyphs []Glyph) Page {
	p := Directions(0, 0, glyphs, nil)[0]
	p.sheet = sheet
	return p
}

// Sheet is the page of the file, from 0.
func (p Page) Sheet() int { return p.sheet }

// Len is how many characters the page has.
func (p Page) Len() int { return len(p.characters) }

// A Box is where something stands on a page before that is turned to be shown, in
// points from its lower left corner.
type Box struct{ X0, Y0, X1, Y1 float64 }

// A Glyph is a character on a page. It is as high as its size, and as wide as what
// the next one is set behind.
type Glyph struct {
	Box
	Text       string  // of several code points where a ligature stands for them
	Quarter    int     // quarters it is turned by on the page, clockwise
	Blanks     int     // that stand before it, as characters of their own
	BlankWidth float64 // of those
}

// A character is one character and where it stands, in points from the upper left
// of the page as it is read.
type character struct {
	x0, y0, x1, y1 float64
	text           string
	blanks         int
	blankWidth     float64
}

// Directions are the glyphs on a page of a width and height by the quarters they
// are turned by, with what is drawn there: thin boxes are rules, and so are the
// edges of others.
func Directions(width, height float64, glyphs []Glyph, drawn []Box) (directions [4]Page) {
	for _, g := range glyphs {
		c := g.upright(g.Quarter, width, height)
		c.text, c.blanks, c.blankWidth = g.Text, g.Blanks, g.BlankWidth
		d := &directions[g.Quarter]
		d.characters = append(d.characters, c)
	}
	for quarter := range directions {
		if d := &directions[quarter]; len(drawn) > 0 && len(d.characters) > 0 {
			d.rules = rulingOf(drawn, quarter, width, height)
		}
	}
	return directions
}

// upright is a box on a page of a size as what is turned by so many quarters is
// read: turned so that a character stands upright, from the upper left.
func (b Box) upright(quarter int, width, height float64) character {
	switch quarter {
	case 1: // read downwards
		return character{x0: height - b.Y1, x1: height - b.Y0, y0: width - b.X1, y1: width - b.X0}
	case 2:
		return character{x0: width - b.X1, x1: width - b.X0, y0: b.Y0, y1: b.Y1}
	case 3: // read upwards
		return character{x0: b.Y0, x1: b.Y1, y0: b.X0, y1: b.X1}
	}
	return character{x0: b.X0, x1: b.X1, y0: height - b.Y1, y1: height - b.Y0}
}

// InOrder puts the directions of a page, from 0, in the order they are read in: the
// one with most characters first.
func InOrder(directions [4]Page, sheet int) []Page {
	main := 0
	for d := range directions {
		directions[d].sheet = sheet
		directions[d].characters = standing(directions[d].characters)
		if len(directions[d].characters) > len(directions[main].characters) {
			main = d
		}
	}
	pages := []Page{directions[main]}
	for d, page := range directions {
		if d != main && len(page.characters) > 0 {
			page.aside = true
			pages = append(pages, page)
		}
	}
	return pages
}

// standing lays down text that is set from top to bottom: its columns, from right
// to left, become lines. Other text is left as it is.
func standing(all []character) []character {
	const fewest = 12 // characters
	below := 0
	for i := 1; i < len(all); i++ {
		a, b := all[i-1], all[i]
		if em := a.y1 - a.y0; math.Abs(a.x0+a.x1-b.x0-b.x1) < 0.2*em && b.y0-a.y0 > 0.7*em && b.y0-a.y0 < 1.6*em {
			below++
		}
	}
	if len(all) < fewest || 10*below < 7*len(all) {
		return all
	}
	right := 0.0
	for _, c := range all {
		right = max(right, c.x1)
	}
	for i, c := range all {
		middle, half := right-(c.x0+c.x1)/2, (c.y1-c.y0)/2 // the boxes of such fonts are wider than a column
		all[i].x0, all[i].x1, all[i].y0, all[i].y1 = c.y0, c.y1, middle-half, middle+half
	}
	return all
}
