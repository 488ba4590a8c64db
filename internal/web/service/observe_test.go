package service_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"baogao"
	"baogao/internal/web/service"
)

// lines is a log.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(b)
}

func (l *lines) logger() *slog.Logger {
	return slog.New(slog.NewJSONHandler(l, nil))
}

// all returns the lines so far.
func (l *lines) all(t *testing.T) (all []map[string]any) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	for line := range bytes.Lines(l.buf.Bytes()) {
		var m map[string]any
		if err := json.Unmarshal(line, &m); err != nil {
			t.Errorf("%v in %s", err, line)
		}
		all = append(all, m)
	}
	return all
}

func TestRequestID(t *testing.T) {
	seen := ""
	h := service.New(index(), http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { seen = service.RequestID(r.Context()) }), service.Options{})
	for _, tt := range []struct {
		id   string
		kept bool
	}{
		{"a", true},
		{"0af7651916cd43dd8448eb211c80319c", true},
		{"A-b_c.9", true},
		{strings.Repeat("x", 64), true},
		{strings.Repeat("x", 65), false},
		{"", false},
		{"a b", false},
		{"a\r\nSet-Cookie: b=c", false},
		{"a\nlevel=ERROR", false},
		{"a\x00", false},
		{"a\x1b[31m", false},
		{"请求", false},
		{"<script>", false},
		{`a"b`, false},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header["X-Request-Id"] = []string{tt.id}
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		got := rec.Header().Get("X-Request-Id")
		if got != seen || (got == tt.id) != tt.kept || !regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`).MatchString(got) {
			t.Errorf("%q: the answer has %q, the context %q", tt.id, got, seen)
		}
	}
	one, two := ask(h, "GET", "/").Header().Get("X-Request-Id"), ask(h, "GET", "/").Header().Get("X-Request-Id")
	if one == two {
		t.Errorf("two requests are both %s", one)
	}
}

func TestAccessLog(t *testing.T) {
	long := "/api/v1/search?q=" + strings.Repeat("%E8%AE%AE", 1000)
	for _, tt := range []struct {
		method, path string
		status       float64
		bytes        float64
		logged       string
	}{
		{"GET", "/api/v1/search?q=a", 200, 5, "/api/v1/search?q=a"},
		{"HEAD", "/", 200, 0, "/"},
		{"GET", "/none", 404, 19, "/none"},
		{"GET", long, 200, 5, long[:300] + "…"},
		{"BREW", "/", 405, 33, "/"},
	} {
		var log lines
		h := service.New(index(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/none" {
				http.NotFound(w, r)
				return
			}
			io.WriteString(w, "hello")
		}), service.Options{Log: log.logger()})
		rec := ask(h, tt.method, tt.path, "From: 192.0.2.7:4711", "X-Request-Id: it")
		all := log.all(t)
		if len(all) != 1 {
			t.Errorf("%s %.30s: %d lines", tt.method, tt.path, len(all))
			continue
		}
		l := all[0]
		if l["msg"] != "request" || l["level"] != "INFO" || l["method"] != tt.method || l["path"] != tt.logged || l["status"] != tt.status ||
			l["bytes"] != tt.bytes || l["client"] != "192.0.2.7" || l["id"] != "it" {
			t.Errorf("%s %.30s: %d, logged %v", tt.method, tt.path, rec.Code, l)
		}
		if ms, ok := l["ms"].(float64); !ok || ms < 0 {
			t.Errorf("%s %.30s: took %v", tt.method, tt.path, l["ms"])
		}
	}
}

// TestAccessLogCannotBeForged sends what could begin a line of its own.
func TestAccessLogCannotBeForged(t *testing.T) {
	var log lines
	h := service.New(index(), says(""), service.Options{Log: log.logger()})
	r := httptest.NewRequest("GET", "/", nil)
	r.RequestURI = "/\r\nlevel=ERROR msg=fire\x1b[31m\u202e\xff"
	h.ServeHTTP(httptest.NewRecorder(), r)
	if got := log.all(t)[0]["path"]; got != "/\uFFFD\uFFFDlevel=ERROR msg=fire\uFFFD[31m\uFFFD\uFFFD" {
		t.Errorf("%q", got)
	}
}

func TestProbesAreLoggedForDebuggingOnly(t *testing.T) {
	for _, level := range []slog.Level{slog.LevelInfo, slog.LevelDebug} {
		var log lines
		h := service.New(index(), says(""), service.Options{
			Log: slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: level})),
		})
		for _, path := range []string{"/healthz", "/readyz", "/metrics"} {
			ask(h, "GET", path)
		}
		want := map[slog.Level]int{slog.LevelInfo: 0, slog.LevelDebug: 3}[level]
		if got := len(log.all(t)); got != want {
			t.Errorf("%v: %d lines, want %d", level, got, want)
		}
	}
}

// TestLogHandler adds the id to what the handlers log.
func TestLogHandler(t *testing.T) {
	var log lines
	l := slog.New(service.LogHandler(slog.NewJSONHandler(&log, nil))).With("a", "b")
	h := service.New(index(), http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		l.ErrorContext(r.Context(), "oh")
	}), service.Options{})
	ask(h, "GET", "/", "X-Request-Id: it")
	l.Error("elsewhere")
	all := log.all(t)
	if len(all) != 2 || all[0]["id"] != "it" || all[0]["a"] != "b" || all[1]["id"] != nil {
		t.Errorf("%v", all)
	}
}

// TestLogLevels logs causes of a failure: those of which a client is one are
// warnings, and not logged where those are not.
func TestLogLevels(t *testing.T) {
	for _, tt := range []struct {
		err   error
		level string
	}{
		{context.DeadlineExceeded, "WARN"},
		{fmt.Errorf("searching: %w", context.DeadlineExceeded), "WARN"},
		{context.Canceled, "WARN"},
		{&net.OpError{Op: "write", Err: syscall.ECONNRESET}, "WARN"},
		{&net.OpError{Op: "write", Err: syscall.EPIPE}, "WARN"},
		{&net.OpError{Op: "write", Err: os.ErrDeadlineExceeded}, "WARN"},
		{baogao.ErrDamaged, "ERROR"},
		{errors.New("disk"), "ERROR"},
	} {
		for _, least := range []slog.Level{slog.LevelInfo, slog.LevelError} {
			var log lines
			l := slog.New(service.LogHandler(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: least})))
			ask(service.New(index(), http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				l.ErrorContext(r.Context(), "request failed", "path", r.URL.Path, "err", tt.err)
			}), service.Options{}), "GET", "/")
			all := log.all(t)
			if want := least == slog.LevelInfo || tt.level == "ERROR"; len(all) != map[bool]int{true: 1}[want] {
				t.Errorf("%v from %v on: %v", tt.err, least, all)
			} else if want && (all[0]["level"] != tt.level || all[0]["err"] != tt.err.Error()) {
				t.Errorf("%v: %v", tt.err, all[0])
			}
		}
	}
}

func TestMetrics(t *testing.T) {
	h := service.New(index(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/none" {
			http.NotFound(w, r)
		}
	}), service.Options{Route: func(r *http.Request) string {
		if strings.HasPrefix(r.URL.Path, "/api/v1/reports/") {
			return "report"
		}
		return "other"
	}})
	ask(h, "GET", "/healthz")
	ask(h, "GET", "/none")
	ask(h, "BREW", "/")
	ask(h, "PROPFIND", "/")
	for i := range 50 {
		ask(h, "GET", fmt.Sprintf("/api/v1/reports/%d.txt", i))
		ask(h, "GET", fmt.Sprintf("/made/up/%d", i))
	}
	rec := ask(h, "GET", "/metrics")
	got := rec.Body.String()
	if ct := rec.Header().Get("Content-Type"); !strings.HasPrefix(ct, "text/plain; version=0.0.4") {
		t.Errorf("Content-Type %q", ct)
	}
	for _, want := range []string{
		`baogao_http_requests_total{code="200",method="GET",route="/healthz"} 1`,
		`baogao_http_requests_total{code="404",method="GET",route="other"} 1`,
		`baogao_http_requests_total{code="405",method="other",route="other"} 2`,
		`baogao_http_requests_total{code="200",method="GET",route="report"} 50`,
		`baogao_http_requests_total{code="200",method="GET",route="other"} 50`,
		`baogao_http_request_duration_seconds_count{route="report"} 50`,
		`baogao_http_request_duration_seconds_bucket{route="report",le="0.001"}`,
		`baogao_http_request_duration_seconds_bucket{route="report",le="10"} 50`,
		`baogao_http_requests_in_flight 1`, // this one
		`baogao_http_rejected_total{reason="method"} 2`,
		`baogao_http_rejected_total{reason="rate"} 0`,
		`baogao_index_generation 12`,
		`baogao_index_reports 20`,
		`baogao_index_passages 350`,
		`baogao_index_ready 1`,
		"go_goroutines ",
		"go_build_info{",
		"process_open_fds ",
	} {
		if !strings.Contains(got, "\n"+want) {
			t.Errorf("no %s", want)
		}
	}
	series := strings.Count(got, "\nbaogao_http_requests_total{")
	if series != 5 {
		t.Errorf("%d series; they must not grow with the paths", series)
	}
	var names []string
	for _, m := range regexp.MustCompile(`(?m)^# TYPE (baogao_\S+)`).FindAllStringSubmatch(got, -1) {
		names = append(names, m[1])
	}
	if len(names) != 8 || !slices.IsSorted(names) {
		t.Errorf("the metrics are %v", names)
	}
}

// TestRegistriesAreApart makes two services in one program.
func TestRegistriesAreApart(t *testing.T) {
	one, two := service.New(index(), says(""), service.Options{}), service.New(index(), says(""), service.Options{})
	ask(one, "GET", "/")
	if got := ask(two, "GET", "/metrics").Body.String(); strings.Contains(got, `route="other"`) {
		t.Error("the requests of one service are counted by another")
	}
}

// TestOperateTellsAllMetrics holds the manual to the metrics.
func TestOperateTellsAllMetrics(t *testing.T) {
	manual, err := os.ReadFile("../../../doc/operate.md")
	if err != nil {
		t.Fatal(err)
	}
	h := service.New(index(), says(""), service.Options{})
	ask(h, "GET", "/")
	metrics := ask(h, "GET", "/metrics").Body.String()
	for _, m := range regexp.MustCompile(`# TYPE (baogao_\S+)|reason="([a-z]+)"`).FindAllStringSubmatch(metrics, -1) {
		if name := m[1] + m[2]; !strings.Contains(string(manual), "`"+name+"`") {
			t.Errorf("doc/operate.md does not tell %s", name)
		}
	}
}
