package index

import (
	"context"
	"errors"
	"iter"
	"path/filepath"
	"sync"
	"time"

	"baogao"
	"baogao/index/internal/folder"
)

// followEvery is how often a Follower looks for a new generation.
const followEvery = time.Second

// A Follower is a Searcher over whatever generation is in use: it turns to a
// new one soon after it is published, while questions under way end on the
// one they began with. Before the first build it answers ErrNoIndex.
type Follower struct {
	dir     string
	onError func(error)
	stop    context.CancelFunc
	stopped chan struct{}

	mu   sync.Mutex
	now  *lease
	fail error // why there is no generation, or why the newest cannot be opened
}

var _ baogao.Searcher = (*Follower)(nil)

// lease is an Index that is closed when its last user is done with it.
type lease struct {
	*Index
	users int // guarded by Follower.mu; the Follower itself is one
}

// Follow opens the generation in use in dir and follows its successors until
// it is closed. It returns an error only for an index that is there and
// cannot be opened. onError, which may be nil, is told why it stays on an old
// generation, once for each reason.
func Follow(dir string, onError func(error)) (*Follower, error) {
	f := &Follower{dir: dir, onError: onError, stopped: make(chan struct{})}
	f.turn()
	if f.fail != nil && !errors.Is(f.fail, baogao.ErrNoIndex) {
		return nil, f.fail
	}
	ctx, stop := context.WithCancel(context.Background())
	f.stop = stop
	go f.follow(ctx)
	return f, nil
}

func (f *Follower) follow(ctx context.Context) {
	defer close(f.stopped)
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			f.turn()
		}
	}
}

// turn opens the generation in use unless it is open already.
func (f *Follower) turn() {
	name, err := folder.Current(f.dir)
	f.mu.Lock()
	same := err == nil && f.now != nil && f.now.gen.Is(filepath.Join(f.dir, name))
	if same {
		f.fail = nil
	}
	f.mu.Unlock()
	if same {
		return
	}
	var x *Index
	if err == nil {
		x, err = Open(f.dir)
	}
	f.mu.Lock()
	old := f.now
	waiting := old == nil && errors.Is(err, baogao.ErrNoIndex) // for the first build
	news := err != nil && !waiting && (f.fail == nil || f.fail.Error() != err.Error())
	if f.fail = err; err == nil {
		f.now = &lease{Index: x, users: 1}
	}
	f.mu.Unlock()
	if news && f.onError != nil {
		f.onError(err)
	}
	if err == nil {
		f.release(old)
	}
}

// release gives up one use of a lease.
func (f *Follower) release(l *lease) {
	if l == nil {
		return
	}
	f.mu.Lock()
	l.users--
	last := l.users == 0
	former := f.now != l && f.fail == nil // else it may be the last that is whole
	f.mu.Unlock()
	if !last {
		return
	}
	l.Index.Close() // the files were only read; nothing is lost by an error here
	if former {     // the writer had to leave it for us
		_ = folder.Remove(l.gen.Dir) // where we may not write, the next build clears it away
	}
}

// acquire returns the generation in use and what gives it back.
func (f *Follower) acquire() (*Index, func(), error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.now == nil {
		return nil, nil, f.fail
	}
	l := f.now
	l.users++
	return l.Index, func() { f.release(l) }, nil
}

// following asks the generation in use.
func following[T any](f *Follower, ask func(*Index) (T, error)) (answer T, err error) {
	x, done, err := f.acquire()
	if err != nil {
		return answer, err
	}
	defer done()
	return ask(x)
}

// Hold returns the generation in use, which stays open until it is released.
func (f *Follower) Hold(ctx context.Context) (baogao.Searcher, func(), error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	x, done, err := f.acquire()
	if err != nil {
		return nil, nil, err
	}
	return x, sync.OnceFunc(done), nil
}

// Search answers a request from the generation in use.
func (f *Follower) Search(ctx context.Context, req baogao.Request) (*baogao.Result, error) {
	return following(f, func(x *Index) (*baogao.Result, error) { return x.Search(ctx, req) })
}

// Hits yields what matches a request in the generation in use, which stays so
// until the last hit.
func (f *Follower) Hits(ctx context.Context, req baogao.Request) iter.Seq2[*baogao.Hit, error] {
	return func(yield func(*baogao.Hit, error) bool) {
		x, done, err := f.acquire()
		if err != nil {
			yield(nil, err)
			return
		}
		defer done()
		x.Hits(ctx, req)(yield)
	}
}

// Report returns a report of the generation in use.
func (f *Follower) Report(ctx context.Context, id string) (*baogao.Report, error) {
	return following(f, func(x *Index) (*baogao.Report, error) { return x.Report(ctx, id) })
}

// Passage returns a passage of the generation in use.
func (f *Follower) Passage(ctx context.Context, id string) (*baogao.Hit, error) {
	return following(f, func(x *Index) (*baogao.Hit, error) { return x.Passage(ctx, id) })
}

// Stats says what the generation in use holds.
func (f *Follower) Stats(ctx context.Context) (*baogao.Stats, error) {
	return following(f, func(x *Index) (*baogao.Stats, error) { return x.Stats(ctx) })
}

// State names the generation in use.
func (f *Follower) State(ctx context.Context) (baogao.State, error) {
	return following(f, func(x *Index) (baogao.State, error) { return x.State(ctx) })
}

// Close stops following and releases the generation when its last question
// is answered.
func (f *Follower) Close() error {
	f.stop()
	<-f.stopped
	f.mu.Lock()
	last := f.now
	f.now, f.fail = nil, baogao.ErrNoIndex
	f.mu.Unlock()
	f.release(last)
	return nil
}
