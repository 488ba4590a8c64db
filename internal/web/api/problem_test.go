package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"iter"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/web/api"
)

func TestProblems(t *testing.T) {
	h := api.New(openSamples(t), api.Options{})
	for _, tt := range []struct {
		method, path string
		status       int
		detail       string
	}{
		{"GET", "/api/v1/search?q=a&limit=201", 400, "parameter limit is no whole number from 0 to 200"},
		{"GET", "/api/v1/search?q=a&limit=x", 400, "limit"},
		{"GET", "/api/v1/search?q=a&limit=99999999999999999999", 400, "limit"},
		{"GET", "/api/v1/search?q=a&offset=-1", 400, "offset"},
		{"GET", "/api/v1/search?q=a&year=someday", 400, "year someday"},
		{"GET", "/api/v1/search?q=a&level=village", 400, "use one of country"},
		{"GET", "/api/v1/search?q=a&kind=novel", 400, "use one of rule-of-law"},
		{"GET", "/api/v1/search?q=a&sort=size", 400, "use one of relevance"},
		{"GET", "/api/v1/search?q=a&exact=perhaps", 400, "exact is neither true nor false"},
		{"GET", "/api/v1/search?q=a&all_copies=perhaps", 400, "all_copies is neither true nor false"},
		{"GET", "/api/v1/search?q=a&cells=perhaps", 400, "cells is neither true nor false"},
		{"GET", "/api/v1/search?q=a&lang=de", 400, "lang is none there is; use one of en, zh"},
		{"GET", "/api/v1/search?q=a&cursor=x", 400, "no cursor; take the one"},
		{"GET", "/api/v1/search?q=a&cursor=x&offset=1", 400, "cursor goes without offset; leave one of them out"},
		{"GET", "/api/v1/search?q=%ff%fe", 400, "q is not UTF-8"},
		{"GET", "/api/v1/search?q=a&region=%ff", 400, "region is not UTF-8"},
		{"GET", "/api/v1/search?q=a&years=2022", 400, `"years" does not exist here; there are q, region`},
		{"GET", "/api/v1/search?q=a&%ff=1", 400, "does not exist here"},
		{"GET", "/api/v1/search?q=a;b", 400, "percent-encode it"},
		{"GET", "/api/v1/search?q=a&zz=1&aa=1&mm=1", 400, `"aa" does not exist here`},
		{"GET", "/api/v1/search?q=a" + strings.Repeat("&region=a", 257), 400, "region has 257 values; give 256 at most"},
		{"GET", "/api/v1/search?q=a" + strings.Repeat("&q=a", 1000), 400, "list has 1001 entries; give 1000 at most"},
		{"GET", "/api/v1/passages/a.txt%23p07", 404, "not found"},
		{"GET", "/api/v1/search?q=%zz", 400, "percent-encode it"},
		{"GET", "/api/v1/search?q=a&q=b", 400, "q is given 2 times"},
		{"GET", "/api/v1/reports/none", 404, "not found; ids are given by"},
		{"GET", "/api/v1/reports/none?q=a", 400, `"q" does not exist here; there are none`},
		{"GET", "/api/v1/reports/", 404, "not found"},
		{"GET", "/api/v1/reports/%ff", 404, "not found"},
		{"GET", "/api/v1/passages/none%23p1", 404, "not found"},
		{"GET", "/api/v1/regions", 400, "q is missing: give the name"},
		{"GET", "/api/v1/stats?q=a", 400, "there are none"},
		{"GET", "/api/v1/export?format=xml", 400, "format is none there is; use one of csv, jsonl"},
		{"GET", "/api/v1/export?format=jsonl&bom=true", 400, "bom goes with format=csv"},
		{"GET", "/api/v1/export?bom=perhaps", 400, "bom is neither true nor false"},
		{"GET", "/api/v1/export?sort=size", 400, "use one of relevance"},
		{"GET", "/api/v1/export?level=village", 400, "use one of country"},
		{"GET", "/api/v1/export?limit=3", 400, `"limit" does not exist here; there are q, `},
		{"GET", "/nothing", 404, "/api/v1/search?q="},
		{"GET", "/api/v1/reports", 404, "/api/v1/search?q="},
		{"GET", "/api/v1/search/", 404, "/api/v1/search?q="},
		{"GET", "/api/v1/reports/http://a//b", 404, "http://a//b: not found"},
		{"GET", "/api/v1/reports/..", 404, "..: not found"},
		{"GET", "/docs", 404, "/api/v1/search?q="},
		{"GET", "/schemas/Hit.json", 404, "/api/v1/search?q="},
		{"GET", "/openapi.yaml", 404, "/api/v1/search?q="},
		{"POST", "/api/v1/search?q=a", 405, "use GET"},
		{"DELETE", "/openapi.json", 405, "use GET"},
		{"OPTIONS", "/api/v1/reports/a", 405, "use GET"},
		{"POST", "/nothing", 404, "/api/v1/search?q="},
	} {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest(tt.method, tt.path, nil))
		var p api.Problem
		if err := json.Unmarshal(rec.Body.Bytes(), &p); err != nil {
			t.Errorf("%s: %v\n%s", tt.path, err, rec.Body)
			continue
		}
		path, _, _ := strings.Cut(tt.path, "?")
		if rec.Code != tt.status || p.Status != tt.status || !strings.Contains(p.Detail, tt.detail) || p.Title == "" ||
			p.Type != "about:blank" || p.Instance != path || rec.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s %s: %d %+v", tt.method, tt.path, rec.Code, p)
		}
		if allow := rec.Header().Get("Allow"); (tt.status == 405) != (allow == "GET, HEAD") {
			t.Errorf("%s %s: allow %q", tt.method, tt.path, allow)
		}
	}
}

