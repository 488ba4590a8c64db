package picture

import (
	"math"
	"slices"

	"baogao/internal/study"
)

// Shades is how many shades there are for what is more than 0.
const Shades = 5

// A Scale gives values shades of equal steps. All parts of a page have one, so that
// the same shade says the same.
type Scale struct {
	measure study.Measure
	step    float64 // the width of a shade; 0 where nothing is more than 0
	more    bool    // some values are above the last step
}

// crowd is the part of the values that the steps are made for. What is above stands
// in the last shade: one report of a page must not make all others pale.
const crowd = 0.95

// ScaleOf is the scale of a measure for some tallies.
func ScaleOf(m study.Measure, tallies []study.Tally) Scale {
	var values []float64
	for _, t := range tallies {
		if v, ok := m.Of(t); ok && v > 0 {
			values = append(values, v)
		}
	}
	s := Scale{measure: m}
	if len(values) == 0 {
		return s
	}
	slices.Sort(values)
	s.step = nice(values[int(math.Ceil(crowd*float64(len(values))))-1]/Shades, m)
	s.more = values[len(values)-1] > Shades*s.step
	return s
}

// Shade is 0 for a value of 0 and for what cannot be told, 1 to Shades for others, and
// -1 where nothing is held.
func (s Scale) Shade(t study.Tally) int {
	v, ok := s.measure.Of(t)
	switch {
	case t.Held == 0:
		return -1
	case !ok || v <= 0 || s.step == 0:
		return 0
	}
	return min(Shades, max(1, int(math.Ceil(v/s.step-1e-9))))
}

// Legend says of each shade from 1 on what it means.
func (s Scale) Legend() []string {
	if s.step == 0 {
		return nil
	}
	var all []string
	for i := range Shades {
		text := Number(s.measure, float64(i)*s.step) + "–" + Number(s.measure, float64(i+1)*s.step)
		if i == Shades-1 && s.more {
			text = Number(s.measure, float64(i)*s.step) + " 以上"
		}
		all = append(all, text)
	}
	return all
}

// nice is the least round number that is not below a value: one or two digits and a
// power of ten; a whole number for counts.
func nice(value float64, m study.Measure) float64 {
	if value <= 0 {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(value)))
	step := 10 * power
	for _, f := range []float64{1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8} {
		if f*power >= value*(1-1e-9) {
			step = f * power
			break
		}
	}
	if m != study.PerChars && m != study.Share {
		step = math.Ceil(step)
	}
	return step
}
