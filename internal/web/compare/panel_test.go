package compare

import (
	"slices"
	"testing"

	"baogao/internal/study"
)

// TestNewestFirst puts the newest year first and the unknown last.
func TestNewestFirst(t *testing.T) {
	for _, tt := range []struct {
		years []string
		want  []int
	}{
		{nil, nil}, {[]string{"unknown"}, []int{0}}, {[]string{"1953", "2022", "2023"}, []int{2, 1, 0}}, {[]string{"1953", "2022", "unknown"}, []int{1, 0, 2}},
	} {
		var keys []study.Key
		for _, y := range tt.years {
			keys = append(keys, study.Key{Value: y})
		}
		if got := newestFirst(keys); !slices.Equal(got, tt.want) {
			t.Errorf("%v are in the order %v, want %v", tt.years, got, tt.want)
		}
	}
}
