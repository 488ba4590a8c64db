package index

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/query"
)

// A plan is a question made ready for one index: its words compiled, its
// metadata looked up.
type plan struct {
	root       node // nil matches every passage
	words      []*word
	plain      [][]byte            // the words as text.bin has them, where it is enough to know how often each of them occurs
	counted    bool                // it is plain, and posting lists tell how often each word occurs; see count.go
	all        bool                // it holds where all its words occur
	finder     *finder             // where there are many words
	candidates [][]*roaring.Bitmap // documents that may hold a word, by slot and segment; set by find
	view       *view
	only       int // the one report that is searched, by ordinal, or anyReport
	scope      query.Scope
	filter     filter
	parts      []query.Node // what the root was made of
	relaxed    bool
	meta       map[string][][]rune // folded texts by field; see foldedMeta
	characters map[rune]float64    // of the relaxed tier: the single characters that vote, and their weights
	warnings   []string
}

// anyReport stands in a plan that is not for one report alone.
const anyReport = -1

// A node is and, or, not, *word, *reportTest or *sectionTest.
type node interface{}

type (
	and []node
	or  []node
	not struct{ node node }

	// word is an exact run of characters to be found in the text.
	word struct {
		pattern  *analyzer.Pattern
		positive bool        // not under a Not: it is marked, counted and scored
		idf      float64     // set once its candidates are known
		slot     int         // its place in plan.words
		counts   []wordCount // by segment, where the plan is counted
	}

	// reportTest holds for the passages of certain reports.
	reportTest struct {
		reports []bool // by ordinal
		field   string // field of the bleve index that narrows to these reports, "" for none
		values  []string
	}

	// sectionTest holds for the passages under certain section paths.
	sectionTest struct{ sections []bool }
)

// filter holds, for each field, the classes of reports it lets through; nil
// lets through all.
type filter struct {
	region, level, year, kind []bool
	regions                   []string // values filtered on, for the facet of their children
}

// passes reports whether the reports of a class pass the filters on all
// fields.
func (f *filter) passes(class uint32) bool {
	return lets(f.region, class) && lets(f.level, class) && lets(f.year, class) && lets(f.kind, class)
}

func lets(classes []bool, class uint32) bool { return classes == nil || classes[class] }

// narrow returns the classes that both a and b let through.
func narrow(a, b []bool) []bool {
	if a == nil {
		return b
	}
	both := make([]bool, len(a))
	for i := range a {
		both[i] = a[i] && b[i]
	}
	return both
}

// newPlan reads a request for this index.
func (x *Index) newPlan(req baogao.Request) (*plan, error) {
	p := &plan{scope: query.Passage, view: &x.shown, only: anyReport}
	if req.Report != "" {
		i, ok := x.byID[req.Report]
		if !ok {
			return nil, fmt.Errorf("report %s: %w", req.Report, baogao.ErrNotFound)
		}
		p.only = i
	}
	if req.Copies || p.only != anyReport && x.copyOf[p.only] >= 0 {
		p.view = &x.all
	}
	if req.Query != nil {
		for _, w := range req.Query.Warnings {
			p.warnings = append(p.warnings, w.String())
		}
		if req.Query.Within != "" {
			p.scope = req.Query.Within
		}
		var rest []node
		for _, part := range distinct(conjuncts(req.Query.Root)) {
			if !x.lift(p, part) {
				p.parts = append(p.parts, part)
				rest = append(rest, x.node(p, part, true))
			}
		}
		p.root = join(mergeNots(rest))
		p.finder = newFinder(p.words)
		p.plain, p.all = p.plainWords(), p.needsAll()
		p.counted = p.plain != nil && len(p.words) <= countedWords && !slices.ContainsFunc(p.words, func(w *word) bool { return !w.isCounted() })
	}
	if p.only != anyReport {
		p.plain, p.counted = nil, false // it is read, whatever the lists say
	}
	if err := x.addFilter(p, req.Filter); err != nil {
		return nil, err
	}
	p.meta = nil // an export keeps its plan for long
	return p, nil
}

// plainWords returns the words, as text.bin has them, of a plan that asks of a passage
// only which Chinese words stand in it, and whose marked words never overlap, or
// nil for any other plan. Such a plan can be told how often each word occurs,
// wherever that is known from.
func (p *plan) plainWords() [][]byte {
	if p.scope != query.Passage || len(p.words) == 0 {
		return nil
	}
	var plain [][]byte
	for _, w := range p.words {
		if w.pattern.Bytes() == nil {
			return nil
		}
		for j, o := range plain {
			if w.positive && p.words[j].positive && mayOverlap(o, w.pattern.Bytes()) {
				return nil
			}
		}
		plain = append(plain, w.pattern.Bytes())
	}
	for i, word := range plain {
		plain[i] = appendUTF16(nil, string(word))
	}
	return plain
}

