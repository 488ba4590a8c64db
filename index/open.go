// Package index is the bleve engine: it builds an index folder out of
// reports and answers questions over it.
//
// Bleve holds the terms of each passage. A question is narrowed by posting
// lists and then checked by reading the passages that are left, so a word
// matches as the exact run of characters that was typed, and every count is
// exact. Texts and metadata lie beside the bleve index in files of our own;
// generation.go and passages.go describe them.
package index

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/gofrs/flock"

	"baogao"
)

// Options of a Searcher. The zero value works.
type Options struct {
	// OnError is told why a Follower stays on an old generation, once for each
	// reason. nil tells nobody.
	OnError func(error)

	// Resolve reads the regions of a question. Without it only codes and the
	// exact names of regions that are held are understood.
	Resolve baogao.Resolver
}

// Index is one generation, open for searching.
type Index struct {
	gen      string // its folder
	manifest *manifest
	identity os.FileInfo // of the manifest
	lock     *flock.Flock
	postings *postings
	docs     [][]uint32 // ordinal of the passage, by segment and document
	text     textMap
	details  *detailsFileReader
	passages *passageTable
	sections [][]string
	reports  []reportEntry
	classes  []class
	classOf  []uint32       // by report
	order    []int32        // rank of each report among all, the newest year first and then by id
	byID     map[string]int // report id → ordinal
	copyOf   []int          // report shown for each report that is a copy, else -1
	copies   map[int][]int  // copies of each report that is shown for some
	all      view
	shown    view // all but the copies
	options  Options

	collectors, countings sync.Pool
	sampled               func() sample // of characters, taken when it is first asked for
	stats                 func() *baogao.Stats
}

var _ baogao.Searcher = (*Index)(nil)

// Open opens the generation in use in the index folder dir. The errors wrap
// ErrNoIndex, ErrFormat or ErrDamaged where one of them is the reason.
func Open(dir string, o Options) (*Index, error) {
	for {
		name, err := current(dir)
		if err != nil {
			return nil, err
		}
		x, err := openGeneration(filepath.Join(dir, name), o)
		if errors.Is(err, fs.ErrNotExist) {
			// A writer may have replaced the generation between the two
			// steps; then CURRENT names another one by now.
			if again, e := current(dir); e == nil && again != name {
				continue
			}
			return nil, fmt.Errorf("%s: %w: %w", name, baogao.ErrDamaged, err)
		}
		return x, err
	}
}

func openGeneration(gen string, o Options) (*Index, error) {
	x := &Index{gen: gen, options: o}
	x.sampled = sync.OnceValue(x.sampleCharacters)
	x.stats = sync.OnceValue(x.countAll)
	if err := guard(gen, x.open); err != nil {
		x.Close()
		return nil, err
	}
	return x, nil
}

// open opens what the generation consists of.
func (x *Index) open() (err error) {
	if x.manifest, err = readManifest(x.gen); err != nil {
		return err
	}
	if x.lock, err = lockReader(x.gen); err != nil {
		return err
	}
	if x.identity, err = os.Stat(filepath.Join(x.gen, manifestFile)); err != nil {
		return err
	}
	if err := x.manifest.check(x.gen); err != nil {
		return err
	}
	return x.load()
}

// load reads the columns and opens the bleve index, side by side: a program
// that asks one question spends most of its time here.
func (x *Index) load() error {
	bleve := make(chan error, 1)
	go func() { bleve <- guard(x.gen, x.loadTexts) }()
	err := guard(x.gen, x.loadReports)
	if err := cmp.Or(err, <-bleve); err != nil {
		return err
	}
	if err := x.checkRecords(); err != nil {
		return err
	}
	return x.loadCopies()
}

// loadTexts opens the bleve index, the texts and what else no report names.
func (x *Index) loadTexts() (err error) {
	if x.postings, err = openPostings(filepath.Join(x.gen, bleveDir)); err != nil {
		return err
	}
	if x.text, err = openText(filepath.Join(x.gen, textFile)); err != nil {
		return err
	}
	if x.details, err = openDetails(filepath.Join(x.gen, detailsFile)); err != nil {
		return err
	}
	if x.sections, err = readSections(filepath.Join(x.gen, sectionsFile)); err != nil {
		return err
	}
	return x.loadDocs()
}

// loadReports reads the reports and the records of their passages.
func (x *Index) loadReports() (err error) {
	if x.reports, err = readReports(filepath.Join(x.gen, reportsFile), x.manifest.Reports); err != nil {
		return err
	}
	ranked := make(chan error, 1)
	go func() { ranked <- guard(x.gen, x.rankReports) }()
	return cmp.Or(x.loadPassages(), <-ranked)
}

func (x *Index) loadPassages() error {
	b, err := os.ReadFile(filepath.Join(x.gen, passagesFile))
	if err != nil {
		return err
	}
	counts := make([]int, len(x.reports))
	for i, r := range x.reports {
		counts[i] = r.Count
	}
	if x.passages, err = parsePassages(b, counts); err != nil {
		return fmt.Errorf("%s: %w", x.gen, err)
	}
	return nil
}

// checkRecords holds the records of the passages to the files they point into,
// so that no question runs off an end.
func (x *Index) checkRecords() error {
	fault := func(what string) error {
		return fmt.Errorf("%s: %w: %s", filepath.Join(x.gen, passagesFile), baogao.ErrDamaged, what)
	}
	if len(x.passages.records) != x.manifest.Passages {
		return fault("does not hold the passages that were published")
	}
	for _, r := range x.passages.records {
		if int(r.section) >= len(x.sections) {
			return fault("names a section that is not there")
		}
	}
	if x.passages.offsets[len(x.passages.records)] != x.manifest.Files[textFile].Size {
		return fault("does not add up to the size of " + textFile)
	}
	return nil
}

