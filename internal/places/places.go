// Package places is the gazetteer in the words of the root package: which
// regions a person may mean, and what lies in them.
package places

import (
	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/gazetteer"
)

// Resolve returns the regions that a name or a code may mean, the likeliest
// first. It is a baogao.Resolver.
func Resolve(name string) []baogao.Region {
	return regions(gazetteer.Resolve(analyzer.Fold(name)))
}

// Below lists the divisions directly below the one with a code, in the order
// of their codes.
func Below(code string) []baogao.Region { return regions(gazetteer.Below(code)) }

func regions(divisions []gazetteer.Division) []baogao.Region {
	var all []baogao.Region
	for _, d := range divisions {
		all = append(all, baogao.Region{Code: d.Code, Name: d.FullName(), Path: d.Path})
	}
	return all
}
