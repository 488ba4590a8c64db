package service

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

var (
	errQueue = errors.New("the queue is full")
	errWait  = errors.New("the turn did not come in time")
)

// turns lets some requests work at once and others wait, first come first
// served.
type turns struct {
	working chan struct{} // has a place for each
	waiting chan struct{}
}

func newTurns(working, waiting int) *turns {
	return &turns{make(chan struct{}, working), make(chan struct{}, waiting)}
}

// take waits for a turn, which give ends, as long as the context lets it. It
// returns how long it waited; the error is errQueue or the context's cause.
func (t *turns) take(ctx context.Context) (time.Duration, error) {
	select {
	case t.working <- struct{}{}: // is refused while others wait: a place that is freed goes to them at once
		return 0, nil
	default:
	}
	select {
	case t.waiting <- struct{}{}:
		defer func() { <-t.waiting }()
	default:
		return 0, errQueue
	}
	begun := time.Now()
	select {
	case t.working <- struct{}{}:
		return time.Since(begun), nil
	case <-ctx.Done():
		return 0, context.Cause(ctx)
	}
}

func (t *turns) give() { <-t.working }

// turn is a ResponseWriter that gives the turn of its request back when the
// answer begins.
type turn struct {
	http.ResponseWriter
	ctx    context.Context // of the request
	give   func()
	waited time.Duration
	begun  bool
}

func (t *turn) begin() {
	if t.begun {
		return
	}
	t.begun = true
	t.give()
	if t.waited > 0 {
		t.Header().Add("Server-Timing", fmt.Sprintf("queue;dur=%.1f", float64(t.waited.Microseconds())/1000))
	}
}

// WriteHeader begins the answer. A question that took too long would do so
// again: nobody is told to repeat it.
func (t *turn) WriteHeader(status int) {
	if status >= 200 {
		t.begin()
	}
	if status == http.StatusServiceUnavailable && errors.Is(t.ctx.Err(), context.DeadlineExceeded) {
		t.Header()["Retry-After"] = nil
	}
	t.ResponseWriter.WriteHeader(status)
}

func (t *turn) Write(b []byte) (int, error) {
	t.begin()
	return t.ResponseWriter.Write(b)
}

// Flush sends what was written.
func (t *turn) Flush() {
	t.begin()
	_ = http.NewResponseController(t.ResponseWriter).Flush() // what keeps nothing back needs none
}

// Unwrap lets a ResponseController reach the connection.
func (t *turn) Unwrap() http.ResponseWriter { return t.ResponseWriter }
