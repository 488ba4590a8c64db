package budget

import (
	"context"
	"errors"
	"sync/atomic"
	"time"
)

// How much time of a processor the reading of a file may take: a hundred times what
// real documents take. With what the program itself takes, a small file is done with in
// two seconds.
const (
	freeTime   = 1700 * time.Millisecond
	timePerMiB = 2 * time.Second
	smallFile  = 512 << 10 // bytes; a file of so many has no more than the free time
)

// ErrTime is the error of files that take more time than a file of their size may.
var ErrTime = errors.New("takes too long to read; open it and save it again if it is no trap")

// Time is how much time of a processor the reading of a file of so many bytes may
// take.
func Time(size int) time.Duration {
	if size <= smallFile {
		return freeTime
	}
	return freeTime + timePerMiB*time.Duration(min(size, 1<<40)>>10)/1024
}

// A clock is the time that is left for a file.
type clock struct{ left atomic.Int64 }

type clockKey struct{}

// Start gives what is done with a context the time for the reading of one file of so many
// bytes, all that is done with it together; one that has such time already keeps it.
func Start(ctx context.Context, size int) context.Context {
	if ctx.Value(clockKey{}) != nil {
		return ctx
	}
	return Restart(ctx, size)
}

// Restart is Start for a part of a file that has time of its own.
func Restart(ctx context.Context, size int) context.Context {
	c := &clock{}
	c.left.Store(int64(Time(size)))
	return context.WithValue(ctx, clockKey{}, c)
}

// Left is how much time is left of that which Start gave; without it, all the time of a
// small file.
func Left(ctx context.Context) time.Duration {
	if c, ok := ctx.Value(clockKey{}).(*clock); ok {
		return time.Duration(c.left.Load())
	}
	return freeTime
}

// Spend takes time from that which is left.
func Spend(ctx context.Context, spent time.Duration) {
	if c, ok := ctx.Value(clockKey{}).(*clock); ok {
		c.left.Add(-int64(spent))
	}
}

// Within calls do, and returns what it does, or ErrTime when it has taken the time that is
// left: then its context is done, and do, which should look at that now
// and then, is waited for no more. Time is that of the thread that do runs on, where the
// system tells it, so that a busy machine is no reason to refuse a file. It panics where do
// does.
func Within[T any](ctx context.Context, do func(ctx context.Context) (T, error)) (T, error) {
	return within(ctx, Left(ctx), do)
}

func within[T any](ctx context.Context, limit time.Duration, do func(ctx context.Context) (T, error)) (T, error) {
	type result struct {
		value T
		err   error
		died  any
		spent time.Duration
	}
	outer := ctx
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	meters, done := make(chan func() time.Duration, 1), make(chan result, 1)
	go func() {
		var r result
		defer func() {
			r.died = recover()
			done <- r
		}()
		spent, unlock := threadTime()
		defer func() {
			r.spent = spent()
			unlock()
		}()
		meters <- spent
		r.value, r.err = do(ctx)
	}()
	spent := <-meters
	look := time.NewTimer(limit)
	defer look.Stop()
	for {
		select {
		case r := <-done:
			Spend(outer, r.spent)
			if r.died != nil {
				panic(r.died)
			}
			return r.value, r.err
		case <-look.C:
			left := limit - spent()
			if left <= 0 {
				cancel(ErrTime)
				Spend(outer, limit)
				var none T
				return none, ErrTime
			}
			look.Reset(max(left, time.Millisecond))
		}
	}
}
