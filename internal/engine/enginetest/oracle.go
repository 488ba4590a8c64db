// Package enginetest holds every engine to one behaviour. Its oracle answers
// questions the slow way, by reading every passage with code of its own.
package enginetest

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"baogao"
	"baogao/query"
)

// Oracle answers questions by reading every passage. It ranks nothing but
// short questions, and answers one question at a time.
type Oracle struct {
	Reports []*baogao.Report
	Fold    func(string) string // per rune, as the engine under test folds
	Resolve func(name string) []baogao.Region

	read map[typeset]*reading
}

// Answer is what a question must give.
type Answer struct {
	Total  baogao.Total
	Chars  int64 // of the texts of those reports
	Facets baogao.Facets
	Marks  map[string][]baogao.Span // of each matching passage by id, in order
	Cells  map[Place]Count          // whatever regions are filtered on
}

// A Count is what is counted of some matches.
type Count struct {
	baogao.Total
	Chars int64 // of the texts of all passages of those reports
}

// A Place is what a cell counts: a region and a year.
type Place struct {
	Code, Name string
	Year       int
}

// Ask answers a question under a filter, in which regions may be named as people
// name them, without a relaxed tier.
func (o *Oracle) Ask(q *query.Query, f baogao.Filter) Answer {
	var kept query.And
	asked := filters{} // those beside the question, and parts of it that act as such
	for _, part := range query.Conjuncts(q.Root) {
		if field := filtersOn(part); field != "" {
			asked.add(field, part)
			continue
		}
		kept = append(kept, part)
	}
	for name, values := range map[string][]string{"region": f.Regions, "level": texts(f.Levels), "kind": texts(f.Kinds)} {
		var wanted query.Or
		for _, v := range values {
			wanted = append(wanted, query.Field{Name: name, Value: v})
		}
		asked.add(name, wanted...)
	}
	var years query.Or
	for _, y := range f.Years {
		years = append(years, y)
	}
	asked.add("year", years...)
	if f.Sure > 0 {
		asked.add("sure", query.Field{Name: "sure", Value: fmt.Sprint(f.Sure)})
	}
	if f.OCR != "" {
		asked.add("ocr", query.Field{Name: "ocr", Value: f.OCR})
	}
	return o.count(o.match(kept, q.Within), asked)
}

// filtersOn is the field that a part of a question filters on, "" for one that
// does something else: a field alone, or one of several values.
func filtersOn(part query.Node) string {
	switch n := part.(type) {
	case query.Years:
		return "year"
	case query.Field:
		if n.Name == "region" || n.Name == "level" || n.Name == "kind" {
			return n.Name
		}
	case query.Or:
		first := filtersOn(n[0])
		if !slices.ContainsFunc(n, func(side query.Node) bool { return filtersOn(side) != first }) {
			return first
		}
	}
	return ""
}

// filters are what a report must hold, by the field that is filtered on.
type filters map[string]query.And

// add adds a filter that lets through what holds one of some parts; none of them
// filter nothing.
func (f filters) add(field string, parts ...query.Node) {
	if len(parts) > 0 {
		f[field] = append(f[field], query.Or(parts))
	}
}

// passes reports whether a report passes all filters but those on one field.
func (o *Oracle) passes(r *baogao.Report, f filters, except string) bool {
	for name, all := range f {
		if name != except && !o.holds(all, r, nil, nil) {
			return false
		}
	}
	return true
}

