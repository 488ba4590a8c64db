package address_test

import (
	"encoding/base64"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"baogao/internal/web/address"
)

// TestStateRoundTrip reads the address of a state back.
func TestStateRoundTrip(t *testing.T) {
	for _, text := range []string{
		"/search", "/search?q=%E5%A4%8D%E8%AE%AE", "/search?kind=work&level=district&q=a+b%26c&region=510000&region=%3D510900&year=2020..2024",
		"/search?by=kind&measure=share&q=a&q=b&rows=city&split=true", "/search?q=x&q=y&view=reports",
		"/search?group=key&indicator=a&key=b%C2%B7c&kind=work&kind=count&max=150000000&min=0.5&q=x&status=target&unit=%E4%BB%B6",
		"/search?all_copies=true&context=a%2Fb%23p3&exact=true&limit=50&open=510000&open=510900&page=3&q=x&sort=-year&sure=0.8",
	} {
		u, err := url.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		s, err := address.Parse(u.Query())
		if err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if s.URL() != text {
			t.Errorf("%s is read as %s", text, s.URL())
		}
	}
}

// TestBlankQuestions passes over questions that say nothing, and those given again.
func TestBlankQuestions(t *testing.T) {
	for query, want := range map[string]string{
		"q=+&q=a": "/search?q=a", "q=&q=&q=a&q=+&q=b": "/search?q=a&q=b", "q=a&q=+a+&q=a": "/search?q=a", "q=%E3%80%80&q=a&q=a": "/search?q=a", "q=a&q=b&q=+b": "/search?q=a&q=b",
	} {
		v, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		if s, err := address.Parse(v); err != nil || s.URL() != want {
			t.Errorf("%s is read as %s, %v", query, s.URL(), err)
		}
	}
}

func TestStateRefuses(t *testing.T) {
	for _, q := range []string{"sort=size", "page=0", "page=x", "page=1000001", "limit=101", "limit=-1", "level=village", "kind=novel", "year=someday", "exact=perhaps", "all_copies=2", "q=%ff", "region=%ed%a0%80", "context=%ff",
		"by=month", "rows=year", "measure=size", "split=maybe", "status=hoped", "min=ten", "max=x", "group=page", "figures=perhaps", "indicator=" + strings.Repeat("x", 1001), "q=1&q=2&q=3&q=4&q=5&q=6&q=7&q=8&q=9", "q=a&q=" + strings.Repeat("x", 1001)} {
		v, err := url.ParseQuery(q)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := address.Parse(v); err == nil {
			t.Errorf("%s is taken", q)
		}
	}
}

// TestLinksChangeOneThing follows links of a state.
func TestLinksChangeOneThing(t *testing.T) {
	s, err := address.Parse(url.Values{"q": {"复议"}, "level": {"district"}, "page": {"4"}, "context": {"a#p1"}, "sort": {"year"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ got, want string }{
		{s.Toggled("level", "street").URL(), "/search?level=district&level=street&q=复议&sort=year"},
		{s.Toggled("level", "district").URL(), "/search?q=复议&sort=year"},
		{s.Only("sure", "0.8").Toggled("kind", "work").URL(), "/search?kind=work&level=district&q=复议&sort=year&sure=0.8"},
		{s.Only("year", "2022").URL(), "/search?level=district&q=复议&sort=year&year=2022"},
		{s.Unfiltered().URL(), "/search?q=复议&sort=year"},
		{s.AtPage(2).URL(), "/search?level=district&page=2&q=复议&sort=year"},
		{s.Unfolded("510000").URL(), "/search?context=a#p1&level=district&open=510000&page=4&q=复议&sort=year"},
		{s.Around("b#p2").URL(), "/search?context=b#p2&level=district&page=4&q=复议&sort=year"},
		{s.Export("csv"), "/export?bom=true&format=csv&level=district&q=复议&sort=year"},
	} {
		got, err := url.QueryUnescape(tt.got)
		if err != nil || got != tt.want {
			t.Errorf("%s, want %s", got, tt.want)
		}
	}
	if s.Page != 4 || !slices.Equal(s.Filters["level"], []string{"district"}) {
		t.Errorf("the state itself has changed: %+v", s)
	}
}

// TestViews changes the view of a state, which keeps its questions and filters.
func TestViews(t *testing.T) {
	long := strings.Repeat("法治", 20)
	for _, tt := range []struct{ path, view, want string }{
		{"/search?q=a&q=b&level=city&page=3", "trend", "/trend?level=city&q=a&q=b"},
		{"/trend?q=a&q=&q=b&q=a&by=kind", "panel", "/panel?by=kind&q=a&q=b"},
		{"/panel?q=a&rows=city", "", "/search?q=a&rows=city"},
		{"/figures?q=a&sort=value&limit=20&key=b", "trend", "/trend?key=b&q=a"},
		{"/figures?q=a&sort=year&limit=50", "", "/search?limit=50&q=a&sort=year"},
		{"/search?q=a&kind=work&kind=rate&sort=-year", "figures", "/figures?kind=work&kind=rate&q=a&sort=-year"},
		{"/map?q=" + long, "trend", "/q/" + base64.RawURLEncoding.EncodeToString([]byte(long)) + "/trend"},
	} {
		s, err := address.Of(httptest.NewRequest("GET", tt.path, nil))
		if err != nil {
			t.Fatal(err)
		}
		if got := s.As(address.View(tt.view)).URL(); got != tt.want {
			t.Errorf("%s as %s is %s, want %s", tt.path, tt.view, got, tt.want)
		}
	}
	s, err := address.Of(httptest.NewRequest("GET", "/trend?q=a&q=b&level=city&by=kind", nil))
	if err != nil {
		t.Fatal(err)
	}
	if got := address.Alone(s, "b").ByPassage().URL(); got != "/search?by=kind&level=city&q=b" {
		t.Errorf("the passages of one question are at %s", got)
	}
	if got := address.Table(s, "csv", true); got != "/trend?by=kind&format=csv&level=city&q=a&q=b&wide=true" {
		t.Errorf("the file is at %s", got)
	}
	carried, err := address.Uncarried(httptest.NewRequest("GET", "/q/"+base64.RawURLEncoding.EncodeToString([]byte(long))+"/trend?q=b", nil))
	if err != nil {
		t.Fatal(err)
	}
	if s, err = address.Of(carried); err != nil || s.Q != long || !slices.Equal(s.Beside, []string{"b"}) || s.URL() != "./trend?q=b" {
		t.Errorf("%+v at %s, %v", s, s.URL(), err)
	}
}
