package pages

import (
	"strings"
	"testing"

	"baogao"
	"baogao/query"
)

// TestWarningsAreSaid wants every kind of warning in the language of the pages.
func TestWarningsAreSaid(t *testing.T) {
	for _, kind := range query.Kinds {
		if warningSays[kind] == "" {
			t.Errorf("no words for the warning %q", kind)
		}
	}
	asked := map[string]bool{}
	for _, q := range []string{"OR a", "AND a", "NOT", "a -", "()", `""`, "a)", strings.Repeat("(", 40) + "a" + strings.Repeat(")", 40), strings.Repeat("词 ", 300), strings.Repeat("行", 10_001), "\xff",
		"a”", "“a", "region:", "year:x a", "within:x a", "within:句 within:篇", "year:2024..2020", "a or b", "年份:2022", strings.Repeat(") ", 30)} {
		parsed := query.Parse(q)
		for i, said := range new(Pages).warningsOf(state{}, parsed, &baogao.Result{}) {
			asked[parsed.Warnings[i].Kind] = true
			if strings.Contains(said, "%!") {
				t.Errorf("%.20s: %s", q, said)
			}
		}
	}
	for _, kind := range query.Kinds {
		if !asked[kind] {
			t.Errorf("no question here gives the warning %q", kind)
		}
	}
	if len(warningSays) != len(query.Kinds) {
		t.Errorf("%d warnings are said, %d exist", len(warningSays), len(query.Kinds))
	}
}
