package service_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/web/service"
)

// gunzip undoes the compression of a body.
func gunzip(t *testing.T, body string) string {
	t.Helper()
	r, err := gzip.NewReader(strings.NewReader(body))
	if err != nil {
		t.Errorf("%v: %.20q", err, body)
		return ""
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Error(err)
	}
	return string(plain)
}

// counted counts what is asked of a handler.
func counted(n *int, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*n++
		h.ServeHTTP(w, r)
	})
}

func TestConditionalRequests(t *testing.T) {
	asked := 0
	s := index()
	h := service.New(s, counted(&asked, says("answer")), service.Options{Version: "1"})
	first := ask(h, "GET", "/api/v1/search?q=a")
	tag := first.Header().Get("ETag")
	if first.Code != 200 || !strings.HasPrefix(tag, `W/"`) || first.Header().Get("Cache-Control") != "no-cache" {
		t.Fatalf("%d %v", first.Code, first.Header())
	}
	strong := strings.TrimPrefix(tag, "W/")
	for _, tt := range []struct {
		method, header string
		status         int
	}{
		{"GET", tag, 304},
		{"HEAD", tag, 304},
		{"GET", strong, 304}, // the comparison is weak
		{"GET", `"a", W/"b,c" ,` + tag, 304},
		{"GET", `W/"0123456789abcdef01234567"`, 200},
		{"GET", strings.Trim(strong, `"`), 200}, // no quotes, no ETag
		{"GET", "", 200},
		{"GET", "*", 200}, // is there anything at all? only the answer tells
	} {
		asked = 0
		rec := ask(h, tt.method, "/api/v1/search?q=a", "If-None-Match: "+tt.header)
		if rec.Code != tt.status || asked != map[int]int{304: 0, 200: 1}[tt.status] {
			t.Errorf("%s %s: %d after asking %d times", tt.method, tt.header, rec.Code, asked)
		}
		if got := rec.Header(); got.Get("ETag") != tag || got.Get("Cache-Control") != "no-cache" || got.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s %s: %v", tt.method, tt.header, got)
		}
		if tt.status == 304 && rec.Body.Len() > 0 {
			t.Errorf("%s %s: a body of %d bytes", tt.method, tt.header, rec.Body.Len())
		}
	}
}

// TestETagChanges with all that changes the answers.
func TestETagChanges(t *testing.T) {
	tag := ask(service.New(index(), says("answer"), service.Options{Version: "1"}), "GET", "/").Header().Get("ETag")
	for _, tt := range []struct {
		name    string
		state   baogao.State
		err     error
		version string
		status  int
	}{
		{"the same", baogao.State{Generation: "gen-000012", Built: "2026-11-22T12:00:00Z"}, nil, "1", 304},
		{"another generation", baogao.State{Generation: "gen-000013", Built: "2026-11-22T12:00:00Z"}, nil, "1", 200},
		{"another index with such a generation", baogao.State{Generation: "gen-000012", Built: "2026-11-23T12:00:00Z"}, nil, "1", 200},
		{"another program", baogao.State{Generation: "gen-000012", Built: "2026-11-22T12:00:00Z"}, nil, "2", 200},
		{"no index", baogao.State{}, baogao.ErrNoIndex, "1", 200},
	} {
		h := service.New(&held{stats: baogao.Stats{State: tt.state}, err: tt.err}, says("answer"), service.Options{Version: tt.version})
		rec := ask(h, "GET", "/", "If-None-Match: "+tag)
		if rec.Code != tt.status || (rec.Header().Get("ETag") == tag) != (tt.status == 304) {
			t.Errorf("%s: %d %v", tt.name, rec.Code, rec.Header())
		}
		if _, has := rec.Header()["Etag"]; has == (tt.err != nil) {
			t.Errorf("%s: %v", tt.name, rec.Header())
		}
	}
}

