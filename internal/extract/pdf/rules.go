package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"
)

// A rule is a line that is drawn on a page, in the coordinates of its characters.
type rule struct{ at, from, to float64 }

// A ruling is the rules of a page, from left to right and from top to bottom.
type ruling struct{ upright, level []rule }

// What is taken for rules, in points, and how much is looked at.
const (
	thickest     = 3.0
	shortest     = 6.0
	mostRules    = 4_000 // of a page
	mostSegments = 8_000 // of the paths of a page
	plainPath    = 5     // segments of a line or a rectangle
	judgedBy     = 64    // segments of a path, half of which lie level or upright where it is a grid
)

// drawn are the boxes of what may be rules on a page.
func (s *source) drawn(page requests.Page) (boxes []glyph, err error) {
	segments := mostSegments
	err = s.objects(page, enums.FPDF_PAGEOBJ_PATH, func(object references.FPDF_PAGEOBJECT) error {
		if len(boxes) >= mostRules {
			return errEnough
		}
		count, err := s.FPDFPath_CountSegments(&requests.FPDFPath_CountSegments{PageObject: object})
		if err != nil {
			return err
		}
		if count.Count > plainPath && segments > 0 {
			edges, seen, err := s.edges(object, min(count.Count, segments))
			if err != nil {
				return err
			}
			if segments -= seen; edges != nil {
				boxes = append(boxes, edges...)
				return nil
			}
		}
		box, err := s.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: object})
		if err != nil {
			return err
		}
		boxes = append(boxes, boxOf(box.Left, box.Bottom, box.Right, box.Top))
		return nil
	})
	return boxes, err
}

func boxOf(x0, y0, x1, y1 float32) (g glyph) {
	g.x0, g.x1 = order(x0, x1)
	g.y0, g.y1 = order(y0, y1)
	return g
}

// edges are the lines of a path that lie level or upright, of so many segments at most,
// and how many it looked at: a grid is often drawn as one path. They are nil where most
// of them lie otherwise, as those of a picture do.
func (s *source) edges(object references.FPDF_PAGEOBJECT, count int) (edges []glyph, seen int, err error) {
	placed, err := s.FPDFPageObj_GetMatrix(&requests.FPDFPageObj_GetMatrix{PageObject: object})
	if err != nil {
		return nil, 0, err
	}
	m, lines := placed.Matrix, 0
	var begun, at [2]float32
	line := func(to [2]float32) {
		lines++
		g := boxOf(at[0], at[1], to[0], to[1])
		if min(g.x1-g.x0, g.y1-g.y0) <= thickest {
			edges = append(edges, g)
		}
		at = to
	}
	for i := range count {
		if seen++; seen > judgedBy && 2*len(edges) < lines {
			return nil, seen, nil
		}
		p, err := s.segment(object, i)
		if err != nil {
			return nil, seen, err
		}
		to := [2]float32{m.A*p.X + m.C*p.Y + m.E, m.B*p.X + m.D*p.Y + m.F}
		switch p.kind {
		case enums.FPDF_SEGMENT_LINETO:
			line(to)
		case enums.FPDF_SEGMENT_MOVETO:
			begun, at = to, to
		default:
			lines++
			at = to
		}
		if p.closes && at != begun {
			line(begun)
		}
	}
	return edges, seen, nil
}

// A segment is a piece of a path, where it ends, and whether the path is closed there.
type segment struct {
	responses.FPDFPathSegment_GetPoint
	kind   enums.FPDF_SEGMENT
	closes bool
}

func (s *source) segment(object references.FPDF_PAGEOBJECT, i int) (found segment, err error) {
	piece, err := s.FPDFPath_GetPathSegment(&requests.FPDFPath_GetPathSegment{PageObject: object, Index: i})
	if err != nil {
		return found, err
	}
	kind, err := s.FPDFPathSegment_GetType(&requests.FPDFPathSegment_GetType{PathSegment: piece.PathSegment})
	if err != nil {
		return found, err
	}
	point, err := s.FPDFPathSegment_GetPoint(&requests.FPDFPathSegment_GetPoint{PathSegment: piece.PathSegment})
	if err != nil {
		return found, err
	}
	closes, err := s.FPDFPathSegment_GetClose(&requests.FPDFPathSegment_GetClose{PathSegment: piece.PathSegment})
	if err != nil {
		return found, err
	}
	return segment{*point, kind.Type, closes.IsClose}, nil
}

// rulingOf are the rules that boxes are for text turned by so many quarters: thin
// ones are rules, and the edges of others.
func rulingOf(boxes []glyph, quarter int, width, height float64) *ruling {
	r := &ruling{}
	for _, g := range boxes {
		g.quarter = quarter
		c := g.upright(width, height)
		thinX, thinY := c.x1-c.x0 <= thickest, c.y1-c.y0 <= thickest
		switch {
		case thinX && thinY:
		case thinX:
			r.upright = append(r.upright, rule{(c.x0 + c.x1) / 2, c.y0, c.y1})
		case thinY:
			r.level = append(r.level, rule{(c.y0 + c.y1) / 2, c.x0, c.x1})
		default:
			r.upright = append(r.upright, rule{c.x0, c.y0, c.y1}, rule{c.x1, c.y0, c.y1})
			r.level = append(r.level, rule{c.y0, c.x0, c.x1}, rule{c.y1, c.x0, c.x1})
		}
	}
	long := func(a rule) bool { return a.to-a.from < shortest }
	r.upright, r.level = slices.DeleteFunc(r.upright, long), slices.DeleteFunc(r.level, long)
	byPlace := func(a, b rule) int { return cmp.Compare(a.at, b.at) }
	slices.SortFunc(r.upright, byPlace)
	slices.SortFunc(r.level, byPlace)
	return r
}

