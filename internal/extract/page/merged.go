package page

import "unicode/utf8"

// A cell that is merged over several rows stands in the first of them, and is
// repeated in the others: a row says what it is about.
const (
	longestMerged = 64 // code points of a cell that is repeated; longer ones are text
	mostMerged    = 64 // columns of a table that are looked at
)

// A mergedCell is a cell of the rows above that reaches into those to come.
type mergedCell struct {
	rows int    // it still reaches into
	text string // "" beside the first of several columns
	told bool   // it makes a cell of a row
}

// A gridRow is a row of a table in the making.
type gridRow struct {
	cells  []string
	column int // of the next cell
}

// fill adds the cells of the rows above that come next.
func (g *gridRow) fill(merged []mergedCell) {
	for g.column < len(merged) && merged[g.column].rows > 0 {
		m := &merged[g.column]
		if m.rows--; m.told {
			g.cells = append(g.cells, m.text)
		}
		g.column++
	}
}

// add adds a cell of a row, and remembers it where it reaches into others.
func (g *gridRow) add(text string, n *node, merged []mergedCell) []mergedCell {
	g.cells = append(g.cells, text)
	if utf8.RuneCountInString(text) > longestMerged {
		text = ""
	}
	for i := range max(1, min(int(n.columns), mostMerged)) {
		if n.rows > 1 && g.column < mostMerged {
			for len(merged) <= g.column {
				merged = append(merged, mergedCell{})
			}
			merged[g.column] = mergedCell{rows: int(n.rows) - 1, told: i == 0}
			if i == 0 {
				merged[g.column].text = text
			}
		}
		g.column++
	}
	return merged
}
