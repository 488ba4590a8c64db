package place

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"baogao"
	"baogao/internal/gazetteer"
	"baogao/internal/infer/parts"
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

// listed counts, for each county, how many different towns of lists lie in it, and those of
// the county that has the most of them as names of what is around.
func (t *placeTally) listed(lines []parts.Line) {
	seen := map[string]bool{}
	for _, l := range lines {
		if !strings.Contains(l.Text, "、") {
			continue
		}
		for _, m := range townList.FindAllStringSubmatchIndex(l.Text, -1) {
			for i, name := range strings.Split(l.Text[m[2]:m[3]], "、") {
				if stem := townStemIn(name, i == 0); stem != "" && !seen[stem] {
					seen[stem] = true
					for _, county := range countiesByTown()[stem] {
						t.listedTowns[county]++
						if t.listedTowns[county] == 1 {
							t.listedAt[county] = l.Span(m[0], m[1])
						}
					}
				}
			}
		}
	}
	for _, county := range sortedPlaces(t.listedTowns) { // sums of floats depend on the order
		if n := t.listedTowns[county]; n > 1 {
			t.around[county] += float64(n) * townFactor
			t.around[county.Parent()] += float64(n) * townFactor * townFactor
		}
	}
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

// byList adds the county that has most of the towns that are listed, where it has so many
// that no other comes near.
func (t *placeTally) byList() {
	const inList, enough = 2.5, 3
	best, second := gazetteer.Country, 0
	for _, p := range sortedPlaces(t.listedTowns) {
		switch n := t.listedTowns[p]; {
		case n > t.listedTowns[best]:
			best, second = p, t.listedTowns[best]
		case n > second:
			second = n
		}
	}
	n := t.listedTowns[best]
	fits := t.host.Fits(best) > 0
	if n >= enough && second <= n-2 || n == 2 && second < 2 && fits || n >= 2 && second == 1 && t.votes[best] != nil {
		weight := inList
		if fits {
			weight += inHost
		}
		t.vote(best, weight, 1, t.listedAt[best])
	}
}
