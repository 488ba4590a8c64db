package raster

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/image/tiff"

	"baogao/internal/extract"
	"baogao/internal/extract/budget"
)

// page is a white page with a dark bar, so many dots down.
func page(width, height, bar int) *image.Gray {
	g := image.NewGray(image.Rect(0, 0, width, height))
	for i := range g.Pix {
		g.Pix[i] = 255
	}
	for y := bar; y < min(bar+20, height); y++ {
		for x := range width {
			g.Pix[y*g.Stride+x] = 0
		}
	}
	return g
}

func encoded(t *testing.T, encode func(*bytes.Buffer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t *testing.T, m image.Image) []byte {
	return encoded(t, func(b *bytes.Buffer) error { return png.Encode(b, m) })
}

func asTIFF(t *testing.T, m image.Image) []byte {
	return encoded(t, func(b *bytes.Buffer) error {
		return tiff.Encode(b, m, &tiff.Options{Compression: tiff.Deflate})
	})
}

// pagesTIFF puts TIFF files of one page into one of all, uncompressed offsets shifted.
func pagesTIFF(t *testing.T, pages ...*image.Gray) []byte {
	t.Helper()
	le := binary.LittleEndian
	out := []byte("II*\x00\x00\x00\x00\x00")
	link := 4
	for _, p := range pages {
		pixels := len(out)
		out = append(out, p.Pix...)
		le.PutUint32(out[link:], uint32(len(out)))
		entries := [][3]uint32{{256, 4, uint32(p.Rect.Dx())}, {257, 4, uint32(p.Rect.Dy())}, {258, 3, 8}, {259, 3, 1}, {262, 3, 1}, {273, 4, uint32(pixels)}, {277, 3, 1}, {278, 4, uint32(p.Rect.Dy())}, {279, 4, uint32(len(p.Pix))}}
		out = le.AppendUint16(out, uint16(len(entries)))
		for _, e := range entries {
			out = le.AppendUint32(le.AppendUint32(le.AppendUint16(le.AppendUint16(out, uint16(e[0])), uint16(e[1])), 1), e[2])
		}
		link = len(out)
		out = le.AppendUint32(out, 0)
	}
	return out
}

// TestPages are grey, of the size that pages are read best at, upside up.
func TestPages(t *testing.T) {
	clear := image.NewNRGBA(image.Rect(0, 0, 1200, 1600)) // transparent, so white
	for x := range 1200 {
		clear.Set(x, 800, color.NRGBA{A: 255})
	}
	for _, tt := range []struct {
		name          string
		data          []byte
		pages         int
		width, height int
	}{
		{"PNG", asPNG(t, page(1654, 2339, 1000)), 1, 1654, 2339},
		{"transparent PNG", asPNG(t, clear), 1, 1200, 1600},
		{"JPEG", encoded(t, func(b *bytes.Buffer) error { return jpeg.Encode(b, page(1654, 2339, 1000), nil) }), 1, 1654, 2339},
		{"TIFF", asTIFF(t, page(1654, 2339, 1000)), 1, 1654, 2339},
		{"TIFF of three pages", pagesTIFF(t, page(1100, 1500, 100), page(1100, 1500, 500), page(1100, 1500, 900)), 3, 1100, 1500},
		{"at 300 dots an inch", asPNG(t, page(2480, 3508, 1000)), 1, 1654, 2339},
		{"off a screen", asPNG(t, page(600, 800, 300)), 1, 1200, 1600},
		{"long, off a telephone", asPNG(t, page(1080, 6000, 300)), 1, 1080, 6000},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, err := Open(tt.data)
			if err != nil || p.Len() != tt.pages {
				t.Fatal(p.Len(), err)
			}
			for i := range p.Len() {
				g, err := p.Page(i)
				if err != nil || g.Rect.Dx() != tt.width || g.Rect.Dy() < tt.height-1 || g.Rect.Dy() > tt.height+1 {
					t.Fatalf("page %d: %v %v", i, g.Rect, err)
				}
				if tt.pages > 1 && (g.GrayAt(5, 110+400*i).Y != 0 || g.GrayAt(5, 110+400*((i+1)%3)).Y != 255) {
					t.Errorf("page %d is another", i)
				}
				if g.GrayAt(5, 20).Y < 250 {
					t.Errorf("paper has the shade %d", g.GrayAt(5, 20).Y)
				}
			}
		})
	}
}

