package index

import (
	"cmp"
	"math"

	"baogao"
	"baogao/index/internal/store"
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

// lift is the factor by which the score of a passage is raised for its place
// in the report: a report that is about the words is worth more than one that
// mentions them.
func lift(r *store.Record) float64 {
	switch {
	case r.Flags&store.FlagTitle != 0:
		return 2
	case r.Heading > 0:
		return 1.5
	}
	return 1
}

// An order is the order in which matches are shown.
type order struct {
	*Index
	primary func(a, b *baogao.Meta) int // what goes before the score; nil is nothing
}

// compare is below 0 if a comes before b.
func (o order) compare(a, b matched) int {
	i, j := o.gen.Records[a.ordinal].Report, o.gen.Records[b.ordinal].Report
	if o.primary != nil {
		if c := o.primary(&o.gen.Reports[i].Meta, &o.gen.Reports[j].Meta); c != 0 {
			return c
		}
	}
	if a.score != b.score {
		return cmp.Compare(b.score, a.score)
	}
	if i != j {
		return o.reports.Compare(i, j)
	}
	return cmp.Compare(a.ordinal, b.ordinal) // in reading order
}
