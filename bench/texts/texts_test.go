package texts

import (
	"slices"
	"strings"
	"testing"

	"baogao"
)

func TestGrownKeepsEverySentence(t *testing.T) {
	dir := t.TempDir()
	w := &writer{}
	err := w.open(dir, func() error {
		return w.add(&baogao.Report{Meta: baogao.Meta{ID: "a"}, Passages: []baogao.Passage{{Paragraph: 1, Text: "一。二；三！四"}}})
	})
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for r, err := range Grown(dir, 3) {
		if err != nil {
			t.Fatal(err)
		}
		ids[r.Meta.ID] = true
		got := strings.SplitAfter(r.Passages[0].Text, "")
		slices.Sort(got)
		want := strings.SplitAfter("一。二；三！四", "")
		if slices.Sort(want); !slices.Equal(got, want) {
			t.Errorf("%s: %s", r.Meta.ID, r.Passages[0].Text)
		}
	}
	if len(ids) != 3 {
		t.Errorf("reports %v", ids)
	}
}

func TestDescribe(t *testing.T) {
	p := describe(baogao.Meta{Year: 2020, Region: baogao.Region{Code: "100000"}})
	if p.Region != "100000" || !slices.Equal(p.Regions, []string{"100000"}) || p.Year != "2020" || p.Level != "unknown" || p.Kind != "unknown" {
		t.Errorf("%+v", p)
	}
}
