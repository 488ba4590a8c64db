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
	longest time.Duration // to wait
}

func newTurns(working, waiting int, longest time.Duration) *turns {
	return &turns{make(chan struct{}, working), make(chan struct{}, waiting), longest}
}

// take waits for a turn, which give ends. It returns how long it waited.
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
	timer := time.NewTimer(t.longest)
	defer timer.Stop()
	select {
	case t.working <- struct{}{}:
		return time.Since(begun), nil
	case <-timer.C:
		return 0, errWait
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (t *turns) give() { <-t.working }

// work lets a request be answered in its turn and in time.
func (s *service) work(w http.ResponseWriter, r *http.Request) {
	waited, err := s.turns.take(r.Context())
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
	turn := &turn{ResponseWriter: w, give: sync.OnceFunc(s.turns.give), waited: waited}
	defer turn.give()
	ctx, cancel := context.WithTimeout(r.Context(), s.Timeout)
	defer cancel()
	s.next.ServeHTTP(turn, r.WithContext(ctx))
}

// turn is a ResponseWriter that gives the turn of its request back when the
// answer begins.
type turn struct {
	http.ResponseWriter
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

// WriteHeader begins the answer.
func (t *turn) WriteHeader(status int) {
	if status >= 200 {
		t.begin()
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
