package service_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"baogao/internal/web/service"
)

func TestRefused(t *testing.T) {
	for _, tt := range []struct {
		name         string
		method, path string
		body         io.Reader
		status       int
		detail       string
	}{
		{"a long question", "GET", "/api/v1/search?q=" + strings.Repeat("a", 120_000), nil, 200, "answer"},
		{"too long a question", "GET", "/api/v1/search?q=" + strings.Repeat("a", 128<<10), nil, 414, "shorter"},
		{"too long a path", "GET", "/healthz/" + strings.Repeat("a", 128<<10), nil, 414, "shorter"},
		{"a body", "GET", "/", strings.NewReader("{}"), 400, "no body"},
		{"a body of unknown length", "GET", "/", io.MultiReader(strings.NewReader("{}")), 400, "no body"},
		{"POST", "POST", "/api/v1/search", nil, 405, "use GET"},
		{"POST of a probe", "POST", "/healthz", nil, 405, "use GET"},
		{"OPTIONS", "OPTIONS", "/api/v1/search", nil, 405, "use GET"},
		{"TRACE", "TRACE", "/", nil, 405, "use GET"},
		{"a method of its own", "BREW", "/", nil, 405, "use GET"},
	} {
		rec := httptest.NewRecorder()
		service.New(index(), says("answer"), service.Options{}).ServeHTTP(rec, httptest.NewRequest(tt.method, tt.path, tt.body))
		if rec.Code != tt.status || !strings.Contains(rec.Body.String(), tt.detail) {
			t.Errorf("%s: %d %s", tt.name, rec.Code, rec.Body)
		}
		if allow := rec.Header().Get("Allow"); (allow == "GET, HEAD") != (tt.status == 405) {
			t.Errorf("%s: Allow %q", tt.name, allow)
		}
	}
}

// TestBodiesEndTheConnection sends a request that a proxy may take for one
// with a body, and this server for two.
func TestBodiesEndTheConnection(t *testing.T) {
	const second = "GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n"
	var hidden atomic.Int64
	s := start(t, service.New(index(), http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/hidden" {
			hidden.Add(1)
		}
	}), service.Options{}), nil)
	for _, method := range []string{"GET", "HEAD", "POST", "OPTIONS", "BREW"} {
		conn, err := net.Dial("tcp", s.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		fmt.Fprintf(conn, "%s / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: %d\r\n\r\n0\r\n\r\n%s", method, 5+len(second), second)
		answer, err := io.ReadAll(conn)
		if n := strings.Count(string(answer), "HTTP/1.1 "); err != nil || n != 1 || hidden.Load() > 0 {
			t.Errorf("%s: %d answers, %v\n%s", method, n, err, answer)
		}
	}
}

func TestRate(t *testing.T) {
	h := service.New(index(), says("answer"), service.Options{Rate: 0.1, Burst: 3, Static: "/static/"})
	const one, two = "From: 192.0.2.1:1000", "From: 192.0.2.2:1000"
	for i := range 3 {
		if rec := ask(h, "GET", "/", one); rec.Code != 200 {
			t.Fatalf("request %d: %d", i, rec.Code)
		}
	}
	rec := ask(h, "GET", "/", one)
	if wait, err := strconv.Atoi(rec.Header().Get("Retry-After")); rec.Code != 429 || err != nil || wait < 1 || wait > 10 {
		t.Errorf("a fourth one: %d, Retry-After %q", rec.Code, rec.Header().Get("Retry-After"))
	}
	for _, tt := range []struct {
		path, from string
		status     int
	}{
		{"/", "From: 192.0.2.1:2000", 429}, // another port is the same client
		{"/", "From: [::ffff:192.0.2.1]:1", 429},
		{"/api/v1/search", one, 429},
		{"/", two, 200},
		{"/healthz", one, 200},
		{"/readyz", one, 200},
		{"/metrics", one, 200},
		{"/static/a.css", one, 200},
		{"/static", one, 429},
		{"/static/b.css", one, 200},
	} {
		if rec := ask(h, "GET", tt.path, tt.from); rec.Code != tt.status {
			t.Errorf("%s %s: %d, want %d", tt.path, tt.from, rec.Code, tt.status)
		}
	}
}

