package infer

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"

	"baogao"
)

// threshold is the confidence below which a value is not given.
const threshold = 0.5

// shown is how many pieces of evidence, and how many candidates, a guess has.
const shown = 5

// A spot is a place in a line. Its offsets are bytes: a document has far
// more spots than evidence, and counting characters up to each takes time
// that grows with the square of a long line.
type spot struct {
	line       int    // as in Evidence
	published  string // the whole line
	text       string // the same, folded
	start, end int    // bytes of the folded text, half-open; an empty spot is no evidence
	whole      bool   // the folded text lacks blanks of the line, all of which is shown
}

func (s spot) overlaps(o spot) bool {
	return s.line == o.line && s.start < o.end && o.start < s.end && s.text == o.text
}

// evidence is the spot as it is shown: in characters, of which folding keeps
// the number, and as published.
func (s spot) evidence() Evidence {
	if s.whole {
		return Evidence{Text: s.published, Line: s.line, End: utf8.RuneCountInString(s.published)}
	}
	start, n := utf8.RuneCountInString(s.text[:s.start]), utf8.RuneCountInString(s.text[s.start:s.end])
	from := s.published[len(first(s.published, start)):]
	return Evidence{Text: first(from, n), Line: s.line, Start: start, End: start + n}
}

// A witness is a spot that speaks for a value, and how strongly.
type witness struct {
	spot
	strength float64
}

// A ballot holds the votes for one value: their sum, and of the spots they
// come from only the few that are shown.
type ballot struct {
	sum  float64
	best []witness // strongest first, no two at the same place
}

// cast adds a vote that comes from a spot.
func (b *ballot) cast(weight, strength float64, at spot) {
	b.sum += weight
	b.hear(witness{at, strength})
}

// merge adds the votes of another ballot, scaled.
func (b *ballot) merge(o *ballot, scale float64) {
	b.sum += o.sum * scale
	for _, w := range o.best {
		b.hear(witness{w.spot, w.strength * scale})
	}
}

// hear keeps a witness if it is among the strongest. Those of one spot, such
// as a name that several divisions have, add up; of two that overlap the
// stronger stays.
func (b *ballot) hear(w witness) {
	if w.strength <= 0 || w.start == w.end {
		return
	}
	for _, old := range b.best {
		switch {
		case old.spot == w.spot:
			w.strength += old.strength
		case old.strength >= w.strength && old.overlaps(w.spot):
			return
		}
	}
	b.best = slices.DeleteFunc(b.best, func(old witness) bool { return old.overlaps(w.spot) })
	i := len(b.best)
	for i > 0 && b.best[i-1].strength < w.strength {
		i--
	}
	if i == shown {
		return
	}
	b.best = slices.Insert(b.best, i, w)
	b.best = b.best[:min(len(b.best), shown)]
}

func (b *ballot) evidence() []Evidence {
	var list []Evidence
	for _, w := range b.best {
		list = append(list, w.spot.evidence())
	}
	return list
}

// A tally counts weighted votes for the values of one field.
type tally struct {
	votes map[string]*ballot
}

// ballot returns the votes for a value, to add to.
func (t *tally) ballot(value string) *ballot {
	if t.votes == nil {
		t.votes = map[string]*ballot{}
	}
	b := t.votes[value]
	if b == nil {
		b = &ballot{}
		t.votes[value] = b
	}
	return b
}

// add votes for a value.
func (t *tally) add(value string, weight float64, at spot) { t.ballot(value).cast(weight, weight, at) }

// sum is the sum of the votes for a value.
func (t *tally) sum(value string) float64 {
	if b := t.votes[value]; b != nil {
		return b.sum
	}
	return 0
}

// move gives the votes of one value to another.
func (t *tally) move(from, to string) {
	if b := t.votes[from]; b != nil {
		t.ballot(to).merge(b, 1)
		delete(t.votes, from)
	}
}

// ranked lists the values with votes, best first.
func (t *tally) ranked() []baogao.Candidate {
	var list []baogao.Candidate
	for value, b := range t.votes {
		if score := round(b.sum); score > 0 {
			list = append(list, baogao.Candidate{Value: value, Score: score})
		}
	}
	slices.SortFunc(list, func(a, b baogao.Candidate) int {
		return cmp.Or(-cmp.Compare(a.Score, b.Score), cmp.Compare(a.Value, b.Value))
	})
	return list
}

// guess gives the best value with its evidence.
func (t *tally) guess() Guess {
	list := t.ranked()
	if len(list) == 0 {
		return Guess{}
	}
	second := 0.0
	if len(list) > 1 {
		second = list[1].Score
	}
	return decide(list, second, t.votes[list[0].Value])
}

// loudest is the spot that speaks loudest for a value, empty if none does.
func (t *tally) loudest(value string) spot {
	if b := t.votes[value]; b != nil && len(b.best) > 0 {
		return b.best[0].spot
	}
	return spot{}
}

// decide makes a guess of ranked candidates, the score that tells against the
// best, and the votes for it. The confidence is the share of the best in
// itself, its rival and one vote, so that neither a close second nor little
// evidence looks sure.
func decide(list []baogao.Candidate, second float64, votes *ballot) Guess {
	best := list[0].Score
	g := Guess{
		Confidence: round(best / (best + second + 1)),
		Evidence:   votes.evidence(),
		Candidates: list[:min(len(list), shown)],
	}
	if g.Confidence >= threshold {
		g.Value = list[0].Value
	}
	return g
}

// round drops all beyond six decimals, where sums differ by the order they
// were made in, or by the processor. What is compared, with the threshold or
// with another score, is rounded first, so that a tie is one everywhere.
func round(x float64) float64 { return math.Round(x*1e6) / 1e6 }
