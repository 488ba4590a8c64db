package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"baogao"
)

// startServer runs search serve as a process of its own over dir and returns
// its address. It is asked to stop at the end of the test, and must do so
// in good order.
func startServer(t *testing.T, dir string) string {
	t.Helper()
	cmd := exec.Command(filepath.Join(buildCommand(t, "search"), "search"), "serve", "--addr", "127.0.0.1:0", "--index", dir)
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(stderr)
	first, err := lines.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan string)
	go func() {
		rest, _ := io.ReadAll(lines)
		ended <- string(rest)
	}()
	t.Cleanup(func() {
		cmd.Process.Signal(os.Interrupt)
		rest := <-ended
		if err := cmd.Wait(); err != nil {
			t.Errorf("the server ends with %v\n%s", err, rest)
		}
	})
	_, addr, ok := strings.Cut(strings.TrimSpace(first), "listening on ")
	if !ok {
		t.Fatalf("the server says %q", first)
	}
	return addr
}

func get(addr, path string, v any) (int, error) {
	res, err := http.Get(addr + path)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	return res.StatusCode, json.NewDecoder(res.Body).Decode(v)
}

// writeReports writes n reports that each hold a word.
func writeReports(t *testing.T, dir string, n int) {
	t.Helper()
	for i := range n {
		text := fmt.Sprintf("遂宁市安居区人民政府2022年度法治政府建设报告\n第%d件行政复议案件已经办结。\n", i+1)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%04d.txt", i)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestRebuildWhileServing builds an index again while another process serves
// it and a thousand requests are under way: none is dropped, each answer is of
// one generation, and the last ones are of the new.
func TestRebuildWhileServing(t *testing.T) {
	if testing.Short() {
		t.Skip("nothing is built under a thousand requests under -short")
	}
	index := filepath.Join(buildCommand(t, "index"), "index")
	corpus, dir := t.TempDir(), filepath.Join(t.TempDir(), "index")
	build := func(n int) {
		writeReports(t, corpus, n)
		if out, err := exec.Command(index, "build", corpus, "--index", dir).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	build(10)
	addr := startServer(t, dir)

	var asked atomic.Int64
	var clients sync.WaitGroup
	ctx, stop := context.WithCancel(t.Context())
	for range 4 {
		clients.Go(func() {
			for ctx.Err() == nil {
				var res baogao.Result
				code, err := get(addr, "/api/v1/search?q="+url.QueryEscape("行政复议"), &res)
				if err != nil || code != http.StatusOK {
					t.Errorf("request %d: %d, %v", asked.Load(), code, err)
					return
				}
				if n := res.Total.Reports; n != 10 && n != 25 {
					t.Errorf("an answer of %d reports, of no generation", n)
				}
				asked.Add(1)
			}
		})
	}
	until(t, func() bool { return asked.Load() >= 300 })
	build(25)
	until(t, func() bool {
		var res baogao.Result
		_, err := get(addr, "/api/v1/search?q="+url.QueryEscape("行政复议"), &res)
		return err == nil && res.Total.Reports == 25 && asked.Load() >= 1000
	})
	stop()
	clients.Wait()
}

// until waits until a condition holds, for three minutes at most.
func until(t *testing.T, holds func() bool) {
	t.Helper()
	end := time.After(3 * time.Minute)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-end:
			t.Fatal("waited in vain")
		case <-tick.C:
		}
	}
}

// TestServeBeforeTheFirstBuild starts without an index and picks it up.
func TestServeBeforeTheFirstBuild(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	addr := startServer(t, dir)
	var problem map[string]any
	if code, err := get(addr, "/readyz", &problem); err != nil || code != http.StatusServiceUnavailable {
		t.Errorf("before the first build: %d, %v", code, err)
	}
	if code, err := get(addr, "/healthz", &problem); err != nil || code != http.StatusOK {
		t.Errorf("healthz: %d, %v", code, err)
	}
	corpus := t.TempDir()
	writeReports(t, corpus, 3)
	if out, err := exec.Command(filepath.Join(buildCommand(t, "index"), "index"), "build", corpus, "--index", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	until(t, func() bool {
		code, err := get(addr, "/readyz", &problem)
		return err == nil && code == http.StatusOK
	})
}

// TestSlowClients holds five hundred connections on which nothing or half a
// request is sent, and asks beside them.
func TestSlowClients(t *testing.T) {
	addr := startServer(t, sampleIndex(t))
	for i := range 500 {
		conn, err := net.Dial("tcp", strings.TrimPrefix(addr, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		switch i % 3 {
		case 0:
			io.WriteString(conn, "GET /api/v1/search?q=a HTTP/1.1\r\nHost: x\r\nX-Slow")
		case 1:
			io.WriteString(conn, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n") // answered, and then kept
		}
	}
	for range 20 {
		var res baogao.Result
		if code, err := get(addr, "/api/v1/search?q="+url.QueryEscape("行政复议"), &res); err != nil || code != http.StatusOK || res.Total.Reports != 3 {
			t.Fatalf("beside the slow ones: %d %v", code, err)
		}
	}
}
