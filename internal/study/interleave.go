package study

import (
	"slices"

	"baogao"
)

// Interleave puts the hits of a page in the order to show them: by relevance no
// more than two of one report in a row while others are left on the page, and in
// other orders as they are. Which hits a page has stays, so that pages go on behind
// each other as the order of the answer has it, and so does the order within a
// report.
func Interleave(hits []baogao.Hit, by baogao.Sort) []baogao.Hit {
	if by != "" && by != baogao.ByRelevance || len(hits) == 0 || hits[0].Score == 0 {
		return hits
	}
	left, shown := slices.Clone(hits), make([]baogao.Hit, 0, len(hits))
	for len(left) > 0 {
		next := 0
		if n := len(shown); n >= 2 && shown[n-1].Report.ID == shown[n-2].Report.ID {
			next = slices.IndexFunc(left, func(h baogao.Hit) bool { return h.Report.ID != shown[n-1].Report.ID })
		}
		if next < 0 {
			return append(shown, left...)
		}
		shown = append(shown, left[next])
		left = slices.Delete(left, next, next+1)
	}
	return shown
}
