package gazetteer

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Weights of a name by where it stands.
const (
	inSignature = 12
	inTitle     = 10
	inHead      = 8
	inFact      = 8
	inDocPath   = 6
	inOpening   = 5
	inText      = 1

	shortFactor  = 0.35 // a short name may be a word, or stand for its office abroad
	townFactor   = 0.8  // of a town's vote goes to its county
	countyFactor = 0.25 // of a county's votes go to its city
	cityFactor   = 0.3  // of a city's votes go to its province
	innerFactor  = 0.3  // the 南京市 of 南京市鼓楼区 is there to tell which
)

// A placeTally counts votes for places and how often each is named.
type placeTally struct {
	votes map[int32][]vote
	named map[int32]float64
	t     *table
	year  int // of the report, 0 unknown
}

// guessRegion weighs which division the document speaks for. units are the
// votes for what it calls itself.
func (r *reader) guessRegion(units *unitTally, year Guess) (Guess, []int32) {
	t := &placeTally{votes: map[int32][]vote{}, named: map[int32]float64{}, t: r.t}
	t.year, _ = strconv.Atoi(year.Value)
	for _, l := range r.title {
		t.line(l, inTitle)
	}
	for i, l := range r.facts {
		if isIssuerLabel(r.doc.Facts[i].Label) {
			t.line(l, inFact)
		} else {
			t.line(l, inText)
		}
	}
	t.line(r.path, inDocPath)
	for _, l := range r.lines {
		switch l.role {
		case signature:
			t.line(l, inSignature)
		case head:
			t.line(l, inHead)
		case opening:
			t.opening(l)
		default:
			t.line(l, inText)
		}
	}
	t.country(units)
	if shares := units.shares(); shares[street] == 1 || shares["镇"] == 1 || shares["乡"] == 1 {
		t.townsByStem(r.lines)
	}
	return t.guess(units)
}

// townsByStem adds what a report of a town calls its town for short: 郭家沱
// in 郭家沱大桥. Only towns of counties that are named are looked for, and
// only stems of three characters or more.
func (t *placeTally) townsByStem(lines []line) {
	const unique, shared = 1.5, 0.35
	for i := range t.t.places {
		p := t.t.places[i]
		name := stem(folded.Replace(p.name))
		if p.rung != town || t.named[p.parent] == 0 || !isTownName(p.name) || utf8.RuneCountInString(name) < 3 {
			continue
		}
		weight := unique
		if len(t.t.byName[folded.Replace(p.name)]) > 1 {
			weight = shared
		}
		for _, l := range lines {
			at := strings.Index(l.text, name)
			if at >= 0 && !strings.HasPrefix(l.text[at:], folded.Replace(p.name)) {
				t.vote(int32(i), weight, 1, l.at(at, len(name)))
			}
		}
	}
}

// line adds the names of a line. Only the first that is no parent of the
// next gets the weight; the rest are mentions.
func (t *placeTally) line(l line, weight float64) {
	if hasAnyPrefix(strings.TrimSpace(l.text), ministries) {
		weight = inText // 国务院关于…的批复: what is named is not who speaks
	}
	for _, m := range l.mentions {
		t.mention(l, m, weight)
		if !m.inner {
			weight = inText
		}
	}
}

// opening adds the names of a first line: the subject has more weight.
func (t *placeTally) opening(l line) {
	chain := 0 // characters where the chain of the mention begins
	for i, m := range l.mentions {
		if i == 0 || !l.mentions[i-1].inner {
			chain = m.start
		}
		weight := float64(inText)
		if isSubject(l.text, mention{start: chain, end: m.end}) {
			weight = inOpening
		}
		t.mention(l, m, weight)
	}
}

func (t *placeTally) mention(l line, m mention, weight float64) {
	if m.short && weight > inText {
		weight *= 0.6
	} else if m.short {
		weight *= shortFactor
	}
	if m.inner {
		weight *= innerFactor
	}
	shares, sum := make([]float64, len(m.places)), 0.0
	for i, p := range m.places {
		shares[i] = t.likelihood(p, m)
		sum += shares[i]
	}
	if sum == 0 {
		return
	}
	e := l.evidence(m.start, m.end)
	for i, p := range m.places {
		if share := shares[i] / max(sum, 1); share > 0 {
			t.vote(p, weight*share, share, e)
		}
	}
}

