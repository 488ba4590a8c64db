package place

import (
	"baogao"
	"baogao/internal/gazetteer"
	"baogao/internal/infer/parts"
	"baogao/internal/infer/poll"
)

// How often regions and levels are right. Those of laws that have lost their title, cut off at
// both ends, were fitted apart, on the middles of 3,185 laws that are not among those
// measured: words for the country fill laws of any province, and what such a law names
// may be what it regulates.
var (
	usualRegion   = poll.Usual
	usualLevel    = poll.Curve{{Share: 0}, {Share: 0.5, Right: 0.5}, {Share: 0.6, Right: 0.6}, {Share: 0.65, Right: 0.88}, {Share: 0.7, Right: 0.93}, {Share: 0.8, Right: 0.97}, {Share: 0.9, Right: 0.985}, {Share: 1, Right: 0.995}}
	countryOfLaw  = poll.Curve{{Share: 0}, {Share: 0.5, Right: 0.5}, {Share: 0.55, Right: 0.6}, {Share: 0.74, Right: 0.64}, {Share: 0.78, Right: 0.81}, {Share: 0.81, Right: 0.85}, {Share: 0.84, Right: 0.98}, {Share: 1, Right: 0.995}}
	placeOfLaw    = poll.Curve{{Share: 0}, {Share: 0.5, Right: 0.5}, {Share: 0.52, Right: 0.84}, {Share: 0.6, Right: 0.9}, {Share: 1, Right: 0.905}}
	nationalOfLaw = poll.Curve{{Share: 0}, {Share: 0.5, Right: 0.5}, {Share: 0.6, Right: 0.58}, {Share: 0.72, Right: 0.68}, {Share: 0.76, Right: 0.84}, {Share: 0.8, Right: 0.98}, {Share: 1, Right: 0.995}}
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
	if lostTitle(d) && best == string(baogao.Country) {
		return nationalOfLaw
	}
	return usualLevel
}

// lostTitle reports whether a document is a law without its title.
func lostTitle(d *parts.Document) bool { return d.Legislation && len(d.Title) == 0 }
