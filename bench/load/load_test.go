package load

import (
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
		v := g.visitUntil(t.Context(), 1, []kind{results}, time.Now().Add(10*time.Millisecond))
		sums := g.sum(v)
		if len(sums) != 1 || sums[0].statuses[tt.status] != len(sums[0].ms) || len(sums[0].ms) == 0 {
			t.Errorf("%d: %+v", tt.status, sums)
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
		if (len(g.Faults) > 0) != faulty || g.export.bytes != int64(len(export)) {
			t.Errorf("%q: %d bytes, faults %q", export, g.export.bytes, g.Faults)
		}
	}
	g := faultyServer(t, 200, "id,text\n\"half a row")
	if err := g.exportAll(t.Context()); err == nil {
		t.Error("an export that is cut off passes for a whole one")
	}
}

func TestTallySays(t *testing.T) {
	a := tally{ms: []float64{1}, statuses: map[int]int{503: 2, 200: 5, 0: 1}}
	b := tally{ms: []float64{2, 3}, statuses: map[int]int{200: 1}}
	all := merge("all", []tally{a, b})
	if got := all.says(); got != "none ×1, 200 ×6, 503 ×2" || len(all.ms) != 3 {
		t.Errorf("%s, %v", got, all.ms)
	}
}
