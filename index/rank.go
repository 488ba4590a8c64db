package index

import (
	"cmp"

	"baogao"
)

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
