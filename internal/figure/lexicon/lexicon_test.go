package lexicon

import (
	"reflect"
	"testing"
)

func TestLexicon(t *testing.T) {
	x := New([]string{"增", "增长", "增长到", "净增", "长"})
	for _, tt := range []struct {
		text           string
		prefix, suffix int
	}{
		{"", 0, 0}, {"增长到", 3, 3}, {"增长", 2, 2}, {"增", 1, 1}, {"净增", 2, 2}, {"下降", 0, 0}, {"增幅", 1, 0}, {"长增长", 1, 2},
	} {
		if p, s := x.Prefix([]rune(tt.text)), x.Suffix([]rune(tt.text)); p != tt.prefix || s != tt.suffix {
			t.Errorf("%q: %d and %d, want %d and %d", tt.text, p, s, tt.prefix, tt.suffix)
		}
	}
}

func TestSections(t *testing.T) {
	got := Sections("# head: none\nup: 增长 上升 # more\n\nup: 升\nfiller: : 为\nno class\n")
	if want := map[string][]string{"up": {"增长", "上升", "升"}, "filler": {":", "为"}}; !reflect.DeepEqual(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
