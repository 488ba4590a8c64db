package pdf

import "math"

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
	for _, lines := range pages {
		gutter, ok := gutterOf(lines)
		if !ok {
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
		fewest    = 8   // lines of two columns
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
	return (right + edge) / 2, ok
}
