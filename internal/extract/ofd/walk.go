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
	d.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		e, err := htmlindex.Get(label)
		if err != nil {
			return nil, err
		}
		return e.NewDecoder().Reader(in), nil
	}
	depth := 0
	var name string // of the element that has just begun
	var text strings.Builder
	told := func() error {
		if name == "" || v.text == nil {
			return nil
		}
		err := v.text(name, text.String())
		name = ""
		return err
	}
	for {
		token, err := d.Token()
		if err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if err := told(); err != nil {
				return err
			}
			if passed[t.Name.Local] {
				if err := d.Skip(); err != nil {
					return err
				}
				continue
			}
			if depth++; depth > deepest {
				return fmt.Errorf("elements nested more than %d deep", deepest)
			}
			name = t.Name.Local
			text.Reset()
			if v.start != nil {
				if err := v.start(t); err != nil {
					return err
				}
			}
		case xml.CharData:
			text.Write(t)
		case xml.EndElement:
			depth--
			if err := told(); err != nil {
				return err
			}
			if v.end != nil {
				v.end(t.Name.Local)
			}
		}
	}
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
