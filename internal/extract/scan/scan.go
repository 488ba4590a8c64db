// Package scan has pages that are pictures recognised, and keeps account of what was read
// of a file so, and of what is missing.
package scan

import (
	"context"
	"fmt"
	"image"
	"iter"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"

	"baogao"
	"baogao/internal/extract"
)

// A Reading is what was read of a page that is a picture, or why it could not be.
type Reading struct {
	Sheet int // from 0
	extract.Recognised
	Err error
}

// sideBySide is how many pages of a file are drawn and read at once; the Recogniser
// bounds how many it reads of all files.
const sideBySide = 4

// Read reads pages that are pictures. What fails for one page is its error; the
// error is that of the context.
func Read(ctx context.Context, sheets []int, draw func(ctx context.Context, sheet int) (*image.Gray, error), by extract.Recogniser) ([]Reading, error) {
	by.Expect(len(sheets))
	readings := make([]Reading, len(sheets))
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(sideBySide, len(sheets)) {
		workers.Go(func() {
			for i := range next {
				readings[i] = readSheet(ctx, sheets[i], draw, by)
			}
		})
	}
	for i := range sheets {
		next <- i
	}
	close(next)
	workers.Wait()
	return readings, ctx.Err()
}

func readSheet(ctx context.Context, sheet int, draw func(ctx context.Context, sheet int) (*image.Gray, error), by extract.Recogniser) Reading {
	r := Reading{Sheet: sheet}
	if r.Err = ctx.Err(); r.Err != nil {
		return r
	}
	page, err := draw(ctx, sheet)
	if err != nil {
		by.Expect(-1)
		r.Err = err
		return r
	}
	r.Recognised, r.Err = by.Recognise(ctx, page)
	return r
}

// Numbered are pages as people count them.
func Numbered(sheets []int) []int {
	numbers := slices.Clone(sheets)
	for i := range numbers {
		numbers[i]++
	}
	return numbers
}

// Named names pages, but not each of very many.
func Named(numbers []int) string {
	const named = 20
	text := "page "
	if len(numbers) > 1 {
		text = "pages "
	}
	text += strings.Trim(strings.ReplaceAll(fmt.Sprint(numbers[:min(named, len(numbers))]), " ", ", "), "[]")
	if more := len(numbers) - named; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// The longer side of a page in points, from half of A4 to A3. One that is not between is
// taken for A4: its size is that of a picture in dots, or nobody's.
const (
	shortPage = 420
	longPage  = 1200
	a4        = 842
)

// mostDots is how many a page may be drawn with.
const mostDots = 12 << 20

// DotsPerPoint is how finely a page of a size in points is drawn.
func DotsPerPoint(width, height float64) float64 {
	scale := extract.DotsPerInch / 72.0
	if long := max(width, height); long < shortPage || long > longPage {
		scale *= a4 / max(long, 1)
	}
	return min(scale, math.Sqrt(mostDots/max(width*height, 1)))
}

// A Record keeps account of the pages of a file that are pictures.
type Record struct {
	Program string

	sheets  []int // that were taken
	sum     float64
	n       int
	missing []int // pages, from 1
	why     error // of the last one
}

// Judge reports whether a page is text that is sure enough. One that fails, or is not, is
// missing; a drawing or a photograph is neither.
func (o *Record) Judge(r Reading) bool {
	switch {
	case r.Err != nil:
		o.missing, o.why = append(o.missing, r.Sheet+1), r.Err
	case r.Blank || len(r.Lines) == 0:
	case r.Confidence < extract.LeastConfidence:
		o.missing = append(o.missing, r.Sheet+1)
		o.why = extract.NoReport(fmt.Sprintf("recognised with a confidence of %.2f, less than %.2f", r.Confidence, extract.LeastConfidence))
	default:
		return true
	}
	return false
}

// Take adds a page of so many characters.
func (o *Record) Take(r Reading, characters int) {
	o.sheets = append(o.sheets, r.Sheet)
	o.sum, o.n = o.sum+r.Confidence*float64(characters), o.n+characters
}

// Refused is how many pages are missing.
func (o *Record) Refused() int { return len(o.missing) }

// Err says why pages are missing. It is extract.ErrNoReport where the last was read, and
// too little of it is sure.
func (o *Record) Err() error {
	return fmt.Errorf("%s: %w; get a better scan", Named(o.missing), o.why)
}

// Tell puts into a text what of it was read by machine, and what is missing.
func (o *Record) Tell(t *extract.Text) {
	if o.n > 0 {
		slices.Sort(o.sheets)
		t.OCR = &baogao.OCR{Pages: Numbered(o.sheets), Confidence: math.Round(o.sum/float64(o.n)*1e4) / 1e4, Program: o.Program}
	}
	if t.Missing = o.missing; t.Missing != nil {
		t.Note = fmt.Sprintf("%s left out: %v; get a better scan", Named(o.missing), o.why)
	}
}

// A Glyph is a character of a line, and the blanks before it.
type Glyph struct {
	Rune       rune
	X0, X1     float64
	Blanks     int
	BlankWidth float64
}

// Spread sets the characters of a line evenly between its ends, but for the widths of
// Latin ones: where lines stand is known, where characters do only about.
func Spread(l extract.RecognisedLine) iter.Seq[Glyph] {
	return func(yield func(Glyph) bool) {
		total := 0.0
		for _, c := range l.Text {
			total += widthOf(c)
		}
		x, step, blanks := l.X0, (l.X1-l.X0)/max(total, 0.5), 0
		for _, c := range l.Text {
			next := x + step*widthOf(c)
			if unicode.IsSpace(c) {
				blanks++
			} else {
				if !yield(Glyph{c, x, next, blanks, float64(blanks) * step / 2}) {
					return
				}
				blanks = 0
			}
			x = next
		}
	}
}

// widthOf is how wide a character is, Han being 1.
func widthOf(r rune) float64 {
	if r < 0x2000 {
		return 0.5
	}
	return 1
}
