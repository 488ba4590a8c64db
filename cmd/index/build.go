package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"baogao"
	"baogao/corpus"
	"baogao/internal/cli"
	"baogao/internal/engine"
	"baogao/internal/extract"
)

const buildLong = `Build reads files, and every file below folders and in ZIP archives, and makes
a new index of them: text, HTML and MHTML pages, PDF with a text layer, DOCX,
DOC, WPS, RTF, ODT, Markdown, CSV and JSON lines, told by content, in any
charset. A metadata.csv beside the files gives what would else be inferred. A
file that cannot be read is listed with its reason, and the build goes on.

With --ocr, scans are read too: pages of PDF that are pictures, and PNG, JPEG and
TIFF files, by the program tesseract with its models chi_sim and chi_tra. A page
takes seconds. What was read is kept, so that a build that was stopped, and then
is begun again or continued by update, reads no page twice.

    index build reports/ --index reports.index
    index build reports/ downloads.zip --report files.csv

The table of --report has a row for every report, and for every file that gave
none: what was understood of it, or why it was skipped.

Exit code: 0 done, 1 failed (with --strict also when a file was skipped),
2 usage.`

func newBuild(dir *string) *cobra.Command {
	var f intakeFlags
	return f.command(&cobra.Command{
		Use:   "build PATH...",
		Short: "Make a new index of files, folders and archives",
		Long:  buildLong,
		RunE: func(cmd *cobra.Command, args []string) error {
			return build(cmd.Context(), newProgress(cmd), *dir, args, f)
		},
	})
}

// intakeFlags are the flags of build and update, the last one of update alone.
type intakeFlags struct {
	strict     bool
	report     string
	ocr        bool
	allowEmpty bool
}

// command gives a command that takes files into an index the flags and arguments
// that all such have.
func (f *intakeFlags) command(cmd *cobra.Command) *cobra.Command {
	cmd.Args = cli.Args(cobra.MinimumNArgs(1))
	cmd.Flags().BoolVar(&f.strict, "strict", false, "exit with 1 if a file was skipped; the index is made all the same")
	cmd.Flags().StringVar(&f.report, "report", "", "write a CSV `FILE` with a row for every report and skipped file")
	ocrFlag(cmd, &f.ocr)
	return cmd
}

// build makes a new index at dir.
func build(ctx context.Context, p *progress, dir string, paths []string, f intakeFlags) error {
	if err := exist(paths, nil); err != nil {
		return err
	}
	create := func(_ context.Context, dir, revision string) (baogao.Writer, []baogao.Held, error) {
		if err := engine.Look(dir); errors.Is(err, baogao.ErrDamaged) {
			p.say("note: %v", err) // a build goes on all the same, and removes nothing before it is published
		}
		w, err := engine.Create(dir, revision)
		return w, nil, err
	}
	return take(ctx, p, dir, paths, f, create, func(s *baogao.Published) string {
		return fmt.Sprintf("%s, %s, %d characters and words", reportsOf(s), cli.Count(s.Passages, "passage"), s.Tokens)
	})
}

// take takes the reports of paths into the index at dir, and tells how it went.
func take[W baogao.Writer](ctx context.Context, p *progress, dir string, paths []string, f intakeFlags,
	begin func(ctx context.Context, dir, revision string) (w W, held []baogao.Held, err error), summary func(*baogao.Published) string) error {
	machine, err := recogniser(ctx, f.ocr, p.pages)
	if err != nil {
		return err
	}
	table, err := newTable(f.report)
	if err != nil {
		return err
	}
	began := time.Now()
	w, held, err := begin(ctx, dir, corpus.Revision())
	if err != nil {
		return err
	}
	defer w.Close()
	in := &intake{writer: w, held: held, allowEmpty: f.allowEmpty, ocr: machine, progress: p, table: table}
	published, err := in.publish(ctx, paths, dir, f.report)
	if err == nil || errors.Is(err, errNoReports) {
		err = errors.Join(err, table.write(ctx, dir, published))
	}
	if err != nil {
		return err
	}
	if text := p.allRecognised(); text != "" {
		p.say("index: %s", text)
	}
	p.say("index: %s, %d skipped, in %.1f s: %s/%s", summary(published), in.skipped, time.Since(began).Seconds(), dir, published.Generation)
	return in.outcome(published.Changes.Unread, f.strict)
}

// outcome is the error of what was published nevertheless, if there is one.
func (in *intake) outcome(unread int, strict bool) error {
	switch {
	case unread > 0:
		return in.unread(unread)
	case strict && in.skipped > 0:
		return fmt.Errorf("%d skipped, as listed above", in.skipped)
	}
	return nil
}

