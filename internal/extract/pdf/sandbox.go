package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"baogao/internal/extract/budget"
)

// What one file may cost.
const (
	memoryPages = 96 << 20 / 65536       // of WebAssembly, in an instance
	lessTime    = 600 * time.Millisecond // of a processor than is left of the time of the file: what is read must still be made a report of
	leftTime    = 400 * time.Millisecond // for that at least, however busy the program is
	freeRunes   = 20_000                 // characters that the time of any file is enough for
	timePerRune = 60 * time.Microsecond  // more, for each other character of a page that is not like those before: three times what one of an embedded font takes
	packedRune  = 2                      // bytes of a file that a character has at least, of those that have such time
	mostTimes   = 10                     // of the time for its size, a file may have for its characters
	watchEvery  = 20 * time.Millisecond  // the time is looked at
	keptBelow   = 1 << 20                // bytes of a file; what a larger one grew the memory to is given back
)

// Errors of files that an instance could not read to the end.
var (
	errSlow  = errors.New("takes too long to read; print it to a new PDF first")
	errCrash = errors.New("makes the PDF reader fail; print it to a new PDF first")
)

// An instance is PDFium in a WebAssembly machine of its own: no file, no network
// and no clock but what the machine has, and bounded memory. It reads one file at
// a time. What a file does to it ends with it.
type instance struct {
	pdfium.Pdfium
	pool    pdfium.Pool
	limit   atomic.Int64 // of the time that the file may take, in nanoseconds
	most    time.Duration
	free    int // characters that the file has no time of their own for
	runes   int // characters that the file may still have time for
	kill    context.CancelFunc
	release func()        // its memory
	turns   chan struct{} // as in its sandbox
}

// renew forgets all that was looked at in a file, of which go-pdfium keeps a list
// up to the end of an instance.
func (i *instance) renew() (err error) {
	if err = i.Close(); err == nil {
		i.Pdfium, err = i.pool.GetInstanceWithContext(context.Background())
	}
	return err
}

func (i *instance) close() {
	i.kill()
	_ = i.pool.Close() // of what was killed, nothing is left to close
	i.release()
}

// A sandbox lends out instances: as many as there are processors, each kept for
// the next file.
type sandbox struct {
	turns chan struct{}
	idle  chan *instance
	cache wazero.CompilationCache
}

// theSandbox is made where the first PDF comes, since the code of PDFium must be
// compiled: once for a user of a machine, for what comes of it is kept in a folder.
var theSandbox = sync.OnceValue(func() *sandbox {
	n := runtime.GOMAXPROCS(0)
	return &sandbox{turns: make(chan struct{}, n), idle: make(chan *instance, n)}
})

// compiling is held while the code of PDFium may have to be compiled.
var compiling sync.Mutex

// cacheFolder is where compiled code is kept, "" where the user has no such
// folder: then each program compiles for itself.
func cacheFolder() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "baogao", "pdfium")
}

// isPrepared reports whether a folder has compiled code in it.
func isPrepared(dir string) bool {
	found, err := filepath.Glob(filepath.Join(dir, "*", "*[0-9a-f]"))
	return err == nil && len(found) > 0
}

// start makes an instance, the first of a program with the compiled code that is
// kept in a folder, if it is any good. It tells preparing before it compiles.
func (s *sandbox) start(preparing func(what string)) (*instance, error) {
	compiling.Lock()
	defer compiling.Unlock()
	if s.cache != nil {
		return newInstance(s.cache)
	}
	dir := cacheFolder()
	for range 2 {
		if !isPrepared(dir) && preparing != nil {
			preparing("the PDF reader (once)")
		}
		cache, err := wazero.NewCompilationCacheWithDir(dir)
		if dir == "" || err != nil {
			break
		}
		if i, err := newInstance(cache); err == nil {
			s.cache = cache
			return i, nil
		}
		_ = os.RemoveAll(dir) // what is kept there is broken; where it stays, it is passed over
	}
	cache := wazero.NewCompilationCache()
	i, err := newInstance(cache)
	if err == nil {
		s.cache = cache
	}
	return i, err
}

