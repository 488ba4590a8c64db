package picture

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// An Axis says where values stand along a line, from 0 to 1. It runs from 0, or from a
// round number below the least value where all are much alike, or by powers of ten
// where the largest is thirty times the least and more. Values are not below 0.
type Axis struct {
	Log   bool
	Cut   bool // it does not begin at 0, and is no power of ten
	Ticks []AxisTick

	low, high float64
	zero      bool // 0 has a place of its own before the powers of ten
}

// Anchor is how the text of a tick stands to its place, so that it stays within the line.
func (t AxisTick) Anchor() string {
	switch t.At {
	case percent(0):
		return "start"
	case percent(100):
		return "end"
	}
	return "middle"
}

// An AxisTick is a round number of an axis.
type AxisTick struct {
	At   string // in percent
	Text string
	Y    int // from the top of a picture of the height of a chart, in pixels
}

const (
	wideSpread = 30  // times the least value, from which powers of ten are drawn
	alike      = 0.8 // of the largest value, above which all are much alike
	beforeLog  = 0.08
	mostTicks  = 7
)

// AxisOf is the axis for some values.
func AxisOf(values []float64) Axis {
	var some []float64
	zero := false
	for _, v := range values {
		if v > 0 {
			some = append(some, v)
		} else {
			zero = true
		}
	}
	if len(some) == 0 {
		return Axis{high: 1, Ticks: []AxisTick{{At: percent(0), Text: "0", Y: headroom + plot}}}
	}
	least, most := slices.Min(some), slices.Max(some)
	if most/least >= wideSpread {
		return logAxis(least, most, zero)
	}
	a := Axis{}
	if !zero && least > alike*most && most > least {
		a.Cut = true
	} else {
		least = 0
	}
	step := niceStep((most - least) / 4)
	a.low, a.high = step*math.Floor(least/step+1e-9), step*math.Ceil(most/step-1e-9)
	if a.Cut && a.low > least-step/4 {
		a.low -= step // nothing stands on the ground that is not 0
	}
	for i := range int(math.Round((a.high-a.low)/step)) + 1 {
		a.tick(a.low + float64(i)*step)
	}
	return a
}

// logAxis is an axis by powers of ten, from one of 1, 2 and 5 of them to another. Its
// ticks are those, or of more than three powers each, as far as there is room.
func logAxis(least, most float64, zero bool) Axis {
	a := Axis{Log: true, low: roundDown(least), high: 1 / roundDown(1/most), zero: zero}
	if zero {
		a.tick(0)
	}
	from, to := math.Ceil(math.Log10(a.low)-1e-9), math.Floor(math.Log10(a.high)+1e-9)
	every := math.Ceil((to - from) / mostTicks)
	if a.high/a.low <= 1000 {
		for v := a.low; v <= a.high*(1+1e-9); v = nextRound(v) {
			a.tick(v)
		}
		return a
	}
	for e := from; e <= to; e += every {
		a.tick(math.Pow(10, e))
	}
	return a
}

// roundDown is the largest of 1, 2 and 5 times a power of ten that is not above a value.
func roundDown(v float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(v)+1e-9))
	for _, f := range []float64{5, 2} {
		if f*power <= v*(1+1e-9) {
			return f * power
		}
	}
	return power
}

// nextRound is the round number behind one of them.
func nextRound(v float64) float64 { return 1 / roundDown(1/(v*1.5)) }

func (a *Axis) tick(v float64) {
	at := a.At(v)
	a.Ticks = append(a.Ticks, AxisTick{percent(100 * at), Amount(math.Round(v*1e9) / 1e9), a.Y(v)})
}

// niceStep is a round step of at least a size.
func niceStep(size float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(size)))
	for _, f := range []float64{1, 2, 2.5, 5} {
		if f*power >= size*(1-1e-9) {
			return f * power
		}
	}
	return 10 * power
}

// At is where a value stands, from 0 to 1.
func (a Axis) At(v float64) float64 {
	if !a.Log {
		return (v - a.low) / (a.high - a.low)
	}
	from := 0.0
	if a.zero {
		from = beforeLog
	}
	if v <= 0 {
		return 0
	}
	return from + (1-from)*math.Log10(v/a.low)/math.Log10(a.high/a.low)
}

// X is where a value stands, in percent.
func (a Axis) X(v float64) string { return percent(100 * a.At(v)) }

// Y is how far below the top of a chart it stands, in pixels.
func (a Axis) Y(v float64) int { return headroom + plot - int(math.Round(plot*a.At(v))) }

// Shade is one of Shades for a value, 0 for 0.
func (a Axis) Shade(v float64) int {
	if v <= 0 {
		return 0
	}
	return min(Shades, 1+int(Shades*a.At(v)))
}

// Columns are places of equal width for a number of values along a chart.
func Columns(labels []string) (all []Column) {
	width := 100 / float64(len(labels))
	for i, label := range labels {
		all = append(all, Column{Label: label, X: percent((float64(i) + .5) * width), Left: percent((float64(i) + .1) * width), Width: percent(.8 * width)})
	}
	return all
}

// Amount is a value in digits, as Chinese texts write it: with 万, 亿 and 万亿, all
// digits there are, and a comma between thousands.
func Amount(v float64) string {
	for _, unit := range []struct {
		from float64
		sign string
	}{{1e12, "万亿"}, {1e8, "亿"}, {1e4, "万"}} {
		if v >= unit.from {
			return digits(v/unit.from) + unit.sign
		}
	}
	return digits(v)
}

func digits(v float64) string {
	text := strconv.FormatFloat(v, 'f', -1, 64)
	if len(text) > 14 { // what is no decimal but the middle of two, or a third
		text = strconv.FormatFloat(v, 'g', 6, 64)
	}
	whole, parts, _ := strings.Cut(text, ".")
	if n, err := strconv.Atoi(whole); err == nil && n >= 0 {
		whole = Grouped(n)
	}
	if parts != "" {
		whole += "." + parts
	}
	return whole
}
