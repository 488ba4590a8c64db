// Package align finds places of a cleaned text in the text as it was published.
package align

import (
	"slices"
	"time"

	"github.com/sergi/go-diff/diffmatchpatch"

	"baogao"
)

// Texts of up to so many characters together, more than any paragraph has, are
// compared to the end, longer ones as long as patience lasts. What is not compared by
// then is taken for replaced as a whole.
const (
	sureLength = 10_000
	patience   = 200 * time.Millisecond
)

// Spans returns where spans of a cleaned text stand in the published one. All are
// in code points, in order, and do not overlap. A span covers what was cleaned away
// within it, a gloss between two characters, and what stands in the place of a
// character that was repaired. One of which nothing is left has no place and is
// left out.
func Spans(cleaned, published string, spans []baogao.Span) []baogao.Span {
	if len(spans) == 0 {
		return nil
	}
	from, to := places([]rune(cleaned), []rune(published))
	var all []baogao.Span
	for _, s := range spans {
		if s.Start < 0 || s.End > len(from) || s.Start >= s.End {
			continue
		}
		placed := baogao.Span{Start: from[s.Start], End: to[s.End-1]}
		if n := len(all); n > 0 {
			placed.Start = max(placed.Start, all[n-1].End)
		}
		if placed.Start < placed.End {
			all = append(all, placed)
		}
	}
	return all
}

// places are where each character of the cleaned text begins and ends in the
// published one. Characters that were put in the place of others share it; those
// that were added have none, and end where they begin.
func places(cleaned, published []rune) (from, to []int) {
	d := diffmatchpatch.New()
	if d.DiffTimeout = 0; len(cleaned)+len(published) > sureLength {
		d.DiffTimeout = patience
	}
	at, removed, added := 0, 0, 0
	// replaced gives the characters that were added the place of those removed.
	replaced := func() {
		from = append(from, slices.Repeat([]int{at}, added)...)
		at += removed
		to = append(to, slices.Repeat([]int{at}, added)...)
		removed, added = 0, 0
	}
	for _, part := range d.DiffMainRunes(published, cleaned, false) {
		switch n := len([]rune(part.Text)); part.Type {
		case diffmatchpatch.DiffDelete:
			removed += n
		case diffmatchpatch.DiffInsert:
			added += n
		default:
			replaced()
			for range n {
				from, to = append(from, at), append(to, at+1)
				at++
			}
		}
	}
	replaced()
	return from, to
}
