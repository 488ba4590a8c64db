package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/web"
	"baogao/internal/web/api"
	"baogao/internal/web/pages"
	"baogao/internal/web/service"
)

var all = flag.Bool("all", false, "try the pages in every way, and not in a part of them")

// broken is a Searcher whose answers are an error.
type broken struct {
	baogao.Searcher
	err error
}

func (b broken) Search(context.Context, baogao.Request) (*baogao.Result, error) { return nil, b.err }
func (b broken) Stats(context.Context) (*baogao.Stats, error)                   { return nil, b.err }
func (b broken) State(context.Context) (baogao.State, error)                    { return baogao.State{}, b.err }
func (b broken) Hold(context.Context) (baogao.Searcher, func(), error)          { return nil, nil, b.err }

func ask(h http.Handler, path string) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest("GET", path, nil))
	return rec
}

// TestErrorsSpeakToTheirReader wants problems from the API and pages from the
// rest, and in neither what is the machine's own.
func TestErrorsSpeakToTheirReader(t *testing.T) {
	for _, tt := range []struct {
		err    error
		status int
	}{
		{baogao.ErrNoIndex, 503}, {baogao.ErrDamaged, 503}, {baogao.ErrFormat, 503}, {context.DeadlineExceeded, 503}, {errors.New("plain"), 500},
	} {
		h := web.New(broken{err: errors.Join(tt.err, errors.New("/srv/secret"))}, web.Options{})
		for path, contentType := range map[string]string{"/api/v1/search?q=a": "application/problem+json", "/search?q=a": "text/html; charset=utf-8"} {
			rec := ask(h, path)
			if rec.Code != tt.status || rec.Header().Get("Content-Type") != contentType || strings.Contains(rec.Body.String(), "secret") {
				t.Errorf("%v, %s: %d %s\n%s", tt.err, path, rec.Code, rec.Header(), rec.Body)
			}
		}
	}
}

// TestRefusalsSpeakToTheirReader asks until the limit on the rate says no.
func TestRefusalsSpeakToTheirReader(t *testing.T) {
	h := web.New(broken{err: baogao.ErrNoIndex}, web.Options{Service: service.Options{Rate: 0.001, Burst: 1}})
	ask(h, "/")
	var problem struct{ Status int }
	rec := ask(h, "/api/v1/stats")
	if err := json.Unmarshal(rec.Body.Bytes(), &problem); err != nil || problem.Status != http.StatusTooManyRequests || rec.Header().Get("Retry-After") == "" {
		t.Errorf("%v, %d %s", err, rec.Code, rec.Body)
	}
	if rec := ask(h, "/corpus"); rec.Code != http.StatusTooManyRequests || !strings.Contains(rec.Body.String(), "<h1>429</h1>") {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
	if rec := ask(h, pages.StaticPrefix+"style.css"); rec.Code != http.StatusOK {
		t.Errorf("a static file: %d", rec.Code)
	}
}

// TestRoutesAreBounded asks for paths and looks at what the metrics count.
func TestRoutesAreBounded(t *testing.T) {
	h := web.New(broken{err: baogao.ErrNoIndex}, web.Options{})
	for _, path := range []string{"/", "/search?q=a", "/reports/a/b", "/api/v1/reports/x", "/api/v1/search", "/nothing/1", "/nothing/2", "/static/x", "/q/nothing/search", "/q/nothing/reports/a/b", "/q/nothing"} {
		ask(h, path)
	}
	body := ask(h, "/metrics").Body.String()
	for _, route := range []string{"/", "/search", "/reports/", "/api/v1/reports/", "/api/v1/search", "other", "/static/"} {
		if !strings.Contains(body, `route="`+route+`"`) {
			t.Errorf("no requests of the route %s are counted", route)
		}
	}
	if strings.Contains(body, "nothing") || strings.Contains(body, "a/b") {
		t.Error("the metrics name paths that clients made up")
	}
}

// TestAPIIsSaid wants every operation and parameter of the API on the page that
// describes it, with words for each.
func TestAPIIsSaid(t *testing.T) {
	body := ask(web.New(broken{err: baogao.ErrNoIndex}, web.Options{}), "/api").Body.String()
	operations := api.New(nil, api.Options{}).Operations()
	if len(operations) < 7 {
		t.Errorf("only %d operations", len(operations))
	}
	for _, op := range operations {
		_, said, _ := strings.Cut(body, "<h2><code>GET "+op.Path+"</code></h2>\n<p>")
		said, _, _ = strings.Cut(said, "<h2>")
		if said == "" || strings.HasPrefix(said, "</p>") || !strings.Contains(said, "状态码："+strings.Join(op.Statuses, "、")) {
			t.Errorf("nothing is said of %s: %s", op.Path, said)
		}
		for _, p := range op.Parameters {
			row := `<code>` + p.Name + `</code>(（必需）)?</th><td>[^<]+</td><td>[^<]+</td>`
			if found := regexp.MustCompile(row).FindStringSubmatch(said); found == nil || (found[1] != "") != p.Required {
				t.Errorf("%s: nothing is said of %s", op.Path, p.Name)
			}
		}
	}
}
