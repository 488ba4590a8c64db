// Package store keeps the files of a generation: reports and their passages go in
// and come out as they were, in columns beside the postings.
package store

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gofrs/flock"

	"baogao"
	"baogao/index/internal/block"
	"baogao/index/internal/folder"
	"baogao/index/internal/system"
	"baogao/internal/analyzer"
)

// The files of a generation, beside those of package folder.
const (
	bleveDir     = "bleve"    // the bleve index, which package segment writes and reads
	textFile     = "text.bin" // passages in UTF-16, each with its published paragraph where there is one
	passagesFile = "passages.bin"
	docsFile     = "docs.bin" // of each document of each segment, the ordinal of its passage, little endian
	sectionsFile = "sections.bin"
	reportsFile  = "reports.bin"
	detailsFile  = "details.zst"
	filesFile    = "files.bin" // see files.go
	sketchesFile = "sketches.bin"
	figuresFile  = "figures.bin" // see figures.go
	namesFile    = "names.zst"   // see names.go
	copiesFile   = "copies.json" // pairs of ordinals of reports, the second shown for the first
)

// A Generation is a published state of an index, open for reading.
type Generation struct {
	Dir      string // its folder
	Manifest *folder.Manifest
	Sections [][]string
	Figures  *Figures // to be loaded before they are read
	*reportTable
	Texts

	identity os.FileInfo // of the manifest
	lock     *flock.Flock
	sums     map[string]block.Sums // of the files, by name
	details  *detailsReader
	columns  []*block.File // that are mapped, reports.bin and passages.bin
}

// Open opens the generation in use in the index folder dir and locks it, until
// it is closed. Load reads its columns. The errors wrap ErrNoIndex, ErrFormat or
// ErrDamaged where one of them is the reason.
func Open(dir string) (*Generation, error) { return folder.Open(dir, OpenGeneration) }

// OpenGeneration opens the generation in the folder gen.
func OpenGeneration(gen string) (*Generation, error) {
	g := &Generation{Dir: gen}
	if err := g.open(); err != nil {
		return nil, errors.Join(err, g.Close())
	}
	return g, nil
}

func (g *Generation) open() (err error) {
	if g.Manifest, err = folder.ReadManifest(g.Dir); err != nil {
		return err
	}
	if g.lock, err = folder.LockReader(g.Dir); err != nil {
		return err
	}
	if g.identity, err = os.Stat(g.file(folder.ManifestFile)); err != nil {
		return err
	}
	if err := g.Manifest.Check(g.Dir); err != nil {
		return err
	}
	if g.sums, err = folder.ReadSums(g.Dir, g.Manifest); err != nil {
		return err
	}
	// Bleve maps its small control files into memory and trusts them.
	for name := range g.Manifest.Files {
		if strings.HasPrefix(name, bleveDir+"/") && !isSegment(name) {
			if _, err := g.read(name); err != nil {
				return err
			}
		}
	}
	return nil
}

// isSegment reports whether a file is read in blocks, as it is asked for.
func isSegment(name string) bool { return strings.HasSuffix(name, ".zap") }

// read reads the whole of a file and checks it.
func (g *Generation) read(name string) ([]byte, error) {
	b, err := system.ReadFile(g.file(name))
	if err != nil {
		return nil, err
	}
	return b, g.sums[name].Check(g.file(name), b)
}

// mapped maps a file that is checked as it is read.
func (g *Generation) mapped(name string) (*block.File, error) {
	return system.Map(g.file(name), g.sums[name])
}

// column maps a file that is gone over at once, and checks all of it. Its bytes are
// good until the generation is closed.
func (g *Generation) column(name string) ([]byte, error) {
	f, err := g.mapped(name)
	if err != nil {
		return nil, err
	}
	g.columns = append(g.columns, f)
	if err := f.Check(0, f.Len()); err != nil {
		return nil, err
	}
	return f.Bytes(0, f.Len()), nil
}

// Segments opens the files of the segments of the bleve index, by their paths.
func (g *Generation) Segments() (map[string]*block.File, error) {
	files := map[string]*block.File{}
	for name := range g.Manifest.Files {
		if !isSegment(name) {
			continue
		}
		f, err := g.mapped(name)
		if err != nil {
			for _, f := range files {
				err = errors.Join(err, f.Close())
			}
			return nil, err
		}
		files[f.Name()] = f
	}
	return files, nil
}

