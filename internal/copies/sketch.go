package copies

import "encoding/binary"

// bins is the number of values of a sketch.
const bins = 128

// SketchSize is the number of bytes of a Sketch that is written down.
const SketchSize = 2 * bins

// A Sketch stands for a text: the share of values in which two sketches agree
// is about the resemblance of their texts.
type Sketch [bins]uint16

// sketchRead returns the sketch of a text whose runs stand as they were read. They
// are put in order where there may be fewer than minShingles different ones: each
// bin that is not empty holds one that no other holds.
func (t *text) sketchRead() Sketch {
	filled, least := 0, t.least()
	for _, v := range least {
		if v != 0 {
			filled++
		}
	}
	if filled < minShingles {
		t.sort()
		return t.sketch()
	}
	return sketchOf(least)
}

// sketch returns the sketch of a text. A text too short to be compared by
// resemblance has one that is its own.
func (t *text) sketch() Sketch {
	if len(t.shingles) >= minShingles {
		return sketchOf(t.least())
	}
	var s Sketch
	h := uint64(len(t.shingles))
	for _, v := range t.shingles {
		h = mix(h ^ v)
	}
	for i := range s {
		s[i] = uint16(mix(h + uint64(i)))
	}
	return s
}

// sketchOf makes a sketch of the least of the runs in each bin, of which some are
// there.
func sketchOf(least [bins]uint64) (s Sketch) {
	for i := range s {
		from := i
		for try := uint64(1); least[from] == 0; try++ { // an empty bin takes the value of another one
			from = int(mix(uint64(i)<<32|try) % bins)
		}
		s[i] = uint16(mix(least[from]))
	}
	return s
}

// least is the least of the runs in each bin; 0 is none.
func (t *text) least() (least [bins]uint64) {
	for _, v := range t.shingles {
		bin := v % bins
		if v = v/bins + 1; least[bin] == 0 || v < least[bin] {
			least[bin] = v
		}
	}
	return least
}

// Agreement is the share of values in which two sketches agree.
func (s *Sketch) Agreement(o *Sketch) float64 {
	same := 0
	for i := range s {
		if s[i] == o[i] {
			same++
		}
	}
	return float64(same) / bins
}

// Append appends the bytes of a sketch to b, little endian.
func (s *Sketch) Append(b []byte) []byte {
	b, _ = binary.Append(b, binary.LittleEndian, s[:])
	return b
}

// ParseSketch reads the first SketchSize bytes of b.
func ParseSketch(b []byte) (s Sketch) {
	binary.Decode(b, binary.LittleEndian, s[:])
	return s
}
