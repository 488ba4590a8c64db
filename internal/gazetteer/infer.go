package gazetteer

import (
	"maps"
	"slices"
)

// A Fact is a row of the fact table of a page. Text is folded.
type Fact struct{ Label, Value string } // 发布机构, 鼓楼区人民政府

// A Document is what Infer reads. All text is folded.
type Document struct {
	Path    string   // of the file below the indexed folder, "" where unknown
	Title   string   // "" when the report has none
	Facts   []Fact   // the fact table of the page
	Lines   []string // paragraphs of the body in order, without the title
	Address string   // URL of the source if it was given, else ""; of use for the date in it
}

// The values of Evidence.Line for what is no line of the body.
const (
	InTitle = -1
	InFacts = -2
	InPath  = -3
)

// Evidence is a place in the document that speaks for a value.
type Evidence struct {
	Text       string // what stands there
	Line       int    // index in Lines, or InTitle, InFacts, InPath
	Start, End int    // Unicode code points of the line, half-open; in the fact table, of a value
}

// A Candidate is a value that was considered.
type Candidate struct {
	Value string
	Label string  // the full name of a region, else ""
	Score float64 // its weighted votes, above 0, to six decimals
}

// A Guess is an inferred value.
type Guess struct {
	Value      string      // "" when the confidence is below one half
	Confidence float64     // 0 to 1, to six decimals
	Evidence   []Evidence  // for the best candidate; at most five, the most telling first, none overlapping another
	Candidates []Candidate // at most five, best first
}

// An Inference holds what was understood of a document. Region.Value is a
// code, Year.Value the year reported on, Published.Value an ISO date.
type Inference struct {
	Region, Level, Year, Kind, Issuer, Number, Published Guess
}

// Infer reads out of a document which division it speaks for, on which rung,
// for which year, and of what kind it is, with who issued it, its number and
// when it was published. It takes some milliseconds for a report of 20,000
// characters, and a time that grows with the length of the text, however it
// is cut into lines; of a text of more than 800 kB it reads the beginning and
// the end.
func Infer(d Document) Inference {
	r := newReader(d)
	var in Inference
	published, number := r.published(), r.number()
	in.Published, in.Number = published.guess(), number.guess()
	in.Issuer = r.issuer()
	in.Kind = r.guessKind()
	in.Year = r.guessYear(in.Kind.Value, datingOf(published, number))
	units := r.guessUnit()
	region, ranked := r.guessRegion(units, in.Year)
	in.Region = region
	in.Level = r.guessLevel(units, ranked, region)
	return in
}

// guessLevel turns the votes for units into votes for levels. Where the unit
// is 市, the likeliest place of that unit says which level it is on.
func (r *reader) guessLevel(units *unitTally, ranked []int32, region Guess) Guess {
	// Ten votes to the best unit, fewer if little speaks for it: one 全市 is 6.
	const most, enough = 10, 20
	shares := units.shares()
	scale := most * min(1, units.best()/enough)
	var t tally
	for _, u := range slices.Sorted(maps.Keys(shares)) {
		weight := shares[u] * scale / max(units.sum(string(u)), 1)
		for on, part := range r.rungsOf(u, ranked) {
			t.ballot(on.level()).merge(units.votes[string(u)], weight*part)
		}
	}
	if len(shares) == 0 && region.Value != "" {
		t.add(r.t.places[ranked[0]].rung.level(), 3, spot{})
	}
	return t.guess()
}

// rungsOf is the rung of a unit, with 1 for its part. A 市 is on the rung of the
// likeliest place that calls itself so; where none is known, most of the
// documents that say no more than 本市 are of cities.
func (r *reader) rungsOf(u unit, ranked []int32) map[rung]float64 {
	if u != "市" {
		return map[rung]float64{rungOfUnit(u): 1}
	}
	for _, p := range ranked {
		if unitOf(r.t.places[p]) == u {
			return map[rung]float64{r.t.places[p].rung: 1}
		}
	}
	return map[rung]float64{city: 0.65, county: 0.35}
}
