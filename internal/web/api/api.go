// Package api answers over HTTP what a Searcher answers in the program: the
// same results as JSON, whole results as files, errors as RFC 9457 problems.
// It describes itself in OpenAPI 3.1.
package api

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"baogao"
)

// DocumentPath is where the description of the interface is served.
const DocumentPath = "/openapi.json"

// Options of an API. The zero value works.
type Options struct {
	Resolve baogao.Resolver // answers /api/v1/regions; nil knows no region
	Log     *slog.Logger    // for what is not the client's fault; nil discards
	Version string          // of the program, for the description; "" is unversioned
}

// An API is the handler of /api/v1/ and of its description.
type API struct {
	searcher baogao.Searcher
	options  Options
	routes   routes
	huma     huma.API
}

// New returns the interface over a Searcher.
func New(s baogao.Searcher, o Options) *API {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	a := &API{searcher: s, options: o}
	a.huma = humago.New(&a.routes, huma.Config{
		OpenAPI:       newDocument(o.Version),
		Formats:       map[string]huma.Format{jsonType: {Marshal: marshal}, problemType: {Marshal: marshal}},
		DefaultFormat: jsonType,
	})
	add(a, searchOperation, a.search)
	add(a, reportOperation, a.report)
	add(a, passageOperation, a.passage)
	add(a, regionsOperation, a.regions)
	add(a, statsOperation, a.stats)
	addExport(a)
	finish(a.OpenAPI().Components.Schemas)
	a.serveDocument()
	return a
}

// OpenAPI returns the description of the interface. It is not to be changed.
func (a *API) OpenAPI() *huma.OpenAPI { return a.huma.OpenAPI() }

// ServeHTTP answers a request.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.routes.ServeHTTP(w, r) }

// serveDocument serves the description from memory, as it is now.
func (a *API) serveDocument() {
	document, err := json.Marshal(a.OpenAPI())
	if err != nil {
		panic("the description of the interface: " + err.Error()) // it is the same in every run
	}
	a.routes.HandleFunc("GET "+DocumentPath, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", jsonType)
		w.Write(document)
	})
}

// jsonType is the media type of every answer that is neither a file nor a
// problem.
const jsonType = "application/json"

// marshal writes a body in one piece, so that a value that cannot be written
// leaves nothing behind. That the client went away is no error of ours.
func marshal(w io.Writer, v any) error {
	b, err := json.Marshal(v)
	if err == nil {
		w.Write(append(b, '\n'))
	}
	return err
}

// request is the input of every operation. huma reads no parameters: the
// contract is stricter, and read keeps it.
type request struct{ http *http.Request }

// Resolve is called by huma before an operation.
func (q *request) Resolve(ctx huma.Context) []error {
	q.http, _ = humago.Unwrap(ctx)
	return nil
}

// answer is the output of an operation that is not a file.
type answer[T any] struct {
	ContentType  string   `header:"Content-Type" hidden:"true"`
	Link         string   `header:"Link" hidden:"true"`
	ServerTiming []string `header:"Server-Timing" hidden:"true"`
	Body         T
}

// add registers an operation whose answer is JSON.
func add[T any](a *API, op operation, h func(context.Context, *http.Request, url.Values) (*answer[T], error)) {
	op.body = schemaOf[T](a)
	huma.Register(a.huma, op.describe(a), func(ctx context.Context, q *request) (*answer[T], error) {
		values, err := read(q.http.URL.RawQuery, op.params)
		if err != nil {
			return nil, a.problem(q.http, err)
		}
		out, err := h(ctx, q.http, values)
		if err != nil {
			return nil, a.problem(q.http, err)
		}
		out.ContentType = jsonType + "; charset=utf-8"
		return out, nil
	})
}

func schemaOf[T any](a *API) *huma.Schema {
	return a.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[T](), true, "")
}
