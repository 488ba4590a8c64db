package service_test

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
	"baogao/internal/web/service"
)

// held is a Searcher that says what it holds, or why it holds nothing.
type held struct {
	baogao.Searcher
	stats baogao.Stats
	err   error
}

func (h *held) Stats(context.Context) (*baogao.Stats, error) {
	if h.err != nil {
		return nil, h.err
	}
	return &h.stats, nil
}

func (h *held) State(context.Context) (baogao.State, error) { return h.stats.State, h.err }

// index is a Searcher over an index that is there.
func index() *held {
	return &held{stats: baogao.Stats{State: baogao.State{Generation: "gen-000012", Number: 12, Built: "2026-11-22T12:00:00Z"}, Reports: 20, Passages: 350}}
}

// says answers every request with a text.
func says(text string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		io.WriteString(w, text)
	})
}

// ask puts a request to a handler. Headers are given as "Name: value".
func ask(h http.Handler, method, path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		r.Header.Add(name, value)
		if name == "From" {
			r.RemoteAddr = value
		}
	}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	return rec
}

// start serves a handler on a port of this machine, as change wants it.
func start(t *testing.T, h http.Handler, change func(*http.Server)) *httptest.Server {
	t.Helper()
	s := httptest.NewUnstartedServer(h)
	if change != nil {
		change(s.Config)
	}
	s.Start()
	t.Cleanup(s.Close)
	return s
}

// until waits until a condition holds, for a minute at most.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	end := time.After(time.Minute)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-end:
			t.Fatal("waited in vain until " + what)
		case <-tick.C:
		}
	}
}

// get asks a server on a connection of its own, which a client does not ask
// again when it breaks, and returns the answer with its whole body.
func get(t *testing.T, url string, headers ...string) (*http.Response, string, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), "GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Close = true
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		r.Header.Add(name, value)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return res, string(body), err
}

func TestHealth(t *testing.T) {
	stopped := make(chan struct{})
	close(stopped)
	secret := errors.New("/srv/secret/path")
	for _, tt := range []struct {
		name     string
		searcher *held
		stopping chan struct{}
		status   int
		body     string
	}{
		{"an index", index(), nil, 200, `{"status":"ready","generation":"gen-000012","reports":20,"passages":350}` + "\n"},
		{"none yet", &held{err: errors.Join(baogao.ErrNoIndex, secret)}, nil, 503, "index build PATH"},
		{"another format", &held{err: errors.Join(baogao.ErrFormat, secret)}, nil, 503, "rebuild it"},
		{"damaged", &held{err: errors.Join(baogao.ErrDamaged, secret)}, nil, 503, "index verify"},
		{"unreadable", &held{err: secret}, nil, 503, "cannot be read"},
		{"stopping", index(), stopped, 503, "stopping"},
	} {
		h := service.New(tt.searcher, says(""), service.Options{Stopping: tt.stopping})
		rec := ask(h, "GET", "/readyz")
		if rec.Code != tt.status || !strings.Contains(rec.Body.String(), tt.body) || strings.Contains(rec.Body.String(), "secret") {
			t.Errorf("%s: readyz: %d %s", tt.name, rec.Code, rec.Body)
		}
		if cc := rec.Header().Get("Cache-Control"); cc != "no-store" {
			t.Errorf("%s: readyz may be kept: %q", tt.name, cc)
		}
		if rec := ask(h, "GET", "/healthz"); rec.Code != 200 || rec.Body.String() != `{"status":"ok"}`+"\n" {
			t.Errorf("%s: healthz: %d %s", tt.name, rec.Code, rec.Body)
		}
		ready := "baogao_index_ready 0"
		if tt.status == 200 {
			ready = "baogao_index_ready 1"
		}
		if metrics := ask(h, "GET", "/metrics").Body.String(); !strings.Contains(metrics, ready) {
			t.Errorf("%s: no %s in the metrics", tt.name, ready)
		}
	}
}

// TestFail lets the caller word every error.
func TestFail(t *testing.T) {
	var details []string
	h := service.New(index(), says(""), service.Options{Fail: func(w http.ResponseWriter, r *http.Request, status int, detail string) {
		details = append(details, detail)
		w.WriteHeader(status)
	}})
	if rec := ask(h, "POST", "/"); rec.Code != 405 || len(details) != 1 || !strings.Contains(details[0], "use GET") {
		t.Errorf("%d %q", rec.Code, details)
	}
}

