package pdf

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"baogao"
	"baogao/internal/extract"
	"baogao/internal/extract/layout"
)

// What a page that is a picture is known by: a scan has no character, or what a
// program that made it put in a corner; its picture may lie in strips. A page whose
// text was made curves has very many of them.
const (
	fewCharacters = 20
	leastPicture  = 0.4 // of the page
	manyCurves    = 300
)

// notePicture takes note of a page that is a picture, with the characters it has.
func (s *source) notePicture(page requests.Page, number int, directions [4]layout.Page) error {
	n := 0
	for _, d := range directions {
		n += d.Len()
	}
	if n >= fewCharacters || slices.Contains(s.pictures, number) {
		return nil
	}
	width, height, err := s.size(page)
	if err != nil {
		return err
	}
	covered, curves := 0.0, 0
	for _, kind := range []enums.FPDF_PAGEOBJ{enums.FPDF_PAGEOBJ_IMAGE, enums.FPDF_PAGEOBJ_FORM, enums.FPDF_PAGEOBJ_PATH} {
		err := s.objects(page, kind, func(object references.FPDF_PAGEOBJECT) error {
			if kind == enums.FPDF_PAGEOBJ_PATH {
				curves++
				return nil
			}
			box, err := s.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: object})
			if err == nil {
				covered += math.Abs(float64(box.Right-box.Left)) * math.Abs(float64(box.Top-box.Bottom))
			}
			return nil // what has no bounds covers nothing
		})
		if err != nil {
			return err
		}
	}
	if covered >= leastPicture*width*height || n == 0 && curves >= manyCurves {
		s.pictures = append(s.pictures, number)
	}
	return nil
}

// textOrScan makes the text of the characters on the pages of a file, and of those that
// are pictures what is read of these. Where the text is of fonts without a map, all pages
// are pictures.
func textOrScan(ctx context.Context, data []byte, pages []layout.Page, pictures []int, l extract.Limits) (extract.Text, error) {
	if l.OCR != nil && len(pictures) > 0 {
		return recognisedText(ctx, data, pages, pictures, l)
	}
	if len(pictures) > 0 && len(pictures) == countSheets(pages) {
		return extract.Text{}, errScan
	}
	t, err := textOf(pages, l)
	if err == extract.ErrUnreadable && l.OCR != nil {
		for i := range pages {
			pages[i] = layout.NewPage(pages[i].Sheet(), nil)
		}
		return recognisedText(ctx, data, pages, sheetsOf(pages), l)
	}
	if len(pictures) > 0 {
		t.Missing = numbered(pictures)
		t.Note = pagesNamed(t.Missing) + " left out: no text layer, as of a scan; --ocr reads scans by machine (OCR)"
	}
	return t, err
}

