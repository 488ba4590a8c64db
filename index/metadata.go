package index

import (
	"baogao"
	"baogao/index/internal/segment"
	"baogao/internal/analyzer"
	"baogao/internal/match"
	"baogao/query"
)

// A reportTest passes the passages of certain reports.
type reportTest struct {
	reports []bool // by ordinal
	field   string // field of the bleve index that narrows to these reports, "" for none
	values  []string
}

func (t *reportTest) Passage(report, _ uint32) bool { return t.reports[report] }
func (t *reportTest) Report(report uint32) bool     { return t.reports[report] }

// Join joins tests that narrow no posting lists.
func (t *reportTest) Join(other match.Test) bool {
	o, ok := other.(*reportTest)
	if !ok || t.field != "" || o.field != "" {
		return false
	}
	either(t.reports, o.reports)
	return true
}

// A sectionTest passes the passages under certain section paths.
type sectionTest struct {
	*catalogue
	sections []bool
}

func (t *sectionTest) Passage(_, section uint32) bool { return t.sections[section] }

func (t *sectionTest) Report(report uint32) bool {
	r := &t.gen.Reports[report]
	for _, rec := range t.gen.Records[r.First : r.First+r.Count] {
		if t.sections[rec.Section] {
			return true
		}
	}
	return false
}

func (t *sectionTest) Join(other match.Test) bool {
	o, ok := other.(*sectionTest)
	if ok {
		either(t.sections, o.sections)
	}
	return ok
}

// either adds to one test what passes another.
func either(to, from []bool) {
	for i, passes := range from {
		to[i] = to[i] || passes
	}
}

// section is the field of a question that asks for section paths.
const section = "section"

// A testMaker makes the tests of one question. Texts that words are looked for
// in are folded once for all of them.
type testMaker struct {
	*catalogue
	folded map[string][][]rune // by field; see texts
}

// test makes the test of a field or of years.
func (m *testMaker) test(leaf query.Node) match.Test {
	if years, ok := leaf.(query.Years); ok {
		return &reportTest{reports: m.reportsOf(func(k *class) bool { return k.on([]query.Years{years}) })}
	}
	f := leaf.(query.Field)
	switch f.Name {
	case segment.Region:
		return m.keyword(f, func(k *class) bool { return k.in([]string{f.Value}) })
	case segment.Level:
		return m.keyword(f, func(k *class) bool { return k.level == f.Value })
	case segment.Kind:
		return m.keyword(f, func(k *class) bool { return k.kind == f.Value })
	case section:
		return m.sectionsWith(analyzer.Compile(f.Value))
	}
	t := &reportTest{reports: make([]bool, len(m.gen.Reports))}
	pattern := analyzer.Compile(f.Value)
	for i, text := range m.texts(f.Name) {
		t.reports[i] = pattern.In(text)
	}
	return t
}

// keyword makes the test of a field that the bleve index has.
func (m *testMaker) keyword(f query.Field, has func(*class) bool) match.Test {
	return &reportTest{reports: m.reportsOf(has), field: f.Name, values: []string{f.Value}}
}

// reportsOf returns the reports of the classes that pass.
func (m *testMaker) reportsOf(pass func(*class) bool) []bool {
	classes, reports := m.classesThat(pass), make([]bool, len(m.gen.Reports))
	for i, c := range m.classOf {
		reports[i] = classes[c]
	}
	return reports
}

// texts returns the folded texts of a field: by report, or of sections all parts
// of all paths.
func (m *testMaker) texts(field string) [][]rune {
	texts, ok := m.folded[field]
	if ok {
		return texts
	}
	add := func(s string) { texts = append(texts, analyzer.FoldRunes(nil, s)) }
	if field == section {
		for _, path := range m.gen.Sections {
			for _, part := range path {
				add(part)
			}
		}
	} else {
		for i := range m.gen.Reports {
			add(metaText(&m.gen.Reports[i].Meta, field))
		}
	}
	m.folded[field] = texts
	return texts
}

// metaText returns the field of a report that a word is looked for in.
func metaText(m *baogao.Meta, field string) string {
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

// sectionsWith makes the test for the section paths of which one part holds a
// word.
func (m *testMaker) sectionsWith(pattern *analyzer.Pattern) match.Test {
	texts, t := m.texts(section), &sectionTest{m.catalogue, make([]bool, len(m.gen.Sections))}
	for i, path := range m.gen.Sections {
		for _, text := range texts[:len(path)] {
			t.sections[i] = t.sections[i] || pattern.In(text)
		}
		texts = texts[len(path):]
	}
	return t
}
