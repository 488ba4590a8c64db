package engine_test

import (
	"cmp"
	"encoding/json"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/figure"
	"baogao/internal/testkit"
	"baogao/query"
)

// A figureOracle tells figures by reading the text of every passage.
type figureOracle struct {
	figures map[string][]figure.Figure // by passage id
	reports map[string]*baogao.Report
	plans   map[string]bool // passages that stand in what is planned, by id
}

func newFigureOracle(reports []*baogao.Report) *figureOracle {
	o := &figureOracle{map[string][]figure.Figure{}, map[string]*baogao.Report{}, map[string]bool{}}
	for _, r := range reports {
		o.reports[r.Meta.ID] = r
		for _, p := range r.Passages {
			id := baogao.PassageID(r.Meta.ID, p.Paragraph, p.Piece)
			o.plans[id] = p.Plan
			o.figures[id] = figure.Read(p.Text, figure.Context{Passage: id, Report: r.Meta.ID, Section: p.Section, Plan: p.Plan, Year: r.Meta.Year})
		}
	}
	return o
}

// passes reports whether a figure passes a filter.
func (o *figureOracle) passes(f figure.Figure, by baogao.FigureFilter) bool {
	for _, w := range strings.Fields(analyzer.Fold(by.Indicator)) {
		key := "·" + analyzer.Fold(f.Key) + "·"
		parts := strings.Contains(w, "·") && strings.Contains(key, "·"+w+"·")
		if !parts && (strings.Contains(w, "·") || !strings.Contains(analyzer.Fold(f.Indicator)+"\n"+analyzer.Fold(f.Key), w)) {
			return false
		}
	}
	return (by.Key == "" || f.Key == by.Key) && (by.Units == nil || slices.Contains(by.Units, f.Unit)) && (by.Kinds == nil || slices.Contains(by.Kinds, baogao.FigureKind(f.Kind))) &&
		(by.Statuses == nil || slices.Contains(by.Statuses, baogao.FigureStatus(f.Status))) &&
		(by.Min == nil || f.Value >= *by.Min) && (by.Max == nil || f.Value <= *by.Max)
}

// ask tells the figures of passages, given in their order, that pass a filter.
func (o *figureOracle) ask(passages []string, by baogao.FigureFilter) (all []figure.Figure, total baogao.FigureTotal) {
	reports, keys, in := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, id := range passages {
		for _, f := range o.figures[id] {
			if o.passes(f, by) {
				all = append(all, f)
				reports[f.Report], keys[f.Key], in[id] = true, true, true
			}
		}
	}
	year := func(f figure.Figure) int {
		reported := o.reports[f.Report].Meta.Year
		if f.Year == 0 && reported != 0 && baogao.FigureStatus(f.Status) == baogao.Target && o.plans[f.Passage] {
			return reported + 1
		}
		return cmp.Or(f.Year, reported)
	}
	slices.SortStableFunc(all, func(a, b figure.Figure) int {
		switch by.Sort {
		case baogao.ByValue:
			return cmp.Compare(a.Value, b.Value)
		case baogao.ByValueDown:
			return cmp.Compare(b.Value, a.Value)
		case baogao.ByTheYear:
			return cmp.Compare(cmp.Or(year(a), 1<<20), cmp.Or(year(b), 1<<20))
		case baogao.ByTheNewest:
			return cmp.Compare(year(b), year(a))
		case baogao.ByKey:
			return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Indicator, b.Indicator), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Value, b.Value))
		}
		return 0
	})
	return all, baogao.FigureTotal{Figures: len(all), Passages: len(in), Reports: len(reports), Keys: len(keys)}
}

// randomFilter narrows to what some figure has.
func randomFilter(random *rand.Rand, all []figure.Figure) (f baogao.FigureFilter) {
	f.Sort = baogao.FigureSorts[random.IntN(len(baogao.FigureSorts))]
	if len(all) == 0 {
		return f
	}
	any := func() figure.Figure { return all[random.IntN(len(all))] }
	if random.IntN(3) == 0 {
		f.Units = []string{any().Unit, any().Unit}
	}
	if random.IntN(3) == 0 {
		f.Kinds = []baogao.FigureKind{baogao.FigureKind(any().Kind)}
	}
	if random.IntN(3) == 0 {
		f.Statuses = []baogao.FigureStatus{baogao.FigureStatus(any().Status)}
	}
	if random.IntN(4) == 0 {
		v := any().Value
		f.Min = &v
	}
	if random.IntN(4) == 0 {
		v := any().Value
		f.Max = &v
	}
	switch random.IntN(5) {
	case 2:
		f.Key = any().Key
	case 0:
		f.Indicator = any().Key
	case 1:
		name := []rune(any().Indicator)
		from := random.IntN(max(len(name)-1, 1))
		f.Indicator = string(name[from:min(from+2, len(name))])
	}
	return f
}

