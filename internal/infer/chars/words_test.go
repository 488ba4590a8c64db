package chars

import (
	"slices"
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	list := []string{"行政", "行政复议", "政府", "执法", "双随机", "𠮷野家"}
	w := NewWords(list)
	for _, s := range []string{"", "行政", "依法行政复议，行政执法。政府𠮷野家", "双随机双随", "\xff行政\xe8", "abc"} {
		counts := make([]int, len(list))
		w.Count(s, counts)
		var want []int
		for _, word := range list {
			want = append(want, strings.Count(s, word))
		}
		if !slices.Equal(counts, want) {
			t.Errorf("%q: %v, want %v", s, counts, want)
		}
		w.Each(s, func(word, at int) {
			if !strings.HasPrefix(s[at:], list[word]) {
				t.Errorf("%q: %s at %d", s, list[word], at)
			}
		})
	}
}
