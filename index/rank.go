package index

import (
	"cmp"
	"container/heap"
	"math"
	"slices"

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
func (v *view) relativeLength(rec record) float64 {
	return float64(rec.units) * float64(v.passages) / float64(max(v.units, 1))
}

// compare returns the order in which matches are shown.
func (x *Index) compare(by baogao.Sort) func(a, b match) int {
	primary := map[baogao.Sort]func(a, b match) int{
		baogao.ByYear:     func(a, b match) int { return compareYears(x.meta(a).Year, x.meta(b).Year) },
		baogao.ByYearDown: func(a, b match) int { return newest(x.meta(a).Year, x.meta(b).Year) },
		baogao.ByRegion: func(a, b match) int {
			return compareRegions(x.meta(a).Region, x.meta(b).Region)
		},
	}[by]
	// Not by cmp.Or, which compares everything before it looks at anything: this
	// is asked once for each match.
	return func(a, b match) int {
		if primary != nil {
			if c := primary(a, b); c != 0 {
				return c
			}
		}
		if a.score != b.score {
			return cmp.Compare(b.score, a.score)
		}
		i, j := x.passages.records[a.ordinal].report, x.passages.records[b.ordinal].report
		if i != j {
			return cmp.Compare(x.order[i], x.order[j])
		}
		return cmp.Compare(a.ordinal, b.ordinal) // in reading order
	}
}

func (x *Index) meta(m match) *baogao.Meta {
	return &x.reports[x.passages.records[m.ordinal].report].Meta
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

// top returns the first n matches in order, without sorting the rest.
func top(matches []match, n int, compare func(a, b match) int) []match {
	if n >= len(matches) {
		slices.SortFunc(matches, compare)
		return matches
	}
	h := &worst{compare: compare}
	for _, m := range matches {
		if len(h.matches) < n {
			heap.Push(h, m)
		} else if n > 0 && compare(m, h.matches[0]) < 0 {
			h.matches[0] = m
			heap.Fix(h, 0)
		}
	}
	slices.SortFunc(h.matches, compare)
	return h.matches
}

// worst is a heap with the last match of an order on top.
type worst struct {
	matches []match
	compare func(a, b match) int
}

func (h *worst) Len() int           { return len(h.matches) }
func (h *worst) Less(i, j int) bool { return h.compare(h.matches[i], h.matches[j]) > 0 }
func (h *worst) Swap(i, j int)      { h.matches[i], h.matches[j] = h.matches[j], h.matches[i] }
func (h *worst) Push(m any)         { h.matches = append(h.matches, m.(match)) }
func (h *worst) Pop() any {
	m := h.matches[len(h.matches)-1]
	h.matches = h.matches[:len(h.matches)-1]
	return m
}