// TestErrorsCarryNoETag answers with an error, and says so again to a client
// that says it has the answer: nothing was given to it.
func TestErrorsCarryNoETag(t *testing.T) {
	h := service.New(index(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.RawQuery != "" {
			http.Error(w, "no such parameter", http.StatusBadRequest)
		}
	}), service.Options{})
	another := ask(h, "GET", "/api/v1/search").Header().Get("ETag")
	for _, condition := range []string{"*", `"made-up"`, another} {
		rec := ask(h, "GET", "/api/v1/search?years=1", "If-None-Match: "+condition)
		if rec.Code != 400 || rec.Header().Get("ETag") != "" || rec.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %v", condition, rec.Code, rec.Header())
		}
	}
}

func TestCompression(t *testing.T) {
	long := strings.Repeat("行政复议是化解行政争议的主渠道。", 100)
	for _, tt := range []struct {
		name, method, accept, body string
		compressed                 bool
		from                       []string // headers
	}{
		{"long", "GET", "gzip", long, true, nil},
		{"of this machine", "GET", "gzip", long, false, []string{"From: 127.0.0.1:5000"}},
		{"of this machine by IPv6", "GET", "gzip", long, false, []string{"From: [::1]:5000"}},
		{"passed on by a proxy of this machine", "GET", "gzip", long, true, []string{"From: 127.0.0.1:5000", "X-Forwarded-For: 192.0.2.7"}},
		{"passed on by another", "GET", "gzip", long, true, []string{"From: [::1]:5000", "Via: 1.1 cache"}},
		{"long, of several", "GET", "zstd, br;q=0.9, gzip;q=0.5", long, true, nil},
		{"short", "GET", "gzip", "short", false, nil},
		{"not asked for", "GET", "", long, false, nil},
		{"refused", "GET", "gzip;q=0", long, false, nil},
		{"HEAD", "HEAD", "gzip", long, false, nil},
	} {
		h := service.New(index(), says(tt.body), service.Options{})
		headers := append(tt.from, "Accept-Encoding: "+tt.accept)
		rec := ask(h, tt.method, "/", headers...)
		got := rec.Header()
		if (got.Get("Content-Encoding") == "gzip") != tt.compressed || got.Get("Vary") != "Accept-Encoding" || !strings.HasPrefix(got.Get("ETag"), "W/") {
			t.Errorf("%s: %v", tt.name, got)
		}
		body := rec.Body.String()
		if tt.compressed {
			body = gunzip(t, body)
		}
		if body != tt.body {
			t.Errorf("%s: %d bytes, want %d", tt.name, len(body), len(tt.body))
		}
		if rec := ask(h, tt.method, "/", append(headers, "If-None-Match: "+got.Get("ETag"))...); rec.Code != 304 {
			t.Errorf("%s: its ETag gives %d", tt.name, rec.Code)
		}
	}
}

