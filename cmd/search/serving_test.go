package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"

	"baogao"
	"baogao/corpus"
	"baogao/internal/testkit"
)

// sampleIndex makes an index of three reports.
func sampleIndex(t *testing.T) string {
	t.Helper()
	texts := t.TempDir()
	writeReports(t, texts, 3)
	return testkit.Build(t, testkit.Collect(t, corpus.Reports(t.Context(), []string{texts}, corpus.Options{})))
}

// serving is a server that runs in this process.
type serving struct {
	addr string // with http://
	stop context.CancelFunc
	code chan int      // the exit code, once
	rest *bytes.Buffer // of stderr after the first line; complete once there is a code
}

// serveHere runs search serve in this process, over a free port.
func serveHere(t *testing.T, args ...string) *serving {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	read, write := io.Pipe()
	s := &serving{stop: stop, code: make(chan int, 1), rest: new(bytes.Buffer)}
	copied, ended := make(chan struct{}), make(chan struct{})
	go func() {
		code := run(ctx, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...), io.Discard, write)
		write.Close()
		<-copied
		s.code <- code
		close(ended)
	}()
	lines := bufio.NewReader(read)
	first, err := lines.ReadString('\n')
	if err != nil {
		t.Fatalf("%q %v", first, err)
	}
	go func() {
		io.Copy(s.rest, lines)
		close(copied)
	}()
	t.Cleanup(func() {
		stop()
		<-ended
	})
	_, addr, ok := strings.Cut(strings.TrimSpace(first), "search: listening on ")
	if !ok {
		t.Fatalf("the first line is %q", first)
	}
	s.addr = addr
	return s
}

func TestServeFlags(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty")
	words := filepath.Join(t.TempDir(), "words")
	os.WriteFile(empty, []byte(" \n"), 0o600)
	os.WriteFile(words, []byte("two words\n"), 0o600)
	for _, tt := range []struct{ args, message string }{
		{"word", "serve takes no words"},
		{"--rate -1", "from 0"},
		{"--rate NaN", "--rate takes a number from 0"},
		{"--rate Inf", "--rate takes a number from 0"},
		{"--rate -Inf", "--rate takes a number from 0"},
		{"--rate 1e300", "--rate takes a number from 0"},
		{"--max-concurrent -1", "from 0"},
		{"--max-connections -1", "from 0"},
		{"--timeout -1s", "from 0, as 10s"},
		{"--timeout 10", "--timeout"},
		{"--timeout NaN", "--timeout"},
		{"--timeout 2562047h", "to 24h"},
		{"--drain 25h", "to 24h"},
		{"--grace -1s", "from 0, as 10s"},
		{"--trusted-proxy 10.0.0.0/33", "--trusted-proxy 10.0.0.0/33 is no network"},
		{"--trusted-proxy nginx", "--trusted-proxy nginx is no network"},
		{"--cors-origin example.cn", "--cors-origin example.cn is no origin"},
		{"--cors-origin https://example.cn/", "is no origin"},
		{"--cors-origin https://*", "https://*.example.cn for all hosts"},
		{"--cors-origin https://*.", "is no origin"},
		{"--cors-origin https://a*.example.cn", "is no origin"},
		{"--cors-origin https://*.example.*", "is no origin"},
		{"--addr foo", "--addr foo: "},
		{"--addr 127.0.0.1:port", "write it as 127.0.0.1:8080"},
		{"--addr 127.0.0.1:99999", "write it as 127.0.0.1:8080"},
		{"--addr 192.0.2.1:0", "hint: this machine has no such address"},
		{"--log-format xml", "use one of text, json"},
		{"--log-level loud", "use one of info, debug, warn, error"},
		{"--token-file " + empty, "empty; write the token into it"},
		{"--token-file " + words, "give the token alone"},
		{"--token-file " + empty + ".none", "no such file"},
	} {
		var stderr strings.Builder
		args := append([]string{"serve", "--addr", "127.0.0.1:0"}, strings.Fields(tt.args)...)
		if code := run(t.Context(), args, io.Discard, &stderr); code != exitError || !strings.Contains(stderr.String(), tt.message) {
			t.Errorf("%s: %d %s", tt.args, code, stderr.String())
		}
	}
}

