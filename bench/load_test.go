package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestLoad asks a server over the samples.
func TestLoad(t *testing.T) {
	bin := t.TempDir()
	install(t, bin)
	index, page := filepath.Join(bin, "samples.index"), filepath.Join(bin, "bench.md")
	build := exec.Command(filepath.Join(bin, "index"), "build", filepath.Join(root, "samples", "reports"), "--index", index)
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := os.WriteFile(page, []byte("# Figures\n\n<!-- load: begin -->\nformer figures\n<!-- load: end -->\n\nThe end.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var out, errs strings.Builder
	args := []string{"load", "--root", root, "--bin", bin, "--index", index, "--seconds", "1", "--clients", "4", "--sockets", "20", "--out", page}
	if code := run(t.Context(), args, &out, &errs); code != 0 {
		t.Fatalf("exit code %d\n%s%s", code, &errs, &out)
	}
	b, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	got := string(b)
	for _, want := range []string{
		"| API: search |", "| page: results |", "| conditional, unchanged |", "| hostile |", "| all |", "| beside them |",
		"An export of every passage with `发展`", "Every answer has a status that is declared", "# Figures\n", "The end.\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is missing in\n%s", want, got)
		}
	}
	if strings.Contains(got, "former figures") || strings.Count(got, "<!-- load: begin -->") != 1 {
		t.Errorf("the former section is not replaced:\n%s", got)
	}
}

// A faultyServer finds one passage and answers all else with a status, and
// exports a row and a trailer.
func faultyServer(t *testing.T, status int, export string) *siege {
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
	g := newSiege(server.URL, 0, []question{{Text: "法治"}})
	if err := g.prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	return g
}

func TestLoadFindsStatusesThatAreNotDeclared(t *testing.T) {
	for _, tt := range []struct {
		status int
		fault  string
	}{{500, "page: results: 500 for /search?"}, {502, "page: results: 502 for /search?"}, {404, "page: results: 404 for /search?"}, {503, ""}, {200, ""}} {
		g := faultyServer(t, tt.status, "")
		results := kinds[slices.IndexFunc(kinds, func(k kind) bool { return k.name == "page: results" })]
		v := g.visitUntil(t.Context(), 1, []kind{results}, time.Now().Add(10*time.Millisecond))
		sums := g.sum([]*visitor{v})
		if len(sums) != 1 || sums[0].statuses[tt.status] != len(sums[0].ms) || len(sums[0].ms) == 0 {
			t.Errorf("%d: %+v", tt.status, sums)
		}
		if (len(g.faults) > 0) != (tt.fault != "") || len(g.faults) > 0 && !strings.HasPrefix(g.faults[0], tt.fault) {
			t.Errorf("%d: faults %q", tt.status, g.faults)
		}
	}
}

func TestLoadCountsTheRowsOfAnExport(t *testing.T) {
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
		if (len(g.faults) > 0) != faulty || g.export.bytes != int64(len(export)) {
			t.Errorf("%q: %d bytes, faults %q", export, g.export.bytes, g.faults)
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

func TestLoadUsage(t *testing.T) {
	for _, args := range []string{"load --clients 0", "load --seconds 0", "load --sockets -1", "load now"} {
		var out, errs strings.Builder
		if code := run(t.Context(), strings.Fields(args), &out, &errs); code != 2 {
			t.Errorf("%s: exit code %d: %s", args, code, &errs)
		}
	}
}
