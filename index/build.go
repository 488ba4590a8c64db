package index

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/neardup"
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
	dir, gen string // the index folder; the folder of the new generation
	lock     *flock.Flock
	terms    *inverter // of the passages that are in no segment yet
	segments []snapshotSegment
	docs     [][]uint32 // ordinal of the passage, by segment and document

	text, passages, sections, reports, sketches *column
	details                                     *detailsColumn
	before                                      record // the last one of the report, zero where there is none yet
	room                                        []byte // for what is written next
	sectionIDs                                  map[string]uint32
	ids                                         map[string]bool
	placed                                      []placed          // by ordinal of the report
	entries                                     []neardup.Entry   // likewise
	copyOf                                      map[string]string // see baogao.Published
	manifest                                    manifest
	done                                        bool
}

// placed says which passages are those of a report.
type placed struct{ first, count int }

var _ baogao.Writer = (*writer)(nil)

// Create starts a new generation in the index folder dir, which is made if it
// is missing. The revision names what makes the reports; an update makes those
// of another revision again. It fails with ErrLocked while another process
// writes there.
func Create(dir, revision string) (baogao.Writer, error) {
	w, err := lockedWriter(dir, revision)
	if err != nil {
		return nil, err
	}
	if err := w.open(); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

// lockedWriter returns a writer that holds the lock of dir, and nothing more.
func lockedWriter(dir, revision string) (*writer, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	if err := ownFolder(dir); err != nil {
		return nil, err
	}
	lock, err := lockWriter(dir)
	if err != nil {
		return nil, err
	}
	return &writer{
		dir: dir, lock: lock, manifest: manifest{Format: formatVersion, Revision: revision},
		terms: newInverter(), sectionIDs: map[string]uint32{}, ids: map[string]bool{},
	}, nil
}

// open begins a generation.
func (w *writer) open() error {
	switch keep, err := current(w.dir); {
	case errors.Is(err, baogao.ErrDamaged):
		// CURRENT cannot be read. What it may have named is kept until this
		// build is published.
	case err != nil && !errors.Is(err, baogao.ErrNoIndex):
		return err
	default:
		if err := sweep(w.dir, keep); err != nil {
			return err
		}
	}
	name, err := nextGeneration(w.dir)
	if err != nil {
		return err
	}
	w.gen, w.manifest.Generation = filepath.Join(w.dir, name), name
	if err := os.MkdirAll(segmentPath(filepath.Join(w.gen, bleveDir), ""), 0o755); err != nil {
		return err
	}
	details, err := createColumn(filepath.Join(w.gen, detailsFile))
	if err != nil {
		return err
	}
	if w.details, err = newDetailsColumn(details); err != nil {
		return errors.Join(err, details.close())
	}
	for _, c := range []struct {
		column **column
		name   string
	}{{&w.text, textFile}, {&w.passages, passagesFile}, {&w.sections, sectionsFile}, {&w.reports, reportsFile}, {&w.sketches, sketchesFile}} {
		if *c.column, err = createColumn(filepath.Join(w.gen, c.name)); err != nil {
			return err
		}
	}
	return nil
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
	read := neardup.NewReader()
	for _, p := range r.Passages {
		read.Add(p.Text)
	}
	entry := reportEntry{
		Meta: r.Meta, Count: len(r.Passages),
		Damage: r.Cleaning.Glosses + r.Cleaning.Repairs + r.Cleaning.Damaged, Traditional: read.Traditional(), Units: read.Units(),
		Given: givenFields(r.Findings),
	}
	entry.setKey(r.File.Key)
	for _, p := range r.Passages {
		entry.Bytes += len(p.Text)
	}
	details, err := json.Marshal(reportDetails{Findings: r.Findings, Facts: r.Facts, Cleaning: r.Cleaning})
	if err != nil {
		return err
	}
	w.place(entry, append(details, '\n'), read.Text().Sketch())
	fields := reportFields(r.Meta)
	for _, p := range r.Passages {
		w.addPassage(p, fields)
		if err := w.endIfFull(ctx); err != nil {
			return err
		}
	}
	w.manifest.Reports++
	return w.columnError()
}

// place writes down a report whose passages come next.
func (w *writer) place(entry reportEntry, details []byte, sketch neardup.Sketch) {
	entry.First, entry.Details = w.manifest.Passages, w.details.add(details)
	w.manifest.TextBytes += int64(entry.Bytes)
	w.before, w.room = record{}, entry.append(w.room[:0])
	w.reports.write(w.room)
	w.sketches.write(sketch.Append(nil))
	w.entries = append(w.entries, entry.comparable(sketch))
	w.placed = append(w.placed, placed{entry.First, entry.Count})
	w.ids[entry.Meta.ID] = true
}

func (w *writer) columnError() error {
	var errs []error
	for _, c := range w.columns() {
		errs = append(errs, c.err)
	}
	return errors.Join(errs...)
}

func (w *writer) columns() []*column {
	all := []*column{w.text, w.passages, w.sections, w.reports, w.sketches}
	if w.details != nil {
		all = append(all, w.details.column)
	}
	return all
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

func (w *writer) addPassage(p baogao.Passage, fields []fieldValue) {
	rec := record{
		paragraph: uint32(p.Paragraph), piece: uint32(p.Piece), section: w.section(p.Section),
		heading: uint8(min(p.Heading, 255)), units: uint32(w.terms.add(p.Text, fields, w.manifest.Documents, w.manifest.Passages)),
	}
	if p.Title {
		rec.flags |= flagTitle
	}
	if p.Damaged {
		rec.flags |= flagDamaged
	}
	if analyzer.Settled(p.Text) {
		rec.flags |= flagSettled
	}
	w.room = appendUTF16(w.room[:0], p.Text)
	rec.text = uint32(len(w.room) / unitSize)
	w.room = appendUTF16(w.room, p.Published)
	rec.published = uint32(len(w.room)/unitSize) - rec.text
	w.text.write(w.room)
	w.record(rec)
	w.manifest.Documents++
}

// record writes down a passage whose text is written.
func (w *writer) record(rec record) {
	w.room = rec.append(w.room[:0], &w.before)
	w.before = rec
	w.passages.write(w.room)
	w.manifest.Passages++
	w.manifest.Tokens += int64(rec.units)
}

// section returns the place of a section path in sections.bin.
func (w *writer) section(path []string) uint32 {
	key := strings.Join(path, "\x00")
	id, ok := w.sectionIDs[key]
	if !ok {
		id = uint32(len(w.sectionIDs))
		w.sectionIDs[key] = id
		w.sections.write(appendTexts(nil, path))
	}
	return id
}

// endIfFull ends the segment if it is full.
func (w *writer) endIfFull(ctx context.Context) error {
	if len(w.terms.ids) < segmentDocs && w.terms.size < segmentBytes {
		return nil
	}
	return w.endSegment(ctx)
}

// endSegment writes the terms that were gathered as a segment.
func (w *writer) endSegment(ctx context.Context) error {
	file := fmt.Sprintf("%012x.zap", w.manifest.Segments)
	if err := w.terms.write(ctx, segmentPath(filepath.Join(w.gen, bleveDir), file)); err != nil {
		return err
	}
	w.manifest.Segments++
	w.segments, w.docs = append(w.segments, snapshotSegment{file: file}), append(w.docs, w.terms.docs)
	w.terms = newInverter()
	return nil
}

// A fieldValue is a value of a keyword field.
type fieldValue struct{ field, value string }

// reportFields are the values of the keyword fields that all passages of a
// report share.
func reportFields(m baogao.Meta) []fieldValue {
	values := []fieldValue{{fieldLevel, orUnknown(string(m.Level))}, {fieldYear, yearValue(m.Year)}, {fieldKind, orUnknown(string(m.Kind))}}
	for _, v := range regionValues(m.Region) {
		values = append(values, fieldValue{fieldRegion, v})
	}
	return values
}

// regionValues are the values by which a region is filtered, from the widest
// to the narrowest: the country, the codes above it and its own, and the region
// itself without what lies in it; or its name where it has no code.
func regionValues(r baogao.Region) []string {
	codes := r.Codes()
	if codes == nil {
		return []string{orUnknown(r.Name)}
	}
	if r.Code != baogao.CountryCode {
		codes = append([]string{baogao.CountryCode}, codes...)
	}
	return append(codes, baogao.Itself+r.Code)
}

func orUnknown(s string) string {
	if s == "" {
		return baogao.Unknown
	}
	return s
}

// docID is the id of a passage inside bleve: a number that no other passage of
// the index ever had. In an index that was never updated it is the ordinal.
func docID(number int) string { return fmt.Sprintf("%08x", number) }

// Publish writes what is left, waits until all of it is on disk, and makes
// the new generation the one in use. After an error the former one still is.
func (w *writer) Publish(ctx context.Context) (*baogao.Published, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := w.finish(ctx); err != nil {
		return nil, err
	}
	if err := w.seal(); err != nil {
		return nil, err
	}
	if err := publish(w.dir, w.manifest.Generation); err != nil {
		return nil, err
	}
	w.done = true
	// The index is in use; what cannot be cleared away now is cleared away by
	// the next build.
	_ = sweep(w.dir, w.manifest.Generation)
	return &baogao.Published{Stats: *w.manifest.stats(), CopyOf: w.copyOf}, nil
}

// finish ends the bleve index and the columns.
func (w *writer) finish(ctx context.Context) error {
	if len(w.terms.ids) > 0 {
		if err := w.endSegment(ctx); err != nil {
			return err
		}
	}
	w.details.end()
	for _, c := range w.columns() {
		if err := c.close(); err != nil {
			return err
		}
	}
	if err := w.findCopies(ctx); err != nil {
		return err
	}
	if err := writeSnapshot(filepath.Join(w.gen, bleveDir), w.segments); err != nil {
		return err
	}
	return w.writeDocs(filepath.Join(w.gen, docsFile))
}

// goneDocument stands in docs.bin for a document whose passage is gone.
const goneDocument = 1<<32 - 1

// writeDocs writes docs.bin: for each document of each segment, in the order
// of the segments, the ordinal of its passage as a little-endian uint32.
func (w *writer) writeDocs(name string) error {
	var b []byte
	for _, docs := range w.docs {
		for _, ordinal := range docs {
			b = binary.LittleEndian.AppendUint32(b, ordinal)
		}
	}
	return os.WriteFile(name, b, 0o644)
}

// seal writes the manifest.
func (w *writer) seal() (err error) {
	if w.manifest.Files, err = markFiles(w.gen); err != nil {
		return err
	}
	w.manifest.Built = time.Now().UTC().Format(time.RFC3339)
	b, err := w.manifest.encode()
	if err != nil {
		return err
	}
	if err := writeFile(filepath.Join(w.gen, manifestFile), b); err != nil {
		return err
	}
	return syncFile(w.gen)
}

// Close ends the build. What was not published is removed.
func (w *writer) Close() error {
	if w.lock == nil {
		return nil
	}
	var errs []error
	for _, c := range w.columns() {
		if c != nil {
			errs = append(errs, c.close())
		}
	}
	if !w.done && w.gen != "" {
		errs = append(errs, os.RemoveAll(w.gen))
	}
	errs = append(errs, w.lock.Close())
	w.lock = nil
	return errors.Join(errs...)
}
