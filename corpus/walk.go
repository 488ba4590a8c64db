package corpus

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"baogao"
	"baogao/internal/extract"
	"baogao/internal/extract/budget"
)

// A walk goes through the paths of one call of Reports and has their files read.
type walk struct {
	*reader
	entered  map[string]string // the real path of every file and folder met, and the path it was met by
	tables   map[string]rows   // of every metadata.csv, by the real path of its folder
	excluded map[string]bool   // real paths of files and folders
}

func newWalk(o Options, yield func(*baogao.Report, error) bool) *walk {
	return &walk{
		reader:  &reader{queue: newQueue(o.withDefaults(), yield), formats: formats},
		entered: map[string]string{}, tables: map[string]rows{}, excluded: realPaths(o.Exclude),
	}
}

// realPaths are the real paths of those files and folders that there are.
func realPaths(names []string) map[string]bool {
	found := map[string]bool{}
	for _, name := range names {
		if real, err := realPath(name); err == nil {
			found[real] = true
		}
	}
	return found
}

// realPath is the absolute path of a file or folder without links.
func realPath(name string) (string, error) {
	real, err := filepath.EvalSymlinks(name)
	if err != nil {
		return "", err
	}
	return filepath.Abs(real)
}

// A place is where something is found, as messages name it.
type place struct {
	path   string
	line   int    // from 1 in a file of many reports, else 0
	format string // of the file, "" before it is told
}

func (p place) onLine(n int) place {
	p.line = n
	return p
}

// A file is one file of a walk, and how it was come by.
type file struct {
	place
	id       string // below the folder given, or the base name
	root     string // base name of the folder given, "" for a file given by itself
	metadata *metadata
	bytes    io.ReaderAt               // of the file, where they can be read in any order
	size     int64                     // of bytes
	again    func() (io.Reader, error) // from its start, where bytes is nil and it can be had
	depth    int                       // archives around it
	budget   *budget.Budget            // of the outermost archive
	address  string                    // it was published at, where what it came in says so
	saved    string                    // when it was saved from there
}

// argument walks one path that was given.
func (w *walk) argument(name string) error {
	at := place{path: name}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return w.put(&find{ends: true, fault: at.fault(missing{reason(err)})})
	case err != nil:
		return w.fault(at, reason(err))
	case !info.IsDir():
		m, err := w.metadata(filepath.Dir(name), name, nil)
		if err != nil {
			return w.fault(at, err)
		}
		return w.file(file{place: at, id: Readable(filepath.Base(name)), metadata: m}, info)
	}
	if err := w.folder(folder{path: name, root: filepath.Base(w.absolute(name))}); err != nil {
		return err
	}
	return w.put(&find{ends: true, fault: at.fault(ErrEmptied)})
}

// A folder is one folder of a walk.
type folder struct {
	path     string // as messages name it
	below    string // its path below the folder given, with slashes, "" for that folder itself
	root     string // base name of the folder given
	metadata *metadata
}

func (w *walk) folder(d folder) error {
	real, err := realPath(d.path)
	if err != nil {
		return w.fault(place{path: d.path}, reason(err))
	}
	if w.excluded[real] {
		return w.pass(d.path, "the folder of the index")
	}
	if first, ok := w.entered[real]; ok {
		if first == d.path {
			return nil // the same argument twice
		}
		return w.fault(place{path: d.path}, extract.NoReport(fmt.Sprintf("the same folder as %s, which was read", first)))
	}
	w.entered[real] = d.path
	entries, err := os.ReadDir(d.path)
	if err != nil {
		return w.fault(place{path: d.path}, reason(err))
	}
	if isIndex(entries) {
		return w.pass(d.path, "the folder of an index")
	}
	if d.metadata, err = w.metadata(d.path, d.path, d.metadata); err != nil {
		return w.fault(place{path: d.path}, err)
	}
	for _, e := range entries {
		if err := w.entry(d, e); err != nil {
			return err
		}
	}
	return nil
}

var generation = regexp.MustCompile(`^gen-\d{6,}$`)

// isIndex reports whether these are the entries of the folder of an index.
func isIndex(entries []fs.DirEntry) bool {
	current, generations := false, false
	for _, e := range entries {
		current = current || e.Name() == "CURRENT" && !e.IsDir()
		generations = generations || e.IsDir() && generation.MatchString(e.Name())
	}
	return current && generations
}

// entry walks one entry of a folder.
func (w *walk) entry(d folder, e fs.DirEntry) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	name := e.Name()
	full, below := filepath.Join(d.path, name), path.Join(d.below, name)
	switch {
	case isHidden(name):
		return w.pass(full, "hidden, or no file of a person's")
	case name == metadataName:
		return w.pass(full, "describes the files of its folder")
	}
	info, err := os.Stat(full)
	switch {
	case err != nil:
		return w.fault(place{path: full}, reason(err))
	case info.IsDir():
		return w.folder(folder{path: full, below: below, root: d.root, metadata: d.metadata})
	}
	return w.file(file{place: place{path: full}, id: Readable(below), root: d.root, metadata: d.metadata}, info)
}

func isHidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") ||
		name == "Thumbs.db" || name == "desktop.ini"
}

// file reads one file from disk.
func (w *walk) file(f file, info fs.FileInfo) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if filepath.Base(f.path) == metadataName {
		return w.fault(f.place, extract.NoReport("describes the files of its folder; give the folder"))
	}
	if !info.Mode().IsRegular() {
		return w.fault(f.place, errNotRegular) // opening a pipe would wait for its writer
	}
	real, err := realPath(f.path)
	if err != nil {
		return w.fault(f.place, reason(err))
	}
	if w.excluded[real] {
		return w.pass(f.path, "left out")
	}
	if first, ok := w.entered[real]; ok {
		return w.fault(f.place, extract.NoReport(fmt.Sprintf("the same file as %s, which was read", first)))
	}
	w.entered[real] = f.path
	in, err := os.Open(f.path)
	if err != nil {
		return w.fault(f.place, reason(err))
	}
	defer in.Close()
	f.bytes, f.size = in, info.Size()
	counted := &counter{ctx: w.ctx, in: in, progress: w.options.Progress}
	err = w.read(f, bufio.NewReaderSize(counted, headBytes))
	w.options.Progress(max(info.Size()-counted.read, 0))
	return err
}

var errNotRegular = extract.NoReport("not a regular file")

// A counter reads until its context is done, and tells how far it is.
type counter struct {
	ctx      context.Context
	in       io.Reader
	read     int64
	progress func(int64)
}

func (r *counter) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := r.in.Read(p)
	r.read += int64(n)
	r.progress(int64(n))
	return n, err
}

// reason takes the operation and the path off an error of the file system:
// the FileError around it has the path.
func reason(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// Readable gives a path in characters that can be typed and stored, for the ids
// of reports: what is no character, or a control, becomes U+FFFD.
func Readable(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return utf8.RuneError
		}
		return r
	}, strings.ToValidUTF8(decoded(name), "\uFFFD"))
}

// decoded gives a path in characters where it is in GB18030, as archives from
// China have them.
func decoded(name string) string {
	if utf8.ValidString(name) {
		return name
	}
	s, err := simplifiedchinese.GB18030.NewDecoder().String(name)
	if err != nil || strings.ContainsRune(s, utf8.RuneError) {
		return name
	}
	return s
}
