// Package weight says what a match is worth: by how often the words stand in a passage,
// and by what the passage is worth whatever is asked for.
package weight

import "math"

// The constants of BM25 (Robertson and Zaragoza, The Probabilistic Relevance
// Framework, 2009). Passages are paragraphs: a long one is one that says more, so
// that its length takes less off than at 0.75, the value most engines use.
const (
	K1 = 1.2
	B  = 0.25
)

// IDF weighs a word that holding of n passages may hold.
func IDF(n, holding int) float64 {
	return math.Log1p((float64(n-holding) + 0.5) / (float64(holding) + 0.5))
}

// BM25 is the score of a word that occurs tf times in a passage whose length
// is a multiple, length, of the mean.
func BM25(idf float64, tf int, length, b float64) float64 { return idf * factor(tf, length, b) }

func factor(tf int, length, b float64) float64 {
	f := float64(tf)
	return f * (K1 + 1) / (f + K1*(1-b+b*length))
}

// Factors are what BM25 with B multiplies idf by, kept for nearly all passages: a
// look takes less than a division.
type Factors struct {
	length func(units uint32) float64 // over the mean
	table  [4][2048]float64           // by times - 1 and units
}

// NewFactors makes the factors of passages whose lengths over the mean are given.
func NewFactors(length func(units uint32) float64) *Factors {
	f := &Factors{length: length}
	for i := range f.table {
		for units := range f.table[i] {
			f.table[i][units] = factor(i+1, length(uint32(units)), B)
		}
	}
	return f
}

// Of is the factor of a word that occurs times in a passage of some units.
func (f *Factors) Of(times int, units uint32) float64 {
	if times <= len(f.table) && int(units) < len(f.table[0]) {
		return f.table[times-1][units]
	}
	return factor(times, f.length(units), B)
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

// Facts are what a prior is told by, in a byte: the figures of a passage, at most
// 127, times 2, and 1 more where it stands in what is planned.
type Facts uint8

// Figures is the number of figures.
func (f Facts) Figures() int { return int(f >> 1) }

// Plan reports whether the passage stands in what is planned.
func (f Facts) Plan() bool { return f&1 != 0 }

// Priors are the priors of running text, by its facts.
type Priors [1 << 8]float64

// The priors among exact matches and in the relaxed tier.
var Exact, Relaxed = newPriors(figureWeight), newPriors(relaxedFigureWeight)

func newPriors(figureWeight float64) *Priors {
	var table Priors
	for i := range table {
		f := Facts(i)
		table[i] = 1 + figureWeight*math.Log1p(float64(f.Figures()))
		if f.Plan() {
			table[i] *= planFactor
		}
	}
	return &table
}

// Of is the factor of the score of a passage by its facts, which is bare where it
// is a heading or a title.
func (p *Priors) Of(f Facts, bare bool) float64 {
	if bare {
		return headingFactor * p[f]
	}
	return p[f]
}