// sheetsOf are the pages of the file that pages are of.
func sheetsOf(pages []layout.Page) []int {
	var all []int
	for _, p := range pages {
		all = append(all, p.Sheet())
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func countSheets(pages []layout.Page) int { return len(sheetsOf(pages)) }

// numbered are pages as people count them.
func numbered(sheets []int) []int {
	numbers := slices.Clone(sheets)
	for i := range numbers {
		numbers[i]++
	}
	return numbers
}

// pagesNamed names pages, but not each of very many.
func pagesNamed(numbers []int) string {
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

// recognisedText makes the text of pages, of which some are pictures that are recognised
// side by side.
func recognisedText(ctx context.Context, data []byte, pages []layout.Page, pictures []int, l extract.Limits) (extract.Text, error) {
	draw := func(ctx context.Context, sheet int) (*image.Gray, error) { return render(ctx, data, sheet, l) }
	read, err := recognise(ctx, pictures, draw, l.OCR)
	if err != nil {
		return extract.Text{}, err
	}
	return withRecognised(pages, read, l)
}

// A reading is what was read of a page that is a picture, or why it could not be.
type reading struct {
	sheet int
	extract.Recognised
	err error
}

// sideBySide is how many pages of a file are drawn and read at once; the Recogniser
// bounds how many it reads of all files.
const sideBySide = 4

// recognise reads pages that are pictures. What fails for one page is its error; the
// error is that of the context.
func recognise(ctx context.Context, sheets []int, draw func(ctx context.Context, sheet int) (*image.Gray, error), by extract.Recogniser) ([]reading, error) {
	by.Expect(len(sheets))
	readings := make([]reading, len(sheets))
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

func readSheet(ctx context.Context, sheet int, draw func(ctx context.Context, sheet int) (*image.Gray, error), by extract.Recogniser) reading {
	r := reading{sheet: sheet}
	if r.err = ctx.Err(); r.err != nil {
		return r
	}
	page, err := draw(ctx, sheet)
	if err != nil {
		by.Expect(-1)
		r.err = err
		return r
	}
	r.Recognised, r.err = by.Recognise(ctx, page)
	return r
}

// withRecognised puts what was recognised in the place of pages that are pictures.
func withRecognised(pages []layout.Page, readings []reading, l extract.Limits) (extract.Text, error) {
	ocr := &ocrRecord{program: l.OCR.Name()}
	var missing []int
	var why error
	for _, r := range readings {
		switch {
		case r.err != nil:
			missing, why = append(missing, r.sheet+1), r.err
		case r.Blank || len(r.Lines) == 0: // a drawing, a photograph
		case r.Confidence < extract.LeastConfidence:
			missing = append(missing, r.sheet+1)
			why = fmt.Errorf("recognised with a confidence of %.2f, less than %.2f", r.Confidence, extract.LeastConfidence)
		default:
			pages = ocr.take(pages, r)
		}
	}
	if len(missing) == len(readings) && !slices.ContainsFunc(pages, func(p layout.Page) bool { return p.Len() > 0 }) {
		return extract.Text{}, refused(missing, why)
	}
	t, err := textOf(pages, l)
	if err == errScan {
		err = extract.NoReport("pictures, and no text was recognised in them")
	}
	t.OCR, t.Missing = ocr.result(), missing
	if len(missing) > 0 {
		t.Note = fmt.Sprintf("%s left out: %v; get a better scan", pagesNamed(missing), why)
	}
	return t, err
}

// refused says why no page was good enough. Where only what was read is at fault, it is
// known that there is no report.
func refused(missing []int, why error) error {
	text := fmt.Sprintf("%s: %v; get a better scan", pagesNamed(missing), why)
	if errors.Is(why, errSlow) || errors.Is(why, errCrash) {
		return errors.New(text)
	}
	return extract.NoReport(text)
}

// render draws a page in grey, as finely as a Recogniser reads it best.
func render(ctx context.Context, data []byte, sheet int, l extract.Limits) (drawn *image.Gray, err error) {
	err = theSandbox().do(ctx, len(data), l.Preparing, func(i *instance) error {
		s := source{Pdfium: i.Pdfium}
		return s.with(data, func(document references.FPDF_DOCUMENT) (err error) {
			drawn, err = s.draw(document, sheet)
			return err
		})
	})
	return drawn, err
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

// dotsPerPoint is how finely a page of a size in points is drawn.
func dotsPerPoint(width, height float64) float64 {
	scale := extract.DotsPerInch / 72.0
	if long := max(width, height); long < shortPage || long > longPage {
		scale *= a4 / max(long, 1)
	}
	return min(scale, math.Sqrt(mostDots/max(width*height, 1)))
}

func (s *source) draw(document references.FPDF_DOCUMENT, sheet int) (*image.Gray, error) {
	loaded, err := s.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: document, Index: sheet})
	if err != nil {
		return nil, errCrash
	}
	page := requests.Page{ByReference: &loaded.Page}
	defer s.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page}) // an error of it would be another's as well
	w, err := s.FPDF_GetPageWidthF(&requests.FPDF_GetPageWidthF{Page: page})
	if err != nil {
		return nil, errCrash
	}
	h, err := s.FPDF_GetPageHeightF(&requests.FPDF_GetPageHeightF{Page: page})
	if err != nil {
		return nil, errCrash
	}
	width, height := float64(w.PageWidth), float64(h.PageHeight)
	scale := dotsPerPoint(width, height)
	rendered, err := s.RenderPageInPixels(&requests.RenderPageInPixels{
		Page: page, Width: max(int(width*scale), 16), Height: max(int(height*scale), 16),
		ImageFormat: requests.RenderImageFormatGrayscale, RenderFlags: enums.FPDF_RENDER_FLAG_ANNOT,
	})
	if err != nil {
		return nil, errCrash
	}
	defer rendered.Cleanup()
	grey, ok := rendered.Result.RenderedImage.(*image.Gray)
	if !ok {
		return nil, errCrash
	}
	return &image.Gray{Pix: slices.Clone(grey.Pix), Stride: grey.Stride, Rect: grey.Rect}, nil // it lies in the memory of the instance
}

// charactersOf are those of a recognised page, in points: evenly in each piece of a line,
// as the program knows where lines stand, and of characters only about.
func charactersOf(r extract.Recognised) []layout.Glyph {
	const points = 72.0 / extract.DotsPerInch
	var all []layout.Glyph
	for _, l := range r.Lines {
		total := 0.0
		for _, c := range l.Text {
			total += widthIn(c)
		}
		x, step := l.X0, (l.X1-l.X0)/max(total, 0.5)
		blanks := 0
		for _, c := range l.Text {
			next := x + step*widthIn(c)
			if unicode.IsSpace(c) {
				blanks++
			} else {
				all = append(all, layout.Glyph{
					Box:  layout.Box{X0: x * points, X1: next * points, Y0: -l.Y1 * points, Y1: -l.Y0 * points},
					Text: string(c), Blanks: blanks, BlankWidth: float64(blanks) * step / 2 * points,
				})
				blanks = 0
			}
			x = next
		}
	}
	return all
}

// widthIn is how wide a character is, Han being 1.
func widthIn(r rune) float64 {
	if r < 0x2000 {
		return 0.5
	}
	return 1
}

// An ocrRecord gathers what was recognised of a file.
type ocrRecord struct {
	program string
	sheets  []int
	sum     float64
	n       int
}

// take puts a page that was recognised in the place of what characters there were, if it
// has more.
func (o *ocrRecord) take(pages []layout.Page, r reading) []layout.Page {
	was := 0
	for _, p := range pages {
		if p.Sheet() == r.sheet {
			was += p.Len()
		}
	}
	characters := charactersOf(r.Recognised)
	if len(characters) <= was {
		return pages
	}
	o.sheets = append(o.sheets, r.sheet)
	o.sum, o.n = o.sum+r.Confidence*float64(len(characters)), o.n+len(characters)
	at := slices.IndexFunc(pages, func(p layout.Page) bool { return p.Sheet() == r.sheet })
	pages[at] = layout.NewPage(r.sheet, characters)
	for i := at + 1; i < len(pages) && pages[i].Sheet() == r.sheet; i++ {
		pages[i] = layout.NewPage(r.sheet, nil)
	}
	return pages
}

// result is what is told of it, nil where nothing was taken.
func (o *ocrRecord) result() *baogao.OCR {
	if o.n == 0 {
		return nil
	}
	slices.Sort(o.sheets)
	return &baogao.OCR{Pages: numbered(o.sheets), Confidence: math.Round(o.sum/float64(o.n)*1e4) / 1e4, Program: o.program}
}

// Pictures makes the text of pictures of pages, as Read does of those in a PDF: so many,
// each of which draw gives by its number from 0 on.
func Pictures(ctx context.Context, count int, draw func(number int) (*image.Gray, error), l extract.Limits) (extract.Text, error) {
	pages, sheets := make([]layout.Page, count), make([]int, count)
	for i := range pages {
		pages[i], sheets[i] = layout.NewPage(i, nil), i
	}
	read, err := recognise(ctx, sheets, func(_ context.Context, sheet int) (*image.Gray, error) { return draw(sheet) }, l.OCR)
	if err != nil {
		return extract.Text{}, err
	}
	return withRecognised(pages, read, l.WithDefaults())
}
