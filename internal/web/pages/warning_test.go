package pages

import (
	"testing"

	"baogao/query"
)

// TestWarningsAreSaid wants every kind of warning in the language of the pages.
func TestWarningsAreSaid(t *testing.T) {
	for _, kind := range query.Kinds {
		if warningSays[kind] == "" {
			t.Errorf("no words for the warning %q", kind)
		}
	}
	if len(warningSays) != len(query.Kinds) {
		t.Errorf("%d warnings are said, %d exist", len(warningSays), len(query.Kinds))
	}
}
