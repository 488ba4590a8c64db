package gazetteer

import (
	"cmp"
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
	courtFactor  = 0.3  // 温州市中级人民法院 hears the cases of every district of the city
	guestFactor  = 0.2  // 赴成都市考察, 对口支援甘孜州
)

// A placeTally counts votes for places and how often each is named.
type placeTally struct {
	votes  map[int32]*ballot
	named  map[int32]float64
	around map[int32]float64 // how often a place is named
	above  map[unit]float64  // how often the organs of a unit above are spoken of
	t      *table
	year   int // of the report, 0 unknown

	stranger unit // as in reader
}

// guessRegion weighs which division the document speaks for. units are the
// votes for what it calls itself.
func (r *reader) guessRegion(units *unitTally, year Guess) (Guess, []int32) {
	t := &placeTally{votes: map[int32]*ballot{}, named: map[int32]float64{}, around: map[int32]float64{}, above: r.unitsAbove(), stranger: r.stranger, t: r.t}
	t.year, _ = strconv.Atoi(year.Value)
	r.lookAround(t)
	for _, l := range r.title {
		t.line(l, inTitle)
	}
	for i, l := range r.facts {
		if slices.Contains(issuerLabels, r.doc.Facts[i].Label) {
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
	r.numbered(t)
	t.country(units)
	t.nameless(units)
	if shares := units.shares(); shares[street] == 1 || shares["镇"] == 1 || shares["乡"] == 1 {
		t.townsByStem(r.lines)
	}
	return t.guess(units)
}

// townsByStem adds what a report of a town calls its town for short: 郭家沱
// in 郭家沱大桥. Only towns of counties that are named are looked for, and
// only stems of three characters or more. The first place in a line counts,
// unless it is the full name.
func (t *placeTally) townsByStem(lines []line) {
	const unique, shared = 1.5, 0.35
	stems := t.stemsOfTowns()
	if len(stems) == 0 {
		return
	}
	seen := map[int32]int{} // the line, counted from 1, where a town was last seen
	for n, l := range lines {
		for i := range l.text {
			for _, s := range stems[firstTwo(l.text[i:])] {
				if seen[s.town] == n+1 || !strings.HasPrefix(l.text[i:], s.stem) {
					continue
				}
				seen[s.town] = n + 1
				weight := unique
				if len(t.t.byName[s.name]) > 1 {
					weight = shared
				}
				if !strings.HasPrefix(l.text[i:], s.name) {
					t.vote(s.town, weight, 1, l.at(i, len(s.stem)))
				}
			}
		}
	}
}

// A townStem is the name of a town with and without the word for its unit.
type townStem struct {
	town       int32
	stem, name string
}

// stemsOfTowns lists the towns that townsByStem looks for by the first two
// characters of their names.
func (t *placeTally) stemsOfTowns() map[string][]townStem {
	stems := map[string][]townStem{}
	for i, p := range t.t.places {
		if p.rung != town || t.named[p.parent] == 0 || !isTownName(p.name) {
			continue
		}
		name := folded.Replace(p.name)
		if s := stem(name); utf8.RuneCountInString(s) >= 3 {
			stems[firstTwo(s)] = append(stems[firstTwo(s)], townStem{int32(i), s, name})
		}
	}
	return stems
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
	chain := 0 // byte where the chain of the mention begins
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
	if weight <= inText && m.guest {
		weight *= guestFactor
	}
	if hasAnyPrefix(l.text[m.end:], []string{"中级人民法院", "中级法院", "中院"}) {
		weight *= courtFactor
	}
	shares, sum := make([]float64, len(m.places)), 0.0
	for i, p := range m.places {
		shares[i] = t.likelihood(p, m)
		if len(m.places) > 1 {
			shares[i] *= t.context(p)
		}
		sum += shares[i]
	}
	if sum == 0 {
		return
	}
	for i, p := range m.places {
		if share := shares[i] / sum; share > 0 {
			t.vote(p, weight, share, l.of(m))
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

// vote gives a place its share of the votes for a name, and most of it to
// the county of a town. The spot speaks as loud as the whole name does, so
// that a title with a shared name is shown before a mention.
func (t *placeTally) vote(p int32, weight, share float64, at spot) {
	t.ballot(p).cast(weight*share, weight, at)
	t.named[p] += share
	if q := t.t.places[p]; q.rung == town && q.parent >= 0 {
		t.ballot(q.parent).cast(weight*share*townFactor, weight*townFactor, at)
	}
}

// ballot returns the votes for a place, to add to.
func (t *placeTally) ballot(p int32) *ballot {
	b := t.votes[p]
	if b == nil {
		b = &ballot{}
		t.votes[p] = b
	}
	return b
}

// country votes for the whole country where the document speaks for it.
func (t *placeTally) country(units *unitTally) {
	if b := units.votes[string(nation)]; b != nil {
		t.ballot(0).merge(b, 1)
	}
}

// scores weighs the votes of every place named, with those of the places
// below it, by the names of those above it and by what the document calls
// itself.
func (t *placeTally) scores(units *unitTally) map[int32]float64 {
	total := map[int32]float64{}
	counties := map[int32]int{} // named in each city
	for p := range t.votes {
		if q := t.t.places[p]; q.rung == county {
			counties[q.parent]++
		}
	}
	for _, p := range slices.Sorted(maps.Keys(t.votes)) { // sums of floats depend on the order
		score := t.votes[p].sum
		total[p] += score
		switch q := t.t.places[p]; {
		case q.rung == county && q.parent > 0 && counties[q.parent] > 1: // one alone speaks for itself
			total[q.parent] += score * countyFactor
		case q.rung == city && q.parent > 0:
			total[q.parent] += score * cityFactor
		}
	}
	shares := units.shares()
	for p := range total {
		total[p] = round(total[p] * t.boost(p) * share(shares, t.t.places[p], t.stranger))
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
// zone calls itself 区 too, and one without a code stands for its city; a town
// that is not in the table stands for its county.
func share(shares map[unit]float64, p place, stranger unit) float64 {
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
	if p.rung == county {
		s = max(s, 0.6*shares[stranger])
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
		return cmp.Or(-cmp.Compare(scores[a], scores[b]), cmp.Compare(a, b))
	})
	if len(ranked) == 0 {
		return Guess{}, nil
	}
	var list []Candidate
	for _, p := range ranked[:min(len(ranked), 8)] {
		d := t.t.division(p)
		list = append(list, Candidate{Value: d.Code, Label: d.FullName(), Score: scores[p]})
	}
	second := 0.0
	for _, p := range ranked[1:] {
		second = max(second, scores[p]*t.rivalry(p, ranked[0]))
	}
	votes := t.votes[ranked[0]]
	if votes == nil { // it has votes for divisions below it only
		votes = &ballot{}
	}
	return decide(list, second, votes), ranked
}

// rivalry is how much the score of a place tells against another: less if it
// lies above or below it, as a report of a town names its county.
func (t *placeTally) rivalry(p, best int32) float64 {
	if t.t.under(p, best) || t.t.under(best, p) {
		return 0.5
	}
	return 1
}
