package eval

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"slices"
)

// A Ranking is the answer to a judged question.
type Ranking struct {
	Relevant []string // ids of what answers the question
	Ranked   []string // ids of what was found, the best first
}

// Retrieval says how good some rankings are, each figure a mean over the
// questions, from 0 to 1.
type Retrieval struct {
	Questions int
	MRR10     float64 // reciprocal rank of the first right one among the first 10
	NDCG10    float64 // normalized discounted cumulative gain of the first 10, gains 0 and 1 (Järvelin and Kekäläinen, 2002)
	Recall10  float64 // share of the right ones that are among the first 10
	Recall100 float64
}

// Retrieve measures rankings.
func Retrieve(list []Ranking) Retrieval {
	r := Retrieval{Questions: len(list)}
	for _, q := range list {
		r.MRR10 += q.reciprocalRank(10)
		r.NDCG10 += q.ndcg(10)
		r.Recall10 += q.recall(10)
		r.Recall100 += q.recall(100)
	}
	n := math.Max(float64(len(list)), 1)
	r.MRR10, r.NDCG10, r.Recall10, r.Recall100 = r.MRR10/n, r.NDCG10/n, r.Recall10/n, r.Recall100/n
	return r
}

// right lists the ranks, from 1, of the right ones among the first n.
func (q Ranking) right(n int) (ranks []int) {
	for i, id := range q.Ranked[:min(n, len(q.Ranked))] {
		if slices.Contains(q.Relevant, id) {
			ranks = append(ranks, i+1)
		}
	}
	return ranks
}

func (q Ranking) reciprocalRank(n int) float64 {
	if ranks := q.right(n); len(ranks) > 0 {
		return 1 / float64(ranks[0])
	}
	return 0
}

func (q Ranking) ndcg(n int) float64 {
	gain, ideal := 0.0, 0.0
	for _, rank := range q.right(n) {
		gain += 1 / math.Log2(float64(rank)+1)
	}
	for rank := 1; rank <= min(n, len(q.Relevant)); rank++ {
		ideal += 1 / math.Log2(float64(rank)+1)
	}
	return gain / math.Max(ideal, 1)
}

func (q Ranking) recall(n int) float64 {
	return ratio(len(q.right(n)), len(q.Relevant))
}

// PrintRetrieval writes how good the rankings are, of all questions and of
// every other one: what holds by chance differs between the two halves.
func PrintRetrieval(w io.Writer, name string, list []Ranking) error {
	var halves [2][]Ranking
	for i, q := range list {
		halves[i%2] = append(halves[i%2], q)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%-32s %9s %8s %8s %9s %10s\n", name, "questions", "mrr@10", "ndcg@10", "recall@10", "recall@100")
	for _, part := range []struct {
		name string
		list []Ranking
	}{{"all", list}, {"first, third, …", halves[0]}, {"second, fourth, …", halves[1]}} {
		r := Retrieve(part.list)
		fmt.Fprintf(&b, "  %-30s %9d %8.3f %8.3f %9.3f %10.3f\n", part.name, r.Questions, r.MRR10, r.NDCG10, r.Recall10, r.Recall100)
	}
	_, err := b.WriteTo(w)
	return err
}
