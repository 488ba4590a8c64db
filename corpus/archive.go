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
	"baogao/internal/extract/archive"
	"baogao/internal/extract/budget"
	"baogao/internal/extract/ofd"
	"baogao/internal/extract/office"
	"baogao/internal/extract/zipped"
)

// maxArchives is how many archives may lie within one another; what one may hold,
// package archive says, and what it may unpack to, package budget.
const maxArchives = 3

var (
	errDeep    = fmt.Errorf("an archive within %d others; unpack it first", maxArchives)
	errNoFiles = extract.NoReport("an archive without files")
)

// readZip reads the files of an archive in the order of their paths, or the
// one document of an office file.
func readZip(r *reader, f file, in *bufio.Reader) error {
	if err := r.anyOrder(&f, in); err != nil {
		return r.fault(f.place, err)
	}
	z, err := zip.NewReader(f.bytes, f.size)
	if err != nil {
		return r.fault(f.place, fmt.Errorf("%w; it may not have been downloaded to its end", err))
	}
	if kind := zipped.Kind(z.File); kind != "" {
		f.format = kind
		return readOffice(r, f)
	}
	if isWACZ(z.File) {
		f.format = "wacz"
		z.File = slices.DeleteFunc(z.File, func(m *zip.File) bool { return !strings.HasPrefix(m.Name, "archive/") })
	}
	sortZip(z.File)
	return r.archive(f, archive.Zip(z), archive.Zip(z))
}

// sortZip puts the files of a ZIP in the order of their names in characters.
func sortZip(files []*zip.File) {
	name := make(map[*zip.File]string, len(files))
	for _, m := range files {
		name[m] = memberName(m.Name)
	}
	slices.SortStableFunc(files, func(a, b *zip.File) int { return strings.Compare(name[a], name[b]) })
}

// isTar knows the mark of POSIX and GNU.
func isTar(head []byte, _ string) bool { return len(head) > 262 && string(head[257:262]) == "ustar" }

// readTar reads the files of a tar in their order.
func readTar(r *reader, f file, in *bufio.Reader) error {
	first, second, err := r.twice(&f, in)
	if err != nil {
		return r.fault(f.place, err)
	}
	return r.archive(f, archive.Tar(first), archive.Tar(second))
}

// readRAR reads the files of a RAR in their order.
func readRAR(r *reader, f file, in *bufio.Reader) error {
	first, second, err := r.twice(&f, in)
	if err != nil {
		return r.fault(f.place, err)
	}
	return r.archive(f, archive.RAR(first, f.size), archive.RAR(second, f.size))
}

// readSevenZip reads the files of a 7z in the order in which they are packed.
func readSevenZip(r *reader, f file, in *bufio.Reader) error {
	if err := r.anyOrder(&f, in); err != nil {
		return r.fault(f.place, err)
	}
	pass := archive.SevenZip(f.bytes, f.size)
	return r.archive(f, pass, pass)
}

// anyOrder sees to it that the bytes of a file can be read in any order.
func (r *reader) anyOrder(f *file, in io.Reader) error {
	if f.bytes != nil {
		return nil
	}
	data, err := r.all(in)
	f.bytes, f.size = bytes.NewReader(data), int64(len(data))
	return err
}

// twice gives a file from its start on, two times.
func (r *reader) twice(f *file, in *bufio.Reader) (first, second io.Reader, err error) {
	if again := f.fromStart(r); again != nil {
		first, err = again()
		return first, in, err
	}
	err = r.anyOrder(f, in)
	return io.NewSectionReader(f.bytes, 0, f.size), io.NewSectionReader(f.bytes, 0, f.size), err
}

