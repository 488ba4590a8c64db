package target_test

import (
	"strings"
	"testing"

	"baogao/internal/target"
)

// TestReasons wants a sentence for each reason, with what is so of both.
func TestReasons(t *testing.T) {
	for _, id := range target.ReasonIDs {
		for _, r := range []target.Reason{{ID: id}, {id, "8%", "7.6%"}} {
			if says := r.String(); says == "" || strings.ContainsAny(says, "{}") {
				t.Errorf("%s: %q", id, says)
			}
		}
	}
	if says := (target.Reason{}).String(); says != "" {
		t.Errorf("no reason is %q", says)
	}
	if says := (target.Reason{ID: target.OtherPeriod, Result: "五年"}).String(); says != "the target is over a year, what the report tells over 五年" {
		t.Error(says)
	}
}
