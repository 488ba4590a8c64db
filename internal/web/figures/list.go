package figures

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/export"
	"baogao/internal/study"
	"baogao/internal/web/address"
	"baogao/internal/web/compare"
	"baogao/internal/web/picture"
)

// A List is the figures of the passages that match, or their keys.
type List struct {
	State    address.State
	Filter   baogao.FigureFilter
	Total    baogao.FigureTotal
	Held     int // reports held within the filters, where there is no figure
	Rows     []Shown
	Groups   []Group
	Heads    []Head
	Kinds    []compare.Choice // Link is the value
	Statuses []compare.Choice // likewise
	Chips    []Chip
	Files    []compare.Choice
	Warnings []string
	Aliases  []compare.Aliased
	Figured  string // address of the figures
	Grouped  string // of their keys

	figures  baogao.Figurer
	question *ask.Question
}

// A Head is a column that the rows can be put in the order of.
type Head struct {
	Name, Link string
	Sort       string // ascending or descending, "" where it is another
}

// A Chip narrows the figures, and can be removed.
type Chip struct{ Field, Name, Remove string }

// A Group is the figures of one key.
type Group struct {
	baogao.FigureGroup
	Link     string // to its figures
	OfKey    string // to the page of the indicator
	Wordings string
}

// mostWordings is how many wordings of a key are named.
const mostWordings = 4

// ListOf lists what a state asks for.
func ListOf(ctx context.Context, x baogao.Searcher, s address.State) (*List, error) {
	from, err := baogao.FigurerOf(x)
	if err != nil {
		return nil, err
	}
	q, err := s.Question(ctx, x)
	if err != nil {
		return nil, err
	}
	l := &List{State: s, Filter: address.FigureFilter(s), figures: from, question: q}
	if l.Aliases, err = compare.AliasesOf(ctx, x, s, q); err != nil {
		return nil, err
	}
	for _, w := range q.Warnings {
		l.Warnings = append(l.Warnings, w.Text+"。")
	}
	res, err := study.Figures(ctx, from, q.Request, l.Filter)
	if err != nil {
		return nil, err
	}
	if res.Total.Figures == 0 {
		if l.Held, err = study.Held(ctx, x, q.Request); err != nil {
			return nil, err
		}
	}
	l.fill(res)
	return l, nil
}

// fill shows an answer.
func (l *List) fill(res *baogao.FigureResult) {
	s := l.State
	l.Total = res.Total
	for i := range res.Figures {
		l.Rows = append(l.Rows, ShownOf(&res.Figures[i], s))
	}
	for _, g := range res.Groups {
		l.Groups = append(l.Groups, l.group(g))
	}
	l.Figured = address.Narrowed(s, func(f *baogao.FigureFilter) { f.Grouped = false }).URL()
	l.Grouped = address.Narrowed(s, func(f *baogao.FigureFilter) { f.Grouped = true }).URL()
	l.Heads = []Head{
		l.head("指标", "key", ""), l.head("数值", "-value", "value"), l.head("年份", "-year", "year"), l.head("地区", "region", ""),
	}
	l.Kinds = choices("各类数字", baogao.FigureKinds, kindNames, l.Filter.Kinds)
	l.Statuses = choices("实现和目标", baogao.FigureStatuses, statusNames, l.Filter.Statuses)
	l.Chips = chipsOf(s)
	for _, form := range []struct{ name, form string }{{"CSV", "csv"}, {"XLSX", "xlsx"}, {"JSONL", "jsonl"}, {"Markdown", "md"}, {"说明", export.AboutForm}} {
		l.Files = append(l.Files, compare.Choice{Name: form.name, Link: address.Table(s, form.form, false)})
	}
}

// group shows a key. Its figures are those of the list, under no other key.
func (l *List) group(g baogao.FigureGroup) Group {
	shown := Group{
		FigureGroup: g, OfKey: address.OfKey(l.State, g.Key, "", "").URL(),
		Link: address.Narrowed(l.State, func(f *baogao.FigureFilter) { f.Grouped, f.Key = false, g.Key }).URL(),
	}
	var names []string
	for _, w := range g.Wordings[:min(mostWordings, len(g.Wordings))] {
		names = append(names, fmt.Sprintf("%s %s", w.Indicator, picture.Grouped(w.Figures)))
	}
	if more := len(g.Wordings) - mostWordings; more > 0 {
		names = append(names, fmt.Sprintf("其余 %d 种", more))
	}
	shown.Wordings = strings.Join(names, "，")
	return shown
}