// reportsOf says how many reports an index holds.
func reportsOf(s *baogao.Published) string {
	if s.Copies == 0 {
		return cli.Count(s.Reports, "report")
	}
	return fmt.Sprintf("%s (%d of them copies)", cli.Count(s.Reports, "report"), s.Copies)
}

// exist fails for a path that cannot be found and that no report is held from.
func exist(paths []string, held []baogao.Held) error {
	for _, p := range paths {
		if p == "" {
			return fmt.Errorf("%w: a path is empty", cli.ErrUsage)
		}
		if _, err := os.Stat(p); err != nil && !holds(held, p) {
			return err
		}
	}
	return nil
}

// holds reports whether a report is held from a path or from below it.
func holds(held []baogao.Held, path string) bool {
	full, err := filepath.Abs(path)
	return err == nil && slices.ContainsFunc(held, func(h baogao.Held) bool {
		return h.Place == full || strings.HasPrefix(h.Place, full+string(filepath.Separator))
	})
}

// notesShown is how many notes on the metadata of one file are shown; a file of
// lines may have one for each.
const notesShown = 5

// An intake takes what corpus reads into an index.
type intake struct {
	writer     baogao.Writer
	held       []baogao.Held // reports that the writer, an Updater then, can keep
	allowEmpty bool          // see corpus.Options; an index may have no report then
	ocr        extract.Recogniser
	progress   *progress
	table      *table

	reports, skipped int
	emptied          bool           // a path that was given has no report any more
	notes            map[string]int // on metadata, by file
}

var errNoReports = errors.New("no report was read; the index is as it was")

// publish takes in the reports of paths, but for what the program itself
// writes, and publishes them.
func (in *intake) publish(ctx context.Context, paths []string, written ...string) (*baogao.Published, error) {
	written = slices.DeleteFunc(written, func(name string) bool { return name == "" })
	if err := in.read(ctx, paths, corpus.Options{Exclude: written}); err != nil {
		return nil, err
	}
	if in.reports == 0 && !in.allowEmpty {
		return nil, errNoReports
	}
	return in.writer.Publish(ctx)
}

// read adds every report of paths, or keeps it, and lists what could not be
// read.
func (in *intake) read(ctx context.Context, paths []string, o corpus.Options) error {
	in.notes = map[string]int{}
	o.Held, o.AllowEmpty, o.OCR, o.Passed, o.Progress = in.held, in.allowEmpty, in.ocr, in.table.passed, in.progress.add
	o.Preparing = func(what string) { in.progress.say("preparing %s", what) }
	in.progress.begin(corpus.Size(ctx, paths, o))
	defer in.progress.end()
	for r, err := range corpus.Reports(ctx, paths, o) {
		var fault *corpus.FileError
		switch {
		case errors.As(err, &fault):
			in.fault(fault)
		case err != nil:
			return err
		default:
			if err := in.take(ctx, r); err != nil {
				return err
			}
		}
	}
	for _, path := range slices.Sorted(maps.Keys(in.notes)) {
		if n := in.notes[path] - notesShown; n > 0 {
			in.progress.say("note: %s: %d more of the kind", path, n)
		}
	}
	return nil
}

// fault lists what could not be read of a file.
func (in *intake) fault(f *corpus.FileError) {
	in.table.fault(f)
	if !errors.Is(f, corpus.ErrNote) {
		in.skipped++
		in.emptied = in.emptied || f.Kept > 0 && errors.Is(f, corpus.ErrEmptied)
		in.progress.say("skipped: %v", f)
		return
	}
	in.note(f)
}

// note says what is to be known of a report, but not of each of very many of a
// file.
func (in *intake) note(f *corpus.FileError) {
	if in.notes[f.Path]++; in.notes[f.Path] <= notesShown {
		in.progress.say("note: %v", f)
	}
}

// lost says how many places of a report could not be read, "" for none.
func lost(r *baogao.Report) string {
	n := r.Cleaning.Damaged
	for _, p := range r.Paragraphs {
		n += strings.Count(p.Text, "\uFFFD")
	}
	if n == 0 {
		return ""
	}
	return cli.Count(n, "place") + " could not be read; look for a better copy"
}

func (in *intake) take(ctx context.Context, r *baogao.Report) error {
	in.reports++
	if r.File.Held != "" {
		in.table.kept(r)
		return in.writer.(baogao.Updater).Keep(ctx, r)
	}
	if why := lost(r); why != "" {
		in.note(&corpus.FileError{Path: r.File.Path, Line: r.File.Line, Err: errors.New(why)})
	}
	in.table.report(r)
	return in.writer.Add(ctx, r)
}
