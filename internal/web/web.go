// Package web is the service over any Searcher: the pages people read, the API
// that programs ask, and what an operator needs around them.
package web

import (
	"net/http"
	"strings"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/mcp"
	"baogao/internal/web/address"
	"baogao/internal/web/api"
	"baogao/internal/web/pages"
	"baogao/internal/web/service"
)

// Options of New. The zero value works.
type Options struct {
	Version string          // of the program
	Aliases *ask.Aliases    // other names of words, asked for with them
	Keys    string          // checksum of the table of keys in front of that of the program; "" is none
	Pages   string          // address under which clients of the tools reach the pages, as http://127.0.0.1:8080
	Service service.Options // Fail, Route, Stream, Posted, Static, Version and Edition are set by New
}

// New returns the handler of the service over a Searcher.
func New(s baogao.Searcher, o Options) http.Handler {
	interfaces := api.New(s, api.Options{Log: o.Service.Log, Version: o.Version})
	shown := pages.New(s, pages.Options{Version: o.Version, API: described(interfaces.Operations()), Log: o.Service.Log})
	o.Service.Version, o.Service.Static = o.Version, pages.StaticPrefix
	o.Service.Route, o.Service.Stream, o.Service.Posted = route, isExport, isMCP
	o.Service.Edition = func(r *http.Request) string {
		if speaksJSON(r.URL.Path) && !isDated(r.URL.Path) {
			return o.Aliases.Sum() + o.Keys
		}
		return shown.Today() + o.Aliases.Sum() + o.Keys // the day stands in citations
	}
	o.Service.Fail = func(w http.ResponseWriter, r *http.Request, status int, detail string) {
		if speaksJSON(r.URL.Path) {
			api.Fail(w, r, status, detail)
		} else {
			shown.Fail(w, r, status)
		}
	}
	models := mcp.Handler(s, mcp.Options{Version: o.Version, Pages: o.Pages, Log: o.Service.Log, Proxied: len(o.Service.TrustedProxies) > 0})
	return service.New(s, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = r.WithContext(ask.WithAliases(r.Context(), o.Aliases))
		switch {
		case isMCP(r):
			models.ServeHTTP(w, r)
		case speaksJSON(r.URL.Path):
			interfaces.ServeHTTP(w, r)
		default:
			shown.ServeHTTP(w, r)
		}
	}), o.Service)
}

// described hands what can be asked of the API to the page on it.
func described(operations []api.Operation) []pages.Operation {
	var all []pages.Operation
	for _, op := range operations {
		one := pages.Operation{ID: op.ID, Path: op.Path, Statuses: op.Statuses}
		for _, p := range op.Parameters {
			one.Parameters = append(one.Parameters, pages.Parameter(p))
		}
		all = append(all, one)
	}
	return all
}

// speaksJSON reports whether errors under a path are told as problems.
func speaksJSON(path string) bool {
	return strings.HasPrefix(path, "/api/") || path == api.DocumentPath || path == mcp.Path || path == "/readyz" || path == "/healthz"
}

// isMCP reports whether a request is for the tools of language models.
func isMCP(r *http.Request) bool { return r.URL.Path == mcp.Path }

// isDated reports whether answers under a path of the API have citations, which
// bear the date.
func isDated(path string) bool {
	return path == "/api/v1/cite" || path == "/api/v1/export" || path == "/api/v1/targets"
}

// isExport reports whether a request is for a file of any length.
func isExport(r *http.Request) bool {
	return r.URL.Path == "/export" || r.URL.Path == "/api/v1/export" || address.PathOf(r.URL.Path) == "/figures" && r.URL.Query().Has("format")
}

// routes are the paths by which requests are counted. One that ends in a slash
// stands for all that begin with it.
var routes = []string{
	"/api/v1/search", "/api/v1/reports/", "/api/v1/passages/", "/api/v1/regions", "/api/v1/stats", "/api/v1/trend", "/api/v1/panel", "/api/v1/figures", "/api/v1/indicator", "/api/v1/targets", "/api/v1/export", "/api/v1/cite", api.DocumentPath, mcp.Path,
	"/search", "/figures", "/indicator", "/trend", "/map", "/panel", "/targets", "/reports/", "/corpus", "/context", "/export", "/cite", "/help", "/api", pages.StaticPrefix,
}

func route(r *http.Request) string {
	if r.URL.Path == "/" {
		return "/"
	}
	path := address.PathOf(r.URL.Path)
	for _, known := range routes {
		if path == known || strings.HasSuffix(known, "/") && strings.HasPrefix(path, known) {
			return known
		}
	}
	return "other"
}
