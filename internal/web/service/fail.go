package service

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"
)

// Bounds of what a panic leaves in the log, in bytes.
const (
	loggedPanic = 1 << 10
	loggedStack = 8 << 10
)

// failPlain writes an error for clients of any kind.
func failPlain(w http.ResponseWriter, _ *http.Request, status int, detail string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	io.WriteString(w, detail+"\n")
}

// refuse refuses a request for a reason that is counted.
func (t *terms) refuse(w http.ResponseWriter, r *http.Request, status int, reason, detail string) {
	t.metrics.rejected.WithLabelValues(reason).Inc()
	t.Fail(w, r, status, detail)
}

// refuseFor refuses a request that may come again after a while.
func (t *terms) refuseFor(w http.ResponseWriter, r *http.Request, status int, reason, detail string, wait time.Duration) {
	seconds := strconv.Itoa(max(1, int(math.Ceil(wait.Seconds()))))
	w.Header().Set("Retry-After", seconds)
	t.refuse(w, r, status, reason, detail+"; ask again in "+seconds+" s")
}

// rescue turns a panic into an answer, or ends the connection when the answer
// has begun: half of it must not pass for the whole.
func (s *service) rescue(x *exchange, r *http.Request) {
	p := recover()
	if p == nil {
		return
	}
	if p != http.ErrAbortHandler {
		s.Log.LogAttrs(context.Background(), slog.LevelError, "panic",
			slog.String("panic", cutTo(fmt.Sprint(p), loggedPanic)),
			slog.String("path", printable(r.RequestURI, loggedPath)),
			slog.String("id", x.id),
			slog.String("stack", cutTo(string(debug.Stack()), loggedStack)))
	}
	if p == http.ErrAbortHandler || x.status != 0 {
		x.aborted = true
		panic(http.ErrAbortHandler)
	}
	for _, name := range []string{"Content-Type", "Content-Length", "Content-Encoding", "Content-Disposition", "Trailer", "Link"} {
		x.Header().Del(name)
	}
	s.Fail(x, r, http.StatusInternalServerError, "internal error; it has been logged under the request id "+x.id)
}

func cutTo(text string, n int) string { return text[:min(n, len(text))] }
