package opensearch

import (
	"strings"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/match"
	"baogao/internal/opensearch/document"
	"baogao/internal/opensearch/nodes"
	"baogao/query"
)

// inRun finds the texts of a field in which a word occurs.
func inRun(field string, p *analyzer.Pattern) nodes.Object {
	if p.String() == "" {
		return nodes.Object{"match_none": nodes.Object{}}
	}
	var ways []nodes.Object
	for _, units := range readings([]rune(p.String())) {
		ways = append(ways, runOfUnits(field, units))
	}
	return nodes.Either(ways)
}

// mostReadings is in how many ways a word is read that may go on in a text.
const mostReadings = 1 << 6

// readings are the units of a word, as they may stand in a text: a number with a
// point is one unit, and three in a chain of numbers, as 2.28 in 2023.2.28.
func readings(word []rune) [][]string {
	all := [][]string{nil}
	for _, u := range analyzer.Units(word) {
		text := string(word[u.Start:u.End])
		before, after, chained := strings.Cut(text, ".")
		chained = chained && u.Class == analyzer.Number
		for i := range all {
			if chained && len(all) < mostReadings {
				parts := append(append([]string{}, all[i]...), before, ".", after)
				all = append(all, parts)
			}
			all[i] = append(all[i], text)
		}
	}
	return all
}

func runOfUnits(field string, units []string) nodes.Object {
	if len(units) == 1 {
		return nodes.Object{"prefix": nodes.Object{field: nodes.Object{"value": document.Token(units[0]) + document.Between}}}
	}
	var pairs []string
	for i := range units[1:] {
		pairs = append(pairs, document.Token(units[i])+document.Between+document.Token(units[i+1]))
	}
	if len(pairs) == 1 {
		return nodes.Term(field, pairs[0])
	}
	return nodes.Object{"match_phrase": nodes.Object{field: strings.Join(pairs, " ")}}
}

// holding finds the passages that hold all terms of a word: those that the weight of
// the word is told by, among which all are that it occurs in.
func holding(w *match.Word) nodes.Object {
	parts := []nodes.Object{}
	for _, t := range w.Pattern.Terms() {
		if t.Prefix {
			parts = append(parts, nodes.Object{"prefix": nodes.Object{"terms": nodes.Object{"value": document.Token(t.Text)}}})
		} else {
			parts = append(parts, nodes.Term("terms", document.Token(t.Text)))
		}
	}
	if len(parts) == 0 {
		return nodes.Anything()
	}
	return nodes.Every(parts...)
}

// A leaf is the test of a field or of years. The cluster answers it for each passage
// that is read, by its name.
type leaf struct {
	name  string
	query nodes.Object
	in    *arena
}

func (l *leaf) Passage(p *match.Passage) bool { return l.in.passes(p.Section, l.name) }
func (l *leaf) Report(report uint32) bool     { return l.in.reportPasses(report, l.name) }
func (l *leaf) Join(match.Test) bool          { return false }

// testOf is the query of a field or of years.
func testOf(n query.Node) nodes.Object {
	if y, ok := n.(query.Years); ok {
		return onYears(y)
	}
	f := n.(query.Field)
	switch f.Name {
	case "plan", "ocr":
		return nodes.Term(f.Name, f.Value == query.Yes)
	case "sure":
		least, _ := query.ParseSure(f.Value)
		return nodes.Object{"range": nodes.Object{"sure": nodes.Object{"gte": least}}}
	case "region", "level", "kind":
		return nodes.Term(f.Name, f.Value)
	}
	return inRun(f.Name+"_run", analyzer.Compile(f.Value)) // of a path, each part is a text of its own
}

func onYears(y query.Years) nodes.Object {
	if y.Unknown {
		return nodes.Not(nodes.Object{"exists": nodes.Object{"field": "year"}})
	}
	bounds := nodes.Object{"gte": y.From}
	if y.To != 0 {
		bounds["lte"] = y.To
	}
	return nodes.Object{"range": nodes.Object{"year": bounds}}
}

