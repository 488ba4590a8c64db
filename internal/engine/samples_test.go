package engine_test

import (
	"encoding/csv"
	"os"
	"strconv"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/testkit"
	"baogao/query"
)

// expected reads what a careful reader knows of the samples, by id.
func expected(t *testing.T) map[string]map[string]string {
	t.Helper()
	f, err := os.Open("../../samples/expected.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]map[string]string{}
	for _, row := range rows[1:] {
		known := map[string]string{}
		for i, name := range rows[0] {
			known[name] = row[i]
		}
		all[strings.TrimPrefix(known["id"], "reports/")] = known
	}
	return all
}

// TestSamples holds what is understood of the samples, and how often each
// holds 行政复议, to what a careful reader found.
func TestSamples(t *testing.T) {
	want := expected(t)
	reports := read(t, samples)
	if len(reports) != len(want) {
		t.Errorf("%d reports, %d expected", len(reports), len(want))
	}
	s := testkit.Open(t, reports)
	for _, r := range reports {
		known, ok := want[r.Meta.ID]
		if !ok {
			t.Errorf("%s is not expected", r.Meta.ID)
			continue
		}
		year := ""
		if r.Meta.Year != 0 {
			year = strconv.Itoa(r.Meta.Year)
		}
		for name, got := range map[string]string{
			"region_code": r.Meta.Region.Code, "level": string(r.Meta.Level), "year": year,
			"kind": string(r.Meta.Kind), "published": r.Meta.Published, "number": r.Meta.Number,
		} {
			if analyzer.Fold(got) != analyzer.Fold(known[name]) {
				t.Errorf("%s: %s %q, want %q", r.Meta.ID, name, got, known[name])
			}
		}
		if got := occurrences(t, s, r.Meta.ID); strconv.Itoa(got) != known["fuyi"] {
			t.Errorf("%s: 行政复议 %d times, want %s", r.Meta.ID, got, known["fuyi"])
		}
	}
}

// occurrences counts 行政复议 in one report.
func occurrences(t *testing.T, s baogao.Searcher, id string) int {
	t.Helper()
	res, err := s.Search(t.Context(), baogao.Request{Query: query.Parse("行政复议"), Limit: 1 << 20, Exact: true})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, h := range res.Hits {
		if h.Report.ID == id {
			n += len(h.Highlights)
		}
	}
	return n
}
