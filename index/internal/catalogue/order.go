package catalogue

import (
	"cmp"

	"baogao"
)

// By is the order of reports that a sort puts before the score; nil for the order
// by relevance.
func By(sort baogao.Sort) func(a, b *baogao.Meta) int {
	switch sort {
	case baogao.ByYear:
		return func(a, b *baogao.Meta) int { return CompareYears(a.Year, b.Year) }
	case baogao.ByYearDown:
		return func(a, b *baogao.Meta) int { return newest(a.Year, b.Year) }
	case baogao.ByRegion:
		return func(a, b *baogao.Meta) int { return compareRegions(a.Region, b.Region) }
	}
	return nil
}

// CompareYears puts the oldest first and what is not known last.
func CompareYears(a, b int) int {
	if a == 0 || b == 0 {
		return cmp.Compare(b, a)
	}
	return cmp.Compare(a, b)
}

// newest puts the newest first and what is not known last.
func newest(a, b int) int { return cmp.Compare(b, a) }

// compareRegions orders by code and puts what has none last.
func compareRegions(a, b baogao.Region) int {
	if (a.Code == "") != (b.Code == "") {
		return cmp.Compare(b.Code, a.Code)
	}
	return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Name, b.Name))
}