// TestRateOfFiles wants the files of each page that is let in, however many
// those are, and no more of them.
func TestRateOfFiles(t *testing.T) {
	h := service.New(index(), says("answer"), service.Options{Rate: 0.1, Burst: 3, Static: "/static/"})
	const one, two = "From: 192.0.2.1:1000", "From: 192.0.2.2:1000"
	files := func(from string) (read int) {
		for range 20 {
			rec := ask(h, "GET", "/static/a.css", from)
			if rec.Code != 200 {
				if rec.Code != 429 || rec.Header().Get("Retry-After") == "" {
					t.Errorf("%d %s", rec.Code, rec.Header())
				}
				break
			}
			read++
		}
		return read
	}
	for range 3 {
		if rec := ask(h, "GET", "/", one); rec.Code != 200 {
			t.Fatal(rec.Code)
		}
	}
	if n := files(one); n != 12 {
		t.Errorf("a client that asked for 3 pages was given %d files", n)
	}
	if n := files(two); n != 12 {
		t.Errorf("another client was given %d files", n)
	}
	if rec := ask(h, "GET", "/", two); rec.Code != 200 {
		t.Errorf("after files, a page: %d", rec.Code)
	}
}

// TestRetryAfterHolds waits as long as it is told to.
func TestRetryAfterHolds(t *testing.T) {
	h := service.New(index(), says("answer"), service.Options{Rate: 1, Burst: 1})
	ask(h, "GET", "/")
	rec := ask(h, "GET", "/")
	wait, err := strconv.Atoi(rec.Header().Get("Retry-After"))
	if rec.Code != 429 || err != nil || wait != 1 {
		t.Fatalf("%d, Retry-After %q", rec.Code, rec.Header().Get("Retry-After"))
	}
	<-time.After(time.Duration(wait) * time.Second)
	if rec := ask(h, "GET", "/"); rec.Code != 200 {
		t.Errorf("after the wait: %d", rec.Code)
	}
}

func TestNoRate(t *testing.T) {
	h := service.New(index(), says("answer"), service.Options{})
	for i := range 2000 {
		if rec := ask(h, "GET", "/"); rec.Code != 200 {
			t.Fatalf("request %d: %d", i, rec.Code)
		}
	}
}

// TestHouseholds takes addresses for one client or for two.
func TestHouseholds(t *testing.T) {
	for _, tt := range []struct {
		one, two string
		same     bool
	}{
		{"[2001:db8::1]:1", "[2001:db8::2]:1", true},
		{"[2001:db8::1]:1", "[2001:db8:0:0:ffff::1]:1", true},
		{"[2001:db8::1]:1", "[2001:db8:0:1::1]:1", false},
		{"[fe80::1%eth0]:1", "[fe80::1%eth1]:1", true},
		{"192.0.2.1:1", "192.0.2.2:1", false},
		{"@", "not an address", true},
	} {
		h := service.New(index(), says("answer"), service.Options{Rate: 0.001, Burst: 1})
		ask(h, "GET", "/", "From: "+tt.one)
		if rec := ask(h, "GET", "/", "From: "+tt.two); (rec.Code == 429) != tt.same {
			t.Errorf("%s and %s: %d", tt.one, tt.two, rec.Code)
		}
	}
}

