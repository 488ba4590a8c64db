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
	plain      [][]byte            // the bytes of the words, where the plan asks for no more than that all of them stand in a passage
	candidates [][]*roaring.Bitmap // documents that may hold a word, by slot and segment; set by find
	view       *view
	scope      query.Scope
	filter     filter
	parts      []query.Node // what the root was made of
	relaxed    bool
	warnings   []string
}

// A node is and, or, not, *word, *reportTest or *sectionTest.
type node interface{}

type (
	and []node
	or  []node
	not struct{ node node }

	// word is an exact run of characters to be found in the text.
	word struct {
		pattern  *analyzer.Pattern
		positive bool    // not under a Not: it is marked, counted and scored
		idf      float64 // set once its candidates are known
		slot     int     // its place in plan.words
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

// filter holds, for each field, the reports it lets through by ordinal; nil
// lets through all.
type filter struct {
	region, level, year, kind []bool
	regions                   []string // values filtered on, for the facet of their children
}

// passes reports whether a report passes the filters on all fields.
func (f *filter) passes(report int) bool {
	return lets(f.region, report) && lets(f.level, report) && lets(f.year, report) && lets(f.kind, report)
}

// letsAll reports whether there is no filter at all.
func (f *filter) letsAll() bool {
	return f.region == nil && f.level == nil && f.year == nil && f.kind == nil
}

func lets(reports []bool, report int) bool { return reports == nil || reports[report] }

// narrow returns the reports that both a and b let through.
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
	p := &plan{scope: query.Passage, view: &x.shown}
	if req.Copies {
		p.view = &x.all
	}
	if req.Query != nil {
		p.warnings = append(p.warnings, req.Query.Warnings...)
		if req.Query.Within != "" {
			p.scope = req.Query.Within
		}
		var rest []node
		for _, part := range conjuncts(req.Query.Root) {
			if !x.lift(p, part) {
				p.parts = append(p.parts, part)
				rest = append(rest, x.node(p, part, true))
			}
		}
		p.root = join(rest)
		p.plain = p.plainWords()
	}
	if err := x.addFilter(p, req.Filter); err != nil {
		return nil, err
	}
	return p, nil
}

// plainWords returns the bytes of the words of a plan that holds where all of
// them stand in a passage and whose words never overlap, or nil for any other
// plan.
func (p *plan) plainWords() [][]byte {
	words := []node{p.root}
	if all, ok := p.root.(and); ok {
		words = all
	}
	if p.scope != query.Passage || len(words) != len(p.words) {
		return nil
	}
	var plain [][]byte
	for _, n := range words {
		w, ok := n.(*word)
		if !ok || !w.positive || w.pattern.Bytes() == nil {
			return nil
		}
		for _, o := range plain {
			if mayOverlap(o, w.pattern.Bytes()) {
				return nil
			}
		}
		plain = append(plain, w.pattern.Bytes())
	}
	return plain
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
		p.filter.year = narrow(p.filter.year, x.reportsOfYears([]query.Years{n}))
	case query.Field:
		switch n.Name {
		case fieldRegion:
			x.filterRegions(p, []string{n.Value})
		case fieldLevel:
			p.filter.level = narrow(p.filter.level, x.reportsOf(fieldLevel, []string{n.Value}))
		case fieldKind:
			p.filter.kind = narrow(p.filter.kind, x.reportsOf(fieldKind, []string{n.Value}))
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
		p.filter.year = narrow(p.filter.year, x.reportsOfYears(f.Years))
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
		*c.to = narrow(*c.to, x.reportsOf(c.field, values))
	}
	return nil
}

// node compiles a part of the question.
func (x *Index) node(p *plan, n query.Node, positive bool) node {
	switch n := n.(type) {
	case query.And:
		return and(x.nodes(p, n, positive))
	case query.Or:
		return or(x.nodes(p, n, positive))
	case query.Not:
		return not{x.node(p, n.Node, false)}
	case query.Word:
		w := &word{pattern: analyzer.Compile(string(n)), positive: positive, slot: len(p.words)}
		p.words = append(p.words, w)
		return w
	case query.Years:
		return &reportTest{reports: x.reportsOfYears([]query.Years{n})}
	case query.Field:
		return x.fieldNode(p, n)
	}
	panic(fmt.Sprintf("index: no translation for %T", n))
}

func (x *Index) nodes(p *plan, parts []query.Node, positive bool) []node {
	nodes := make([]node, len(parts))
	for i, part := range parts {
		nodes[i] = x.node(p, part, positive)
	}
	return nodes
}

func (x *Index) fieldNode(p *plan, f query.Field) node {
	pattern := analyzer.Compile(f.Value)
	switch f.Name {
	case fieldRegion:
		values := x.regionsOf(p, f.Value)
		return &reportTest{reports: x.reportsOf(fieldRegion, values), field: fieldRegion, values: values}
	case fieldLevel, fieldKind:
		return &reportTest{reports: x.reportsOf(f.Name, []string{f.Value}), field: f.Name, values: []string{f.Value}}
	case "section":
		t := &sectionTest{sections: make([]bool, len(x.sections))}
		for i, path := range x.sections {
			t.sections[i] = slices.ContainsFunc(path, func(s string) bool { return holds(pattern, s) })
		}
		return t
	}
	t := &reportTest{reports: make([]bool, len(x.reports))}
	for i, r := range x.reports {
		t.reports[i] = holds(pattern, metaText(r.Meta, f.Name))
	}
	return t
}

// metaText returns the field of a report that a word is looked for in.
func metaText(m baogao.Meta, field string) string {
	switch field {
	case "title":
		return m.Title
	case "issuer":
		return m.Issuer
	case "number":
		return m.Number
	}
	return ""
}

func holds(p *analyzer.Pattern, text string) bool {
	return p.In(analyzer.FoldRunes(nil, text))
}

// valuesOf returns the values by which a report is filtered in a field.
func (x *Index) valuesOf(report int, field string) []string {
	m := &x.reports[report].Meta
	switch field {
	case fieldRegion:
		return x.regions[report]
	case fieldLevel:
		return []string{orUnknown(string(m.Level))}
	case fieldKind:
		return []string{orUnknown(string(m.Kind))}
	}
	return []string{yearValue(m.Year)}
}

func yearValue(year int) string {
	if year == 0 {
		return baogao.Unknown
	}
	return strconv.Itoa(year)
}

// reportsOf returns the reports that have one of the wanted values.
func (x *Index) reportsOf(field string, wanted []string) []bool {
	reports := make([]bool, len(x.reports))
	for i := range x.reports {
		reports[i] = slices.ContainsFunc(x.valuesOf(i, field), func(v string) bool { return slices.Contains(wanted, v) })
	}
	return reports
}

func (x *Index) reportsOfYears(ranges []query.Years) []bool {
	reports := make([]bool, len(x.reports))
	for i, r := range x.reports {
		y := r.Meta.Year
		reports[i] = slices.ContainsFunc(ranges, func(q query.Years) bool {
			if q.Unknown || y == 0 {
				return q.Unknown && y == 0
			}
			return y >= q.From && (q.To == 0 || y <= q.To)
		})
	}
	return reports
}

func (x *Index) filterRegions(p *plan, names []string) {
	var wanted []string
	for _, name := range names {
		wanted = append(wanted, x.regionsOf(p, name)...)
	}
	p.filter.regions = append(p.filter.regions, wanted...)
	p.filter.region = narrow(p.filter.region, x.reportsOf(fieldRegion, wanted))
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
	for i, r := range x.reports {
		region, value := r.Meta.Region, r.Meta.Region.Code
		switch {
		case !x.shows(v, i):
			continue
		case value == "":
			value = region.Name
		case !coded:
			continue
		case slices.Contains(x.regions[i], name):
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
	for i, values := range x.regions {
		if x.shows(v, i) && slices.Contains(values, code) {
			n++
		}
	}
	if n == 1 {
		return "1 report held"
	}
	return strconv.Itoa(n) + " reports held"
}
