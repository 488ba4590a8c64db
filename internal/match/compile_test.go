package match

import "testing"

func TestMayOverlap(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"复议", "信访", false}, {"行政复议", "复议案件", true}, {"复议案件", "行政复议", true}, {"行政复议", "复议", true},
		{"复", "行政复议", true}, {"行政", "行人", false}, {"人人", "人", true}, {"法治", "治法", true},
	} {
		if got := mayOverlap([]byte(tt.a), []byte(tt.b)); got != tt.want {
			t.Errorf("%s, %s: %v", tt.a, tt.b, got)
		}
	}
}
