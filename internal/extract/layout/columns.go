package layout

import (
	"cmp"
	"math"
	"slices"
)

// A flow is lines that are read from top to bottom: a page, or a column of
// one. Its lines have its number as their page.
type flow struct {
	lines  []textLine
	column bool
}

// columnsOfPages puts pages with two columns of text into the order they are
// read in: above a line that runs through both, the left column and then the
// right one.
func columnsOfPages(pages [][]textLine) []flow {
	var flows []flow
	add := func(lines []textLine, column bool) {
		if len(lines) == 0 {
			return
		}
		for i := range lines {
			lines[i].page = len(flows)
		}
		flows = append(flows, flow{lines, column})
	}
	gutters := make([]float64, len(pages))
	var found []float64
	for i, lines := range pages {
		if x, ok := gutterOf(lines); ok {
			gutters[i], found = x, append(found, x)
		}
	}
	usual := median(found)
	for i, lines := range pages {
		gutter := gutters[i]
		if gutter == 0 && usual > 0 && keepsFree(lines, usual) {
			gutter = usual
		}
		if gutter == 0 {
			add(lines, false)
			continue
		}
		var through, left, right []textLine
		flush := func() {
			add(left, true)
			add(right, true)
			left, right = nil, nil
		}
		for _, l := range lines {
			a, b := l.cut(gutter)
			if len(a.segments) > 0 && a.x1 > gutter {
				flush()
				through = append(through, l)
				continue
			}
			add(through, false)
			through = nil
			if len(a.segments) > 0 {
				left = append(left, a)
			}
			if len(b.segments) > 0 {
				right = append(right, b)
			}
		}
		add(through, false)
		flush()
	}
	return flows
}

// keepsFree reports whether a page, which is too short to tell, may have the gutter
// of the others: all lines of several segments do, and no more than a third of
// all run through it.
func keepsFree(lines []textLine, gutter float64) bool {
	parted, through := 0, 0
	for _, l := range lines {
		a, b := l.cut(gutter)
		switch {
		case len(a.segments) > 0 && a.x1 > gutter:
			through++
		case len(l.segments) > 2:
			return false
		case len(a.segments) > 0 && len(b.segments) > 0:
			parted++
		}
	}
	return parted > 1 && 3*through <= len(lines)
}

// cut parts the segments of a line by whether they begin left of x.
func (l textLine) cut(x float64) (left, right textLine) {
	left, right = l, l
	n := 0
	for n < len(l.segments) && l.segments[n].x0 < x {
		n++
	}
	left.segments, right.segments = l.segments[:n:n], l.segments[n:]
	if n > 0 {
		left.x1 = l.segments[n-1].x1
	}
	if n < len(l.segments) {
		right.x0 = l.segments[n].x0
	}
	return left, right
}

// gutterOf finds the middle of what holds two columns of text apart. Unlike
// the cells of a table, the lines of the left column are mostly full, and
// those of the right one begin at one edge or with an indentation.
func gutterOf(lines []textLine) (x float64, ok bool) {
	const (
		fewest    = 4   // lines of two columns
		certain   = 8   // lines of which three in five are full
		narrowest = 8.0 // em, of such a line in a column
	)
	var ends, starts []float64
	em := 1.0
	for _, l := range lines {
		if len(l.segments) != 2 {
			continue
		}
		a, b := l.segments[0], l.segments[1]
		if min(a.x1-a.x0, b.x1-b.x0) >= narrowest*l.em {
			ends, starts = append(ends, a.x1), append(starts, b.x0)
			em = l.em
		}
	}
	if len(ends) < fewest || 5*len(ends) < 2*len(lines) {
		return 0, false
	}
	right, edge := quantile(ends, 0.9), quantile(starts, 0.1)
	full, begun := 0, 0
	for i := range ends {
		if right-ends[i] < 1.5*em {
			full++
		}
		if math.Abs(starts[i]-edge) < 2.5*em {
			begun++
		}
	}
	ok = 5*full >= 3*len(ends) && 10*begun >= 7*len(ends) && right < edge
	if len(ends) < certain {
		ok = ok && full >= len(ends)-1 && begun >= len(ends)-1 && edge-right < 4*em && right-lines[0].x0 > 12*em
	}
	return (right + edge) / 2, ok
}

// A strip is what runs from top to bottom of a page without a character in most
// of its lines. The zero strip is none.
type strip struct{ x float64 }

// within reports whether a gap from x0 to x1 lies over the strip.
func (s strip) within(x0, x1, em float64) bool {
	return s.x > 0 && x0 <= s.x && s.x <= x1 && x1-x0 >= 0.5*em
}

// stripsOf are the strips of pages; one that has none of its own has that of the
// page before it, or of the first that has one.
func stripsOf(pages [][][]character) []strip {
	strips := make([]strip, len(pages))
	last := strip{}
	for i := range pages {
		if strips[i] = stripOf(pages[i]); strips[i].x > 0 {
			if last.x == 0 {
				for j := range i {
					strips[j] = strips[i]
				}
			}
			last = strips[i]
		}
		strips[i] = last
	}
	return strips
}

// stripOf finds what holds two columns of text apart whose gap may be narrower
// than one of cells: it runs through three in five of the lines that reach over
// it, and there is as much text beside it as columns have.
func stripOf(lines [][]character) strip {
	const (
		fewest    = 6
		narrowest = 0.7 // em
		column    = 8.0 // em, of a line in a column
	)
	type edge struct {
		x    float64
		open int
	}
	var edges []edge
	for _, all := range lines {
		em, _ := sizeOf(all)
		for i := 1; i < len(all); i++ {
			a, b := all[i-1].x1, all[i].x0
			if b-a >= narrowest*em && a-all[0].x0 >= column*em && all[len(all)-1].x1-b >= column*em {
				edges = append(edges, edge{a, 1}, edge{b, -1})
			}
		}
	}
	slices.SortFunc(edges, func(a, b edge) int { return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(b.open, a.open)) })
	open, most, x := 0, 0, 0.0
	for i, e := range edges {
		if open += e.open; open > most {
			most, x = open, (e.x+edges[i+1].x)/2
		}
	}
	over := 0
	for _, all := range lines {
		if em, _ := sizeOf(all); all[0].x0+column*em < x && x < all[len(all)-1].x1-column*em {
			over++
		}
	}
	if most < fewest || 5*most < 3*over {
		return strip{}
	}
	return strip{x}
}
