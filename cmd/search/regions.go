package main

import (
	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/gazetteer"
)

// resolve looks a region up in the gazetteer.
func resolve(name string) []baogao.Region {
	var found []baogao.Region
	for _, d := range gazetteer.Resolve(analyzer.Fold(name)) {
		found = append(found, baogao.Region{Code: d.Code, Name: d.FullName(), Path: d.Path})
	}
	return found
}
