package picture

import (
	"math"
	"strconv"

	"baogao/internal/study"
)

// A Chart draws tallies along columns of equal width: a stem with a dot for one
// question, lines for several. Places across are in percent of its width, so that it
// fits any, and places down in pixels.
type Chart struct {
	Columns []Column
	Series  []Series
	Ticks   []Tick
	Height  int  // of all
	Ground  int  // where 0 stands
	Top     int  // where the highest tick stands
	Cut     bool // an interval goes on above the chart
}

// A Column is one value of what the chart runs along.
type Column struct {
	Label string
	Held  int
	X     string // of its middle
	Left  string
	Width string
	Hole  bool   // nothing is held
	Link  string // to what it counts; whoever draws it fills it in
}

// A Series is one question.
type Series struct {
	Points []Point // those that can be told
	Lines  []Line  // between points side by side
	Shift  int     // pixels to the right of the middle, so that intervals stand beside each other
}

// A Point is a tally of a series.
type Point struct {
	Column    int
	X         string
	Y         int
	Low, High int // ends of its interval; equal where there is none
	R         int // larger for more reports held
	Text      string
}

// A Line goes between two points.
type Line struct {
	X1, X2 string
	Y1, Y2 int
}

// A Tick is a line of the scale.
type Tick struct {
	Y    int
	Text string
}

// Heights of a chart in pixels.
const (
	headroom = 26  // for the text above the highest point
	plot     = 180 // between 0 and the highest tick
	feet     = 46  // for the labels
)

// Draw draws the tallies of rows, which must be in order, as a measure.
func Draw(m study.Measure, labels []string, rows []study.Row) *Chart {
	c := &Chart{Height: headroom + plot + feet, Ground: headroom + plot, Top: headroom}
	if len(rows) == 0 {
		return c
	}
	width := 100 / float64(len(rows))
	most, reports := 0.0, 0
	for i, r := range rows {
		held := heldOf(r)
		reports = max(reports, held)
		c.Columns = append(c.Columns, Column{labels[i], held, percent((float64(i) + .5) * width), percent((float64(i) + .1) * width), percent(.8 * width), held == 0, ""})
		for _, t := range r.Tallies {
			if v, ok := m.Of(t); ok {
				most = max(most, v)
			}
		}
	}
	step := nice(most/4, m)
	top := step * math.Max(1, math.Ceil(most/step-1e-9))
	y := func(v float64) int { return c.Ground - int(math.Round(plot*math.Min(v/top, 1+float64(headroom)/plot))) }
	for v := 0.0; v <= top+step/2; v += step {
		c.Ticks = append(c.Ticks, Tick{y(v), Number(m, v)})
	}
	for k := range rows[0].Tallies {
		s := Series{Shift: shift(k, len(rows[0].Tallies))}
		for i, r := range rows {
			v, ok := m.Of(r.Tallies[k])
			if !ok || r.Tallies[k].Held == 0 {
				continue
			}
			p := Point{Column: i, X: c.Columns[i].X, Y: y(v), R: radius(r.Tallies[k].Held, reports), Text: Number(m, v)}
			if low, high, ok := m.Interval(r.Tallies[k]); ok {
				p.Low, p.High = y(low), y(high)
				c.Cut = c.Cut || p.High == 0
			}
			if n := len(s.Points); n > 0 && s.Points[n-1].Column == i-1 {
				s.Lines = append(s.Lines, Line{s.Points[n-1].X, p.X, s.Points[n-1].Y, p.Y})
			}
			s.Points = append(s.Points, p)
		}
		c.Series = append(c.Series, s)
	}
	return c
}

// heldOf is the most reports that are held for one of the questions of a row.
func heldOf(r study.Row) int {
	held := 0
	for _, t := range r.Tallies {
		held = max(held, t.Held)
	}
	return held
}

// between is how far the series stand apart, in pixels.
const between = 5

// shift is how far the series of a number stands to the right.
func shift(k, all int) int { return int(math.Round((float64(k) - float64(all-1)/2) * between)) }

// radius grows with the root of the reports held, so that the area of a dot says how
// many there are.
func radius(held, most int) int {
	const least, largest = 4, 11
	return least + int(math.Round((largest-least)*math.Sqrt(float64(held)/float64(max(most, 1)))))
}

// Share is a part of a whole in percent, for lengths.
func Share(part, whole float64) string {
	if whole <= 0 {
		return "0%"
	}
	return percent(100 * math.Min(1, part/whole))
}

func percent(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) + "%" }

// Frame is the height of a chart, and where its ground and its highest tick stand.
func Frame() (height, ground, top int) { return headroom + plot + feet, headroom + plot, headroom }
