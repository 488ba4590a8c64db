// Package infer reads out of a report what it says of itself: which division it
// speaks for, on which level of government and for which year, of what kind it
// is, who issued it, with which number and when. Everything comes with its
// confidence and the places in the text that speak for it.
package infer

import (
	"maps"
	"slices"

	"baogao"
	"baogao/internal/gazetteer"
)

// A Document is what Infer reads, as it was published.
type Document struct {
	Path    string        // of the file below the indexed folder, "" where unknown
	Title   string        // "" when the report has none
	Facts   []baogao.Fact // the fact table of the page
	Lines   []string      // paragraphs of the body in order, without the title
	Page    []string      // lines of the page around it that were left out: menus, the path through the site
	Address string        // URL of the source if it was given, else "": its host and the date in it may tell
}

// The values of Evidence.Line for what is no line of the body.
const (
	InTitle = -1
	InFacts = -2
	InPath  = -3
	InPage  = -4
)

// Evidence is a place in the document that speaks for a value.
type Evidence struct {
	Text       string // what stands there, as published
	Line       int    // index in Lines, or InTitle, InFacts, InPath, InPage
	Start, End int    // Unicode code points of the line, half-open; in the fact table and the page, of a value or a line
}

// A Guess is an inferred value.
type Guess struct {
	Value      string             // "" when the confidence is below one half
	Confidence float64            // 0 to 1, to six decimals
	Evidence   []Evidence         // for the best candidate; at most five, the most telling first, none overlapping another
	Candidates []baogao.Candidate // at most five, best first; scores are weighted votes, above 0, to six decimals
}

// An Inference holds what was understood of a document. Region.Value is a
// code, Year.Value the year reported on, Published.Value an ISO date.
type Inference struct {
	Region, Level, Year, Kind, Issuer, Number, Published Guess
}

// Infer reads out of a document which division it speaks for, on which level,
// for which year, and of what kind it is, with who issued it, its number and
// when it was published. It takes some milliseconds for a report of 20,000
// characters, and a time that grows with the length of the text, however it
// is cut into lines; of a text of more than 800 kB it reads the beginning and
// the end. All that it reads is folded first, so that the script and width of a
// document make no difference; issuer and number are given folded.
func Infer(d Document) Inference {
	doc := read(d)
	var in Inference
	published, latest := dateVotes(doc)
	number := numberVotes(doc)
	in.Published, in.Number = published.guess(), number.guess()
	in.Issuer = guessIssuer(doc)
	in.Kind = guessKind(doc)
	in.Year = guessYear(doc, in.Kind.Value, datingOf(published, number, latest))
	units := unitVotes(doc, number)
	region, ranked := guessRegion(doc, units, number, in.Year)
	in.Region = region
	in.Level = agreeing(guessLevel(units, ranked, region), region, units.shares()[park] == 1)
	return in
}

// guessLevel turns the votes for units into votes for levels. Where the unit
// is 市, the likeliest place of that unit says which level it is on. Names of cities
// and what lies in them say little in a document about other states; see isAbroad.
func guessLevel(units *unitTally, ranked []gazetteer.Place, region Guess) Guess {
	// Ten votes to the best unit, fewer if little speaks for it: one 全市 is 6.
	const most, enough = 10, 20
	shares := units.shares()
	scale := most * min(1, units.best()/enough)
	var t tally
	for _, u := range slices.Sorted(maps.Keys(shares)) {
		weight := shares[u] * scale / max(units.sum(string(u)), 1)
		for level, part := range levelsOf(u, ranked) {
			if !units.doc.abroad || !isLocal(level) {
				t.ballot(string(level)).merge(units.votes[string(u)], weight*part)
			}
		}
	}
	if region.Value != "" && (len(shares) == 0 || units.doc.abroad && isLocal(ranked[0].Level())) {
		t.add(string(ranked[0].Level()), 3, spot{})
	}
	return t.guess()
}

// agreeing is a level that does not contradict the region: a town is no district, and
// a province none of what lies in it. A county may be given for a town that is not in the
// table, and a city for a zone.
func agreeing(level, region Guess, zone bool) Guess {
	own := string(gazetteer.LevelOf(region.Value))
	switch {
	case own == "" || level.Value == own || zone && level.Value == string(baogao.District):
		return level
	case level.Value == "", own == string(baogao.Province), own == string(baogao.Country), own == string(baogao.Street), rank(level.Value) < rank(own):
		return Guess{Value: own, Confidence: min(region.Confidence, sureOfRegion), Evidence: region.Evidence, Candidates: level.Candidates}
	}
	return level
}

// sureOfRegion is the most confidence in a level that follows from the region.
const sureOfRegion = 0.9

// rank orders levels from the country down.
func rank(level string) int { return slices.Index(baogao.Levels, baogao.Level(level)) }

// levelsOf is the level of a unit, with 1 for its part. A 市 is on the level of
// the likeliest place that calls itself so; where none is known, most of the
// documents that say no more than 本市 are of cities.
func levelsOf(u unit, ranked []gazetteer.Place) map[baogao.Level]float64 {
	if u != "市" {
		return map[baogao.Level]float64{levelOfUnit(u): 1}
	}
	for _, p := range ranked {
		if unitOf(p) == u {
			return map[baogao.Level]float64{p.Level(): 1}
		}
	}
	return map[baogao.Level]float64{baogao.City: 0.65, baogao.District: 0.35}
}
