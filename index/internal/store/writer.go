package store

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"baogao"
	"baogao/index/internal/folder"
	"baogao/index/internal/system"
	"baogao/internal/analyzer"
)

// A Writer writes a generation beside the one in use: Lock, Begin, reports
// with their passages, Finish, docs and copies, Publish, Close.
type Writer struct {
	Manifest folder.Manifest
	Reports  []Extent // of the reports that were added

	dir, gen   string // the index folder; the folder of the new generation
	lock       *flock.Flock
	text       *column
	passages   *column
	sections   *column
	reports    *column
	sketches   *column
	files      fileColumn
	figures    figureColumn
	details    *detailsColumn
	before     place  // of the last passage of the report, zero where there is none yet
	room       []byte // for what is written next
	sectionIDs map[string]uint32
	linked     map[string]folder.Mark // of files of a former generation, by path below this one
	done       bool
}

// Lock takes the writer's lock of the index folder dir, which is made if it is
// missing. The revision names what makes the reports. It fails with ErrLocked
// while another process writes there.
func Lock(dir, revision string) (*Writer, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	if err := folder.Own(dir); err != nil {
		return nil, err
	}
	lock, err := folder.LockWriter(dir)
	if err != nil {
		return nil, err
	}
	return &Writer{dir: dir, lock: lock, Manifest: folder.Manifest{Format: folder.Format, Revision: revision}, sectionIDs: map[string]uint32{}, linked: map[string]folder.Mark{}, figures: newFigureColumn()}, nil
}

// Begin begins a generation in a folder of its own.
func (w *Writer) Begin() error {
	if err := w.clear(); err != nil {
		return err
	}
	name, err := folder.Next(w.dir)
	if err != nil {
		return err
	}
	w.gen, w.Manifest.Generation = filepath.Join(w.dir, name), name
	if err := system.Mkdir(w.gen); err != nil {
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
	}{{&w.text, textFile}, {&w.passages, passagesFile}, {&w.sections, sectionsFile}, {&w.reports, reportsFile}, {&w.sketches, sketchesFile}, {&w.files.column, filesFile}, {&w.figures.column, figuresFile}} {
		if *c.column, err = createColumn(filepath.Join(w.gen, c.name)); err != nil {
			return err
		}
	}
	return nil
}

// clear removes what builds left unfinished. A generation that was finished may
// be the last that is whole, and stays until this one is published.
func (w *Writer) clear() error {
	_, err := folder.Current(w.dir)
	if err == nil || errors.Is(err, baogao.ErrDamaged) || errors.Is(err, baogao.ErrNoIndex) {
		return folder.SweepUnfinished(w.dir)
	}
	return err
}

// Linked says that a file of the bleve index is one of a former generation, and
// must be as it was published there.
func (w *Writer) Linked(file string, from *Generation) {
	name := path.Join(bleveDir, file)
	w.linked[name] = from.Manifest.Files[name]
}

// Bleve is the folder of the bleve index of the new generation.
func (w *Writer) Bleve() string { return filepath.Join(w.gen, bleveDir) }

// Add writes down a report, with the path of its file, its sketch and the line
// of its details, whose passages come next.
func (w *Writer) Add(r Report, path string, details, sketch []byte) {
	r.First, r.block = w.Manifest.Passages, w.details.add(details)
	w.Manifest.Reports++
	w.Manifest.TextBytes += int64(r.Bytes)
	w.before, w.room = place{}, r.append(w.room[:0])
	w.reports.write(w.room)
	w.sketches.write(sketch)
	w.files.add(path)
	w.Reports = append(w.Reports, r.Extent)
}

// AddPassage writes down a passage of so many units.
func (w *Writer) AddPassage(p baogao.Passage, units int) {
	row := passageRow{
		Record: Record{Facts: factsOf(&p)},
		place: place{
			paragraph: uint32(p.Paragraph), piece: uint32(p.Piece), section: w.section(p.Section),
			heading: uint8(min(p.Heading, 255)), units: uint32(units),
		},
	}
	flags := uint8(0)
	if p.Title {
		flags |= FlagTitle
	}
	if p.Damaged {
		flags |= FlagDamaged
	}
	if analyzer.Settled(p.Text) {
		flags |= FlagSettled
	}
	w.room = analyzer.AppendUTF16(w.room[:0], p.Text)
	row.text = uint32(len(w.room) / analyzer.UnitSize)
	w.room = analyzer.AppendUTF16(w.room, p.Published)
	row.published = uint32(len(w.room)/analyzer.UnitSize) - row.text
	row.fill(flags)
	w.text.write(w.room)
	w.record(row)
	w.Manifest.Figures += w.figures.add(p.Text, p.Measured)
}

