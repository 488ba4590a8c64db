package service

import (
	"context"
	"net/http"
	"net/netip"
	"sync"
	"time"
)

// streamRetry is when a stream that found no place may be asked for again.
const streamRetry = 30 * time.Second

// streams are the streams under way. One client cannot take all places, for it
// may read as slowly as it likes.
type streams struct {
	*terms

	mu  sync.Mutex
	all int
	of  map[netip.Prefix]int // by client; those with none are not kept
}

// take reports whether there is a place for a stream of a client, which give
// ends.
func (s *streams) take(client netip.Prefix) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all >= s.Streams || s.of[client] >= s.ClientStreams {
		return false
	}
	s.all++
	s.of[client]++
	return true
}

func (s *streams) give(client netip.Prefix) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all--
	if s.of[client]--; s.of[client] == 0 {
		delete(s.of, client)
	}
}

// ServeHTTP lets a request be answered while the answer is computed. A client
// may take its time over the whole of it, but not over any one piece.
func (s *streams) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	client := household(exchangeOf(r.Context()).client)
	if !s.take(client) {
		s.refuseFor(w, r, http.StatusServiceUnavailable, overStreams, "too many exports are under way", streamRetry)
		return
	}
	defer s.give(client)
	ctx, cancel := context.WithTimeout(r.Context(), s.StreamTimeout)
	defer cancel()
	end, _ := ctx.Deadline()
	sw := &streamWriter{ResponseWriter: w, stall: s.StreamStall, end: end}
	sw.extend()
	s.next.ServeHTTP(sw, r.WithContext(ctx))
	sw.extend() // what is still buffered is sent after this
}

// streamWriter is a ResponseWriter that gives every piece the same time to be
// sent, up to an end.
type streamWriter struct {
	http.ResponseWriter
	stall    time.Duration
	end      time.Time
	extended time.Time
}

// extend moves the deadline for writing on, though not for each of many
// pieces that come at once.
func (s *streamWriter) extend() {
	now := time.Now()
	if now.Sub(s.extended) < s.stall/30 {
		return
	}
	s.extended = now
	deadline := now.Add(s.stall)
	if s.end.Before(deadline) {
		deadline = s.end
	}
	_ = http.NewResponseController(s.ResponseWriter).SetWriteDeadline(deadline) // what has no deadlines needs none moved
}

func (s *streamWriter) Write(b []byte) (int, error) {
	s.extend()
	return s.ResponseWriter.Write(b)
}

// Flush sends what was written.
func (s *streamWriter) Flush() {
	s.extend()
	_ = http.NewResponseController(s.ResponseWriter).Flush() // what keeps nothing back needs none
}

// Unwrap lets a ResponseController reach the connection.
func (s *streamWriter) Unwrap() http.ResponseWriter { return s.ResponseWriter }
