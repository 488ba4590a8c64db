// Package keyed puts a table of keys of one's own in front of the figures of any
// Searcher, without reading or building anything anew.
package keyed

import (
	"context"
	"iter"

	"baogao"
	"baogao/internal/figure/key"
)

// Over is a Searcher whose figures have the keys of a table, wherever they are asked
// for; nil is their own.
func Over(s baogao.Searcher, own *key.Own) baogao.Searcher {
	if own == nil {
		return s
	}
	return &searcher{s, keys{own}}
}

// keys are those of a table.
type keys struct{ own *key.Own }

// KeyOf is the key of an indicator that was read with another.
func (k keys) KeyOf(kept, indicator string, kind baogao.FigureKind) string {
	return k.own.Renew(kept, indicator, key.Measure(kind))
}

// A searcher is one with other keys.
type searcher struct {
	baogao.Searcher
	keys keys
}

// Hold gives a Searcher over the generation in use, with the same keys.
func (s *searcher) Hold(ctx context.Context) (baogao.Searcher, func(), error) {
	held, release, err := s.Searcher.Hold(ctx)
	if err != nil {
		return nil, nil, err
	}
	return &searcher{held, s.keys}, release, nil
}

// Figures tells the figures of the passages that match; see baogao.Figurer.
func (s *searcher) Figures(ctx context.Context, req baogao.Request, f baogao.FigureFilter) (*baogao.FigureResult, error) {
	from, err := baogao.FigurerOf(s.Searcher)
	if err != nil {
		return nil, err
	}
	f.Keys = s.keys
	return from.Figures(ctx, req, f)
}

// EachFigure yields them all; see baogao.Figurer.
func (s *searcher) EachFigure(ctx context.Context, req baogao.Request, f baogao.FigureFilter) iter.Seq2[*baogao.FoundFigure, error] {
	from, err := baogao.FigurerOf(s.Searcher)
	if err != nil {
		return func(yield func(*baogao.FoundFigure, error) bool) { yield(nil, err) }
	}
	f.Keys = s.keys
	return from.EachFigure(ctx, req, f)
}

// Pairs lists pairs of characters; see baogao.Vocabulary. A Searcher that is none has
// none.
func (s *searcher) Pairs(ctx context.Context, firsts, seconds []rune) ([]baogao.Pair, error) {
	if v, ok := s.Searcher.(baogao.Vocabulary); ok {
		return v.Pairs(ctx, firsts, seconds)
	}
	return nil, nil
}