// fromStart gives what a file holds beside its being read, nil where it cannot be had.
func (f file) fromStart(r *reader) func() (io.Reader, error) {
	if f.bytes == nil {
		return f.again
	}
	return func() (io.Reader, error) { return r.watched(io.NewSectionReader(f.bytes, 0, f.size)), nil }
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

// archive reads the files of an archive as if they lay in a folder of its name. The
// first pass is for the names and for what each metadata.csv says of the files
// beside and below it, which may lie behind them.
func (r *reader) archive(f file, first, second archive.Pass) error {
	if f.depth == maxArchives {
		return r.fault(f.place, errDeep)
	}
	f.bound()
	c := r.contents(f, first)
	switch {
	case c.err != nil && (errors.Is(c.err, archive.ErrMany) || errors.Is(c.err, archive.ErrVolumes)):
		return r.fault(f.place, c.err)
	case c.err == nil && len(c.names) == 0:
		return r.fault(f.place, errNoFiles)
	}
	tables, err := r.inArchive(f, c)
	if err != nil {
		return err
	}
	err = second(func(m archive.Member) error {
		name := c.name(m.Name)
		inner := f
		inner.metadata = nearest(tables, path.Dir(name), f.metadata)
		return r.member(inner, name, m)
	})
	if err != nil {
		return r.fault(f.place, reason(err))
	}
	return nil
}

// contents are the names of the files of an archive, and the tables of metadata in it.
type contents struct {
	names  []string
	tables []memberTable
	name   func(raw string) string
	err    error // that ended the pass
}

// A memberTable is a metadata.csv in an archive.
type memberTable struct {
	name string
	data []byte
	err  error
}

// contents makes a pass through an archive. What it unpacks has a budget of its own.
func (r *reader) contents(f file, through archive.Pass) (c contents) {
	f.budget = budget.New(f.size)
	var raw strings.Builder
	c.err = through(func(m archive.Member) error {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		if len(c.names) == archive.MostMembers {
			return archive.ErrMany
		}
		c.names = append(c.names, m.Name)
		if !utf8.ValidString(m.Name) && raw.Len() < headBytes {
			raw.WriteString(m.Name + "\n")
		}
		if name := memberName(m.Name); path.Base(name) == metadataName && passedOver(name) == "" {
			data, err := r.content(f, m)
			c.tables = append(c.tables, memberTable{m.Name, data, err})
		}
		return nil
	})
	decode := nameDecoder(raw.String())
	c.name = func(raw string) string { return memberName(decode(raw)) }
	for i, name := range c.names {
		c.names[i] = c.name(name)
	}
	for i, t := range c.tables {
		c.tables[i].name = c.name(t.name)
	}
	return c
}

// content is what a small file of the archive f holds.
func (r *reader) content(f file, m archive.Member) ([]byte, error) {
	in, err := f.unpack(m)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return r.all(in)
}

// nameDecoder tells the charset of the names of an archive by all of them that are
// not in UTF-8, where they are in Big5; the second bytes of that may be backslashes.
func nameDecoder(names string) func(string) string {
	_, name, err := charset.Decode([]byte(names))
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

// bound sets how much an archive that lies in no other may unpack to, and gives it.
func (f *file) bound() *budget.Budget {
	if f.budget == nil {
		f.budget = budget.New(f.size)
	}
	return f.budget
}

// inside is the file of a name in the archive f, and why it is passed over, "" if
// it is not.
func (f file) inside(name string) (inner file, why string) {
	return file{
		place: place{path: f.path + "/" + name}, id: f.id + "/" + name, root: f.root, metadata: f.metadata,
		depth: f.depth + 1, budget: f.budget,
	}, passedOver(name)
}

// member reads a file of the archive f under its name.
func (r *reader) member(f file, name string, m archive.Member) error {
	inner, why := f.inside(name)
	if why != "" {
		return r.pass(inner.path, why)
	}
	if path.Base(name) == metadataName {
		return r.pass(inner.path, "describes the files of its folder")
	}
	in, err := f.unpack(m)
	if err != nil {
		return r.fault(inner.place, err)
	}
	defer in.Close()
	inner.size = max(m.Packed, 0)
	if m.Again {
		alone := f
		alone.budget = budget.New(inner.size)
		inner.again = func() (io.Reader, error) { return alone.unpack(m) }
	}
	return r.read(inner, r.watched(in))
}

// watched reads a file in an archive, until nobody wants it any more.
func (r *reader) watched(in io.Reader) *bufio.Reader {
	return bufio.NewReaderSize(&counter{ctx: r.ctx, in: in, progress: func(int64) {}}, headBytes)
}

// unpack opens a member of the archive f within its bounds.
func (f file) unpack(m archive.Member) (io.ReadCloser, error) {
	in, err := m.Open()
	if err != nil || m.Packed < 0 {
		return in, err
	}
	return struct {
		io.Reader
		io.Closer
	}{f.budget.Unpack(in, m.Packed), in}, nil
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
