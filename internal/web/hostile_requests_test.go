package web_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// plain is a request for the health of the server with a header more.
func plain(headers ...string) string { return asks("/healthz", headers...) }

// asks is a request for a target, after which the connection ends.
func asks(target string, headers ...string) string {
	return line("GET "+target+" HTTP/1.1", append(headers, "Connection: close")...)
}

// line is a request of a first line and headers, which name no host if there
// is one among them.
func line(first string, headers ...string) string {
	if !strings.Contains(strings.Join(headers, "\n"), "Host") {
		headers = append([]string{"Host: localhost"}, headers...)
	}
	return first + "\r\n" + strings.Join(headers, "\r\n") + "\r\n\r\n"
}

// many joins n texts, each with its number for %d.
func many(n int, format, between string) string {
	all := make([]string, n)
	for i := range all {
		all[i] = strings.ReplaceAll(format, "%d", fmt.Sprint(i))
	}
	return strings.Join(all, between)
}

// second is a request that hides behind another one. It ends the connection if
// it is answered.
const second = "GET /api/v1/stats HTTP/1.1\r\nHost: zq9x\r\nConnection: close\r\n\r\n"

// requests are such as no browser makes, with the status of the answer. Those
// that are no HTTP are answered by net/http.
var requests = []struct {
	name    string
	request string
	want    int
}{
	{"HTTP/1.0 without a host", "GET /healthz HTTP/1.0\r\n\r\n", 200},
	{"HTTP/1.1 without a host", "GET /healthz HTTP/1.1\r\n\r\n", 400},
	{"two hosts", line("GET /healthz HTTP/1.1", "Host: a", "Host: b"), 400},
	{"another host", asks("/search?q=a", "Host: zq9x.example"), 200},
	{"another host for a file", asks("/openapi.json", "Host: zq9x.example", "X-Forwarded-Host: zq9x.example", "X-Forwarded-Proto: zq9x"), 200},
	{"markup in the host", plain(`Host: "><zq9x>`), 400},
	{"absolute form", asks("http://zq9x.example/search?q=a"), 200},
	{"absolute form of another scheme", asks("ftp://zq9x.example/zq9x"), 404},
	{"authority form", line("CONNECT zq9x.example:443 HTTP/1.1", "Connection: close"), 405},
	{"asterisk form", asks("*"), 404},
	{"no slash", asks("search?q=zq9x"), 400},
	{"HTTP/0.9", "GET /healthz\r\n\r\n", 400},
	{"HTTP/9.9", line("GET /healthz HTTP/9.9"), 505},
	{"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 405},
	{"h2c upgrade", plain("Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__"), 200},
	{"websocket upgrade", asks("/search", "Upgrade: websocket", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="), 200},
	{"TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03zq9x\r\n\r\n", 400},
	{"line feeds alone", "GET /healthz HTTP/1.1\nHost: localhost\nConnection: close\n\n", 200},
	{"blank in the target", line("GET /search?q=a b HTTP/1.1"), 400},
	{"control character in the target", line("GET /search?q=\x01 HTTP/1.1"), 400},

	{"POST", line("POST /api/v1/search HTTP/1.1", "Content-Length: 4", "Connection: close") + "zq9x", 405},
	{"POST to a page", line("POST /search HTTP/1.1", "Content-Length: 4", "Connection: close") + "zq9x", 405},
	{"PUT", line("PUT /reports/zq9x HTTP/1.1", "Content-Length: 0", "Connection: close"), 405},
	{"DELETE", line("DELETE /api/v1/reports/zq9x HTTP/1.1", "Connection: close"), 405},
	{"PATCH", line("PATCH / HTTP/1.1", "Connection: close"), 405},
	{"TRACE", line("TRACE /search HTTP/1.1", "X-Secret: zq9x", "Connection: close"), 405},
	{"OPTIONS", line("OPTIONS /api/v1/search HTTP/1.1", "Origin: http://zq9x.example", "Access-Control-Request-Method: GET", "Connection: close"), 405},
	{"method of ours", line("ZQ9X /search HTTP/1.1", "Connection: close"), 405},
	{"method in lower case", line("get /search HTTP/1.1", "Connection: close"), 405},
	{"long method", line(strings.Repeat("A", 100_000)+" /search HTTP/1.1", "Connection: close"), 405},
	{"method override", asks("/search?q=a&_method=DELETE", "X-HTTP-Method-Override: DELETE"), 200},
	{"markup as a method", line("<zq9x> /search HTTP/1.1"), 400},

	{"body on GET", line("GET /api/v1/search HTTP/1.1", "Content-Length: 4") + "zq9x", 400},
	{"chunks on GET", line("GET /search HTTP/1.1", "Transfer-Encoding: chunked") + "4\r\nzq9x\r\n0\r\n\r\n", 400},
	{"request in a body", line("GET /healthz HTTP/1.1", fmt.Sprintf("Content-Length: %d", len(second))) + second, 400},
	{"length and chunks", line("GET /healthz HTTP/1.1", "Content-Length: 4", "Transfer-Encoding: chunked") + "0\r\n\r\n" + second, 400},
	{"chunks and length", line("POST /search HTTP/1.1", "Transfer-Encoding: chunked", fmt.Sprintf("Content-Length: %d", len(second)+5)) + "0\r\n\r\n" + second, 405},
	{"two lengths", line("GET /healthz HTTP/1.1", "Content-Length: 0", "Content-Length: 44") + second, 400},
	{"length with a sign", line("GET /healthz HTTP/1.1", "Content-Length: +44") + second, 400},
	{"length below 0", line("GET /healthz HTTP/1.1", "Content-Length: -1") + second, 400},
	{"length too large", line("GET /healthz HTTP/1.1", "Content-Length: 99999999999999999999") + second, 400},
	{"chunks twice", line("GET /healthz HTTP/1.1", "Transfer-Encoding: chunked", "Transfer-Encoding: identity") + "0\r\n\r\n" + second, 501},
	{"other coding", line("GET /healthz HTTP/1.1", "Transfer-Encoding: xchunked") + second, 501},
	{"blank before the colon", line("GET /healthz HTTP/1.1", "Transfer-Encoding : chunked") + second, 400},
	{"vertical tab before chunked", line("GET /healthz HTTP/1.1", "Transfer-Encoding: \x0bchunked") + second, 400},
	{"chunk of no size", line("GET /search HTTP/1.1", "Transfer-Encoding: chunked") + "zq9x\r\n" + second, 400},
	{"expectation", plain("Expect: zq9x"), 417},
	{"continue", plain("Expect: 100-continue"), 200},

	{"carriage return in a header", plain("X-A: a\rX-Zq9x: 1"), 400},
	{"NUL in a header", plain("X-A: a\x00zq9x"), 400},
	{"folded header", plain("X-A: a\r\n zq9x"), 200},
	{"header without a name", plain(": zq9x"), 400},
	{"header without a colon", plain("zq9x"), 400},
	{"markup as a header", plain("<zq9x>: 1"), 400},
	{"header of 1 MB", plain("X-A: " + strings.Repeat("zq9x", 1<<18)), 431},
	{"100,000 headers", plain(many(100_000, "X-%d: zq9x", "\r\n")), 431},
	{"10,000 headers", plain(many(10_000, "X-A: %d", "\r\n")), 200},
	{"cookie of 200 KB", asks("/search?q=a", "Cookie: zq9x="+strings.Repeat("zq9x", 50_000)), 200},
	{"1,000 cookies", asks("/search?q=a", "Cookie: "+many(1_000, "zq9x%d=1", "; ")), 200},
	{"credentials", asks("/api/v1/stats", "Authorization: Bearer zq9x", "Proxy-Authorization: Basic zq9x"), 200},
	{"request id with markup", plain("X-Request-Id: <zq9x>"), 200},
	{"request id with line ends", plain("X-Request-Id: zq9x%0d%0aSet-Cookie: zq9x"), 200},
	{"request id cut by a line end", plain("X-Request-Id: a\r\nX-Zq9x: 1"), 200},
	{"long request id", plain("X-Request-Id: " + strings.Repeat("zq9x", 17)), 200},
	{"many request ids", plain(many(1_000, "X-Request-Id: zq9x %d", "\r\n")), 200},
	{"client of no address", asks("/search?q=a", "X-Forwarded-For: zq9x, <zq9x>, 1.2.3, ::g, fe80::1%zq9x"), 200},
	{"10,000 clients", asks("/search?q=a", "X-Forwarded-For: "+many(10_000, "127.0.0.1", ",")), 200},
	{"clients of commas", asks("/search?q=a", "X-Forwarded-For: "+strings.Repeat(",", 100_000)), 200},
	{"other forwarding", asks("/search?q=a", "Forwarded: for=zq9x;host=zq9x", "X-Real-Ip: zq9x", "X-Original-Url: /metrics", "X-Rewrite-Url: /metrics"), 200},
	{"other origin", asks("/api/v1/search?q=a", "Origin: http://zq9x.example"), 200},
	{"referrer", asks("/search?q=a", "Referer: javascript:zq9x()", "User-Agent: () { :;}; zq9x"), 200},
	{"accepts nothing", asks("/api/v1/stats", "Accept: zq9x/zq9x;q=0, */*;q=0"), 200},
	{"accepts pages", asks("/api/v1/stats", "Accept: text/html, application/cbor"), 200},

	{"ETags of nothing", asks("/search?q=a", `If-None-Match: zq9x, W/, "`, `If-None-Match: "zq9x", W/"<zq9x>"`), 200},
	{"any ETag", asks("/search?q=a", "If-None-Match: *"), 200},
	{"10,000 ETags", asks("/search?q=a", "If-None-Match: "+many(10_000, `W/"%d"`, ", ")), 200},
	{"ETags of commas", asks("/search?q=a", "If-None-Match: "+strings.Repeat(",", 200_000)), 200},
	{"other conditions", asks("/search?q=a", `If-Match: "zq9x"`, "If-Modified-Since: zq9x", "If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT", `If-Range: "zq9x"`), 200},
	{"range of a page", asks("/search?q=a", "Range: bytes=0-0"), 200},
	{"ranges of a page", asks("/api/v1/search?q=a", "Range: bytes="+many(10_000, "0-", ",")), 200},
	{"range of an export", asks("/export?q=a&format=csv", "Range: bytes=-1"), 200},
	{"ranges of a file", asks("/static/style.css", "Range: bytes="+many(10_000, "0-", ",")), 200},
	{"bytes of a file", asks("/static/style.css", "Range: bytes="+many(10_000, "%d-%d", ",")), 200},
	{"two ranges of a file", asks("/static/style.css", "Range: bytes=0-0,-1"), 200},
	{"ranges in two headers", asks("/static/style.css", "Range: bytes=0-0", "Range: bytes=2-2"), 206},
	{"range of a file", asks("/static/style.css", "Range: bytes=0-0"), 206},
	{"range behind a file", asks("/static/style.css", "Range: bytes=99999999-"), 416},
	{"range of nothing", asks("/static/style.css", "Range: bytes=zq9x"), 416},

	{"path up", asks("/../../../../etc/passwd"), 404},
	{"path up from files", asks("/static/../../pages.go"), 404},
	{"path up, encoded", asks("/static/..%2f..%2fpages.go"), 404},
	{"path up, all encoded", asks("/static/%2e%2e/%2e%2e/pages.go"), 404},
	{"path up, encoded twice", asks("/static/..%252fpages.go"), 404},
	{"path up, other slashes", asks(`/static/..\..\pages.go`), 404},
	{"path up from the API", asks("/api/v1/../../metrics"), 404},
	{"path up to what needs no token", asks("/api/v1/..%2f..%2fmetrics"), 404},
	{"the path itself", asks("/static/./style.css"), 404},
	{"absolute path", asks("/static//etc/passwd"), 404},
	{"folder of files", asks("/static/"), 404},
	{"folder of files without a slash", asks("/static"), 404},
	{"file with a slash", asks("/static/style.css/"), 404},
	{"index of files", asks("/static/index.html"), 404},
	{"NUL in a file", asks("/static/style.css%00.html"), 404},
	{"NUL behind a page", asks("/search%00"), 404},
	{"NUL behind an id", asks("/reports/a%00b"), 404},
	{"other host as a path", asks("//zq9x.example/search"), 404},
	{"other host as a path, encoded", asks("/%2fzq9x.example/%2e%2e"), 404},
	{"page with a slash", asks("/search/"), 404},
	{"page in capitals", asks("/SEARCH"), 404},
	{"page with a parameter of its own", asks("/search;zq9x=1?q=a"), 404},
	{"no hexadecimal digits in the path", asks("/%zz"), 400},
	{"no hexadecimal digits in the query", asks("/api/v1/search?q=%zz"), 400},
	{"fragment", asks("/search?q=a#<zq9x>"), 200},
	{"profiles", asks("/debug/pprof/"), 404},
	{"hidden files", asks("/.git/config"), 404},

	{"parameter twice", asks("/api/v1/search?q=a&q=zq9x"), 400},
	{"number twice", asks("/api/v1/search?limit=1&limit=1000000"), 400},
	{"parameter twice on a page", asks("/search?q=a&q=%3Czq9x%3E"), 200},
	{"semicolons", asks("/api/v1/search?q=a;limit=1"), 400},
	{"semicolons on a page", asks("/search?q=a;limit=1000"), 400},
	{"30,000 parameters", asks("/api/v1/search?" + strings.Repeat("q&", 30_000)), 400},
	{"8,000 parameters of a page", asks("/search?" + strings.Repeat("a&", 8_000)), 200},
	{"12,000 parameters of a download", asks("/export?format=csv&" + strings.Repeat("a&", 12_000)), 400},
	{"nothing but signs", asks("/search?&&&===&=&?&??=/"), 200},
	{"page far off", asks("/search?q=&page=1000000&limit=100"), 200},
	{"offset far off", asks("/api/v1/search?q=&offset=2147483647&limit=200"), 200},
	{"offset too far off", asks("/api/v1/search?q=&offset=2147483648"), 400},
	{"cursor of another index", asks("/api/v1/search?q=a&cursor=00000000-00000000-e0-0"), 410},
	{"cursor of infinity", asks("/api/v1/search?q=a&cursor=00000000-00000000-e7ff0000000000000-ffffffff"), 410},
	{"part far off", asks("/reports/{report}?part=9223372036854775807"), 400},
	{"passage far off", asks("/context?id={report}%23p9223372036854775807.9223372036854775807"), 404},
}

// TestHostileRequests sends requests that are hostile in their form.
func TestHostileRequests(t *testing.T) {
	s := startHostile(t)
	for _, r := range requests {
		t.Run(r.name, func(t *testing.T) {
			request := strings.ReplaceAll(r.request, "{report}", url.PathEscape(s.report))
			s.examine(t, s.send(t, r.name, request), []int{r.want})
			s.isWell(t)
		})
	}
	s.examineLog(t)
	t.Logf("slowest: %v for %s", s.slowest.took, s.slowest.name)
}

// TestHostileCodings reads what a client gets that accepts codings of any
// kind: the page, plain or as gzip.
func TestHostileCodings(t *testing.T) {
	s := startHostile(t)
	for _, accepted := range []string{
		"zq9x", "gzip;q=NaN", "gzip;q=1e308, *;q=-1", "gzip;q=0, identity;q=0", "*;q=0", "br, zstd, deflate", ";;;,,,q=",
		strings.Repeat("gzip,", 20_000), "gzip\x7f", "GZIP", "gzip;q=1;q=0;q=1",
	} {
		a := s.send(t, "Accept-Encoding: "+accepted[:min(30, len(accepted))], asks("/search?q=a", "X-Forwarded-For: 192.0.2.7", "Accept-Encoding: "+accepted))
		switch coding := a.header.Get("Content-Encoding"); {
		case coding == "gzip":
			zr, err := gzip.NewReader(bytes.NewReader(a.body))
			if err != nil {
				t.Fatalf("%s: %v", a.name, err)
			}
			if a.body, err = io.ReadAll(zr); err != nil {
				t.Errorf("%s: %v", a.name, err)
			}
		case coding != "":
			t.Errorf("%s: answered as %s", a.name, coding)
		}
		s.examine(t, a, []int{http.StatusOK, http.StatusBadRequest})
	}
	s.isWell(t)
}
