package office

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"baogao/internal/extract"
)

// xmlWalk reads XML and gives every element to visit, which takes what is in it
// by calling elements again, or else leaves it to be passed over.
type xmlWalk struct {
	dec     *xml.Decoder
	depth   int // elements that the reader is inside of
	limit   int
	stopped func() error
}

func newXMLWalk(data []byte, l extract.Limits) *xmlWalk {
	return &xmlWalk{dec: xml.NewDecoder(bytes.NewReader(data)), limit: l.Depth, stopped: l.Stopped}
}

// elements calls visit for each element up to the end of the one that the
// reader is in, and chars, unless that is nil, for the text between them.
// An element is over when visit returns; what it did not read is skipped.
func (w *xmlWalk) elements(visit func(xml.StartElement) error, chars func(string) error) error {
	inside := w.depth
	for {
		if err := w.stopped(); err != nil {
			return err
		}
		token, err := w.dec.Token()
		if err == io.EOF && inside == 0 {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w; open it and save it again", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if err := w.element(t, visit); err != nil {
				return err
			}
		case xml.EndElement:
			w.depth--
			return nil
		case xml.CharData:
			if chars == nil {
				break
			}
			if err := chars(string(t)); err != nil {
				return err
			}
		}
	}
}

func (w *xmlWalk) element(t xml.StartElement, visit func(xml.StartElement) error) error {
	w.depth++
	inside := w.depth
	if inside > w.limit {
		return fmt.Errorf("elements nested more than %d deep; open it and save it again", w.limit)
	}
	if err := visit(t); err != nil {
		return err
	}
	if w.depth < inside {
		return nil
	}
	w.depth--
	if err := w.dec.Skip(); err != nil {
		return fmt.Errorf("%w; open it and save it again", err)
	}
	return nil
}

// into visits the children of the element the reader is in.
func (w *xmlWalk) into(visit func(xml.StartElement) error) error { return w.elements(visit, nil) }

// A tableCell is a cell of a table, and how it is merged with others.
type tableCell struct {
	lines   []string
	columns int  // that it reaches over; 0 is one
	rows    int  // that it reaches over, where the format says so; 0 is one
	goesOn  bool // it belongs to the cell above
}

// mostMerged is how many columns of a table are looked at for merged cells, and
// longestMerged how long a cell is that is repeated, in code points: a longer one
// is text.
const mostMerged, longestMerged = 64, 64

// table adds a line for each row of the table that the reader is in, of the
// cells that cell reads. A cell that is merged over several rows is repeated in
// each, so that a row says what it is about.
func (w *xmlWalk) table(lines *[]string, cell func(e xml.StartElement) (tableCell, error)) error {
	var row [][]string
	above := map[int]*tableCell{} // by its first column, the cell that may reach into the next row
	column := 0
	var visit func(e xml.StartElement) error
	visit = func(e xml.StartElement) error {
		switch name := e.Name.Local; {
		case name == "tr", name == "table-row":
			row, column = nil, 0
			err := w.into(visit)
			*lines = append(*lines, rowLines(row)...)
			return err
		case name == "gridBefore":
			n, _ := strconv.Atoi(attribute(e, "val"))
			column += max(0, min(n, mostMerged))
			return nil
		case name == "tc", name == "table-cell", name == "covered-table-cell":
			c, err := cell(e)
			covered := name == "covered-table-cell"
			switch up := above[column]; {
			case up != nil && len(c.lines) == 0 && (c.goesOn || covered && up.rows > 1):
				up.rows--
				c.lines = up.repeated()
			case covered:
				delete(above, column)
			case column < mostMerged:
				above[column] = &c
			}
			row = append(row, c.lines)
			column += max(1, min(c.columns, mostMerged))
			return err
		case skipped[name]:
			return nil
		}
		return w.into(visit)
	}
	return w.into(visit)
}

// repeated is what a merged cell says in the rows below its first.
func (c *tableCell) repeated() []string {
	if len(c.lines) != 1 || utf8.RuneCountInString(c.lines[0]) > longestMerged {
		return nil
	}
	return c.lines
}

// attribute is the value of an attribute by its name without the namespace.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
