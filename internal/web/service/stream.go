package service

import (
	"context"
	"net/http"
	"time"
)

// streamRetry is when a stream that found no place may be asked for again.
const streamRetry = 30 * time.Second

// stream lets a request be answered while the answer is computed. A client
// may take its time over the whole of it, but not over any one piece.
func (s *service) stream(w http.ResponseWriter, r *http.Request) {
	select {
	case s.streams <- struct{}{}:
		defer func() { <-s.streams }()
	default:
		s.rejectFor(w, r, http.StatusServiceUnavailable, overStreams, "too many exports are under way", streamRetry)
		return
	}
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
	if f, ok := s.ResponseWriter.(http.Flusher); ok {
		f.Flush()
	}
}

// Unwrap lets a ResponseController reach the connection.
func (s *streamWriter) Unwrap() http.ResponseWriter { return s.ResponseWriter }