// TestOnlyJSON asks for other media types: the answer is the same.
func TestOnlyJSON(t *testing.T) {
	h := api.New(openSamples(t), api.Options{})
	for _, accept := range []string{"", "*/*", "text/html", "application/cbor", "json", "application/problem+json", "garbage;;q=x"} {
		for path, want := range map[string]string{
			"/api/v1/stats": "application/json; charset=utf-8", "/api/v1/stats?q=a": "application/problem+json", "/openapi.json": "application/json",
		} {
			req := httptest.NewRequest("GET", path, nil)
			req.Header.Set("Accept", accept)
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, req)
			if got := rec.Header().Get("Content-Type"); got != want || !json.Valid(rec.Body.Bytes()) {
				t.Errorf("%s as %q: %s", path, accept, got)
			}
		}
	}
}

// failing is a Searcher whose answers are an error.
type failing struct {
	baogao.Searcher
	err error
}

func (f failing) Search(context.Context, baogao.Request) (*baogao.Result, error) { return nil, f.err }
func (f failing) Report(context.Context, string) (*baogao.Report, error)         { return nil, f.err }
func (f failing) Passage(context.Context, string) (*baogao.Hit, error)           { return nil, f.err }
func (f failing) Stats(context.Context) (*baogao.Stats, error)                   { return nil, f.err }
func (f failing) State(context.Context) (baogao.State, error)                    { return baogao.State{}, f.err }
func (f failing) Hold(context.Context) (baogao.Searcher, func(), error)          { return nil, nil, f.err }
func (f failing) Hits(context.Context, baogao.Request) iter.Seq2[*baogao.Hit, error] {
	return func(yield func(*baogao.Hit, error) bool) { yield(nil, f.err) }
}

func TestErrorsKeepTheMachineToThemselves(t *testing.T) {
	secret := errors.New("/srv/secret/path")
	for _, tt := range []struct {
		err    error
		status int
		detail string
		logged bool
	}{
		{errors.Join(baogao.ErrStale, secret), 410, "the index has changed since this cursor was given; begin again without it", false},
		{errors.Join(baogao.ErrNoIndex, secret), 503, "index build PATH", false},
		{errors.Join(baogao.ErrDamaged, secret), 503, "index verify", true},
		{errors.Join(baogao.ErrFormat, secret), 503, "index build PATH", true},
		{errors.Join(context.DeadlineExceeded, secret), 503, "took too long", true},
		{errors.Join(context.Canceled, secret), 503, "stopping", false},
		{secret, 500, "internal error", true},
	} {
		for _, path := range []string{"/api/v1/search?q=a", "/api/v1/export?q=a", "/api/v1/reports/a", "/api/v1/passages/a", "/api/v1/stats"} {
			var log bytes.Buffer
			h := api.New(failing{err: tt.err}, api.Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, httptest.NewRequest("GET", path, nil))
			var p api.Problem
			if err := json.Unmarshal(rec.Body.Bytes(), &p); err != nil {
				t.Errorf("%s: %v: %v\n%s", path, tt.err, err, rec.Body)
			}
			if rec.Code != tt.status || !strings.Contains(p.Detail, tt.detail) || strings.Contains(rec.Body.String(), "secret") ||
				tt.logged != strings.Contains(log.String(), "secret") || rec.Header().Get("Content-Disposition") != "" {
				t.Errorf("%s: %v: %d %s, logged %s", path, tt.err, rec.Code, rec.Body, &log)
			}
		}
	}
}

func TestFail(t *testing.T) {
	rec := httptest.NewRecorder()
	rec.Header().Set("Allow", "GET")
	api.Fail(rec, httptest.NewRequest("PUT", "/a%20b?c", nil), http.StatusMethodNotAllowed, "use GET")
	want := `{"type":"about:blank","title":"Method Not Allowed","status":405,"detail":"use GET","instance":"/a%20b"}` + "\n"
	if rec.Body.String() != want || rec.Header().Get("Allow") != "GET" {
		t.Errorf("%v %s", rec.Header(), rec.Body)
	}
}
