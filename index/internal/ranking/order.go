package ranking

import (
	"cmp"

	"baogao"
	"baogao/index/internal/catalogue"
	"baogao/index/internal/store"
)

// A Match is a passage that a question matched.
type Match struct {
	Ordinal     uint32
	Occurrences uint32
	Score       float64
}

// A Selection is which of the matches of a question are shown.
type Selection struct {
	By    baogao.Sort
	Need  int    // how many of the best are kept
	After *Match // only those behind it are; nil is no such bound

	Grouped bool // of each report the first is kept, with what matches in it
}

// An Order is the order in which matches are shown.
type Order struct {
	gen     *store.Generation
	reports *catalogue.Catalogue
	primary func(a, b uint32) int // what goes before the score; nil is nothing
}

// NewOrder makes the order of a sort.
func NewOrder(gen *store.Generation, reports *catalogue.Catalogue, by baogao.Sort) Order {
	return Order{gen, reports, reports.By(by)}
}

// ByScore reports whether nothing goes before the score.
func (o *Order) ByScore() bool { return o.primary == nil }

// Compare is below 0 if a comes before b.
func (o *Order) Compare(a, b Match) int {
	if o.primary == nil && a.Score != b.Score {
		return cmp.Compare(b.Score, a.Score)
	}
	i, j := o.gen.Records[a.Ordinal].Report, o.gen.Records[b.Ordinal].Report
	if o.primary != nil {
		if c := o.primary(i, j); c != 0 {
			return c
		}
	}
	if a.Score != b.Score {
		return cmp.Compare(b.Score, a.Score)
	}
	if i != j {
		return o.reports.Compare(i, j)
	}
	return cmp.Compare(a.Ordinal, b.Ordinal) // in reading order
}
