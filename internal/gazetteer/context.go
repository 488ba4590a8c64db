package gazetteer

import "strings"

// lookAround counts the names of every place, a shared name in parts, as they
// tell which place is meant by another that is shared.
func (r *reader) lookAround(t *placeTally) {
	see := func(l line) {
		for _, m := range l.mentions {
			n := 1 / float64(len(m.places))
			if m.short {
				n *= shortFactor
			}
			if m.guest {
				n *= guestFactor
			}
			for _, p := range m.places {
				t.around[p] += n
				if q := r.t.places[p]; q.rung == town {
					t.around[q.parent] += n * townFactor
				}
			}
		}
	}
	for _, list := range [][]line{r.title, r.facts, {r.path}, r.lines} {
		for _, l := range list {
			see(l)
		}
	}
}

// context is how much more than by chance a shared name means place p,
// because places above it are named, or places beside it. It is squared, as
// a document that names one city more often than another is seldom of the
// other.
func (t *placeTally) context(p int32) float64 {
	const chance = 0.1
	c := chance
	for q := t.t.places[p].parent; q > 0; q = t.t.places[q].parent {
		weight := 1.0
		if t.t.places[q].rung == province {
			weight = 0.5
		}
		c += weight * t.around[q]
	}
	if t.t.places[p].rung == town {
		c *= t.underUnit(t.t.places[p].parent)
	}
	return c * c
}

// underUnit is how likely a town lies in a county of the unit that a
// document names as the one above: 在区委、区政府的领导下.
func (t *placeTally) underUnit(county int32) float64 {
	const chance = 0.2
	sum := 0.0
	for _, n := range t.above {
		sum += n
	}
	u := unitOf(t.t.places[county])
	if u == park {
		u = "区" // 经济技术开发区司法局
	}
	return (chance + t.above[u]) / (chance + sum)
}

// unitsAbove counts how often the organs of counties are spoken of, and of
// cities where no county is: those of a city stand above the county too.
func (r *reader) unitsAbove() map[unit]float64 {
	above := map[unit]float64{}
	for _, u := range []unit{"区", "县", "旗", "市"} {
		if u == "市" && len(above) > 0 {
			break
		}
		for _, l := range r.lines {
			for _, organ := range []string{"委", "政府", "司法局"} {
				if n := strings.Count(l.text, string(u)+organ) - strings.Count(l.text, "社"+string(u)+organ); n > 0 {
					above[u] += float64(n)
				}
			}
		}
	}
	return above
}

// nameless takes the town of a document that names no town for a strange one.
func (t *placeTally) nameless(units *unitTally) {
	for p := range t.votes {
		if t.t.places[p].rung == town {
			return
		}
	}
	for _, u := range []unit{street, "镇", "乡"} {
		if units.shares()[u] == 1 {
			t.stranger = u
		}
	}
}
