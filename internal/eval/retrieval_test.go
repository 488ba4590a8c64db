package eval

import (
	"math"
	"testing"
)

func TestRetrieve(t *testing.T) {
	ten := []string{"x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10"}
	for _, tt := range []struct {
		name string
		q    Ranking
		want Retrieval
	}{
		{"first", Ranking{[]string{"a"}, []string{"a", "b"}}, Retrieval{1, 1, 1, 1, 1}},
		{"third of one", Ranking{[]string{"a"}, []string{"x", "y", "a"}}, Retrieval{1, 1. / 3, 0.5, 1, 1}},
		{"one of two", Ranking{[]string{"a", "b"}, []string{"a", "x"}}, Retrieval{1, 1, 1 / (1 + 1/math.Log2(3)), 0.5, 0.5}},
		{"eleventh", Ranking{[]string{"a"}, append(ten, "a")}, Retrieval{1, 0, 0, 0, 1}},
		{"none", Ranking{[]string{"a"}, nil}, Retrieval{Questions: 1}},
	} {
		got := Retrieve([]Ranking{tt.q})
		for _, f := range [][2]float64{{got.MRR10, tt.want.MRR10}, {got.NDCG10, tt.want.NDCG10}, {got.Recall10, tt.want.Recall10}, {got.Recall100, tt.want.Recall100}} {
			if math.Abs(f[0]-f[1]) > 1e-9 {
				t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
				break
			}
		}
	}
}
