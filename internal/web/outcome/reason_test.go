package outcome

import (
	"strings"
	"testing"

	"baogao"
	"baogao/internal/target"
)

// TestReasons wants a Chinese sentence for each reason, and a word for each kind and
// verdict.
func TestReasons(t *testing.T) {
	for _, id := range target.ReasonIDs {
		for _, r := range []target.Reason{{ID: id}, {ID: id, Target: "8%", Result: "7.6%"}} {
			if says := reason(r); says == "" || strings.ContainsAny(says, "{}") {
				t.Errorf("%s: %q", id, says)
			}
		}
	}
	if len(reasons) != len(target.ReasonIDs) || reason(target.Reason{}) != "" {
		t.Errorf("%d sentences, %d reasons", len(reasons), len(target.ReasonIDs))
	}
	for _, kind := range baogao.FigureKinds {
		if words[string(kind)] == "" {
			t.Errorf("no word for %s", kind)
		}
	}
	for _, v := range target.Verdicts {
		if names[v][0] == "" || names[v][1] == "" {
			t.Errorf("no word for %s", v)
		}
	}
	if says := reason(target.Reason{ID: target.OtherKind, Target: "growth", Result: "amount"}); says != "目标是增幅，报告说的是金额" {
		t.Error(says)
	}
}

// TestWritten writes figures as the page shows them.
func TestWritten(t *testing.T) {
	for want, f := range map[string]baogao.Figure{
		"增长6%以上": {Raw: "6%", Direction: "up", Bound: "min"}, "下降3%": {Raw: "3%", Direction: "down"}, "8万余人": {Raw: "8万余人", Bound: "min", Approximate: true},
		"5.5%以内": {Raw: "5.5%", Bound: "max"}, "1200张左右": {Raw: "1200张", Approximate: true}, "前3位": {Raw: "前3位", Kind: "rank", Bound: "max"}, "5%—6%": {Raw: "5%—6%", Bound: "range"},
	} {
		if got := written(&baogao.FoundFigure{Figure: f}); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
