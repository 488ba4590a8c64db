package office

import (
	"encoding/xml"
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"

	"baogao/internal/extract"
	"baogao/internal/extract/zipped"
)

// DOCX takes the text out of a Word document of the kind that is a zip
// archive: the body, then the notes. Automatic numbers of headings and lists
// stand in the text as Word shows them. Headers, footers, comments, hidden
// text, codes of fields and what was deleted under tracked changes or is struck
// through are left out.
func DOCX(data []byte, l extract.Limits) (extract.Text, error) {
	l = l.WithDefaults()
	a, err := zipped.Open(data, "docx", l)
	if err != nil {
		return extract.Text{}, err
	}
	main, err := mainPart(a)
	if err != nil {
		return extract.Text{}, err
	}
	d := docx{Archive: a, dir: path.Dir(main), out: extract.Lines{Bytes: l.Bytes}}
	if err := d.read(main); err != nil {
		return extract.Text{}, err
	}
	return d.out.Text()
}

// mainPart is the name of the part that holds the body.
func mainPart(a zipped.Archive) (string, error) {
	main := "word/document.xml"
	data, err := a.Part("_rels/.rels")
	if err != nil {
		return "", err
	}
	w := newXMLWalk(data, a.Limits)
	relationship := func(e xml.StartElement) error {
		if strings.HasSuffix(attribute(e, "Type"), "/officeDocument") {
			main = strings.TrimPrefix(attribute(e, "Target"), "/")
		}
		return nil
	}
	err = w.into(func(xml.StartElement) error { return w.into(relationship) })
	if err != nil {
		return "", fmt.Errorf("_rels/.rels: %w", err)
	}
	return main, nil
}

// docx is a Word document while it is read.
type docx struct {
	zipped.Archive
	dir     string // of the part that holds the body
	numbers *numbering
	out     extract.Lines
	notes   []noteRef
}

// A noteRef is a reference to a footnote or an endnote.
type noteRef struct{ part, id string }

