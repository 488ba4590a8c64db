package service

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"sync"
	"time"
)

// shares are the turns as clients have them. Where clients are limited, each
// has turns of its own, half as many as there are, and a queue of its own
// before them. So a client whose questions take long waits behind itself, and
// others pass it.
type shares struct {
	*terms
	all   *turns
	ofOne int // turns of one client; 0 means that there are no shares

	mu sync.Mutex
	of map[netip.Prefix]*share // by client; those without requests are not kept
}

// share are the turns of one client.
type share struct {
	*turns
	requests int // that have such a turn or wait for it
}

func newShares(t *terms) *shares {
	s := &shares{terms: t, all: newTurns(t.Concurrent, t.Queue), of: map[netip.Prefix]*share{}}
	if t.Rate > 0 {
		s.ofOne = max(t.Concurrent/2, 1)
	}
	return s
}

// ServeHTTP lets a request be answered in its turn and in time.
func (s *shares) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	waited, give, err := s.take(r.Context(), household(exchangeOf(r.Context()).client))
	switch {
	case errors.Is(err, errQueue):
		s.refuseFor(w, r, http.StatusServiceUnavailable, overQueue, "too many requests are waiting", s.QueueWait)
		return
	case errors.Is(err, errWait):
		s.refuseFor(w, r, http.StatusServiceUnavailable, overWait, "too many requests are under way", s.QueueWait)
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

// take waits for a turn of a client, which give ends. It returns how long it
// waited.
func (s *shares) take(ctx context.Context, client netip.Prefix) (waited time.Duration, give func(), err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, s.QueueWait, errWait)
	defer cancel()
	if s.ofOne == 0 || !client.IsValid() {
		waited, err = s.all.take(ctx)
		return waited, s.all.give, err
	}
	own := s.join(client)
	first, err := own.take(ctx)
	if err != nil {
		s.leave(client)
		return 0, nil, err
	}
	second, err := s.all.take(ctx)
	if err != nil {
		own.give()
		s.leave(client)
		return 0, nil, err
	}
	return first + second, func() {
		s.all.give()
		own.give()
		s.leave(client)
	}, nil
}

// join returns the turns of a client for one request, which leave ends.
func (s *shares) join(client netip.Prefix) *turns {
	s.mu.Lock()
	defer s.mu.Unlock()
	own := s.of[client]
	if own == nil {
		own = &share{turns: newTurns(s.ofOne, s.Queue)}
		s.of[client] = own
	}
	own.requests++
	return own.turns
}

func (s *shares) leave(client netip.Prefix) {
	s.mu.Lock()
	defer s.mu.Unlock()
	own := s.of[client]
	if own.requests--; own.requests == 0 {
		delete(s.of, client)
	}
}
