package engine_test

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"unicode/utf8"

	"baogao"
	"baogao/corpus"
	"baogao/internal/analyzer"
	"baogao/internal/ask"
	"baogao/internal/engine"
	"baogao/internal/engine/enginetest"
	"baogao/internal/gazetteer"
	"baogao/internal/study"
)

// TestStudiesEqualReading counts trends and panels over real texts, the seeds and the
// samples, and wants each row and cell to be what reading every passage gives, and all
// together the total of the search. -sample=20000 asks for more.
func TestStudiesEqualReading(t *testing.T) {
	if testing.Short() {
		t.Skip("real texts are not read under -short")
	}
	reports := sharedReports(t, *sample)
	for _, dir := range []string{"../../../shared/seeds", "../../samples/reports"} {
		if _, err := os.Stat(dir); err != nil {
			t.Logf("%s is not here", dir)
			continue
		}
		for r, err := range corpus.Reports(t.Context(), []string{dir}, corpus.Options{}) {
			if err == nil {
				r.Meta.ID = filepath.Base(dir) + "/" + r.Meta.ID
				reports = append(reports, r)
			}
		}
	}
	dir := filepath.Join(t.TempDir(), "index")
	w, err := engine.Create(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	published := enginetest.Fill(t, w, reports)
	s, err := engine.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	shown := slices.DeleteFunc(reports, func(r *baogao.Report) bool { return published.CopyOf[r.Meta.ID] != "" })
	reader := &reader{shown, &enginetest.Oracle{Reports: shown, Fold: analyzer.Fold, Resolve: gazetteer.Resolve}}
	compared, holes := 0, 0
	for _, typed := range []ask.Typed{
		{Question: "营商环境"}, {Question: "发展 -改革"}, {Question: "复议 OR 信访", Regions: []string{"四川", "湖北"}}, {Question: "within:report 规划 信访", Levels: []string{"city"}, Sure: "0.8"}, {Question: "火星", Kinds: []string{"work"}},
	} {
		q, err := ask.Read(t.Context(), s, typed, ask.English)
		if err != nil {
			t.Fatal(err)
		}
		whole := reader.read(q.Request)
		for _, by := range study.Bys {
			trend, err := study.Along(t.Context(), s, by, []baogao.Request{q.Request})
			if err != nil {
				t.Fatal(err)
			}
			if trend.Totals[0] != whole {
				t.Errorf("%q by %s: %+v, reading gives %+v", typed.Question, by, trend.Totals[0], whole)
			}
			for _, row := range trend.Rows {
				want := reader.read(narrowed(t, s, q.Request, by, row.Value, ""))
				if compared++; row.Tallies[0] != want {
					t.Errorf("%q %s %s: %+v, reading gives %+v", typed.Question, by, row.Value, row.Tallies[0], want)
				}
			}
		}
		panel, err := study.Across(t.Context(), s, study.ByProvince, study.ByYear, []baogao.Request{q.Request})
		if err != nil {
			t.Fatal(err)
		}
		var sum study.Tally
		for i, row := range panel.Rows {
			for j, column := range panel.Columns {
				got := panel.Cells[i][j][0]
				sum = sum.Plus(got)
				if got.Held == 0 {
					holes++
				}
				if (i+j)%7 > 0 && got.Passages == 0 {
					continue // a part of those that say nothing
				}
				if want := reader.read(narrowed(t, s, q.Request, study.ByProvince, row.Value, column.Value)); got != want {
					t.Errorf("%q %s %s: %+v, reading gives %+v", typed.Question, row.Value, column.Value, got, want)
				}
				compared++
			}
		}
		if sum != whole {
			t.Errorf("%q: the cells add up to %+v, reading gives %+v", typed.Question, sum, whole)
		}
	}
	t.Logf("%d passages, %d rows and cells compared, %d holes", published.Passages, compared, holes)
	if holes == 0 {
		t.Error("nothing tells holes from zero")
	}
}

// narrowed is a request within a value of a field, and in a year where that is given.
func narrowed(t *testing.T, s baogao.Searcher, req baogao.Request, by study.By, value, year string) baogao.Request {
	t.Helper()
	typed := ask.Typed{}
	switch by.Field() {
	case "year":
		typed.Years = []string{value}
	case "level":
		typed.Levels = []string{value}
	case "kind":
		typed.Kinds = []string{value}
	default:
		typed.Regions = []string{value}
	}
	if year != "" {
		typed.Years = []string{year}
	}
	q, err := ask.Read(t.Context(), s, typed, ask.English)
	if err != nil {
		t.Fatal(err)
	}
	req.Filters = append(slices.Clone(req.Filters), q.Request.Filters...)
	return req
}

// A reader counts by reading every passage.
type reader struct {
	reports []*baogao.Report
	oracle  *enginetest.Oracle
}

// read counts what matches, and what is held within the filters.
func (r *reader) read(req baogao.Request) study.Tally {
	only := *r.oracle
	only.Reports = nil
	for _, one := range r.reports {
		if passes(one, req.Filters) {
			only.Reports = append(only.Reports, one)
		}
	}
	answer := only.Ask(req.Query, baogao.Filter{})
	n := study.Tally{Passages: answer.Total.Passages, Reports: answer.Total.Reports, Occurrences: answer.Total.Occurrences, Held: len(only.Reports)}
	for _, one := range only.Reports {
		for _, p := range one.Passages {
			n.Chars += int64(utf8.RuneCountInString(p.Text))
		}
	}
	return n
}

// passes reports whether a report passes filters, as their documentation says.
func passes(r *baogao.Report, filters []baogao.Filter) bool {
	m := r.Meta
	for _, f := range filters {
		values := m.Region.Values()
		in := len(f.Regions) == 0 || slices.ContainsFunc(f.Regions, func(v string) bool { return slices.Contains(values, v) })
		level := len(f.Levels) == 0 || slices.Contains(f.Levels, cmp.Or(m.Level, baogao.Level(baogao.Unknown)))
		kind := len(f.Kinds) == 0 || slices.Contains(f.Kinds, cmp.Or(m.Kind, baogao.Kind(baogao.Unknown)))
		year := len(f.Years) == 0
		for _, y := range f.Years {
			year = year || y.Unknown && m.Year == 0 || !y.Unknown && m.Year != 0 && m.Year >= y.From && (y.To == 0 || m.Year <= y.To)
		}
		if !in || !level || !kind || !year || f.Sure > 0 && !isSure(r, f.Sure) {
			return false
		}
	}
	return true
}

// isSure reports whether the confidence in each field that is known is enough.
func isSure(r *baogao.Report, least float64) bool {
	known := map[string]bool{"region": !r.Meta.Region.IsZero(), "level": r.Meta.Level != "", "year": r.Meta.Year != 0, "kind": r.Meta.Kind != ""}
	for _, f := range r.Findings {
		if known[f.Field] && f.Origin == baogao.Inferred && f.Confidence < least {
			return false
		}
	}
	return true
}