// TestClientsAreForgotten asks from more addresses than are remembered: one
// that is seen all the while is not forgotten, one that is idle is.
func TestClientsAreForgotten(t *testing.T) {
	h := service.New(index(), says("answer"), service.Options{Rate: 1e-6, Burst: 1})
	const busy, idle = "From: 192.0.2.1:1", "From: 192.0.2.2:1"
	ask(h, "GET", "/", busy)
	ask(h, "GET", "/", idle)
	for i := range 10_001 {
		ask(h, "GET", "/", fmt.Sprintf("From: 10.0.%d.%d:1", i/256, i%256))
		if rec := ask(h, "GET", "/", busy); rec.Code != 429 {
			t.Fatalf("a client that is not idle was forgotten after %d others", i+1)
		}
	}
	if rec := ask(h, "GET", "/", idle); rec.Code != 200 {
		t.Errorf("a client that is idle is remembered after 10,001 others: %d", rec.Code)
	}
}

func TestClientBehindProxies(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("2001:db8:a::/48")}
	for _, tt := range []struct {
		from    string
		headers []string
		client  string
	}{
		{"10.0.0.1:1", []string{"203.0.113.5"}, "203.0.113.5"},
		{"10.0.0.1:1", []string{"1.1.1.1, 203.0.113.5"}, "203.0.113.5"},
		{"10.0.0.1:1", []string{"1.1.1.1, 203.0.113.5, 10.0.0.2"}, "203.0.113.5"},
		{"10.0.0.1:1", []string{"1.1.1.1", "203.0.113.5,10.0.0.2 ", " 10.0.0.3"}, "203.0.113.5"},
		{"10.0.0.1:1", []string{"203.0.113.5:4711"}, "203.0.113.5"},
		{"10.0.0.1:1", []string{"[2001:db8::5]:4711"}, "2001:db8::5"},
		{"10.0.0.1:1", []string{"2001:db8::5"}, "2001:db8::5"},
		{"[2001:db8:a::1]:1", []string{"203.0.113.5"}, "203.0.113.5"},
		{"[::ffff:10.0.0.1]:1", []string{"203.0.113.5"}, "203.0.113.5"},
		{"10.0.0.1:1", nil, "10.0.0.1"},
		{"10.0.0.1:1", []string{"10.0.0.9, 10.0.0.8"}, "10.0.0.9"},
		{"10.0.0.1:1", []string{"203.0.113.5, unknown"}, "10.0.0.1"},
		{"10.0.0.1:1", []string{"203.0.113.5, unknown, 10.0.0.2"}, "10.0.0.2"},
		{"10.0.0.1:1", []string{"203.0.113.5,"}, "10.0.0.1"},
		{"198.51.100.7:1", []string{"203.0.113.5"}, "198.51.100.7"}, // whoever asks directly may write what he likes
		{"198.51.100.7:1", []string{"10.0.0.1"}, "198.51.100.7"},
		{"@", []string{"203.0.113.5"}, "unknown"},
	} {
		var log lines
		h := service.New(index(), says(""), service.Options{TrustedProxies: trusted, Log: log.logger()})
		headers := []string{"From: " + tt.from}
		for _, line := range tt.headers {
			headers = append(headers, "X-Forwarded-For: "+line)
		}
		ask(h, "GET", "/", headers...)
		if got := log.all(t)[0]["client"]; got != tt.client {
			t.Errorf("%s %q: the client is %v, want %s", tt.from, tt.headers, got, tt.client)
		}
	}
}

// TestSpoofing asks with another X-Forwarded-For each time.
func TestSpoofing(t *testing.T) {
	h := service.New(index(), says(""), service.Options{
		Rate: 0.001, Burst: 1, TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")},
	})
	for _, from := range []string{"From: 198.51.100.7:1", "From: 10.0.0.1:1"} {
		let := 0
		for i := range 20 {
			if rec := ask(h, "GET", "/", from, fmt.Sprintf("X-Forwarded-For: 1.2.3.%d, 203.0.113.5", i)); rec.Code == 200 {
				let++
			}
		}
		if let != 1 {
			t.Errorf("%s: %d of 20 requests are let in", from, let)
		}
	}
}

