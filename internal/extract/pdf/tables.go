package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// tableEnd is where the table ends that begins with line i, or i if none
// does. A table is two or more lines of several segments, close to one
// another and in the same columns; a line between them may hold what is left
// of one cell. One line is a table by itself if it has three cells, for a
// table may go on over pages.
func tableEnd(lines []textLine, i int) int {
	const back = 8 // lines that a row is compared with
	if len(lines[i].segments) < 2 {
		return i
	}
	end, wide := i+1, 1
	for j := i + 1; j < len(lines) && lines[j].page == lines[i].page && isNear(lines[j-1], lines[j]); j++ {
		above := lines[max(i, j-back):j]
		if len(lines[j].segments) > 1 && sharesColumn(above, lines[j]) {
			end, wide = j+1, wide+1
		} else if len(lines[j].segments) == 1 && insideColumn(above, lines[j]) {
			end = j + 1
		} else {
			break
		}
	}
	switch {
	case wide > 1:
		return end
	case isRow(lines[i]):
		return i + 1
	}
	return i
}

// isRow reports whether a line can only be a row of a table: it has three
// cells or more, not all of them of one character.
func isRow(l textLine) bool {
	return len(l.segments) > 2 && slices.ContainsFunc(l.segments, func(s textRun) bool { return utf8.RuneCountInString(s.text) > 1 })
}

// isNear reports whether a line follows another as a row of a table does.
func isNear(a, b textLine) bool { return b.y0-a.y1 < 2.5*a.em }

// sharesColumn reports whether a line has two segments that stand below
// segments of the lines above.
func sharesColumn(above []textLine, l textLine) bool {
	shared := 0
	for _, s := range l.segments {
		if slices.ContainsFunc(above, func(a textLine) bool {
			return len(a.segments) > 1 && slices.ContainsFunc(a.segments, s.meets)
		}) {
			shared++
		}
	}
	return shared > 1
}

// insideColumn reports whether the only segment of a line stands below one
// segment of a line of several, and not below two.
func insideColumn(above []textLine, l textLine) bool {
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

func (s textRun) meets(o textRun) bool { return s.x0 < o.x1 && o.x0 < s.x1 }

// tableRows makes a line of each row of a table.
func tableRows(lines []textLine) []string {
	columns := columnsOf(lines)
	starts := rowStarts(lines, columns)
	var rows []string
	for i := range starts {
		end := len(lines)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		cells := make([]string, len(columns))
		for _, l := range lines[starts[i]:end] {
			for _, s := range l.segments {
				c := columnAt(columns, s)
				cells[c] = glueCell(cells[c], s.text)
			}
		}
		rows = append(rows, strings.Join(cells, " | "))
	}
	return rows
}

// rowStarts are the lines that rows begin with. The lines of a row stand
// closer together than rows do; where that gives a row the first column twice,
// all lines stand alike, and a row begins with each line that has the first
// column.
func rowStarts(lines []textLine, columns []textRun) []int {
	first := func(l textLine) bool { return columnAt(columns, l.segments[0]) == 0 }
	near := math.Inf(1)
	for i := 1; i < len(lines); i++ {
		near = min(near, lines[i].y0-lines[i-1].y0)
	}
	apart, begun := []int{0}, []int{0}
	named, clear := first(lines[0]), true
	for i := 1; i < len(lines); i++ {
		if lines[i].y0-lines[i-1].y0 > 1.1*near {
			apart = append(apart, i)
			named = false
		}
		if first(lines[i]) {
			begun = append(begun, i)
			clear = clear && !named
			named = true
		}
	}
	if clear {
		return apart
	}
	return begun
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
func columnsOf(lines []textLine) []textRun {
	var all []textRun
	for _, l := range lines {
		all = append(all, l.segments...)
	}
	slices.SortFunc(all, func(a, b textRun) int { return cmp.Compare(a.x0, b.x0) })
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
func columnAt(columns []textRun, s textRun) int {
	return max(0, slices.IndexFunc(columns, func(c textRun) bool { return c.x0 <= s.x0 && s.x0 <= c.x1 }))
}
