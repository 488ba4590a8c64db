package ocr

import (
	"image"
	"math"
)

// An ink is what is dark on a page, in points of two by two dots.
type ink struct {
	width, height int
	dark          []bool
}

// perPoint is how many dots of the page are one point of its ink, each way.
const perPoint = 2

// contrast is how far apart the shades of ink and paper are, of 255; what differs by less
// is paper alone.
const contrast = 48

// newInk parts ink from paper, nil where there is no ink.
func newInk(page *image.Gray) *ink {
	b := page.Bounds()
	k := &ink{width: b.Dx() / perPoint, height: b.Dy() / perPoint}
	shades := make([]uint8, k.width*k.height)
	var counts [256]int
	for y := range k.height {
		upper := page.Pix[page.PixOffset(b.Min.X, b.Min.Y+perPoint*y):]
		lower := page.Pix[page.PixOffset(b.Min.X, b.Min.Y+perPoint*y+1):]
		for x := range k.width {
			s := (int(upper[2*x]) + int(upper[2*x+1]) + int(lower[2*x]) + int(lower[2*x+1])) / 4
			shades[y*k.width+x] = uint8(s)
			counts[s]++
		}
	}
	threshold, apart := otsu(&counts, len(shades))
	if apart < contrast {
		return nil
	}
	k.dark = make([]bool, len(shades))
	for i, s := range shades {
		k.dark[i] = int(s) <= threshold
	}
	return k
}

// otsu is the shade up to which ink goes, by the method of Otsu (1979), and how far
// apart ink and paper are in the mean.
func otsu(counts *[256]int, n int) (threshold int, apart float64) {
	total := 0.0
	for s, c := range counts {
		total += float64(s) * float64(c)
	}
	best, below, sum := 0.0, 0, 0.0
	for s, c := range counts {
		below, sum = below+c, sum+float64(s)*float64(c)
		if below == 0 || below == n {
			continue
		}
		d := (total-sum)/float64(n-below) - sum/float64(below)
		if between := float64(below) * float64(n-below) * d * d; between > best {
			best, threshold, apart = between, s, d
		}
	}
	return threshold, apart
}

// Degrees that pages lie askew by.
const (
	mostSkew  = 5.0
	leastSkew = 0.1 // less is left as it is
)

// skew is how many degrees the lines of a page go down to the right: turned back by as
// many, the ink of lines lies in rows that differ most from those between.
func (k *ink) skew() float64 {
	best := 0.0
	most := k.rowsAt(0)
	for _, step := range []float64{0.5, 0.1, 0.025} {
		reach := 5 * step
		if step == 0.5 {
			reach = mostSkew
		}
		around := best
		for d := around - reach; d <= around+reach+step/2; d += step {
			if s := k.rowsAt(d); s > most {
				most, best = s, d
			}
		}
	}
	return best
}

// rowsAt tells how much the rows of a page that is turned by some degrees differ from
// each other.
func (k *ink) rowsAt(degrees float64) float64 {
	tan := math.Tan(degrees * math.Pi / 180)
	margin := int(math.Abs(tan)*float64(k.width)) + 1
	rows := make([]float64, k.height+2*margin+1)
	for x := 0; x < k.width; x += 2 {
		shift := margin - int(math.Round(tan*float64(x)))
		for y := range k.height {
			if k.dark[y*k.width+x] {
				rows[y+shift]++
			}
		}
	}
	sum := 0.0
	for i := 1; i < len(rows); i++ {
		d := rows[i] - rows[i-1]
		sum += d * d
	}
	return sum
}

// straighten turns a page so that its lines are level.
func straighten(page *image.Gray, k *ink) *image.Gray {
	degrees := k.skew()
	if math.Abs(degrees) < leastSkew {
		return page
	}
	b := page.Bounds()
	out := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	cx, cy := float64(b.Dx())/2, float64(b.Dy())/2
	for y := range b.Dy() {
		fy := float64(y) - cy
		for x := range b.Dx() {
			fx := float64(x) - cx
			out.Pix[y*out.Stride+x] = shade(page, cos*fx-sin*fy+cx, sin*fx+cos*fy+cy)
		}
	}
	return out
}

// shade is the shade between four dots; what lies outside of the page is as its edge.
func shade(page *image.Gray, x, y float64) uint8 {
	b := page.Bounds()
	x, y = min(max(x, 0), float64(b.Dx()-1)), min(max(y, 0), float64(b.Dy()-1))
	i, j := int(x), int(y)
	fx, fy := x-float64(i), y-float64(j)
	i1, j1 := min(i+1, b.Dx()-1), min(j+1, b.Dy()-1)
	at := func(i, j int) float64 { return float64(page.Pix[page.PixOffset(b.Min.X+i, b.Min.Y+j)]) }
	return uint8((1-fy)*((1-fx)*at(i, j)+fx*at(i1, j)) + fy*((1-fx)*at(i, j1)+fx*at(i1, j1)) + 0.5)
}

// turned is a page turned by a quarter, clockwise.
func turned(page *image.Gray) *image.Gray {
	b := page.Bounds()
	out := image.NewGray(image.Rect(0, 0, b.Dy(), b.Dx()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			out.Pix[x*out.Stride+b.Dy()-1-y] = page.Pix[page.PixOffset(b.Min.X+x, b.Min.Y+y)]
		}
	}
	return out
}
