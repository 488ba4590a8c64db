package catalogue

import (
	"slices"
	"strings"

	"baogao"
	"baogao/index/internal/store"
	"baogao/internal/analyzer"
)

// A FigureTest tells which figures pass a filter. What figures share is looked at
// once for each name.
type FigureTest struct {
	names    []bool // by ordinal
	statuses []bool // likewise; nil lets through all
	min, max *float64
}

// NewFigureTest makes the test of a filter.
func NewFigureTest(in *store.Figures, f baogao.FigureFilter) *FigureTest {
	t := &FigureTest{names: make([]bool, len(in.Names)), min: f.Min, max: f.Max}
	if len(f.Statuses) > 0 {
		for _, s := range baogao.FigureStatuses {
			t.statuses = append(t.statuses, slices.Contains(f.Statuses, s))
		}
	}
	words := strings.Fields(string(analyzer.FoldRunes(nil, f.Indicator)))
	var folded []string
	key := "\n" + analyzer.Fold(f.Key) // as it ends a folded name
	if len(words) > 0 || f.Key != "" {
		folded = in.Folded()
	}
	for i := range in.Names {
		n := &in.Names[i]
		t.names[i] = (f.Key == "" || strings.HasSuffix(folded[i], key)) && (len(f.Units) == 0 || slices.Contains(f.Units, n.Unit)) &&
			(len(f.Kinds) == 0 || slices.Contains(f.Kinds, baogao.FigureKind(n.Kind))) &&
			(len(words) == 0 || isCalled(folded[i], words))
	}
	return t
}

// keyDot parts the parts of a key.
const keyDot = "·"

// isCalled reports whether all words, which are folded, stand in a name or its key,
// see store.Figures.
func isCalled(name string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(w, keyDot) {
			if !strings.Contains(name, w) {
				return false
			}
			continue
		}
		_, key, _ := strings.Cut(name, "\n")
		if !strings.Contains(keyDot+key+keyDot, keyDot+strings.Trim(w, keyDot)+keyDot) {
			return false
		}
	}
	return true
}

// Passes reports whether a figure passes.
func (t *FigureTest) Passes(r *store.Row) bool {
	return t.names[r.Name] && (t.statuses == nil || t.statuses[r.Status]) && (t.min == nil || r.Value >= *t.min) && (t.max == nil || r.Value <= *t.max)
}
