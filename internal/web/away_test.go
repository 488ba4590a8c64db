package web_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/engine"
	"baogao/internal/testkit"
	"baogao/internal/web"
)

// figureless is an engine that keeps no figures.
type figureless struct{ baogao.Searcher }

func (f figureless) Hold(context.Context) (baogao.Searcher, func(), error) {
	return f, func() {}, nil
}

// TestNoFigures asks for figures where none are kept, which is no fault of the service.
func TestNoFigures(t *testing.T) {
	report := &baogao.Report{Meta: baogao.Meta{ID: "a"}, Passages: []baogao.Passage{{Paragraph: 1, Text: "受理行政复议案件14件。", Section: []string{}}}}
	h := web.New(figureless{testkit.Open(t, []*baogao.Report{report})}, web.Options{})
	if rec := ask(h, "/api/v1/figures?q=法治"); rec.Code != http.StatusNotImplemented || !strings.Contains(rec.Body.String(), "cluster") {
		t.Errorf("%d: %s", rec.Code, rec.Body)
	}
}

// TestClusterAway asks a service whose cluster does not answer: it says so, and when
// to ask again, and is not ready.
func TestClusterAway(t *testing.T) {
	s, err := engine.Follow("opensearch://127.0.0.1:1/reports", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	h := web.New(s, web.Options{})
	for _, path := range []string{"/api/v1/search?q=法治", "/search?q=法治", "/", "/readyz", "/api/v1/trend?q=法治"} {
		if rec := ask(h, path); rec.Code != http.StatusServiceUnavailable || rec.Header().Get("Retry-After") == "" {
			t.Errorf("%s: %d, Retry-After %q: %s", path, rec.Code, rec.Header().Get("Retry-After"), rec.Body)
		}
	}
	if rec := ask(h, "/healthz"); rec.Code != http.StatusOK {
		t.Errorf("/healthz: %d", rec.Code)
	}
}
