package compare

import (
	"strings"
	"testing"

	"baogao/internal/study"
	"baogao/internal/web/address"
)

// TestNarrowed keeps to what is filtered on, in rows that are wider and in rows that
// are narrower.
func TestNarrowed(t *testing.T) {
	for _, tt := range []struct {
		chosen string
		by     study.By
		row    string
		want   string
	}{
		{"", study.ByProvince, "510000", "510000"}, {"510000", study.ByProvince, "510000", "510000"}, {"510900", study.ByProvince, "510000", "510900"},
		{"510900 510904 500000", study.ByProvince, "510000", "510900 510904"}, {"510000", study.ByCity, "510900", "510900"}, {"510000", study.ByCity, "=510000", "=510000"},
		{"=510000", study.ByProvince, "510000", "=510000"}, {"=510000", study.ByCity, "=510000", "=510000"}, {"510904", study.ByCity, "510900", "510904"},
		{"100000", study.ByProvince, "510000", "510000"}, {"某新区", study.ByProvince, "某新区", "某新区"}, {"unknown 510000", study.ByProvince, "unknown", "unknown"},
		{"四川", study.ByProvince, "510000", "510000"}, {"遂宁", study.ByProvince, "510000", "510900"}, {"500105008", study.ByDistrict, "500105", "500105008"},
		{"510000", study.ByLevel, "city", "510000"},
	} {
		s := address.State{Filters: map[string][]string{"region": strings.Fields(tt.chosen)}}
		got := narrowed(s, tt.by, tt.row)
		if joined := strings.Join(got.Filters["region"], " "); joined != tt.want || tt.by == study.ByLevel && !got.Has("level", tt.row) {
			t.Errorf("%s within %s: %s, want %s", tt.row, tt.chosen, joined, tt.want)
		}
	}
	if got := narrowed(address.State{Filters: map[string][]string{"region": {"鼓楼区"}}}, study.ByProvince, "320000").Filters["region"]; len(got) == 0 || !strings.HasPrefix(got[0], "3201") {
		t.Errorf("of a name of several places %v are in Jiangsu", got)
	}
}
