package ofd

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/htmlindex"

	"baogao/internal/extract/zipped"
)

// A visitor is told of the elements of a part in their order; nil is not told.
type visitor struct {
	start func(xml.StartElement) error
	text  func(element, text string) error // what stands in an element before its first child or its end
	end   func(element string)
}

// passed are elements in which no text of a page stands: what a colour is painted
// with, what cuts out, and what a click does.
var passed = map[string]bool{"Pattern": true, "Clips": true, "Actions": true, "Signatures": true, "Outlines": true}

// walk goes through a part, which must be there.
func walk(a zipped.Archive, name string, v visitor) error {
	data, err := a.Part(name)
	switch {
	case err != nil:
		return err
	case data == nil:
		return fmt.Errorf("%.200q is missing in it; get the file again", name)
	}
	if err := v.walk(data, a.Limits.Depth); err != nil {
		return fmt.Errorf("%s: %w; open it and save it again", name, err)
	}
	return nil
}

func (v visitor) walk(data []byte, deepest int) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = decoderOf
	w := walker{visitor: v, deepest: deepest}
	for {
		token, err := d.Token()
		if err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if passed[t.Name.Local] {
				err = d.Skip()
			} else {
				err = w.begin(t)
			}
		case xml.CharData:
			w.characters.Write(t)
		case xml.EndElement:
			err = w.finish(t.Name.Local)
		}
		if err != nil {
			return err
		}
	}
}

// decoderOf reads what is in another charset than UTF-8, by its name.
func decoderOf(label string, in io.Reader) (io.Reader, error) {
	e, err := htmlindex.Get(label)
	if err != nil {
		return nil, err
	}
	return e.NewDecoder().Reader(in), nil
}

// A walker is where a visitor is in a part.
type walker struct {
	visitor
	deepest, depth int
	element        string // that has just begun, "" where its text was told
	characters     strings.Builder
}

func (w *walker) begin(t xml.StartElement) error {
	if err := w.tell(); err != nil {
		return err
	}
	if w.depth++; w.depth > w.deepest {
		return fmt.Errorf("elements nested more than %d deep", w.deepest)
	}
	w.element = t.Name.Local
	w.characters.Reset()
	if w.start == nil {
		return nil
	}
	return w.start(t)
}

func (w *walker) finish(element string) error {
	w.depth--
	if err := w.tell(); err != nil {
		return err
	}
	if w.end != nil {
		w.end(element)
	}
	return nil
}

// tell tells the visitor the text of the element that has just begun.
func (w *walker) tell() error {
	element := w.element
	if w.element = ""; element == "" || w.text == nil {
		return nil
	}
	return w.text(element, w.characters.String())
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
