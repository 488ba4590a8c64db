package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// tableEnd is where the table ends that begins with line i, or i if none
// does. A table is two or more lines of several segments, close to one
// another and in the same columns; a line between them may hold what is left
// of one cell.
func tableEnd(lines []pdfLine, i int) int {
	if len(lines[i].segments) < 2 {
		return i
	}
	const back = 8 // lines that a row is compared with
	end, wide := i+1, 1
	for j := i + 1; j < len(lines) && lines[j].page == lines[i].page && isNear(lines[j-1], lines[j]); j++ {
		switch {
		case len(lines[j].segments) > 1:
			if !sharesColumn(lines[max(i, j-back):j], lines[j]) {
				return tableOf(i, end, wide)
			}
			end, wide = j+1, wide+1
		case insideColumn(lines[max(i, j-back):j], lines[j]):
			end = j + 1
		default:
			return tableOf(i, end, wide)
		}
	}
	return tableOf(i, end, wide)
}

func tableOf(start, end, wide int) int {
	if wide < 2 {
		return start
	}
	return end
}

// isNear reports whether a line follows another as a row of a table does.
func isNear(a, b pdfLine) bool { return b.y0-a.y1 < 2.5*a.em }

// sharesColumn reports whether a line has two segments that stand below
// segments of the lines above.
func sharesColumn(above []pdfLine, l pdfLine) bool {
	shared := 0
	for _, s := range l.segments {
		if slices.ContainsFunc(above, func(a pdfLine) bool {
			return len(a.segments) > 1 && slices.ContainsFunc(a.segments, s.meets)
		}) {
			shared++
		}
	}
	return shared > 1
}

// insideColumn reports whether the only segment of a line stands below one
// segment of a line of several, and not below two.
func insideColumn(above []pdfLine, l pdfLine) bool {
	found := false
	for _, a := range above {
		if len(a.segments) < 2 {
			continue
		}
		met := 0
		for _, s := range a.segments {
			if s.meets(l.segments[0]) {
				met++
			}
		}
		if met > 1 {
			return false
		}
		found = found || met == 1
	}
	return found
}

func (s pdfSegment) meets(o pdfSegment) bool { return s.x0 < o.x1 && o.x0 < s.x1 }

// tableRows makes a line of each row of a table. Lines belong to one row if
// they stand closer than others do or, where all stand alike, if the first
// column of a line is empty.
func tableRows(lines []pdfLine) []string {
	columns := columnsOf(lines)
	near, far := lines[1].y0-lines[0].y0, 0.0
	for i := 1; i < len(lines); i++ {
		d := lines[i].y0 - lines[i-1].y0
		near, far = min(near, d), max(far, d)
	}
	var rows []string
	var cells []string
	flush := func() {
		if cells != nil {
			rows = append(rows, strings.Join(cells, " | "))
		}
		cells = make([]string, len(columns))
	}
	for i, l := range lines {
		starts := i == 0
		if i > 0 && far > 1.2*near {
			starts = l.y0-lines[i-1].y0 > 1.1*near
		} else if i > 0 {
			starts = columnAt(columns, l.segments[0]) == 0
		}
		if starts {
			flush()
		}
		for _, s := range l.segments {
			c := columnAt(columns, s)
			cells[c] = glueCell(cells[c], s.text)
		}
	}
	flush()
	return rows
}

// glueCell puts the lines of a cell together. Figures on both sides are two
// numbers, for a cell that breaks one is rarer than one that lists them.
func glueCell(a, b string) string {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	if a != "" && last < 0x80 && first < 0x80 {
		return a + " " + b
	}
	return a + b
}

// columnsOf are the columns of a table: ranges that no gap between segments
// runs through from top to bottom.
func columnsOf(lines []pdfLine) []pdfSegment {
	var all []pdfSegment
	for _, l := range lines {
		all = append(all, l.segments...)
	}
	slices.SortFunc(all, func(a, b pdfSegment) int { return cmp.Compare(a.x0, b.x0) })
	columns := all[:1:1]
	for _, s := range all[1:] {
		if last := &columns[len(columns)-1]; s.x0 < last.x1 {
			last.x1 = max(last.x1, s.x1)
		} else {
			columns = append(columns, s)
		}
	}
	return columns
}

// columnAt is the column that a segment stands in.
func columnAt(columns []pdfSegment, s pdfSegment) int {
	return max(0, slices.IndexFunc(columns, func(c pdfSegment) bool { return c.x0 <= s.x0 && s.x0 <= c.x1 }))
}
