package testkit

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// A Press prints texts as pictures of pages, as a scanner would see them.
type Press struct{ font *sfnt.Font }

// NewPress is a press with a Chinese font of the machine, nil where there is none.
func NewPress() *Press {
	for _, name := range []string{"Noto Serif CJK SC", "WenQuanYi Micro Hei", "serif:lang=zh-cn"} {
		found, err := exec.Command("fc-match", "--format", "%{file}", name).Output()
		if err != nil {
			return nil
		}
		data, err := os.ReadFile(string(found))
		if err != nil {
			continue
		}
		fonts, err := opentype.ParseCollection(data)
		if err != nil {
			continue
		}
		for i := range fonts.NumFonts() {
			if f, err := fonts.Font(i); err == nil && hasGlyphs(f, "的报告，1") {
				return &Press{f}
			}
		}
	}
	return nil
}

func hasGlyphs(f *sfnt.Font, text string) bool {
	for _, r := range text {
		if g, err := f.GlyphIndex(nil, r); err != nil || g == 0 {
			return false
		}
	}
	return true
}

// A Sheet is how a page is set: A4 with margins, its columns and size of type.
type Sheet struct {
	DPI     float64
	Size    float64 // of the type, in points
	Columns int     // 1 or 2
}

const (
	sheetWidth, sheetHeight = 595.3, 841.9 // A4, in points
	sheetMargin             = 72
	leading                 = 1.75 // of the size
	columnGap               = 28   // points
)

// Pages sets paragraphs, the first one as a title, and gives the pages they fill.
func (p *Press) Pages(paragraphs []string, s Sheet) ([]*image.Gray, error) {
	face, err := opentype.NewFace(p.font, &opentype.FaceOptions{Size: s.Size, DPI: s.DPI, Hinting: font.HintingNone})
	if err != nil {
		return nil, err
	}
	defer face.Close()
	px := func(points float64) int { return int(points * s.DPI / 72) }
	em := px(s.Size)
	width := (px(sheetWidth-2*sheetMargin) - (s.Columns-1)*px(columnGap)) / s.Columns
	var pages []*image.Gray
	column, y := s.Columns, 0
	line := func(text string, x int) {
		if y += int(leading * float64(em)); column >= s.Columns || y > px(sheetHeight-sheetMargin) {
			if column++; column >= s.Columns {
				page := image.NewGray(image.Rect(0, 0, px(sheetWidth), px(sheetHeight)))
				draw.Draw(page, page.Bounds(), image.White, image.Point{}, draw.Src)
				pages, column = append(pages, page), 0
			}
			y = px(sheetMargin) + em
		}
		d := font.Drawer{Dst: pages[len(pages)-1], Src: image.Black, Face: face}
		d.Dot = fixed.P(px(sheetMargin)+column*(width+px(columnGap))+x, y)
		d.DrawString(text)
	}
	for i, text := range paragraphs {
		x := 2 * em
		if i == 0 {
			x = max(0, width-em*utf8.RuneCountInString(text)) / 2
		}
		for text != "" {
			var row string
			row, text = fill(face, text, fixed.I(width-x))
			line(row, x)
			x = 0
		}
	}
	return pages, nil
}

// fill parts a text behind what goes into a width. No line begins with a mark.
func fill(face font.Face, text string, width fixed.Int26_6) (row, rest string) {
	var used fixed.Int26_6
	for i, r := range text {
		advance, _ := face.GlyphAdvance(r)
		if used += advance; used > width && i > 0 && !strings.ContainsRune("，。、；：！？）》”", r) {
			return text[:i], text[i:]
		}
	}
	return text, ""
}

