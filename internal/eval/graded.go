package eval

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"baogao"
)

// A Graded is the answer to a question of which passages were graded by reading:
// 0 is of no use, 1 a mention, 2 about it with something concrete, 3 about it with
// facts.
type Graded struct {
	Question string         // its number
	Grades   map[string]int // by the key of the passage; see Key
	Found    []string       // keys, the best first
}

// Grading says how good some answers are, each figure a mean over the questions,
// from 0 to 1.
type Grading struct {
	Questions int
	NDCG10    float64 // normalized discounted cumulative gain of the first 10, gains 2^grade − 1
	P5        float64 // share of the first 5 that have grade 2 or 3
	Useless10 float64 // share of the first 10 that have grade 0
	Judged10  float64 // share of the first 10, as far as there are so many, that were graded
}

// Key names a passage in judgements, by its id and by how it begins, so that
// they fall out where a text has changed: the id, ~ and 8 hexadecimal digits of
// the SHA-256 of its first 12 characters, blanks as _.
func Key(h *baogao.Hit) string {
	first := []rune(h.Text)
	sum := sha256.Sum256([]byte(string(first[:min(len(first), 12)])))
	return strings.ReplaceAll(h.ID+"~"+hex.EncodeToString(sum[:4]), " ", "_")
}

// Grade measures answers.
func Grade(list []Graded) Grading {
	g := Grading{Questions: len(list)}
	for _, q := range list {
		one := q.grade()
		g.NDCG10 += one.NDCG10
		g.P5 += one.P5
		g.Useless10 += one.Useless10
		g.Judged10 += one.Judged10
	}
	n := math.Max(float64(len(list)), 1)
	g.NDCG10, g.P5, g.Useless10, g.Judged10 = g.NDCG10/n, g.P5/n, g.Useless10/n, g.Judged10/n
	return g
}

// grade measures one answer. What was not graded has no gain.
func (q Graded) grade() Grading {
	var grades []int
	useful, useless, judged := 0, 0, 0
	for i, key := range q.Found[:min(len(q.Found), 10)] {
		grade, ok := q.Grades[key]
		grades = append(grades, grade)
		if !ok {
			continue
		}
		judged++
		if grade == 0 {
			useless++
		}
		if grade >= 2 && i < 5 {
			useful++
		}
	}
	var best []int
	for _, grade := range q.Grades {
		best = append(best, grade)
	}
	slices.SortFunc(best, func(a, b int) int { return b - a })
	g := Grading{Questions: 1, P5: ratio(useful, 5), Useless10: ratio(useless, 10), Judged10: ratio(judged, len(grades))}
	if ideal := gain(best[:min(len(best), 10)]); ideal > 0 {
		g.NDCG10 = gain(grades) / ideal
	}
	return g
}

// gain is the discounted cumulative gain of grades in their order.
func gain(grades []int) (sum float64) {
	for i, grade := range grades {
		sum += (math.Exp2(float64(grade)) - 1) / math.Log2(float64(i)+2)
	}
	return sum
}

// PrintGraded writes how good the answers are, of all questions and of each.
func PrintGraded(w io.Writer, name string, list []Graded) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%-28s %9s %8s %8s %9s %8s\n", name, "questions", "ndcg@10", "p@5", "grade 0", "judged")
	line := func(name string, g Grading) {
		fmt.Fprintf(&b, "  %-26s %9d %8.3f %8.3f %9.3f %8.3f\n", name, g.Questions, g.NDCG10, g.P5, g.Useless10, g.Judged10)
	}
	line("all", Grade(list))
	for _, q := range list {
		line(q.Question, q.grade())
	}
	_, err := b.WriteTo(w)
	return err
}
