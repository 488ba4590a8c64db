package copies

import (
	"iter"
	"slices"
	"strconv"

	"baogao/internal/analyzer"
)

// shingleSize is the number of units of a run that is compared.
const shingleSize = 5

// minShingles is the size below which a text has copies only that are equal
// to it: a form of a few lines is filled in anew for each case.
const minShingles = 100

// A text is what is compared of a report: by resemblance (Broder, On the
// resemblance and containment of documents, 1997), the share of runs of units
// that two texts have in common. Candidates are found by sketches (Li, Owen and
// Zhang, One permutation hashing, 2012) and then compared exactly.
type text struct {
	shingles []uint64       // sorted, each once, but while it is read
	figures  map[uint64]int // how often each number occurs; nil where that is not asked
}

// A reader reads the passages of a report one after another.
type reader struct {
	text
	window      [shingleSize]uint64 // hashes of the last units, as a ring
	units       int                 // characters, numbers and words read so far
	traditional int                 // characters read so far that Simplified text does not have
	runes       []rune
	parts       []analyzer.Unit
}

// readText reads the passages of a report.
func readText(passages iter.Seq[string]) *reader {
	r := &reader{text: text{figures: map[uint64]int{}}}
	for p := range passages {
		r.add(p)
	}
	r.sort()
	return r
}

// sort puts the runs in order, each once.
func (t *text) sort() {
	slices.Sort(t.shingles)
	t.shingles = slices.Compact(t.shingles)
}

// add reads the next passage. Punctuation and blanks do not count.
func (r *reader) add(passage string) {
	r.runes = analyzer.FoldRunes(r.runes[:0], passage)
	i := 0
	for _, c := range passage {
		if c != r.runes[i] && c > 0x2E80 && r.runes[i] > 0x2E80 && c < 0xFF00 {
			r.traditional++
		}
		i++
	}
	r.parts = analyzer.AppendUnits(r.parts[:0], r.runes)
	for _, u := range r.parts {
		if u.Class == analyzer.Other {
			continue
		}
		h := hashRunes(r.runes[u.Start:u.End])
		if u.Class == analyzer.Number && r.figures != nil {
			r.figures[h]++
		}
		r.window[r.units%shingleSize] = h
		if r.units++; r.units >= shingleSize {
			r.shingles = append(r.shingles, r.shingle())
		}
	}
}

// shingle hashes the units of the window in their order.
func (r *reader) shingle() uint64 {
	var h uint64
	for i := range shingleSize {
		h = mix(h ^ r.window[(r.units+i)%shingleSize])
	}
	return h
}

func hashRunes(runes []rune) uint64 {
	h := uint64(len(runes))
	for _, c := range runes {
		h = mix(h ^ uint64(c))
	}
	return h
}

// mix is the finalizer of SplitMix64 (Steele, Lea and Flood, Fast splittable
// pseudorandom number generators, 2014).
func mix(h uint64) uint64 {
	h += 0x9e3779b97f4a7c15
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// resemblance is the share, 0 to 1, of the runs of five units of two texts
// that both have.
func resemblance(a, b *text) float64 {
	common := 0
	for i, j := 0, 0; i < len(a.shingles) && j < len(b.shingles); {
		switch x, y := a.shingles[i], b.shingles[j]; {
		case x == y:
			common++
			i++
			j++
		case x < y:
			i++
		default:
			j++
		}
	}
	return float64(common) / float64(max(len(a.shingles)+len(b.shingles)-common, 1))
}

// figures compares the figures of two texts, each counted as often as it
// occurs: how many only the one has, only the other, and both together have.
func figures(a, b *text) (onlyA, onlyB, all int) {
	for f, n := range a.figures {
		m := b.figures[f]
		onlyA += max(n-m, 0)
		onlyB += max(m-n, 0)
		all += max(n, m)
	}
	for f, n := range b.figures {
		if a.figures[f] == 0 {
			onlyB += n
			all += n
		}
	}
	return onlyA, onlyB, all
}

// The bounds within which two texts are copies. Of pairs made of real reports,
// copies resemble each other by 0.8 and more, and the reports of one place on
// two years by up to 0.9, with three of four figures replaced.
const (
	minResemblance = 0.75
	maxDifferent   = 0.2 // of the figures
	freeFigures    = 3   // that may differ in any text: a page number, the date of a page
)

// alike reports whether two texts are copies by what they say. The reports of
// one place share sentences, and forms share all but the figures: copies share
// those too.
func alike(a, b *text) bool {
	onlyA, onlyB, all := figures(a, b)
	if len(a.shingles) < minShingles || len(b.shingles) < minShingles {
		return len(a.shingles) > 0 && onlyA+onlyB == 0 && slices.Equal(a.shingles, b.shingles)
	}
	return onlyA+onlyB <= max(freeFigures, int(maxDifferent*float64(all))) && resemblance(a, b) >= minResemblance
}

// count is how often a text names a year.
func (t *text) count(year int) int { return t.figures[hashRunes([]rune(strconv.Itoa(year)))] }

// lacks reports whether a text names a year at most half as often as another
// one does.
func (t *text) lacks(year int, other *text) bool {
	return other.count(year) > 0 && 2*t.count(year) <= other.count(year)
}
