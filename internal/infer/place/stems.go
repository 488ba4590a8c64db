package place

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"baogao/internal/gazetteer"
	"baogao/internal/infer/chars"
	"baogao/internal/infer/parts"
)

// townsByStem adds what a report of a town calls its town for short: 郭家沱
// in 郭家沱大桥. Only towns of counties that are named are looked for, and
// only stems of three characters or more. The first place in a line counts,
// unless it is the full name.
func (t *placeTally) townsByStem(lines []parts.Line) {
	const unique, shared = 1.5, 0.35
	stems := t.stemsOfTowns()
	if len(stems) == 0 {
		return
	}
	seen := map[gazetteer.Place]int{} // the line, counted from 1, where a town was last seen
	for n, l := range lines {
		for i := range l.Text {
			for _, s := range stems[chars.First(l.Text[i:], 2)] {
				if seen[s.town] == n+1 || !strings.HasPrefix(l.Text[i:], s.stem) {
					continue
				}
				seen[s.town] = n + 1
				weight := unique
				if len(gazetteer.Named(s.town.Name())) > 1 {
					weight = shared
				}
				if !strings.HasPrefix(l.Text[i:], s.town.Name()) {
					t.vote(s.town, weight, 1, l.At(i, len(s.stem)))
				}
			}
		}
	}
}

// A townStem is the name of a town without the word for its unit.
type townStem struct {
	town gazetteer.Place
	stem string
}

// stemsOfTowns lists the towns that townsByStem looks for by the first two
// characters of their names.
func (t *placeTally) stemsOfTowns() map[string][]townStem {
	stems := map[string][]townStem{}
	for _, above := range slices.Sorted(maps.Keys(t.named)) {
		for _, p := range above.Towns() {
			if s := p.Stem(); utf8.RuneCountInString(s) >= 3 {
				stems[chars.First(s, 2)] = append(stems[chars.First(s, 2)], townStem{p, s})
			}
		}
	}
	return stems
}