// TestHeaders looks at answers of every kind.
func TestHeaders(t *testing.T) {
	next := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/panic":
			panic("oh")
		case "/none":
			http.NotFound(w, r)
		}
	})
	h := service.New(index(), next, service.Options{Static: "/static/", Token: "secret"})
	tag := ask(h, "GET", "/").Header().Get("ETag")
	for _, tt := range []struct {
		method, path, header string
		status               int
	}{
		{"GET", "/", "X: y", 200},
		{"HEAD", "/", "X: y", 200},
		{"GET", "/", "If-None-Match: " + tag, 304},
		{"GET", "/static/a.css", "X: y", 200},
		{"GET", "/healthz", "X: y", 200},
		{"GET", "/metrics", "X: y", 200},
		{"GET", "/none", "X: y", 404},
		{"GET", "/panic", "X: y", 500},
		{"GET", "/api/v1/search", "X: y", 401},
		{"GET", "/?q=" + strings.Repeat("a", 140_000), "X: y", 414},
		{"DELETE", "/", "X: y", 405},
	} {
		rec := ask(h, tt.method, tt.path, tt.header)
		got := rec.Header()
		if rec.Code != tt.status {
			t.Errorf("%s %.20s: %d, want %d", tt.method, tt.path, rec.Code, tt.status)
		}
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
				"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
			"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got.Get(name) != want {
				t.Errorf("%s %.20s: %s is %q", tt.method, tt.path, name, got.Get(name))
			}
		}
		if got.Get("Permissions-Policy") == "" || got.Get("X-Request-Id") == "" || got["Set-Cookie"] != nil || got["Access-Control-Allow-Origin"] != nil {
			t.Errorf("%s %.20s: %v", tt.method, tt.path, got)
		}
		if tt.status >= 400 && (got.Get("ETag") != "" || got.Get("Cache-Control") != "no-store") {
			t.Errorf("%s %.20s: an error may be kept: %v", tt.method, tt.path, got)
		}
	}
}

// TestPanics breaks answers before and after they have begun, and looks
// whether the server is still there.
func TestPanics(t *testing.T) {
	var log lines
	s := start(t, service.New(index(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/before":
			w.Header().Set("Content-Length", "7")
			w.Header().Set("ETag", `"mine"`)
			panic("secret: /srv/secret/path")
		case "/after":
			io.WriteString(w, strings.Repeat("half ", 1000))
			panic("in the middle")
		case "/abort":
			panic(http.ErrAbortHandler)
		}
	}), service.Options{Log: log.logger()}), nil)

	for range 2 {
		res, body, err := get(t, s.URL+"/before")
		if err != nil || res.StatusCode != 500 || !strings.Contains(body, "internal error") || res.Header.Get("ETag") != "" {
			t.Errorf("before: %v %v %q", err, res, body)
		}
		if strings.Contains(body, "secret") || strings.Contains(body, "goroutine") || strings.Contains(body, ".go:") {
			t.Errorf("the client is told too much: %s", body)
		}
		if id := res.Header.Get("X-Request-Id"); !strings.Contains(body, id) {
			t.Errorf("no id %s in %q", id, body)
		}
	}
	for _, path := range []string{"/after", "/abort"} {
		if res, body, err := get(t, s.URL+path, "Accept-Encoding: identity"); err == nil {
			t.Errorf("%s: half an answer passes for a whole one: %d, %d bytes", path, res.StatusCode, len(body))
		}
	}
	if res, _, err := get(t, s.URL+"/fine"); err != nil || res.StatusCode != 200 {
		t.Errorf("after all that: %v %v", res, err)
	}
	stacks := 0
	for _, l := range log.all(t) {
		if l["msg"] != "panic" {
			continue
		}
		stacks++
		if stack, _ := l["stack"].(string); len(stack) == 0 || len(stack) > 8<<10 || l["id"] == nil {
			t.Errorf("%d bytes of stack: %v", len(stack), l)
		}
	}
	if stacks != 3 {
		t.Errorf("%d panics in the log", stacks)
	}
}

// TestStop lets a stream end that is under way when the server stops.
func TestStop(t *testing.T) {
	began, goOn := make(chan struct{}), make(chan struct{})
	stopping := make(chan struct{})
	h := service.New(index(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "one\n")
		http.NewResponseController(w).Flush()
		close(began)
		<-goOn
		io.WriteString(w, "two\n")
	}), service.Options{Stream: func(*http.Request) bool { return true }, Stopping: stopping})
	s := start(t, h, nil)
	answer := make(chan string)
	go func() {
		_, body, err := get(t, s.URL+"/api/v1/export")
		answer <- body + errText(err)
	}()
	<-began
	close(stopping)
	if rec := ask(h, "GET", "/readyz"); rec.Code != 503 {
		t.Errorf("ready while it stops: %d %s", rec.Code, rec.Body)
	}
	stopped := make(chan error)
	go func() { stopped <- s.Config.Shutdown(context.Background()) }()
	close(goOn)
	if body := <-answer; body != "one\ntwo\n" {
		t.Errorf("the stream gave %q", body)
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}

func errText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// TestStaticIsSpared answers from the binary when nothing else is let in.
func TestStaticIsSpared(t *testing.T) {
	var asked atomic.Int64
	release := make(chan struct{})
	h := service.New(index(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/busy" {
			asked.Add(1)
			<-release
		}
	}), service.Options{Concurrent: 1, Queue: 1, QueueWait: time.Millisecond, Static: "/static/"})
	go ask(h, "GET", "/busy")
	defer close(release)
	until(t, "the only turn is taken", func() bool { return asked.Load() == 1 })
	if rec := ask(h, "GET", "/"); rec.Code != 503 {
		t.Errorf("/: %d", rec.Code)
	}
	for _, path := range []string{"/static/a.css", "/healthz", "/readyz", "/metrics"} {
		if rec := ask(h, "GET", path); rec.Code != 200 || rec.Header().Get("ETag") != "" {
			t.Errorf("%s: %d %v", path, rec.Code, rec.Header())
		}
	}
}
