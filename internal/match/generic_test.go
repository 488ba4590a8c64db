package match

import (
	"maps"
	"testing"

	"baogao/query"
)

// TestGenericWords weighs the terms and the characters of questions: what touches
// a generic word counts little, and what is asked for twice counts twice.
func TestGenericWords(t *testing.T) {
	const g = genericWeight
	for _, tt := range []struct {
		question   string
		terms      map[string]float64
		characters map[rune]float64
	}{
		{"河长制落实情况", map[string]float64{"河长": 1, "长制": 1, "制落": g, "落实": g, "实情": g, "情况": g, "况": g},
			map[rune]float64{'河': 1, '长': 1, '制': 1, '落': g, '实': g, '情': g, '况': g}},
		{"河長制有哪些措施", map[string]float64{"河长": 1, "长制": 1, "制有": 1, "有哪": g, "哪些": g, "些措": g, "措施": g, "施": g},
			map[rune]float64{'河': 1, '长': 1, '制': 1, '有': 1, '哪': g, '些': g, '措': g, '施': g}},
		{"落实 情况", map[string]float64{"落实": g, "实": g, "情况": g, "况": g}, map[rune]float64{'落': g, '实': g, '情': g, '况': g}},
		{"复议复议", map[string]float64{"复议": 2, "议复": 1, "议": 1}, map[rune]float64{'复': 2, '议': 2}},
		{"复议如何复议", map[string]float64{"复议": 2, "议如": g, "如何": g, "何复": g, "议": 1}, map[rune]float64{'复': 2, '议': 2, '如': g, '何': g}},
	} {
		t.Run(tt.question, func(t *testing.T) {
			tree := Compile(query.Parse(tt.question), nil)
			_, terms := tree.Loosen()
			got := map[string]float64{}
			for _, term := range terms {
				got[term.Text] = term.Weight
			}
			if !maps.EqualFunc(got, tt.terms, near) {
				t.Errorf("terms %v, want %v", got, tt.terms)
			}
			if got := tree.Characters(); !maps.EqualFunc(got, tt.characters, near) {
				t.Errorf("characters %v, want %v", got, tt.characters)
			}
		})
	}
}

func near(a, b float64) bool { return a-b < 1e-9 && b-a < 1e-9 }
