package opensearch

import (
	"context"
	"errors"
	"iter"
	"sync"
	"time"

	"baogao"
	"baogao/internal/opensearch/generation"
	"baogao/internal/opensearch/nodes"
)

// following answers from the newest generation of an index.
type following struct {
	client  *nodes.Client
	onError func(error)

	mu     sync.Mutex
	now    *Index
	looked time.Time
	fault  error // why the cluster did not answer then
}

// lookEvery is how long a generation is taken for the newest.
const lookEvery = time.Second

// Follow opens an index for a program that stays up: it answers from the newest
// generation, ErrNoIndex until there is one, and ErrUnavailable while the cluster
// does not answer. onError, which may be nil, is told why it stays on an old one.
func Follow(at string, onError func(error)) (baogao.Searcher, error) {
	c, err := nodes.Connect(at)
	if err != nil {
		return nil, err
	}
	return &following{client: c, onError: onError}, nil
}

func (f *following) Close() error { return f.client.Close() }

// newest is the newest generation.
func (f *following) newest(ctx context.Context) (*Index, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if time.Since(f.looked) < lookEvery && (f.now != nil || f.fault != nil) {
		return f.now, f.fault // those who wait do not ask one after another
	}
	index, err := generation.Current(ctx, f.client)
	f.fault = nil
	if errors.Is(err, baogao.ErrUnavailable) {
		f.looked, f.fault = time.Now(), err
	}
	if err != nil {
		return nil, err
	}
	if f.now == nil || f.now.gen.Index != index {
		gen, err := generation.Load(ctx, f.client)
		if err != nil && f.now == nil {
			return nil, err
		}
		if err != nil {
			if f.onError != nil {
				f.onError(err)
			}
		} else {
			f.now = newIndex(f.client, gen)
		}
	}
	f.looked = time.Now()
	return f.now, nil
}

var _ baogao.Searcher = (*following)(nil)

// Hold gives the newest generation.
func (f *following) Hold(ctx context.Context) (baogao.Searcher, func(), error) {
	x, err := f.newest(ctx)
	if err != nil {
		return nil, nil, err
	}
	return x.Hold(ctx)
}

func (f *following) Search(ctx context.Context, req baogao.Request) (*baogao.Result, error) {
	x, err := f.newest(ctx)
	if err != nil {
		return nil, err
	}
	return x.Search(ctx, req)
}

func (f *following) Hits(ctx context.Context, req baogao.Request) iter.Seq2[*baogao.Hit, error] {
	return func(yield func(*baogao.Hit, error) bool) {
		x, err := f.newest(ctx)
		if err != nil {
			yield(nil, err)
			return
		}
		x.Hits(ctx, req)(yield)
	}
}

func (f *following) Report(ctx context.Context, id string) (*baogao.Report, error) {
	x, err := f.newest(ctx)
	if err != nil {
		return nil, err
	}
	return x.Report(ctx, id)
}

func (f *following) Passage(ctx context.Context, id string) (*baogao.Hit, error) {
	x, err := f.newest(ctx)
	if err != nil {
		return nil, err
	}
	return x.Passage(ctx, id)
}

func (f *following) Stats(ctx context.Context) (*baogao.Stats, error) {
	x, err := f.newest(ctx)
	if err != nil {
		return nil, err
	}
	return x.Stats(ctx)
}

func (f *following) State(ctx context.Context) (baogao.State, error) {
	x, err := f.newest(ctx)
	if err != nil {
		return baogao.State{}, err
	}
	return x.State(ctx)
}
