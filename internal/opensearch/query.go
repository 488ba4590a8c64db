package opensearch

import (
	"strings"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/match"
	"baogao/query"
)

// every finds what all of some queries find, without scores.
func every(parts ...object) object { return object{"bool": object{"filter": parts}} }

// either finds what one of some queries finds.
func either(parts []object) object {
	switch len(parts) {
	case 0:
		return object{"match_none": object{}}
	case 1:
		return parts[0]
	}
	return object{"bool": object{"should": parts, "minimum_should_match": 1}}
}

func not(part object) object { return object{"bool": object{"must_not": []object{part}}} }

func anything() object { return object{"match_all": object{}} }

func term(field string, value any) object { return object{"term": object{field: value}} }

// inRun finds the texts of a field in which a word occurs.
func inRun(field string, p *analyzer.Pattern) object {
	if p.String() == "" {
		return object{"match_none": object{}}
	}
	var ways []object
	for _, units := range readings([]rune(p.String())) {
		ways = append(ways, runOfUnits(field, units))
	}
	return either(ways)
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

func runOfUnits(field string, units []string) object {
	if len(units) == 1 {
		return object{"prefix": object{field: object{"value": token(units[0]) + between}}}
	}
	var pairs []string
	for i := range units[1:] {
		pairs = append(pairs, token(units[i])+between+token(units[i+1]))
	}
	if len(pairs) == 1 {
		return term(field, pairs[0])
	}
	return object{"match_phrase": object{field: strings.Join(pairs, " ")}}
}

// holding finds the passages that hold all terms of a word: those that the weight of
// the word is told by, among which all are that it occurs in.
func holding(w *match.Word) object {
	parts := []object{}
	for _, t := range w.Pattern.Terms() {
		if t.Prefix {
			parts = append(parts, object{"prefix": object{"terms": object{"value": token(t.Text)}}})
		} else {
			parts = append(parts, term("terms", token(t.Text)))
		}
	}
	if len(parts) == 0 {
		return anything()
	}
	return every(parts...)
}

// A leaf is the test of a field or of years. The cluster answers it for each passage
// that is read, by its name.
type leaf struct {
	name  string
	query object
	in    *arena
}

func (l *leaf) Passage(p *match.Passage) bool { return l.in.passes(p.Section, l.name) }
func (l *leaf) Report(report uint32) bool     { return l.in.reportPasses(report, l.name) }
func (l *leaf) Join(match.Test) bool          { return false }

// testOf is the query of a field or of years.
func testOf(n query.Node) object {
	if y, ok := n.(query.Years); ok {
		return onYears(y)
	}
	f := n.(query.Field)
	switch f.Name {
	case "plan", "ocr":
		return term(f.Name, f.Value == query.Yes)
	case "sure":
		least, _ := query.ParseSure(f.Value)
		return object{"range": object{"sure": object{"gte": least}}}
	case "region", "level", "kind":
		return term(f.Name, f.Value)
	}
	return inRun(f.Name+"_run", analyzer.Compile(f.Value)) // of a path, each part is a text of its own
}

func onYears(y query.Years) object {
	if y.Unknown {
		return not(object{"exists": object{"field": "year"}})
	}
	bounds := object{"gte": y.From}
	if y.To != 0 {
		bounds["lte"] = y.To
	}
	return object{"range": object{"year": bounds}}
}

// narrowed finds the passages among which all are that a tree holds for. exact is
// that it holds for all of them.
func narrowed(t *match.Tree) (q object, exact bool) {
	if t.Root == nil {
		return anything(), true
	}
	if t.Scope == query.Report {
		return anyPart(t), false
	}
	q, exact = narrow(t.Root, t.Scope == query.Sentence && len(t.Words) > 0)
	return q, exact
}

// anyPart finds the passages that tell something of their reports: those with a word
// or a field of a tree, or all where no word is marked.
func anyPart(t *match.Tree) object {
	if len(t.Marked()) == 0 {
		return anything()
	}
	var parts []object
	for _, w := range t.Words {
		q, _ := narrow(w, true)
		parts = append(parts, q)
	}
	for _, l := range leavesOf(t.Root) {
		parts = append(parts, l.query)
	}
	return either(parts)
}

// narrow is narrowed of a node; in sentences, words that stand beside each other in
// a passage need not in a sentence.
func narrow(n match.Node, sentences bool) (q object, exact bool) {
	switch n := n.(type) {
	case match.And:
		parts, exact := narrowAll(n, sentences)
		return every(parts...), exact
	case match.Or:
		parts, exact := narrowAll(n, sentences)
		return either(parts), exact
	case match.Not:
		inner, exact := narrow(n.Node, sentences)
		if exact {
			return not(inner), true
		}
	case *match.Word:
		if n.Pattern.Literal() {
			return holding(n), false
		}
		return inRun("run", n.Pattern), !sentences
	case match.Leaf:
		return n.Test.(*leaf).query, true
	}
	return anything(), false
}

func narrowAll(nodes []match.Node, sentences bool) (parts []object, exact bool) {
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
func fieldFilters(filters []baogao.Filter) (fields, own []object) {
	byField := map[string][]object{}
	add := func(name string, parts []object) {
		if len(parts) > 0 {
			byField[name] = append(byField[name], either(parts))
		}
	}
	for _, f := range filters {
		add("region", valuesOf("region", f.Regions))
		add("level", valuesOf("level", f.Levels))
		add("kind", valuesOf("kind", f.Kinds))
		var years []object
		for _, y := range f.Years {
			years = append(years, onYears(y))
		}
		add("year", years)
		if f.Sure > 0 {
			own = append(own, object{"range": object{"sure": object{"gte": f.Sure}}})
		}
		if f.OCR != "" {
			own = append(own, term("ocr", f.OCR == query.Yes))
		}
	}
	for _, name := range []string{"region", "level", "year", "kind"} {
		if parts := byField[name]; len(parts) > 0 {
			fields = append(fields, every(parts...))
		}
	}
	return fields, own
}

func valuesOf[T ~string](field string, values []T) []object {
	if len(values) == 0 {
		return nil
	}
	return []object{{"terms": object{field: values}}}
}

// butOne finds what passes all of some filters, or all but one: facets ignore the
// filter on their own field.
func butOne(fields []object) []object {
	if len(fields) < 2 {
		return nil
	}
	return []object{{"bool": object{"should": fields, "minimum_should_match": len(fields) - 1}}}
}
