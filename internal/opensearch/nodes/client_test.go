package nodes

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"baogao"
)

// fake is a node that answers as a function does.
func fake(t *testing.T, answer http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(answer)
	t.Cleanup(s.Close)
	return s
}

func clientOf(t *testing.T, nodes ...*httptest.Server) *Client {
	t.Helper()
	var hosts []string
	for _, n := range nodes {
		hosts = append(hosts, strings.TrimPrefix(n.URL, "http://"))
	}
	l, err := parseLocation("opensearch://" + strings.Join(hosts, ",") + "/reports")
	if err != nil {
		t.Fatal(err)
	}
	c, err := newClient(l)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// TestRetries asks nodes that are too busy, or gone, at first.
func TestRetries(t *testing.T) {
	for _, tt := range []struct {
		name   string
		answer func(w http.ResponseWriter, n int32)
	}{
		{"429", func(w http.ResponseWriter, _ int32) { w.WriteHeader(http.StatusTooManyRequests) }},
		{"503", func(w http.ResponseWriter, _ int32) { w.WriteHeader(http.StatusServiceUnavailable) }},
		{"a node that ends at its work", func(w http.ResponseWriter, _ int32) {
			w.WriteHeader(http.StatusInternalServerError)
			io.WriteString(w, `{"error":{"type":"search_phase_execution_exception","root_cause":[{"type":"node_disconnected_exception","reason":"gone"}]},"status":500}`)
		}},
		{"a connection that is cut", func(w http.ResponseWriter, _ int32) { panic(http.ErrAbortHandler) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var asked atomic.Int32
			node := fake(t, func(w http.ResponseWriter, r *http.Request) {
				if !strings.HasPrefix(r.URL.Path, "/x") {
					return
				}
				if n := asked.Add(1); n <= 2 {
					tt.answer(w, n)
					return
				}
				b, _ := io.ReadAll(r.Body)
				w.Write(b)
			})
			var back map[string]int
			if err := clientOf(t, node).Do(t.Context(), http.MethodPost, "/x", Object{"a": 7}, &back); err != nil || back["a"] != 7 {
				t.Errorf("%v, %v after %d attempts", back, err, asked.Load())
			}
		})
	}
}

// TestFailover asks two nodes of which one is gone.
func TestFailover(t *testing.T) {
	gone, there := fake(t, nil), fake(t, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "{}") })
	gone.Close()
	c := clientOf(t, gone, there)
	for range 20 {
		if err := c.Do(t.Context(), http.MethodGet, "/x", nil, nil); err != nil {
			t.Fatal(err)
		}
	}
}

// TestPaused asks two nodes of which one takes requests and does not answer: the other
// one answers before the deadline of the question.
func TestPaused(t *testing.T) {
	paused := fake(t, func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body) // else the end of the connection is not seen
		<-r.Context().Done()
	})
	var local atomic.Int32
	there := fake(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("preference") == "_local" {
			local.Add(1)
		}
		io.WriteString(w, "{}")
	})
	c := clientOf(t, paused, there)
	for range 4 {
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		if err := c.Do(ctx, http.MethodPost, "/x/_mget", Object{"a": 7}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if local.Load() == 0 {
		t.Error("the other node asks the paused one")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
	defer cancel()
	if err := clientOf(t, paused, paused).Do(ctx, http.MethodGet, "/x", nil, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("two that are paused: %v", err)
	}
}

// TestUnavailable asks nodes that stay gone, stay busy, or never answer.
func TestUnavailable(t *testing.T) {
	gone := fake(t, nil)
	gone.Close()
	if err := clientOf(t, gone).Do(t.Context(), http.MethodGet, "/x", nil, nil); !errors.Is(err, baogao.ErrUnavailable) {
		t.Error(err)
	}
	busy := fake(t, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
	if err := clientOf(t, busy).Do(t.Context(), http.MethodGet, "/x", nil, nil); !errors.Is(err, baogao.ErrUnavailable) {
		t.Error(err)
	}
	hanging := fake(t, func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	began := time.Now()
	if err := clientOf(t, hanging).Do(ctx, http.MethodGet, "/x", nil, nil); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) > 5*time.Second {
		t.Errorf("%v after %s", err, time.Since(began))
	}
}

// TestRefused asks a node that wants a password.
func TestRefused(t *testing.T) {
	node := fake(t, func(w http.ResponseWriter, r *http.Request) {
		if user, password, _ := r.BasicAuth(); user != "reader" || password != "right" {
			w.WriteHeader(http.StatusUnauthorized)
			io.WriteString(w, "Unauthorized")
		}
	})
	t.Setenv("BAOGAO_OPENSEARCH_USER", "reader")
	t.Setenv("BAOGAO_OPENSEARCH_PASSWORD", "wrong")
	err := clientOf(t, node).Do(t.Context(), http.MethodGet, "/x", nil, nil)
	if err == nil || !strings.Contains(err.Error(), "401") || !strings.Contains(err.Error(), "BAOGAO_OPENSEARCH_USER") || strings.Contains(err.Error(), "wrong") {
		t.Error(err)
	}
	t.Setenv("BAOGAO_OPENSEARCH_PASSWORD", "right")
	if err := clientOf(t, node).Do(t.Context(), http.MethodGet, "/x", nil, nil); err != nil {
		t.Error(err)
	}
}

// TestLocations reads addresses.
func TestLocations(t *testing.T) {
	for text, want := range map[string]string{
		"opensearch://a/reports":                   "opensearch://a:9200/reports",
		"opensearch://a:1,b,[::1]:3/reports-2":     "opensearch://a:1,b:9200,[::1]:3/reports-2",
		"opensearch+https://a.example:443/reports": "opensearch+https://a.example:443/reports",
	} {
		if l, err := parseLocation(text); err != nil || l.String() != want {
			t.Errorf("%s: %v, %v", text, l, err)
		}
	}
	for _, text := range []string{"opensearch://a", "opensearch://a/", "opensearch:///x", "opensearch://a,,b/x", "opensearch://a/X", "opensearch://a/_all", "opensearch://a/x/y", "opensearch://a/x.lock", "opensearch://a/x-000001", "opensearch://me:secret@a/x", "opensearch://a/*"} {
		if l, err := parseLocation(text); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s is read as %v, %v", text, l, err)
		}
	}
	l, _ := parseLocation("opensearch://far.example:9200/reports")
	t.Setenv("BAOGAO_OPENSEARCH_TOKEN", "secret")
	if _, err := newClient(l); err == nil {
		t.Error("a token goes over the network in the clear")
	}
}
