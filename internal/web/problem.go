package web

import (
	"context"
	"errors"
	"net/http"

	"baogao"
)

// problem is the body of an error, an RFC 9457 problem.
type problem struct {
	Type     string `json:"type"`
	Title    string `json:"title"`
	Status   int    `json:"status"`
	Detail   string `json:"detail"`
	Instance string `json:"instance"`
}

// loggedQuery is how much of the query of a request that failed is logged, in
// bytes.
const loggedQuery = 300

// fail answers a request with its error. Only what is not the client's fault
// is logged, and its cause stays in the log.
func (s *server) fail(w http.ResponseWriter, r *http.Request, err error) {
	status, detail := explain(err)
	if status >= http.StatusInternalServerError && !errors.Is(err, baogao.ErrNoIndex) && !errors.Is(err, context.Canceled) {
		s.options.Log.Error("request failed", "path", r.URL.Path, "query", r.URL.RawQuery[:min(len(r.URL.RawQuery), loggedQuery)], "err", err)
	}
	if status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", "GET, HEAD")
	}
	s.write(w, status, "application/problem+json", problem{
		Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: detail, Instance: r.URL.Path,
	})
}

// explain turns an error into a status and words for the client.
func explain(err error) (status int, detail string) {
	var param *paramError
	switch {
	case errors.As(err, &param):
		return http.StatusBadRequest, param.Error()
	case errors.Is(err, baogao.ErrRequest):
		return http.StatusBadRequest, err.Error()
	case errors.Is(err, baogao.ErrNotFound):
		return http.StatusNotFound, err.Error() + "; ids are given by /api/v1/search"
	case errors.Is(err, errPath):
		return http.StatusNotFound, "there is nothing here; the search is at /api/v1/search?q="
	case errors.Is(err, errMethod):
		return http.StatusMethodNotAllowed, "this service only reads; use GET"
	case errors.Is(err, baogao.ErrNoIndex):
		return http.StatusServiceUnavailable, "the index is not built yet; build it with: index build PATH"
	case errors.Is(err, baogao.ErrFormat):
		return http.StatusServiceUnavailable, "the index was built by another version of the program; rebuild it with: index build PATH"
	case errors.Is(err, baogao.ErrDamaged):
		return http.StatusServiceUnavailable, "the index is damaged; see what is with: index verify"
	case errors.Is(err, context.DeadlineExceeded):
		return http.StatusServiceUnavailable, "the question took too long; ask for fewer or rarer words"
	case errors.Is(err, context.Canceled):
		return http.StatusServiceUnavailable, "the service is stopping; ask again"
	}
	return http.StatusInternalServerError, "internal error; it has been logged"
}