// rankReports makes what is looked up by report.
func (x *Index) rankReports() error {
	x.byID = make(map[string]int, len(x.reports))
	sorted := make([]int, len(x.reports))
	for i, r := range x.reports {
		x.byID[r.Meta.ID] = i
		sorted[i] = i
	}
	slices.SortFunc(sorted, func(i, j int) int {
		a, b := &x.reports[i].Meta, &x.reports[j].Meta
		return cmp.Or(newest(a.Year, b.Year), cmp.Compare(a.ID, b.ID))
	})
	x.classify()
	x.order = make([]int32, len(x.reports))
	for rank, i := range sorted {
		x.order[i] = int32(rank)
	}
	return nil
}

func (x *Index) loadDocs() error {
	name := filepath.Join(x.gen, docsFile)
	b, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	for seg := range x.postings.segments {
		n := x.postings.size(seg)
		if len(b) < 4*n {
			return fmt.Errorf("%s: %w: shorter than the segments it describes", name, baogao.ErrDamaged)
		}
		docs := make([]uint32, n)
		for i := range docs {
			docs[i] = binary.LittleEndian.Uint32(b[4*i:])
			if docs[i] != goneDocument && int(docs[i]) >= x.manifest.Passages {
				return fmt.Errorf("%s: %w: names a passage that is not there", name, baogao.ErrDamaged)
			}
		}
		x.docs, b = append(x.docs, docs), b[4*n:]
	}
	return nil
}

// is reports whether the folder gen still is the generation that was opened.
// The name does not tell: an index that was deleted and built again begins
// with gen-000001 once more.
func (x *Index) is(gen string) bool {
	now, err := os.Stat(filepath.Join(gen, manifestFile))
	return err == nil && os.SameFile(now, x.identity)
}

// Close releases the generation.
func (x *Index) Close() error {
	var errs []error
	if x.postings != nil {
		errs = append(errs, x.postings.close())
	}
	errs = append(errs, x.text.close())
	if x.details != nil {
		errs = append(errs, x.details.close())
	}
	if x.lock != nil {
		errs = append(errs, x.lock.Close())
	}
	return errors.Join(errs...)
}

// readText returns the text of a passage as text.bin has it, which must not be
// changed.
func (x *Index) readText(ordinal int) []byte {
	at := x.passages.offsets[ordinal]
	return x.text.bytes[at : at+unitSize*int64(x.passages.records[ordinal].text)]
}

// Report returns a report with its paragraphs.
func (x *Index) Report(ctx context.Context, id string) (r *baogao.Report, err error) {
	err = guard(x.gen, func() (err error) { r, err = x.report(ctx, id); return err })
	return r, err
}

func (x *Index) report(ctx context.Context, id string) (*baogao.Report, error) {
	i, ok := x.byID[id]
	if !ok {
		return nil, fmt.Errorf("report %s: %w", id, baogao.ErrNotFound)
	}
	entry := x.reports[i]
	var d reportDetails
	if err := x.readDetails(i, &d); err != nil {
		return nil, err
	}
	r := &baogao.Report{Meta: entry.Meta, Findings: d.Findings, Facts: d.Facts, Cleaning: d.Cleaning, Paragraphs: []baogao.Paragraph{}}
	r.CopyOf, r.Copies = x.shownFor(i), x.copiesOf(i)
	for ordinal := entry.First; ordinal < entry.First+entry.Count; ordinal++ {
		p := x.readPassage(ordinal)
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
	return r, ctx.Err()
}

// readPassage returns a passage with its published form.
func (x *Index) readPassage(ordinal int) baogao.Passage {
	rec, text := x.passages.records[ordinal], x.readText(ordinal)
	published := x.text.bytes[x.passages.offsets[ordinal]+int64(len(text)) : x.passages.offsets[ordinal+1]]
	return baogao.Passage{
		Paragraph: int(rec.paragraph), Piece: int(rec.piece),
		Text: toString(text), Published: toString(published),
		Section: x.sections[rec.section], Heading: int(rec.heading),
		Title: rec.flags&flagTitle != 0, Damaged: rec.flags&flagDamaged != 0,
	}
}

// published returns the source's characters of the paragraph that the passage
// with an ordinal is of, "" where it was not changed. They stand with its first
// piece.
func (x *Index) published(ordinal int, p baogao.Passage) string {
	if p.Piece <= 1 {
		return p.Published
	}
	return x.readPassage(ordinal - p.Piece + 1).Published
}

// Passage returns the passage called id, without marks.
func (x *Index) Passage(ctx context.Context, id string) (h *baogao.Hit, err error) {
	err = guard(x.gen, func() (err error) { h, err = x.passage(ctx, id); return err })
	return h, err
}

func (x *Index) passage(ctx context.Context, id string) (*baogao.Hit, error) {
	report, paragraph, piece, ok := baogao.ParsePassageID(id)
	i, held := x.byID[report]
	if ok && held {
		entry := x.reports[i]
		for ordinal := entry.First; ordinal < entry.First+entry.Count; ordinal++ {
			rec := x.passages.records[ordinal]
			if int(rec.paragraph) == paragraph && int(rec.piece) == piece {
				hit := x.hit(match{ordinal: uint32(ordinal)}, nil)
				return &hit, ctx.Err()
			}
		}
	}
	return nil, fmt.Errorf("passage %s: %w", id, baogao.ErrNotFound)
}
