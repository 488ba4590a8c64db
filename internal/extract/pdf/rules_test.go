package pdf

import (
	"fmt"
	"strings"
	"testing"

	"baogao/internal/extract"
)

// TestPDFGrids reads a table whose rules are drawn in many ways: of three rows, the first
// cell of the first two is one.
func TestPDFGrids(t *testing.T) {
	edges, levels := []int{80, 180, 320, 480}, []int{700, 670, 640, 610}
	lines := func(each func(x0, y0, x1, y1 int) string) string {
		var b strings.Builder
		for _, x := range edges {
			b.WriteString(each(x, levels[0], x, levels[3]))
		}
		for i, y := range levels {
			left := edges[0]
			if i == 1 {
				left = edges[1] // the first cell reaches over two rows
			}
			b.WriteString(each(left, y, edges[3], y))
		}
		return b.String()
	}
	stroke := func(x0, y0, x1, y1 int) string { return fmt.Sprintf("%d %d m %d %d l ", x0, y0, x1, y1) }
	thin := func(x0, y0, x1, y1 int) string {
		return fmt.Sprintf("%d %.1f %.1f %.1f re ", x0, float64(y1)-0.3, max(float64(x1-x0), 0.6), max(float64(y0-y1), 0.6))
	}
	cells := func() string {
		var b strings.Builder
		for c := range 3 {
			for r := range 3 {
				y0, y1 := levels[r], levels[r+1]
				if c == 0 && r == 0 {
					y1 = levels[2]
				}
				if c != 0 || r != 1 {
					fmt.Fprintf(&b, "%d %d %d %d re ", edges[c], y1, edges[c+1]-edges[c], y0-y1)
				}
			}
		}
		return b.String()
	}
	text := ""
	for _, c := range []struct {
		x, y int
		text string
	}{
		{100, 665, "行政处罚"}, {190, 680, "立案"}, {340, 680, "办结二十七件"}, {190, 650, "调查取证"}, {340, 650, "三件"}, {100, 620, "行政许可"}, {190, 620, "受理"}, {340, 620, "十二件"},
	} {
		text += fmt.Sprintf("BT /F1 12 Tf %d %d Td «%s» Tj ET ", c.x, c.y, c.text)
	}
	const want = "行政处罚 | 立案 | 办结二十七件\n行政处罚 | 调查取证 | 三件\n行政许可 | 受理 | 十二件\n"
	half := "q 0.5 0 0 0.5 40 350 cm "
	turned := "q 0 1 -1 0 600 0 cm " // x and y of the page are those of the path, changed
	for name, grid := range map[string]string{
		"each line by itself":          lines(func(x0, y0, x1, y1 int) string { return stroke(x0, y0, x1, y1) + "S " }),
		"all lines in one path":        lines(stroke) + "S ",
		"each cell by itself":          strings.ReplaceAll(cells(), "re ", "re S "),
		"all cells in one path":        cells() + "S ",
		"thin areas by themselves":     lines(func(x0, y0, x1, y1 int) string { return thin(x0, y0, x1, y1) + "f " }),
		"thin areas in one path":       lines(thin) + "f ",
		"an outline, and lines within": fmt.Sprintf("%d %d m %d %d l %d %d l %d %d l h ", 80, 700, 480, 700, 480, 610, 80, 610) + stroke(180, 700, 180, 610) + stroke(320, 700, 320, 610) + stroke(180, 670, 480, 670) + stroke(80, 640, 480, 640) + "S ",
		"in another scale":             half + lines(func(x0, y0, x1, y1 int) string { return stroke(2*x0-80, 2*y0-700, 2*x1-80, 2*y1-700) }) + "S Q ",
		"turned":                       turned + lines(func(x0, y0, x1, y1 int) string { return stroke(y0, 600-x0, y1, 600-x1) }) + "S Q ",
		"beside a picture of curves":   lines(stroke) + "S " + strings.Repeat("90 200 m 120 260 150 210 170 290 c 190 300 l ", 200) + "S ",
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Read(t.Context(), handmade(t, grid+text), extract.Limits{})
			if err != nil || got.Body != want {
				t.Errorf("body\n%s%v; want\n%s", got.Body, err, want)
			}
		})
	}
}
