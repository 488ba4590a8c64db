package study_test

import (
	"testing"

	"baogao"
	"baogao/internal/study"
)

// TestInterleave names hits by the letters of their reports, and tells them apart
// by their case: the order within a report stays.
func TestInterleave(t *testing.T) {
	for _, tt := range []struct {
		hits, want string
		by         baogao.Sort
	}{
		{"", "", ""},
		{"aAa", "aAa", ""},
		{"aAaab", "aAbaa", ""},
		{"aAaaabcAd", "aAbaacaAd", baogao.ByRelevance},
		{"abab", "abab", ""},
		{"aabbbbcc", "aabbcbbc", ""},
		{"baaa", "baaa", ""},
		{"aAaab", "aAaab", baogao.ByYear},
	} {
		var hits []baogao.Hit
		for i, r := range tt.hits {
			hits = append(hits, baogao.Hit{ID: string(r), Score: float64(100 - i), Report: baogao.Meta{ID: string(r | 0x20)}})
		}
		got := ""
		for _, h := range study.Interleave(hits, tt.by) {
			got += h.ID
		}
		if got != tt.want {
			t.Errorf("%s by %q: %s, want %s", tt.hits, tt.by, got, tt.want)
		}
	}
	browsed := []baogao.Hit{{ID: "1"}, {ID: "2"}, {ID: "3"}, {ID: "4", Report: baogao.Meta{ID: "b"}}}
	if got := study.Interleave(browsed, ""); got[2].ID != "3" {
		t.Errorf("what nothing is asked of does not stand in reading order: %v", got)
	}
}
