package match

import (
	"cmp"
	"math"
	"slices"

	"baogao/internal/analyzer"
	"baogao/query"
)

// manyWords is how many words a question must have for a passage to be read
// once for all of them. With fewer it is cheaper to look for each of those that
// the index lets it hold.
const manyWords = 8

// A finder finds the words of a tree in one pass over a text: at each character
// it tries those that begin with it.
type finder struct {
	group   [1 << 12]uint16 // of words, by the low bits of their first character
	groups  [][]sought      // the longest word first; group 0 is of no words
	literal []*Word         // those with quotation marks, which are found one by one
}

// A sought word is one that a finder looks for.
type sought struct {
	*Word
	folded []rune
	plain  bool // it stands wherever its characters do
}

// newFinder makes a finder, or nil where there are too few words for one.
func newFinder(words []*Word) *finder {
	if len(words) <= manyWords {
		return nil
	}
	f := &finder{groups: make([][]sought, 1)}
	for _, w := range words {
		folded := []rune(w.Pattern.String())
		if w.Pattern.Literal() {
			f.literal = append(f.literal, w)
			continue
		}
		if len(folded) == 0 {
			continue
		}
		g := &f.group[uint(folded[0])%uint(len(f.group))]
		if *g == 0 {
			*g = uint16(len(f.groups))
			f.groups = append(f.groups, nil)
		}
		f.groups[*g] = append(f.groups[*g], sought{w, folded, w.Pattern.Bytes() != nil})
	}
	for _, g := range f.groups {
		slices.SortStableFunc(g, func(a, b sought) int { return cmp.Compare(len(b.folded), len(a.folded)) })
	}
	return f
}

// A place is where a word stands in a passage, in code points of it.
type place struct {
	analyzer.Span
	slot   int
	marked bool
}

// finding is the matcher of a tree with a finder.
type finding struct {
	*reading
	places []place // of all words
	ends   []int   // where the last place of each word ends in the text as it is read, 0 for none
	sums   []int   // how often each word occurs in the sentences that match
}

func (m *finding) Match(p *Passage) (Found, bool) {
	if m.tree.Scope == query.Sentence {
		return m.matchSentences(p)
	}
	f := m.Find(p)
	return f, m.tree.holds(&counted{f.Times, p})
}

func (m *finding) Find(p *Passage) Found {
	m.turn(p)
	m.findAll()
	return Found{m.times, m.count(math.MaxInt, m.places)}
}

// findAll finds all words of the passage, those that begin first and of these
// the longest before others.
func (m *finding) findAll() {
	m.places = m.places[:0]
	clear(m.ends)
	f, text := m.tree.finder, m.load()
	for i, c := range text.Runes {
		g := f.group[uint(c)%uint(len(f.group))]
		if g == 0 {
			continue
		}
		group := f.groups[g]
		for k := range group {
			if s := &group[k]; m.begins(s, i) {
				end := i + len(s.folded)
				m.ends[s.Slot] = end
				m.places = append(m.places, place{text.Source(analyzer.Span{Start: i, End: end}), s.Slot, s.Marked})
			}
		}
	}
	for _, w := range f.literal {
		for _, s := range m.of(w) {
			m.places = append(m.places, place{s, w.Slot, w.Marked})
		}
	}
	if !text.IsPlain() || len(f.literal) > 0 { // one sign may stand for characters of several words
		slices.SortStableFunc(m.places, func(a, b place) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	}
}

// begins reports whether an occurrence of a word begins at i, all before being
// known.
func (m *finding) begins(s *sought, i int) bool {
	runes := m.text.Runes
	if s.plain {
		return i >= m.ends[s.Slot] && i+len(s.folded) <= len(runes) && slices.Equal(runes[i:i+len(s.folded)], s.folded)
	}
	if i < m.ends[s.Slot] { // of the characters that one sign stands for, several may be the word's first
		return false
	}
	start := m.text.Source(analyzer.Span{Start: i, End: i + 1}).Start
	_, ok := slices.BinarySearchFunc(m.of(s.Word), start, func(found analyzer.Span, at int) int { return cmp.Compare(found.Start, at) })
	return ok
}

// count counts the words at those of some places that end within a part of the
// passage, by where it ends. It returns how many are marked: of places that overlap the first one
// alone is.
func (m *finding) count(within int, places []place) (marked int) {
	clear(m.times)
	end := 0
	for _, p := range places {
		if p.End > within {
			continue
		}
		m.times[p.slot]++
		if p.marked && p.Start >= end {
			marked++
			end = p.End
		}
	}
	return marked
}

// matchSentences matches each sentence of the passage.
func (m *finding) matchSentences(p *Passage) (f Found, ok bool) {
	m.turn(p)
	m.findAll()
	clear(m.sums)
	of, places := counted{m.times, p}, m.places
	for _, s := range splitSentences(m.load()) {
		n := 0
		for n < len(places) && places[n].Start < s.End {
			n++
		}
		marks := m.count(s.End, places[:n])
		places = places[n:]
		if !m.tree.holds(&of) {
			continue
		}
		ok = true
		f.Marks += marks
		for slot, n := range m.times {
			m.sums[slot] += n
		}
	}
	f.Times = m.sums
	return f, ok
}
