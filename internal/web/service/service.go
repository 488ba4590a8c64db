// Package service makes a handler over an index fit for an operator. It adds
// request ids, an access log, metrics, health checks, limits on rate, work,
// time and size, conditional requests, compression, headers that confine
// pages, access from other origins and a token, and it turns panics into
// answers. What is answered is the handler's own.
package service

import (
	"cmp"
	"compress/gzip"
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"

	"baogao"
)

// Options of New. The zero value works: it limits work and time, but not the
// rate of a client.
type Options struct {
	// Fail writes an error in the form that the client reads. The detail is
	// meant for the client and ends with the next step. Nil writes plain text.
	Fail func(w http.ResponseWriter, r *http.Request, status int, detail string)
	// Route names the route of a request for the metrics, out of a bounded
	// set; nil calls every one other. The paths of this package name their own.
	Route func(*http.Request) string
	// Stream tells requests whose answer is written while it is computed;
	// nil means there are none.
	Stream func(*http.Request) bool
	// Posted tells requests that are sent by POST with a body, and whose answers are
	// not kept; nil means there are none. They need the token.
	Posted func(*http.Request) bool
	// Static is the prefix of the paths that answer from the binary and not
	// from the index. They are spared the limit on work, and have one on rate
	// of their own, filesOfPage times as high: what is left of it does not
	// depend on what else was asked for, so that a page that was let in, or
	// that says why one was not, has its files. "" means there are none.
	Static string
	// Version changes when the same index would be answered from differently:
	// every ETag is made of it too.
	Version string
	// Edition changes when answers do though neither the index nor the
	// version has; nil never does.
	Edition func(*http.Request) string
	Log     *slog.Logger // nil discards

	// Stopping is closed when the server begins to stop: it is not ready from
	// then on. Nil never is.
	Stopping <-chan struct{}

	// Rate is how many requests a second one client may send, but for files
	// under Static; 0 means without limit. Where there is one, a client also has at most half of Concurrent.
	Rate           float64
	Burst          int            // requests of one client at once; 0 means four times Rate
	TrustedProxies []netip.Prefix // proxies whose X-Forwarded-For is believed

	// Concurrent is how many requests are worked on at once; 0 means four for
	// each processor. A request gives its turn back when its answer begins, so
	// that a client that reads slowly holds up nobody.
	Concurrent    int
	Queue         int           // requests that wait for their turn; 0 means 1024
	QueueWait     time.Duration // the longest they wait; 0 means 5 s
	Streams       int           // streams at once; 0 means 4
	ClientStreams int           // streams of one client at once; 0 means 2
	Timeout       time.Duration // for a request that is no stream, from its turn on; 0 means 10 s
	StreamTimeout time.Duration // for a stream; 0 means 30 min
	StreamStall   time.Duration // for one write of a stream; 0 means 30 s

	Origins []string // origins whose pages may ask the API; empty means none, * any
	Token   string   // what requests to the API must bear; "" means they need nothing
}

func (o Options) withDefaults() Options {
	if o.Fail == nil {
		o.Fail = failPlain
	}
	if o.Route == nil {
		o.Route = func(*http.Request) string { return other }
	}
	if o.Stream == nil {
		o.Stream = func(*http.Request) bool { return false }
	}
	if o.Posted == nil {
		o.Posted = func(*http.Request) bool { return false }
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	o.Burst = cmp.Or(o.Burst, int(4*o.Rate), 1)
	o.Concurrent = cmp.Or(o.Concurrent, 4*runtime.GOMAXPROCS(0))
	o.Queue = cmp.Or(o.Queue, 1024)
	o.QueueWait = cmp.Or(o.QueueWait, 5*time.Second)
	o.Streams = cmp.Or(o.Streams, 4)
	o.Timeout = cmp.Or(o.Timeout, 10*time.Second)
	if o.Edition == nil {
		o.Edition = func(*http.Request) string { return "" }
	}
	o.ClientStreams = cmp.Or(o.ClientStreams, 2)
	o.StreamTimeout = cmp.Or(o.StreamTimeout, 30*time.Minute)
	o.StreamStall = cmp.Or(o.StreamStall, 30*time.Second)
	return o
}

// terms are what all parts of a service go by.
type terms struct {
	Options
	next    http.Handler // who answers what may be answered
	metrics *metrics
}

// service watches over requests, and lets in those that are to be answered.
type service struct {
	*terms
	own     map[string]http.Handler // by path
	index   *index
	guard   *guard
	streams *streams
	shares  *shares
	// compressed is answer for those who are far: to a client on this machine an
	// answer comes sooner than it can be compressed and inflated.
	compressed http.Handler
}

// New returns a handler that lets next answer what may be answered, and
// answers /healthz, /readyz and /metrics itself.
func New(s baogao.Searcher, next http.Handler, o Options) http.Handler {
	o = o.withDefaults()
	x := &index{o, s}
	t := &terms{o, next, newMetrics(x)}
	srv := &service{
		terms: t, index: x,
		own: map[string]http.Handler{
			"/healthz": http.HandlerFunc(health),
			"/readyz":  http.HandlerFunc(x.ready),
			"/metrics": t.metrics.handler(o.Log),
		},
		guard:   newGuard(t),
		streams: &streams{terms: t, of: map[netip.Prefix]int{}},
		shares:  newShares(t),
	}
	// Many an answer takes less time to find than to make small: at its fastest,
	// gzip takes two thirds of the time that it takes else, and a tenth more bytes.
	compress, err := gzhttp.NewWrapper(gzhttp.EnableZstd(false), gzhttp.CompressionLevel(gzip.BestSpeed))
	if err != nil {
		panic(err) // the options are ours and constant
	}
	srv.compressed = compress(http.HandlerFunc(srv.answer))
	return srv
}

// ServeHTTP answers a request, watches over it and accounts for it.
func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x := s.begin(w, r)
	r = r.WithContext(context.WithValue(r.Context(), exchangeKey{}, x))
	defer s.end(x, r)
	defer s.rescue(x, r)
	s.guard.confine(x, r)
	switch {
	case s.guard.refuses(x, r), s.index.unchanged(x, r):
	case isLocal(r):
		x.Header().Add("Vary", "Accept-Encoding")
		s.answer(x, r)
	default:
		s.compressed.ServeHTTP(x, r)
	}
}

// answer finds who answers a request that was let in.
func (s *service) answer(w http.ResponseWriter, r *http.Request) {
	x := exchangeOf(r.Context())
	switch {
	case x.own != nil:
		w.Header().Set("Cache-Control", "no-store")
		x.own.ServeHTTP(w, r)
	case x.spared:
		s.next.ServeHTTP(w, r)
	case s.Stream(r):
		s.streams.ServeHTTP(w, r)
	default:
		s.shares.ServeHTTP(w, r)
	}
}

// isAPI tells the paths that need the token, and that other origins may ask.
func isAPI(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/api/") }