// TestQueue asks a service with one turn and one place to wait three times at
// once.
func TestQueue(t *testing.T) {
	began, release := make(chan struct{}, 3), make(chan struct{})
	h := service.New(index(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began <- struct{}{}
		<-release
		w.Header().Set("Server-Timing", "search;dur=1.0")
		io.WriteString(w, "answer")
	}), service.Options{Concurrent: 1, Queue: 1, QueueWait: time.Minute})
	answers := make(chan *httptest.ResponseRecorder, 3)
	for range 3 {
		go func() { answers <- ask(h, "GET", "/") }()
	}
	refused := <-answers // nothing else can end yet
	if refused.Code != 503 || refused.Header().Get("Retry-After") != "60" || !strings.Contains(refused.Body.String(), "waiting") {
		t.Errorf("the one too many: %d %v %s", refused.Code, refused.Header(), refused.Body)
	}
	<-began
	select {
	case <-began:
		t.Error("two requests are worked on at once")
	default:
	}
	close(release)
	waited := 0
	for range 2 {
		rec := <-answers
		if rec.Code != 200 || rec.Body.String() != "answer" {
			t.Errorf("%d %s", rec.Code, rec.Body)
		}
		timing := rec.Header()["Server-Timing"]
		if len(timing) == 0 || timing[0] != "search;dur=1.0" {
			t.Errorf("Server-Timing %q", timing)
		}
		if len(timing) == 2 && strings.HasPrefix(timing[1], "queue;dur=") {
			waited++
		}
	}
	if waited != 1 {
		t.Errorf("%d requests say that they waited, want 1", waited)
	}
	metrics := ask(h, "GET", "/metrics").Body.String()
	if !strings.Contains(metrics, `baogao_http_rejected_total{reason="queue"} 1`) {
		t.Error("the refusal is not counted")
	}
}

// TestTurnsEnd lets a request wait in vain.
func TestTurnsEnd(t *testing.T) {
	began, release := make(chan struct{}), make(chan struct{})
	h := service.New(index(), http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		close(began)
		<-release
	}), service.Options{Concurrent: 1, QueueWait: 10 * time.Millisecond})
	done := make(chan struct{})
	go func() {
		defer close(done)
		ask(h, "GET", "/")
	}()
	<-began
	rec := ask(h, "GET", "/")
	if rec.Code != 503 || rec.Header().Get("Retry-After") != "1" || !strings.Contains(rec.Body.String(), "under way") {
		t.Errorf("%d %v %s", rec.Code, rec.Header(), rec.Body)
	}
	close(release)
	<-done
}

// TestGivingUp hangs up while a request waits: its place is free again.
func TestGivingUp(t *testing.T) {
	var asked atomic.Int64
	release := make(chan struct{})
	h := service.New(index(), http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		asked.Add(1)
		<-release
	}), service.Options{Concurrent: 1, Queue: 1, QueueWait: time.Minute})
	s := start(t, h, nil)
	first := make(chan error)
	go func() {
		_, _, err := get(t, s.URL)
		first <- err
	}()
	until(t, "the first is worked on", func() bool { return asked.Load() == 1 })
	ctx, hangUp := context.WithCancel(t.Context())
	second := make(chan error)
	go func() {
		r, _ := http.NewRequestWithContext(ctx, "GET", s.URL, nil)
		_, err := http.DefaultClient.Do(r)
		second <- err
	}()
	until(t, "the second is there", func() bool { // beside the first, and the one that looks
		return strings.Contains(ask(h, "GET", "/metrics").Body.String(), "baogao_http_requests_in_flight 3")
	})
	hangUp()
	if err := <-second; err == nil {
		t.Error("the second was answered")
	}
	until(t, "the second is gone", func() bool {
		return strings.Contains(ask(h, "GET", "/metrics").Body.String(), `baogao_http_requests_total{code="499",method="GET",route="other"} 1`)
	})
	third := make(chan int, 1)
	go func() { third <- ask(h, "GET", "/").Code }()
	until(t, "the third waits or is refused", func() bool {
		return len(third) == 1 || strings.Contains(ask(h, "GET", "/metrics").Body.String(), "baogao_http_requests_in_flight 3")
	})
	close(release)
	if code := <-third; code != 200 {
		t.Errorf("the third: %d", code)
	}
	if err := <-first; err != nil {
		t.Error(err)
	}
}

