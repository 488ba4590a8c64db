// Package poll counts weighted votes for values, keeps the places in a text that speak
// loudest for each, and makes of them a guess with its confidence.
package poll

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"

	"baogao"
	"baogao/internal/infer/chars"
)

// Evidence is a place in a document that speaks for a value.
type Evidence struct {
	Text       string // what stands there, as published
	Line       int    // index of the line, below 0 for what is no line of the body
	Start, End int    // Unicode code points of the line, half-open; in the fact table and the page, of a value or a line
}

// A Guess is an inferred value.
type Guess struct {
	Value      string             // "" when the confidence is below one half
	Confidence float64            // 0 to 1, to six decimals
	Evidence   []Evidence         // for the best candidate; at most five, the most telling first, none overlapping another
	Candidates []baogao.Candidate // at most five, best first; scores are weighted votes, above 0, to six decimals
}

// Threshold is the confidence below which a value is not given.
const Threshold = 0.5

// shown is how many pieces of evidence, and how many candidates, a guess has.
const shown = 5

// A Spot is a place in a line. Its offsets are bytes: a document has far
// more spots than evidence, and counting characters up to each takes time
// that grows with the square of a long line.
type Spot struct {
	Line       int    // as in Evidence
	Published  string // the whole line
	Text       string // the same, folded
	Start, End int    // bytes of the folded text, half-open; an empty spot is no evidence
	Whole      bool   // the folded text lacks blanks of the line, all of which is shown
}

func (s Spot) overlaps(o Spot) bool {
	return s.Line == o.Line && s.Start < o.End && o.Start < s.End && s.Text == o.Text
}

// evidence is the spot as it is shown: in characters, of which folding keeps
// the number, and as published.
func (s Spot) evidence() Evidence {
	if s.Whole {
		return Evidence{Text: s.Published, Line: s.Line, End: utf8.RuneCountInString(s.Published)}
	}
	start, n := utf8.RuneCountInString(s.Text[:s.Start]), utf8.RuneCountInString(s.Text[s.Start:s.End])
	from := s.Published[len(chars.First(s.Published, start)):]
	return Evidence{Text: chars.First(from, n), Line: s.Line, Start: start, End: start + n}
}

// A Witness is a spot that speaks for a value, and how strongly.
type Witness struct {
	Spot
	Strength float64
}

// A Ballot holds the votes for one value: their sum, and of the spots they
// come from only the few that are shown.
type Ballot struct {
	Sum  float64
	best []Witness // strongest first, no two at the same place
}

// Cast adds a vote that comes from a spot.
func (b *Ballot) Cast(weight, strength float64, at Spot) {
	b.Sum += weight
	b.hear(Witness{at, strength})
}

// Merge adds the votes of another ballot, scaled.
func (b *Ballot) Merge(o *Ballot, scale float64) {
	b.Sum += o.Sum * scale
	for _, w := range o.best {
		b.hear(Witness{w.Spot, w.Strength * scale})
	}
}

// hear keeps a witness if it is among the strongest. Those of one spot, such
// as a name that several divisions have, add up; of two that overlap the
// stronger stays.
func (b *Ballot) hear(w Witness) {
	if w.Strength <= 0 || w.Start == w.End {
		return
	}
	for _, old := range b.best {
		switch {
		case old.Spot == w.Spot:
			w.Strength += old.Strength
		case old.Strength >= w.Strength && old.overlaps(w.Spot):
			return
		}
	}
	b.best = slices.DeleteFunc(b.best, func(old Witness) bool { return old.overlaps(w.Spot) })
	i := len(b.best)
	for i > 0 && b.best[i-1].Strength < w.Strength {
		i--
	}
	if i == shown {
		return
	}
	b.best = slices.Insert(b.best, i, w)
	b.best = b.best[:min(len(b.best), shown)]
}

func (b *Ballot) evidence() []Evidence {
	var list []Evidence
	for _, w := range b.best {
		list = append(list, w.Spot.evidence())
	}
	return list
}

