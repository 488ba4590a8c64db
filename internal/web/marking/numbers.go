package marking

import (
	"cmp"
	"context"
	"slices"

	"baogao"
	"baogao/internal/align"
	"baogao/internal/web/address"
	"baogao/internal/web/figures"
)

// A Number is a place of a report where figures stand, with their records: two, where it
// holds for two indicators.
type Number struct {
	baogao.Span // in the text of its passage
	ID          string
	Also        []string // IDs of figures that begin within it
	Records     []figures.Record
	Goes        bool // on, behind the edge of a mark: what it is stands with its beginning
}

// numbersOf are the places of figures in a report, by passage.
func numbersOf(ctx context.Context, x baogao.Searcher, report string) (map[string][]*Number, error) {
	from, err := baogao.FigurerOf(x)
	if err != nil {
		return nil, err
	}
	found := map[string][]*baogao.FoundFigure{}
	for f, err := range from.EachFigure(ctx, baogao.Request{Report: report, Copies: true}, baogao.FigureFilter{}) {
		if err != nil {
			return nil, err
		}
		found[f.Passage] = append(found[f.Passage], f)
	}
	all := map[string][]*Number{}
	for passage, list := range found {
		all[passage] = placesOf(passage, list)
	}
	return all, nil
}

// placesOf are the places of the figures of a passage. Those that overlap are one.
func placesOf(passage string, list []*baogao.FoundFigure) (all []*Number) {
	slices.SortStableFunc(list, func(a, b *baogao.FoundFigure) int { return cmp.Compare(a.Start, b.Start) })
	for _, f := range list {
		record, id := figures.RecordOf(f, address.State{}), address.FigureAnchor(passage, f.Start)
		n := len(all)
		if n == 0 || f.Start >= all[n-1].End {
			all = append(all, &Number{Span: baogao.Span{Start: f.Start, End: f.End}, ID: id, Records: []figures.Record{record}})
			continue
		}
		last := all[n-1]
		last.End, last.Records = max(last.End, f.End), append(last.Records, record)
		if id != last.ID && !slices.Contains(last.Also, id) {
			last.Also = append(last.Also, id)
		}
	}
	return all
}

// New makes what marks a report, with its figures where they are to be shown.
func New(ctx context.Context, x baogao.Searcher, report string, shown bool) (m *Marker, err error) {
	m = &Marker{}
	if shown {
		m.Numbers, err = numbersOf(ctx, x, report)
	}
	return m, err
}

// Count is how many figures there are, those that share a place counted apart.
func (m *Marker) Count() (n int) {
	for _, numbers := range m.Numbers {
		for _, one := range numbers {
			n += len(one.Records)
		}
	}
	return n
}

// An item is a mark, or a number, in a text.
type item struct {
	baogao.Span
	number *Number // nil is a mark
}

// Cut cuts a text into runs, with numbers where they are shown.
func (m *Marker) Cut(text string, marks []baogao.Span, numbers []*Number) []Run {
	if len(numbers) == 0 {
		return m.Runs(text, marks)
	}
	return m.nested(text, marks, numbers)
}

// nested cuts a text into runs with marks and numbers in each other. Marks stay whole: a
// number that crosses the edge of one goes on behind it.
func (m *Marker) nested(text string, marks []baogao.Span, numbers []*Number) []Run {
	letters := []rune(text)
	var items []item
	at := 0
	for _, s := range marks {
		if s.Start >= at && s.End <= len(letters) && s.Start < s.End {
			items = append(items, item{Span: s})
			at = s.End
		}
	}
	marks = nil
	for _, i := range items {
		marks = append(marks, i.Span)
	}
	for _, n := range numbers {
		if n.Start >= 0 && n.End <= len(letters) && n.Start < n.End {
			items = append(items, pieces(n, marks)...)
		}
	}
	slices.SortStableFunc(items, func(a, b item) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) // of two at one place the mark is outside
	})
	return m.within(letters, baogao.Span{End: len(letters)}, items)
}

// pieces cut a number at the edges of marks that it crosses.
func pieces(n *Number, marks []baogao.Span) (all []item) {
	at := n.Start
	add := func(to int) {
		if to <= at {
			return
		}
		part := *n
		part.Span = baogao.Span{Start: at, End: to}
		part.Goes = at > n.Start
		all = append(all, item{part.Span, &part})
		at = to
	}
	for _, s := range marks {
		if s.Start < n.Start && s.End > n.Start && s.End < n.End {
			add(s.End)
		}
		if s.Start > n.Start && s.Start < n.End && s.End > n.End {
			add(s.Start)
		}
	}
	add(n.End)
	return all
}

// within cuts a part of a text into runs.
func (m *Marker) within(letters []rune, part baogao.Span, items []item) (all []Run) {
	at := part.Start
	for len(items) > 0 {
		first := items[0]
		inner := 1
		for inner < len(items) && items[inner].Start < first.End {
			inner++
		}
		if first.Start > at {
			all = append(all, Run{Text: string(letters[at:first.Start])})
		}
		r := Run{Number: first.number}
		if first.number == nil {
			m.Marks++
			r.Mark = m.Marks
		}
		r.Parts = m.within(letters, first.Span, items[1:inner])
		all, at, items = append(all, r), first.End, items[inner:]
	}
	if at < part.End {
		all = append(all, Run{Text: string(letters[at:part.End])})
	}
	return all
}

// Published are the numbers of the passages of a paragraph where they stand in
// the text as it was published; none where one of them has no place there.
func Published(para baogao.Paragraph, numbers []*Number) []*Number {
	var spans []baogao.Span
	for _, n := range numbers {
		spans = append(spans, n.Span)
	}
	placed := align.Spans(para.Text, para.Published, spans)
	if len(placed) != len(numbers) {
		return nil
	}
	var all []*Number
	for i, n := range numbers {
		there := *n
		there.Span = placed[i]
		all = append(all, &there)
	}
	return all
}
