package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"baogao"
)

// problemType is the media type of an error.
const problemType = "application/problem+json"

// Problem is the body of an error, as RFC 9457 has it.
type Problem struct {
	Type     string `json:"type"` // always about:blank: the status says what it is
	Title    string `json:"title"`
	Status   int    `json:"status"`
	Detail   string `json:"detail"`
	Instance string `json:"instance"` // the path that was asked for
}

// Fail answers a request with a problem. The detail says what to do.
func Fail(w http.ResponseWriter, r *http.Request, status int, detail string) {
	b, err := json.Marshal(Problem{
		Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: detail, Instance: r.URL.EscapedPath(),
	})
	if err != nil {
		panic(err) // strings and a number: it cannot fail
	}
	h := w.Header()
	if status == http.StatusMethodNotAllowed && h.Get("Allow") == "" {
		h.Set("Allow", "GET, HEAD")
	}
	h.Set("Content-Type", problemType)
	h.Set("Content-Length", strconv.Itoa(len(b)+1))
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	w.Write(append(b, '\n'))
}

// loggedQuery is how much of the query of a request that failed is logged, in
// bytes.
const loggedQuery = 300

// fail answers with the problem of an error. Only what is not the client's
// fault is logged, and its cause stays in the log.
func (a *API) fail(w http.ResponseWriter, r *http.Request, err error) {
	status, detail := explain(err)
	if status >= http.StatusInternalServerError && !errors.Is(err, baogao.ErrNoIndex) && !errors.Is(err, context.Canceled) {
		a.options.Log.ErrorContext(r.Context(), "request failed", "path", r.URL.Path, "query", r.URL.RawQuery[:min(len(r.URL.RawQuery), loggedQuery)], "err", err)
	}
	Fail(w, r, status, detail)
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
	case errors.Is(err, baogao.ErrStale):
		return http.StatusGone, "the index has changed since this cursor was given; begin again without it"
	case errors.Is(err, baogao.ErrNoIndex):
		return http.StatusServiceUnavailable, "the index is not built yet; build it with: index build PATH"
	case errors.Is(err, baogao.ErrFormat):
		return http.StatusServiceUnavailable, "the index was built by another version of the program; rebuild it with: index build PATH"
	case errors.Is(err, baogao.ErrDamaged):
		return http.StatusServiceUnavailable, "the index is damaged; see what is with: index verify"
	case errors.Is(err, baogao.ErrNoFigures):
		return http.StatusNotImplemented, "figures are not yet told over a cluster; the index folder tells them"
	case errors.Is(err, baogao.ErrUnavailable):
		return http.StatusServiceUnavailable, "the cluster that holds the index does not answer; ask again in a while"
	case errors.Is(err, context.DeadlineExceeded):
		return http.StatusServiceUnavailable, "the question took too long; ask for fewer or rarer words"
	case errors.Is(err, context.Canceled):
		return http.StatusServiceUnavailable, "the service is stopping; ask again"
	}
	return http.StatusInternalServerError, "internal error; it has been logged"
}
