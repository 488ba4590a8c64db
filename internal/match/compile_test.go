package match

import (
	"testing"

	"baogao/query"
)

// TestWordsOnce counts the words that are looked for in a question.
func TestWordsOnce(t *testing.T) {
	for text, want := range map[string]int{
		"信访 信访": 1, "信访 -信访": 2, "訪 访 OR 法": 2, `甲‘，’乙 "甲‘，’乙"`: 2, `"‘甲’" "“甲”" '甲' 甲`: 3, `"《甲》" OR "《甲》"`: 1,
	} {
		if tree := Compile(query.Parse(text), nil); len(tree.Words) != want {
			t.Errorf("%s has %d words, want %d", text, len(tree.Words), want)
		}
	}
}

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