// Copy writes down the passages of a report of another generation as those of
// the report that was added last.
func (w *Writer) Copy(from *Generation, r Extent) {
	for ordinal := r.First; ordinal < r.First+r.Count; ordinal++ {
		row := from.row(ordinal)
		row.section = w.section(from.Sections[row.section])
		w.record(row)
	}
	for ordinal := r.First; ordinal < r.First+r.Count; ordinal++ {
		w.Manifest.Figures += w.figures.copy(from, ordinal)
	}
	w.text.write(from.text.Bytes(int(from.offsets[r.First]), int(from.offsets[r.First+r.Count])))
}

// record writes down a passage whose text is written.
func (w *Writer) record(row passageRow) {
	w.room = row.append(w.room[:0], &w.before)
	w.before = row.place
	w.passages.write(w.room)
	w.Manifest.Passages++
	w.Manifest.Tokens += int64(row.place.units)
}

// section returns the ordinal of a section path.
func (w *Writer) section(path []string) uint32 {
	key := strings.Join(path, "\x00")
	id, ok := w.sectionIDs[key]
	if !ok {
		id = uint32(len(w.sectionIDs))
		w.sectionIDs[key] = id
		w.sections.write(appendTexts(nil, path))
	}
	return id
}

// Err is what went wrong with a column so far.
func (w *Writer) Err() error {
	var errs []error
	for _, c := range w.columns() {
		errs = append(errs, c.err)
	}
	return errors.Join(errs...)
}

func (w *Writer) columns() []*column {
	all := []*column{w.text, w.passages, w.sections, w.reports, w.sketches, w.files.column, w.figures.column}
	if w.details != nil {
		all = append(all, w.details.column)
	}
	return all
}

// Finish ends the columns.
func (w *Writer) Finish() error {
	w.details.end()
	for _, c := range w.columns() {
		if err := c.close(); err != nil {
			return err
		}
	}
	names, err := packNames(w.figures.names.all, w.figures.phrases.all)
	if err != nil {
		return err
	}
	return system.WriteFile(filepath.Join(w.gen, namesFile), names)
}

// Texts are the texts of the reports that were added, once it is finished.
func (w *Writer) Texts() (*Texts, error) {
	return openTexts(w.gen, w.Reports, w.text.sums.Sums())
}

// Docs writes down, for each document of each segment, the ordinal of its
// passage or Gone.
func (w *Writer) Docs(segments [][]uint32) error {
	var b []byte
	for _, docs := range segments {
		for _, ordinal := range docs {
			b = binary.LittleEndian.AppendUint32(b, ordinal)
		}
	}
	return system.WriteFile(filepath.Join(w.gen, docsFile), b)
}

// Copies writes down the pairs of a copy and the report that is shown for it.
func (w *Writer) Copies(pairs [][2]int) error {
	w.Manifest.Copies = len(pairs)
	b, err := json.Marshal(pairs)
	if err != nil {
		return err
	}
	return system.WriteFile(filepath.Join(w.gen, copiesFile), append(b, '\n'))
}

// Publish waits until all of the generation is on disk and makes it the one in
// use. After an error the former one is still there.
func (w *Writer) Publish() error {
	if err := w.seal(); err != nil {
		return err
	}
	if err := folder.Publish(w.dir, w.Manifest.Generation); err != nil {
		return err
	}
	w.done = true
	if err := system.SyncFile(w.dir); err != nil {
		return err // it is not certain which one is in use after a loss of power, so both stay
	}
	// The index is in use; what cannot be cleared away now is cleared away by
	// the next build.
	_ = folder.Sweep(w.dir, w.Manifest.Generation)
	return nil
}

// seal writes the manifest.
func (w *Writer) seal() (err error) {
	marks, sums, err := folder.MarkFiles(w.gen)
	if err != nil {
		return err
	}
	for name, mark := range w.linked {
		if marks[name] != mark {
			return fmt.Errorf("%s: %w: bytes have changed since it was published", filepath.Join(w.gen, name), baogao.ErrDamaged)
		}
	}
	if marks[folder.SumsFile], err = folder.WriteSums(w.gen, sums); err != nil {
		return err
	}
	w.Manifest.Files = marks
	w.Manifest.Built = time.Now().UTC().Format(time.RFC3339)
	b, err := w.Manifest.Encode()
	if err != nil {
		return err
	}
	if err := system.WriteFile(filepath.Join(w.gen, folder.ManifestFile), b); err != nil {
		return err
	}
	return system.SyncFile(w.gen)
}

// Close ends the build. What was not published is removed.
func (w *Writer) Close() error {
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
