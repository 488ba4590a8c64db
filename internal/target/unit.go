package target

// units are measures of the same that differ by a factor, and words for the same
// count: the first of a family, and how many of it one is.
var units = map[string]struct {
	unit  string
	times float64
}{
	"公斤": {"吨", 1e-3}, "千克": {"吨", 1e-3}, "斤": {"吨", 5e-4},
	"千米": {"公里", 1}, "米": {"公里", 1e-3},
	"公顷": {"亩", 15}, "平方公里": {"亩", 1500}, "平方千米": {"亩", 1500},
	"兆瓦": {"千瓦", 1e3},
	"名":  {"人", 1}, "位": {"人", 1},
	"户": {"家", 1},
}

// unitOf is the unit that values of a family are compared in, and what one unit is
// in it.
func unitOf(unit string) (string, float64) {
	if u, ok := units[unit]; ok {
		return u.unit, u.times
	}
	return unit, 1
}
