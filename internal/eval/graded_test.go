package eval

import (
	"math"
	"strings"
	"testing"

	"baogao"
)

func TestGrade(t *testing.T) {
	grades := map[string]int{"a": 3, "b": 2, "c": 1, "d": 0}
	ideal := 7 + 3/math.Log2(3) + 1/math.Log2(4)
	for _, tt := range []struct {
		name  string
		found []string
		want  Grading
	}{
		{"the best order", []string{"a", "b", "c"}, Grading{1, 1, 0.4, 0, 1}},
		{"the worst first", []string{"d", "a"}, Grading{1, 7 / math.Log2(3) / ideal, 0.2, 0.1, 1}},
		{"not graded", []string{"x", "a"}, Grading{1, 7 / math.Log2(3) / ideal, 0.2, 0, 0.5}},
		{"sixth", []string{"d", "d", "d", "d", "d", "b"}, Grading{1, 3 / math.Log2(7) / ideal, 0, 0.5, 1}},
		{"eleventh", []string{"x", "x", "x", "x", "x", "x", "x", "x", "x", "x", "a"}, Grading{Questions: 1}},
		{"nothing found", nil, Grading{Questions: 1}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := Grade([]Graded{{Grades: grades, Found: tt.found}})
			for _, f := range [][2]float64{{got.NDCG10, tt.want.NDCG10}, {got.P5, tt.want.P5}, {got.Useless10, tt.want.Useless10}, {got.Judged10, tt.want.Judged10}} {
				if math.Abs(f[0]-f[1]) > 1e-9 {
					t.Fatalf("%+v, want %+v", got, tt.want)
				}
			}
		})
	}
}

func TestKey(t *testing.T) {
	long := &baogao.Hit{ID: "a b.txt#p1", Text: "一二三四五六七八九十甲乙丙"}
	same := &baogao.Hit{ID: "a b.txt#p1", Text: "一二三四五六七八九十甲乙丁戊"}
	other := &baogao.Hit{ID: "a b.txt#p1", Text: "一二三四五六七八九十甲丙"}
	if Key(long) != Key(same) || Key(long) == Key(other) || Key(&baogao.Hit{ID: "c", Text: "短"}) != "c~4ca8d4f7" || !strings.HasPrefix(Key(long), "a_b.txt#p1~") {
		t.Errorf("%s, %s, %s, %s", Key(long), Key(same), Key(other), Key(&baogao.Hit{ID: "c", Text: "短"}))
	}
}
