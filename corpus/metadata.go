package corpus

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"baogao/internal/charset"
	"baogao/internal/extract"
	"baogao/internal/extract/table"
)

// metadataName is the file that gives the metadata of the files in its folder
// and below.
const metadataName = "metadata.csv"

// metadata is a metadata.csv and those of the folders above it.
type metadata struct {
	dir   string // as messages name it
	rows  map[string]given
	above *metadata
}

// row is what is given for a file. The nearest metadata.csv has the last word
// on a field. A nil metadata gives nothing.
func (m *metadata) row(file string) given {
	if m == nil {
		return given{}
	}
	g := m.above.row(file)
	if name, err := filepath.Rel(m.dir, file); err == nil {
		g = g.under(m.rows[filepath.ToSlash(name)])
	}
	return g
}

// rows are those of a metadata.csv, by the file they speak of, or why it could
// not be read.
type rows struct {
	given map[string]given
	err   error
}

// metadata gives the metadata of the files in a folder: the rows of its own
// metadata.csv, if it has one, over what the folders above give. Where that
// cannot be read it fails for a file or folder from which reports are held: they
// would lose what it gave them.
func (w *walk) metadata(dir, of string, above *metadata) (*metadata, error) {
	real, err := realPath(dir)
	if err != nil {
		return nil, reason(err)
	}
	table, ok := w.tables[real]
	if !ok {
		table = w.rows(dir)
		w.tables[real] = table
	}
	switch {
	case table.err != nil && len(w.stock.at(w.absolute(of))) > 0:
		return nil, fmt.Errorf("%s: %w", metadataName, table.err)
	case table.err != nil && !ok:
		err = w.fault(place{path: filepath.Join(dir, metadataName)}, unused(table.err))
	}
	if table.given == nil {
		return above, err
	}
	return &metadata{dir: dir, rows: table.given, above: above}, err
}

// rows reads the metadata.csv of a folder, if there is one, and reports what
// cannot be used of it.
func (w *walk) rows(dir string) rows {
	name := filepath.Join(dir, metadataName)
	data, err := w.readMetadata(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return rows{}
	case errors.Is(err, extract.ErrNoReport):
		w.fault(place{path: name}, unused(err))
		return rows{}
	case err != nil:
		return rows{err: err}
	}
	given, faults := parseMetadata(data, func(name string) bool { return exists(dir, name) })
	for _, f := range faults {
		w.fault(place{path: name, line: f.Line}, unused(f.Err))
	}
	return rows{given: given}
}

// unused notes that a piece of metadata cannot be used.
func unused(err error) error { return Note(fmt.Errorf("metadata not used: %w", err)) }

func (w *walk) readMetadata(name string) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, reason(err)
	case !info.Mode().IsRegular():
		return nil, errNotRegular
	case info.Size() > w.options.MaxBytes:
		return nil, tooLarge("file", w.options.MaxBytes)
	}
	data, err := os.ReadFile(name)
	if _, _, e := charset.Decode(data); err == nil && e != nil {
		return nil, errors.New(e.Error()) // which is no reason why the files of the folder would be no reports
	}
	return data, reason(err)
}

// parseMetadata reads the rows of a metadata.csv; exists tells which files there
// are beside and below it. Its first row names
// the columns, in any order: file, and any of title, region, level, year,
// kind, issuer, number, published, source. A field that cannot be used is a
// fault, and the rest of its row holds.
func parseMetadata(data []byte, exists func(name string) bool) (rows map[string]given, faults []*FileError) {
	text, _, err := charset.Decode(data)
	if err != nil {
		return nil, []*FileError{{Err: err}}
	}
	r, above := table.Lenient(text)
	header, err := r.Read()
	if err != nil {
		return nil, []*FileError{{Err: errors.New("empty; its first line names the columns: file,title,region,…")}}
	}
	columns, fault := parseHeader(header)
	if fault != nil {
		faults = append(faults, &FileError{Line: 1, Err: fault})
	}
	rows = map[string]given{}
	for {
		record, err := r.Read()
		if err == io.EOF {
			return rows, faults
		}
		line, _ := r.FieldPos(0)
		line += above
		if err != nil {
			faults = append(faults, &FileError{Line: line, Err: err})
			return rows, faults
		}
		name, g, wrong := parseRow(columns, record)
		if name != "" {
			name = path.Clean(name)
		}
		if name == "" {
			wrong = append(wrong, errors.New("no file is named"))
		} else if !exists(name) {
			wrong = append(wrong, fmt.Errorf("no file %.200s in the folder", name))
		}
		if _, twice := rows[name]; twice && name != "" {
			wrong = append(wrong, fmt.Errorf("a second row for %.200s; where both give a field, this one holds", name))
		}
		for _, err := range wrong {
			faults = append(faults, &FileError{Line: line, Err: err})
		}
		rows[name] = rows[name].under(g)
	}
}

