package index

import (
	"errors"
	"strings"
	"testing"

	"baogao"
	"baogao/query"
)

// TestCursors refuses cursors that are none, and those of another question or
// generation.
func TestCursors(t *testing.T) {
	dir := t.TempDir() + "/index"
	build := func() *Index {
		buildIndex(t, dir, []*baogao.Report{
			report(baogao.Meta{ID: "a", Title: "法治报告"}, "行政复议一。", "行政复议二。", "行政复议三。"), report(baogao.Meta{ID: "b", Title: "法治报告"}, "行政复议四。"),
		})
		x, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { x.Close() })
		return x
	}
	x := build()
	req := baogao.Request{Query: query.Parse("行政复议"), Limit: 2}
	first, err := x.Search(t.Context(), req)
	if err != nil || first.Next == "" {
		t.Fatalf("%+v, %v", first, err)
	}
	for _, tt := range []struct {
		name string
		of   func(*baogao.Request)
		want error
	}{
		{"junk", func(r *baogao.Request) { r.After = "junk" }, baogao.ErrRequest},
		{"one character more", func(r *baogao.Request) { r.After += "0" }, baogao.ErrRequest},
		{"NUL", func(r *baogao.Request) { r.After = "\x00" }, baogao.ErrRequest},
		{"with an offset", func(r *baogao.Request) { r.Offset = 1 }, baogao.ErrRequest},
		{"another question", func(r *baogao.Request) { r.Query = query.Parse("行政") }, baogao.ErrRequest},
		{"another order", func(r *baogao.Request) { r.Sort = baogao.ByYear }, baogao.ErrRequest},
		{"reports", func(r *baogao.Request) { r.Grouped = true }, baogao.ErrRequest},
		{"another filter", func(r *baogao.Request) { r.Filters = []baogao.Filter{{Kinds: []baogao.Kind{baogao.Work}}} }, baogao.ErrRequest},
		{"a passage that is not there", func(r *baogao.Request) {
			r.After = r.After[:strings.LastIndex(r.After, "-")] + "-ffff"
		}, baogao.ErrRequest},
		{"another page size", func(r *baogao.Request) { r.Limit = 1 }, nil},
	} {
		r := req
		r.After = first.Next
		tt.of(&r)
		if _, err := x.Search(t.Context(), r); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
	req.After = first.Next
	if _, err := build().Search(t.Context(), req); !errors.Is(err, baogao.ErrStale) {
		t.Errorf("after a new build: %v", err)
	}
}

// TestHitsEnd stops in the middle, and at an error.
func TestHitsEnd(t *testing.T) {
	dir := t.TempDir() + "/index"
	buildIndex(t, dir, []*baogao.Report{report(baogao.Meta{ID: "a", Title: "法治报告"}, "行政复议一。", "行政复议二。")})
	x, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	n := 0
	for range x.Hits(t.Context(), baogao.Request{Query: query.Parse("行政复议")}) {
		n++
		break
	}
	for h, err := range x.Hits(t.Context(), baogao.Request{Sort: "size"}) {
		if h != nil || !errors.Is(err, baogao.ErrRequest) {
			t.Errorf("%v, %v", h, err)
		}
		n++
	}
	if n != 2 {
		t.Errorf("%d steps, want 2", n)
	}
}
