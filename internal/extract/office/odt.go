package office

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"baogao/internal/extract"
	"baogao/internal/extract/zipped"
)

// ODT takes the text out of an OpenDocument text: the body, then the notes.
// Automatic numbers are not in the text of such a document.
func ODT(data []byte, l extract.Limits) (extract.Text, error) {
	l = l.WithDefaults()
	a, err := zipped.Open(data, "odt", l)
	if err != nil {
		return extract.Text{}, err
	}
	if err := checkODT(a); err != nil {
		return extract.Text{}, err
	}
	content, err := a.Part("content.xml")
	if err != nil {
		return extract.Text{}, err
	}
	notes := []string{}
	f := &odtFlow{walk: newXMLWalk(content, l), limit: l.Bytes, notes: &notes, unseen: map[string]bool{}}
	if err := f.walk.into(f.block); err != nil {
		return extract.Text{}, fmt.Errorf("content.xml: %w", err)
	}
	out := extract.Lines{Bytes: l.Bytes}
	if err := out.Add(append(f.lines, notes...)...); err != nil {
		return extract.Text{}, err
	}
	return out.Text()
}

// checkODT refuses OpenDocument files that are no texts or are encrypted.
func checkODT(a zipped.Archive) error {
	kind, err := a.Part("mimetype")
	if err != nil {
		return err
	}
	if kind != nil && !strings.HasPrefix(string(kind), "application/vnd.oasis.opendocument.text") {
		return errors.New("an OpenDocument file that is no text; save it as text first")
	}
	manifest, err := a.Part("META-INF/manifest.xml")
	if err != nil {
		return err
	}
	if bytes.Contains(manifest, []byte("encryption-data")) {
		return extract.ErrEncrypted
	}
	return nil
}

// An odtFlow is a run of paragraphs and tables: the body, a cell, a text box,
// a note.
type odtFlow struct {
	walk  *xmlWalk
	limit int64
	lines []string
	notes *[]string

	unseen map[string]bool // styles of characters that are hidden or struck through

	paragraph strings.Builder
	pending   []string // lines of text boxes, which come behind their paragraph
}

// odtSkipped are elements with text that is not the document's.
var odtSkipped = map[string]bool{
	"tracked-changes": true, "annotation": true, "note-citation": true, "ruby-text": true, "forms": true,
	"table-of-content-source": true, "alphabetical-index-source": true, "user-index-source": true, "illustration-index-source": true,
	"table-index-source": true, "object-index-source": true, "bibliography-source": true, "desc": true, "title": true, "scripts": true,
}

// block reads an element that may hold paragraphs and tables.
func (f *odtFlow) block(e xml.StartElement) error {
	switch name := e.Name.Local; {
	case odtSkipped[name]:
		return nil
	case name == "automatic-styles":
		return f.walk.into(f.style)
	case name == "p" || name == "h":
		if err := f.walk.elements(f.inline, f.write); err != nil {
			return err
		}
		if text := take(&f.paragraph); text != "" {
			f.lines = append(f.lines, text)
		}
		f.lines = append(f.lines, f.pending...)
		f.pending = nil
		return nil
	case name == "table":
		return f.walk.table(&f.lines, f.cell)
	}
	return f.walk.into(f.block)
}

// style notes a style that hides characters, or strikes them through.
func (f *odtFlow) style(e xml.StartElement) error {
	name := attribute(e, "name")
	return f.walk.into(func(e xml.StartElement) error {
		through := attribute(e, "text-line-through-style")
		if e.Name.Local == "text-properties" && (through != "" && through != "none" || attribute(e, "display") == "none") {
			f.unseen[name] = true
		}
		return nil
	})
}

// write adds text; line ends in it are blanks.
func (f *odtFlow) write(s string) error {
	if int64(f.paragraph.Len()+len(s)) > f.limit {
		return extract.ErrUnpacked
	}
	f.paragraph.WriteString(strings.ReplaceAll(s, "\n", " "))
	return nil
}

// inline reads what stands in a paragraph.
func (f *odtFlow) inline(e xml.StartElement) error {
	switch name := e.Name.Local; name {
	case "s":
		const most = 200 // blanks side by side
		n, _ := strconv.Atoi(attribute(e, "c"))
		return f.write(strings.Repeat(" ", min(max(n, 1), most)))
	case "tab":
		return f.write("\t")
	case "line-break":
		f.paragraph.WriteByte('\n')
		return nil
	case "note-body":
		lines, err := f.inner()
		*f.notes = append(*f.notes, lines...)
		return err
	case "text-box":
		lines, err := f.inner()
		f.pending = append(f.pending, lines...)
		return err
	case "frame", "note", "custom-shape":
		return f.walk.into(f.inline)
	default:
		if odtSkipped[name] || name == "span" && f.unseen[attribute(e, "style-name")] {
			return nil
		}
		return f.walk.elements(f.inline, f.write)
	}
}

// cell reads a cell of a table as a flow of its own. Each column has an element,
// also where a cell covers it.
func (f *odtFlow) cell(e xml.StartElement) (tableCell, error) {
	var c tableCell
	c.rows, _ = strconv.Atoi(attribute(e, "number-rows-spanned"))
	lines, err := f.inner()
	c.lines = lines
	return c, err
}

// inner reads the element as a flow of its own.
func (f *odtFlow) inner() ([]string, error) {
	inner := &odtFlow{walk: f.walk, limit: f.limit, notes: f.notes, unseen: f.unseen}
	err := f.walk.into(inner.block)
	return inner.lines, err
}
