package place

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"baogao"
	"baogao/internal/gazetteer"
	"baogao/internal/infer/poll"
)

// A weigher makes scores of the votes that a tally has counted, and ranks places by them.
type weigher struct{ *placeTally }

// scores weighs the votes of every place named, with those of the places
// below it, by the names of those above it and by what the document calls
// itself.
func (t weigher) scores() map[gazetteer.Place]float64 {
	total := map[gazetteer.Place]float64{}
	counties := map[gazetteer.Place]int{} // named in each city
	for p := range t.votes {
		if p.Level() == baogao.District {
			counties[p.Parent()]++
		}
	}
	for _, p := range slices.Sorted(maps.Keys(t.votes)) { // sums of floats depend on the order
		score := t.votes[p].Sum
		total[p] += score
		switch above := p.Parent(); {
		case p.Level() == baogao.District && counties[above] > 1: // one alone speaks for itself
			total[above] += score * countyFactor
		case p.Level() == baogao.City:
			total[above] += score * cityFactor
		}
	}
	lone := !t.units.abroad && t.alone()
	for p := range total {
		total[p] *= t.boost(p) * t.share(p)
		if lone && (t.shares[UnitOf(p)] > loneShare || t.renamed[p] && t.share(p) > loneShare) {
			total[p] *= loneFactor
		}
		total[p] = poll.Round(total[p])
	}
	return total
}

// boost lifts a place whose city and province are named. A city does not
// lift a county that calls itself 市 too, as both would answer to 我市.
func (t weigher) boost(p gazetteer.Place) float64 {
	b := 1.0
	if !t.host.IsZero() {
		q := p
		if p.Level() == baogao.Street {
			q = p.Parent()
		}
		b += t.host.Fits(q)
	}
	own := UnitOf(p)
	for q := p.Parent(); q != gazetteer.Country; q = q.Parent() {
		switch level := q.Level(); {
		case UnitOf(q) == own:
		case level == baogao.Province:
			b += 0.4 * math.Log1p(t.named[q])
		default:
			b += 0.6 * math.Log1p(t.named[q])
		}
	}
	return b
}

// share is the part of the votes for the unit that a place calls itself. A
// zone calls itself 区 too, and one without a code stands for its city; a town
// that is not in the table stands for its county.
func (t weigher) share(p gazetteer.Place) float64 {
	const none = 0.04
	if len(t.shares) == 0 {
		return 0.3
	}
	u := UnitOf(p)
	s := t.shares[u]
	switch {
	case t.renamed[p]:
		for _, u := range townUnits {
			s = max(s, t.shares[u])
		}
	case u == Park:
		s = max(s, 0.6*t.shares["区"])
	case p.Level() == baogao.City || p.Level() == baogao.District:
		s = max(s, 0.5*t.shares[Park])
	}
	if p.Level() == baogao.District {
		s = max(s, 0.6*t.shares[t.units.stranger])
	}
	return max(s, none)
}

// alone reports whether all places that are voted for lie on one line from the country
// down, so that there is no other that could be meant.
func (t weigher) alone() bool {
	places := slices.Sorted(maps.Keys(t.votes))
	for i, p := range places {
		for _, q := range places[i+1:] {
			if !p.In(q) && !q.In(p) {
				return false
			}
		}
	}
	return true
}

// guess gives the code of the best place and the places ranked.
func (t weigher) guess() (poll.Guess, []gazetteer.Place) {
	scores := t.scores()
	ranked := make([]gazetteer.Place, 0, len(scores))
	for p := range scores {
		ranked = append(ranked, p)
	}
	slices.SortFunc(ranked, func(a, b gazetteer.Place) int {
		return cmp.Or(-cmp.Compare(scores[a], scores[b]), cmp.Compare(a, b))
	})
	if len(ranked) == 0 {
		return poll.Guess{}, nil
	}
	var list []baogao.Candidate
	for _, p := range ranked[:min(len(ranked), 8)] {
		d := p.Region()
		list = append(list, baogao.Candidate{Value: d.Code, Label: d.Name, Score: scores[p]})
	}
	second := 0.0
	for _, p := range ranked[1:] {
		second = max(second, scores[p]*rivalry(p, ranked[0]))
	}
	votes := t.votes[ranked[0]]
	if votes == nil { // it has votes for divisions below it only
		votes = &poll.Ballot{}
	}
	return poll.Decide(list, second, votes, worthOfRegion(t.units.doc, ranked[0])), ranked
}

// rivalry is how much the score of a place tells against another: less if it
// lies above or below it, as a report of a town names its county.
func rivalry(p, best gazetteer.Place) float64 {
	if p.In(best) || best.In(p) {
		return 0.5
	}
	return 1
}