func TestToken(t *testing.T) {
	asked := 0
	h := service.New(index(), counted(&asked, says("answer")), service.Options{Token: "s3cret-Token", Static: "/static/"})
	tag := ask(h, "GET", "/api/v1/search", "Authorization: Bearer s3cret-Token").Header().Get("ETag")
	for _, tt := range []struct {
		path, header string
		status       int
		challenge    string
	}{
		{"/api/v1/search", "X: y", 401, `Bearer realm="baogao"`},
		{"/api", "X: y", 200, ""}, // a page
		{"/%61pi/v1/search", "X: y", 401, `Bearer realm="baogao"`},
		{"/api/v1/search", "Authorization: Bearer s3cret-Token", 200, ""},
		{"/api/v1/search", "Authorization: bearer  s3cret-Token ", 200, ""},
		{"/api/v1/search", "Authorization: Bearer s3cret-Toke", 401, `Bearer realm="baogao", error="invalid_token"`},
		{"/api/v1/search", "Authorization: Bearer s3cret-Token1", 401, `Bearer realm="baogao", error="invalid_token"`},
		{"/api/v1/search", "Authorization: Bearer S3CRET-TOKEN", 401, `Bearer realm="baogao", error="invalid_token"`},
		{"/api/v1/search", "Authorization: Bearer", 401, `Bearer realm="baogao", error="invalid_token"`},
		{"/api/v1/search", "Authorization: Bearer ", 401, `Bearer realm="baogao", error="invalid_token"`},
		{"/api/v1/search", "Authorization: Basic s3cret-Token", 401, `Bearer realm="baogao", error="invalid_token"`},
		{"/api/v1/search", "Authorization: s3cret-Token", 401, `Bearer realm="baogao", error="invalid_token"`},
		{"/api/v1/search?token=s3cret-Token", "X: y", 401, `Bearer realm="baogao"`},
		{"/api/v1/search", "If-None-Match: " + tag, 401, `Bearer realm="baogao"`}, // the token comes first
		{"/", "X: y", 200, ""},
		{"/openapi", "X: y", 200, ""},
		{"/static/a.css", "X: y", 200, ""},
		{"/healthz", "X: y", 200, ""},
		{"/metrics", "X: y", 200, ""},
	} {
		asked = 0
		rec := ask(h, "GET", tt.path, tt.header)
		if rec.Code != tt.status || rec.Header().Get("WWW-Authenticate") != tt.challenge || tt.status == 401 && asked > 0 {
			t.Errorf("%s %s: %d %q", tt.path, tt.header, rec.Code, rec.Header().Get("WWW-Authenticate"))
		}
		vary := strings.Join(rec.Header()["Vary"], ", ")
		if guarded := strings.Contains(tt.path, "/v1/"); strings.Contains(vary, "Authorization") != guarded {
			t.Errorf("%s %s: Vary %q", tt.path, tt.header, vary)
		}
		if strings.Contains(rec.Body.String(), "s3cret") {
			t.Errorf("%s %s tells the token: %s", tt.path, tt.header, rec.Body)
		}
	}
}

func TestOtherOrigins(t *testing.T) {
	const ours, theirs = "https://reports.example.cn", "https://evil.example"
	for _, tt := range []struct {
		name         string
		origins      []string
		method, path string
		origin       string
		status       int
		allowed      string
	}{
		{"off", nil, "GET", "/api/v1/search", ours, 200, ""},
		{"off, preflight", nil, "OPTIONS", "/api/v1/search", ours, 405, ""},
		{"on", []string{ours}, "GET", "/api/v1/search", ours, 200, ours},
		{"on, HEAD", []string{ours}, "HEAD", "/openapi.json", ours, 200, ours},
		{"on, preflight", []string{ours}, "OPTIONS", "/api/v1/search", ours, 204, ours},
		{"on, an error", []string{ours}, "GET", "/api/v1/none", ours, 404, ours},
		{"another", []string{ours}, "GET", "/api/v1/search", theirs, 200, ""},
		{"another, preflight", []string{ours}, "OPTIONS", "/api/v1/search", theirs, 204, ""},
		{"null", []string{ours}, "GET", "/api/v1/search", "null", 200, ""},
		{"any", []string{"*"}, "GET", "/api/v1/search", theirs, 200, "*"},
		{"a page", []string{"*"}, "GET", "/", theirs, 200, ""},
		{"a page, preflight", []string{"*"}, "OPTIONS", "/", theirs, 405, ""},
		{"the metrics", []string{"*"}, "GET", "/metrics", theirs, 200, ""},
	} {
		h := service.New(index(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/api/v1/none" {
				http.NotFound(w, r)
			}
		}), service.Options{Origins: tt.origins})
		headers := []string{"Origin: " + tt.origin}
		if tt.method == "OPTIONS" {
			headers = append(headers, "Access-Control-Request-Method: GET", "Access-Control-Request-Headers: authorization")
		}
		rec := ask(h, tt.method, tt.path, headers...)
		got := rec.Header()
		if rec.Code != tt.status || got.Get("Access-Control-Allow-Origin") != tt.allowed || got.Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%s: %d %v", tt.name, rec.Code, got)
		}
		policy := "same-origin"
		if tt.allowed != "" {
			policy = "cross-origin"
		}
		if tt.method != "OPTIONS" && got.Get("Cross-Origin-Resource-Policy") != policy {
			t.Errorf("%s: Cross-Origin-Resource-Policy %q", tt.name, got.Get("Cross-Origin-Resource-Policy"))
		}
		if tt.allowed != "" && tt.method != "OPTIONS" {
			exposed := got.Get("Access-Control-Expose-Headers")
			for _, name := range []string{"Etag", "Link", "X-Request-Id", "Retry-After", "Server-Timing"} {
				if !strings.Contains(exposed, name) {
					t.Errorf("%s: %s is not exposed: %s", tt.name, name, exposed)
				}
			}
		}
	}
}

