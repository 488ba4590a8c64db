package service

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"baogao"
	"baogao/internal/fault"
)

var errStopping = errors.New("the server is stopping")

// index is the index in use.
type index struct {
	Options
	searcher baogao.Searcher
}

// stats says what the index holds; an error means that questions cannot be
// answered, or not for long.
func (x *index) stats(ctx context.Context) (*baogao.Stats, error) {
	ctx, cancel := context.WithTimeout(ctx, x.Timeout)
	defer cancel()
	select {
	case <-x.Stopping:
		return nil, errStopping
	default:
		return x.searcher.Stats(ctx)
	}
}

// health answers GET /healthz: the process runs.
func health(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, map[string]string{"status": "ok"})
}

// ready answers GET /readyz: questions can be answered.
func (x *index) ready(w http.ResponseWriter, r *http.Request) {
	stats, err := x.stats(r.Context())
	if err != nil {
		x.Fail(w, r, http.StatusServiceUnavailable, unready(err))
		return
	}
	writeJSON(w, struct {
		Status     string `json:"status"`
		Generation string `json:"generation"`
		Reports    int    `json:"reports"`
		Passages   int    `json:"passages"`
	}{"ready", stats.Generation, stats.Reports, stats.Passages})
}

// unready says why questions cannot be answered, and keeps paths and causes
// to itself.
func unready(err error) string {
	if errors.Is(err, errStopping) {
		return "the service is stopping; ask another one"
	}
	if f := fault.Of(err); f.Status == http.StatusServiceUnavailable {
		return f.Says
	}
	return "the index cannot be read; see what is with: index verify"
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	json.NewEncoder(w).Encode(v) // the client may be gone, and nobody else is told
}
