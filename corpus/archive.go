package corpus

import (
	"archive/zip"
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"baogao/internal/charset"
	"baogao/internal/extract"
	"baogao/internal/extract/budget"
	"baogao/internal/extract/office"
	"baogao/internal/extract/ofd"
	"baogao/internal/extract/parts"
)

// What an archive may be; what it may unpack to, package budget says.
const (
	maxArchives = 3       // within one another
	maxMembers  = 100_000 // of one archive
)

var (
	errEncrypted = errors.New("encrypted; unpack it with the password first")
	errDeep      = fmt.Errorf("an archive within %d others; unpack it first", maxArchives)
	errMany      = fmt.Errorf("holds more than %d files; unpack it first", maxMembers)
	errNoFiles   = extract.NoReport("an archive without files")
)

// readZip reads the files of an archive in the order of their paths, or the
// one document of an office file.
func readZip(r *reader, f file, in *bufio.Reader) error {
	if f.bytes == nil {
		data, err := r.all(in)
		if err != nil {
			return r.fault(f.place, err)
		}
		f.bytes, f.size = bytes.NewReader(data), int64(len(data))
	}
	z, err := zip.NewReader(f.bytes, f.size)
	if err != nil {
		return r.fault(f.place, fmt.Errorf("%w; it may not have been downloaded to its end", err))
	}
	if kind := parts.Kind(z.File); kind != "" {
		f.format = kind
		return readOffice(r, f)
	}
	if isWACZ(z.File) {
		f.format = "wacz"
		z.File = slices.DeleteFunc(z.File, func(m *zip.File) bool { return !strings.HasPrefix(m.Name, "archive/") })
	}
	return r.archive(f, z)
}

// isWACZ knows a WACZ: WARCs in archive/, with indexes and lists of their pages
// beside it.
func isWACZ(files []*zip.File) bool {
	described, warcs := false, false
	for _, m := range files {
		described = described || m.Name == "datapackage.json"
		warcs = warcs || strings.HasPrefix(m.Name, "archive/") && strings.Contains(m.Name, ".warc")
	}
	return described && warcs
}

// otherwise is what to do with the kinds of office files that are not read.
var otherwise = map[string]string{
	"epub": "a book; save its pages as HTML or text", "pptx": "a presentation; save it as PDF or text",
}

// readOffice reads an office file that is packed as an archive.
func readOffice(r *reader, f file) error {
	read := map[string]func([]byte, extract.Limits) (extract.Text, error){"docx": office.DOCX, "odt": office.ODT, "xlsx": office.XLSX, "ofd": ofd.Read}[f.format]
	if read == nil {
		return r.fault(f.place, extract.NoReport(strings.ToUpper(f.format)+" is not read; "+cmp.Or(otherwise[f.format], "save it as text, PDF or DOCX")))
	}
	whole := bufio.NewReader(io.NewSectionReader(f.bytes, 0, f.size))
	return single(quick(read))(r, f, whole)
}

// archive reads the files of an archive as if they lay in a folder of its
// name.
func (r *reader) archive(f file, z *zip.Reader) error {
	switch {
	case f.depth == maxArchives:
		return r.fault(f.place, errDeep)
	case len(z.File) > maxMembers:
		return r.fault(f.place, errMany)
	}
	members := make([]member, 0, len(z.File))
	decode := nameDecoder(z.File)
	for _, m := range z.File {
		if name := decode(m.Name); !m.FileInfo().IsDir() && !strings.HasSuffix(name, `\`) {
			members = append(members, member{m, memberName(name)})
		}
	}
	slices.SortStableFunc(members, func(a, b member) int { return strings.Compare(a.name, b.name) })
	if len(members) == 0 {
		return r.fault(f.place, errNoFiles)
	}
	f.bound()
	tables, err := r.inArchive(f, members)
	if err != nil {
		return err
	}
	for _, m := range members {
		inner := f
		inner.metadata = nearest(tables, path.Dir(m.name), f.metadata)
		if err := r.member(inner, m); err != nil {
			return err
		}
	}
	return nil
}

// A member is a file of an archive.
type member struct {
	*zip.File
	name string // its path in the archive, in characters, nowhere above it
}

// nameDecoder tells the charset of the names of an archive by all of them, where
// they are in Big5; the second bytes of that may be backslashes.
func nameDecoder(files []*zip.File) func(string) string {
	var all strings.Builder
	for _, m := range files {
		if !utf8.ValidString(m.Name) && all.Len() < headBytes {
			all.WriteString(m.Name + "\n")
		}
	}
	_, name, err := charset.Decode([]byte(all.String()))
	return func(raw string) string {
		if err != nil || name != charset.Big5 || utf8.ValidString(raw) {
			return raw
		}
		s, err := charset.Encoding(charset.Big5).NewDecoder().String(raw)
		if err != nil || strings.ContainsRune(s, utf8.RuneError) {
			return raw
		}
		return s
	}
}

// memberName gives the path of a file in an archive in characters: old
// programs write names in the charset of their machine, GBK in China, and
// some hold folders apart by backslashes.
func memberName(raw string) string {
	name := strings.ReplaceAll(Readable(raw), `\`, "/")
	return strings.TrimPrefix(path.Clean("/"+name), "/")
}

// bound sets how much an archive that lies in no other may unpack to.
func (f *file) bound() {
	if f.budget == nil {
		f.budget = budget.New(f.size)
	}
}

// inside is the file of a name in the archive f, and why it is passed over, "" if
// it is not.
func (f file) inside(name string) (inner file, why string) {
	return file{
		place: place{path: f.path + "/" + name}, id: f.id + "/" + name, root: f.root, metadata: f.metadata,
		depth: f.depth + 1, budget: f.budget,
	}, passedOver(name)
}

func (r *reader) member(f file, m member) error {
	inner, why := f.inside(m.name)
	if why != "" {
		return r.pass(inner.path, why)
	}
	if path.Base(m.name) == metadataName {
		return r.pass(inner.path, "describes the files of its folder")
	}
	in, err := f.unpack(m)
	if err != nil {
		return r.fault(inner.place, err)
	}
	defer in.Close()
	return r.read(inner, bufio.NewReaderSize(&counter{ctx: r.ctx, in: in, progress: func(int64) {}}, headBytes))
}

// unpack opens a member of the archive f within its bounds.
func (f file) unpack(m member) (io.ReadCloser, error) {
	if m.Flags&1 != 0 {
		return nil, errEncrypted
	}
	in, err := m.Open()
	if errors.Is(err, zip.ErrAlgorithm) {
		err = errors.New("packed in a way that is not known; pack it again as plain ZIP")
	}
	if err != nil {
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{f.budget.Unpack(in, int64(min(m.CompressedSize64, 1<<40))), in}, nil
}

// passedOver says why a file in an archive is none of a person's, "" if it is.
func passedOver(name string) string {
	for part := range strings.SplitSeq(name, "/") {
		if isHidden(part) || part == "__MACOSX" {
			return "hidden, or no file of a person's"
		}
	}
	return ""
}
