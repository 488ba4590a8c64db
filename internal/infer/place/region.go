// Package place tells which division a document speaks for, and on which level: by the
// names in it, by what it calls itself, and by what is written around both.
package place

import (
	"cmp"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"baogao"
	"baogao/internal/gazetteer"
	"baogao/internal/infer/chars"
	"baogao/internal/infer/dates"
	"baogao/internal/infer/host"
	"baogao/internal/infer/parts"
	"baogao/internal/infer/poll"
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
	loneFactor   = 1.5  // no other place is named
	loneShare    = 0.5  // of the units, that of a lone place which the document may be of
	kinFactor    = 0.3  // 白沙乡 may be what is 白沙镇 now
	guestFactor  = 0.2  // 赴成都市考察, 对口支援甘孜州
)

// A placeTally counts votes for places and how often each is named.
type placeTally struct {
	votes map[gazetteer.Place]*poll.Ballot
	named map[gazetteer.Place]float64

	namedItself map[gazetteer.Place]bool // not only as what lies above another
	renamed     map[gazetteer.Place]bool // towns that are named by what they were

	listedTowns map[gazetteer.Place]int       // of each county, in lists of towns
	listedAt    map[gazetteer.Place]poll.Spot // where the first of them stand

	host   host.Host
	around map[gazetteer.Place]float64 // how often a place is named
	above  map[Unit]float64            // how often the organs of a unit above are spoken of
	year   int                         // of the report, 0 unknown
	units  *unitTally                  // for what the document calls itself
	shares map[Unit]float64            // of the units
}

// guessRegion weighs which division the document speaks for, and ranks all that
// it may. units and number are the votes for what it calls itself and for its
// number.
func guessRegion(d *parts.Document, units *unitTally, number *poll.Tally, year string) (poll.Guess, []gazetteer.Place) {
	t := &placeTally{
		votes: map[gazetteer.Place]*poll.Ballot{},
		named: map[gazetteer.Place]float64{},
		host:  host.Of(d.Address),

		namedItself: map[gazetteer.Place]bool{},
		renamed:     map[gazetteer.Place]bool{},
		listedTowns: map[gazetteer.Place]int{},
		listedAt:    map[gazetteer.Place]poll.Spot{},
		around:      map[gazetteer.Place]float64{},
		above:       unitsAbove(d.Lines),
		year:        dates.Number(year),
		units:       units,
		shares:      units.shares(),
	}
	t.lookAround(d)
	t.names(d)
	t.pages(d)
	t.zones(d)
	t.hosted()
	t.byList()
	t.numbered(number)
	t.country()
	t.nameless()
	if slices.ContainsFunc(townUnits, func(u Unit) bool { return t.shares[u] == 1 }) {
		t.townsByStem(d.Lines)
	}
	t.dropElsewhere(d)
	guess, ranked := t.guess()
	if len(ranked) > 0 && t.isBare(ranked[0]) {
		guess = t.capped(guess, ranked[0])
	}
	return guess, ranked
}

func sortedPlaces[V any](m map[gazetteer.Place]V) []gazetteer.Place {
	return slices.Sorted(maps.Keys(m))
}

// names adds what a document names, by where it stands.
func (t *placeTally) names(d *parts.Document) {
	for _, l := range d.Title {
		t.line(l, inTitle)
	}
	for _, l := range d.Facts {
		if l.NamesIssuer() || l.NamesHome() {
			t.line(l, inFact)
		} else {
			t.line(l, inText)
		}
	}
	t.line(d.Path, inDocPath)
	for _, l := range d.Lines {
		switch l.Role {
		case parts.Signature:
			t.line(l, inSignature)
		case parts.Head:
			t.line(l, inHead)
		case parts.Opening:
			t.opening(l)
		case parts.Chrome:
			t.source(l)
		default:
			t.line(l, inText)
		}
	}
}

// source adds the names of a line of the page; one that stands as the source of the text has more
// weight, if it is an organ's.
func (t *placeTally) source(l parts.Line) {
	for _, m := range l.Mentions {
		weight := float64(inText)
		if sourceOf.MatchString(l.Text[:m.Start]) && organBehind.MatchString(l.Text[m.End:]) {
			weight = inFact
		}
		t.mention(l, m, weight)
	}
}

