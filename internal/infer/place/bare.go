package place

import (
	"baogao"
	"baogao/internal/gazetteer"
	"baogao/internal/infer/parts"
	"baogao/internal/infer/poll"
)

// nameless takes the town of a document that names no town for a strange one.
func (t *placeTally) nameless() {
	for p := range t.votes {
		if p.Level() == baogao.Street {
			return
		}
	}
	for _, u := range townUnits {
		if t.shares[u] == 1 {
			t.units.stranger = u
		}
	}
}

// isBare reports whether nothing but its own name speaks for a town: neither what it lies
// in is named, nor does the address or the number tell.
func (t *placeTally) isBare(p gazetteer.Place) bool {
	if p.Level() != baogao.Street {
		return false
	}
	for q := p.Parent(); q != gazetteer.Country; q = q.Parent() {
		if t.namedItself[q] || t.host.Fits(q) > 0 {
			return false
		}
	}
	return true
}

// dropElsewhere drops the towns that are told by their names alone where the document
// names one county in full, and it is not theirs: what is meant is a town of that
// county which the table has not, or not any more.
func (t *placeTally) dropElsewhere(d *parts.Document) {
	full := map[gazetteer.Place]bool{}
	for _, list := range [][]parts.Line{d.Title, d.Facts, d.Page, d.Lines} {
		for _, l := range list {
			for _, m := range l.Mentions {
				if p := m.Places[0]; len(m.Places) == 1 && !m.Short && p.Level() == baogao.District && !isGuest(l.Text, m) {
					full[p] = true
				}
			}
		}
	}
	if len(full) != 1 {
		return
	}
	for named := range full {
		for p := range t.votes {
			if t.isBare(p) && p.Parent() != named && !parts.Succeeds(p.Parent(), named) {
				t.drop(p)
			}
		}
	}
}

// drop takes back the votes for a town, and those that its county has by it.
func (t *placeTally) drop(p gazetteer.Place) {
	if above := t.votes[p.Parent()]; above != nil && !t.namedItself[p.Parent()] {
		delete(t.votes, p.Parent())
	}
	delete(t.votes, p)
	if u := UnitOf(p); t.units.stranger == "" && t.shares[u] == 1 {
		t.units.stranger = u
	}
}

// The most confidence in a town that is told by its name alone. Towns end, are merged
// and renamed, so that the only living one of a name may not be the one meant; where
// another may be what one of the name has become, and the unit of the county is not told,
// it proves nothing.
const (
	bareTown   = 0.75
	sharedTown = 0.45
)

// capped is a guess of a town that is told by its name alone.
func (t *placeTally) capped(g poll.Guess, p gazetteer.Place) poll.Guess {
	most := bareTown
	if len(t.above) == 0 && len(gazetteer.Kin(p.Name())) > 0 {
		most = sharedTown
	}
	if g.Confidence = min(g.Confidence, most); g.Confidence < poll.Threshold {
		g.Value = ""
	}
	return g
}
