package index

import (
	"errors"
	"testing"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/engine/enginetest"
	"baogao/internal/gazetteer"
	"baogao/query"
)

// updated carries out an update and returns what was published. take is told what
// is held.
func updated(t *testing.T, dir, revision string, take func(u baogao.Updater, held []baogao.Held)) *baogao.Published {
	t.Helper()
	u, held, err := Update(t.Context(), dir, revision)
	if err != nil {
		t.Fatal(err)
	}
	defer u.Close()
	take(u, held)
	p, err := u.Publish(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if faults, err := Verify(dir); err != nil || len(faults) > 0 {
		t.Fatal(faults, err)
	}
	return p
}

// keep takes over what is held, but for its file, which could not be read.
func keep(t *testing.T, u baogao.Updater, h baogao.Held) {
	t.Helper()
	r := &baogao.Report{Meta: baogao.Meta{ID: h.ID}, File: baogao.File{Place: h.Place, Key: h.Key, Held: h.ID, Unread: true}}
	if err := u.Keep(t.Context(), r); err != nil {
		t.Fatal(err)
	}
}

// TestKeptOfAnotherRevision: what another version of the program made is kept
// where its file cannot be read, with every answer, and made again afterwards.
func TestKeptOfAnotherRevision(t *testing.T) {
	dir, reports := t.TempDir(), testReports()
	for _, r := range reports {
		r.File.Key, r.File.Place = "key of "+r.Meta.ID, "/reports/"+r.Meta.ID
	}
	add := func(u baogao.Updater, some []*baogao.Report) {
		t.Helper()
		for _, r := range some {
			if err := u.Add(t.Context(), r); err != nil {
				t.Fatal(err)
			}
		}
	}
	updated(t, dir, "old", func(u baogao.Updater, held []baogao.Held) {
		if len(held) > 0 {
			t.Errorf("%v", held)
		}
		add(u, reports)
	})
	p := updated(t, dir, "new", func(u baogao.Updater, held []baogao.Held) {
		add(u, reports[3:])
		for i, h := range held {
			if h.Key != "" || h.Place != reports[i].File.Place || h.ID != reports[i].Meta.ID {
				t.Errorf("%+v", h)
			}
			if i < 3 {
				keep(t, u, h)
			}
		}
	})
	if want := (baogao.Changes{Changed: len(reports) - 3, Unread: 3}); p.Changes != want {
		t.Errorf("%+v, want %+v", p.Changes, want)
	}
	x, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	enginetest.Run(t, x, &enginetest.Oracle{Reports: append(reports[3:len(reports):len(reports)], reports[:3]...), Fold: analyzer.Fold, Resolve: gazetteer.Resolve})
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	p = updated(t, dir, "new", func(u baogao.Updater, held []baogao.Held) {
		for _, h := range held {
			unread := h.ID == "a.txt" || h.ID == "b/2.txt" || h.ID == "c"
			if (h.Key == "") != unread || h.Place != "/reports/"+h.ID {
				t.Errorf("%+v", h)
			}
			keep(t, u, h)
		}
	})
	if p.Changes.Unread != len(reports) || p.Generation != "gen-000002" {
		t.Errorf("nothing has changed: %+v in %s", p.Changes, p.Generation)
	}
}

// TestEmptyIndex publishes an index of no reports, asks it, and adds to it.
func TestEmptyIndex(t *testing.T) {
	dir := t.TempDir()
	buildIndex(t, dir, testReports())
	p := updated(t, dir, "test", func(baogao.Updater, []baogao.Held) {})
	if p.Reports != 0 || p.Changes.Gone != len(testReports()) {
		t.Errorf("%+v", p)
	}
	x, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{"", "行政复议", "-街道", "within:report 法治 信访", "within:sentence 案件 办结", "year:2022", "region:unknown", "火星复议移民", "title:报告 OR 发"} {
		for _, copies := range []bool{false, true} {
			req := baogao.Request{Query: query.Parse(q), Copies: copies, Cells: true}
			if res, err := x.Search(t.Context(), req); err != nil || res.Total != (baogao.Total{}) || len(res.Hits) > 0 {
				t.Errorf("%q: %+v, %v", q, res, err)
			}
			for h, err := range x.Hits(t.Context(), req) {
				t.Errorf("%q: %v, %v", q, h, err)
			}
		}
	}
	if _, err := x.Report(t.Context(), "a.txt"); !errors.Is(err, baogao.ErrNotFound) {
		t.Error(err)
	}
	if s, err := x.Stats(t.Context()); err != nil || s.Reports != 0 {
		t.Errorf("%+v, %v", s, err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	updated(t, dir, "test", func(u baogao.Updater, held []baogao.Held) {
		for _, r := range testReports() {
			if err := u.Add(t.Context(), r); err != nil {
				t.Fatal(err)
			}
		}
	})
	x, err = Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	enginetest.Run(t, x, &enginetest.Oracle{Reports: testReports(), Fold: analyzer.Fold, Resolve: gazetteer.Resolve})
}
