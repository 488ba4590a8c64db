package main

import (
	"fmt"
	"math"
	"strings"
	"text/template"
)

// The drawing: four panels, two beside each other, in pixels.
const (
	panelWidth, panelHeight = 420, 280
	marginLeft, marginRight = 64, 24
	marginTop, marginBottom = 40, 44
)

// A series is one line of a panel: its values by step.
type series struct {
	Name, Color string
	values      []float64
	Points      []point
}

type point struct{ X, Y float64 }

// A mark is a value on an axis, and where it stands.
type mark struct {
	At    float64
	Label string
}

// A panel is a drawing with logarithmic axes.
type panel struct {
	Left, Top      int
	Title          string
	Series         []series
	XMarks, YMarks []mark
}

const blue, orange = "#1f5fa8", "#c2570c"

var drawing = template.Must(template.New("").Funcs(template.FuncMap{
	"path": path, "legend": func(i int) int { return marginLeft + 10 + i*110 },
}).Parse(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{.Width}} {{.Height}}" font-family="sans-serif" font-size="13">
<rect width="{{.Width}}" height="{{.Height}}" fill="#fff"/>
{{range .Panels}}<g transform="translate({{.Left}} {{.Top}})">
<text x="{{$.Right}}" y="22" font-size="15" font-weight="bold" text-anchor="end" fill="#222">{{.Title}}</text>
{{range .YMarks}}<line x1="{{$.Begin}}" x2="{{$.Right}}" y1="{{.At}}" y2="{{.At}}" stroke="#ddd"/><text x="{{$.YLabel}}" y="{{.At}}" dy="4" text-anchor="end" fill="#444">{{.Label}}</text>
{{end}}{{range .XMarks}}<line x1="{{.At}}" x2="{{.At}}" y1="{{$.Upper}}" y2="{{$.Lower}}" stroke="#eee"/><text x="{{.At}}" y="{{$.XLabel}}" text-anchor="middle" fill="#444">{{.Label}}</text>
{{end}}{{range $i, $s := .Series}}<polyline points="{{path .Points}}" fill="none" stroke="{{.Color}}" stroke-width="2.5"/>
{{range .Points}}<circle cx="{{.X}}" cy="{{.Y}}" r="4" fill="{{$s.Color}}"/>
{{end}}<text x="{{legend $i}}" y="{{$.Legend}}" fill="{{.Color}}" font-weight="bold">{{.Name}}</text>
{{end}}</g>
{{end}}</svg>
`))

// plot draws the figures of steps as SVG.
func plot(steps []step) string {
	take := func(value func(step) float64) []float64 {
		var list []float64
		for _, st := range steps {
			list = append(list, value(st))
		}
		return list
	}
	x := take(func(s step) float64 { return float64(s.Passages) })
	panels := []panel{
		{Title: "building, s", Series: []series{{Name: "wall", Color: blue, values: take(func(s step) float64 { return s.Build.Wall })}}},
		{Title: "on the disk, MB", Series: []series{
			{Name: "index", Color: blue, values: take(func(s step) float64 { return megabytes(s.Index) })},
			{Name: "text", Color: orange, values: take(func(s step) float64 { return megabytes(s.TextBytes) })}}},
		{Title: "answering, ms", Series: []series{
			{Name: "p50", Color: blue, values: take(func(s step) float64 { return s.P50 })},
			{Name: "p99", Color: orange, values: take(func(s step) float64 { return s.P99 })}}},
		{Title: "memory, MB", Series: []series{
			{Name: "building", Color: blue, values: take(func(s step) float64 { return megabytes(s.Build.RSS) })},
			{Name: "serving", Color: orange, values: take(func(s step) float64 { return megabytes(s.Resident) })}}},
	}
	for i := range panels {
		panels[i].Left, panels[i].Top = i%2*panelWidth, i/2*panelHeight
		panels[i].draw(x)
	}
	var b strings.Builder
	err := drawing.Execute(&b, map[string]any{
		"Panels": panels, "Width": 2 * panelWidth, "Height": 2 * panelHeight,
		"Begin": marginLeft, "Right": panelWidth - marginRight, "YLabel": marginLeft - 8,
		"Upper": marginTop, "Lower": panelHeight - marginBottom, "XLabel": panelHeight - marginBottom + 20, "Legend": marginTop - 18,
	})
	if err != nil {
		panic(err) // a strings.Builder takes everything
	}
	return b.String()
}

// draw places the points and the marks of a panel.
func (p *panel) draw(x []float64) {
	var all []float64
	for _, s := range p.Series {
		all = append(all, s.values...)
	}
	across := scaleOf(x, marginLeft+16, panelWidth-marginRight-16)
	down := decades(all, panelHeight-marginBottom, marginTop)
	for _, v := range x {
		p.XMarks = append(p.XMarks, mark{across.at(v), thousands(v)})
	}
	for e := math.Round(down.from); e <= math.Round(down.to); e++ {
		v := math.Pow(10, e)
		p.YMarks = append(p.YMarks, mark{down.at(v), fmt.Sprintf("%g", v)})
	}
	for i := range p.Series {
		for j, v := range p.Series[i].values {
			p.Series[i].Points = append(p.Series[i].Points, point{across.at(x[j]), down.at(v)})
		}
	}
}

// An axis maps the logarithms from and to onto pixels.
type axis struct{ from, to, begin, end float64 }

// scaleOf is the axis that just holds some values.
func scaleOf(values []float64, begin, end float64) axis {
	a := axis{math.Inf(1), math.Inf(-1), begin, end}
	for _, v := range values {
		a.from, a.to = min(a.from, logarithm(v)), max(a.to, logarithm(v))
	}
	if a.from == a.to {
		a.from, a.to = a.from-0.5, a.to+0.5
	}
	return a
}

// decades is the axis that holds some values and ends at powers of ten.
func decades(values []float64, begin, end float64) axis {
	a := scaleOf(values, begin, end)
	a.from, a.to = math.Floor(a.from), math.Ceil(a.to)
	return a
}

const smallest = 0.01 // drawn in the place of less, which has no logarithm

func logarithm(v float64) float64 { return math.Log10(max(v, smallest)) }

// at returns where a value stands, in pixels with one decimal.
func (a axis) at(v float64) float64 {
	share := (logarithm(v) - a.from) / (a.to - a.from)
	return math.Round((a.begin+share*(a.end-a.begin))*10) / 10
}

// thousands prints a number of passages with two digits that count: 10k, 1.4M.
func thousands(v float64) string {
	digit := math.Pow(10, math.Floor(math.Log10(v))-1)
	v = math.Round(v/digit) * digit
	if v >= 1e6 {
		return fmt.Sprintf("%.1fM", v/1e6)
	}
	return fmt.Sprintf("%gk", v/1e3)
}

func path(points []point) string {
	var parts []string
	for _, p := range points {
		parts = append(parts, fmt.Sprintf("%g,%g", p.X, p.Y))
	}
	return strings.Join(parts, " ")
}
