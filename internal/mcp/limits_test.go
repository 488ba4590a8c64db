package mcp_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"

	"baogao"
	ours "baogao/internal/mcp"
	"baogao/internal/web"
	"baogao/internal/web/service"
)

// post calls a tool as a request of HTTP.
func post(h http.Handler, tool, args string, headers ...string) *httptest.ResponseRecorder {
	body := fmt.Sprintf(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":%q,"arguments":%s}}`, tool, args)
	r := httptest.NewRequest("POST", ours.Path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json, text/event-stream")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	return rec
}

// TestLimits holds calls to what holds for the API.
func TestLimits(t *testing.T) {
	samples := openSamples(t)
	const args = `{"question":"行政复议"}`
	for _, tt := range []struct {
		name    string
		options service.Options
		headers []string
		before  int // calls
		status  int
		header  string
	}{
		{"one of many", service.Options{Rate: 0.001, Burst: 2}, nil, 2, 429, "Retry-After"},
		{"without the token", service.Options{Token: "t"}, nil, 0, 401, "WWW-Authenticate"},
		{"with the token", service.Options{Token: "t"}, []string{"Authorization", "Bearer t"}, 0, 200, "Content-Type"},
		{"with another", service.Options{Token: "t"}, []string{"Authorization", "Bearer x"}, 0, 401, "WWW-Authenticate"},
	} {
		h := web.New(samples, web.Options{Service: tt.options})
		for range tt.before {
			post(h, "search", args)
		}
		if rec := post(h, "search", args, tt.headers...); rec.Code != tt.status || rec.Header().Get(tt.header) == "" {
			t.Errorf("%s: %d %v %s", tt.name, rec.Code, rec.Header(), rec.Body)
		}
	}
}

// TestMemory holds 5,000 calls to the memory of the first hundred.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("5,000 calls take some seconds")
	}
	h := web.New(openSamples(t), web.Options{})
	words := []string{"行政复议", "营商环境", "信访", "法治", "zq9x"}
	calls := func(n int) uint64 {
		for i := range n {
			tool, args := "search", fmt.Sprintf(`{"question":%q,"limit":3}`, words[i%len(words)])
			if i%7 == 0 {
				tool, args = "trend", fmt.Sprintf(`{"questions":[%q]}`, words[i%len(words)])
			}
			if rec := post(h, tool, args); rec.Code != http.StatusOK || !strings.Contains(rec.Body.String(), "structuredContent") {
				t.Fatalf("%d %s", rec.Code, rec.Body)
			}
		}
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := calls(100)
	after := calls(5000)
	t.Logf("%d KB before, %d KB after", before>>10, after>>10)
	if after > before+4<<20 {
		t.Errorf("the memory in use grows from %d to %d bytes", before, after)
	}
}

// TestFailures has the index fail in every way.
func TestFailures(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want string
	}{
		{baogao.ErrNoIndex, "index build"}, {baogao.ErrDamaged, "index verify"}, {baogao.ErrFormat, "rebuild it"}, {fmt.Errorf("secret"), "internal error"},
	} {
		c := connect(t, failing{err: tt.err})
		for _, tool := range toolNames {
			got := fail(t, c, tool, map[string]any{"search": map[string]any{"question": "a"}, "passage": map[string]any{"id": "a"}, "report": map[string]any{"id": "a"},
				"cite": map[string]any{"id": "a"}, "held": map[string]any{}, "figures": map[string]any{}, "targets": map[string]any{}, "panel": map[string]any{"questions": []string{"a"}}, "trend": map[string]any{"questions": []string{"a"}}, "regions": map[string]any{"name": "四川"}}[tool].(map[string]any))
			if !strings.Contains(got, tt.want) || strings.Contains(got, "secret") {
				t.Errorf("%s, %v: %q", tool, tt.err, got)
			}
		}
	}
}

// failing is a Searcher that fails.
type failing struct {
	baogao.Searcher
	err error
}

func (f failing) Hold(context.Context) (baogao.Searcher, func(), error)          { return nil, nil, f.err }
func (f failing) Report(context.Context, string) (*baogao.Report, error)         { return nil, f.err }
func (f failing) Search(context.Context, baogao.Request) (*baogao.Result, error) { return nil, f.err }
func (f failing) State(context.Context) (baogao.State, error)                    { return baogao.State{}, f.err }
func (f failing) Stats(context.Context) (*baogao.Stats, error)                   { return nil, f.err }
