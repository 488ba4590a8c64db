package index

import (
	"maps"
	"slices"

	"baogao/index/internal/ranking"
	"baogao/internal/analyzer"
	"baogao/internal/weight"
)

// A vote is that of the single characters of a question on the first passages that
// its parts found.
type vote struct {
	*run
	weights []float64       // of the Chinese characters of the question, in their order
	numbers [1 << 16]uint16 // of those below U+10000, from 1; 0 is none
	beyond  map[rune]uint16 // of the others
	times   []int           // how often each occurs in a passage
	folded  []rune          // room for its text
}

// votingDepth is among how many of the first passages single characters vote.
// Tests change it.
var votingDepth = 1000

// newVote weighs the characters of the question of a run.
func newVote(r *run) *vote {
	in, weights := r.sampled(), r.tree.Characters()
	v := &vote{run: r, weights: make([]float64, len(weights)), times: make([]int, len(weights)), beyond: map[rune]uint16{}}
	for i, c := range slices.Sorted(maps.Keys(weights)) { // in one order, so that sums are the same each time
		v.weights[i] = weights[c] * weight.IDF(in.Passages, in.Holding(c))
		if int(c) < len(v.numbers) {
			v.numbers[c] = uint16(i + 1)
		} else {
			v.beyond[c] = uint16(i + 1)
		}
	}
	return v
}

// on adds to the scores of the first matches what the single characters of the
// question give them, and puts them in order again. Those that follow stay behind
// them.
func (v *vote) on(matches []ranking.Match, o *ranking.Order) {
	first := matches[:min(len(matches), votingDepth)]
	for i := range first {
		m := &first[i]
		v.count(m.Ordinal)
		length := v.view.RelativeLength(v.gen.Units(m.Ordinal))
		rec := &v.gen.Records[m.Ordinal]
		prior := weight.Relaxed.Of(rec.Facts, rec.Bare())
		for n, times := range v.times {
			if times > 0 {
				m.Score += prior * v.weights[n] * weight.BM25(1, times, length, relaxedB)
			}
		}
	}
	slices.SortFunc(first, o.Compare)
}

// count counts the characters in a passage.
func (v *vote) count(ordinal uint32) {
	clear(v.times)
	text := v.gen.Text(int(ordinal))
	if v.gen.Records[ordinal].Settled() && len(v.beyond) == 0 { // Chinese characters stand for themselves
		for ; len(text) >= analyzer.UnitSize; text = text[analyzer.UnitSize:] {
			if n := v.numbers[uint16(text[0])|uint16(text[1])<<8]; n > 0 {
				v.times[n-1]++
			}
		}
		return
	}
	v.folded = analyzer.FoldUTF16(v.folded[:0], text)
	for _, c := range v.folded {
		n := uint16(0)
		if int(c) < len(v.numbers) {
			n = v.numbers[c]
		} else {
			n = v.beyond[c]
		}
		if n > 0 {
			v.times[n-1]++
		}
	}
}