// match returns the marks of all passages that a tree holds for.
func (o *Oracle) match(root query.Node, within query.Scope) map[place][]baogao.Span {
	found := map[place][]baogao.Span{}
	words := query.Words(root)
	for _, r := range o.Reports {
		reportHolds := within == query.Report && o.holds(root, r, r.Passages, nil)
		for i, p := range r.Passages {
			at := place{r, i}
			switch {
			case within == query.Report:
				marks := o.marks(p.Text, words, nil)
				if reportHolds && (len(words) == 0 || len(marks) > 0) {
					found[at] = marks
				}
			case within == query.Sentence && hasWord(root):
				holding := slices.DeleteFunc(sentences(o.Fold(p.Text)), func(s baogao.Span) bool {
					return !o.holds(root, r, []baogao.Passage{p}, &s)
				})
				if len(holding) > 0 {
					found[at] = o.marks(p.Text, words, holding)
				}
			default:
				if o.holds(root, r, []baogao.Passage{p}, nil) {
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
	for leaf := range query.Leaves(n) {
		if query.IsWord(leaf) {
			return true
		}
	}
	return false
}

// holds evaluates a tree over some passages of a report, or over a sentence
// of the only one.
func (o *Oracle) holds(n query.Node, r *baogao.Report, texts []baogao.Passage, sentence *baogao.Span) bool {
	holds := func(part query.Node) bool { return o.holds(part, r, texts, sentence) }
	switch n := n.(type) {
	case nil:
		return true
	case query.And:
		return !slices.ContainsFunc(n, func(part query.Node) bool { return !holds(part) })
	case query.Or:
		return slices.ContainsFunc(n, holds)
	case query.Not:
		return !holds(n.Node)
	case query.Word, query.Literal:
		return slices.ContainsFunc(texts, func(p baogao.Passage) bool {
			return slices.ContainsFunc(o.stands(p.Text, n), func(s baogao.Span) bool {
				return sentence == nil || inside(s, *sentence)
			})
		})
	case query.Years:
		if n.Unknown {
			return r.Meta.Year == 0
		}
		return r.Meta.Year != 0 && r.Meta.Year >= n.From && (n.To == 0 || r.Meta.Year <= n.To)
	case query.Field:
		switch n.Name {
		case "plan":
			return slices.ContainsFunc(texts, func(p baogao.Passage) bool { return p.Plan == (n.Value == "yes") })
		case "section":
		default:
			return o.fieldHolds(n, r)
		}
		return slices.ContainsFunc(texts, func(p baogao.Passage) bool {
			return slices.ContainsFunc(p.Section, func(s string) bool { return o.contains(s, n.Value) })
		})
	}
	panic("enginetest: unknown node")
}

// inside reports whether a span lies in another.
func inside(s, in baogao.Span) bool { return s.Start >= in.Start && s.End <= in.End }

func (o *Oracle) contains(text, word string) bool {
	return len(o.occurrences(text, word, false)) > 0
}

// stands returns where a word of a question stands in a text.
func (o *Oracle) stands(text string, word query.Node) []baogao.Span {
	if w, ok := word.(query.Literal); ok {
		return o.occurrences(text, string(w), true)
	}
	return o.occurrences(text, string(word.(query.Word)), false)
}

// fieldHolds evaluates a part of a question that asks for a report.
func (o *Oracle) fieldHolds(n query.Field, r *baogao.Report) bool {
	m := r.Meta
	switch n.Name {
	case "sure":
		least, err := strconv.ParseFloat(n.Value, 64)
		return err == nil && !slices.ContainsFunc(known(m), func(field string) bool { return confidence(r, field) < least })
	case "ocr":
		return (r.Cleaning.OCR != nil) == (n.Value == "yes")
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

// known are the fields that reports are counted by of which a report has a value.
func known(m baogao.Meta) (fields []string) {
	for field, unknown := range map[string]bool{"region": m.Region.IsZero(), "level": m.Level == "", "year": m.Year == 0, "kind": m.Kind == ""} {
		if !unknown {
			fields = append(fields, field)
		}
	}
	return fields
}

// confidence is that of the finding of a field; what nobody had to find is sure.
func confidence(r *baogao.Report, field string) float64 {
	for _, f := range r.Findings {
		if f.Field == field {
			return f.Confidence
		}
	}
	return 1
}

func orUnknown(s string) string { return cmp.Or(s, baogao.Unknown) }

// count counts the passages found that pass the filters.
func (o *Oracle) count(found map[place][]baogao.Span, f filters) Answer {
	a := Answer{Marks: map[string][]baogao.Span{}}
	for at, marks := range found {
		if o.passes(at.report, f, "") {
			p := at.report.Passages[at.index]
			a.Marks[baogao.PassageID(at.report.Meta.ID, p.Paragraph, p.Piece)] = marks
		}
	}
	whole := tally(o, found, f, "", func(*baogao.Report) bool { return true })[true]
	a.Total, a.Chars = whole.Total, whole.Chars
	a.Cells = tally(o, found, f, "region", func(r *baogao.Report) Place { return Place{r.Meta.Region.Code, r.Meta.Region.Name, r.Meta.Year} })
	bases := o.bases(f)
	facet := func(name string, value func(baogao.Meta) string) (all []baogao.FacetValue) {
		counts := tally(o, found, f, name, func(r *baogao.Report) string { return value(r.Meta) })
		delete(counts, "")
		for _, v := range slices.Sorted(maps.Keys(counts)) {
			n := counts[v]
			all = append(all, baogao.FacetValue{Value: v, Passages: n.Passages, Reports: n.Reports, Occurrences: n.Occurrences, Chars: n.Chars})
		}
		return all
	}
	a.Facets = baogao.Facets{
		Region: facet("region", func(m baogao.Meta) string { return child(m.Region, bases) }),
		Level:  facet("level", func(m baogao.Meta) string { return orUnknown(string(m.Level)) }),
		Kind:   facet("kind", func(m baogao.Meta) string { return orUnknown(string(m.Kind)) }),
		Year: facet("year", func(m baogao.Meta) string {
			if m.Year == 0 {
				return baogao.Unknown
			}
			return strconv.Itoa(m.Year)
		}),
	}
	return a
}

// tally counts passages and their reports, by what key tells of the report,
// under all filters but those on one field.
func tally[K comparable](o *Oracle, found map[place][]baogao.Span, f filters, except string, key func(*baogao.Report) K) map[K]Count {
	counts := map[K]Count{}
	counted := map[*baogao.Report]bool{}
	for at, marks := range found {
		if !o.passes(at.report, f, except) {
			continue
		}
		k := key(at.report)
		n := counts[k]
		n.Passages++
		n.Occurrences += len(marks)
		if !counted[at.report] {
			counted[at.report] = true
			n.Reports++
			for _, p := range at.report.Passages {
				n.Chars += int64(utf8.RuneCountInString(p.Text))
			}
		}
		counts[k] = n
	}
	return counts
}

// bases are the codes of the regions that are filtered on.
func (o *Oracle) bases(f filters) (codes []string) {
	for leaf := range query.Leaves(f["region"]) {
		name, itself := strings.CutPrefix(leaf.(query.Field).Value, baogao.Itself)
		for _, r := range o.Resolve(name) {
			if itself {
				r.Code = baogao.Itself + r.Code
			}
			codes = append(codes, r.Code)
		}
	}
	return codes
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
func (o *Oracle) marks(text string, words []query.Node, within []baogao.Span) []baogao.Span {
	var all []baogao.Span
	for _, w := range words {
		for _, s := range o.stands(text, w) {
			if within == nil || slices.ContainsFunc(within, func(in baogao.Span) bool { return inside(s, in) }) {
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