// likelihood is how likely a name means place p before anything else is
// known: names that ended before the year reported on are out, and a short
// name rather means the larger place.
func (t *placeTally) likelihood(p int32, m mention) float64 {
	place := t.t.places[p]
	switch {
	case place.ended > 0 && t.year > place.ended:
		return 0
	case place.ended > 0 && t.year == 0:
		return 0.3
	case m.short && t.largerNamesake(p, m.places):
		return 0.3
	}
	return 1
}

// largerNamesake reports whether a name also means a place above the rung of
// p.
func (t *placeTally) largerNamesake(p int32, places []int32) bool {
	for _, q := range places {
		if t.t.places[q].rung < t.t.places[p].rung {
			return true
		}
	}
	return false
}

func (t *placeTally) vote(p int32, weight, named float64, e Evidence) {
	t.votes[p] = append(t.votes[p], vote{weight, e})
	t.named[p] += named
	if q := t.t.places[p]; q.rung == town && q.parent >= 0 {
		t.votes[q.parent] = append(t.votes[q.parent], vote{weight * townFactor, e})
	}
}

// country votes for the whole country where the document speaks for it.
func (t *placeTally) country(units *unitTally) {
	for _, v := range units.votes[string(nation)] {
		t.vote(0, v.weight, 0, v.evidence)
	}
}

// scores weighs the votes of every place named, with those of the places
// below it, by the names of those above it and by what the document calls
// itself.
func (t *placeTally) scores(units *unitTally) map[int32]float64 {
	own := map[int32]float64{}
	for p, votes := range t.votes {
		for _, v := range votes {
			own[p] += v.weight
		}
	}
	total := map[int32]float64{}
	for _, p := range slices.Sorted(maps.Keys(own)) { // sums of floats depend on the order
		score := own[p]
		total[p] += score
		switch q := t.t.places[p]; {
		case q.rung == county && q.parent > 0:
			total[q.parent] += score * countyFactor
		case q.rung == city && q.parent > 0:
			total[q.parent] += score * cityFactor
		}
	}
	shares := units.shares()
	for p := range total {
		total[p] *= t.boost(p) * share(shares, t.t.places[p])
	}
	return total
}

// boost lifts a place whose city and province are named. A city does not
// lift a county that calls itself 市 too, as both would answer to 我市.
func (t *placeTally) boost(p int32) float64 {
	b := 1.0
	own := unitOf(t.t.places[p])
	for q := t.t.places[p].parent; q >= 0; q = t.t.places[q].parent {
		switch above := t.t.places[q]; {
		case unitOf(above) == own:
		case above.rung == county || above.rung == city:
			b += 0.6 * math.Log1p(t.named[q])
		case above.rung == province:
			b += 0.4 * math.Log1p(t.named[q])
		}
	}
	return b
}

// share is the part of the votes for the unit that a place calls itself. A
// zone calls itself 区 too, and one without a code stands for its city.
func share(shares map[unit]float64, p place) float64 {
	const none = 0.04
	if len(shares) == 0 {
		return 0.3
	}
	u := unitOf(p)
	s := shares[u]
	switch {
	case u == park:
		s = max(s, 0.6*shares["区"])
	case p.rung == city || p.rung == county:
		s = max(s, 0.5*shares[park])
	}
	return max(s, none)
}

// guess gives the code of the best place and the places ranked.
func (t *placeTally) guess(units *unitTally) (Guess, []int32) {
	scores := t.scores(units)
	ranked := make([]int32, 0, len(scores))
	for p := range scores {
		ranked = append(ranked, p)
	}
	slices.SortFunc(ranked, func(a, b int32) int {
		if scores[a] != scores[b] {
			if scores[a] > scores[b] {
				return -1
			}
			return 1
		}
		return int(a - b)
	})
	if len(ranked) == 0 {
		return Guess{}, nil
	}
	var list []Candidate
	for _, p := range ranked[:min(len(ranked), 8)] {
		d := t.t.division(p)
		list = append(list, Candidate{Value: d.Code, Label: d.FullName(), Score: scores[p]})
	}
	votes := tally{votes: map[string][]vote{list[0].Value: t.votes[ranked[0]]}}
	return decide(list, votes.evidence(list[0].Value)), ranked
}
