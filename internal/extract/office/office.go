package office

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"baogao/internal/extract"
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
}

// openArchive opens a document that must be of one kind of Kind.
func openArchive(data []byte, kind string, l extract.Limits) (archive, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return archive{}, fmt.Errorf("a broken %s file (%w); get the file again", strings.ToUpper(kind), err)
	}
	switch is := Kind(z.File); is {
	case kind:
		return archive{z, l}, nil
	case "":
		return archive{}, fmt.Errorf("a zip archive, no %s document", strings.ToUpper(kind))
	default:
		return archive{}, fmt.Errorf("a %s document, not %s; save it as text first", strings.ToUpper(is), strings.ToUpper(kind))
	}
}

// part unpacks a file of the archive, at most Limits.Bytes of it. It is nil
// where the archive has no such file.
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
	data, err := io.ReadAll(io.LimitReader(r, a.limits.Bytes+1))
	switch {
	case int64(len(data)) > a.limits.Bytes:
		return nil, fmt.Errorf("%s: %w", name, extract.ErrUnpacked)
	case err != nil:
		return nil, fmt.Errorf("%s: %w; get the file again", name, err)
	}
	return data, nil
}

// xmlWalk reads XML and gives every element to visit, which takes what is in it
// by calling elements again, or else leaves it to be passed over.
type xmlWalk struct {
	dec   *xml.Decoder
	depth int // elements that the reader is inside of
	limit int
}

func newXMLWalk(data []byte, l extract.Limits) *xmlWalk {
	return &xmlWalk{dec: xml.NewDecoder(bytes.NewReader(data)), limit: l.Depth}
}

// elements calls visit for each element up to the end of the one that the
// reader is in, and chars, unless that is nil, for the text between them.
// An element is over when visit returns; what it did not read is skipped.
func (w *xmlWalk) elements(visit func(xml.StartElement) error, chars func(string) error) error {
	inside := w.depth
	for {
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

// table adds a line for each row of the table that the reader is in, of the
// lines that cell reads.
func (w *xmlWalk) table(lines *[]string, cell func() ([]string, error)) error {
	var cells [][]string
	var visit func(e xml.StartElement) error
	visit = func(e xml.StartElement) error {
		switch name := e.Name.Local; {
		case name == "tr", name == "table-row":
			cells = nil
			err := w.into(visit)
			*lines = append(*lines, rowLines(cells)...)
			return err
		case name == "tc", name == "table-cell", name == "covered-table-cell":
			read, err := cell()
			cells = append(cells, read)
			return err
		case skipped[name]:
			return nil
		}
		return w.into(visit)
	}
	return w.into(visit)
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
