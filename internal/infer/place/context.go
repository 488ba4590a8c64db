package place

import (
	"strings"

	"baogao"
	"baogao/internal/gazetteer"
	"baogao/internal/infer/chars"
	"baogao/internal/infer/host"
	"baogao/internal/infer/parts"
)

// The surroundings of a name are the other places that a document names, its address and the
// organs above its own. They tell which place is meant by a name that is shared.
type surroundings struct {
	host   host.Host
	around map[gazetteer.Place]float64 // how often a place is named
	above  map[Unit]float64            // how often the organs of a unit above are spoken of
}

// lookAround counts the names of every place, a shared name in parts, and the organs
// above.
func lookAround(d *parts.Document) *surroundings {
	t := &surroundings{host: host.Of(d.Address), around: map[gazetteer.Place]float64{}, above: unitsAbove(d.Lines)}
	see := func(l parts.Line) {
		for _, m := range l.Mentions {
			more := kin(m, l.Text)
			n := 1 / (float64(len(m.Places)) + kinFactor*float64(len(more)))
			if m.Short {
				n *= shortFactor
			}
			if isGuest(l.Text, m) {
				n *= guestFactor
			}
			for _, p := range m.Places {
				t.around[p] += n
				if p.Level() == baogao.Street {
					t.around[p.Parent()] += n * townFactor
				}
			}
			for _, p := range more {
				t.around[p.Parent()] += n * kinFactor * townFactor
			}
		}
	}
	for _, list := range [][]parts.Line{d.Title, d.Facts, {d.Path}, d.Page, d.Lines} {
		for _, l := range list {
			see(l)
		}
	}
	return t
}

// context is how much more than by chance a shared name means place p,
// because places above it are named, or places beside it. It is squared, as
// a document that names one city more often than another is seldom of the
// other.
func (t *surroundings) context(p gazetteer.Place) float64 {
	const chance = 0.1
	c := chance
	for q := p.Parent(); q != gazetteer.Country; q = q.Parent() {
		weight := 1.0
		if q.Level() == baogao.Province {
			weight = 0.5
		}
		c += weight * (t.around[q] + t.host.Fits(q))
	}
	if p.Level() == baogao.Street {
		c *= t.underUnit(p.Parent())
	}
	return c * c
}

// underUnit is how likely a town lies in a county of the unit that a
// document names as the one above: 在区委、区政府的领导下.
func (t *surroundings) underUnit(county gazetteer.Place) float64 {
	const chance = 0.2
	sum := 0.0
	for _, n := range t.above {
		sum += n
	}
	u := UnitOf(county)
	if u == Park {
		u = "区" // 经济技术开发区司法局
	}
	return (chance + t.above[u]) / (chance + sum)
}

// unitsAbove counts how often the organs of counties are spoken of, and of
// cities where no county is: those of a city stand above the county too.
func unitsAbove(lines []parts.Line) map[Unit]float64 {
	above := map[Unit]float64{}
	for _, l := range lines {
		organsAbove.Each(l.Text, func(word, at int) {
			if !strings.HasSuffix(l.Text[:at], "社") { // a neighbourhood's
				above[unitsWithOrgans[word/organsOfUnit]]++
			}
		})
	}
	if len(above) > 1 {
		delete(above, "市")
	}
	return above
}

// unitsWithOrgans are the units whose organs stand above those of towns and bureaus, and
// organsAbove these, organsOfUnit of each.
var (
	unitsWithOrgans = []Unit{"区", "县", "旗", "市"}
	organsAbove     = func() *chars.Words {
		var list []string
		for _, u := range unitsWithOrgans {
			list = append(list, string(u)+"委", string(u)+"政府", string(u)+"司法局")
		}
		return chars.NewWords(list)
	}()
)

const organsOfUnit = 3

// isGuest reports whether a place is named as one that is visited, helped or
// learnt from: 赴成都市考察, 对口支援甘孜州, 宁波市经验.
func isGuest(text string, m gazetteer.Mention) bool {
	before, after := chars.Last(text[:m.Start], 10), chars.First(text[m.End:], 8)
	if i := strings.LastIndexAny(before, clauseEnds); i >= 0 {
		before = before[i:]
	}
	if i := strings.IndexAny(after, clauseEnds); i >= 0 {
		after = after[:i]
	}
	return chars.ContainsAny(before, []string{"赴", "学习", "借鉴", "考察", "对口", "支援", "帮扶", "结对", "对接", "协作", "兄弟"}) ||
		chars.ContainsAny(after, []string{"考察", "经验", "对口", "结对", "先进做法", "协作"})
}

// clauseEnds are the marks between clauses.
const clauseEnds = ",。;:"