var (
	sourceOf    = regexp.MustCompile(`(?:来源|作者|机构|单位)[^\p{Han}]{0,3}$`)
	organBehind = regexp.MustCompile(`^\p{Han}{0,14}(?:局|委员会|政府|办公室|办事处|厅|管委会)`)
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

// line adds the names of a line. Only the first that is no parent of the
// next gets the weight; the rest are mentions.
func (t *placeTally) line(l parts.Line, weight float64) {
	if chars.HasAnyPrefix(strings.TrimSpace(l.Text), ministries) {
		weight = inText // 国务院关于…的批复: what is named is not who speaks
	}
	for _, m := range l.Mentions {
		t.mention(l, m, weight)
		if !m.Inner {
			weight = inText
		}
	}
}

// opening adds the names of a first line: the subject has more weight.
func (t *placeTally) opening(l parts.Line) {
	chain := 0 // byte where the chain of the mention begins
	for i, m := range l.Mentions {
		if i == 0 || !l.Mentions[i-1].Inner {
			chain = m.Start
		}
		weight := float64(inText)
		switch {
		case isSubject(l.Text, chain, m.End):
			weight = inOpening
		case !m.Short:
			weight = 2 * inText
		}
		t.mention(l, m, weight)
	}
}

func (t *placeTally) mention(l parts.Line, m gazetteer.Mention, weight float64) {
	told, short := hint(l.Text, m), m.Short && !ofZone.MatchString(l.Text[m.End:])
	if told > 0 && weight < told {
		weight = told
	} else if short && weight > inText {
		weight *= 0.6
	} else if short {
		weight *= shortFactor
	}
	if m.Inner {
		weight *= innerFactor
	}
	if weight <= 2*inText && isGuest(l.Text, m) {
		weight *= guestFactor
	}
	if weight <= inText && embedded(l.Text, m) {
		weight *= innerFactor
	}
	if chars.HasAnyPrefix(l.Text[m.End:], []string{"中级人民法院", "中级法院", "中院"}) {
		weight *= courtFactor
	}
	places := append(m.Places[:len(m.Places):len(m.Places)], kin(m, l.Text)...)
	shares, sum := make([]float64, len(places)), 0.0
	for i, p := range places {
		if hint(l.Text, m) == 0 && t.units.isPassed(l, m, p) {
			continue
		}
		shares[i] = t.likelihood(p, m)
		if i >= len(m.Places) {
			shares[i] *= kinFactor
		}
		if len(places) > 1 {
			shares[i] *= t.context(p)
		}
		sum += shares[i]
	}
	if sum == 0 {
		return
	}
	for i, p := range places {
		if share := shares[i] / sum; share > 0 {
			if p.Level() == baogao.Street && p.Name() != l.Text[m.Start:m.End] {
				t.renamed[p] = true
			}
			t.vote(p, weight*t.units.chance(p), share, l.Of(m))
		}
	}
}

// ofZone follows the name of the place that a zone is called by, which has no word for its unit:
// 常熟经济技术开发区.
var ofZone = regexp.MustCompile(`^(?:经济技术开发区|高新技术产业开发区|经济开发区|工业园区|高新区|经开区)`)

// likelihood is how likely a name means place p before anything else is
// known: names that ended before the year reported on are out, and a short
// name rather means the larger place.
func (t *placeTally) likelihood(p gazetteer.Place, m gazetteer.Mention) float64 {
	ended := p.Ended()
	switch {
	case ended > 0 && t.year > ended:
		return 0
	case ended > 0 && t.year == 0:
		return 0.3
	case m.Short && !slices.Contains(gazetteer.Highest(m.Places), p):
		return 0.3
	}
	return 1
}

// vote gives a place its share of the votes for a name, and most of it to
// the county of a town. The spot speaks as loud as the whole name does, so
// that a title with a shared name is shown before a mention.
func (t *placeTally) vote(p gazetteer.Place, weight, share float64, at poll.Spot) {
	t.ballot(p).Cast(weight*share, weight, at)
	t.named[p] += share
	t.namedItself[p] = true
	if p.Level() == baogao.Street {
		t.ballot(p.Parent()).Cast(weight*share*townFactor, weight*townFactor, at)
	}
}

// ballot returns the votes for a place, to add to.
func (t *placeTally) ballot(p gazetteer.Place) *poll.Ballot {
	b := t.votes[p]
	if b == nil {
		b = &poll.Ballot{}
		t.votes[p] = b
	}
	return b
}

// country votes for the whole country where the document speaks for it.
func (t *placeTally) country() {
	if b := t.units.Votes[string(nation)]; b != nil {
		t.ballot(gazetteer.Country).Merge(b, 1)
	}
}

// scores weighs the votes of every place named, with those of the places
// below it, by the names of those above it and by what the document calls
// itself.
func (t *placeTally) scores() map[gazetteer.Place]float64 {
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
func (t *placeTally) boost(p gazetteer.Place) float64 {
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
func (t *placeTally) share(p gazetteer.Place) float64 {
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

// guess gives the code of the best place and the places ranked.
func (t *placeTally) guess() (poll.Guess, []gazetteer.Place) {
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
	return poll.Decide(list, second, votes, poll.Usual), ranked
}

// rivalry is how much the score of a place tells against another: less if it
// lies above or below it, as a report of a town names its county.
func rivalry(p, best gazetteer.Place) float64 {
	if p.In(best) || best.In(p) {
		return 0.5
	}
	return 1
}