// TestOriginsBelowAHost asks from origins that look like hosts below one.
func TestOriginsBelowAHost(t *testing.T) {
	h := service.New(index(), says(""), service.Options{Origins: []string{"https://*.Wild.cn", "http://*.wild.cn:8080", "https://plain.cn"}})
	for origin, allowed := range map[string]bool{
		"https://a.wild.cn":          true,
		"https://a-1.b.wild.cn":      true,
		"HTTPS://A.WILD.CN":          true,
		"http://a.wild.cn:8080":      true,
		"https://plain.cn":           true,
		"https://wild.cn":            false,
		"https://.wild.cn":           false,
		"https://a..wild.cn":         false,
		"https://awild.cn":           false,
		"https://a.wild.cn:8080":     false,
		"http://a.wild.cn":           false,
		"https://evil.com/.wild.cn":  false,
		"https://evil.com#.wild.cn":  false,
		"https://evil.com?.wild.cn":  false,
		"https://evil.com:1.wild.cn": false,
		"https://evil@x.wild.cn":     false,
		"https://evil.com\\.wild.cn": false,
		"https://a.wild.cn.evil.com": false,
		"https://a.plain.cn":         false,
		"null":                       false,
		"":                           false,
	} {
		got := ask(h, "GET", "/api/v1/search", "Origin: "+origin).Header()
		if got.Get("Access-Control-Allow-Origin") != map[bool]string{true: origin}[allowed] {
			t.Errorf("%s: %v", origin, got)
		}
		if !strings.Contains(strings.Join(got["Vary"], ", "), "Origin") {
			t.Errorf("%s: Vary %q", origin, got["Vary"])
		}
	}
}

func TestIsOrigin(t *testing.T) {
	for text, want := range map[string]bool{
		"*": true, "https://example.cn": true, "http://localhost:3000": true, "http://[::1]:80": true,
		"https://*.example.cn": true, "https://*.example.cn:8443": true,
		"": false, "https://": false, "https://:80": false, "example.cn": false, "ftp://example.cn": false, "null": false,
		"https://*": false, "https://*:80": false, "https://*.": false, "https://*.*.cn": false, "https://*.a..cn": false,
		"https://a.*.cn": false, "https://example.*": false, "https://a*.cn": false, "http://localhost:*": false,
		"https://example.cn/": false, "https://a@example.cn": false, "https://*.a@example.cn": false, "https://**": false,
	} {
		if got := service.IsOrigin(text); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

// TestPreflightNeedsNoToken: browsers do not send it with one.
func TestPreflightNeedsNoToken(t *testing.T) {
	h := service.New(index(), says(""), service.Options{Origins: []string{"*"}, Token: "secret"})
	rec := ask(h, "OPTIONS", "/api/v1/search", "Origin: https://a.example",
		"Access-Control-Request-Method: GET", "Access-Control-Request-Headers: authorization")
	if rec.Code != 204 || rec.Header().Get("Access-Control-Allow-Headers") != "authorization" {
		t.Errorf("%d %v", rec.Code, rec.Header())
	}
	for _, method := range []string{"PUT", "POST"} {
		rec := ask(h, "OPTIONS", "/api/v1/search", "Origin: https://a.example", "Access-Control-Request-Method: "+method)
		if rec.Header().Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s is allowed: %v", method, rec.Header())
		}
	}
}