// head is a column whose rows are put in an order by a first click, and in another by a
// second, where there is one.
func (l *List) head(name, first, second string) Head {
	h := Head{Name: name, Link: address.Ordered(l.State, first).URL()}
	switch string(l.State.Sort) {
	case first:
		h.Sort = direction(first)
		if second != "" {
			h.Link = address.Ordered(l.State, second).URL()
		} else {
			h.Link = address.Ordered(l.State, "").URL()
		}
	case second:
		if second != "" {
			h.Sort = direction(second)
		}
	}
	return h
}

func direction(sort string) string {
	if strings.HasPrefix(sort, "-") {
		return "descending"
	}
	return "ascending"
}

// chipsOf are what figures are narrowed by.
func chipsOf(s address.State) (all []Chip) {
	f := &s.Figures
	add := func(field, name string, change func(*baogao.FigureFilter)) {
		if name != "" {
			all = append(all, Chip{field, name, address.Narrowed(s, change).URL()})
		}
	}
	var kinds, statuses []string
	for _, k := range f.Kinds {
		kinds = append(kinds, kindNames[k])
	}
	for _, k := range f.Statuses {
		statuses = append(statuses, statusNames[k])
	}
	add("指标中的词", f.Indicator, func(f *baogao.FigureFilter) { f.Indicator = "" })
	add("指标", f.Key, func(f *baogao.FigureFilter) { f.Key = "" })
	add("单位", strings.Join(f.Units, "、"), func(f *baogao.FigureFilter) { f.Units = nil })
	add("类别", strings.Join(kinds, "、"), func(f *baogao.FigureFilter) { f.Kinds = nil })
	add("状态", strings.Join(statuses, "、"), func(f *baogao.FigureFilter) { f.Statuses = nil })
	if f.Min != nil {
		add("不小于", picture.Amount(*f.Min), func(f *baogao.FigureFilter) { f.Min = nil })
	}
	if f.Max != nil {
		add("不大于", picture.Amount(*f.Max), func(f *baogao.FigureFilter) { f.Max = nil })
	}
	return all
}

// Min and Max are the bounds as they are typed.
func (l *List) Min() string { return typed(l.Filter.Min) }
func (l *List) Max() string { return typed(l.Filter.Max) }

func typed(v *float64) string {
	if v == nil {
		return ""
	}
	return export.Value(*v)
}

// Listed is how many figures, or keys, there are to list.
func (l *List) Listed() int {
	if l.Filter.Grouped {
		return l.Total.Keys
	}
	return l.Total.Figures
}

// Request is the question whose passages are looked at.
func (l *List) Request() baogao.Request { return l.question.Request }

// IsGrouped reports whether keys are listed.
func (l *List) IsGrouped() bool { return l.Filter.Grouped }

// Each yields all figures, for a file.
func (l *List) Each(ctx context.Context) iter.Seq2[*baogao.FoundFigure, error] {
	by := l.Filter
	by.Offset = 0
	return study.EachFigure(ctx, l.figures, l.question.Request, by)
}

// AllGroups counts all keys, for a file.
func (l *List) AllGroups(ctx context.Context) ([]baogao.FigureGroup, error) {
	by := l.Filter
	by.Offset, by.Limit = 0, l.Total.Keys+1
	res, err := l.figures.Figures(ctx, l.question.Request, by)
	if err != nil {
		return nil, err
	}
	return res.Groups, nil
}

// About says what a file of the list holds.
func (l *List) About(held int, at baogao.State, version string) [][2]string {
	said := export.About(l.question.Said(), held, at, version)
	return append(said[:1:1], append(narrowed(&l.Filter), said[1:]...)...)
}

// narrowed says what figures are narrowed by, as files do.
func narrowed(f *baogao.FigureFilter) (all [][2]string) {
	for _, one := range [][2]string{
		{"indicator", f.Indicator}, {"key", f.Key}, {"unit", strings.Join(f.Units, ", ")}, {"kind of figure", joined(f.Kinds)}, {"status", joined(f.Statuses)}, {"min", typed(f.Min)}, {"max", typed(f.Max)},
	} {
		if one[1] != "" {
			all = append(all, one)
		}
	}
	return all
}

func joined[T ~string](values []T) string {
	var all []string
	for _, v := range values {
		all = append(all, string(v))
	}
	return strings.Join(all, ", ")
}
