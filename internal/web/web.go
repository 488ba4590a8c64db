// Package web answers over HTTP what a Searcher answers in the program: the
// same results as JSON, errors as RFC 9457 problems.
package web

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"baogao"
	"baogao/query"
)

// MaxLimit is the largest number of hits of one answer.
const MaxLimit = 200

// Options of a Server. The zero value works.
type Options struct {
	Resolve baogao.Resolver // answers /api/v1/regions; nil knows no region
	Timeout time.Duration   // for one question; 0 means 10 s
	Log     *slog.Logger    // for what is not the client's fault; nil discards
}

// server holds what the handlers share.
type server struct {
	searcher baogao.Searcher
	options  Options
}

// New returns the handler of the service over a Searcher.
func New(s baogao.Searcher, o Options) http.Handler {
	if o.Timeout == 0 {
		o.Timeout = 10 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	srv := &server{searcher: s, options: o}
	return http.HandlerFunc(srv.serve)
}

// serve finds the handler of a path. Ids are taken as they stand: they may
// hold slashes, even two together, which a ServeMux would redirect.
func (s *server) serve(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	h := map[string]func(*http.Request) (any, error){
		"/api/v1/search": s.search, "/api/v1/regions": s.regions, "/healthz": s.health, "/readyz": s.ready,
	}[path]
	if id, ok := strings.CutPrefix(path, "/api/v1/reports/"); ok {
		h = func(r *http.Request) (any, error) { return s.searcher.Report(r.Context(), id) }
	}
	if id, ok := strings.CutPrefix(path, "/api/v1/passages/"); ok {
		h = func(r *http.Request) (any, error) { return s.searcher.Passage(r.Context(), id) }
	}
	switch {
	case h == nil:
		s.fail(w, r, errPath)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		s.fail(w, r, errMethod)
	default:
		s.handle(w, r, h)
	}
}

// handle turns what a handler returns into a response.
func (s *server) handle(w http.ResponseWriter, r *http.Request, h func(*http.Request) (any, error)) {
	ctx, cancel := context.WithTimeout(r.Context(), s.options.Timeout)
	defer cancel()
	v, err := h(r.WithContext(ctx))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.write(w, http.StatusOK, "application/json; charset=utf-8", v)
}

func (s *server) write(w http.ResponseWriter, status int, contentType string, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		s.options.Log.Error("response", "err", err)
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Length", strconv.Itoa(len(b)+1))
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	w.Write(append(b, '\n'))
}

// filters are the parameters that may be given several times.
var filters = []string{"region", "level", "year", "kind"}

// params reads the parameters of a request. A name that is not known is an
// error: a misspelt filter would else give counts that look filtered.
func params(r *http.Request, known ...string) (url.Values, error) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, &paramError{"list", "cannot be read (" + err.Error() + "): percent-encode it"}
	}
	for name, all := range values {
		if !slices.Contains(known, name) {
			return nil, &paramError{strconv.Quote(name), "does not exist here; there are " + strings.Join(known, ", ")}
		}
		if len(all) > 1 && !slices.Contains(filters, name) {
			return nil, &paramError{name, "is given " + strconv.Itoa(len(all)) + " times; give it once"}
		}
		if !utf8.ValidString(strings.Join(all, "")) {
			return nil, &paramError{name, "is not UTF-8"}
		}
	}
	return values, nil
}

// search answers GET /api/v1/search.
func (s *server) search(r *http.Request) (any, error) {
	v, err := params(r, "q", "region", "level", "year", "kind", "sort", "offset", "limit", "exact", "all_copies")
	if err != nil {
		return nil, err
	}
	req := baogao.Request{
		Query: query.Parse(v.Get("q")),
		Filter: baogao.Filter{
			Regions: nonEmpty(v["region"]), Levels: nonEmpty(v["level"]), Kinds: nonEmpty(v["kind"]),
		},
		Sort: baogao.Sort(v.Get("sort")),
	}
	for _, y := range nonEmpty(v["year"]) {
		years, err := query.ParseYears(y)
		if err != nil {
			return nil, &paramError{"year", err.Error()}
		}
		req.Filter.Years = append(req.Filter.Years, years)
	}
	if req.Offset, err = number(v.Get("offset"), "offset", 0, 0, 1<<31-1); err != nil {
		return nil, err
	}
	if req.Limit, err = number(v.Get("limit"), "limit", baogao.DefaultLimit, 0, MaxLimit); err != nil {
		return nil, err
	}
	if req.Limit == 0 {
		req.Limit = -1
	}
	if req.Exact, err = truth(v.Get("exact"), "exact"); err != nil {
		return nil, err
	}
	if req.Copies, err = truth(v.Get("all_copies"), "all_copies"); err != nil {
		return nil, err
	}
	return s.searcher.Search(r.Context(), req)
}

func nonEmpty(values []string) []string {
	var kept []string
	for _, v := range values {
		if v != "" {
			kept = append(kept, v)
		}
	}
	return kept
}

func truth(s, name string) (bool, error) {
	if s == "" {
		return false, nil
	}
	b, err := strconv.ParseBool(s)
	if err != nil {
		return false, &paramError{name, "is neither true nor false"}
	}
	return b, nil
}

func number(s, name string, unset, lowest, highest int) (int, error) {
	if s == "" {
		return unset, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < lowest || n > highest {
		return 0, &paramError{name, "is no whole number from " + strconv.Itoa(lowest) + " to " + strconv.Itoa(highest)}
	}
	return n, nil
}

// regions answers GET /api/v1/regions with the divisions a name may mean.
func (s *server) regions(r *http.Request) (any, error) {
	v, err := params(r, "q")
	if err != nil {
		return nil, err
	}
	q := v.Get("q")
	if q == "" {
		return nil, &paramError{"q", "is missing: give the name or the code of a region"}
	}
	found := []baogao.Region{}
	if s.options.Resolve != nil {
		found = append(found, s.options.Resolve(q)...)
	}
	return map[string]any{"query": q, "regions": found}, nil
}

// health answers GET /healthz: the process runs.
func (s *server) health(*http.Request) (any, error) {
	return map[string]string{"status": "ok"}, nil
}

// ready answers GET /readyz: questions can be answered.
func (s *server) ready(r *http.Request) (any, error) {
	stats, err := s.searcher.Stats(r.Context())
	if err != nil {
		return nil, err
	}
	return map[string]any{
		"status": "ready", "generation": stats.Generation, "reports": stats.Reports, "passages": stats.Passages,
	}, nil
}

var (
	errMethod = errors.New("method not allowed")
	errPath   = errors.New("no such path")
)

// paramError is a parameter of a request that cannot be used.
type paramError struct{ name, reason string }

func (e *paramError) Error() string { return "parameter " + e.name + " " + e.reason }
