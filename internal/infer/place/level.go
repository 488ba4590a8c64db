package place

import (
	"maps"
	"slices"

	"baogao"
	"baogao/internal/gazetteer"
	"baogao/internal/infer/chars"
	"baogao/internal/infer/parts"
	"baogao/internal/infer/poll"
)

// Guess weighs which division a document speaks for and on which level, with the votes
// for its number, and its kind and the year it reports on, "" where they are not known.
func Guess(d *parts.Document, kind string, number *poll.Tally, year string) (where, level poll.Guess) {
	units := unitVotes(d, number, passing(d, kind))
	where, ranked := guessRegion(d, units, number, year)
	level = guessLevel(units, ranked, where)
	if units.passing && where.Value == "" && isBelowCity(baogao.Level(level.Value)) {
		level.Value = "" // it is that of others
	}
	return where, agreeing(level, where, units.shares()[Park] == 1)
}

// guessLevel turns the votes for units into votes for levels. Where the unit
// is 市, the likeliest place of that unit says which level it is on. Names of cities
// and what lies in them say little in a document about other states; see isAbroad.
func guessLevel(units *unitTally, ranked []gazetteer.Place, region poll.Guess) poll.Guess {
	// Ten votes to the best unit, fewer if little speaks for it: one 全市 is 6.
	const most, enough = 10, 20
	shares := units.shares()
	scale := most * min(1, units.best()/enough)
	var t poll.Tally
	for _, u := range slices.Sorted(maps.Keys(shares)) {
		weight := shares[u] * scale / max(units.Sum(string(u)), 1)
		for level, part := range levelsOf(u, ranked, units.doc) {
			if !units.abroad || !isLocal(level) {
				t.Ballot(string(level)).Merge(units.Votes[string(u)], weight*part)
			}
		}
	}
	if region.Value != "" && (len(shares) == 0 || units.abroad && isLocal(ranked[0].Level())) {
		t.Add(string(ranked[0].Level()), 3, poll.Spot{})
	}
	list := t.Ranked()
	if len(list) == 0 {
		return poll.Guess{}
	}
	return t.GuessBy(worthOfLevel(units.doc, list[0].Value))
}

// agreeing is a level that does not contradict the region: a town is no district, and
// a province none of what lies in it. A county may be given for a town that is not in the
// table, and a city for a zone.
func agreeing(level, region poll.Guess, zone bool) poll.Guess {
	own := string(gazetteer.LevelOf(region.Value))
	switch {
	case own == "" || level.Value == own || zone && level.Value == string(baogao.District):
		return level
	case level.Value == "" && own == string(baogao.District) && len(level.Candidates) > 0 && level.Candidates[0].Value == string(baogao.Street):
		return level // of a town that is not in the table, as likely as not
	case level.Value == "", own == string(baogao.Province), own == string(baogao.Country), own == string(baogao.Street), rank(level.Value) < rank(own):
		return poll.Guess{Value: own, Confidence: min(region.Confidence, sureOfRegion), Evidence: region.Evidence, Candidates: level.Candidates}
	}
	return level
}

// sureOfRegion is the most confidence in a level that follows from the region.
const sureOfRegion = 0.9

// rank orders levels from the country down.
func rank(level string) int { return slices.Index(baogao.Levels, baogao.Level(level)) }

// levelsOf is the level of a unit, with 1 for its part. A 市 is on the level of
// the likeliest place that calls itself so; where none is known, the document tells.
func levelsOf(u Unit, ranked []gazetteer.Place, d *parts.Document) map[baogao.Level]float64 {
	if u != "市" {
		return map[baogao.Level]float64{levelOfUnit(u): 1}
	}
	for _, p := range ranked {
		if UnitOf(p) == u {
			return map[baogao.Level]float64{p.Level(): 1}
		}
	}
	return levelsOfNameless(d)
}

// levelsOfNameless is on which levels a 市 may be that is not named. Most documents that say
// no more than 本市 are of cities. A law is of none in a county, which makes no laws, and of
// no municipality, where it speaks of a 市 below its own, 县(市、区), or of a province.
// Of 884 laws whose middles say 本市 or 全市 without being measured by cmd/eval, 419 of 450 of
// cities do so, and 88 of 434 of municipalities.
func levelsOfNameless(d *parts.Document) map[baogao.Level]float64 {
	switch {
	case !d.Legislation:
		return map[baogao.Level]float64{baogao.City: 0.65, baogao.District: 0.35}
	case slices.ContainsFunc(d.Lines, func(l parts.Line) bool { return chars.ContainsAny(l.Text, aroundCity) }):
		return map[baogao.Level]float64{baogao.City: 0.7, baogao.Province: 0.3}
	}
	return map[baogao.Level]float64{baogao.Province: 0.72, baogao.City: 0.28}
}

// aroundCity is what laws of cities speak of, and those of municipalities seldom.
var aroundCity = []string{"县级市", "市、县", "县、市", "(市", "市)", "省"}