// header is a PNG that says it has so many dots.
func header(width, height uint32) []byte {
	b := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR")
	b = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(b, width), height)
	b = append(b, 8, 0, 0, 0, 0)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[12:]))
}

// TestHostilePictures are refused before anything is made as large as they say.
func TestHostilePictures(t *testing.T) {
	loop := pagesTIFF(t, page(100, 100, 10))
	binary.LittleEndian.PutUint32(loop[len(loop)-4:], binary.LittleEndian.Uint32(loop[4:]))
	vast := pagesTIFF(t, page(100, 100, 10))
	at := binary.LittleEndian.Uint32(vast[4:])
	binary.LittleEndian.PutUint32(vast[at+2+8:], 1<<31-1)
	far := append([]byte("II*\x00"), 0xff, 0xff, 0xff, 0x7f)
	frame := encoded(t, func(b *bytes.Buffer) error { return jpeg.Encode(b, page(64, 64, 9), nil) })
	sof := bytes.Index(frame, []byte("\xff\xc0"))
	large := bytes.Clone(frame)
	binary.BigEndian.PutUint16(large[sof+5:], 60000)
	binary.BigEndian.PutUint16(large[sof+7:], 60000)
	progressive := bytes.Clone(frame)
	progressive[sof+1] = 0xc2
	binary.BigEndian.PutUint16(progressive[sof+5:], 6000)
	binary.BigEndian.PutUint16(progressive[sof+7:], 6000)
	for _, tt := range []struct {
		name string
		data []byte
		want error // nil is any
	}{
		{"PNG of 4 thousand million dots", header(65000, 65000), nil},
		{"PNG that is wider than its number", header(1<<31-1, 1<<31-1), nil},
		{"PNG of 36 million dots in 30 bytes", header(6000, 6000), budget.ErrUnpacked},
		{"PNG of nothing", header(0, 0), errBroken},
		{"PNG of a line", header(5000, 3), extract.ErrNoReport},
		{"PNG that breaks off", asPNG(t, page(1654, 2339, 10))[:900], errBroken},
		{"JPEG of 3,600 million dots", large, nil},
		{"progressive JPEG of 36 million dots", progressive, nil},
		{"TIFF of 200 thousand million dots", vast, nil},
		{"TIFF whose directory is nowhere", far, errBroken},
		{"TIFF of a header", []byte("MM\x00*"), errBroken},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			p, err := Open(tt.data)
			if err == nil {
				_, err = p.Page(0)
			}
			runtime.ReadMemStats(&after)
			if err == nil || tt.want != nil && !errors.Is(err, tt.want) {
				t.Errorf("%v, want %v", err, tt.want)
			}
			if spent := after.TotalAlloc - before.TotalAlloc; spent > 64<<20 {
				t.Errorf("takes %d MB", spent>>20)
			}
		})
	}
	if p, err := Open(loop); err != nil || p.Len() != 1 {
		t.Errorf("a TIFF that leads to itself has %d pages, %v", p.Len(), err)
	}
}

// FuzzPicture opens whatever may come.
func FuzzPicture(f *testing.F) {
	f.Add(header(100, 100))
	f.Add([]byte("II*\x00\x08\x00\x00\x00\x01\x00" + strings.Repeat("\x00", 16)))
	f.Add([]byte("\xff\xd8\xff\xc0\x00\x0b\x08\x00\x40\x00\x40\x01\x01\x11\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if p, err := Open(data); err == nil {
			for i := range min(p.Len(), 3) {
				if g, err := p.Page(i); err == nil && g.Rect.Empty() {
					t.Error("an empty page")
				}
			}
		}
	})
}
