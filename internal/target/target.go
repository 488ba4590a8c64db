// Package target sets what a report plans beside what the reports that follow
// say was reached, over any Searcher. What does not surely speak of the same thing
// is told as not comparable, with the reason: a gap is better than a wrong verdict.
package target

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/query"
)

// A Verdict is what became of a target.
type Verdict string

// The verdicts.
const (
	Reached       Verdict = "reached"
	Missed        Verdict = "missed"
	NotReported   Verdict = "not reported"   // a report is held, and nothing in it goes by that name
	NoReport      Verdict = "no report held" // of the place, of that kind, on the year
	NotComparable Verdict = "not comparable" // Row.Reason says why
)

// Verdicts lists them.
var Verdicts = []Verdict{Reached, Missed, NotReported, NoReport, NotComparable}

// ReadVerdicts reads verdicts as people type them, also as lists, with _ for blanks.
func ReadVerdicts(typed []string) (all []Verdict, err error) {
	for _, list := range typed {
		for _, word := range query.List(list) {
			v := Verdict(strings.ToLower(strings.ReplaceAll(strings.TrimSpace(word), "_", " ")))
			if !slices.Contains(Verdicts, v) {
				return nil, fmt.Errorf("no verdict is called %q; use one of reached, missed, not reported, no report held, not comparable", word)
			}
			all = append(all, v)
		}
	}
	return all, nil
}

// A Row is a target and what became of it.
type Row struct {
	Target  baogao.FoundFigure
	Year    int // it is to be reached in or by; 0 where that is not known
	Verdict Verdict
	Reason  Reason              // why it is not comparable
	Result  *baogao.FoundFigure // that it is held to; of what is not comparable the nearest there is; else nil
	Others  int                 // further figures that lead to the same verdict
}

// A Table is the targets of places: by region, year and report, and in a report as
// they stand in it.
type Table struct {
	Rows   []Row
	Counts map[Verdict]int
}

// A Total counts targets by verdict.
type Total struct {
	Targets       int `json:"targets"`
	Reached       int `json:"reached"`
	Missed        int `json:"missed"`
	NotReported   int `json:"not_reported"`
	NoReport      int `json:"no_report_held"`
	NotComparable int `json:"not_comparable"`
}

// Total counts all targets that were found.
func (t *Table) Total() Total {
	n := t.Counts
	return Total{
		n[Reached] + n[Missed] + n[NotReported] + n[NoReport] + n[NotComparable],
		n[Reached], n[Missed], n[NotReported], n[NoReport], n[NotComparable],
	}
}

// Only keeps the rows of some verdicts; none keeps all. Counts stay those of all.
func (t *Table) Only(verdicts []Verdict) {
	if len(verdicts) > 0 {
		t.Rows = slices.DeleteFunc(t.Rows, func(r Row) bool { return !slices.Contains(verdicts, r.Verdict) })
	}
}

