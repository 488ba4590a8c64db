package service

import (
	"context"
	"net/netip"
	"sync"
	"time"
)

// shares are the turns as clients have them. Where clients are limited, each
// has turns of its own, half as many as there are, and a queue of its own
// before them. So a client whose questions take long waits behind itself, and
// others pass it.
type shares struct {
	all     *turns
	ofOne   int // turns of one client; 0 means that there are no shares
	queue   int // requests that wait before them
	longest time.Duration

	mu sync.Mutex
	of map[netip.Prefix]*share // by client; those without requests are not kept
}

// share are the turns of one client.
type share struct {
	*turns
	requests int // that have such a turn or wait for it
}

func newShares(o Options) *shares {
	s := &shares{all: newTurns(o.Concurrent, o.Queue), queue: o.Queue, longest: o.QueueWait, of: map[netip.Prefix]*share{}}
	if o.Rate > 0 {
		s.ofOne = max(o.Concurrent/2, 1)
	}
	return s
}

// take waits for a turn of a client, which give ends. It returns how long it
// waited.
func (s *shares) take(ctx context.Context, client netip.Prefix) (waited time.Duration, give func(), err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, s.longest, errWait)
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
		own = &share{turns: newTurns(s.ofOne, s.queue)}
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
