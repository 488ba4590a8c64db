package office

import "strings"

// What the readers of several formats make lines of: paragraphs, fields and
// rows of tables.

// take empties a paragraph and gives its text without the blanks at its end.
func take(paragraph *strings.Builder) string {
	text := strings.TrimRight(paragraph.String(), " \t\n")
	paragraph.Reset()
	return text
}

// fieldCodes follows the fields around what is read. A field is a mark where
// it begins, a code, a mark, its result, and a mark where it ends.
type fieldCodes struct {
	fields []bool // whether the reader is in the code of each
	codes  int    // how many of them it is in the code of
}

func (f *fieldCodes) inCode() bool { return f.codes > 0 }

func (f *fieldCodes) begin() {
	f.fields = append(f.fields, true)
	f.codes++
}

// endCode ends the code of the innermost field, or the whole field.
func (f *fieldCodes) endCode(whole bool) {
	n := len(f.fields)
	if n == 0 {
		return
	}
	if f.fields[n-1] {
		f.codes--
		f.fields[n-1] = false
	}
	if whole {
		f.fields = f.fields[:n-1]
	}
}

// A tableRow is the cells of a row in the making.
type tableRow struct {
	done  [][]string
	cell  []string           // paragraphs of the one that is read
	above map[int]*tableCell // that may reach into the next row, by where they begin
}

func (r *tableRow) add(paragraph string) { r.cell = append(r.cell, paragraph) }

func (r *tableRow) endCell() {
	r.done = append(r.done, r.cell)
	r.cell = nil
}

// A cellPlace is where a cell of a row begins, in units of the format, and how it is
// merged with others.
type cellPlace struct {
	left   int
	starts bool // the cells below may belong to it
	goesOn bool // it belongs to the cell above
	joined bool // it belongs to the cell before it
}

// end gives the lines of the row, whose cells stand at places as far as these are known,
// and begins another. A cell that is merged with those above it says what they do.
func (r *tableRow) end(places []cellPlace) []string {
	if len(r.cell) > 0 {
		r.endCell()
	}
	var cells [][]string
	for i, lines := range r.done {
		if i < len(places) {
			if places[i].joined && len(lines) == 0 {
				continue
			}
			lines = r.merged(places[i], lines)
		}
		cells = append(cells, lines)
	}
	lines := rowLines(cells)
	r.done = nil
	return lines
}

// merged is what a cell says, with what it is merged with above it.
func (r *tableRow) merged(p cellPlace, lines []string) []string {
	up := r.above[p.left]
	switch {
	case p.goesOn && up != nil && len(lines) == 0:
		return up.repeated()
	case p.starts && (up != nil || len(r.above) < mostMerged):
		if r.above == nil {
			r.above = map[int]*tableCell{}
		}
		r.above[p.left] = &tableCell{lines: lines}
	default:
		delete(r.above, p.left)
	}
	return lines
}

// endTable forgets the cells of a table.
func (r *tableRow) endTable() { clear(r.above) }

// inCell keeps what breaks lines out of a cell.
var inCell = strings.NewReplacer("\n", " ", "\t", " ")

// rowLines is the line that a row of a table makes, or the paragraphs of its only
// cell with something in it: a table may be there for the layout alone.
func rowLines(cells [][]string) []string {
	filled, only := 0, 0
	for i, c := range cells {
		if len(c) > 0 {
			filled++
			only = i
		}
	}
	switch filled {
	case 0:
		return nil
	case 1:
		return cells[only]
	}
	joined := make([]string, len(cells))
	for i, c := range cells {
		joined[i] = inCell.Replace(strings.Join(c, " "))
	}
	return []string{strings.Join(joined, " | ")}
}
