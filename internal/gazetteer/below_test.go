package gazetteer

import (
	"slices"
	"testing"
)

func TestBelow(t *testing.T) {
	for _, tt := range []struct {
		code  string
		least int
		has   string
		not   string
	}{
		{CountryCode, 34, "510000", "510100"},
		{"510000", 21, "510900", "510904"},
		{"510900", 5, "510904", "510900"},
		{"510904", 10, "", "510904"},
		{"500000", 38, "500105", "500105008"},
		{"441900", 30, "", "441900"},
		{"51", 21, "510900", ""},
		{"999999", 0, "", ""},
		{"", 0, "", ""},
	} {
		var codes []string
		for _, d := range Below(tt.code) {
			if d.Ended != 0 {
				t.Errorf("%s: %s has ended", tt.code, d.Name)
			}
			codes = append(codes, d.Code)
		}
		if len(codes) < tt.least || tt.least == 0 && len(codes) > 0 || tt.has != "" && !slices.Contains(codes, tt.has) || slices.Contains(codes, tt.not) {
			t.Errorf("below %s there are %d: %v", tt.code, len(codes), codes)
		}
		if !slices.IsSorted(codes) || len(slices.Compact(slices.Clone(codes))) != len(codes) {
			t.Errorf("below %s: not in the order of codes, each once: %v", tt.code, codes)
		}
	}
}
