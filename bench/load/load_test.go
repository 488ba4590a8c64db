package load

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"baogao/bench/workload"
)

// A faultyServer finds one passage and answers all else with a status, and
// exports a row and a trailer.
func faultyServer(t *testing.T, status int, export string) *Siege {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/readyz":
			io.WriteString(w, `{"reports": 1, "passages": 1}`)
		case "/api/v1/search":
			io.WriteString(w, `{"total": {"passages": 1}, "hits": [{"id": "a#p1", "report": {"id": "a"}}]}`)
		case "/api/v1/export":
			w.Header().Set("Trailer", "X-Total-Count")
			io.WriteString(w, export)
			w.Header().Set("X-Total-Count", "1")
		default:
			w.WriteHeader(status)
		}
	}))
	t.Cleanup(server.Close)
	g := newSiege(server.URL, 0, []workload.Question{{Text: "法治"}}, Options{})
	if err := g.prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	return g
}

func TestFindsStatusesThatAreNotDeclared(t *testing.T) {
	for _, tt := range []struct {
		status int
		fault  string
	}{{500, "page: results: 500 for /search?"}, {502, "page: results: 502 for /search?"}, {404, "page: results: 404 for /search?"}, {503, ""}, {200, ""}} {
		g := faultyServer(t, tt.status, "")
		results := kinds[slices.IndexFunc(kinds, func(k kind) bool { return k.name == "page: results" })]
		got := g.visitUntil(t.Context(), 1, []kind{results}, time.Now().Add(10*time.Millisecond))
		if want := fmt.Sprintf("%d ×%d", tt.status, len(got)); len(got) == 0 || got.of("page: results").statuses() != want {
			t.Errorf("%d: %+v", tt.status, got)
		}
		if (len(g.Faults) > 0) != (tt.fault != "") || len(g.Faults) > 0 && !strings.HasPrefix(g.Faults[0], tt.fault) {
			t.Errorf("%d: faults %q", tt.status, g.Faults)
		}
	}
}

func TestCountsTheRowsOfAnExport(t *testing.T) {
	for export, faulty := range map[string]bool{
		"id,text\na#p1,法治\n":          false,
		"id,text\na#p1,\"法\n治\"\n":    false,
		"id,text\n":                   true,
		"id,text\na#p1,法治\nb#p1,法治\n": true,
	} {
		g := faultyServer(t, 200, export)
		if err := g.exportAll(t.Context()); err != nil {
			t.Errorf("%q: %v", export, err)
		}
		if (len(g.Faults) > 0) != faulty || g.export.bytes != len(export) {
			t.Errorf("%q: %d bytes, faults %q", export, g.export.bytes, g.Faults)
		}
	}
	g := faultyServer(t, 200, "id,text\n\"half a row")
	if err := g.exportAll(t.Context()); err == nil {
		t.Error("an export that is cut off passes for a whole one")
	}
}

func TestStatuses(t *testing.T) {
	all := answers{{"a", 503, 1}, {"b", 200, 2}, {"a", 0, 0}, {"a", 200, 3}}
	if got := all.statuses(); got != "none ×1, 200 ×2, 503 ×1" || len(all.times()) != 3 || len(all.of("a").times()) != 2 {
		t.Errorf("%s, %v", got, all.times())
	}
}
