// Package raster reads pictures of pages: PNG, JPEG and TIFF, of one page or many, in
// grey and of the size that a page is recognised best at. What a file says of its size is
// believed only as far as its bytes go.
package raster

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // registered for decoding
	_ "image/png"  // likewise
	"slices"
	"sync"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/tiff" // likewise

	"baogao/internal/extract"
	"baogao/internal/extract/budget"
)

// Dots that a picture may have. A page at 300 dots an inch has 9 million, at 600 dots 35
// million. What is packed over budget.Ratio is no page; progressive JPEG is decoded in
// many times its memory.
const (
	freeDots = 12 << 20
	mostDots = 40 << 20
	leastPx  = 64      // of a side: less is no page
	mostWide = 1 << 16 // of a side
)

// mostPages is how many pages of a TIFF are read.
const mostPages = 2000

// large is held while a picture over freeDots is decoded.
var large sync.Mutex

// Pages are the pictures in a file.
type Pages struct {
	data    []byte
	offsets []uint32 // of the directories of a TIFF; nil for a file of one picture
}

// Open finds the pages of a file, and looks at the size that the first one says it has.
func Open(data []byte) (*Pages, error) {
	p := &Pages{data: data}
	if order := byteOrder(data); order != nil {
		if p.offsets = directories(data, order); p.offsets == nil {
			return nil, errBroken
		}
	}
	_, err := p.size(0)
	return p, err
}

// Len is how many pages there are.
func (p *Pages) Len() int { return max(1, len(p.offsets)) }

var errBroken = errors.New("a broken picture; open it and save it again")

// Page is a page in grey, of the size that it is recognised best at.
func (p *Pages) Page(number int) (*image.Gray, error) {
	size, err := p.size(number)
	if err != nil {
		return nil, err
	}
	if size.Width*size.Height > freeDots {
		large.Lock()
		defer large.Unlock()
	}
	decoded, _, err := image.Decode(bytes.NewReader(p.bytes(number)))
	if err != nil {
		return nil, fmt.Errorf("%w (%v)", errBroken, err)
	}
	return scaled(decoded), nil
}

// bytes are those of a file whose first page is the one of a number.
func (p *Pages) bytes(number int) []byte {
	if p.offsets == nil || number == 0 {
		return p.data
	}
	data := slices.Clone(p.data)
	byteOrder(data).PutUint32(data[4:], p.offsets[number])
	return data
}

// size is what a page says of its size, where that may be so.
func (p *Pages) size(number int) (image.Config, error) {
	c, kind, err := image.DecodeConfig(bytes.NewReader(p.bytes(number)))
	if err != nil {
		return c, fmt.Errorf("%w (%v)", errBroken, err)
	}
	most := mostDots
	if kind == "jpeg" && bytes.Contains(p.data, []byte("\xff\xc2\x00")) {
		most = freeDots // progressive
	}
	dots := int64(c.Width) * int64(c.Height)
	switch {
	case c.Width < leastPx || c.Height < leastPx:
		return c, extract.NoReport(fmt.Sprintf("a picture of %d by %d dots, too small for a page", c.Width, c.Height))
	case c.Width > mostWide || c.Height > mostWide || dots > int64(most):
		return c, fmt.Errorf("a picture of %d by %d dots, more than %d million; make it smaller", c.Width, c.Height, most>>20)
	case dots > freeDots && dots > budget.Ratio*int64(len(p.data)):
		return c, budget.ErrUnpacked
	}
	return c, nil
}

// byteOrder is that of a TIFF, nil for what is none.
func byteOrder(data []byte) binary.ByteOrder {
	switch {
	case bytes.HasPrefix(data, []byte("II*\x00")):
		return binary.LittleEndian
	case bytes.HasPrefix(data, []byte("MM\x00*")):
		return binary.BigEndian
	}
	return nil
}

// directories are the offsets of those of a TIFF, of which each is a picture and leads to
// the next. A directory is a number of entries of twelve bytes, and an offset.
func directories(data []byte, order binary.ByteOrder) (offsets []uint32) {
	const first, entry = 4, 12
	at := int64(first)
	for at+4 <= int64(len(data)) && len(offsets) < mostPages {
		offset := order.Uint32(data[at:])
		if offset == 0 || int64(offset)+2 > int64(len(data)) || slices.Contains(offsets, offset) {
			break
		}
		offsets = append(offsets, offset)
		at = int64(offset) + 2 + entry*int64(order.Uint16(data[offset:]))
	}
	return offsets
}

// The sides of a page in dots: A4 at extract.DotsPerInch is 1654 wide. A photograph is
// made smaller and a page off a screen larger: characters are recognised best at about 40
// dots.
const (
	pageWidth = 1654
	tooWide   = 1900
	tooNarrow = 1000
)

// scaled is a picture in grey on white, of a size for recognition.
func scaled(src image.Image) *image.Gray {
	b := src.Bounds()
	factor := 1.0
	switch short := min(b.Dx(), b.Dy()); {
	case short > tooWide:
		factor = pageWidth / float64(short)
	case short < tooNarrow && b.Dx()*b.Dy() < freeDots/4:
		factor = 2
	}
	grey := inGrey(src)
	if factor == 1 {
		return grey
	}
	out := image.NewGray(image.Rect(0, 0, int(float64(b.Dx())*factor), int(float64(b.Dy())*factor)))
	if factor > 1 {
		draw.BiLinear.Scale(out, out.Bounds(), grey, grey.Bounds(), draw.Src, nil)
		return out
	}
	average(out, grey)
	return out
}

// inGrey is a picture in grey. What is transparent is white.
func inGrey(src image.Image) *image.Gray {
	b := src.Bounds()
	if grey, ok := src.(*image.Gray); ok && b.Min == (image.Point{}) {
		return grey
	}
	out := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	if y, ok := src.(*image.YCbCr); ok {
		for row := range b.Dy() {
			copy(out.Pix[row*out.Stride:][:b.Dx()], y.Y[y.YOffset(b.Min.X, b.Min.Y+row):])
		}
		return out
	}
	draw.Draw(out, out.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(out, out.Bounds(), src, b.Min, draw.Over)
	return out
}

// average makes each dot of a smaller picture of all those that it stands for: picking
// some would break thin strokes.
func average(out, src *image.Gray) {
	w, h, sw, sh := out.Rect.Dx(), out.Rect.Dy(), src.Rect.Dx(), src.Rect.Dy()
	for y := range h {
		y0, y1 := y*sh/h, max((y+1)*sh/h, y*sh/h+1)
		for x := range w {
			x0, x1 := x*sw/w, max((x+1)*sw/w, x*sw/w+1)
			sum := 0
			for j := y0; j < y1; j++ {
				for _, s := range src.Pix[j*src.Stride+x0 : j*src.Stride+x1] {
					sum += int(s)
				}
			}
			out.Pix[y*out.Stride+x] = uint8(sum / ((x1 - x0) * (y1 - y0)))
		}
	}
}