// Scan makes of a page what a poor scanner would: turned by some degrees, blurred,
// with noise. The seed decides the noise.
func Scan(page *image.Gray, degrees float64, seed uint64) *image.Gray {
	b := page.Bounds()
	out := image.NewGray(b)
	random := rand.New(rand.NewPCG(seed, 1))
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	cx, cy := float64(b.Dx())/2, float64(b.Dy())/2
	const noise = 14
	for y := range b.Dy() {
		for x := range b.Dx() {
			fx, fy := float64(x)-cx, float64(y)-cy
			sum := 0.0
			for _, d := range [...][3]float64{{0, 0, 2}, {0.9, 0, 1}, {-0.9, 0, 1}, {0, 0.9, 1}, {0, -0.9, 1}} {
				sum += d[2] * at(page, cos*fx+sin*fy+cx+d[0], cos*fy-sin*fx+cy+d[1])
			}
			out.Pix[y*out.Stride+x] = uint8(min(max(sum/6*0.86+24+noise*random.NormFloat64(), 0), 255))
		}
	}
	return out
}

// at is the shade between pixels; white beyond the edge.
func at(page *image.Gray, x, y float64) float64 {
	x0, y0 := math.Floor(x), math.Floor(y)
	fx, fy := x-x0, y-y0
	shade := func(x, y int) float64 {
		if !(image.Point{x, y}).In(page.Rect) {
			return 255
		}
		return float64(page.GrayAt(x, y).Y)
	}
	i, j := int(x0), int(y0)
	return (1-fy)*((1-fx)*shade(i, j)+fx*shade(i+1, j)) + fy*((1-fx)*shade(i, j+1)+fx*shade(i+1, j+1))
}

// JPEG packs a picture.
func JPEG(picture image.Image, quality int) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture, &jpeg.Options{Quality: quality}); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.Bytes()
}

// BarJPEG is a page with a bar of a length, 280 at most, by which it is told from others.
func BarJPEG(length int) []byte {
	page := image.NewGray(image.Rect(0, 0, 400, 560))
	draw.Draw(page, page.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(page, image.Rect(40, 100, 40+length, 140), image.Black, image.Point{}, draw.Src)
	return JPEG(page, 90)
}

// A ScanPage is a page of a ScanPDF: a picture all over it, or lines of text, or
// nothing.
type ScanPage struct {
	Picture []byte // JPEG in grey
	Lines   []string
}

// ScanPDF is a PDF of A4 pages.
func ScanPDF(pages ...ScanPage) []byte {
	const songti = "/Font<</F<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light" +
		"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -200 1000 900]" +
		"/ItalicAngle 0/Ascent 900/Descent -200/CapHeight 700/StemV 80>>>>]>>>>"
	all := []string{"<</Type/Catalog/Pages 2 0 R>>", ""}
	var kids strings.Builder
	for _, p := range pages {
		first := len(all) + 1
		fmt.Fprintf(&kids, "%d 0 R ", first)
		resources, content := "", ""
		if p.Lines != nil {
			resources, content = songti, textOperators(p.Lines)
		}
		if p.Picture != nil {
			resources, content = fmt.Sprintf("/XObject<</I %d 0 R>>", first+2), "q 595.3 0 0 841.9 0 0 cm /I Do Q"
		}
		all = append(all, fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595.3 841.9]/Contents %d 0 R/Resources<<%s>>>>", first+1, resources),
			fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(content), content))
		if p.Picture != nil {
			all = append(all, pictureObject(p.Picture))
		}
	}
	all[1] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids.String(), len(pages))
	return objectsOf(all)
}

// textOperators set lines one below the other.
func textOperators(lines []string) string {
	var b strings.Builder
	b.WriteString("BT /F 14 Tf 24 TL 72 750 Td")
	for _, l := range lines {
		b.WriteString(" <")
		for _, unit := range utf16.Encode([]rune(l)) {
			fmt.Fprintf(&b, "%04X", unit)
		}
		b.WriteString("> Tj T*")
	}
	return b.String() + " ET"
}

func pictureObject(picture []byte) string {
	c, err := jpeg.DecodeConfig(bytes.NewReader(picture))
	if err != nil {
		panic(err) // a test gave it
	}
	return fmt.Sprintf("<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode/Length %d>>stream\n%s\nendstream",
		c.Width, c.Height, len(picture), picture)
}
