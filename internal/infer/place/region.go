// Package place tells which division a document speaks for, and on which level: by the
// names in it, by what it calls itself, and by what is written around both.
package place

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"baogao"
	"baogao/internal/gazetteer"
	"baogao/internal/infer/chars"
	"baogao/internal/infer/dates"
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

	*surroundings
	lists  townLists
	year   int              // of the report, 0 unknown
	units  *unitTally       // for what the document calls itself
	shares map[Unit]float64 // of the units
}

// guessRegion weighs which division the document speaks for, and ranks all that
// it may. units and number are the votes for what it calls itself and for its
// number.
func guessRegion(d *parts.Document, units *unitTally, number *poll.Tally, year string) (poll.Guess, []gazetteer.Place) {
	t := &placeTally{
		votes:       map[gazetteer.Place]*poll.Ballot{},
		named:       map[gazetteer.Place]float64{},
		namedItself: map[gazetteer.Place]bool{},
		renamed:     map[gazetteer.Place]bool{},
		year:        dates.Number(year),
		units:       units,
		shares:      units.shares(),

		surroundings: lookAround(d),
	}
	if !units.passing {
		t.lists = townsListed(d.Lines)
		t.lists.addTo(t.surroundings)
	}
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
	guess, ranked := weigher{t}.guess()
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
	weight = weightOf(l, m, weight)
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

// weightOf is the weight of a name that stands where the weight given is usual: more where the words
// around it hint at the report's own place, less for a short name, a guest or a court.
func weightOf(l parts.Line, m gazetteer.Mention, weight float64) float64 {
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
	return weight
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
