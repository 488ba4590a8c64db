package index

import (
	"cmp"
	"slices"

	"baogao/internal/analyzer"
	"baogao/query"
)

// manyWords is how many words a question must have for a passage to be read
// once for all of them. With fewer it is cheaper to look for each of those that
// the posting lists let it hold.
const manyWords = 8

// A finder finds the words of a plan in one pass over a text: at each character
// it tries those that begin with it.
type finder struct {
	group  []uint16   // of words, by the low bits of their first character
	groups [][]sought // the longest word first; group 0 is of no words
}

// A sought word is one that a finder looks for.
type sought struct {
	*word
	folded []rune
	plain  bool // it stands wherever its characters do
}

// newFinder makes a finder, or nil where there are too few words for one.
func newFinder(words []*word) *finder {
	if len(words) <= manyWords {
		return nil
	}
	f := &finder{group: make([]uint16, 1<<16), groups: make([][]sought, 1)}
	for _, w := range words {
		folded := []rune(w.pattern.String())
		if len(folded) == 0 {
			continue
		}
		g := &f.group[uint16(folded[0])]
		if *g == 0 {
			*g = uint16(len(f.groups))
			f.groups = append(f.groups, nil)
		}
		f.groups[*g] = append(f.groups[*g], sought{w, folded, w.pattern.Bytes() != nil})
	}
	for _, g := range f.groups {
		slices.SortStableFunc(g, func(a, b sought) int { return cmp.Compare(len(b.folded), len(a.folded)) })
	}
	return f
}

// A place is where a word stands in a passage.
type place struct {
	analyzer.Span
	slot     int
	positive bool
}

// findAll finds all words of the passage, those that begin first and of these
// the longest before others.
func (r *reading) findAll() {
	r.load()
	if r.ends == nil {
		r.ends, r.sums = make([]int, len(r.plan.words)), make([]int, len(r.plan.words))
	}
	r.places = r.places[:0]
	clear(r.ends)
	f := r.plan.finder
	for i, c := range r.folded {
		g := f.group[uint16(c)]
		if g == 0 {
			continue
		}
		group := f.groups[g]
		for k := range group {
			if s := &group[k]; r.begins(s, i) {
				end := i + len(s.folded)
				r.ends[s.slot] = end
				r.places = append(r.places, place{analyzer.Span{Start: i, End: end}, s.slot, s.positive})
			}
		}
	}
}

// begins reports whether an occurrence of a word begins at i, all before being
// known.
func (r *reading) begins(s *sought, i int) bool {
	if s.plain {
		return i >= r.ends[s.slot] && i+len(s.folded) <= len(r.folded) && slices.Equal(r.folded[i:i+len(s.folded)], s.folded)
	}
	_, ok := slices.BinarySearchFunc(r.of(s.word), i, func(found analyzer.Span, at int) int { return cmp.Compare(found.Start, at) })
	return ok
}

// countAll counts all words of the passage, and returns how many places are
// marked.
func (r *reading) countAll() (marked uint32) {
	r.findAll()
	return r.countPlaces(analyzer.Span{End: len(r.folded)}, r.places)
}

// countPlaces counts the words at those of some places that lie within a part
// of the passage, and from now on it is that part the plan is asked of. It
// returns how many are marked: of places that overlap the first one alone is.
func (r *reading) countPlaces(part analyzer.Span, places []place) (marked uint32) {
	r.byTimes = true
	clear(r.times)
	end := 0
	for _, p := range places {
		if p.End > part.End {
			continue
		}
		r.times[p.slot]++
		if p.positive && p.Start >= end {
			marked++
			end = p.End
		}
	}
	return marked
}

// matchAll checks the passage against a plan with a finder.
func (r *reading) matchAll() (m match, ok bool) {
	if r.plan.scope == query.Sentence {
		return r.matchSentences()
	}
	marked := r.countAll()
	if !r.holds(r.plan.root, nil) {
		return m, false
	}
	return r.sum(r.times, marked), true
}

// matchSentences checks each sentence of the passage against a plan with a
// finder.
func (r *reading) matchSentences() (m match, ok bool) {
	r.findAll()
	clear(r.sums)
	places, marked := r.places, uint32(0)
	for _, s := range splitSentences(r.folded) {
		n := 0
		for n < len(places) && places[n].Start < s.End {
			n++
		}
		marks := r.countPlaces(s, places[:n])
		places = places[n:]
		if !r.holds(r.plan.root, nil) {
			continue
		}
		ok = true
		marked += marks
		for slot, n := range r.times {
			r.sums[slot] += n
		}
	}
	if !ok {
		return m, false
	}
	return r.sum(r.sums, marked), true
}
