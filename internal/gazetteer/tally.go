package gazetteer

import (
	"cmp"
	"slices"
)

// threshold is the confidence below which a value is not given.
const threshold = 0.5

// A tally counts weighted votes for the values of one field.
type tally struct {
	votes map[string][]vote
}

type vote struct {
	weight   float64
	evidence Evidence
}

// add votes for a value. Evidence without text stays silent.
func (t *tally) add(value string, weight float64, e Evidence) {
	if t.votes == nil {
		t.votes = map[string][]vote{}
	}
	t.votes[value] = append(t.votes[value], vote{weight, e})
}

func (t *tally) sum(value string) float64 {
	s := 0.0
	for _, v := range t.votes[value] {
		s += v.weight
	}
	return max(s, 0)
}

// ranked lists the values with votes, best first.
func (t *tally) ranked() []Candidate {
	var list []Candidate
	for value := range t.votes {
		if s := t.sum(value); s > 0 {
			list = append(list, Candidate{Value: value, Score: s})
		}
	}
	sortCandidates(list)
	return list
}

func sortCandidates(list []Candidate) {
	slices.SortFunc(list, func(a, b Candidate) int {
		return cmp.Or(-cmp.Compare(a.Score, b.Score), cmp.Compare(a.Value, b.Value))
	})
}

// guess gives the best value with its evidence.
func (t *tally) guess() Guess {
	list := t.ranked()
	if len(list) == 0 {
		return Guess{}
	}
	return decide(list, t.evidence(list[0].Value))
}

// decide makes a guess of ranked candidates. The confidence is the share of
// the best in itself, the second and one vote, so that neither a close
// second nor little evidence looks sure.
func decide(list []Candidate, evidence []Evidence) Guess {
	const shown = 5
	best, second := list[0].Score, 0.0
	if len(list) > 1 {
		second = list[1].Score
	}
	g := Guess{Confidence: best / (best + second + 1), Evidence: evidence, Candidates: list[:min(len(list), shown)]}
	if g.Confidence >= threshold {
		g.Value = list[0].Value
	}
	return g
}

// evidence lists the strongest evidence for a value, each place once.
func (t *tally) evidence(value string) []Evidence {
	const shown = 5
	votes := slices.Clone(t.votes[value])
	slices.SortStableFunc(votes, func(a, b vote) int { return -cmp.Compare(a.weight, b.weight) })
	var list []Evidence
	for _, v := range votes {
		if v.evidence.Text != "" && v.weight > 0 && !slices.Contains(list, v.evidence) {
			if list = append(list, v.evidence); len(list) == shown {
				break
			}
		}
	}
	return list
}