// beside are the places of the upright rules that a height lies beside, those close
// together as one.
func (r *ruling) beside(y float64) []float64 {
	if r == nil {
		return nil
	}
	var places []float64
	for _, u := range r.upright {
		if u.from <= y && y <= u.to && (len(places) == 0 || u.at-places[len(places)-1] > thickest) {
			places = append(places, u.at)
		}
	}
	return places
}

// parts reports whether a rule stands between two characters.
func parts(places []float64, a, b character) bool {
	i, _ := slices.BinarySearch(places, (a.x0+a.x1)/2)
	return i < len(places) && places[i] < (b.x0+b.x1)/2
}

// ruledEnd is where a table with rules ends that begins with line i, or i: its lines
// lie between the same outer rules, some of them beside one within.
func ruledEnd(lines []textLine, i int) int {
	first := lines[i].rules.beside(lines[i].middle())
	if len(first) < 2 {
		return i
	}
	inner := false
	end := i
	for ; end < len(lines) && lines[end].page == lines[i].page && lines[end].rules == lines[i].rules; end++ {
		places := lines[end].rules.beside(lines[end].middle())
		if len(places) < 2 || math.Abs(places[0]-first[0]) > thickest || lines[end].x0 < places[0]-thickest || lines[end].x1 > places[len(places)-1]+thickest {
			break
		}
		inner = inner || len(places) > 2
	}
	if !inner {
		return i
	}
	return end
}

func (l textLine) middle() float64 { return (l.y0 + l.y1) / 2 }

// A grid is the rows and columns of a table with rules.
type grid struct {
	edges  []float64 // of columns, from left to right
	levels []float64 // of rows, from top to bottom
	starts [][]int   // the row that the cell begins in that a row has in a column
}

// mostCellsRuled is how many cells a table with rules has that is read by them.
const mostCellsRuled = 20_000

// gridOf is the grid of a table; ok is false where it has more cells than a table has.
func gridOf(lines []textLine) (g grid, ok bool) {
	rules := lines[0].rules
	for _, l := range lines {
		g.edges = append(g.edges, rules.beside(l.middle())...)
	}
	g.edges = apart(g.edges)
	above, below := lines[0].y0-10*lines[0].height, lines[len(lines)-1].y1+lines[0].height
	inside := func(v rule) bool {
		return v.at > above && v.at < below && v.to > g.edges[0] && v.from < g.edges[len(g.edges)-1]
	}
	for _, v := range rules.level {
		if inside(v) {
			g.levels = append(g.levels, v.at)
		}
	}
	g.levels = apart(g.levels)
	columns := len(g.edges) - 1
	if columns < 1 || (len(g.levels)+1)*columns > mostCellsRuled {
		return g, false
	}
	ruled := make([][]bool, len(g.levels)) // whether a rule is over the middle of a column
	for i := range ruled {
		ruled[i] = make([]bool, columns)
	}
	for _, v := range rules.level {
		if !inside(v) {
			continue
		}
		level, _ := slices.BinarySearch(g.levels, v.at-thickest)
		for c := range columns {
			if middle := (g.edges[c] + g.edges[c+1]) / 2; level < len(ruled) && v.from <= middle && middle <= v.to {
				ruled[level][c] = true
			}
		}
	}
	g.starts = make([][]int, len(g.levels)+1)
	for row := range g.starts {
		g.starts[row] = make([]int, columns)
		for c := range columns {
			if g.starts[row][c] = row; row > 0 && !ruled[row-1][c] {
				g.starts[row][c] = g.starts[row-1][c]
			}
		}
	}
	return g, true
}

// apart are places from the least on, those close together as one.
func apart(places []float64) []float64 {
	slices.Sort(places)
	return slices.CompactFunc(places, func(a, b float64) bool { return math.Abs(a-b) <= thickest })
}

// rows makes the rows of a table: what stands between two level rules. A cell
// without a rule above it is one with the cell above, and is repeated in each of its
// rows, unless it is long.
func (g grid) rows(lines []textLine) []string {
	const longest = 64 // code points of a cell that is repeated
	columns := len(g.edges) - 1
	cells, filled := make([][]string, len(g.starts)), make([]bool, len(g.starts))
	for i := range cells {
		cells[i] = make([]string, columns)
	}
	for _, l := range lines {
		row, _ := slices.BinarySearch(g.levels, l.middle())
		filled[row] = true
		for _, s := range l.segments {
			edge, _ := slices.BinarySearch(g.edges, (s.x0+min(s.x1, s.x0+l.em))/2)
			c := min(max(edge-1, 0), columns-1)
			start := g.starts[row][c]
			cells[start][c], filled[start] = glueCell(cells[start][c], s.text), true
		}
	}
	var rows []string
	for i, row := range cells {
		if !filled[i] {
			continue
		}
		for c := range row {
			start := g.starts[i][c]
			if inside := start > 0 && i < len(g.levels); inside && start < i && utf8.RuneCountInString(cells[start][c]) <= longest {
				row[c] = cells[start][c]
			}
		}
		rows = append(rows, strings.Join(row, " | "))
	}
	return rows
}
