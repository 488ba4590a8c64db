package api

import (
	"net/http"
	"strings"
)

// routes are the handlers by path; one that ends in a slash takes an id. Ids
// are taken as they stand: they may hold slashes, even two together, which an
// http.ServeMux would redirect.
type routes map[string]http.HandlerFunc

// add takes a path as the contract has it.
func (m routes) add(path string, h http.HandlerFunc) { m[strings.TrimSuffix(path, "{id}")] = h }

// find returns the handler of a path, nil if there is none, and the id that
// the path ends in.
func (m routes) find(path string) (h http.HandlerFunc, id string) {
	for route, h := range m {
		if id, ok := strings.CutPrefix(path, route); ok && (id == "" || strings.HasSuffix(route, "/")) {
			return h, id
		}
	}
	return nil, ""
}

// ServeHTTP answers a request.
func (m routes) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h, id := m.find(r.URL.Path)
	switch {
	case h == nil:
		Fail(w, r, http.StatusNotFound, "there is nothing here; the search is at /api/v1/search?q=")
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		Fail(w, r, http.StatusMethodNotAllowed, "this service only reads; use GET")
	default:
		r.SetPathValue("id", id)
		h(w, r)
	}
}
