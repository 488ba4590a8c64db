// Package api answers over HTTP what a Searcher answers in the program: the
// same results as JSON, whole results as files, errors as RFC 9457 problems.
// Its contract is openapi.yaml.
package api

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/url"

	"baogao"
)

// Options of an API. The zero value works.
type Options struct {
	Log     *slog.Logger // for what is not the client's fault; nil discards
	Version string       // of the program, for the description; "" is unversioned
}

// An API is the handler of /api/v1/ and of its description.
type API struct {
	searcher   baogao.Searcher
	options    Options
	operations []Operation
	routes     routes
}

// New returns the interface over a Searcher.
func New(s baogao.Searcher, o Options) *API {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	a := &API{searcher: s, options: o, operations: operations(), routes: routes{}}
	handlers := map[string]handler{
		"search": a.search, "report": a.report, "passage": a.passage, "regions": a.regions, "stats": a.stats, "export": a.export,
		"cite": a.cite, "trend": trend(s), "panel": panel(s), "figures": figures(s), "indicator": indicator(s), "targets": targets(s),
	}
	for _, op := range a.operations {
		a.routes.add(op.Path, a.serve(op, handlers[op.ID]))
	}
	described := document(o.Version)
	a.routes.add(DocumentPath, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Write(described)
	})
	return a
}

// Operations returns what can be asked, by path. It is not to be changed.
func (a *API) Operations() []Operation { return a.operations }

// ServeHTTP answers a request.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.routes.ServeHTTP(w, r) }

// A handler answers a request whose parameters have been read. When it returns
// an error it has written nothing.
type handler func(w http.ResponseWriter, r *http.Request, v url.Values) error

// serve lets h answer an operation, and turns errors into problems.
func (a *API) serve(op Operation, h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v, err := read(r.URL.RawQuery, op.Parameters)
		if err == nil {
			err = h(w, r, v)
		}
		if err != nil {
			a.fail(w, r, err)
		}
	}
}

// write answers with a value as JSON, in one piece, so that one that cannot be
// written leaves nothing behind. That the client went away is no error of ours.
func write(w http.ResponseWriter, v any) error {
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(v); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Write(b.Bytes())
	return nil
}
