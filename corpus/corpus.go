// Package corpus turns files into reports. Paths come in; each file below them
// is known by its content, its texts are taken out of their format, cleaned and
// outlined, and what they are about is inferred; reports go out in order, and
// what could not be read with its reason. Text stays as it was published;
// nothing in it is folded.
package corpus

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"

	"baogao"
	"baogao/internal/extract"
)

// Options say how files are read. The zero Options are good.
type Options struct {
	MaxBytes int64    // larger files, and longer JSON lines, are refused; 0 means 64 MiB
	Exclude  []string // files and folders that are passed over, by whatever path they are come by

	// Held are the reports that are at hand already. One whose key a file still
	// gives is not made again: it comes with its id and File alone, once. So do
	// those of files that could not be read (File.Unread), at the end.
	Held []baogao.Held

	// AllowEmpty takes a path that was given and has no report any more at its
	// word. Without it, such a path counts as one that could not be read.
	AllowEmpty bool

	// Passed is told of what is passed over without a fault, such as hidden
	// files, and why. nil tells nobody.
	Passed func(path, why string)

	// Progress is told of bytes of files that have been dealt with, by another
	// goroutine. nil tells nobody.
	Progress func(bytes int64)

	// OCR reads scans and pictures; with nil they are refused.
	OCR extract.Recogniser

	// Preparing is told, once and before it takes seconds, what the reading of
	// a format must have prepared. nil tells nobody.
	Preparing func(what string)
}

func (o Options) withDefaults() Options {
	o.MaxBytes = cmp.Or(o.MaxBytes, 64<<20)
	if o.Passed == nil {
		o.Passed = func(string, string) {}
	}
	if o.Progress == nil {
		o.Progress = func(int64) {}
	}
	return o
}

// ErrNote marks a FileError that loses no report: only a piece of metadata
// that came with one cannot be used, or it has another id than it wanted.
var ErrNote = errors.New("note")

// Note marks an error by ErrNote; it says what it said.
func Note(err error) error { return noted{err} }

type noted struct{ error }

func (noted) Is(target error) bool { return target == ErrNote }

// A FileError says what could not be read of a file. The reports that could
// be read are not touched by it.
type FileError struct {
	Path   string // as it was given, or below a folder that was given; a file in an archive stands below it
	Line   int    // from 1 in a file of lines; 0 is the whole file
	Format string // of the file, as the table of formats calls it; "" if it was not told
	Kept   int    // reports that are held from there, and may be there still; they are yielded next
	Err    error  // the reason
}

// Error is the path, the line if there is one, the reason, and what is kept:
// words of strangers, which a terminal must not get as they are.
func (e *FileError) Error() string {
	at, kept := decoded(e.Path), ""
	if e.Line > 0 {
		at = fmt.Sprintf("%s: line %d", at, e.Line)
	}
	switch {
	case e.Kept == 1:
		kept = "; kept 1 report"
	case e.Kept > 1:
		kept = fmt.Sprintf("; kept %d reports", e.Kept)
	}
	return at + ": " + e.Reason() + kept
}

// Of a reason that is longer, so much of its beginning and its end is told, in
// code points: libraries quote what they find in a file.
const (
	reasonHead = 400
	reasonTail = 100
)

// Reason is the reason in words, without the middle of a very long one.
func (e *FileError) Reason() string {
	text := []rune(e.Err.Error())
	if len(text) <= reasonHead+reasonTail {
		return e.Err.Error()
	}
	return string(text[:reasonHead]) + " … " + string(text[len(text)-reasonTail:])
}

// Unwrap returns the reason.
func (e *FileError) Unwrap() error { return e.Err }

// Reports yields the reports of paths in the order given, and those of a
// folder in path order. A file, a JSON line or a field of metadata that cannot
// be read yields a *FileError and the walk goes on; any other error ends it.
//
// The id of a report is its path below the folder given, with slashes; the
// base name of a file given by itself; the id of its JSON line or CSV row, or
// else the path and the number of the line. A file in an archive has the path
// of the archive before its own. When an id is taken, a report is called by
// the folder it was found through (folder/id), or else id~2, id~3 …; one that
// has the bytes of the first holder as well is left out with a *FileError.
//
// Hidden files, the lock files of office programs, the folders of Exclude and
// any folder that holds an index are passed over in silence. A file or folder
// that is reached twice, through links or overlapping paths, is read once.
//
// Of a file that was read and has no report any more, what is held is gone, as
// it is of one that is not there. Of a file or folder that could not be read, or
// is broken, it is not known to be gone, and is yielded with its *FileError at
// the end. A folder whose metadata.csv cannot be read counts as such.
//
// A file metadata.csv is no report: it gives the metadata of files in its
// folder and below, over what a JSON line gives and what would be inferred.
// To a file given by itself only the one in its own folder speaks.
// Its first row names the columns: file, relative to the folder, and any of
// title, region, level, year, kind, issuer, number, published and source.
func Reports(ctx context.Context, paths []string, o Options) iter.Seq2[*baogao.Report, error] {
	return func(yield func(*baogao.Report, error) bool) {
		w := newWalk(o, yield)
		w.run(ctx, func() error {
			for _, p := range paths {
				if err := w.argument(p); err != nil {
					return err
				}
			}
			return nil
		})
	}
}
