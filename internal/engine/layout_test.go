package engine_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"baogao"
	"baogao/corpus"
	"baogao/internal/ask"
	"baogao/internal/testkit"
)

// layoutCases are the kinds of collected faults that the layout of a document
// brings about.
var layoutCases = regexp.MustCompile(`^(F3|F4|F11) |^F8 note marks,25-pdf,`)

// TestLayoutCases asks for what was once not found in, or wrongly made of, the
// layout of collected files, where they are at hand.
func TestLayoutCases(t *testing.T) {
	dir := testkit.Path(t, "../shared/cases/bugs")
	table, err := os.Open(filepath.Join(dir, "expected.csv"))
	if err != nil {
		t.Skipf("%s is not here: the collected faults are kept beside the project, not in it", dir)
	}
	defer table.Close()
	rows, err := csv.NewReader(table).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	question := regexp.MustCompile(`search '([^']*)'`)
	number := regexp.MustCompile(`^(\d+) passage`)
	indexes := map[string]baogao.Searcher{}
	tried := 0
	for _, row := range rows {
		asked, right := question.FindStringSubmatch(row[2]), number.FindStringSubmatch(row[3])
		if !layoutCases.MatchString(strings.Join(row[:2], ",")+",") || asked == nil || right == nil {
			continue
		}
		tried++
		if indexes[row[1]] == nil {
			indexes[row[1]] = testkit.Open(t, reportsIn(t, filepath.Join(dir, row[1], "in")))
		}
		t.Run(row[1]+" "+asked[1], func(t *testing.T) {
			want, _ := strconv.Atoi(right[1])
			// Two of the files have the same sentences over and over, and so are
			// copies once both are read whole.
			got := searchCopies(t, indexes[row[1]], asked[1])
			if got.Relaxed {
				got.Total.Passages = 0
			}
			if got.Total.Passages != want {
				t.Errorf("%d passages, want %s", got.Total.Passages, row[3])
			}
		})
	}
	if tried < 10 {
		t.Errorf("%d rows of the table were tried", tried)
	}
}

func searchCopies(t *testing.T, s baogao.Searcher, text string) *baogao.Result {
	t.Helper()
	q, err := ask.Read(t.Context(), s, ask.Typed{Question: text, Copies: true}, ask.English)
	if err != nil {
		t.Fatal(err)
	}
	res, err := q.Search(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// reportsIn are the reports of a folder, whatever else in it cannot be read.
func reportsIn(t *testing.T, dir string) []*baogao.Report {
	t.Helper()
	var reports []*baogao.Report
	for r, err := range corpus.Reports(t.Context(), []string{dir}, corpus.Options{}) {
		if err == nil {
			reports = append(reports, r)
		}
	}
	return reports
}
