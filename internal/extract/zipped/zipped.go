// Package zipped reads the parts of documents that are zip archives of XML, within
// their budget.
package zipped

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

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

// An Archive is the zip archive that a document is.
type Archive struct {
	zip    *zip.Reader
	Limits extract.Limits
	budget *budget.Budget
}

// Open opens a document that must be of one kind of Kind.
func Open(data []byte, kind string, l extract.Limits) (Archive, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return Archive{}, fmt.Errorf("a broken %s file (%w); get the file again", strings.ToUpper(kind), err)
	}
	switch is := Kind(z.File); is {
	case kind:
		return Archive{z, l, budget.New(int64(len(data)))}, nil
	case "":
		return Archive{}, fmt.Errorf("a zip archive, no %s document", strings.ToUpper(kind))
	default:
		return Archive{}, fmt.Errorf("a %s document, not %s; save it as text first", strings.ToUpper(is), strings.ToUpper(kind))
	}
}

// Part unpacks a file of the archive, at most Limits.Bytes of it, within the budget
// of the archive for bytes and for what XML has. It is nil where the archive has no
// such file.
func (a Archive) Part(name string) ([]byte, error) {
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
	data, err := io.ReadAll(io.LimitReader(a.budget.Unpack(r, packed), a.Limits.Bytes+1))
	switch {
	case int64(len(data)) > a.Limits.Bytes:
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
func (a Archive) weigh(data []byte) error {
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

// Step takes n steps out of the budget of the archive.
func (a Archive) Step(n int) error { return a.budget.Step(n) }
