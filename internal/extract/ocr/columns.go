package ocr

import "image"

// What two columns are known by, in shares of the page.
const (
	leastGutter = 0.018 // of the width, between them
	leastRun    = 0.25  // of the height, that it goes down without ink
	leastFilled = 0.3   // of the rows beside it, that have ink on a side
)

// columnsOf parts a page into what is read as one block of text each: the whole of it,
// or, where a gutter goes down its middle with ink on both sides, what is above it, its
// left, its right and what is below. The program takes what stands side by side for one
// line, and lines of two columns need not be level. A table that is parted so is put
// together again, since all that is read of a page is ordered by where it stands.
func columnsOf(k *ink) []image.Rectangle {
	whole := image.Rect(0, 0, perPoint*k.width, perPoint*k.height)
	g := k.gutter()
	if g.Empty() {
		return []image.Rectangle{whole}
	}
	middle := (g.Min.X + g.Max.X) / 2
	parts := []image.Rectangle{
		image.Rect(0, 0, k.width, g.Min.Y), image.Rect(0, g.Min.Y, middle, g.Max.Y),
		image.Rect(middle, g.Min.Y, k.width, g.Max.Y), image.Rect(0, g.Max.Y, k.width, k.height),
	}
	var filled []image.Rectangle
	for _, p := range parts {
		if p.Dy() > 1 && k.within(p) > 0 {
			filled = append(filled, image.Rect(perPoint*p.Min.X, perPoint*p.Min.Y, perPoint*p.Max.X, perPoint*p.Max.Y))
		}
	}
	return filled
}

// gutter is the strip without ink, in the middle third of the page, that goes down
// furthest, empty where none parts columns.
func (k *ink) gutter() (best image.Rectangle) {
	wide := max(int(leastGutter*float64(k.width)), 4)
	sums := k.sums()
	for x := k.width / 3; x+wide < 2*k.width/3; x += 2 {
		for top := 0; top < k.height; {
			bottom := top
			for bottom < k.height && sums[bottom][x+wide]-sums[bottom][x] <= 1 { // a speck is no ink
				bottom++
			}
			if bottom-top > best.Dy() {
				if g := image.Rect(x, top, x+wide, bottom); k.parts(g, sums) {
					best = g
				}
			}
			top = bottom + 1
		}
	}
	if float64(best.Dy()) < leastRun*float64(k.height) {
		return image.Rectangle{}
	}
	return best
}

// parts reports whether there is text on both sides of a strip, from one end of it to
// the other.
func (k *ink) parts(g image.Rectangle, sums [][]int32) bool {
	const halves = 2
	for half := range halves {
		left, right, rows := 0, 0, g.Dy()/halves
		for y := g.Min.Y + half*rows; y < g.Min.Y+(half+1)*rows; y++ {
			if sums[y][g.Min.X]-sums[y][0] > 8 {
				left++
			}
			if sums[y][k.width]-sums[y][g.Max.X] > 8 {
				right++
			}
		}
		if least := leastFilled * float64(rows); float64(left) < least || float64(right) < least {
			return false
		}
	}
	return true
}

// sums are, by row, how many dark points stand left of each place.
func (k *ink) sums() [][]int32 {
	rows := make([][]int32, k.height)
	all := make([]int32, k.height*(k.width+1))
	for y := range rows {
		rows[y] = all[y*(k.width+1) : (y+1)*(k.width+1)]
		for x := range k.width {
			rows[y][x+1] = rows[y][x]
			if k.dark[y*k.width+x] {
				rows[y][x+1]++
			}
		}
	}
	return rows
}

// within counts the dark points in a part of the page.
func (k *ink) within(r image.Rectangle) (n int) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if k.dark[y*k.width+x] {
				n++
			}
		}
	}
	return n
}

// gaps are the stretches of some rows of a page, in dots, that have no ink and are
// wider than some.
func (k *ink) gaps(rows image.Rectangle, wider float64) (gaps [][2]int) {
	r := image.Rect(rows.Min.X/perPoint, rows.Min.Y/perPoint, rows.Max.X/perPoint, rows.Max.Y/perPoint).Intersect(image.Rect(0, 0, k.width, k.height))
	start := r.Min.X
	for x := r.Min.X; x <= r.Max.X; x++ {
		n := 2
		if x < r.Max.X {
			n = k.within(image.Rect(x, r.Min.Y, x+1, r.Max.Y))
		}
		if n <= 1 { // a speck is no ink
			continue
		}
		if float64(perPoint*(x-start)) > wider && start > r.Min.X && x < r.Max.X {
			gaps = append(gaps, [2]int{perPoint * start, perPoint * x})
		}
		start = x + 1
	}
	return gaps
}
