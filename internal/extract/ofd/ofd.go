// Package ofd takes the text out of OFD documents (GB/T 33190—2016): pages that
// say where each character stands, as those of PDF do.
package ofd

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"path"
	"strings"

	"baogao/internal/extract"
	"baogao/internal/extract/layout"
	"baogao/internal/extract/zipped"
)

// Read takes the text out of an OFD file, of its documents one behind the other.
// Templates stand on the pages that name them; annotations and signatures are left
// out. What stands aslant, as watermarks do, is left out and told in Dropped.
func Read(data []byte, l extract.Limits) (extract.Text, error) {
	l = l.WithDefaults()
	a, err := zipped.Open(data, "ofd", l)
	if err != nil {
		return extract.Text{}, err
	}
	roots, err := documentsOf(a)
	if err != nil {
		return extract.Text{}, err
	}
	out := extract.Lines{Bytes: l.Bytes}
	var dropped []string
	for _, root := range roots {
		d := document{Archive: a, units: map[string]*content{}, templates: map[string]*template{}, read: map[string]bool{}}
		pages, err := d.pages(root)
		if err != nil {
			return extract.Text{}, err
		}
		paragraphs, err := layout.Paragraphs(pages, l.Stopped)
		if err != nil {
			return extract.Text{}, err
		}
		if err := out.Add(paragraphs...); err != nil {
			return extract.Text{}, err
		}
		dropped = append(dropped, d.slanted...)
	}
	t, err := out.Text()
	t.Dropped = dropped
	return t, err
}

var (
	errNoPages = errors.New("a broken OFD file, which names no pages; get the file again")
	errCycle   = errors.New("has drawings within one another without an end; open it and save it again")
	errMany    = fmt.Errorf("says that it has more than %d pages; save it as PDF first", mostPages)
)

// mostPages is how many pages of a file are read.
const mostPages = 100_000

// documentsOf are the paths of the documents in a file.
func documentsOf(a zipped.Archive) (roots []string, err error) {
	err = walk(a, "OFD.xml", visitor{text: func(element, text string) error {
		if element == "DocRoot" {
			roots = append(roots, resolve("OFD.xml", text))
		}
		return nil
	}})
	if err == nil && len(roots) == 0 {
		err = errNoPages
		if sealed, _ := a.Part("Encryptions.xml"); sealed != nil {
			err = extract.ErrEncrypted
		}
	}
	return roots, err
}

// A document is one of those in a file.
type document struct {
	zipped.Archive
	box       box // of a page that does not say
	list      []reference
	resources []string
	templates map[string]*template
	units     map[string]*content // graphic units by their numbers
	read      map[string]bool     // the files of resources that were
	slanted   []string            // what was left out, since it stands aslant
}

// A reference is a page in the list of pages.
type reference struct{ id, path string }

// A template is a page that other pages have, read where the first names it.
type template struct {
	path string
	page *page
}

// pages reads the pages of a document in their order.
func (d *document) pages(root string) (pages []layout.Page, err error) {
	err = walk(d.Archive, root, visitor{
		start: func(e xml.StartElement) error {
			switch at := resolve(root, attribute(e, "BaseLoc")); e.Name.Local {
			case "Page":
				d.list = append(d.list, reference{attribute(e, "ID"), at})
			case "TemplatePage":
				d.templates[attribute(e, "ID")] = &template{path: at}
			}
			return nil
		},
		text: func(element, text string) error {
			switch element {
			case "PhysicalBox":
				d.box = boxOf(text)
			case "PublicRes", "DocumentRes":
				d.resources = append(d.resources, resolve(root, text))
			}
			return nil
		},
	})
	switch {
	case err != nil:
		return nil, err
	case len(d.list) == 0:
		return nil, errNoPages
	case len(d.list) > mostPages:
		return nil, errMany
	}
	for i, ref := range d.list {
		p, err := d.page(ref.path)
		if err != nil {
			return nil, fmt.Errorf("page %d: %w", i+1, err)
		}
		directions, err := d.lay(p)
		if err != nil {
			return nil, fmt.Errorf("page %d: %w", i+1, err)
		}
		pages = append(pages, layout.InOrder(directions, i)...)
	}
	return pages, nil
}

// A page is what a page, or a template, has on it.
type page struct {
	content
	box       box
	templates []string // the numbers of those that it has
	resources []string
}

// page reads the file of a page.
func (d *document) page(file string) (*page, error) {
	p := &page{}
	b := builder{into: &p.content}
	err := walk(d.Archive, file, visitor{
		start: func(e xml.StartElement) error {
			if e.Name.Local == "Template" {
				p.templates = append(p.templates, attribute(e, "TemplateID"))
			}
			return b.start(e)
		},
		text: func(element, text string) error {
			switch element {
			case "PhysicalBox":
				p.box = boxOf(text)
			case "PageRes":
				p.resources = append(p.resources, resolve(file, text))
			}
			return b.text(element, text)
		},
		end: b.end,
	})
	return p, err
}

// template is a template by its number, nil where the document has none of it.
func (d *document) template(id string) (*page, error) {
	t := d.templates[id]
	if t == nil {
		return nil, nil
	}
	if t.page == nil {
		p, err := d.page(t.path)
		if err != nil {
			return nil, fmt.Errorf("its template: %w", err)
		}
		t.page = p
	}
	return t.page, nil
}

// lay puts all that is on a page to its place, with what its templates have.
func (d *document) lay(p *page) ([4]layout.Page, error) {
	s := sheet{document: d, box: cmp.Or(p.box, d.box, box{0, 0, 210, 297}), resources: p.resources}
	for _, id := range p.templates {
		t, err := d.template(id)
		if err != nil {
			return [4]layout.Page{}, err
		}
		if t == nil {
			continue
		}
		s.resources = append(s.resources, t.resources...)
		if err := s.put(&t.content, identity, 0); err != nil {
			return [4]layout.Page{}, err
		}
	}
	if err := s.put(&p.content, identity, 0); err != nil {
		return [4]layout.Page{}, err
	}
	if s.slanted.Len() > 0 {
		d.slanted = append(d.slanted, s.slanted.String())
	}
	return layout.Directions(s.box.width*pointsPerMM, s.box.height*pointsPerMM, s.glyphs, s.rules), nil
}

// unit is a graphic unit by its number; resources are those of the page that asks.
func (d *document) unit(id string, resources []string) (*content, error) {
	for _, file := range append(d.resources, resources...) {
		if d.read[file] {
			continue
		}
		d.read[file] = true
		b := builder{units: d.units}
		if err := walk(d.Archive, file, visitor{b.start, b.text, b.end}); err != nil {
			return nil, err
		}
	}
	return d.units[id], nil
}

// resolve is the path of a part that another names: from the root of the archive
// where it begins with a stroke, else from the folder of the other, and nowhere
// above the root.
func resolve(from, name string) string {
	name = strings.ReplaceAll(strings.TrimSpace(name), `\`, "/")
	if !strings.HasPrefix(name, "/") {
		name = path.Join("/", path.Dir(from), name)
	}
	return strings.TrimPrefix(path.Clean(name), "/")
}
