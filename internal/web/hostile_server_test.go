package web_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"

	"baogao/corpus"
	"baogao/internal/engine"
	"baogao/internal/testkit"
	"baogao/internal/web"
	"baogao/internal/web/service"
)

// maxHeader is the limit of the server under test, as of search serve.
const maxHeader = 1 << 18

// A hostile is a server of the whole service over the sample reports, with the
// limits of search serve, on a port of this machine.
type hostile struct {
	addr    string
	report  string // id of one of the reports
	places  []string
	log     lockedBuffer
	slowest answer
	longest answer
}

// An answer is what a server sent until it closed the connection.
type answer struct {
	name   string
	took   time.Duration
	status int
	header http.Header
	body   []byte
	rest   []byte // what came after the answer
}

type lockedBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

func startHostile(t *testing.T) *hostile {
	t.Helper()
	reports := testkit.Collect(t, corpus.Reports(t.Context(), []string{samples}, corpus.Options{}))
	dir := testkit.Build(t, reports)
	x, err := engine.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	s := &hostile{report: reports[0].Meta.ID, places: []string{dir, here, os.TempDir() + "/", "goroutine ", ".go:", "runtime error"}}
	o := service.Options{Log: slog.New(slog.NewJSONHandler(&s.log, nil)), TrustedProxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}
	server := httptest.NewUnstartedServer(web.New(x, web.Options{Version: "test", Service: o}))
	server.Config.MaxHeaderBytes, server.Config.ReadHeaderTimeout = maxHeader, time.Minute
	server.Config.ErrorLog = slog.NewLogLogger(slog.NewJSONHandler(&s.log, nil), slog.LevelError)
	server.Start()
	t.Cleanup(server.Close)
	s.addr = server.Listener.Addr().String()
	return s
}

// answerWithin bounds an answer, on a machine that has other things to do.
const answerWithin = 10 * time.Second

// send sends bytes and reads the answer to the end of the connection.
func (s *hostile) send(t *testing.T, name, request string) answer {
	t.Helper()
	began := time.Now()
	c, err := net.Dial("tcp", s.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.SetDeadline(began.Add(2 * answerWithin)); err != nil {
		t.Fatal(err)
	}
	go io.WriteString(c, request) // the server may answer before it has read all, and refuse the rest
	in := bufio.NewReader(c)
	method, _, _ := strings.Cut(request, " ")
	res, err := http.ReadResponse(in, &http.Request{Method: method})
	if err != nil {
		t.Fatalf("%s: no answer: %v", name, err)
	}
	a := answer{name: name, status: res.StatusCode, header: res.Header}
	if a.body, err = io.ReadAll(res.Body); err != nil {
		t.Errorf("%s: the answer breaks off: %v", name, err)
	}
	a.took = time.Since(began)
	if a.rest, err = io.ReadAll(in); err != nil && len(a.rest) > 0 {
		t.Errorf("%s: the connection ends with %v", name, err)
	}
	if a.took > s.slowest.took {
		s.slowest = a
	}
	if len(a.body) > len(s.longest.body) {
		s.longest = a
	}
	return a
}

// examine holds an answer to what every answer has to be.
func (s *hostile) examine(t *testing.T, a answer, want []int) {
	t.Helper()
	if !slices.Contains(want, a.status) {
		t.Errorf("%s: %d, want %v\n%.300s", a.name, a.status, want, a.body)
	}
	if a.took > answerWithin {
		t.Errorf("%s: took %v", a.name, a.took)
	}
	if len(a.rest) > 0 {
		t.Errorf("%s: a second answer to one request: %.200s", a.name, a.rest)
	}
	for name, values := range a.header {
		value := strings.Join(values, "\n")
		made := strings.Contains(strings.ToLower(value), canary) && name != "Link" && name != "Content-Disposition"
		moved := name == "Location" && a.status == http.StatusSeeOther && inside.MatchString(value)
		if made && !moved || strings.Contains(strings.ToLower(name), canary) || !moved && slices.Contains([]string{"Set-Cookie", "Location", "Access-Control-Allow-Origin"}, name) {
			t.Errorf("%s: header %s: %.200s", a.name, name, value)
		}
	}
	for _, place := range s.places {
		if bytes.Contains(a.body, []byte(place)) {
			t.Errorf("%s: the body tells %s: %.300s", a.name, place, a.body)
		}
	}
	if isBelow(a) {
		return
	}
	for _, name := range []string{"Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "X-Request-Id"} {
		if len(a.header.Values(name)) != 1 {
			t.Errorf("%s: %d with %d headers %s", a.name, a.status, len(a.header.Values(name)), name)
		}
	}
	if a.status >= 400 && (a.header.Get("Cache-Control") != "no-store" || a.header.Get("ETag") != "") {
		t.Errorf("%s: %d may be kept: %v", a.name, a.status, a.header)
	}
	examineBody(t, a)
}

// inside is what a page may move to: one of the service's own, that carries a
// question in its path.
var inside = regexp.MustCompile(`^/q/[A-Za-z0-9_-]{100,}/(search|figures|indicator|trend|map|panel|reports/[^/]*)(\?[^ ]*)?$`)

// follow asks for the page that another one has moved to.
func (s *hostile) follow(t *testing.T, a answer) answer {
	t.Helper()
	s.examine(t, a, []int{http.StatusSeeOther})
	if len(a.body) > 0 {
		t.Errorf("%s: moved, with %d bytes", a.name, len(a.body))
	}
	return s.send(t, a.name, asks(a.header.Get("Location")))
}

// isBelow reports whether a request never reached the service, because it is
// no HTTP or too long: net/http answers with a few words of its own.
func isBelow(a answer) bool {
	return a.header.Get("X-Request-Id") == "" && a.status >= 400 && len(a.body) < 100 && !bytes.Contains(a.body, []byte(canary))
}

// examineBody reads a body as what its header says it is.
func examineBody(t *testing.T, a answer) {
	t.Helper()
	kind, _, _ := strings.Cut(a.header.Get("Content-Type"), ";")
	switch kind {
	case "text/html":
		examinePage(t, a)
	case "application/json", "application/problem+json", "application/vnd.citationstyles.csl+json":
		if len(a.body) > 0 && !json.Valid(a.body) {
			t.Errorf("%s: no JSON: %.300s", a.name, a.body)
		}
		if (a.status >= 400) != (kind == "application/problem+json") {
			t.Errorf("%s: %d as %s", a.name, a.status, kind)
		}
		if bytes.ContainsAny(a.body, "<>") {
			t.Errorf("%s: JSON that can pass for a page: %.300s", a.name, a.body)
		}
	case "text/csv":
		if !strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment;") {
			t.Errorf("%s: a file that is shown: %v", a.name, a.header)
		}
	case "text/plain", "text/css", "text/javascript":
		if bytes.Contains(a.body, []byte(canary)) {
			t.Errorf("%s: %s with the input in it: %.300s", a.name, kind, a.body)
		}
	default:
		if len(a.body) > 0 {
			t.Errorf("%s: %d bytes of %q: %.300s", a.name, len(a.body), kind, a.body)
		}
	}
}

