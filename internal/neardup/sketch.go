package neardup

import "encoding/binary"

// bins is the number of values of a sketch.
const bins = 128

// SketchSize is the number of bytes of a Sketch that is written down.
const SketchSize = 2 * bins

// A Sketch stands for a text: the share of values in which two sketches agree
// is about the resemblance of their texts.
type Sketch [bins]uint16

// Sketch returns the sketch of a text. A text too short to be compared by
// resemblance has one that is its own.
func (t *Text) Sketch() Sketch {
	var s Sketch
	if len(t.shingles) < minShingles {
		h := uint64(len(t.shingles))
		for _, v := range t.shingles {
			h = mix(h ^ v)
		}
		for i := range s {
			s[i] = uint16(mix(h + uint64(i)))
		}
		return s
	}
	var least [bins]uint64
	for _, v := range t.shingles {
		bin := v % bins
		if v = v/bins + 1; least[bin] == 0 || v < least[bin] {
			least[bin] = v
		}
	}
	for i := range s {
		from := i
		for try := uint64(1); least[from] == 0; try++ { // an empty bin takes the value of another one
			from = int(mix(uint64(i)<<32|try) % bins)
		}
		s[i] = uint16(mix(least[from]))
	}
	return s
}

// agreement is the share of values in which two sketches agree.
func (s *Sketch) agreement(o *Sketch) float64 {
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
	for _, v := range s {
		b = binary.LittleEndian.AppendUint16(b, v)
	}
	return b
}

// ParseSketch reads the first SketchSize bytes of b.
func ParseSketch(b []byte) (s Sketch) {
	for i := range s {
		s[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return s
}