func (g *Generation) file(name string) string { return filepath.Join(g.Dir, name) }

// Bleve is the folder of the bleve index.
func (g *Generation) Bleve() string { return g.file(bleveDir) }

// Load reads the columns, side by side: a program that asks one question spends
// most of its time here.
func (g *Generation) Load() error {
	texts := make(chan error, 1)
	go func() { texts <- Guard(g.Dir, g.loadTexts) }()
	err := Guard(g.Dir, g.loadReports)
	if err := cmp.Or(err, <-texts); err != nil {
		return err
	}
	return g.checkRecords()
}

// loadTexts opens the texts and what else no report names.
func (g *Generation) loadTexts() (err error) {
	if g.text, err = g.mapped(textFile); err != nil {
		return err
	}
	if g.details, err = g.openDetails(); err != nil {
		return err
	}
	if g.Figures, err = openFigures(g); err != nil {
		return err
	}
	b, err := g.read(sectionsFile)
	if err != nil {
		return err
	}
	g.Sections, err = parseSections(g.file(sectionsFile), b)
	return err
}

// loadReports reads the reports and the records of their passages.
func (g *Generation) loadReports() (err error) {
	b, err := g.column(reportsFile)
	if err != nil {
		return err
	}
	if g.reportTable, err = parseReports(g.file(reportsFile), b, g.Manifest.Reports); err != nil {
		return err
	}
	extents := make([]Extent, len(g.Reports))
	for i := range g.Reports {
		extents[i] = g.Reports[i].Extent
	}
	if b, err = g.column(passagesFile); err != nil {
		return err
	}
	g.passageTable, err = parsePassages(g.file(passagesFile), b, extents)
	return err
}

// checkRecords holds the records of the passages to the files they point into,
// so that no question runs off an end.
func (g *Generation) checkRecords() error {
	fault := func(what string) error {
		return fmt.Errorf("%s: %w: %s", g.file(passagesFile), baogao.ErrDamaged, what)
	}
	if len(g.Records) != g.Manifest.Passages {
		return fault("does not hold the passages that were published")
	}
	if g.sections > len(g.Sections) || len(g.Sections) == 0 && len(g.Records) > 0 {
		return fault("names a section that is not there")
	}
	if g.offsets[len(g.Records)] != g.Manifest.Files[textFile].Size {
		return fault("does not add up to the size of " + textFile)
	}
	return nil
}

// Close releases the generation.
func (g *Generation) Close() error {
	errs := []error{g.Texts.Close()}
	for _, f := range g.columns {
		errs = append(errs, f.Close())
	}
	if g.details != nil {
		errs = append(errs, g.details.close())
	}
	if g.Figures != nil {
		errs = append(errs, g.Figures.file.Close())
	}
	if g.lock != nil {
		errs = append(errs, g.lock.Close())
	}
	return errors.Join(errs...)
}

// CheckMarks reads every file of the generation. The error is ErrDamaged with the
// first one that has changed.
func (g *Generation) CheckMarks() error {
	faults, err := g.Manifest.CheckMarks(g.Dir)
	if err == nil && len(faults) > 0 {
		err = fmt.Errorf("%w: %s", baogao.ErrDamaged, faults[0])
	}
	return err
}

// Is reports whether the folder gen still is the generation that was opened.
// The name does not tell: an index that was deleted and built again begins
// with gen-000001 once more.
func (g *Generation) Is(gen string) bool {
	now, err := os.Stat(filepath.Join(gen, folder.ManifestFile))
	return err == nil && os.SameFile(now, g.identity)
}

// Passage returns a passage with its published form.
func (g *Generation) Passage(ordinal int) baogao.Passage {
	rec := g.row(ordinal)
	published := g.text.Bytes(g.textEnd(ordinal), int(g.offsets[ordinal+1]))
	return baogao.Passage{
		Paragraph: int(rec.paragraph), Piece: int(rec.piece),
		Text: analyzer.UTF16String(g.Text(ordinal)), Published: analyzer.UTF16String(published),
		Section: g.Sections[rec.section], Heading: int(rec.heading),
		Title: rec.Flags&FlagTitle != 0, Damaged: rec.Flags&FlagDamaged != 0,
		Figures: rec.Facts.Figures(), Plan: rec.Facts.Plan(),
	}
}

