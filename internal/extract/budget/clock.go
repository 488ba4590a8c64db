package budget

import (
	"context"
	"errors"
	"time"
)

// How much time of a processor the reading of a file may take: a hundred times what
// real documents take.
const (
	freeTime   = 2 * time.Second
	timePerMiB = 2 * time.Second
)

// ErrTime is the error of files that take more time than a file of their size may.
var ErrTime = errors.New("takes too long to read; open it and save it again if it is no trap")

// Time is how much time of a processor the reading of a file of so many bytes may
// take.
func Time(size int) time.Duration {
	return freeTime + timePerMiB*time.Duration(min(max(size, 0), 1<<40)>>10)/1024
}

// Within calls do, and returns what it does, or ErrTime when it has taken the time for
// a file of so many bytes: then its context is done, and do, which should look at that now
// and then, is waited for no more. Time is that of the thread that do runs on, where the
// system tells it, so that a busy machine is no reason to refuse a file. It panics where do
// does.
func Within[T any](ctx context.Context, size int, do func(ctx context.Context) (T, error)) (T, error) {
	return within(ctx, Time(size), do)
}

func within[T any](ctx context.Context, limit time.Duration, do func(ctx context.Context) (T, error)) (T, error) {
	type result struct {
		value T
		err   error
		died  any
	}
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
		defer unlock()
		meters <- spent
		r.value, r.err = do(ctx)
	}()
	spent := <-meters
	look := time.NewTimer(limit)
	defer look.Stop()
	for {
		select {
		case r := <-done:
			if r.died != nil {
				panic(r.died)
			}
			return r.value, r.err
		case <-look.C:
			left := limit - spent()
			if left <= 0 {
				cancel(ErrTime)
				var none T
				return none, ErrTime
			}
			look.Reset(max(left, time.Millisecond))
		}
	}
}