// A Tally counts weighted votes for the values of one field.
type Tally struct {
	Votes map[string]*Ballot
}

// Ballot returns the votes for a value, to add to.
func (t *Tally) Ballot(value string) *Ballot {
	if t.Votes == nil {
		t.Votes = map[string]*Ballot{}
	}
	b := t.Votes[value]
	if b == nil {
		b = &Ballot{}
		t.Votes[value] = b
	}
	return b
}

// Add votes for a value.
func (t *Tally) Add(value string, weight float64, at Spot) { t.Ballot(value).Cast(weight, weight, at) }

// Sum is the sum of the votes for a value.
func (t *Tally) Sum(value string) float64 {
	if b := t.Votes[value]; b != nil {
		return b.Sum
	}
	return 0
}

// Move gives the votes of one value to another.
func (t *Tally) Move(from, to string) {
	if b := t.Votes[from]; b != nil {
		t.Ballot(to).Merge(b, 1)
		delete(t.Votes, from)
	}
}

// Ranked lists the values with votes, best first.
func (t *Tally) Ranked() []baogao.Candidate {
	var list []baogao.Candidate
	for value, b := range t.Votes {
		if score := Round(b.Sum); score > 0 {
			list = append(list, baogao.Candidate{Value: value, Score: score})
		}
	}
	slices.SortFunc(list, func(a, b baogao.Candidate) int {
		return cmp.Or(-cmp.Compare(a.Score, b.Score), cmp.Compare(a.Value, b.Value))
	})
	return list
}

// Guess gives the best value with its evidence.
func (t *Tally) Guess() Guess { return t.GuessBy(Usual) }

// GuessBy is Guess with the confidence of a curve of its own.
func (t *Tally) GuessBy(worth Curve) Guess {
	list := t.Ranked()
	if len(list) == 0 {
		return Guess{}
	}
	second := 0.0
	if len(list) > 1 {
		second = list[1].Score
	}
	return Decide(list, second, t.Votes[list[0].Value], worth)
}

// Loudest is the spot that speaks loudest for a value, empty if none does.
func (t *Tally) Loudest(value string) Spot {
	if b := t.Votes[value]; b != nil && len(b.best) > 0 {
		return b.best[0].Spot
	}
	return Spot{}
}

// Decide makes a guess of ranked candidates, the score that tells against the
// best, and the votes for it. The share of the best in itself, its rival and one
// vote, so that neither a close second nor little evidence looks sure, tells the confidence
// by a curve.
func Decide(list []baogao.Candidate, second float64, votes *Ballot, worth Curve) Guess {
	best := list[0].Score
	g := Guess{
		Confidence: Round(worth.at(best / (best + second + 1))),
		Evidence:   votes.evidence(),
		Candidates: list[:min(len(list), shown)],
	}
	if g.Confidence >= Threshold {
		g.Value = list[0].Value
	}
	return g
}

// A Curve says how often values whose votes have a share are right, in points between which it
// is straight.
type Curve []struct{ Share, Right float64 }

// Usual is the curve of most fields, over 1,600 views of real texts and 450 of invented ones;
// internal/eval/testdata/metadata.golden has the measure. What is below one half is not
// given, and stays as it is.
var Usual = Curve{{0, 0}, {0.5, 0.5}, {0.6, 0.8}, {0.7, 0.9}, {0.8, 0.96}, {0.9, 0.98}, {1, 0.995}}

// at is the confidence that a share is worth.
func (c Curve) at(share float64) float64 {
	for i := 1; i < len(c); i++ {
		if a, b := c[i-1], c[i]; share <= b.Share {
			return a.Right + (b.Right-a.Right)*(share-a.Share)/(b.Share-a.Share)
		}
	}
	return c[len(c)-1].Right
}

// Round drops all beyond six decimals, where sums differ by the order they
// were made in, or by the processor. What is compared, with the threshold or
// with another score, is rounded first, so that a tie is one everywhere.
func Round(x float64) float64 { return math.Round(x*1e6) / 1e6 }