// examinePage looks for elements, attributes and addresses that the input has
// made.
func examinePage(t *testing.T, a answer) {
	t.Helper()
	for _, raw := range []string{"<zq9x", "<script>", "<img", "<svg/", "--><", "<!DOCTYPE zq9x", "ZgotmplZ"} {
		if bytes.Contains(a.body, []byte(raw)) {
			t.Errorf("%s: %s stands in the page", a.name, raw)
		}
	}
	if !utf8.Valid(a.body) || bytes.IndexByte(a.body, 0) >= 0 {
		t.Errorf("%s: the page is not clean UTF-8", a.name)
	}
	root, err := html.Parse(bytes.NewReader(a.body))
	if err != nil {
		t.Fatalf("%s: %v", a.name, err)
	}
	for n := range root.Descendants() {
		switch {
		case n.Type == html.CommentNode, n.Type == html.DoctypeNode && n.Data != "html":
			t.Errorf("%s: %.100q in the page", a.name, n.Data)
		case n.Type == html.ElementNode:
			examineElement(t, a, n)
		}
	}
}

func examineElement(t *testing.T, a answer, n *html.Node) {
	t.Helper()
	if strings.Contains(n.Data, canary) || slices.Contains([]string{"img", "iframe", "object", "embed", "base", "style", "textarea", "template"}, n.Data) {
		t.Errorf("%s: element %s", a.name, n.Data)
	}
	if n.Data == "script" && n.FirstChild != nil {
		t.Errorf("%s: a script in the page: %.100q", a.name, n.FirstChild.Data)
	}
	for _, attr := range n.Attr {
		key := strings.ToLower(attr.Key)
		if strings.Contains(key, canary) || strings.HasPrefix(key, "on") || slices.Contains([]string{"style", "autofocus", "srcdoc", "http-equiv"}, key) {
			t.Errorf("%s: attribute %s=%.100q of %s", a.name, attr.Key, attr.Val, n.Data)
		}
		if key != "href" && key != "src" && key != "action" && key != "data-fragment" {
			continue
		}
		to, err := url.Parse(attr.Val)
		if err != nil || to.IsAbs() && to.Scheme != "http" && to.Scheme != "https" || strings.Contains(to.Host, canary) {
			t.Errorf("%s: %s leads to %.200q", a.name, n.Data, attr.Val)
		}
	}
}

// isWell asks for the health of the server.
func (s *hostile) isWell(t *testing.T) {
	t.Helper()
	a := s.send(t, "health", "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
	if a.status != http.StatusOK {
		t.Fatalf("the server is not well: %d %s", a.status, a.body)
	}
}

// examineLog reads the log of the service: every line is one of its own making,
// and nothing has gone wrong.
func (s *hostile) examineLog(t *testing.T) {
	t.Helper()
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	for line := range strings.Lines(s.log.String()) {
		var entry struct{ Level, Msg, Method, Path string }
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Errorf("no line of the log: %.300s", line)
			continue
		}
		if entry.Level != "INFO" || entry.Msg != "request" || len(entry.Path) > 1000 {
			t.Errorf("the log says %.600s", line)
		}
	}
}
