package layout

import (
	"cmp"
	"math"
	"regexp"
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
	if end := ruledEnd(lines, i); end > i {
		return end
	}
	if len(lines[i].segments) < 2 {
		return i
	}
	end, wide := i+1, 1
	for j := i + 1; j < len(lines) && lines[j].page == lines[i].page; j++ {
		above := lines[max(i, j-back):j]
		if len(lines[j].segments) > 1 && isNear(lines[j-1], lines[j], 5) && sharesColumn(above, lines[j]) {
			end, wide = j+1, wide+1
		} else if len(lines[j].segments) == 1 && isNear(lines[j-1], lines[j], 2.5) && insideColumn(above, lines[j]) {
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

// isNear reports whether a line follows another within so many em.
func isNear(a, b textLine, most float64) bool { return b.y0-a.y1 < most*a.em }

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
	if ruledEnd(lines, 0) == len(lines) {
		if g, ok := gridOf(lines); ok {
			return g.rows(lines)
		}
	}
	columns := columnsOf(lines)
	if len(columns) > mostCells {
		return rowsAsTheyStand(lines)
	}
	anchors := anchorsOf(lines, columns)
	if len(anchors) < 2 || len(anchors) > mostRows {
		return rowsByGaps(lines, columns)
	}
	head := anchors[0]
	var rows []string
	if head > 0 {
		rows = rowsByGaps(lines[:head], columns)
	}
	return append(rows, rowsByAnchors(lines[head:], columns)...)
}

// mostRows is how many rows of a page are looked at for cells of several lines.
const mostRows = 1000

// rowsAsTheyStand has each line be a row, for what has more columns than tables have.
func rowsAsTheyStand(lines []textLine) []string {
	rows := make([]string, len(lines))
	for i, l := range lines {
		cells := make([]string, len(l.segments))
		for j, s := range l.segments {
			cells[j] = s.text
		}
		rows[i] = strings.Join(cells, " | ")
	}
	return rows
}

// rowsByGaps tells rows by how far lines stand apart.
func rowsByGaps(lines []textLine, columns []textRun) []string {
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

// figureCell is a cell that is a figure, with what is counted, or stands for
// one: such a cell has one line.
var figureCell = regexp.MustCompile(`^(([增减升降+＋\-－−↑↓±约近共]|增长|下降|上升|减少|增加){0,2} ?[\d０-９][\d０-９,，.．]*( ?[%％‰]|[\p{Han}\x{33A1}/]{0,4})|[-—–－/／\\*]{1,3}|无|○|√|×)$`)

// anchorsOf are the lines that rows of figures stand on: they have several cells,
// and one of them behind the first column is a figure. One row stands on each.
func anchorsOf(lines []textLine, columns []textRun) []int {
	var anchors []int
	for i, l := range lines {
		if len(l.segments) > 1 && slices.ContainsFunc(l.segments, func(s textRun) bool {
			return columnAt(columns, s) > 0 && figureCell.MatchString(s.text)
		}) {
			anchors = append(anchors, i)
		}
	}
	if len(anchors) < 2 && len(columns) > 2 {
		return wordAnchorsOf(lines, columns)
	}
	return anchors
}

// wordAnchorsOf are the lines that rows of words stand on: they have a cell in each
// column but the first, unless these go on with cells of the line above, which are
// then all full.
func wordAnchorsOf(lines []textLine, columns []textRun) []int {
	var anchors []int
	named := 0
	for i, l := range lines {
		at := map[int]textRun{}
		for _, s := range l.segments {
			at[columnAt(columns, s)] = s
		}
		first, has := at[0]
		if has && first.text != "" {
			named++
		}
		if len(at) < len(columns)-1 || !has && len(at) != len(columns)-1 || has && len(at) != len(columns) {
			continue
		}
		if i > 0 && !has && isFull(lines[i-1], columns) {
			continue
		}
		anchors = append(anchors, i)
	}
	if len(anchors) < 3 || named >= len(anchors) {
		return nil // no row lacks the first cell
	}
	return anchors
}

// isFull reports whether all cells of a line but the first reach the right edges of
// their columns.
func isFull(l textLine, columns []textRun) bool {
	const few = 4 // em; narrower columns tell nothing
	return !slices.ContainsFunc(l.segments, func(s textRun) bool {
		c := columnAt(columns, s)
		return c > 0 && (columns[c].x1-s.x1 > 1.2*l.em || columns[c].x1-columns[c].x0 < few*l.em)
	})
}

// A cellBlock is the lines of a cell that stand one above the other.
type cellBlock struct {
	top, bottom float64
	text        string
}

func (b cellBlock) middle() float64 { return (b.top + b.bottom) / 2 }

// rowsByAnchors makes the rows of a table of figures that begins with one. A cell
// of a leading column that has fewer cells than there are rows is merged: it
// stands at the first of its rows, or in the middle of them, and is repeated in
// each. What else stands between two rows belongs to the nearer one.
func rowsByAnchors(lines []textLine, columns []textRun) []string {
	anchors := anchorsOf(lines, columns)
	at := make([]float64, len(anchors)) // the middle of each row
	rows := make([][]string, len(anchors))
	for i, n := range anchors {
		at[i], rows[i] = (lines[n].y0+lines[n].y1)/2, make([]string, len(columns))
	}
	leading := len(at) <= mostMerged
	group := make([]int, len(at)) // of rows that share the merged cell before
	for c := range columns {
		blocks := blocksOf(lines, columns, c, at)
		if leading = leading && c < mostLeading && len(blocks) > 0 && (len(blocks) < len(at) || c == 0) && !hasFigures(blocks); leading {
			group = merge(rows, c, blocks, spans(blocks, at), group)
			continue
		}
		for _, b := range blocks {
			r := nearest(at, b.middle())
			rows[r][c] = glueCell(rows[r][c], b.text)
		}
	}
	var texts []string
	for _, cells := range rows {
		texts = append(texts, strings.Join(cells, " | "))
	}
	return texts
}

// How much of a table is looked at for merged cells.
const (
	mostMerged  = 200 // rows
	mostLeading = 8   // columns
)

// merge repeats the cells of a column in the rows from where each begins to the
// next, as far as the rows share the cell before. It returns the groups of rows
// that share the cell.
func merge(rows [][]string, column int, blocks []cellBlock, first, group []int) []int {
	shared := make([]int, len(rows))
	for i, from := range first {
		to := len(rows)
		if i+1 < len(first) {
			to = first[i+1]
		}
		for r := from; r < to; r++ {
			shared[r] = from + 1
			if group[r] == group[from] {
				rows[r][column] = blocks[i].text
			} else {
				shared[r] = -group[r]
			}
		}
	}
	return shared
}

func hasFigures(blocks []cellBlock) bool {
	return slices.ContainsFunc(blocks, func(b cellBlock) bool { return figureCell.MatchString(b.text) })
}

// blocksOf are the cells of a column: lines that follow one another closely are
// one, unless two of them stand on rows.
func blocksOf(lines []textLine, columns []textRun, column int, at []float64) []cellBlock {
	var blocks []cellBlock
	onRow, em := false, 0.0
	for _, l := range lines {
		for _, s := range l.segments {
			if columnAt(columns, s) != column {
				continue
			}
			here := slices.Contains(at, (l.y0+l.y1)/2)
			last := len(blocks) - 1
			if last >= 0 && !(onRow && here) && l.y0-blocks[last].bottom < 0.6*max(em, l.em) {
				blocks[last].text, blocks[last].bottom = glueCell(blocks[last].text, s.text), max(blocks[last].bottom, l.y1)
				onRow = onRow || here
			} else {
				blocks = append(blocks, cellBlock{l.y0, l.y1, s.text})
				onRow = here
			}
			em = l.em
		}
	}
	return blocks
}

// nearest is the row whose middle is nearest to y.
func nearest(at []float64, y float64) int {
	best := 0
	for i := range at {
		if math.Abs(at[i]-y) < math.Abs(at[best]-y) {
			best = i
		}
	}
	return best
}

// spans are the first rows of merged cells, each of which has at least one row:
// those that leave the cells least far from the first of their rows, or from
// the middle of them, whichever fits the column better.
func spans(blocks []cellBlock, at []float64) []int {
	n, k := len(at), len(blocks)
	if k >= n {
		first := make([]int, k)
		for i := range first {
			first[i] = min(i, n-1)
		}
		return first
	}
	top, topCost := partition(n, k, func(b, i, _ int) float64 { return math.Abs(blocks[b].middle() - at[i]) })
	middle, middleCost := partition(n, k, func(b, i, j int) float64 { return math.Abs(blocks[b].middle() - (at[i]+at[j])/2) })
	const same = 1 // point: either may be meant, and the middle is the custom
	if middleCost < topCost+same {
		return middle
	}
	return top
}

// partition parts n rows into k runs of at least one so that the costs of the
// runs are least in all, and returns where they begin. cost is that of run b from
// row i to row j.
func partition(n, k int, cost func(b, i, j int) float64) (first []int, least float64) {
	best := make([][]float64, k+1) // of the first b runs over the first j rows
	from := make([][]int, k+1)
	for b := range best {
		best[b], from[b] = make([]float64, n+1), make([]int, n+1)
		for j := range best[b] {
			best[b][j] = math.Inf(1)
		}
	}
	best[0][0] = 0
	for b := 1; b <= k; b++ {
		for j := b; j <= n; j++ {
			for i := b - 1; i < j; i++ {
				if c := best[b-1][i] + cost(b-1, i, j-1); c < best[b][j] {
					best[b][j], from[b][j] = c, i
				}
			}
		}
	}
	first = make([]int, k)
	for b, j := k, n; b > 0; b-- {
		j = from[b][j]
		first[b-1] = j
	}
	return first, best[k][n]
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
	i, _ := slices.BinarySearchFunc(columns, s.x0, func(c textRun, x float64) int { return cmp.Compare(c.x1, x) })
	if i < len(columns) && columns[i].x0 <= s.x0 {
		return i
	}
	return 0
}
