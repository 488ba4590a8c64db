package enginetest

import (
	"fmt"
	"reflect"
	"testing"

	"baogao"
	"baogao/query"
)

// Rows are the reports among the passages of an answer, with what matches in each.
func (a Answer) Rows() map[string]baogao.Matches {
	rows := map[string]baogao.Matches{}
	for id, marks := range a.Marks {
		report, _, _, _ := baogao.ParsePassageID(id)
		n := rows[report]
		n.Passages++
		n.Occurrences += len(marks)
		rows[report] = n
	}
	return rows
}

// group returns what hits give where they are grouped: of each report the first,
// with how many passages and marks there are of it.
func group(hits []baogao.Hit, relaxed bool) []baogao.Hit {
	rows, at := []baogao.Hit{}, map[string]int{}
	for _, h := range hits {
		i, ok := at[h.Report.ID]
		if !ok {
			i = len(rows)
			at[h.Report.ID] = i
			h.InReport = &baogao.Matches{}
			rows = append(rows, h)
		}
		rows[i].InReport.Passages++
		if !relaxed {
			rows[i].InReport.Occurrences += len(h.Highlights)
		}
	}
	return rows
}

// testGrouped asks every question for reports, and compares with reading every
// passage and with the passages in their order.
func testGrouped(t *testing.T, s baogao.Searcher, o *Oracle) {
	for _, q := range Questions {
		want, req := o.Ask(query.Parse(q.Text), q.Filter), q.request(t, s)
		req.Limit = 1 << 20
		passages := search(t, s, req)
		req.Grouped = true
		got := search(t, s, req)
		if got.Total != want.Total || len(got.Hits) != want.Total.Reports || !reflect.DeepEqual(bare(got.Facets), want.Facets) {
			t.Errorf("%s: %d reports of %+v, reading every passage gives %+v", name(q), len(got.Hits), got.Total, want.Total)
		}
		rows := map[string]baogao.Matches{}
		for _, h := range got.Hits {
			rows[h.Report.ID] = *h.InReport
		}
		if !reflect.DeepEqual(rows, want.Rows()) {
			t.Errorf("%s: reports\n%+v, reading every passage gives\n%+v", name(q), rows, want.Rows())
		}
		if !reflect.DeepEqual(got.Hits, group(passages.Hits, false)) {
			t.Errorf("%s: the reports do not stand in the order of their first passages", name(q))
		}
		testReading(t, s, req, got)
	}
	for _, text := range []string{"法治火星移民", "法治", "", "within:report 法治 -火星移民"} {
		for _, sort := range baogao.Sorts {
			t.Run(fmt.Sprintf("%s by %s", text, sort), func(t *testing.T) {
				req := baogao.Request{Query: query.Parse(text), Sort: sort, Limit: 1 << 20}
				passages := search(t, s, req)
				req.Grouped = true
				got := search(t, s, req)
				if got.Total != passages.Total || got.Relaxed != passages.Relaxed || !reflect.DeepEqual(got.Hits, group(passages.Hits, got.Relaxed)) {
					t.Errorf("%d reports of %+v do not stand in the order of their first passages", len(got.Hits), got.Total)
				}
				testReading(t, s, req, got)
			})
		}
	}
}

// testReading reads the reports of an answer in pages, by offset and by cursor, and
// at one go.
func testReading(t *testing.T, s baogao.Searcher, req baogao.Request, whole *baogao.Result) {
	t.Helper()
	if whole.Next != "" {
		t.Errorf("%s: something follows the whole answer", req.Query)
	}
	byCursor, byOffset := []baogao.Hit{}, []baogao.Hit{}
	for req.Limit = 1 + len(whole.Hits)/3; ; {
		page := search(t, s, req)
		byCursor = append(byCursor, page.Hits...)
		again := req
		again.After, again.Offset = "", len(byOffset)
		byOffset = append(byOffset, search(t, s, again).Hits...)
		if req.After = page.Next; req.After == "" {
			break
		}
	}
	if !reflect.DeepEqual(byCursor, whole.Hits) || !reflect.DeepEqual(byOffset, whole.Hits) {
		t.Errorf("%s: pages give %d reports by cursor and %d by offset, or another order than the %d of the whole", req.Query, len(byCursor), len(byOffset), len(whole.Hits))
	}
	if !whole.Relaxed {
		testHits(t, s, req, whole.Hits)
	}
}
