package web_test

import (
	"net/http"
	"testing"

	"baogao/internal/engine"
	"baogao/internal/web"
)

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
