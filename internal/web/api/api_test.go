package api_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"baogao"
	"baogao/corpus"
	"baogao/internal/analyzer"
	"baogao/internal/engine"
	"baogao/internal/engine/enginetest"
	"baogao/internal/gazetteer"
)

func resolve(name string) []baogao.Region {
	var found []baogao.Region
	for _, d := range gazetteer.Resolve(analyzer.Fold(name)) {
		found = append(found, baogao.Region{Code: d.Code, Name: d.FullName(), Path: d.Path})
	}
	return found
}

// sampleIndex builds an index of the sample reports and opens it.
func sampleIndex(t *testing.T) baogao.Searcher {
	t.Helper()
	var reports []*baogao.Report
	for r, err := range corpus.Reports(t.Context(), []string{"../../../samples/reports"}, corpus.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		reports = append(reports, r)
	}
	return indexOf(t, reports)
}

// indexOf builds an index of reports and opens it.
func indexOf(t *testing.T, reports []*baogao.Report) baogao.Searcher {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "index")
	w, err := engine.Create(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	enginetest.Fill(t, w, reports)
	s, err := engine.Open(dir, engine.Options{Resolve: resolve})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
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