// TestFigures compares the figures of an index with those of its texts, over
// questions and filters by chance.
func TestFigures(t *testing.T) {
	reports := read(t, samples)
	if _, err := os.Stat(shared); err == nil {
		reports = append(reports, sharedReports(t, 3000)...)
	}
	s, o := testkit.Open(t, reports), newFigureOracle(reports)
	figures, err := baogao.FigurerOf(s)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(7, 7))
	held, compared := 0, 0
	filters := [][]baogao.Filter{nil, {{Years: []query.Years{{From: 2022, To: 2023}}, Levels: []baogao.Level{baogao.District, baogao.City}}, {Sure: 0.5}}}
	for _, question := range []string{"", "法治", "行政复议", "增长", "信访 OR 应诉", "plan:yes", "within:report 法治 应诉", "year:2023 -企业"} {
		for i, sort := range []baogao.Sort{baogao.ByRelevance, baogao.ByYear} {
			req := baogao.Request{Query: query.Parse(question), Sort: sort, Copies: random.IntN(2) == 0, Filters: filters[i]}
			for range 2 { // the second time in one report
				passages, all := o.matching(t, s, req)
				held += len(all)
				for n := range 20 {
					var by baogao.FigureFilter
					if n > 0 {
						by = randomFilter(random, all)
					}
					compared += compareFigures(t, figures, o, req, by, passages)
				}
				req.Report = reports[random.IntN(len(reports))].Meta.ID
			}
		}
	}
	if held < 1000 || compared < 1000 {
		t.Errorf("%d figures are held and %d compared: too few", held, compared)
	}
}

// matching lists the passages that match, in their order, and their figures.
func (o *figureOracle) matching(t *testing.T, s baogao.Searcher, req baogao.Request) (passages []string, all []figure.Figure) {
	t.Helper()
	for h, err := range s.Hits(t.Context(), req) {
		if err != nil {
			t.Fatal(err)
		}
		passages = append(passages, h.ID)
		all = append(all, o.figures[h.ID]...)
	}
	return passages, all
}

// compareFigures compares an answer with that of the oracle, and returns how many
// figures it has.
func compareFigures(t *testing.T, s baogao.Figurer, o *figureOracle, req baogao.Request, by baogao.FigureFilter, passages []string) int {
	t.Helper()
	want, total := o.ask(passages, by)
	by.Offset, by.Limit = len(want)/3, 20
	got, err := s.Figures(t.Context(), req, by)
	if err != nil {
		t.Fatal(err)
	}
	if got.Total != total {
		t.Errorf("%q %+v: total %+v, want %+v", req.Query.Text, by, got.Total, total)
	}
	for i, f := range got.Figures {
		compareFigure(t, f, want[by.Offset+i])
	}
	if n := min(by.Limit, len(want)-by.Offset); len(got.Figures) != n {
		t.Errorf("%q %+v: %d figures, want %d", req.Query.Text, by, len(got.Figures), n)
	}
	i := by.Offset
	for f, err := range s.EachFigure(t.Context(), req, by) {
		if err != nil {
			t.Fatal(err)
		}
		compareFigure(t, *f, want[i])
		i++
	}
	if i != len(want) {
		t.Errorf("%q %+v: %d figures are yielded, want %d", req.Query.Text, by, i, len(want))
	}
	compareGroups(t, s, req, by, want)
	return len(want)
}

func compareFigure(t *testing.T, got baogao.FoundFigure, want figure.Figure) {
	t.Helper()
	one, _ := json.Marshal(got.Figure)
	other, _ := json.Marshal(want)
	if string(one) != string(other) {
		t.Errorf("got  %s\nwant %s", one, other)
	}
	if got.Meta.ID != want.Report {
		t.Errorf("%s is of %s", want.Passage, got.Meta.ID)
	}
}

// compareGroups compares groups with those counted here.
func compareGroups(t *testing.T, s baogao.Figurer, req baogao.Request, by baogao.FigureFilter, figures []figure.Figure) {
	t.Helper()
	by.Grouped, by.Offset, by.Limit = true, 0, 1<<20
	res, err := s.Figures(t.Context(), req, by)
	if err != nil {
		t.Fatal(err)
	}
	count, wordings := map[string]int{}, map[string]map[string]int{}
	for _, f := range figures {
		count[f.Key]++
		if wordings[f.Key] == nil {
			wordings[f.Key] = map[string]int{}
		}
		wordings[f.Key][f.Indicator]++
	}
	for i, g := range res.Groups {
		if g.Figures != count[g.Key] || len(g.Wordings) != len(wordings[g.Key]) || i > 0 && g.Figures > res.Groups[i-1].Figures {
			t.Errorf("group %+v, want %d figures with %v", g, count[g.Key], wordings[g.Key])
		}
		for _, w := range g.Wordings {
			if w.Figures != wordings[g.Key][w.Indicator] {
				t.Errorf("%s: %s %d times, want %d", g.Key, w.Indicator, w.Figures, wordings[g.Key][w.Indicator])
			}
		}
	}
	if len(res.Groups) != len(count) {
		t.Errorf("%d groups, want %d", len(res.Groups), len(count))
	}
}
