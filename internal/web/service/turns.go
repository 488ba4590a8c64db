package service

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
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

// work lets a request be answered in its turn and in time.
func (s *service) work(w http.ResponseWriter, r *http.Request) {
	waited, give, err := s.shares.take(r.Context(), household(s.clientOf(r)))
	switch {
	case errors.Is(err, errQueue):
		s.rejectFor(w, r, http.StatusServiceUnavailable, overQueue, "too many requests are waiting", s.QueueWait)
		return
	case errors.Is(err, errWait):
		s.rejectFor(w, r, http.StatusServiceUnavailable, overWait, "too many requests are under way", s.QueueWait)
		return
	case err != nil:
		panic(http.ErrAbortHandler) // the client is gone
	}
	ctx, cancel := context.WithTimeout(r.Context(), s.Timeout)
	defer cancel()
	turn := &turn{ResponseWriter: w, ctx: ctx, give: sync.OnceFunc(give), waited: waited}
	defer turn.give()
	s.next.ServeHTTP(turn, r.WithContext(ctx))
}

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
	if f, ok := t.ResponseWriter.(http.Flusher); ok {
		f.Flush()
	}
}

// Unwrap lets a ResponseController reach the connection.
func (t *turn) Unwrap() http.ResponseWriter { return t.ResponseWriter }