// needsAll reports whether a plan holds exactly where all its words occur.
func (p *plan) needsAll() bool {
	words := []node{p.root}
	if all, ok := p.root.(and); ok {
		words = all
	}
	return !slices.ContainsFunc(words, func(n node) bool {
		w, ok := n.(*word)
		return !ok || !w.positive
	})
}

// mayOverlap reports whether two words can share characters of a text: one
// stands in the other, or begins as the other ends.
func mayOverlap(a, b []byte) bool {
	if bytes.Contains(a, b) || bytes.Contains(b, a) {
		return true
	}
	for n := 1; n < min(len(a), len(b)); n++ {
		if bytes.HasSuffix(a, b[:n]) || bytes.HasSuffix(b, a[:n]) {
			return true
		}
	}
	return false
}

// conjuncts returns the parts of which all must hold.
func conjuncts(n query.Node) []query.Node {
	switch n := n.(type) {
	case nil:
		return nil
	case query.And:
		return n
	}
	return []query.Node{n}
}

func join(nodes []node) node {
	switch len(nodes) {
	case 0:
		return nil
	case 1:
		return nodes[0]
	}
	return and(nodes)
}

// lift makes a filter of a part of the question that asks for metadata, so
// that region:四川 in the question and a filter on 四川 answer alike, facets
// included.
func (x *Index) lift(p *plan, part query.Node) bool {
	switch n := part.(type) {
	case query.Years:
		p.filter.year = narrow(p.filter.year, x.classesOfYears([]query.Years{n}))
	case query.Field:
		switch n.Name {
		case fieldRegion:
			x.filterRegions(p, []string{n.Value})
		case fieldLevel:
			p.filter.level = narrow(p.filter.level, x.classesOf(fieldLevel, []string{n.Value}))
		case fieldKind:
			p.filter.kind = narrow(p.filter.kind, x.classesOf(fieldKind, []string{n.Value}))
		default:
			return false
		}
	default:
		return false
	}
	return true
}

func (x *Index) addFilter(p *plan, f baogao.Filter) error {
	if len(f.Regions) > 0 {
		x.filterRegions(p, f.Regions)
	}
	if len(f.Years) > 0 {
		p.filter.year = narrow(p.filter.year, x.classesOfYears(f.Years))
	}
	for _, c := range []struct {
		field  string
		values []string
		parse  func(string) (string, bool)
		known  string
		to     *[]bool
	}{
		{fieldLevel, f.Levels, query.ParseLevel, "country, province, city, district, street, unknown", &p.filter.level},
		{fieldKind, f.Kinds, query.ParseKind, "rule-of-law, work, other, unknown", &p.filter.kind},
	} {
		if len(c.values) == 0 {
			continue
		}
		values := make([]string, len(c.values))
		for i, v := range c.values {
			var ok bool
			if values[i], ok = c.parse(v); !ok {
				return fmt.Errorf("%w: no %s is called %q; use one of %s", baogao.ErrRequest, c.field, v, c.known)
			}
		}
		*c.to = narrow(*c.to, x.classesOf(c.field, values))
	}
	return nil
}

// node compiles a part of the question.
func (x *Index) node(p *plan, n query.Node, positive bool) node {
	switch n := n.(type) {
	case query.And:
		return and(mergeNots(x.nodes(p, n, positive)))
	case query.Or:
		return or(mergeTests(x.nodes(p, n, positive)))
	case query.Not:
		return not{x.node(p, n.Node, false)}
	case query.Word:
		return p.word(analyzer.Compile(string(n)), positive)
	case query.Years:
		return &reportTest{reports: x.reportsIn(x.classesOfYears([]query.Years{n}))}
	case query.Field:
		return x.fieldNode(p, n)
	}
	panic(fmt.Sprintf("index: no translation for %T", n))
}

// word returns the word of the plan that has a pattern. One that is asked for
// twice is looked for once.
func (p *plan) word(pattern *analyzer.Pattern, positive bool) *word {
	i := slices.IndexFunc(p.words, func(w *word) bool { return w.positive == positive && w.pattern.String() == pattern.String() })
	if i >= 0 {
		return p.words[i]
	}
	w := &word{pattern: pattern, positive: positive, slot: len(p.words)}
	p.words = append(p.words, w)
	return w
}

func (x *Index) nodes(p *plan, parts []query.Node, positive bool) []node {
	parts = distinct(parts)
	nodes := make([]node, len(parts))
	for i, part := range parts {
		nodes[i] = x.node(p, part, positive)
	}
	return nodes
}

// distinct drops parts that stand twice: words, fields, and these under Not.
func distinct(parts []query.Node) []query.Node {
	seen := map[query.Node]bool{}
	return slices.DeleteFunc(slices.Clone(parts), func(part query.Node) bool {
		inner := part
		if n, ok := part.(query.Not); ok {
			inner = n.Node
		}
		switch inner.(type) {
		case query.Word, query.Field, query.Years:
		default:
			return false // cannot be a key
		}
		twice := seen[part]
		seen[part] = true
		return twice
	})
}

