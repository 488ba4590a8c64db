package office

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"baogao/internal/extract"
	"baogao/internal/extract/budget"
)

// Kind tells by the names of the files in a zip archive which kind of
// document it is: docx, xlsx, pptx, odt, ofd or epub. It is "" for any other
// archive.
func Kind(files []*zip.File) string {
	has := func(name string) bool {
		return slices.ContainsFunc(files, func(f *zip.File) bool { return f.Name == name })
	}
	begins := func(prefix string) bool {
		return slices.ContainsFunc(files, func(f *zip.File) bool { return strings.HasPrefix(f.Name, prefix) })
	}
	switch {
	case has("[Content_Types].xml") && begins("word/"):
		return "docx"
	case has("[Content_Types].xml") && begins("xl/"):
		return "xlsx"
	case has("[Content_Types].xml") && begins("ppt/"):
		return "pptx"
	case has("OFD.xml"):
		return "ofd"
	case has("META-INF/container.xml"):
		return "epub"
	case has("content.xml") && has("META-INF/manifest.xml"):
		return "odt"
	}
	return ""
}

// An archive is the zip archive that a document is.
type archive struct {
	zip    *zip.Reader
	limits extract.Limits
	budget *budget.Budget
}

// openArchive opens a document that must be of one kind of Kind.
func openArchive(data []byte, kind string, l extract.Limits) (archive, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return archive{}, fmt.Errorf("a broken %s file (%w); get the file again", strings.ToUpper(kind), err)
	}
	switch is := Kind(z.File); is {
	case kind:
		return archive{z, l, budget.New(int64(len(data)))}, nil
	case "":
		return archive{}, fmt.Errorf("a zip archive, no %s document", strings.ToUpper(kind))
	default:
		return archive{}, fmt.Errorf("a %s document, not %s; save it as text first", strings.ToUpper(is), strings.ToUpper(kind))
	}
}

// part unpacks a file of the archive, at most Limits.Bytes of it, within the budget
// of the archive for bytes and for what XML has. It is nil where the archive has no
// such file.
func (a archive) part(name string) ([]byte, error) {
	i := slices.IndexFunc(a.zip.File, func(f *zip.File) bool { return strings.EqualFold(f.Name, name) })
	if i < 0 {
		return nil, nil
	}
	r, err := a.zip.File[i].Open()
	if err != nil {
		return nil, fmt.Errorf("%s: %w; get the file again", name, err)
	}
	defer r.Close()
	packed := int64(min(a.zip.File[i].CompressedSize64, 1<<40))
	data, err := io.ReadAll(io.LimitReader(a.budget.Unpack(r, packed), a.limits.Bytes+1))
	switch {
	case int64(len(data)) > a.limits.Bytes:
		return nil, fmt.Errorf("%s: %w", name, extract.ErrUnpacked)
	case errors.Is(err, budget.ErrUnpacked):
		return nil, fmt.Errorf("%s: %w", name, err)
	case err != nil:
		return nil, fmt.Errorf("%s: %w; get the file again", name, err)
	}
	if err := a.weigh(data); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return data, nil
}

// mostAttributes is how many attributes an element has; those of one are all kept
// while it is read.
const mostAttributes = 10_000

// weigh takes the elements and attributes of XML out of the budget before it is
// read.
func (a archive) weigh(data []byte) error {
	if err := a.budget.Step(bytes.Count(data, []byte("<")) + bytes.Count(data, []byte("="))); err != nil {
		return err
	}
	for rest := data; len(rest) > mostAttributes; {
		start := bytes.IndexByte(rest, '<')
		if start < 0 {
			return nil
		}
		rest = rest[start+1:]
		end := bytes.IndexByte(rest, '<')
		if end < 0 {
			end = len(rest)
		}
		if end > mostAttributes && bytes.Count(rest[:end], []byte("=")) > mostAttributes {
			return budget.ErrSteps
		}
		rest = rest[end:]
	}
	return nil
}

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
