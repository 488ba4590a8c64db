package service_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"baogao/internal/web/service"
)

// TestDeadlines looks at what time the handlers are given.
func TestDeadlines(t *testing.T) {
	for _, tt := range []struct {
		path    string
		options service.Options
		want    time.Duration
	}{
		{"/", service.Options{}, 10 * time.Second},
		{"/", service.Options{Timeout: time.Minute}, time.Minute},
		{"/export", service.Options{Timeout: time.Minute}, 30 * time.Minute},
		{"/export", service.Options{StreamTimeout: time.Hour}, time.Hour},
	} {
		var got time.Duration
		tt.options.Stream = isExport
		ask(service.New(index(), http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			if deadline, ok := r.Context().Deadline(); ok {
				got = time.Until(deadline)
			}
		}), tt.options), "GET", tt.path)
		if got > tt.want || got < tt.want-5*time.Second {
			t.Errorf("%s %+v: %v, want %v", tt.path, tt.options, got, tt.want)
		}
	}
}

// TestStreamOutlivesItsDeadlines writes for longer than the server gives an
// answer, and than a stream has for one piece.
func TestStreamOutlivesItsDeadlines(t *testing.T) {
	h := service.New(index(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for i := range 12 {
			fmt.Fprintf(w, "line %d\n", i)
			if err := http.NewResponseController(w).Flush(); err != nil {
				t.Error(err)
			}
			<-time.After(250 * time.Millisecond)
		}
	}), service.Options{Stream: isExport, StreamStall: 2 * time.Second})
	s := start(t, h, func(s *http.Server) { s.WriteTimeout = time.Second })
	var clients sync.WaitGroup
	defer clients.Wait()
	for _, coding := range []string{"gzip", "identity"} {
		clients.Go(func() {
			res, body, err := get(t, s.URL+"/export", "X-Forwarded-For: 192.0.2.7", "Accept-Encoding: "+coding)
			if err != nil {
				t.Errorf("%s: %v", coding, err)
				return
			}
			if coding == "gzip" {
				body = gunzip(t, body)
			}
			if strings.Count(body, "\n") != 12 {
				t.Errorf("%s: %v %q", coding, res.Header, body)
			}
		})
	}
}

// TestStalledStream reads nothing of a stream that has no end.
func TestStalledStream(t *testing.T) {
	ended := make(chan error)
	h := service.New(index(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		piece := make([]byte, 1<<16)
		for {
			if _, err := w.Write(piece); err != nil {
				ended <- err
				return
			}
		}
	}), service.Options{Stream: isExport, StreamStall: 200 * time.Millisecond})
	s := start(t, h, nil)
	conn, err := net.Dial("tcp", s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	io.WriteString(conn, "GET /export HTTP/1.1\r\nHost: x\r\n\r\n")
	select {
	case err := <-ended:
		if ne, ok := err.(net.Error); !ok || !ne.Timeout() {
			t.Errorf("it ends with %v", err)
		}
	case <-time.After(time.Minute):
		t.Fatal("it does not end")
	}
}

// TestEndlessStream reads for as long as it is let.
func TestEndlessStream(t *testing.T) {
	h := service.New(index(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			io.WriteString(w, "line\n")
		}
		panic(http.ErrAbortHandler)
	}), service.Options{Stream: isExport, StreamTimeout: 100 * time.Millisecond})
	s := start(t, h, nil)
	if _, body, err := get(t, s.URL+"/export"); err == nil {
		t.Errorf("%d bytes of a stream that was cut off pass for the whole", len(body))
	}
}

// TestStreamArrivesAsItIsWritten reads each line before the next is written.
func TestStreamArrivesAsItIsWritten(t *testing.T) {
	next := make(chan struct{})
	h := service.New(index(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for i := range 5 {
			fmt.Fprintf(w, "line %d\n", i)
			http.NewResponseController(w).Flush()
			<-next
		}
	}), service.Options{Stream: isExport})
	s := start(t, h, nil)
	r, err := http.NewRequestWithContext(t.Context(), "GET", s.URL+"/export", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Via", "1.1 proxy")
	res, err := http.DefaultClient.Do(r) // which asks for gzip and undoes it
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if !res.Uncompressed {
		t.Error("it is not compressed")
	}
	body := bufio.NewReader(res.Body)
	for i := range 5 {
		line, err := body.ReadString('\n')
		if err != nil || line != fmt.Sprintf("line %d\n", i) {
			t.Fatalf("%q %v", line, err)
		}
		next <- struct{}{}
	}
}
