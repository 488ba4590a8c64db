package catalogue

import (
	"cmp"

	"baogao"
)

// By is the order of reports that a sort puts before the score; nil for the order
// by relevance.
func (c *Catalogue) By(sort baogao.Sort) func(a, b uint32) int {
	var compare func(a, b *class) int
	switch sort {
	case baogao.ByYear:
		compare = func(a, b *class) int { return compareYears(a.reported, b.reported) }
	case baogao.ByYearDown:
		compare = func(a, b *class) int { return newest(a.reported, b.reported) }
	case baogao.ByRegion:
		compare = func(a, b *class) int { return compareRegions(a.region, b.region) }
	default:
		return nil
	}
	return func(a, b uint32) int { return compare(&c.classes[c.ClassOf[a]], &c.classes[c.ClassOf[b]]) }
}

// compareYears puts the oldest first and what is not known last.
func compareYears(a, b int) int {
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
