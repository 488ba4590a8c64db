package layout

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// A rule is a line that is drawn on a page, in the coordinates of its characters.
type rule struct{ at, from, to float64 }

// A ruling is the rules of a page, from left to right and from top to bottom.
type ruling struct{ upright, level []rule }

// What is taken for rules, in points.
const (
	Thickest = 3.0
	shortest = 6.0
)

// rulingOf are the rules that boxes are for text turned by so many quarters: thin
// ones are rules, and the edges of others.
func rulingOf(boxes []Box, quarter int, width, height float64) *ruling {
	r := &ruling{}
	for _, b := range boxes {
		c := b.upright(quarter, width, height)
		thinX, thinY := c.x1-c.x0 <= Thickest, c.y1-c.y0 <= Thickest
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
		if u.from <= y && y <= u.to && (len(places) == 0 || u.at-places[len(places)-1] > Thickest) {
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
	first := lines[i].beside
	if len(first) < 2 {
		return i
	}
	inner := false
	end := i
	for ; end < len(lines) && lines[end].page == lines[i].page && lines[end].rules == lines[i].rules; end++ {
		places := lines[end].beside
		if len(places) < 2 || math.Abs(places[0]-first[0]) > Thickest || lines[end].x0 < places[0]-Thickest || lines[end].x1 > places[len(places)-1]+Thickest {
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
		g.edges = append(g.edges, l.beside...)
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
		level, _ := slices.BinarySearch(g.levels, v.at-Thickest)
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
	return slices.CompactFunc(places, func(a, b float64) bool { return math.Abs(a-b) <= Thickest })
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
