package tally

import (
	"cmp"

	"baogao"
)

// By is the order of classes that a sort puts before the score; nil for the order
// by relevance.
func By(sort baogao.Sort) func(a, b *Class) int {
	switch sort {
	case baogao.ByYear:
		return func(a, b *Class) int { return CompareYears(a.Reported, b.Reported) }
	case baogao.ByYearDown:
		return func(a, b *Class) int { return Newest(a.Reported, b.Reported) }
	case baogao.ByRegion:
		return func(a, b *Class) int { return compareRegions(a.Region, b.Region) }
	}
	return nil
}

// Newest puts the newest year first and what is not known last.
func Newest(a, b int) int { return cmp.Compare(b, a) }

// CompareYears puts the oldest first and what is not known last.
func CompareYears(a, b int) int {
	if a == 0 || b == 0 {
		return cmp.Compare(b, a)
	}
	return cmp.Compare(a, b)
}

// compareRegions orders by code and puts what has none last.
func compareRegions(a, b baogao.Region) int {
	if (a.Code == "") != (b.Code == "") {
		return cmp.Compare(b.Code, a.Code)
	}
	return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Name, b.Name))
}
