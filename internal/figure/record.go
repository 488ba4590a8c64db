package figure

import (
	"math"
	"strings"
)

// figures are the records of the numbers that have a name.
func (r *reader) figures() []Figure {
	var list []Figure
	for _, n := range r.found {
		for _, parts := range n.indicator {
			if f := r.figure(n, parts); f.Indicator != "" {
				list = append(list, f)
			}
		}
	}
	return list
}

func (r *reader) figure(n *number, parts []span) Figure {
	f := Figure{
		Passage: r.Passage, Report: r.Report, Start: n.start, End: n.end, Raw: string(r.text[n.start:n.end]),
		Value: round(n.value), Unit: n.unit, Kind: n.kind, Approximate: n.approximate, Bound: n.bound,
		Status: n.status, Year: n.year, Indicator: r.words(parts),
		Evidence: string(r.text[n.sentence.from:n.sentence.to]),
	}
	if n.ranged {
		high := round(n.high)
		f.High = &high
	}
	if n.kind == Growth || n.kind == Gap {
		f.Direction = Up
		if n.down {
			f.Direction = Down
		}
	}
	return f
}

// round drops what multiplying by powers of ten has left behind the digits.
func round(v float64) float64 {
	if s := math.Round(v); math.Abs(v-s) < 1e-6*math.Max(1, math.Abs(v)) && math.Abs(v) >= 1e4 {
		return s
	}
	return math.Round(v*1e8) / 1e8
}

// words are the parts of a name, without the signs that only mark it as one.
func (r *reader) words(parts []span) string {
	var b strings.Builder
	for _, s := range parts {
		s = r.trim(s)
		for i := s.from; i < s.to; i++ {
			switch r.text[i] {
			case '“', '”', '"', ' ', '\u3000', '《', '》':
				continue
			}
			b.WriteRune(r.text[i])
		}
	}
	return b.String()
}
