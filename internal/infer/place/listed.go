package place

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"baogao"
	"baogao/internal/gazetteer"
	"baogao/internal/infer/chars"
	"baogao/internal/infer/parts"
	"baogao/internal/infer/poll"
)

// townList is a list of towns that share the word for their unit: 黄楼、丰财、琵琶等街道.
var townList = regexp.MustCompile(`((?:\p{Han}{2,6}、)+\p{Han}{2,4}?)(?:等?[\d一二三四五六七八九十两]{0,3}个?|等)(?:街道|镇|乡)`)

// countiesByTown are the living counties by the names of their towns without the
// word for the unit.
var countiesByTown = sync.OnceValue(func() map[string][]gazetteer.Place {
	list := map[string][]gazetteer.Place{}
	for p := gazetteer.Country + 1; p.Valid(); p++ {
		if p.Level() != baogao.Street || p.Ended() > 0 {
			continue
		}
		if stem := p.Stem(); utf8.RuneCountInString(stem) >= 2 && !slices.Contains(list[stem], p.Parent()) {
			list[stem] = append(list[stem], p.Parent())
		}
	}
	return list
})

// The townLists of a document tell how many different towns that it lists lie in a county.
type townLists struct {
	towns map[gazetteer.Place]int
	at    map[gazetteer.Place]poll.Spot // where the first of them stand
}

// townsListed counts, for each county, how many different towns of lists lie in it.
func townsListed(lines []parts.Line) townLists {
	t := townLists{map[gazetteer.Place]int{}, map[gazetteer.Place]poll.Spot{}}
	seen := map[string]bool{}
	for _, l := range lines {
		if !strings.Contains(l.Text, "、") || !chars.ContainsAny(l.Text, []string{"街道", "镇", "乡"}) {
			continue
		}
		for _, m := range townList.FindAllStringSubmatchIndex(l.Text, -1) {
			for i, name := range strings.Split(l.Text[m[2]:m[3]], "、") {
				if stem := townStemIn(name, i == 0); stem != "" && !seen[stem] {
					seen[stem] = true
					for _, county := range countiesByTown()[stem] {
						t.towns[county]++
						if t.towns[county] == 1 {
							t.at[county] = l.Span(m[0], m[1])
						}
					}
				}
			}
		}
	}
	return t
}

// addTo adds the counties of more towns than one to the names of what is around.
func (t townLists) addTo(s *surroundings) {
	for _, county := range sortedPlaces(t.towns) { // sums of floats depend on the order
		if n := t.towns[county]; n > 1 {
			s.around[county] += float64(n) * townFactor
			s.around[county.Parent()] += float64(n) * townFactor * townFactor
		}
	}
}

// most is the county that has most of the towns, with their number and that of the next.
func (t townLists) most() (best gazetteer.Place, first, second int) {
	best = gazetteer.Country
	for _, p := range sortedPlaces(t.towns) {
		switch n := t.towns[p]; {
		case n > t.towns[best]:
			best, second = p, t.towns[best]
		case n > second:
			second = n
		}
	}
	return best, t.towns[best], second
}

// townStemIn is a name of a list, or the longest end of the first one, before which other
// words stand, that is the name of a town, "" for none.
func townStemIn(name string, first bool) string {
	for utf8.RuneCountInString(name) >= 2 {
		if countiesByTown()[name] != nil {
			return name
		}
		if !first {
			return ""
		}
		_, n := utf8.DecodeRuneInString(name)
		name = name[n:]
	}
	return ""
}
