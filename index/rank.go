package index

import (
	"cmp"
	"math"

	"baogao"
	"baogao/index/internal/store"
)

// The constants of BM25 (Robertson and Zaragoza, The Probabilistic Relevance
// Framework, 2009). Passages are paragraphs: a long one is one that says more, so
// that its length takes less off than at 0.75, the value most engines use.
const (
	bm25K1 = 1.2
	bm25B  = 0.25
)

// idf weighs a word that holding of n passages may hold.
func idf(n, holding int) float64 {
	return math.Log1p((float64(n-holding) + 0.5) / (float64(holding) + 0.5))
}

// bm25 is the score of a word that occurs tf times in a passage whose length
// is a multiple, length, of the mean.
func bm25(idf float64, tf int, length, b float64) float64 {
	f := float64(tf)
	return idf * f * (bm25K1 + 1) / (f + bm25K1*(1-b+b*length))
}

// What a passage is worth whatever is asked for, its prior: who asks wants to know
// what was done and found, and figures tell; a plan is worth less. A bare heading
// or title tells nothing: its factor is so small that it stands behind all
// running text. In the relaxed tier figures weigh less, for they are of rules
// there as well.
const (
	figureWeight        = 0.25
	relaxedFigureWeight = 0.15
	planFactor          = 0.8
	headingFactor       = 1e-15
)

// priors are the priors of running text, by its facts.
type priors [1 << 8]float64

var exactPriors, relaxedPriors = newPriors(figureWeight), newPriors(relaxedFigureWeight)

func newPriors(figureWeight float64) *priors {
	var table priors
	for i := range table {
		f := store.Facts(i)
		table[i] = 1 + figureWeight*math.Log1p(float64(f.Figures()))
		if f.Plan() {
			table[i] *= planFactor
		}
	}
	return &table
}

// of is the factor of the score of a passage.
func (p *priors) of(r *store.Record) float64 {
	if r.Bare() {
		return headingFactor * p[r.Facts]
	}
	return p[r.Facts]
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
