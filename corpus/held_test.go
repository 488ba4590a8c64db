package corpus

import "baogao"

// heldOf is what an index of some reports holds.
func heldOf(reports []*baogao.Report) (held []baogao.Held) {
	for _, r := range reports {
		held = append(held, baogao.Held{ID: r.Meta.ID, Place: r.File.Place, Key: r.File.Key})
	}
	return held
}
