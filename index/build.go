package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"unicode/utf8"

	"baogao"
	"baogao/index/internal/catalogue"
	"baogao/index/internal/segment"
	"baogao/index/internal/store"
	"baogao/internal/copies"
)

// A segment of the bleve index takes at most segmentDocs documents, and terms
// and postings of about segmentBytes: they are in memory while it is made. Tests
// change them.
var (
	segmentDocs  = 1 << 21
	segmentBytes = 256 << 20
)

// writer builds a generation beside the one in use.
type writer struct {
	columns  *store.Writer    // of the new generation
	terms    *segment.Builder // of the passages that are in no segment yet
	pending  []uint32         // their ordinals
	segments []segment.Entry
	docs     [][]uint32 // ordinal of the passage, by segment and document
	ids      map[string]bool
	reports  copies.Collection
	units    []int // of the passages of the report that is added
}

var _ baogao.Writer = (*writer)(nil)

// Create starts a new generation in the index folder dir, which is made if it
// is missing. The revision names what makes the reports; an update makes those
// of another revision again. It fails with ErrLocked while another process
// writes there.
func Create(dir, revision string) (baogao.Writer, error) {
	w, err := newWriter(dir, revision)
	if err != nil {
		return nil, err
	}
	if err := w.begin(); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

// newWriter returns a writer that holds the lock of dir, and nothing more.
func newWriter(dir, revision string) (*writer, error) {
	columns, err := store.Lock(dir, revision)
	return &writer{columns: columns, terms: segment.NewBuilder(), ids: map[string]bool{}}, err
}

// begin begins a generation.
func (w *writer) begin() error {
	if err := w.columns.Begin(); err != nil {
		return err
	}
	return os.MkdirAll(segment.Path(w.columns.Bleve(), ""), 0o755)
}

// Add adds a report. Its id must be new, and its passages must have numbers
// of their own.
func (w *writer) Add(ctx context.Context, r *baogao.Report) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := w.check(r); err != nil {
		return fmt.Errorf("report %s: %w", r.Meta.ID, err)
	}
	traits := make(chan copies.Traits, 1) // read while the terms are taken
	go func() { traits <- copies.Read(r) }()
	details, err := store.Details{Findings: r.Findings, Facts: r.Facts, Cleaning: r.Cleaning}.Line()
	units, indexed := w.indexAll(ctx, r)
	t := <-traits
	if err := cmp.Or(err, indexed); err != nil {
		return err
	}
	entry := store.Report{
		Meta: r.Meta, Extent: store.Extent{Count: len(r.Passages)}, Sure: r.Sure(), OCR: r.Recognition(),
		Damage: t.Damage, Traditional: t.Traditional, Units: t.Units, Given: t.Given,
	}
	entry.SetKey(r.File.Key)
	for _, p := range r.Passages {
		entry.Bytes += len(p.Text)
		entry.Chars += utf8.RuneCountInString(p.Text)
	}
	w.place(entry, r.File.Place, details, t.Sketch)
	for i, p := range r.Passages {
		w.columns.AddPassage(p, units[i])
	}
	return w.columns.Err()
}

// indexAll adds the terms of the passages of a report that comes next, and returns
// their lengths in units, which are good until the next report.
func (w *writer) indexAll(ctx context.Context, r *baogao.Report) (units []int, err error) {
	values, first := catalogue.Values(&r.Meta), w.columns.Manifest.Passages
	w.units = w.units[:0]
	for i, p := range r.Passages {
		w.pending = append(w.pending, uint32(first+i))
		w.units = append(w.units, w.index(p.Text, values))
		if err := w.endIfFull(ctx); err != nil {
			return nil, err
		}
	}
	return w.units, nil
}

// place writes down a report, read from the file at a path, whose passages come
// next.
func (w *writer) place(r store.Report, path string, details []byte, sketch copies.Sketch) {
	w.columns.Add(r, path, details, sketch.Append(nil))
	w.reports.Add(r.Meta, copies.Traits{Sketch: sketch, Damage: r.Damage, Traditional: r.Traditional, Units: r.Units, Given: r.Given})
	w.ids[r.Meta.ID] = true
}

func (w *writer) check(r *baogao.Report) error {
	if r.Meta.ID == "" {
		return errors.New("has no id")
	}
	if w.ids[r.Meta.ID] {
		return errors.New("is in the index already")
	}
	seen := make(map[[2]int]bool, len(r.Passages))
	for _, p := range r.Passages {
		at := [2]int{p.Paragraph, p.Piece}
		if seen[at] {
			return fmt.Errorf("has two passages %s", baogao.PassageID("", p.Paragraph, p.Piece))
		}
		seen[at] = true
	}
	return nil
}

// index adds the terms of a passage to the next segment and returns its length
// in units.
func (w *writer) index(text string, values []segment.Value) (units int) {
	units = w.terms.Add(text, values, w.columns.Manifest.Documents)
	w.columns.Manifest.Documents++
	return units
}

// endIfFull ends the segment if it is full.
func (w *writer) endIfFull(ctx context.Context) error {
	if w.terms.Len() < segmentDocs && w.terms.Size() < segmentBytes {
		return nil
	}
	return w.endSegment(ctx)
}

// endSegment writes the terms that were gathered as a segment.
func (w *writer) endSegment(ctx context.Context) error {
	file := fmt.Sprintf("%012x.zap", w.columns.Manifest.Segments)
	if err := w.terms.Write(ctx, segment.Path(w.columns.Bleve(), file)); err != nil {
		return err
	}
	w.columns.Manifest.Segments++
	w.segments, w.docs = append(w.segments, segment.Entry{File: file}), append(w.docs, w.pending)
	w.terms, w.pending = segment.NewBuilder(), nil
	return nil
}

// Publish writes what is left, waits until all of it is on disk, and makes
// the new generation the one in use. After an error the former one is still there.
func (w *writer) Publish(ctx context.Context) (*baogao.Published, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	copyOf, err := w.finish(ctx)
	if err != nil {
		return nil, err
	}
	if err := w.columns.Publish(); err != nil {
		return nil, err
	}
	return &baogao.Published{Stats: *w.columns.Manifest.Stats(), CopyOf: copyOf}, nil
}

// finish ends the bleve index and the columns, side by side, and finds the copies.
func (w *writer) finish(ctx context.Context) (copyOf map[string]string, err error) {
	ended := make(chan error, 1)
	go func() { ended <- w.endBleve(ctx) }()
	if err = w.columns.Finish(); err == nil {
		copyOf, err = w.findCopies(ctx)
	}
	if err := cmp.Or(<-ended, err); err != nil {
		return nil, err
	}
	return copyOf, w.columns.Docs(w.docs)
}

// endBleve ends the bleve index.
func (w *writer) endBleve(ctx context.Context) error {
	if w.terms.Len() > 0 {
		if err := w.endSegment(ctx); err != nil {
			return err
		}
	}
	return segment.WriteList(w.columns.Bleve(), w.segments)
}

// findCopies compares the reports.
func (w *writer) findCopies(ctx context.Context) (map[string]string, error) {
	texts, err := w.columns.Texts()
	if err != nil {
		return nil, err
	}
	defer texts.Close()
	pairs, ids, err := w.reports.Find(ctx, func(i int) iter.Seq[string] { return texts.Of(w.columns.Reports[i]) })
	if err != nil {
		return nil, err
	}
	return ids, w.columns.Copies(pairs)
}

// Close ends the build. What was not published is removed.
func (w *writer) Close() error {
	w.terms.Close()
	return w.columns.Close()
}