func TestRateOn(t *testing.T) {
	for _, tt := range []struct {
		addr, proxy string
		given       bool
		want        float64
	}{
		{"127.0.0.1", "", false, 0},
		{"::1", "", false, 0},
		{"127.0.0.1", "127.0.0.1", false, publicRate},
		{"0.0.0.0", "", false, publicRate},
		{"::", "", false, publicRate},
		{"192.0.2.1", "", false, publicRate},
		{"192.0.2.1", "", true, 3},
		{"127.0.0.1", "", true, 3},
	} {
		f := serveFlags{rateGiven: tt.given}
		if tt.given {
			f.rate = 3
		}
		if tt.proxy != "" {
			f.proxies = []string{tt.proxy}
		}
		if got := f.rateOn(&net.TCPAddr{IP: net.ParseIP(tt.addr)}); got != tt.want {
			t.Errorf("%+v: %v", tt, got)
		}
	}
}

// TestVersionNamesTheBuild asks for it before and behind what else is asked.
func TestVersionNamesTheBuild(t *testing.T) {
	for _, args := range [][]string{{"--version"}, {"word", "--version"}} {
		var stdout strings.Builder
		code := run(t.Context(), args, &stdout, io.Discard)
		if code != exitFound || !regexp.MustCompile(`^search \S+\+[0-9a-f]{12}\n$`).MatchString(stdout.String()) {
			t.Errorf("%q: %d %q", args, code, stdout.String())
		}
	}
}

// TestUnreadableIndex names a file for the folder of an index, and folders
// that may not be read.
func TestUnreadableIndex(t *testing.T) {
	file, closed := filepath.Join(t.TempDir(), "file"), filepath.Join(t.TempDir(), "closed")
	if err := errors.Join(os.WriteFile(file, nil, 0o600), os.Mkdir(closed, 0)); err != nil {
		t.Fatal(err)
	}
	for dir, hint := range map[string]string{
		file:                          "a file stands where a folder is meant",
		filepath.Join(file, "baogao"): "a file stands where a folder is meant",
		closed:                        "let the user that runs this read",
	} {
		if _, err := os.ReadDir(dir); err == nil {
			t.Log("this user may read everything; the folder that is closed to others is left out")
			continue
		}
		var stderr strings.Builder
		if code := run(t.Context(), []string{"的", "--index", dir}, io.Discard, &stderr); code != exitError || !strings.Contains(stderr.String(), "\nhint: "+hint) {
			t.Errorf("%s: %d %s", dir, code, stderr.String())
		}
	}
}

// TestServeToken asks with a token of a file and of the environment.
func TestServeToken(t *testing.T) {
	dir, file := sampleIndex(t), filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte("of-the-file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("BAOGAO_TOKEN", "of-the-environment")
	for token, args := range map[string][]string{"of-the-file": {"--token-file", file}, "of-the-environment": nil} {
		s := serveHere(t, append(args, "--index", dir)...)
		for header, want := range map[string]int{"": 401, "Bearer wrong": 401, "Bearer " + token: 200} {
			r, err := http.NewRequest("GET", s.addr+"/api/v1/search?q=a", nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Authorization", header)
			res, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			if res.StatusCode != want {
				t.Errorf("%s, %q: %d, want %d", token, header, res.StatusCode, want)
			}
		}
		s.stop()
		if code := <-s.code; code != exitFound {
			t.Errorf("it ends with %d", code)
		}
	}
}

// TestDrain asks a server that is about to stop: it says that it is not
// ready, and goes on answering.
func TestDrain(t *testing.T) {
	s := serveHere(t, "--index", sampleIndex(t), "--drain", "3s", "--log-format", "json")
	var body map[string]any
	if code, err := get(s.addr, "/readyz", &body); err != nil || code != http.StatusOK {
		t.Fatalf("readyz: %d %v", code, err)
	}
	s.stop()
	until(t, func() bool {
		code, err := get(s.addr, "/readyz", &body)
		return err == nil && code == http.StatusServiceUnavailable
	})
	if code, err := get(s.addr, "/api/v1/search?q=a", &body); err != nil || code != http.StatusOK {
		t.Errorf("a question while it drains: %d %v", code, err)
	}
	if code := <-s.code; code != exitFound {
		t.Errorf("it ends with %d", code)
	}
	for line := range strings.Lines(s.rest.String()) {
		var fields map[string]any
		if err := json.Unmarshal([]byte(line), &fields); err != nil {
			t.Errorf("%v in the log: %s", err, line)
		}
	}
}

// TestCutOff stops a server under an answer that has no end: the client sees
// that it is not whole, and the server ends in good order.
func TestCutOff(t *testing.T) {
	began := make(chan struct{})
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "line\n")
		http.NewResponseController(w).Flush()
		close(began)
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	})
	server := httptest.NewServer(handler) // it serves; what is stopped is the http.Server in it
	defer server.Close()
	read := make(chan error)
	go func() {
		res, err := http.Get(server.URL)
		if err == nil {
			_, err = io.ReadAll(res.Body)
			res.Body.Close()
		}
		read <- err
	}()
	<-began
	failed := make(chan error, 1)
	server.Config.RegisterOnShutdown(func() { failed <- http.ErrServerClosed })
	f := serveFlags{grace: 10 * time.Millisecond}
	if err := f.stop(server.Config, failed, slog.New(slog.DiscardHandler)); err != nil {
		t.Error(err)
	}
	if err := <-read; err == nil {
		t.Error("half an answer passes for the whole")
	}
}

