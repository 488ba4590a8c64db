package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"baogao/internal/fault"
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

// fail answers with the problem of an error. What who runs the program is to know of is
// logged, and its cause stays in the log.
func (a *API) fail(w http.ResponseWriter, r *http.Request, err error) {
	var param *paramError
	if errors.As(err, &param) {
		Fail(w, r, http.StatusBadRequest, param.Error())
		return
	}
	f := fault.Of(err)
	if f.Logged {
		a.options.Log.ErrorContext(r.Context(), "request failed", "path", r.URL.Path, "query", r.URL.RawQuery[:min(len(r.URL.RawQuery), loggedQuery)], "err", err)
	}
	Fail(w, r, f.Status, f.Says)
}
