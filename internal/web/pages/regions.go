package pages

import (
	"fmt"
	"slices"
	"strings"

	"baogao"
	"baogao/internal/ask"
)

// An ambiguity is a name that several regions bear.
type ambiguity struct {
	Name    string
	Regions []choice
}

// regionName is what a value of the filter on regions is called.
func regionName(value string) string {
	code, itself := strings.CutPrefix(value, baogao.Itself)
	found := ask.Regions(code)
	switch coded := len(found) > 0 && strings.Trim(code, "0123456789") == ""; {
	case value == baogao.Unknown:
		return unknownRegion
	case coded && itself:
		return ownName(found[0])
	case coded:
		return found[0].Name
	case itself:
		return code + "本级"
	}
	return value
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

// ambiguities lists the regions that names may mean, with what matches in each,
// for the first names as long as there is room.
func ambiguities(s state, named []ask.Named, tree *division) []ambiguity {
	var all []ambiguity
	room := maxChoiceBytes
	for _, n := range named {
		a := ambiguity{Name: n.Name}
		for _, r := range n.Regions {
			t := s.anew()
			t.take(s.typed().Choosing(n, r.Code))
			link := t.URL()
			a.Regions = append(a.Regions, choice{Name: fmt.Sprintf("%s（%d段）", r.Name, tree.passagesIn(r.Code)), Link: link})
			if room -= len(link); room < 0 {
				return all
			}
		}
		all = append(all, a)
	}
	return all
}
