// Package opensearch is the engine for who outgrows one machine: it keeps an index
// in a cluster of OpenSearch and answers questions over it.
//
// The cluster holds the terms of each passage as this program makes them, so that
// one analyzer decides what a word is. A question becomes a query that finds all
// passages that may match. Where every word is of Chinese characters and none can
// overlap another, that query is exact, and the shards count and rank; else the
// passages it finds are read and checked by package match, as the embedded engine
// does. So a hit is a hit, and every count equals what reading everything gives, or
// there is an error that says so.
package opensearch

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"baogao"
	"baogao/internal/opensearch/document"
	"baogao/internal/opensearch/generation"
	"baogao/internal/opensearch/nodes"
)

// Index is one generation, open for searching.
type Index struct {
	client *nodes.Client
	gen    *generation.Stored

	characters func(context.Context) (generation.Characters, error)
	known      numbers
	holdings   holdings
}

var _ baogao.Searcher = (*Index)(nil)

// Open opens the generation in use of an index in a cluster. The errors wrap
// ErrNoIndex, ErrFormat, ErrDamaged or ErrUnavailable where one of them is the reason.
func Open(ctx context.Context, at string) (*Index, error) {
	c, gen, err := generation.Open(ctx, at)
	if err != nil {
		return nil, err
	}
	return newIndex(c, gen), nil
}

// Is reports whether a location names an index in a cluster.
func Is(location string) bool { return nodes.Is(location) }

// Create starts a new generation of an index. It fails with ErrLocked while another
// process writes there.
func Create(ctx context.Context, at, revision string) (baogao.Writer, error) {
	return generation.Create(ctx, at, revision)
}

// Update starts a generation that begins with the one in use, and returns the reports
// that can be kept. If another revision made them they have no keys. It fails with
// ErrLocked while another process writes, and with ErrFormat for an index of another
// format.
func Update(ctx context.Context, at, revision string) (baogao.Updater, []baogao.Held, error) {
	return generation.Update(ctx, at, revision)
}

// Verify reads all documents of the generation in use and compares them with what
// was published. It returns the faults, a line each.
func Verify(ctx context.Context, at string) ([]string, error) { return generation.Verify(ctx, at) }

func newIndex(c *nodes.Client, gen *generation.Stored) *Index {
	x := &Index{client: c, gen: gen}
	x.characters = onceDone(func(ctx context.Context) (generation.Characters, error) {
		return generation.ReadCharacters(ctx, c, gen.Index)
	})
	return x
}

// onceDone is f until it has not failed, and then what that returned.
func onceDone[T any](f func(context.Context) (T, error)) func(context.Context) (T, error) {
	var mu sync.Mutex
	var value *T
	return func(ctx context.Context) (T, error) {
		mu.Lock()
		defer mu.Unlock()
		if value != nil {
			return *value, nil
		}
		v, err := f(ctx)
		if err == nil {
			value = &v
		}
		return v, err
	}
}

// Close ends what the client does by itself.
func (x *Index) Close() error { return x.client.Close() }

// Hold returns the index itself.
func (x *Index) Hold(ctx context.Context) (baogao.Searcher, func(), error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	return x, func() {}, nil
}

// State names the generation.
func (x *Index) State(ctx context.Context) (baogao.State, error) { return x.gen.Stats.State, ctx.Err() }

// Stats counts what the index holds.
func (x *Index) Stats(ctx context.Context) (*baogao.Stats, error) {
	s, err := generation.DiskOf(ctx, x.client, x.gen.Index, x.gen.Stats)
	if err != nil {
		return nil, err
	}
	res, err := x.Search(ctx, baogao.Request{Limit: -1})
	if err != nil {
		return nil, err
	}
	s.Facets = res.Facets
	for _, facet := range s.Facets.All() {
		for i := range facet.Values {
			facet.Values[i].Held = facet.Values[i].Reports
		}
	}
	return &s, nil
}

// Report returns a report with its paragraphs.
func (x *Index) Report(ctx context.Context, id string) (*baogao.Report, error) {
	d, err := document.ReportCalled(ctx, x.client, x.gen.Index, id)
	if err != nil {
		return nil, err
	}
	passages, err := document.PassagesOf(ctx, x.client, x.gen.Index, d.Report)
	if err != nil {
		return nil, err
	}
	return d.Whole(passages), nil
}

// Passage returns the passage called id, without marks.
func (x *Index) Passage(ctx context.Context, id string) (*baogao.Hit, error) {
	missing := fmt.Errorf("passage %s: %w", id, baogao.ErrNotFound)
	name, paragraph, piece, ok := baogao.ParsePassageID(id)
	if !ok {
		return nil, missing
	}
	d, err := document.ReportCalled(ctx, x.client, x.gen.Index, name)
	if errors.Is(err, baogao.ErrNotFound) {
		return nil, missing
	}
	if err != nil {
		return nil, err
	}
	passages, err := document.PassagesOf(ctx, x.client, x.gen.Index, d.Report)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(passages, func(p document.Passage) bool { return p.Body.Paragraph == paragraph && p.Body.Piece == piece })
	if i < 0 {
		return nil, missing
	}
	h := hitOf(&passages[i], d, nil)
	if piece > 1 {
		h.Published = passages[i-piece+1].Body.Published
	}
	return &h, nil
}