// exists reports whether there is a file of a name below a folder, or an
// archive that such a file may be in.
func exists(dir, name string) bool {
	for part := name; part != "." && part != "/"; part = path.Dir(part) {
		if info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(part))); err == nil {
			return part == name || info.Mode().IsRegular()
		}
	}
	return false
}

// parseHeader gives the name of each column, "" for one that is not known.
func parseHeader(header []string) (columns []string, fault error) {
	var strange []string
	file := false
	for _, name := range header {
		field := columnField(name)
		file = file || field == "file"
		if field != "file" && !slices.Contains(fieldNames, field) {
			strange = append(strange, name)
			field = ""
		}
		columns = append(columns, field)
	}
	switch {
	case !file:
		return columns, errors.New("no column file")
	case len(strange) > 0:
		return columns, fmt.Errorf("unknown columns: %.200s", strings.Join(strange, ", "))
	}
	return columns, nil
}

func parseRow(columns, record []string) (file string, g given, faults []error) {
	for i, text := range record {
		if i >= len(columns) || columns[i] == "" {
			continue
		}
		if columns[i] == "file" {
			file = strings.ReplaceAll(strings.TrimSpace(text), `\`, "/")
			continue
		}
		if err := g.set(columns[i], text); err != nil {
			faults = append(faults, err)
		}
	}
	return file, g, faults
}

// inArchive gives the metadata of the files of an archive, by their folders in it:
// the rows of each metadata.csv in it over what lies above.
func (r *reader) inArchive(f file, c contents) (map[string]*metadata, error) {
	if c.tables == nil {
		return nil, nil
	}
	slices.SortStableFunc(c.tables, func(a, b memberTable) int { return strings.Count(a.name, "/") - strings.Count(b.name, "/") })
	names := map[string]bool{}
	for _, name := range c.names {
		names[name] = true
	}
	tables := map[string]*metadata{}
	for _, t := range c.tables { // a folder before those in it
		dir := path.Dir(t.name)
		rows, faults := t.rows(names)
		for _, fault := range faults {
			at := place{path: f.path + "/" + t.name, line: fault.Line}
			if err := r.fault(at, unused(fault.Err)); err != nil {
				return nil, err
			}
		}
		tables[dir] = &metadata{dir: path.Join(f.path, dir), rows: rows, above: nearest(tables, path.Dir(dir), f.metadata)}
	}
	return tables, nil
}

// nearest is the metadata of a folder of an archive, of the nearest folder above
// that has some, or of the archive itself.
func nearest(tables map[string]*metadata, dir string, own *metadata) *metadata {
	for len(tables) > 0 {
		if m := tables[dir]; m != nil {
			return m
		}
		if dir == "." {
			break
		}
		dir = path.Dir(dir)
	}
	return own
}

// rows are the rows of a metadata.csv among the files of some names in an archive.
func (t memberTable) rows(names map[string]bool) (map[string]given, []*FileError) {
	if t.err != nil {
		return nil, []*FileError{{Err: t.err}}
	}
	return parseMetadata(t.data, func(name string) bool {
		below := path.Join(path.Dir(t.name), name)
		for part := below; part != "." && part != "/"; part = path.Dir(part) {
			if names[part] {
				return true // itself, or an archive that it may be in
			}
		}
		return false
	})
}
