// Package enginetest holds every engine to one behaviour. Its oracle answers
// questions the slow way, by reading every passage with code of its own.
package enginetest

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"baogao"
	"baogao/query"
)

// Oracle answers questions by reading every passage. It ranks nothing, and
// answers one question at a time.
type Oracle struct {
	Reports []*baogao.Report
	Fold    func(string) string // per rune, as the engine under test folds
	Resolve baogao.Resolver

	read map[string]*reading // by text
}

// A reading is a text folded and taken apart, once for all questions: over
// thousands of passages that is most of an oracle's work.
type reading struct {
	folded string
	units  []string
}

func (o *Oracle) reading(text string) *reading {
	r := o.read[text]
	if r == nil {
		folded := o.Fold(text)
		r = &reading{folded, units(folded)}
		if o.read == nil {
			o.read = map[string]*reading{}
		}
		o.read[text] = r
	}
	return r
}

// Answer is what a question must give.
type Answer struct {
	Total  baogao.Total
	Facets baogao.Facets
	Marks  map[string][]baogao.Span // of each matching passage by id, in order
	Cells  map[Place]baogao.Total   // passages and reports, whatever regions are filtered on
}

// A Place is what a cell counts: a region and a year.
type Place struct {
	Code, Name string
	Year       int
}

// Ask answers a question under a filter, without a relaxed tier.
func (o *Oracle) Ask(q *query.Query, f baogao.Filter) Answer {
	var lifted []query.Node // parts of the question that act as filters
	rest := query.Node(nil)
	var kept query.And
	parts := []query.Node{q.Root}
	if all, ok := q.Root.(query.And); ok {
		parts = all
	}
	for _, p := range parts {
		switch n := p.(type) {
		case nil:
		case query.Years:
			lifted = append(lifted, n)
		case query.Field:
			if n.Name == "region" || n.Name == "level" || n.Name == "kind" {
				lifted = append(lifted, n)
				continue
			}
			kept = append(kept, n)
		default:
			kept = append(kept, n)
		}
	}
	if len(kept) > 0 {
		rest = kept
	}
	return o.count(o.match(rest, q.Within), lifted, f)
}

// match returns the marks of all passages that a tree holds for.
func (o *Oracle) match(root query.Node, within query.Scope) map[place][]baogao.Span {
	found := map[place][]baogao.Span{}
	words := query.Words(root)
	for _, r := range o.Reports {
		reportHolds := within == query.Report && o.holds(root, r, nil, r.Passages, nil)
		for i, p := range r.Passages {
			at := place{r, i}
			switch {
			case within == query.Report:
				marks := o.marks(p.Text, words, nil)
				if reportHolds && (len(words) == 0 || len(marks) > 0) {
					found[at] = marks
				}
			case within == query.Sentence && hasWord(root):
				var inside []baogao.Span
				for _, s := range sentences(o.reading(p.Text).folded) {
					if o.holds(root, r, &p, []baogao.Passage{p}, &s) {
						inside = append(inside, s)
					}
				}
				if len(inside) > 0 {
					found[at] = o.marks(p.Text, words, inside)
				}
			default:
				if o.holds(root, r, &p, []baogao.Passage{p}, nil) {
					found[at] = o.marks(p.Text, words, nil)
				}
			}
		}
	}
	return found
}

// place names a passage by its report and its index there.
type place struct {
	report *baogao.Report
	index  int
}

func hasWord(n query.Node) bool {
	switch n := n.(type) {
	case query.And:
		return slices.ContainsFunc(n, hasWord)
	case query.Or:
		return slices.ContainsFunc(n, hasWord)
	case query.Not:
		return hasWord(n.Node)
	case query.Word:
		return true
	}
	return false
}

// holds evaluates a tree over some passages of a report, or over a sentence
// of the only one.
func (o *Oracle) holds(n query.Node, r *baogao.Report, p *baogao.Passage, texts []baogao.Passage, sentence *baogao.Span) bool {
	switch n := n.(type) {
	case nil:
		return true
	case query.And:
		for _, part := range n {
			if !o.holds(part, r, p, texts, sentence) {
				return false
			}
		}
		return true
	case query.Or:
		for _, part := range n {
			if o.holds(part, r, p, texts, sentence) {
				return true
			}
		}
		return false
	case query.Not:
		return !o.holds(n.Node, r, p, texts, sentence)
	case query.Word:
		return slices.ContainsFunc(texts, func(p baogao.Passage) bool {
			return slices.ContainsFunc(o.occurrences(p.Text, string(n)), func(s baogao.Span) bool {
				return sentence == nil || s.Start >= sentence.Start && s.End <= sentence.End
			})
		})
	case query.Field:
		if n.Name != "section" {
			return o.metaHolds(n, r)
		}
		return slices.ContainsFunc(texts, func(p baogao.Passage) bool {
			return slices.ContainsFunc(p.Section, func(s string) bool { return o.contains(s, n.Value) })
		})
	case query.Years:
		return o.metaHolds(n, r)
	}
	panic("enginetest: unknown node")
}

