package index

import (
	"fmt"
	"testing"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/engine/enginetest"
	"baogao/internal/gazetteer"
)

// TestUpdatesKeepSegmentsBounded updates an index of many segments again and
// again: segments stay few, none takes more documents than one may, and every
// answer is the oracle's.
func TestUpdatesKeepSegmentsBounded(t *testing.T) {
	defer func(docs int) { segmentDocs = docs }(segmentDocs)
	segmentDocs = 40
	dir := t.TempDir()
	var held []*baogao.Report
	number := 0
	add := func(n int) {
		for range n {
			number++
			r := report(baogao.Meta{ID: fmt.Sprintf("%04d", number), Number: fmt.Sprintf("第%d号", number), Year: 2000 + number%30},
				fmt.Sprintf("第%d份报告:法治政府建设。", number), "行政复议与应诉。")
			r.File.Key = r.Meta.ID
			held = append(held, r)
		}
	}
	add(200)
	for turn := range 30 {
		u, base, err := Update(t.Context(), dir, "test")
		if err != nil {
			t.Fatal(err)
		}
		known := map[string]string{}
		for _, h := range base {
			known[h.Key] = h.ID
		}
		for _, r := range held {
			if r.File.Held = known[r.File.Key]; r.File.Held != "" {
				err = u.Keep(t.Context(), r)
			} else {
				err = u.Add(t.Context(), r)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if _, err := u.Publish(t.Context()); err != nil {
			t.Fatal(err)
		}
		u.Close()
		x, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		passages := 2 * len(held)
		if n, most := len(x.docs), passages/(segmentDocs/2)+8; n > most {
			t.Errorf("after update %d: %d segments of %d passages, at most %d are expected", turn, n, passages, most)
		}
		for seg, docs := range x.docs {
			if len(docs) > segmentDocs {
				t.Errorf("after update %d: segment %d has %d documents", turn, seg, len(docs))
			}
		}
		if turn%10 == 9 {
			enginetest.Run(t, x, &enginetest.Oracle{Reports: held, Fold: analyzer.Fold, Resolve: gazetteer.Resolve})
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
		held = append(held[:turn%7], held[turn%7+5:]...) // five are gone
		add(turn%9 + 1)
	}
}

// TestFewCandidates asks for a rare word beside one that is everywhere, which is
// read and not counted, and holds the scores to those of counting.
func TestFewCandidates(t *testing.T) {
	var reports []*baogao.Report
	for i := range 400 {
		line := "发展的的工作的事的。"
		if i%100 == 7 {
			line += "罕见的事罕见。"
		}
		reports = append(reports, report(baogao.Meta{ID: fmt.Sprintf("%03d", i), Number: fmt.Sprint(i)}, line))
	}
	x := openIndex(t, reports)
	few := ask(t, x, "的 罕见")
	for _, h := range few.Hits {
		if n := len(h.Highlights); n != 7 {
			t.Errorf("%s: %d places", h.ID, n)
		}
	}
	if want := (baogao.Total{Passages: 4, Reports: 4, Occurrences: 28}); few.Total != want {
		t.Errorf("%+v, want %+v", few.Total, want)
	}
	if same := ask(t, x, "的 罕见 (的 OR 罕)"); len(same.Hits) != len(few.Hits) {
		t.Errorf("%d hits, want %d", len(same.Hits), len(few.Hits))
	}
}