func (d *docx) read(main string) error {
	styles, err := d.Part(path.Join(d.dir, "styles.xml"))
	if err != nil {
		return err
	}
	lists, err := d.Part(path.Join(d.dir, "numbering.xml"))
	if err != nil {
		return err
	}
	if d.numbers, err = readNumbering(styles, lists, d.Limits); err != nil {
		return err
	}
	body, err := d.Part(main)
	if err != nil {
		return err
	}
	if body == nil {
		return fmt.Errorf("%s is missing; get the file again", main)
	}
	if err := d.flow(body); err != nil {
		return fmt.Errorf("%s: %w", main, err)
	}
	for _, name := range []string{"footnotes.xml", "endnotes.xml"} {
		if err := d.readNotes(name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func (d *docx) flow(part []byte) error {
	f := newFlow(d, part)
	if err := f.read(); err != nil {
		return err
	}
	return d.out.Add(f.lines...)
}

// readNotes adds the notes of a part that the body refers to, in the order of
// the references.
func (d *docx) readNotes(name string) error {
	var ids []string
	for _, n := range d.notes {
		if n.part == name {
			ids = append(ids, n.id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	data, err := d.Part(path.Join(d.dir, name))
	if err != nil {
		return err
	}
	found := map[string][]string{}
	f := newFlow(d, data)
	err = f.walk.into(func(xml.StartElement) error {
		return f.walk.into(func(e xml.StartElement) error {
			f.lines = nil
			err := f.read()
			found[attribute(e, "id")] = f.lines
			return err
		})
	})
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := d.out.Add(found[id]...); err != nil {
			return err
		}
		delete(found, id)
	}
	return nil
}

// A flow is a run of paragraphs and tables: the body, a cell, a text box, a
// note.
type flow struct {
	walk  *xmlWalk
	doc   *docx
	size  int64
	lines []string

	paragraph strings.Builder
	pending   []string // lines of text boxes, which come behind their paragraph
	fields    fieldCodes
	hidden    bool // the run is
	struck    bool // the run is
	raised    bool // the run is
	merged    tableCell
}

func newFlow(d *docx, part []byte) *flow { return &flow{walk: newXMLWalk(part, d.Limits), doc: d} }

// read takes what is in the element that the reader is in.
func (f *flow) read() error {
	if err := f.walk.into(f.block); err != nil {
		return err
	}
	return f.endParagraph(numbered{})
}

// skipped are elements with text that is not the document's: what was
// deleted, codes of fields, settings before the latest change, the reading
// above a word.
var skipped = map[string]bool{
	"del": true, "moveFrom": true, "delText": true, "instrText": true, "delInstrText": true,
	"pPrChange": true, "rPrChange": true, "sectPrChange": true, "tblPrChange": true, "trPrChange": true, "tcPrChange": true,
	"sectPr": true, "sdtPr": true, "tblPr": true, "tblGrid": true, "rt": true,
}

// block reads an element that may hold paragraphs and tables.
func (f *flow) block(e xml.StartElement) error {
	switch name := e.Name.Local; {
	case skipped[name]:
		return nil
	case name == "p":
		return f.readParagraph()
	case name == "tbl":
		return f.walk.table(&f.lines, f.cell)
	case name == "tcPr":
		return f.walk.into(f.cellProperty)
	case name == "AlternateContent":
		return f.alternate(f.block)
	case name == "altChunk", name == "subDoc":
		return errors.New("it takes in another document; open it and save it again")
	}
	return f.walk.into(f.block)
}

// alternate reads one of several forms of the same content: the first that
// has text.
func (f *flow) alternate(visit func(xml.StartElement) error) error {
	size := f.amount()
	return f.walk.into(func(xml.StartElement) error {
		if f.amount() > size {
			return nil
		}
		return f.walk.into(visit)
	})
}

func (f *flow) amount() int { return len(f.lines) + len(f.pending) + f.paragraph.Len() }

func (f *flow) readParagraph() error {
	var number numbered
	err := f.walk.into(func(e xml.StartElement) error {
		if e.Name.Local == "pPr" {
			var err error
			number, err = readNumbered(f.walk)
			return err
		}
		return f.inline(e)
	})
	if err != nil {
		return err
	}
	if number.joined {
		return nil
	}
	return f.endParagraph(number)
}

// endParagraph makes a line of the paragraph, and of each part of it where
// lines were broken by hand.
func (f *flow) endParagraph(number numbered) error {
	text := take(&f.paragraph)
	if mark := f.doc.numbers.next(number); text != "" {
		text = mark + text
	}
	if f.size += int64(len(text)); f.size > f.doc.Limits.Bytes {
		return extract.ErrUnpacked
	}
	if text != "" {
		f.lines = append(f.lines, text)
	}
	f.lines = append(f.lines, f.pending...)
	f.pending = nil
	return nil
}

// inline reads what stands in a paragraph.
func (f *flow) inline(e xml.StartElement) error {
	switch name := e.Name.Local; name {
	case "r":
		hidden, struck, raised := f.hidden, f.struck, f.raised
		err := f.walk.into(f.inline)
		f.hidden, f.struck, f.raised = hidden, struck, raised
		return err
	case "rPr":
		return f.walk.into(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "vanish":
				f.hidden = isOn(e)
			case "strike", "dstrike":
				f.struck = f.struck || isOn(e)
			case "vertAlign":
				f.raised = attribute(e, "val") == "superscript"
			}
			return nil
		})
	case "t":
		return f.walk.elements(func(xml.StartElement) error { return nil }, func(s string) error { f.write(s); return nil })
	case "tab", "ptab":
		f.write("\t")
	case "br", "cr":
		f.write("\n")
	case "noBreakHyphen":
		f.write("-")
	case "textpath": // of a WordArt
		f.write(attribute(e, "string"))
	case "sym":
		f.write(symbol(attribute(e, "char")))
	case "fldChar":
		if mark := attribute(e, "fldCharType"); mark == "begin" {
			f.fields.begin()
		} else {
			f.fields.endCode(mark == "end")
		}
	case "footnoteReference":
		f.doc.notes = append(f.doc.notes, noteRef{"footnotes.xml", attribute(e, "id")})
	case "endnoteReference":
		f.doc.notes = append(f.doc.notes, noteRef{"endnotes.xml", attribute(e, "id")})
	case "AlternateContent":
		return f.alternate(f.inline)
	case "txbxContent":
		return f.textBox()
	case "p", "tbl":
		return f.block(e)
	default:
		if !skipped[name] {
			return f.walk.into(f.inline)
		}
	}
	return nil
}

func (f *flow) write(s string) {
	if f.raised {
		s = extract.Raised(s)
	}
	if !f.hidden && !f.struck && !f.fields.inCode() {
		f.paragraph.WriteString(s)
	}
}

// textBox reads the paragraphs of a text box that hangs on the paragraph.
func (f *flow) textBox() error {
	lines, err := f.inner()
	f.pending = append(f.pending, lines...)
	return err
}

// inner reads the element as a flow of its own.
func (f *flow) inner() ([]string, error) {
	c, err := f.cell(xml.StartElement{})
	return c.lines, err
}

// cell reads the element as a flow of its own that may be a cell of a table.
func (f *flow) cell(xml.StartElement) (tableCell, error) {
	inner := &flow{walk: f.walk, doc: f.doc, size: f.size}
	err := inner.read()
	f.size, inner.merged.lines = inner.size, inner.lines
	return inner.merged, err
}

// cellProperty reads how the cell that the flow is, is merged with others.
func (f *flow) cellProperty(e xml.StartElement) error {
	switch e.Name.Local {
	case "gridSpan":
		f.merged.columns, _ = strconv.Atoi(attribute(e, "val"))
	case "vMerge":
		f.merged.goesOn = attribute(e, "val") != "restart"
	}
	return nil
}

// isOn reads a property that is there or not, and may say which.
func isOn(e xml.StartElement) bool {
	switch attribute(e, "val") {
	case "0", "false", "off", "none":
		return false
	}
	return true
}

// symbol is the character of a symbol font; one for private use says nothing
// without its font.
func symbol(hex string) string {
	n, err := strconv.ParseUint(hex, 16, 16)
	if r := rune(n); err == nil && r >= ' ' && (r < 0xD800 || r > 0xF8FF) {
		return string(r)
	}
	return ""
}
