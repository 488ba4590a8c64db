package pages

import (
	"fmt"
	"slices"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/study"
	"baogao/internal/web/address"
)

// An ambiguity is a name that several regions bear.
type ambiguity struct {
	Name    string
	Regions []choice
}

// apart gives regions of one name, districts of several cities, their full names.
func apart(values []baogao.FacetValue) []baogao.FacetValue {
	bearers := map[string]int{}
	for _, v := range values {
		bearers[v.Label]++
	}
	values = slices.Clone(values)
	for i, v := range values {
		if bearers[v.Label] < 2 {
			continue
		}
		if found := ask.Meant(v.Value); len(found) == 1 {
			values[i].Label = found[0].Name
		}
	}
	return values
}

// maxChoiceBytes is how long the addresses are together that choose one region
// of a name: each has a question of its own.
const maxChoiceBytes = 64 << 10

// ambiguities lists the regions that names may mean, with what matches in each, or
// that nothing is held of it, for the first names as long as there is room.
func ambiguities(s address.State, named []ask.Named, tree *division, spread *study.Spread) []ambiguity {
	var all []ambiguity
	room := maxChoiceBytes
	for _, n := range named {
		a := ambiguity{Name: n.Name}
		for _, r := range n.Regions {
			t := s.Anew()
			t.Take(s.Typed().Choosing(n, r.Code))
			link := t.URL()
			found := fmt.Sprintf("%d段", tree.passagesIn(r.Code))
			if spread.HeldIn(r.Code) == 0 {
				found = "未收录"
			}
			a.Regions = append(a.Regions, choice{Name: r.Name + "（" + found + "）", Link: link})
			if room -= len(link); room < 0 {
				return all
			}
		}
		all = append(all, a)
	}
	return all
}
