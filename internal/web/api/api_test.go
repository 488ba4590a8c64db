package api_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"baogao"
	"baogao/corpus"
	"baogao/internal/testkit"
)

// openSamples opens an index of the sample reports until the test ends.
func openSamples(t *testing.T) baogao.Searcher {
	t.Helper()
	samples := []string{testkit.Path(t, testkit.Samples)}
	return testkit.Open(t, testkit.Collect(t, corpus.Reports(t.Context(), samples, corpus.Options{})))
}

// get asks a handler and decodes its JSON.
func get(t *testing.T, h http.Handler, path string, v any) *httptest.ResponseRecorder {
	t.Helper()
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest("GET", path, nil))
	if err := json.Unmarshal(rec.Body.Bytes(), v); err != nil {
		t.Fatalf("%s: %v\n%s", path, err, rec.Body)
	}
	return rec
}