func (o *Oracle) contains(text, word string) bool {
	return len(o.occurrences(text, word)) > 0
}

// metaHolds evaluates a part of a question that asks for a report.
func (o *Oracle) metaHolds(n query.Node, r *baogao.Report) bool {
	m := r.Meta
	switch n := n.(type) {
	case query.Years:
		if n.Unknown {
			return m.Year == 0
		}
		return m.Year != 0 && m.Year >= n.From && (n.To == 0 || m.Year <= n.To)
	case query.Field:
		switch n.Name {
		case "region":
			return o.inRegion(m.Region, n.Value)
		case "level":
			return orUnknown(string(m.Level)) == n.Value
		case "kind":
			return orUnknown(string(m.Kind)) == n.Value
		case "title":
			return o.contains(m.Title, n.Value)
		case "issuer":
			return o.contains(m.Issuer, n.Value)
		case "number":
			return o.contains(m.Number, n.Value)
		}
	}
	panic("enginetest: unknown field")
}

func (o *Oracle) inRegion(r baogao.Region, name string) bool {
	if name == baogao.Unknown {
		return r.IsZero()
	}
	if own, ok := strings.CutPrefix(name, baogao.Itself); ok {
		return slices.ContainsFunc(o.Resolve(own), func(w baogao.Region) bool { return w.Code == r.Code })
	}
	return slices.ContainsFunc(o.Resolve(name), func(w baogao.Region) bool {
		return slices.Contains(r.Codes(), w.Code) || w.Code == baogao.CountryCode && r.Code != ""
	})
}

func orUnknown(s string) string { return cmp.Or(s, baogao.Unknown) }

// count counts the passages found, filtered by parts of the question and by f.
func (o *Oracle) count(found map[place][]baogao.Span, lifted []query.Node, f baogao.Filter) Answer {
	filters := map[string]func(*baogao.Report) bool{}
	for _, name := range []string{"region", "level", "year", "kind"} {
		filters[name] = o.filter(name, lifted, f)
	}
	passes := func(r *baogao.Report, except string) bool {
		for name, ok := range filters {
			if name != except && !ok(r) {
				return false
			}
		}
		return true
	}
	a := Answer{Marks: map[string][]baogao.Span{}}
	reports := map[*baogao.Report]bool{}
	for at, marks := range found {
		if passes(at.report, "") {
			p := at.report.Passages[at.index]
			a.Marks[baogao.PassageID(at.report.Meta.ID, p.Paragraph, p.Piece)] = marks
			a.Total.Occurrences += len(marks)
			reports[at.report] = true
		}
	}
	a.Total.Passages, a.Total.Reports = len(a.Marks), len(reports)

	var bases []string
	for _, name := range o.regionNames(lifted, f) {
		own, itself := strings.CutPrefix(name, baogao.Itself)
		for _, r := range o.Resolve(own) {
			if itself {
				bases = append(bases, baogao.Itself+r.Code)
				continue
			}
			bases = append(bases, r.Code)
		}
	}
	values := map[string]func(*baogao.Report) string{
		"region": func(r *baogao.Report) string { return child(r.Meta.Region, bases) },
		"level":  func(r *baogao.Report) string { return orUnknown(string(r.Meta.Level)) },
		"kind":   func(r *baogao.Report) string { return orUnknown(string(r.Meta.Kind)) },
		"year": func(r *baogao.Report) string {
			if r.Meta.Year == 0 {
				return baogao.Unknown
			}
			return strconv.Itoa(r.Meta.Year)
		},
	}
	facet := func(name string) []baogao.FacetValue {
		passages, reports := map[string]int{}, map[string]map[*baogao.Report]bool{}
		for at := range found {
			if v := values[name](at.report); v != "" && passes(at.report, name) {
				passages[v]++
				if reports[v] == nil {
					reports[v] = map[*baogao.Report]bool{}
				}
				reports[v][at.report] = true
			}
		}
		var all []baogao.FacetValue
		for _, v := range slices.Sorted(maps.Keys(passages)) {
			all = append(all, baogao.FacetValue{Value: v, Passages: passages[v], Reports: len(reports[v])})
		}
		return all
	}
	a.Cells = map[Place]baogao.Total{}
	held := map[*baogao.Report]bool{}
	for at := range found {
		if m := at.report.Meta; passes(at.report, "region") {
			k := Place{m.Region.Code, m.Region.Name, m.Year}
			cell := a.Cells[k]
			cell.Passages++
			if !held[at.report] {
				held[at.report] = true
				cell.Reports++
			}
			a.Cells[k] = cell
		}
	}
	a.Facets = baogao.Facets{Region: facet("region"), Level: facet("level"), Year: facet("year"), Kind: facet("kind")}
	return a
}

