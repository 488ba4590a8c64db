package main

import (
	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/gazetteer"
)

// resolve looks a region up in the gazetteer.
func resolve(name string) []baogao.Region {
	return regions(gazetteer.Resolve(analyzer.Fold(name)))
}

// children lists the divisions directly below one.
func children(code string) []baogao.Region { return regions(gazetteer.Below(code)) }

func regions(divisions []gazetteer.Division) []baogao.Region {
	var all []baogao.Region
	for _, d := range divisions {
		all = append(all, baogao.Region{Code: d.Code, Name: d.FullName(), Path: d.Path})
	}
	return all
}
