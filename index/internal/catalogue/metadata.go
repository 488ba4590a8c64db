package catalogue

import (
	"slices"

	"baogao"
	"baogao/index/internal/segment"
	"baogao/index/internal/store"
	"baogao/internal/analyzer"
	"baogao/internal/match"
	"baogao/internal/tally"
	"baogao/query"
)

// A ReportTest passes the passages of certain reports.
type ReportTest struct {
	Field  string // field of the bleve index that narrows to these reports, "" for none
	Values []string

	reports []bool // by ordinal
}

func (t *ReportTest) Passage(p *match.Passage) bool { return t.reports[p.Report] }
func (t *ReportTest) Report(report uint32) bool     { return t.reports[report] }

// Join joins tests that narrow no posting lists.
func (t *ReportTest) Join(other match.Test) bool {
	o, ok := other.(*ReportTest)
	if !ok || t.Field != "" || o.Field != "" {
		return false
	}
	either(t.reports, o.reports)
	return true
}

// A sectionTest passes the passages under certain section paths.
type sectionTest struct {
	*Catalogue
	sections []bool
}

func (t *sectionTest) Passage(p *match.Passage) bool { return t.sections[p.Section] }

func (t *sectionTest) Report(report uint32) bool {
	r := &t.gen.Reports[report]
	for ordinal := r.First; ordinal < r.First+r.Count; ordinal++ {
		if t.sections[t.gen.Section(uint32(ordinal))] {
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

// A planTest passes the passages that stand in what is planned, or those that do
// not.
type planTest struct {
	*Catalogue
	planned, others bool
}

func (t *planTest) Passage(p *match.Passage) bool { return t.passes(p.Plan) }

func (t *planTest) passes(plan bool) bool { return plan && t.planned || !plan && t.others }

func (t *planTest) Report(report uint32) bool {
	r := &t.gen.Reports[report]
	return slices.ContainsFunc(t.gen.Records[r.First:r.First+r.Count], func(rec store.Record) bool { return t.passes(rec.Facts.Plan()) })
}

func (t *planTest) Join(other match.Test) bool {
	o, ok := other.(*planTest)
	if ok {
		t.planned, t.others = t.planned || o.planned, t.others || o.others
	}
	return ok
}

// either adds to one test what passes another.
func either(to, from []bool) {
	for i, passes := range from {
		to[i] = to[i] || passes
	}
}

// The fields of a question that ask for something else than texts and values:
// for section paths, for what is planned, for how sure reports are, and for whether
// they were read by machine.
const (
	section = "section"
	plan    = "plan"
	sure    = "sure"
	ocr     = "ocr"
)

// A TestMaker makes the tests of one question. Texts that words are looked for
// in are read once for all of them.
type TestMaker struct {
	*Catalogue
	read map[string][][]rune // by field; see texts
}

// Tests makes the tests of one question.
func (c *Catalogue) Tests() *TestMaker { return &TestMaker{c, map[string][][]rune{}} }

// Test makes the test of a field or of years.
func (m *TestMaker) Test(leaf query.Node) match.Test {
	if years, ok := leaf.(query.Years); ok {
		return &ReportTest{reports: m.reportsOf(func(k *tally.Class) bool { return k.On([]query.Years{years}) })}
	}
	f := leaf.(query.Field)
	switch f.Name {
	case segment.Region:
		return m.keyword(f, func(k *tally.Class) bool { return k.In([]string{f.Value}) })
	case segment.Level:
		return m.keyword(f, func(k *tally.Class) bool { return k.Level == f.Value })
	case segment.Kind:
		return m.keyword(f, func(k *tally.Class) bool { return k.Kind == f.Value })
	case plan:
		return &planTest{m.Catalogue, f.Value == query.Yes, f.Value == query.No}
	case sure:
		confidence, _ := query.ParseSure(f.Value)
		return &ReportTest{reports: m.surerThan(confidence)}
	case ocr:
		return &ReportTest{reports: m.readAs(f.Value)}
	case section:
		return m.sectionsWith(analyzer.Compile(f.Value))
	}
	t := &ReportTest{reports: make([]bool, len(m.gen.Reports))}
	pattern := analyzer.Compile(f.Value)
	for i, text := range m.texts(f.Name) {
		t.reports[i] = pattern.In(text)
	}
	return t
}

// keyword makes the test of a field that the bleve index has.
func (m *TestMaker) keyword(f query.Field, has func(*tally.Class) bool) match.Test {
	return &ReportTest{reports: m.reportsOf(has), Field: f.Name, Values: []string{f.Value}}
}

// surerThan returns the reports of which all that is known of region, level, year
// and kind has a confidence, or more.
func (c *Catalogue) surerThan(confidence float64) []bool {
	reports := make([]bool, len(c.gen.Reports))
	for i := range c.gen.Reports {
		r := c.gen.Entry(i)
		reports[i] = r.Sure.Least(&r.Meta) >= confidence
	}
	return reports
}

// readAs returns the reports that were read by machine, in part or as a whole, or, with
// query.No, those that were not.
func (c *Catalogue) readAs(value string) []bool {
	reports := make([]bool, len(c.gen.Reports))
	for i := range c.gen.Reports {
		reports[i] = (c.gen.Entry(i).OCR != nil) == (value == query.Yes)
	}
	return reports
}

// reportsOf returns the reports of the classes that pass.
func (m *TestMaker) reportsOf(pass func(*tally.Class) bool) []bool {
	classes, reports := tally.Those(m.classes, pass), make([]bool, len(m.gen.Reports))
	for i, c := range m.ClassOf {
		reports[i] = classes[c]
	}
	return reports
}

// texts returns the texts of a field as search compares them: by report, or of
// sections all parts of all paths.
func (m *TestMaker) texts(field string) [][]rune {
	texts, ok := m.read[field]
	if ok {
		return texts
	}
	var in analyzer.Text
	add := func(s string) {
		in.Read(s)
		texts = append(texts, slices.Clone(in.Runes))
	}
	if field == section {
		for _, path := range m.gen.Sections {
			for _, part := range path {
				add(part)
			}
		}
	} else {
		for i := range m.gen.Reports {
			add(metaText(&m.gen.Entry(i).Meta, field))
		}
	}
	m.read[field] = texts
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
func (m *TestMaker) sectionsWith(pattern *analyzer.Pattern) match.Test {
	texts, t := m.texts(section), &sectionTest{m.Catalogue, make([]bool, len(m.gen.Sections))}
	for i, path := range m.gen.Sections {
		for _, text := range texts[:len(path)] {
			t.sections[i] = t.sections[i] || pattern.In(text)
		}
		texts = texts[len(path):]
	}
	return t
}
