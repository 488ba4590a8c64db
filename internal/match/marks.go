package match

import (
	"cmp"
	"slices"

	"baogao/internal/analyzer"
	"baogao/query"
)

// windowSize is the length of the window shown first, and windowSlack how
// much of it is given up to end behind punctuation, in code points.
const (
	windowSize  = 200
	windowSlack = 70
)

// A Shower shows one passage after another, for one goroutine.
type Shower struct{ *reading }

// Shower returns what shows the passages that the tree matches.
func (t *Tree) Shower() Shower { return Shower{newReading(t)} }

// Show returns the places of a passage to be marked and the window of it that is
// worth showing first. Marked are the occurrences of the marked words, in the
// sentences that match where the question asks for sentences.
func (r Shower) Show(p *Passage) (marks []analyzer.Span, window analyzer.Span) {
	t := r.tree
	r.turn(p)
	switch {
	case t.loose:
		marks = joined(r.spansInside(nil))
	case t.Scope == query.Sentence && len(t.Words) > 0:
		marks = r.marks(r.sentences())
	default:
		marks = r.marks(nil)
	}
	return marks, Window(r.folded(), marks)
}

// folded are the folded characters of the passage, one for each of it.
func (r *reading) folded() []rune {
	if text := r.load(); text.IsPlain() {
		return text.Runes
	}
	return analyzer.FoldUTF16(nil, r.passage.Text)
}

// marks returns the occurrences of the marked words in some sentences, from
// left to right. Where two overlap, the one that begins first stands, and of
// those the longest.
func (r *reading) marks(sentences []analyzer.Span) []analyzer.Span {
	return withoutOverlap(r.spansInside(sentences))
}

// spansInside returns the occurrences of all marked words in some sentences of
// the passage, or in all of it if sentences is nil.
func (r *reading) spansInside(sentences []analyzer.Span) []analyzer.Span {
	var all []analyzer.Span
	for _, w := range r.tree.Words {
		if w.Marked {
			all = append(all, inside(r.of(w), sentences)...)
		}
	}
	return all
}

// inside returns the spans that lie within one of the sentences, all of them
// if sentences is nil. Both stand in order, without overlaps.
func inside(spans, sentences []analyzer.Span) []analyzer.Span {
	if sentences == nil {
		return spans
	}
	var kept []analyzer.Span
	for _, in := range sentences {
		from, _ := slices.BinarySearchFunc(spans, in.Start, func(s analyzer.Span, start int) int { return cmp.Compare(s.Start, start) })
		for _, s := range spans[from:] {
			if s.End > in.End {
				break
			}
			kept = append(kept, s)
		}
	}
	return kept
}

func withoutOverlap(spans []analyzer.Span) []analyzer.Span {
	slices.SortFunc(spans, func(a, b analyzer.Span) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	kept := spans[:0]
	end := 0
	for _, s := range spans {
		if s.Start >= end {
			kept = append(kept, s)
			end = s.End
		}
	}
	return kept
}

// joined merges spans that overlap or touch.
func joined(spans []analyzer.Span) []analyzer.Span {
	slices.SortFunc(spans, func(a, b analyzer.Span) int { return cmp.Compare(a.Start, b.Start) })
	kept := spans[:0]
	for _, s := range spans {
		if n := len(kept); n > 0 && s.Start <= kept[n-1].End {
			kept[n-1].End = max(kept[n-1].End, s.End)
			continue
		}
		kept = append(kept, s)
	}
	return kept
}

// Window returns the part of a folded text that is worth showing first: at most
// 200 code points, holding as many marks as it can, cut at punctuation where
// there is some.
func Window(folded []rune, marks []analyzer.Span) analyzer.Span {
	if len(folded) <= windowSize {
		return analyzer.Span{Start: 0, End: len(folded)}
	}
	if len(marks) == 0 {
		return analyzer.Span{Start: 0, End: cutBack(folded, windowSize-windowSlack, windowSize)}
	}
	first, last := densest(marks)
	from, to := marks[first].Start, min(marks[last].End, marks[first].Start+windowSize)
	start := from
	for earliest := max(0, to-windowSize, from-(windowSize-(to-from))/2); start > earliest; start-- {
		if isSentenceEnd(folded[start-1]) {
			break
		}
	}
	if start > 0 && !isSentenceEnd(folded[start-1]) {
		start = cutForward(folded, start, from)
	}
	end := min(len(folded), start+windowSize)
	if end < len(folded) {
		end = cutBack(folded, max(to, end-windowSlack), end)
	}
	return analyzer.Span{Start: start, End: end}
}

// densest returns the first and last of the most marks that fit a window.
func densest(marks []analyzer.Span) (first, last int) {
	j := 0
	for i := range marks {
		j = max(j, i)
		for j+1 < len(marks) && marks[j+1].End-marks[i].Start <= windowSize {
			j++
		}
		if j-i > last-first {
			first, last = i, j
		}
	}
	return first, last
}

// cutForward returns the first place from start on, but not behind limit,
// that follows punctuation; start if there is none.
func cutForward(folded []rune, start, limit int) int {
	for i := start; i <= limit; i++ {
		if i == 0 || isBreak(folded[i-1]) {
			return i
		}
	}
	return start
}

// cutBack returns the last place up to end, but behind limit, that follows
// punctuation; end if there is none.
func cutBack(folded []rune, limit, end int) int {
	for i := end; i > limit; i-- {
		if isBreak(folded[i-1]) {
			return i
		}
	}
	return end
}

func isBreak(r rune) bool {
	switch r {
	case '。', '!', '?', '…', ';', ',', ':', '、', ' ':
		return true
	}
	return false
}
