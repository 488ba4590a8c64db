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
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"

	"baogao"
)

// Index is one generation, open for searching.
type Index struct {
	*client
	gen *stored

	characters func(context.Context) (characters, error)
	known      numbers
	holdings   holdings
}

var _ baogao.Searcher = (*Index)(nil)

// Open opens the generation in use of an index in a cluster. The errors wrap
// ErrNoIndex, ErrFormat, ErrDamaged or ErrUnavailable where one of them is the reason.
func Open(ctx context.Context, at string) (*Index, error) {
	l, err := parseLocation(at)
	if err != nil {
		return nil, err
	}
	c, err := newClient(l)
	if err != nil {
		return nil, err
	}
	gen, err := c.open(ctx)
	if err != nil {
		return nil, errors.Join(err, c.close())
	}
	return newIndex(c, gen), nil
}

func newIndex(c *client, gen *stored) *Index {
	x := &Index{client: c, gen: gen}
	x.characters = onceDone(func(ctx context.Context) (characters, error) { return readCharacters(ctx, c, gen.index) })
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

func readCharacters(ctx context.Context, c *client, index string) (characters, error) {
	var answer struct {
		Source struct {
			Sample struct {
				Passages int            `json:"passages"`
				Holding  map[string]int `json:"holding"`
			} `json:"sample"`
		} `json:"_source"`
	}
	if err := c.do(ctx, http.MethodGet, "/"+index+"/_doc/sample?routing=0", nil, &answer); err != nil {
		return characters{}, err
	}
	all := characters{answer.Source.Sample.Passages, map[rune]int{}}
	for r, n := range answer.Source.Sample.Holding {
		all.holding[[]rune(r)[0]] = n
	}
	return all, nil
}

// Close ends what the client does by itself.
func (x *Index) Close() error { return x.client.close() }

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
	s, err := diskOf(ctx, x.client, x.gen.index, x.gen.Stats)
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
	d, err := x.reportCalled(ctx, id)
	if err != nil {
		return nil, err
	}
	passages, err := passagesOf(ctx, x.client, x.gen.index, d.Report)
	if err != nil {
		return nil, err
	}
	return d.whole(passages), nil
}

// whole makes a report of its document and those of its passages.
func (d *report) whole(passages []passage) *baogao.Report {
	t := &d.Details
	r := &baogao.Report{
		Meta: t.Meta, CopyOf: t.CopyOf, Copies: copiesIn(t), Findings: t.Findings, Facts: t.Facts, Cleaning: t.Cleaning,
		Paragraphs: []baogao.Paragraph{},
	}
	for i := range passages {
		b := &passages[i].Body
		p := b.passage(passages[i].Plan)
		if i < len(t.Measured) {
			p.Measured = t.Measured[i]
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
	return r
}

func copiesIn(d *details) []baogao.Copy {
	if d.Copies == nil {
		return []baogao.Copy{}
	}
	return d.Copies
}

func (b *body) passage(plan bool) baogao.Passage {
	return baogao.Passage{
		Paragraph: b.Paragraph, Piece: b.Piece, Text: b.Text, Published: b.Published, Section: b.Section,
		Heading: b.Heading, Title: b.Title, Damaged: b.Damaged, Figures: b.Figures, Plan: plan,
	}
}

func (x *Index) reportCalled(ctx context.Context, id string) (*report, error) {
	d, err := reportBy(ctx, x.client, x.gen.index, object{"term": object{"id": id}})
	if errors.Is(err, baogao.ErrNotFound) {
		err = fmt.Errorf("report %s: %w", id, err)
	}
	return d, err
}

// Passage returns the passage called id, without marks.
func (x *Index) Passage(ctx context.Context, id string) (*baogao.Hit, error) {
	missing := fmt.Errorf("passage %s: %w", id, baogao.ErrNotFound)
	name, paragraph, piece, ok := baogao.ParsePassageID(id)
	if !ok {
		return nil, missing
	}
	d, err := x.reportCalled(ctx, name)
	if errors.Is(err, baogao.ErrNotFound) {
		return nil, missing
	}
	if err != nil {
		return nil, err
	}
	passages, err := passagesOf(ctx, x.client, x.gen.index, d.Report)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(passages, func(p passage) bool { return p.Body.Paragraph == paragraph && p.Body.Piece == piece })
	if i < 0 {
		return nil, missing
	}
	h := hitOf(&passages[i], d, nil)
	if piece > 1 {
		h.Published = passages[i-piece+1].Body.Published
	}
	return &h, nil
}
