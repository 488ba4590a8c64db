// Package index is the bleve engine: it builds an index folder out of
// reports and answers questions over it.
//
// Bleve holds the terms of each passage. A question is narrowed by posting
// lists and then checked by reading the passages that are left, so a word
// matches as the exact run of characters that was typed, and every count is
// exact. Texts and metadata lie beside the bleve index; see package store.
package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"

	"baogao"
	"baogao/index/internal/catalogue"
	"baogao/index/internal/folder"
	"baogao/index/internal/ranking"
	"baogao/index/internal/segment"
	"baogao/index/internal/store"
	"baogao/internal/match"
	"baogao/internal/weight"
)

// Index is one generation, open for searching.
type Index struct {
	gen     *store.Generation
	reports *catalogue.Catalogue
	bleve   *segment.Index
	docs    [][]uint32 // ordinal of the passage, by segment and document

	collectors ranking.Collectors
	countings  sync.Pool
	weighed    [2]func() *weight.Factors // where copies are searched, and where they are not
	sampled    func() match.Sample       // of characters, taken when it is first asked for
	stats      func() *baogao.Stats
}

var _ baogao.Searcher = (*Index)(nil)

// Open opens the generation in use in the index folder dir. The errors wrap
// ErrNoIndex, ErrFormat or ErrDamaged where one of them is the reason.
func Open(dir string) (*Index, error) { return load(store.Open(dir)) }

// load reads what a generation consists of, unless opening it failed. The
// generation is closed after an error.
func load(g *store.Generation, err error) (*Index, error) {
	if err != nil {
		return nil, err
	}
	x := &Index{gen: g}
	x.sampled = sync.OnceValue(func() match.Sample { return match.TakeSample(len(g.Records), g.Text) })
	x.stats = sync.OnceValue(x.countAll)
	if err := store.Guard(g.Dir, x.load); err != nil {
		return nil, errors.Join(err, x.Close())
	}
	return x, nil
}

// load opens the bleve index and reads the columns, side by side.
func (x *Index) load() error {
	opened := make(chan error, 1)
	go func() { opened <- store.Guard(x.gen.Dir, x.openBleve) }()
	err := store.Guard(x.gen.Dir, x.loadColumns)
	if err = cmp.Or(<-opened, err); err == nil {
		x.reports.HideCopies(x.docs)
	}
	return err
}

func (x *Index) loadColumns() (err error) {
	if err := x.gen.Load(); err != nil {
		return err
	}
	if x.reports, err = catalogue.New(x.gen); err != nil {
		return err
	}
	x.collectors.Gen, x.collectors.Reports = x.gen, x.reports
	for i, v := range []*catalogue.View{&x.reports.All, &x.reports.Shown} {
		x.weighed[i] = sync.OnceValue(func() *weight.Factors { return weight.NewFactors(v.RelativeLength) })
	}
	return nil
}

// factorsOf are those of the lengths of a view.
func (x *Index) factorsOf(v *catalogue.View) *weight.Factors {
	if v == &x.reports.All {
		return x.weighed[0]()
	}
	return x.weighed[1]()
}

func (x *Index) openBleve() (err error) {
	files, err := x.gen.Segments()
	if err != nil {
		return err
	}
	if x.bleve, err = segment.Open(x.gen.Bleve(), files); err != nil {
		return folder.Damaged(err)
	}
	sizes := make([]int, len(x.bleve.Segments))
	for i, s := range x.bleve.Segments {
		sizes[i] = s.Size()
	}
	x.docs, err = x.gen.Docs(sizes)
	return err
}

// Close releases the generation.
func (x *Index) Close() error {
	var err error
	if x.bleve != nil {
		err = x.bleve.Close()
	}
	return errors.Join(err, x.gen.Close())
}

// Hold returns the index itself.
func (x *Index) Hold(ctx context.Context) (baogao.Searcher, func(), error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	return x, func() {}, nil
}

// State names the generation.
func (x *Index) State(ctx context.Context) (baogao.State, error) {
	return x.gen.Manifest.State(), ctx.Err()
}

// Stats counts what the index holds.
func (x *Index) Stats(ctx context.Context) (*baogao.Stats, error) {
	s := *x.stats()
	return &s, ctx.Err()
}

// Report returns a report with its paragraphs.
func (x *Index) Report(ctx context.Context, id string) (r *baogao.Report, err error) {
	err = store.Guard(x.gen.Dir, func() (err error) { r, err = x.report(id); return err })
	return r, cmp.Or(err, ctx.Err())
}

func (x *Index) report(id string) (*baogao.Report, error) {
	i, ok := x.reports.ByID()[id]
	if !ok {
		return nil, fmt.Errorf("report %s: %w", id, baogao.ErrNotFound)
	}
	r, err := x.gen.Report(i)
	if err != nil {
		return nil, err
	}
	r.CopyOf, r.Copies = x.reports.ShownFor(i), x.reports.CopiesOf(i)
	return r, nil
}

// Passage returns the passage called id, without marks.
func (x *Index) Passage(ctx context.Context, id string) (h *baogao.Hit, err error) {
	err = store.Guard(x.gen.Dir, func() (err error) { h, err = x.passage(id); return err })
	return h, cmp.Or(err, ctx.Err())
}

func (x *Index) passage(id string) (*baogao.Hit, error) {
	report, paragraph, piece, ok := baogao.ParsePassageID(id)
	i, held := x.reports.ByID()[report]
	if ok && held {
		if ordinal, ok := x.gen.Find(i, paragraph, piece); ok {
			hit := x.hit(ranking.Match{Ordinal: uint32(ordinal)}, nil)
			return &hit, nil
		}
	}
	return nil, fmt.Errorf("passage %s: %w", id, baogao.ErrNotFound)
}

// countAll counts all reports but copies.
func (x *Index) countAll() *baogao.Stats {
	s := x.gen.Manifest.Stats()
	s.Facets = x.reports.Shown.Facets().Clone()
	for _, facet := range s.Facets.All() {
		for i := range facet.Values {
			facet.Values[i].Held = facet.Values[i].Reports
		}
	}
	return s
}
