// Package infer reads out of a report what it says of itself: which division it
// speaks for, on which level of government and for which year, of what kind it
// is, who issued it, with which number and when. Everything comes with its
// confidence and the places in the text that speak for it.
package infer

import (
	"baogao"
	"baogao/internal/infer/kind"
	"baogao/internal/infer/parts"
	"baogao/internal/infer/place"
	"baogao/internal/infer/poll"
)

// What Infer reads, and what it says of it.
type (
	Document = parts.Source
	Evidence = poll.Evidence
	Guess    = poll.Guess
)

// The values of Evidence.Line for what is no line of the body.
const (
	InTitle = parts.InTitle
	InFacts = parts.InFacts
	InPath  = parts.InPath
	InPage  = parts.InPage
)

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
	doc := parts.Read(d)
	var in Inference
	published, latest := dateVotes(doc)
	number := numberVotes(doc)
	in.Published, in.Number = published.Guess(), number.Guess()
	in.Issuer = guessIssuer(doc)
	in.Kind = kind.Guess(doc)
	in.Year = guessYear(doc, baogao.Kind(in.Kind.Value), datingOf(published, number, latest))
	in.Region, in.Level = place.Guess(doc, in.Kind.Value, number, in.Year.Value)
	return in
}