// TestServeOnATakenPort fails with a message and not later.
func TestServeOnATakenPort(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	var stderr strings.Builder
	code := run(t.Context(), []string{"serve", "--addr", taken.Addr().String(), "--index", t.TempDir()}, io.Discard, &stderr)
	if code != exitError || !strings.Contains(stderr.String(), "address already in use\nhint: ") {
		t.Errorf("%d %s", code, stderr.String())
	}
}

// TestServeDamagedIndex says what is wrong, once.
func TestServeDamagedIndex(t *testing.T) {
	dir := sampleIndex(t)
	if err := os.WriteFile(filepath.Join(dir, "gen-000001", "manifest.json"), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	var stderr strings.Builder
	code := run(t.Context(), []string{"serve", "--addr", "127.0.0.1:0", "--index", dir}, io.Discard, &stderr)
	if code != exitError || !strings.HasPrefix(stderr.String(), "search: ") || strings.Contains(stderr.String(), "WARN") ||
		!strings.Contains(stderr.String(), baogao.ErrDamaged.Error()) {
		t.Errorf("%d %s", code, stderr.String())
	}
}

// TestMaxConnections holds the only connection there may be.
func TestMaxConnections(t *testing.T) {
	s := serveHere(t, "--index", sampleIndex(t), "--max-connections", "1")
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.addr, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	client := http.Client{Timeout: 300 * time.Millisecond, Transport: &http.Transport{DisableKeepAlives: true}}
	if res, err := client.Get(s.addr + "/healthz"); err == nil {
		t.Errorf("a second connection is answered: %d", res.StatusCode)
	}
	conn.Close()
	client.Timeout = time.Minute
	if res, err := client.Get(s.addr + "/healthz"); err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("after the first is gone: %v", err)
	}
}

// TestLongRequests asks with more than is read.
func TestLongRequests(t *testing.T) {
	s := serveHere(t, "--index", sampleIndex(t))
	for _, tt := range []struct{ query, header, want int }{
		{120 << 10, 0, http.StatusOK},
		{140 << 10, 0, http.StatusRequestURITooLong},
		{300 << 10, 0, http.StatusRequestHeaderFieldsTooLarge},
		{0, 300 << 10, http.StatusRequestHeaderFieldsTooLarge},
	} {
		r, err := http.NewRequest("GET", s.addr+"/api/v1/search?q="+strings.Repeat("a", tt.query), nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-Long", strings.Repeat("a", tt.header))
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Errorf("%+v: %v", tt, err)
			continue
		}
		res.Body.Close()
		if res.StatusCode != tt.want {
			t.Errorf("%+v: %d", tt, res.StatusCode)
		}
	}
}

// TestOperateTellsAllFlags holds the manual to the flags, and the examples of
// deploy to flags that there are.
func TestOperateTellsAllFlags(t *testing.T) {
	index := ""
	flags := newServe(&index).Flags()
	manual := read(t, "../../doc/operate.md")
	flags.VisitAll(func(f *pflag.Flag) {
		if !strings.Contains(manual, "| `--"+f.Name+"` |") {
			t.Errorf("doc/operate.md does not tell --%s", f.Name)
		}
	})
	for _, file := range []string{"baogao.service", "Containerfile", "nginx.conf"} {
		text := read(t, "../../deploy/"+file)
		given := regexp.MustCompile(`"?search"?,? "?serve[^\n\\]*(\\\n[^\n\\]*)*|CMD .*`).FindAllString(text, -1)
		if len(given) == 0 {
			t.Errorf("deploy/%s does not serve", file)
		}
		for _, name := range regexp.MustCompile(`--([a-z-]+)`).FindAllStringSubmatch(strings.Join(given, "\n"), -1) {
			if name[1] != "index" && flags.Lookup(name[1]) == nil {
				t.Errorf("deploy/%s: there is no flag --%s", file, name[1])
			}
		}
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
