package index

import (
	"cmp"
	"math"

	"baogao"
)

// The constants of BM25 (Robertson and Zaragoza, The Probabilistic Relevance
// Framework, 2009), at the values most engines use.
const (
	bm25K1 = 1.2
	bm25B  = 0.75
)

// idf weighs a word that holding of n passages may hold.
func idf(n, holding int) float64 {
	return math.Log1p((float64(n-holding) + 0.5) / (float64(holding) + 0.5))
}

// bm25 is the score of a word that occurs tf times in a passage whose length
// is a multiple, length, of the mean.
func bm25(idf float64, tf int, length float64) float64 {
	f := float64(tf)
	return idf * f * (bm25K1 + 1) / (f + bm25K1*(1-bm25B+bm25B*length))
}

// relativeLength is the length of a passage in units, over the mean.
func (v *view) relativeLength(rec *record) float64 {
	return float64(rec.units) * float64(v.passages) / float64(max(v.units, 1))
}

// An order is the order in which matches are shown.
type order struct {
	x       *Index
	primary func(a, b *baogao.Meta) int // what goes before the score; nil is nothing
}

func (x *Index) orderBy(by baogao.Sort) order {
	return order{x, map[baogao.Sort]func(a, b *baogao.Meta) int{
		baogao.ByYear:     func(a, b *baogao.Meta) int { return compareYears(a.Year, b.Year) },
		baogao.ByYearDown: func(a, b *baogao.Meta) int { return newest(a.Year, b.Year) },
		baogao.ByRegion:   func(a, b *baogao.Meta) int { return compareRegions(a.Region, b.Region) },
	}[by]}
}

// compare is below 0 if a comes before b.
func (o order) compare(a, b match) int {
	i, j := o.x.passages.records[a.ordinal].report, o.x.passages.records[b.ordinal].report
	if o.primary != nil {
		if c := o.primary(&o.x.reports[i].Meta, &o.x.reports[j].Meta); c != 0 {
			return c
		}
	}
	if a.score != b.score {
		return cmp.Compare(b.score, a.score)
	}
	if i != j {
		return cmp.Compare(o.x.order[i], o.x.order[j])
	}
	return cmp.Compare(a.ordinal, b.ordinal) // in reading order
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
