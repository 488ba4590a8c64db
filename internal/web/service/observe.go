package service

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// loggedPath is how much of a path and its query is logged, in bytes.
const loggedPath = 300

// maxID is the length of the longest request id that is taken from a client.
const maxID = 64

// statusGone stands in the log and the metrics for a request whose client
// went away before there was an answer.
const statusGone = 499

// retrySeconds is when a client may ask again that nobody has told when. A
// header Retry-After without values keeps it to itself.
const retrySeconds = 5

// exchange is a ResponseWriter that remembers what was sent, and what is known
// of the request it answers.
type exchange struct {
	http.ResponseWriter
	own     http.Handler // the one of this package that answers it; nil for all else
	spared  bool         // of the limit on work: the index is not asked
	id      string
	client  netip.Addr
	route   string
	begun   time.Time
	head    bool // the request is a HEAD: the body is not sent
	status  int  // 0 until the answer begins
	bytes   int64
	aborted bool
}

// WriteHeader begins the answer. An error is nothing to keep: it leaves
// without the marks of an answer that may be asked for again.
func (x *exchange) WriteHeader(status int) {
	if status >= 200 && x.status == 0 {
		x.status = status
		if status >= http.StatusBadRequest {
			x.Header().Del("ETag")
			x.Header().Set("Cache-Control", "no-store")
		}
		if _, told := x.Header()["Retry-After"]; status == http.StatusServiceUnavailable && !told {
			x.Header().Set("Retry-After", strconv.Itoa(retrySeconds))
		}
	}
	x.ResponseWriter.WriteHeader(status)
}

func (x *exchange) Write(b []byte) (int, error) {
	if x.status == 0 {
		x.WriteHeader(http.StatusOK)
	}
	n, err := x.ResponseWriter.Write(b)
	if !x.head {
		x.bytes += int64(n)
	}
	return n, err
}

// Flush sends what was written. It begins the answer.
func (x *exchange) Flush() {
	if x.status == 0 {
		x.WriteHeader(http.StatusOK)
	}
	_ = http.NewResponseController(x.ResponseWriter).Flush() // what keeps nothing back needs none
}

// Unwrap lets a ResponseController reach the connection.
func (x *exchange) Unwrap() http.ResponseWriter { return x.ResponseWriter }

// begin takes note of a request and names it.
func (s *service) begin(w http.ResponseWriter, r *http.Request) *exchange {
	x := &exchange{
		ResponseWriter: w, own: s.own[r.URL.Path], id: requestID(r), client: clientOf(r, s.TrustedProxies), route: r.URL.Path,
		begun: time.Now(), head: r.Method == http.MethodHead,
	}
	if x.own == nil {
		x.route = s.Route(r)
	}
	x.spared = x.own != nil || s.Static != "" && strings.HasPrefix(r.URL.Path, s.Static)
	x.Header().Set("X-Request-Id", x.id)
	s.metrics.inFlight.Inc()
	return x
}

// end accounts for a request that has been answered or given up.
func (s *service) end(x *exchange, r *http.Request) {
	status := x.status
	switch {
	case status == 0 && x.aborted:
		status = statusGone
	case status == http.StatusServiceUnavailable && r.Context().Err() != nil:
		status, x.aborted = statusGone, true // it was the client who gave up
	case status == 0:
		status = http.StatusOK // what net/http makes of an answer of nothing
	}
	took := time.Since(x.begun)
	s.metrics.inFlight.Dec()
	s.metrics.count(x.route, r.Method, status, took)
	level := slog.LevelInfo
	if x.own != nil {
		level = slog.LevelDebug
	}
	attrs := []slog.Attr{
		slog.String("method", printable(r.Method, maxID)),
		slog.String("path", printable(r.RequestURI, loggedPath)),
		slog.Int("status", status),
		slog.Int64("bytes", x.bytes),
		slog.Float64("ms", float64(took.Microseconds())/1000),
		slog.String("client", addrText(x.client)),
		slog.String("id", x.id),
	}
	if x.aborted {
		attrs = append(attrs, slog.Bool("aborted", true))
	}
	s.Log.LogAttrs(context.Background(), level, "request", attrs...) // the id is among them
}

// printable cuts text of a client to n bytes and takes from it what could
// forge a log line or steer a terminal.
func printable(text string, n int) string {
	cut := text[:min(n, len(text))]
	for len(cut) < len(text) && len(cut) > 0 && !utf8.RuneStart(text[len(cut)]) {
		cut = cut[:len(cut)-1]
	}
	kept := strings.Map(func(r rune) rune {
		if !unicode.IsGraphic(r) {
			return utf8.RuneError
		}
		return r
	}, cut)
	if len(cut) < len(text) {
		kept += "…"
	}
	return kept
}

// requestID returns the id a client gives its request, if it can be trusted
// in a header and a log line, or else a new one.
func requestID(r *http.Request) string {
	if id := r.Header.Get("X-Request-Id"); isID(id) {
		return id
	}
	return rand.Text()
}

func isID(id string) bool {
	if id == "" || len(id) > maxID {
		return false
	}
	return !strings.ContainsFunc(id, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '_' || r == '-')
	})
}