// Find returns the ordinal of a passage of a report, by the number of its
// paragraph and its piece.
func (g *Generation) Find(report, paragraph, piece int) (ordinal int, ok bool) {
	r := &g.Reports[report]
	i := slices.IndexFunc(g.places(report), func(p place) bool {
		return int(p.paragraph) == paragraph && int(p.piece) == piece
	})
	return r.First + i, i >= 0
}

// Report returns a report as it was added, but for its file.
func (g *Generation) Report(report int) (*baogao.Report, error) {
	d, err := g.Details(report)
	if err != nil {
		return nil, err
	}
	figures, err := g.Figures.Load()
	if err != nil {
		return nil, err
	}
	entry := g.Entry(report)
	r := &baogao.Report{Meta: entry.Meta, Findings: d.Findings, Facts: d.Facts, Cleaning: d.Cleaning, Paragraphs: []baogao.Paragraph{}}
	for ordinal := entry.First; ordinal < entry.First+entry.Count; ordinal++ {
		p := g.Passage(ordinal)
		if p.Measured, err = figures.Of(ordinal); err != nil {
			return nil, err
		}
		r.Passages = append(r.Passages, p)
		if p.Piece > 1 {
			r.Paragraphs[len(r.Paragraphs)-1].Text += p.Text
			continue
		}
		r.Paragraphs = append(r.Paragraphs, baogao.Paragraph{
			Number: p.Paragraph, Text: p.Text, Published: p.Published, Section: p.Section,
			Heading: p.Heading, Title: p.Title, Damaged: p.Damaged,
		})
	}
	slices.SortStableFunc(r.Paragraphs, func(a, b baogao.Paragraph) int { return cmp.Compare(a.Number, b.Number) })
	return r, nil
}

// Gone stands in the place of the ordinal of a document whose passage is gone.
const Gone = 1<<32 - 1

// Docs reads, for segments of some sizes, the ordinal of the passage of each
// document, or Gone.
func (g *Generation) Docs(sizes []int) ([][]uint32, error) {
	b, err := g.read(docsFile)
	if err != nil {
		return nil, err
	}
	var all [][]uint32
	for _, n := range sizes {
		if len(b) < 4*n {
			return nil, fmt.Errorf("%s: %w: shorter than the segments it describes", g.file(docsFile), baogao.ErrDamaged)
		}
		docs := make([]uint32, n)
		for i := range docs {
			docs[i] = binary.LittleEndian.Uint32(b[4*i:])
			if docs[i] != Gone && int(docs[i]) >= g.Manifest.Passages {
				return nil, fmt.Errorf("%s: %w: names a passage that is not there", g.file(docsFile), baogao.ErrDamaged)
			}
		}
		all, b = append(all, docs), b[4*n:]
	}
	return all, nil
}

// Copies reads the pairs of a copy and the report that is shown for it, by
// their ordinals.
func (g *Generation) Copies() ([][2]int, error) {
	b, err := g.read(copiesFile)
	if err != nil {
		return nil, err
	}
	var pairs [][2]int
	if err := json.Unmarshal(b, &pairs); err != nil {
		return nil, fmt.Errorf("%s: %w: %w", g.file(copiesFile), baogao.ErrDamaged, err)
	}
	for _, p := range pairs {
		if min(p[0], p[1]) < 0 || max(p[0], p[1]) >= len(g.Reports) {
			return nil, fmt.Errorf("%s: %w: names a report that is not there", g.file(copiesFile), baogao.ErrDamaged)
		}
	}
	return pairs, nil
}

// Sketches reads the sketches of the reports, of size bytes each, in their
// order.
func (g *Generation) Sketches(size int) ([][]byte, error) {
	b, err := g.read(sketchesFile)
	if err != nil {
		return nil, err
	}
	if len(b) < len(g.Reports)*size {
		return nil, fmt.Errorf("%s: %w: shorter than the reports it describes", g.file(sketchesFile), baogao.ErrDamaged)
	}
	all := make([][]byte, len(g.Reports))
	for i := range all {
		all[i] = b[i*size : (i+1)*size]
	}
	return all, nil
}