// Find tells the targets among the figures of the passages that match a request
// exactly, as far as they pass a filter, each with what became of it. Results are
// looked for in all reports that pass the filters of the request, whatever their
// year, and whatever its question is.
func Find(ctx context.Context, s baogao.Searcher, req baogao.Request, by baogao.FigureFilter) (*Table, error) {
	s, release, err := s.Hold(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	from, err := baogao.FigurerOf(s)
	if err != nil {
		return nil, err
	}
	f := finder{Searcher: s, Figurer: from, texts: map[string]string{}}
	by.Statuses, by.Sort, by.Offset, by.Grouped = []baogao.FigureStatus{baogao.Target}, baogao.ByHit, 0, false
	targets, err := f.targets(ctx, req, by)
	if err != nil {
		return nil, err
	}
	results, err := f.results(ctx, req, targets)
	if err != nil {
		return nil, err
	}
	held, err := f.held(ctx, req, targets)
	if err != nil {
		return nil, err
	}
	t := &Table{Rows: []Row{}, Counts: map[Verdict]int{}}
	plans := map[string][]*said{}
	for _, one := range targets {
		plans[one.Report] = append(plans[one.Report], one)
	}
	for _, one := range targets {
		row := judge(one, rivals(one, plans[one.Report]), results[one.thing()], held)
		t.Rows, t.Counts[row.Verdict] = append(t.Rows, row), t.Counts[row.Verdict]+1
	}
	return t, nil
}

// A finder reads figures and the passages that they stand in.
type finder struct {
	baogao.Searcher
	baogao.Figurer
	texts map[string]string // of passages, by id
}

// read reads a figure in its passage.
func (f *finder) read(ctx context.Context, one *baogao.FoundFigure) (*said, error) {
	text, ok := f.texts[one.Passage]
	if !ok {
		hit, err := f.Passage(ctx, one.Passage)
		if err != nil {
			return nil, err
		}
		text = hit.Text
		f.texts[one.Passage] = text
	}
	return read(one, []rune(text)), nil
}

// targets are those of the request, each of a report once, in the order of a Table.
func (f *finder) targets(ctx context.Context, req baogao.Request, by baogao.FigureFilter) (all []*said, err error) {
	told := map[any]bool{}
	for one, err := range f.EachFigure(ctx, req, by) {
		if err != nil {
			return nil, err
		}
		t, err := f.read(ctx, one)
		if err != nil {
			return nil, err
		}
		if t.isOld() {
			continue
		}
		if len(all) > 0 {
			t.follow(all[len(all)-1])
		}
		t.setTime()
		if same := t.same(); !told[same] {
			told[same], all = true, append(all, t)
		}
	}
	slices.SortStableFunc(all, (*said).compare)
	return all, nil
}

// results are the achieved figures of what the targets are about, or may be, by thing.
func (f *finder) results(ctx context.Context, req baogao.Request, targets []*said) (map[thing][]*said, error) {
	wanted := map[string][]string{} // objects, by place
	for _, t := range targets {
		if !slices.Contains(wanted[t.place], t.object) {
			wanted[t.place] = append(wanted[t.place], t.object)
		}
	}
	all := map[thing][]*said{}
	if len(wanted) == 0 {
		return all, nil
	}
	anyYear := baogao.Request{Filters: withoutYears(req.Filters), Copies: req.Copies}
	for one, err := range f.EachFigure(ctx, anyYear, baogao.FigureFilter{Statuses: []baogao.FigureStatus{baogao.Achieved}}) {
		if err != nil {
			return nil, err
		}
		place, object, name := placeOf(one.Meta.Region), objectOf(&one.Figure), analyzer.Fold(one.Indicator)
		for _, w := range wanted[place] {
			if !isRelated(w, object) && !isRelated(w, name) {
				continue
			}
			r, err := f.read(ctx, one)
			if err != nil {
				return nil, err
			}
			if r.year = one.In(); !r.isOld() && !r.isRecalled() && !r.isPlanned() {
				all[thing{place, w}] = append(all[thing{place, w}], r)
			}
		}
	}
	return all, nil
}

// A heldAt is reports of one kind of a place on a year.
type heldAt struct {
	place string
	kind  baogao.Kind
	year  int
}

// held counts the reports that are held of the places and kinds of the targets.
func (f *finder) held(ctx context.Context, req baogao.Request, targets []*said) (map[heldAt]int, error) {
	counts := map[heldAt]int{}
	var kinds []string
	for _, t := range targets {
		kinds = append(kinds, string(t.Meta.Kind))
	}
	slices.Sort(kinds)
	for _, kind := range slices.Compact(kinds) {
		of := baogao.Kind(kind)
		if of == "" {
			of = baogao.Unknown
		}
		filters := append(withoutYears(req.Filters), baogao.Filter{Kinds: []baogao.Kind{of}})
		res, err := f.Search(ctx, baogao.Request{Filters: filters, Copies: req.Copies, Cells: true, Limit: -1})
		if err != nil {
			return nil, err
		}
		for _, c := range res.Cells {
			counts[heldAt{placeOf(c.Region), baogao.Kind(kind), c.Year}] += c.Reports
		}
	}
	return counts, nil
}

// withoutYears are filters that let through all years.
func withoutYears(filters []baogao.Filter) []baogao.Filter {
	kept := slices.Clone(filters)
	for i := range kept {
		kept[i].Years = nil
	}
	return kept
}

// placeOf tells places apart; "" is not known.
func placeOf(r baogao.Region) string {
	if r.Code != "" {
		return r.Code
	}
	return r.Name
}

// objectOf is what a figure is about, by its key: 养老床位 of 养老床位总数, 农村户厕 of
// 农村户厕改造.
func objectOf(f *baogao.Figure) string {
	object, _, _ := strings.Cut(f.Key, "·")
	ends := []string{"总数", "总量"}
	switch f.Kind {
	case "area":
		ends = append(ends, "面积")
	case "rate":
		return object
	}
	for _, end := range ends {
		object = strings.TrimSuffix(object, end)
	}
	return strings.TrimSuffix(object, actAtEnd(object))
}

// actAtEnd is the act at the end of the name of what is done with a thing, "" where
// there is none.
func actAtEnd(object string) string {
	const least = 3 * len("字") // of the name of a thing
	for _, act := range []string{"改造", "建设", "排查", "化解", "办理", "办结", "受理", "清理"} {
		if len(object) >= least+len(act) && strings.HasSuffix(object, act) {
			return act
		}
	}
	return ""
}
