package api

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
)

// newDocument begins the description of the interface.
func newDocument(version string) *huma.OpenAPI {
	return &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info: &huma.Info{
			Title:   "baogao",
			Version: cmp.Or(version, "unversioned"),
			Description: "Full-text search over the reports of Chinese local governments. It only reads. " +
				"Errors are RFC 9457 problems whose `detail` says what to do; a parameter that does not exist is an error. " +
				"Answers may get more fields; the ones described here stay.",
		},
		Components: &huma.Components{
			Schemas: newRegistry(),
			SecuritySchemes: map[string]*huma.SecurityScheme{
				"bearer": {Type: "http", Scheme: "bearer", Description: "The token of the service, where its operator has set one."},
			},
		},
		Security: []map[string][]string{{}, {"bearer": {}}},
	}
}

// operation says of an operation what stands in the description.
type operation struct {
	id, path             string
	summary, description string
	params               []param
	idExample            string       // of an id in the path
	pages                bool         // the answer may be one of several pages
	body                 *huma.Schema // of the answer; nil is a file
}

// describe makes of an operation what huma registers.
func (op operation) describe(a *API) huma.Operation {
	described := huma.Operation{
		OperationID: op.id, Method: http.MethodGet, Path: op.path, Summary: op.summary, Description: op.description,
		Responses: map[string]*huma.Response{"200": op.success()},
	}
	if op.idExample != "" {
		described.Parameters = append(described.Parameters, &huma.Param{
			Name: "id", In: "path", Required: true, Schema: &text, Example: op.idExample,
			Description: "The id, as answers of search give it. Write # as %23; slashes may stand or be written %2F.",
		})
	}
	for _, p := range op.params {
		described.Parameters = append(described.Parameters, p.describe())
	}
	problem := schemaOf[Problem](a)
	for _, s := range statuses {
		if s.holds == nil || s.holds(op) {
			described.Responses[strconv.Itoa(s.status)] = s.describe(problem)
		}
	}
	return described
}

// takesID reports whether an operation is asked by the id of a report or a
// passage.
func (op operation) takesID() bool {
	return op.idExample != "" || slices.ContainsFunc(op.params, func(p param) bool { return p.name == "report" })
}

func (p param) describe() *huma.Param {
	described := &huma.Param{
		Name: p.name, In: "query", Description: p.description, Required: p.required, Example: p.example, Schema: &p.schema,
		AllowEmptyValue: !p.required && !p.many, // of a list, an empty string is a value already
	}
	if p.many {
		described.Explode = new(true)
		described.Schema = &huma.Schema{Type: huma.TypeArray, Items: &p.schema, MaxItems: new(maxValues)}
	}
	return described
}

// success describes the status 200.
func (op operation) success() *huma.Response {
	names := []string{"ETag", "X-Request-Id"}
	content := map[string]*huma.MediaType{jsonType: {Schema: op.body}}
	switch {
	case op.body == nil:
		names = append(names, "Content-Disposition")
		content = map[string]*huma.MediaType{"text/csv": {Schema: &text}, "application/x-ndjson": {Schema: &text}}
	case op.pages:
		names = append(names, "Link", "Server-Timing")
	}
	return &huma.Response{Description: "What was asked for.", Headers: headers(names...), Content: content}
}

// responseHeaders are the headers of answers, by name.
var responseHeaders = map[string]string{
	"Allow":               "The methods that are answered.",
	"Content-Disposition": "The name of the file: baogao.csv or baogao.jsonl, and one with the question in it.",
	"ETag":                "Changes with the index and with the program.",
	"Link":                `The next page, rel="next", as a relative reference; absent on the last.`,
	"Retry-After":         "Seconds to wait before asking again.",
	"Server-Timing":       "search;dur= is how long the search took, in milliseconds.",
	"WWW-Authenticate":    "Bearer.",
	"X-Request-Id":        "Names the request in the log of the service.",
}

func headers(names ...string) map[string]*huma.Param {
	described := map[string]*huma.Param{}
	for _, n := range names {
		described[n] = &huma.Header{Description: responseHeaders[n], Schema: &text}
	}
	return described
}

// status is a status that an operation can answer besides 200.
type status struct {
	status      int
	description string
	headers     []string
	holds       func(operation) bool // whether an operation can answer it; nil: all can
}

var statuses = []status{
	{status: 304, description: "Nothing has changed since the answer that If-None-Match names.", headers: []string{"ETag"}},
	{status: 400, description: "A parameter cannot be used or does not exist."},
	{status: 401, description: "The service wants its token.", headers: []string{"WWW-Authenticate"}},
	{status: 404, description: "Nothing has this id.", holds: operation.takesID},
	{status: 405, description: "The service only reads.", headers: []string{"Allow"}},
	{status: 410, description: "The index has changed since the cursor was given; begin again without it.", holds: func(op operation) bool { return op.pages }},
	{status: 414, description: "The URL is too long."},
	{status: 429, description: "This client asks too often.", headers: []string{"Retry-After"}},
	{status: 431, description: "The headers of the request are too long."},
	{status: 500, description: "A fault of the service, which has been logged."},
	{status: 503, description: "There is no usable index, or the service is stopping or has too much to do. Without Retry-After, the question took too long and would again.", headers: []string{"Retry-After"}},
}

func (s status) describe(problem *huma.Schema) *huma.Response {
	r := &huma.Response{Description: s.description, Headers: headers(append([]string{"X-Request-Id"}, s.headers...)...)}
	switch s.status {
	case http.StatusNotModified:
	case http.StatusRequestHeaderFieldsTooLarge: // comes from below the interface
		r.Content = map[string]*huma.MediaType{"text/plain": {Schema: &text}}
	default:
		r.Content = map[string]*huma.MediaType{problemType: {Schema: problem}}
	}
	return r
}