func (o *Oracle) regionNames(lifted []query.Node, f baogao.Filter) []string {
	names := slices.Clone(f.Regions)
	for _, n := range lifted {
		if field, ok := n.(query.Field); ok && field.Name == "region" {
			names = append(names, field.Value)
		}
	}
	return names
}

// filter returns the test of one field.
func (o *Oracle) filter(name string, lifted []query.Node, f baogao.Filter) func(*baogao.Report) bool {
	return func(r *baogao.Report) bool {
		for _, n := range lifted {
			field, isField := n.(query.Field)
			_, isYears := n.(query.Years)
			if (isField && field.Name == name || isYears && name == "year") && !o.metaHolds(n, r) {
				return false
			}
		}
		var wanted []query.Node
		switch name {
		case "region":
			for _, v := range f.Regions {
				wanted = append(wanted, query.Field{Name: name, Value: v})
			}
		case "level":
			for _, v := range f.Levels {
				wanted = append(wanted, query.Field{Name: name, Value: v})
			}
		case "kind":
			for _, v := range f.Kinds {
				wanted = append(wanted, query.Field{Name: name, Value: v})
			}
		case "year":
			for _, v := range f.Years {
				wanted = append(wanted, v)
			}
		}
		return len(wanted) == 0 || slices.ContainsFunc(wanted, func(n query.Node) bool { return o.metaHolds(n, r) })
	}
}

// child returns the code under which a region is counted below some bases, ""
// outside of them.
func child(r baogao.Region, bases []string) string {
	codes := r.Codes()
	if len(codes) == 0 {
		codes = []string{cmp.Or(r.Name, baogao.Unknown)}
	}
	if r.Code != "" {
		codes = append(codes, baogao.Itself+r.Code)
	}
	if len(bases) == 0 {
		if r.Code == baogao.CountryCode {
			return codes[1]
		}
		return codes[0]
	}
	below := ""
	if slices.Contains(bases, baogao.CountryCode) && r.Code != "" {
		below = codes[0]
	}
	for i, c := range codes {
		if slices.Contains(bases, c) {
			below = codes[min(i+1, len(codes)-1)]
		}
	}
	return below
}

// marks returns where the words stand in a text, or in some sentences of it,
// without overlaps: the first wins, and of those that begin together the
// longest.
func (o *Oracle) marks(text string, words []string, inside []baogao.Span) []baogao.Span {
	var all []baogao.Span
	for _, w := range words {
		for _, s := range o.occurrences(text, w) {
			if inside == nil || slices.ContainsFunc(inside, func(in baogao.Span) bool { return s.Start >= in.Start && s.End <= in.End }) {
				all = append(all, s)
			}
		}
	}
	slices.SortFunc(all, func(a, b baogao.Span) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	marks, end := []baogao.Span{}, 0
	for _, s := range all {
		if s.Start >= end {
			marks, end = append(marks, s), s.End
		}
	}
	return marks
}

// unitPattern takes a folded text apart: chains of numbers and points, words
// of letters that are not Chinese, Japanese or Korean, and single characters.
var unitPattern = regexp.MustCompile(`(?s)[0-9]+(?:\.[0-9]+)*|(?:[^ー\P{L}\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Bopomofo}]\p{M}*)+|.`)

// units returns the units of a folded text; a chain of more than two numbers
// is no decimal number but a date or a section.
func units(folded string) []string {
	var all []string
	for _, u := range unitPattern.FindAllString(folded, -1) {
		if strings.Count(u, ".") > 1 {
			for i, part := range strings.Split(u, ".") {
				if i > 0 {
					all = append(all, ".")
				}
				all = append(all, part)
			}
			continue
		}
		all = append(all, u)
	}
	return all
}

// occurrences returns where a word stands in a text, both folded, as a run of
// whole units, from the left and without overlaps, in code points.
func (o *Oracle) occurrences(text, word string) []baogao.Span {
	word = strings.TrimSpace(o.Fold(word))
	r := o.reading(text)
	if !strings.Contains(r.folded, word) {
		return nil
	}
	t, w := r.units, units(word)
	var spans []baogao.Span
	at := 0
	for i := 0; i < len(t); {
		if len(w) > 0 && i+len(w) <= len(t) && slices.Equal(t[i:i+len(w)], w) {
			end := at
			for _, u := range w {
				end += utf8.RuneCountInString(u)
			}
			spans = append(spans, baogao.Span{Start: at, End: end})
			at, i = end, i+len(w)
			continue
		}
		at += utf8.RuneCountInString(t[i])
		i++
	}
	return spans
}

var sentencePattern = regexp.MustCompile(`[^。!?…]*[。!?…]+(?:["\)]|[。!?…])*|[^。!?…]+`)

// sentences returns the sentences of a folded text.
func sentences(folded string) []baogao.Span {
	var all []baogao.Span
	at := 0
	for _, s := range sentencePattern.FindAllString(folded, -1) {
		n := utf8.RuneCountInString(s)
		all = append(all, baogao.Span{Start: at, End: at + n})
		at += n
	}
	return all
}
