package service_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"baogao/internal/web/service"
)

// slow answers /slow when it is released, and all else at once.
type slow struct {
	working atomic.Int64 // requests for /slow
	release chan struct{}
}

func (s *slow) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/slow" {
		s.working.Add(1)
		<-s.release
	}
	io.WriteString(w, "answer")
}

// TestOneClientLeavesTurnsToOthers lets a client ask more at once than there
// are turns, each question taking long.
func TestOneClientLeavesTurnsToOthers(t *testing.T) {
	const busy, other = "From: 192.0.2.1:1000", "From: 192.0.2.2:1000"
	s := &slow{release: make(chan struct{})}
	h := service.New(index(), s, service.Options{Rate: 1000, Concurrent: 4, Queue: 6, QueueWait: time.Minute})
	answers := make(chan *httptest.ResponseRecorder, 9)
	for range 9 {
		go func() { answers <- ask(h, "GET", "/slow", busy) }()
	}
	refused := <-answers // two are worked on, and six wait
	if refused.Code != 503 || refused.Header().Get("Retry-After") != "60" || !strings.Contains(refused.Body.String(), "waiting") {
		t.Errorf("the one too many: %d %v %s", refused.Code, refused.Header(), refused.Body)
	}
	until(t, "half of the turns are taken", func() bool { return s.working.Load() == 2 })
	for range 3 {
		if rec := ask(h, "GET", "/", other); rec.Code != 200 || len(rec.Header()["Server-Timing"]) > 0 {
			t.Errorf("another client: %d %v", rec.Code, rec.Header())
		}
	}
	if n := s.working.Load(); n != 2 {
		t.Errorf("%d questions of the busy one are worked on, want 2", n)
	}
	close(s.release)
	for range 8 {
		if rec := <-answers; rec.Code != 200 {
			t.Errorf("a question of the busy one: %d", rec.Code)
		}
	}
}

// TestWaitingForOneself lets a client wait for its own question in vain, and
// asks again once that is answered.
func TestWaitingForOneself(t *testing.T) {
	s := &slow{release: make(chan struct{})}
	h := service.New(index(), s, service.Options{Rate: 1000, Concurrent: 2, QueueWait: 10 * time.Millisecond})
	first := make(chan int)
	go func() { first <- ask(h, "GET", "/slow").Code }()
	until(t, "the first is worked on", func() bool { return s.working.Load() == 1 })
	rec := ask(h, "GET", "/")
	if rec.Code != 503 || rec.Header().Get("Retry-After") != "1" || !strings.Contains(rec.Body.String(), "under way") {
		t.Errorf("%d %v %s", rec.Code, rec.Header(), rec.Body)
	}
	close(s.release)
	if code := <-first; code != 200 {
		t.Errorf("the first: %d", code)
	}
	if rec := ask(h, "GET", "/"); rec.Code != 200 {
		t.Errorf("after the first: %d", rec.Code)
	}
}

// TestAllTurnsForOneAddress asks from one address, and from ones that are not
// known, where nothing is limited by client.
func TestAllTurnsForOneAddress(t *testing.T) {
	for _, tt := range []struct {
		name, from string
		rate       float64
	}{
		{"without a rate", "127.0.0.1:1", 0},
		{"of nobody", "@", 1000},
	} {
		s := &slow{release: make(chan struct{})}
		h := service.New(index(), s, service.Options{Rate: tt.rate, Concurrent: 4, QueueWait: time.Minute})
		answers := make(chan int)
		for range 8 {
			go func() { answers <- ask(h, "GET", "/slow", "From: "+tt.from).Code }()
		}
		until(t, "all turns are taken "+tt.name, func() bool { return s.working.Load() == 4 })
		close(s.release)
		for range 8 {
			if code := <-answers; code != 200 {
				t.Errorf("%s: %d", tt.name, code)
			}
		}
	}
}

// TestRetryAfterOfUnavailable tells a client when to ask again, unless the
// same question would take too long again.
func TestRetryAfterOfUnavailable(t *testing.T) {
	next := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/long" {
			<-r.Context().Done()
			if r.Context().Err() != context.DeadlineExceeded {
				t.Error(r.Context().Err())
			}
		}
		http.Error(w, "not now", http.StatusServiceUnavailable)
	})
	for path, want := range map[string]string{"/": "5", "/long": ""} {
		o := service.Options{}
		if path == "/long" {
			o.Timeout = 100 * time.Millisecond
		}
		h := service.New(index(), next, o)
		rec := ask(h, "GET", path)
		if got := rec.Header().Values("Retry-After"); rec.Code != 503 || strings.Join(got, ", ") != want {
			t.Errorf("%s: %d, Retry-After %q", path, rec.Code, got)
		}
		if res, _, err := get(t, start(t, h, nil).URL+path); err != nil || res.Header.Get("Retry-After") != want {
			t.Errorf("%s over the network: %v %v", path, res, err)
		}
	}
}
