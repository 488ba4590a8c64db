package numbers

import (
	"slices"
	"testing"

	"baogao"
)

func TestBroken(t *testing.T) {
	lines := []Line{{"free", 1e9, 0}, {"kept", 0.04, 0.1}, {"panel", 301, 300}}
	if got := Broken(lines); !slices.Equal(got, []string{"panel: 301, at most 300"}) {
		t.Errorf("%q", got)
	}
}

func TestPanelKey(t *testing.T) {
	if got := panelKey([]baogao.FigureGroup{{Key: "投资"}, {Key: "信访·办理"}}); got != "信访·办理" {
		t.Error(got)
	}
	if got := panelKey([]baogao.FigureGroup{{Key: "投资"}}); got != "投资" {
		t.Error(got)
	}
}

func TestMedian(t *testing.T) {
	n := 0
	if ms, err := median(func() error { n++; return nil }); err != nil || n != times || ms < 0 {
		t.Errorf("%v ms, %v, after %d", ms, err, n)
	}
}