func newInstance(cache wazero.CompilationCache) (*instance, error) {
	code, err := theCode()
	if err != nil {
		return nil, fmt.Errorf("the PDF reader: %w", err)
	}
	own, release := withOwnMemory(experimental.WithCompilationWorkers(context.Background(), runtime.GOMAXPROCS(0)))
	ctx, kill := context.WithCancel(own)
	pool, err := webassembly.InitWithWASM(webassembly.Config{
		WASM: code, Context: ctx, MaxIdle: 1, MaxTotal: 1, ReuseWorkers: true,
		FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard,
		RuntimeConfig: wazero.NewRuntimeConfig().WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
			WithCompilationCache(cache).WithMemoryLimitPages(memoryPages).WithCloseOnContextDone(true),
	})
	if err != nil {
		kill()
		release()
		return nil, fmt.Errorf("the PDF reader: %w", err)
	}
	i := &instance{pool: pool, kill: kill, release: release}
	if i.Pdfium, err = pool.GetInstanceWithContext(ctx); err != nil {
		i.close()
		return nil, fmt.Errorf("the PDF reader: %w", err)
	}
	return i, nil
}

// do lends an instance to read a file of so many bytes within a limit of time. The
// instance is used again unless the file made it fail.
func (s *sandbox) do(ctx context.Context, size int, limit time.Duration, preparing func(what string), read func(*instance) error) error {
	select {
	case s.turns <- struct{}{}:
		defer func() { <-s.turns }()
	case <-ctx.Done():
		return ctx.Err()
	}
	var i *instance
	select {
	case i = <-s.idle:
	default:
		var err error
		if i, err = s.start(preparing); err != nil {
			return err
		}
	}
	i.turns, i.free, i.runes = s.turns, freeRunes, size/packedRune
	err := i.watched(ctx, limit, func() error { return read(i) })
	if errors.Is(err, errCrash) || errors.Is(err, errSlow) || ctx.Err() != nil || size > keptBelow || i.renew() != nil {
		i.close()
	} else {
		s.idle <- i
	}
	return err
}

// grant gives the file that is read more time, for characters that it has.
func (i *instance) grant(characters int) {
	characters = min(characters, i.runes)
	i.runes -= characters
	free := min(characters, i.free)
	i.free, characters = i.free-free, characters-free
	more := time.Duration(characters) * timePerRune
	i.limit.Store(int64(min(i.most, time.Duration(i.limit.Load())+more)))
}

// watched calls read, and kills the instance when read has taken its time or
// nobody waits for it.
func (i *instance) watched(ctx context.Context, limit time.Duration, read func() error) error {
	i.limit.Store(int64(limit))
	i.most = mostTimes * limit
	done, over := make(chan struct{}), make(chan bool)
	go func() { over <- i.watch(ctx, done) }()
	err := read()
	close(done)
	late := <-over
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case late:
		return errSlow
	}
	return err
}

// watch reports whether it killed the instance since it took too long. Both the
// time of the world and that of the processors must be over: others may be busy on
// the machine. No thread is asked for its own time, for an instance that keeps
// one is four times slower; those at work share that of the program.
func (i *instance) watch(ctx context.Context, done <-chan struct{}) bool {
	began, before, spent := time.Now(), budget.ProcessorTime(), time.Duration(0)
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		select {
		case <-done:
			return false
		case <-ctx.Done():
			i.kill()
			return false
		case <-tick.C:
			now := budget.ProcessorTime()
			before, spent = now, spent+(now-before)/time.Duration(max(1, len(i.turns)))
			if limit := time.Duration(i.limit.Load()); min(time.Since(began), spent) > limit {
				i.kill()
				return true
			}
		}
	}
}