// TestSlowReadersHoldUpNobody begins an answer that its client does not read
// to the end.
func TestSlowReadersHoldUpNobody(t *testing.T) {
	began, release := make(chan struct{}), make(chan struct{})
	h := service.New(index(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			w.WriteHeader(http.StatusOK)
			close(began)
			<-release
		}
	}), service.Options{Concurrent: 1, QueueWait: time.Minute})
	slow := make(chan struct{})
	go func() {
		defer close(slow)
		ask(h, "GET", "/slow")
	}()
	<-began
	if rec := ask(h, "GET", "/"); rec.Code != 200 {
		t.Errorf("beside a slow reader: %d", rec.Code)
	}
	close(release)
	<-slow
}

func isExport(r *http.Request) bool { return r.URL.Path == "/export" }

// TestStreamsOfOneClient leaves places for others than who takes the most.
func TestStreamsOfOneClient(t *testing.T) {
	var streaming atomic.Int64
	release := make(chan struct{})
	h := service.New(index(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		streaming.Add(1)
		<-release
	}), service.Options{Stream: isExport, Streams: 3, ClientStreams: 2})
	from := func(addr string) int {
		rec, r := httptest.NewRecorder(), httptest.NewRequest("GET", "/export", nil)
		r.RemoteAddr = addr
		h.ServeHTTP(rec, r)
		return rec.Code
	}
	ended := make(chan int)
	for _, addr := range []string{"192.0.2.1:1", "192.0.2.1:2", "192.0.2.2:1"} {
		go func() { ended <- from(addr) }()
		if addr == "192.0.2.1:2" {
			until(t, "two streams run", func() bool { return streaming.Load() == 2 })
			if code := from("192.0.2.1:3"); code != 503 {
				t.Errorf("a third stream of one client: %d", code)
			}
		}
	}
	until(t, "another client's stream runs", func() bool { return streaming.Load() == 3 })
	if code := from("192.0.2.3:1"); code != 503 {
		t.Errorf("a stream too many: %d", code)
	}
	close(release)
	for range 3 {
		if code := <-ended; code != 200 {
			t.Errorf("a stream ends with %d", code)
		}
	}
}

// TestStreamsDoNotCrowdOut takes all places for streams.
func TestStreamsDoNotCrowdOut(t *testing.T) {
	var streaming atomic.Int64
	release := make(chan struct{})
	h := service.New(index(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isExport(r) {
			streaming.Add(1)
			<-release
		}
		io.WriteString(w, "answer")
	}), service.Options{Stream: isExport, Streams: 2, Concurrent: 1})
	ended := make(chan int)
	for range 2 {
		go func() { ended <- ask(h, "GET", "/export").Code }()
	}
	until(t, "two streams run", func() bool { return streaming.Load() == 2 })
	if rec := ask(h, "GET", "/export"); rec.Code != 503 || rec.Header().Get("Retry-After") != "30" || !strings.Contains(rec.Body.String(), "exports") {
		t.Errorf("a third stream: %d %v %s", rec.Code, rec.Header(), rec.Body)
	}
	if rec := ask(h, "GET", "/"); rec.Code != 200 {
		t.Errorf("a question beside them: %d", rec.Code)
	}
	close(release)
	for range 2 {
		if code := <-ended; code != 200 {
			t.Errorf("a stream ends with %d", code)
		}
	}
	if rec := ask(h, "GET", "/export"); rec.Code != 200 {
		t.Errorf("a stream after them: %d", rec.Code)
	}
}
