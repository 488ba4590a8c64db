package index

import (
	"baogao"
	"baogao/internal/analyzer"
)

// fieldSection is the field of a question that asks for section paths.
const fieldSection = "section"

// foldedMeta returns the texts of a field that words are looked for in, by
// report. They are folded once for all words of the plan.
func (x *Index) foldedMeta(p *plan, field string) [][]rune {
	texts, ok := p.meta[field]
	if !ok {
		texts = make([][]rune, len(x.reports))
		for i, r := range x.reports {
			texts[i] = analyzer.FoldRunes(nil, metaText(r.Meta, field))
		}
		p.keepMeta(field, texts)
	}
	return texts
}

// keepMeta keeps folded texts for the next word of the plan.
func (p *plan) keepMeta(field string, texts [][]rune) {
	if p.meta == nil {
		p.meta = map[string][][]rune{}
	}
	p.meta[field] = texts
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

// sectionNode makes the test for the section paths of which one part holds a
// word.
func (x *Index) sectionNode(p *plan, pattern *analyzer.Pattern) *sectionTest {
	texts, ok := p.meta[fieldSection]
	if !ok {
		for _, path := range x.sections {
			for _, part := range path {
				texts = append(texts, analyzer.FoldRunes(nil, part))
			}
		}
		p.keepMeta(fieldSection, texts)
	}
	t := &sectionTest{sections: make([]bool, len(x.sections))}
	for i, path := range x.sections {
		for _, text := range texts[:len(path)] {
			t.sections[i] = t.sections[i] || pattern.In(text)
		}
		texts = texts[len(path):]
	}
	return t
}

// mergeTests makes one test of those in the parts of an or that narrow no
// posting lists: hundreds of titles are then asked for at the price of one.
func mergeTests(parts []node) []node {
	var merged []node
	var reports *reportTest
	var sections *sectionTest
	for _, part := range parts {
		switch t := part.(type) {
		case *reportTest:
			if t.field == "" && reports != nil {
				either(reports.reports, t.reports)
				continue
			}
			if t.field == "" {
				reports = t
			}
		case *sectionTest:
			if sections != nil {
				either(sections.sections, t.sections)
				continue
			}
			sections = t
		}
		merged = append(merged, part)
	}
	return merged
}

// either adds to one test what passes another.
func either(to, from []bool) {
	for i, passes := range from {
		to[i] = to[i] || passes
	}
}

// mergeNots makes one part of those of an and that must not hold: none of them
// holds where not one of them does.
func mergeNots(parts []node) []node {
	var merged, denied []node
	for _, part := range parts {
		if n, ok := part.(not); ok {
			denied = append(denied, n.node)
			continue
		}
		merged = append(merged, part)
	}
	if len(denied) < 2 {
		return parts
	}
	return append(merged, not{or(mergeTests(denied))})
}