func (x *Index) fieldNode(p *plan, f query.Field) node {
	pattern := analyzer.Compile(f.Value)
	switch f.Name {
	case fieldRegion:
		values := x.regionsOf(p, f.Value)
		return &reportTest{reports: x.reportsIn(x.classesOf(fieldRegion, values)), field: fieldRegion, values: values}
	case fieldLevel, fieldKind:
		return &reportTest{reports: x.reportsIn(x.classesOf(f.Name, []string{f.Value})), field: f.Name, values: []string{f.Value}}
	case fieldSection:
		return x.sectionNode(p, pattern)
	}
	t := &reportTest{reports: make([]bool, len(x.reports))}
	for i, text := range x.foldedMeta(p, f.Name) {
		t.reports[i] = pattern.In(text)
	}
	return t
}

func yearValue(year int) string {
	if year == 0 {
		return baogao.Unknown
	}
	return strconv.Itoa(year)
}

// classesOf returns the classes that have one of the wanted values.
func (x *Index) classesOf(field string, wanted []string) []bool {
	classes := make([]bool, len(x.classes))
	for i := range x.classes {
		classes[i] = slices.ContainsFunc(x.classes[i].values(field), func(v string) bool { return slices.Contains(wanted, v) })
	}
	return classes
}

func (x *Index) classesOfYears(ranges []query.Years) []bool {
	classes := make([]bool, len(x.classes))
	for i, c := range x.classes {
		y := c.reported
		classes[i] = slices.ContainsFunc(ranges, func(q query.Years) bool {
			if q.Unknown || y == 0 {
				return q.Unknown && y == 0
			}
			return y >= q.From && (q.To == 0 || y <= q.To)
		})
	}
	return classes
}

// reportsIn returns the reports of some classes.
func (x *Index) reportsIn(classes []bool) []bool {
	reports := make([]bool, len(x.reports))
	for i, c := range x.classOf {
		reports[i] = classes[c]
	}
	return reports
}

func (x *Index) filterRegions(p *plan, names []string) {
	var wanted []string
	for _, name := range names {
		wanted = append(wanted, x.regionsOf(p, name)...)
	}
	p.filter.regions = append(p.filter.regions, wanted...)
	p.filter.region = narrow(p.filter.region, x.classesOf(fieldRegion, wanted))
}

// regionsOf resolves what a person wrote for a region into filter values. A
// name of several regions stands for all of them, and a warning lists them.
func (x *Index) regionsOf(p *plan, name string) []string {
	if query.IsUnknown(name) {
		return []string{baogao.Unknown}
	}
	plainName, itself := strings.CutPrefix(strings.TrimSpace(analyzer.Fold(name)), baogao.Itself)
	var wanted, labels []string
	if x.options.Resolve != nil {
		for _, r := range baogao.Outermost(x.options.Resolve(plainName)) {
			wanted = append(wanted, r.Code)
			labels = append(labels, fmt.Sprintf("%s %s (%s)", r.Code, r.Name, x.held(p.view, r.Code)))
		}
	}
	wanted = append(wanted, x.heldRegions(p.view, plainName, len(wanted) == 0)...)
	if itself {
		for i, v := range wanted {
			wanted[i] = baogao.Itself + v
		}
	}
	switch {
	case len(wanted) == 0:
		p.warnings = append(p.warnings, fmt.Sprintf("no region is called %s, so no report is in it; give a code, a full name or a short name", name))
	case len(labels) > 1:
		p.warnings = append(p.warnings, fmt.Sprintf("region %s has %d meanings, all of them are searched; give a code or a longer name to choose: %s",
			name, len(labels), strings.Join(labels, ", ")))
	}
	return wanted
}

// heldRegions returns the filter values of regions that reports of the index
// have and that are called name: those without a code, and, where nothing else
// knows the name, those with one.
func (x *Index) heldRegions(v *view, name string, coded bool) []string {
	var found []string
	for i, c := range x.classes {
		region, value := c.region, c.region.Code
		switch {
		case v.reports[i] == 0:
			continue
		case value == "":
			value = region.Name
		case !coded:
			continue
		case slices.Contains(c.regions, name):
			value = name
		}
		called := value == name || analyzer.Fold(region.Name) == name
		if value != "" && called && !slices.Contains(found, value) {
			found = append(found, value)
		}
	}
	return found
}

// held says how many reports of a region the index holds.
func (x *Index) held(v *view, code string) string {
	n := 0
	for i, c := range x.classes {
		if slices.Contains(c.regions, code) {
			n += v.reports[i]
		}
	}
	if n == 1 {
		return "1 report held"
	}
	return strconv.Itoa(n) + " reports held"
}