// narrowed finds the passages among which all are that a tree holds for. exact is
// that it holds for all of them.
func narrowed(t *match.Tree) (q nodes.Object, exact bool) {
	if t.Root == nil {
		return nodes.Anything(), true
	}
	if t.Scope == query.Report {
		return anyPart(t), false
	}
	q, exact = narrow(t.Root, t.Scope == query.Sentence && len(t.Words) > 0)
	return q, exact
}

// anyPart finds the passages that tell something of their reports: those with a word
// or a field of a tree, or all where no word is marked.
func anyPart(t *match.Tree) nodes.Object {
	if len(t.Marked()) == 0 {
		return nodes.Anything()
	}
	var parts []nodes.Object
	for _, w := range t.Words {
		q, _ := narrow(w, true)
		parts = append(parts, q)
	}
	for _, l := range leavesOf(t.Root) {
		parts = append(parts, l.query)
	}
	return nodes.Either(parts)
}

// narrow is narrowed of a node; in sentences, words that stand beside each other in
// a passage need not in a sentence.
func narrow(n match.Node, sentences bool) (q nodes.Object, exact bool) {
	switch n := n.(type) {
	case match.And:
		parts, exact := narrowAll(n, sentences)
		return nodes.Every(parts...), exact
	case match.Or:
		parts, exact := narrowAll(n, sentences)
		return nodes.Either(parts), exact
	case match.Not:
		inner, exact := narrow(n.Node, sentences)
		if exact {
			return nodes.Not(inner), true
		}
	case *match.Word:
		if n.Pattern.Literal() {
			return holding(n), false
		}
		return inRun("run", n.Pattern), !sentences
	case match.Leaf:
		return n.Test.(*leaf).query, true
	}
	return nodes.Anything(), false
}

func narrowAll(nodes []match.Node, sentences bool) (parts []nodes.Object, exact bool) {
	exact = true
	for _, n := range nodes {
		q, is := narrow(n, sentences)
		parts, exact = append(parts, q), exact && is
	}
	return parts, exact
}

// leavesOf are the tests of a tree.
func leavesOf(n match.Node) (all []*leaf) {
	switch n := n.(type) {
	case match.And:
		for _, part := range n {
			all = append(all, leavesOf(part)...)
		}
	case match.Or:
		for _, part := range n {
			all = append(all, leavesOf(part)...)
		}
	case match.Not:
		return leavesOf(n.Node)
	case match.Leaf:
		return []*leaf{n.Test.(*leaf)}
	}
	return all
}

// fieldFilters are the queries of the fields that facets count by, as far as filters
// name them, and own those of what reports are filtered by one by one.
func fieldFilters(filters []baogao.Filter) (fields, own []nodes.Object) {
	byField := map[string][]nodes.Object{}
	add := func(name string, parts []nodes.Object) {
		if len(parts) > 0 {
			byField[name] = append(byField[name], nodes.Either(parts))
		}
	}
	for _, f := range filters {
		add("region", valuesOf("region", f.Regions))
		add("level", valuesOf("level", f.Levels))
		add("kind", valuesOf("kind", f.Kinds))
		var years []nodes.Object
		for _, y := range f.Years {
			years = append(years, onYears(y))
		}
		add("year", years)
		if f.Sure > 0 {
			own = append(own, nodes.Object{"range": nodes.Object{"sure": nodes.Object{"gte": f.Sure}}})
		}
		if f.OCR != "" {
			own = append(own, nodes.Term("ocr", f.OCR == query.Yes))
		}
	}
	for _, name := range []string{"region", "level", "year", "kind"} {
		if parts := byField[name]; len(parts) > 0 {
			fields = append(fields, nodes.Every(parts...))
		}
	}
	return fields, own
}

func valuesOf[T ~string](field string, values []T) []nodes.Object {
	if len(values) == 0 {
		return nil
	}
	return []nodes.Object{{"terms": nodes.Object{field: values}}}
}

// butOne finds what passes all of some filters, or all but one: facets ignore the
// filter on their own field.
func butOne(fields []nodes.Object) []nodes.Object {
	if len(fields) < 2 {
		return nil
	}
	return []nodes.Object{{"bool": nodes.Object{"should": fields, "minimum_should_match": len(fields) - 1}}}
}
