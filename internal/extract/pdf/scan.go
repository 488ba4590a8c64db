package pdf

import (
	"context"
	"image"
	"math"
	"slices"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"baogao/internal/extract"
	"baogao/internal/extract/budget"
	"baogao/internal/extract/layout"
	"baogao/internal/extract/scan"
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
	if n >= fewCharacters {
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
	t, err := textOf(ctx, pages, l)
	if err == extract.ErrUnreadable && l.OCR != nil {
		for i := range pages {
			pages[i] = layout.NewPage(pages[i].Sheet(), nil)
		}
		return recognisedText(ctx, data, pages, sheetsOf(pages), l)
	}
	if len(pictures) > 0 {
		t.Missing = scan.Numbered(pictures)
		t.Note = scan.Named(t.Missing) + " left out: no text layer, as of a scan; --ocr reads scans by machine (OCR)"
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

// recognisedText makes the text of pages, of which some are pictures that are recognised
// side by side.
func recognisedText(ctx context.Context, data []byte, pages []layout.Page, pictures []int, l extract.Limits) (extract.Text, error) {
	draw := func(ctx context.Context, sheet int) (*image.Gray, error) { return render(ctx, data, sheet, l) }
	read, err := scan.Read(ctx, pictures, draw, l.OCR)
	if err != nil {
		return extract.Text{}, err
	}
	return withRecognised(ctx, pages, read, l)
}

// withRecognised puts what was recognised in the place of pages that are pictures.
func withRecognised(ctx context.Context, pages []layout.Page, readings []scan.Reading, l extract.Limits) (extract.Text, error) {
	record := &scan.Record{Program: l.OCR.Name()}
	for _, r := range readings {
		if record.Judge(r) {
			pages = take(record, pages, r)
		}
	}
	if record.Refused() == len(readings) && !slices.ContainsFunc(pages, func(p layout.Page) bool { return p.Len() > 0 }) {
		return extract.Text{}, record.Err()
	}
	t, err := textOf(ctx, pages, l)
	if err == errScan {
		err = extract.NoReport("pictures, and no text was recognised in them")
	}
	record.Tell(&t)
	return t, err
}

// render draws a page in grey, as finely as a Recogniser reads it best.
func render(ctx context.Context, data []byte, sheet int, l extract.Limits) (drawn *image.Gray, err error) {
	err = theSandbox().do(ctx, len(data), budget.Time(len(data)), l.Preparing, func(i *instance) error {
		s := source{Pdfium: i.Pdfium}
		return s.with(data, func(document references.FPDF_DOCUMENT) (err error) {
			drawn, err = s.draw(document, sheet)
			return err
		})
	})
	return drawn, err
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
	scale := scan.DotsPerPoint(width, height)
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

// charactersOf are those of a recognised page, in points.
func charactersOf(r extract.Recognised) []layout.Glyph {
	const points = 72.0 / extract.DotsPerInch
	var all []layout.Glyph
	for _, l := range r.Lines {
		for g := range scan.Spread(l) {
			all = append(all, layout.Glyph{
				Box:  layout.Box{X0: g.X0 * points, X1: g.X1 * points, Y0: -l.Y1 * points, Y1: -l.Y0 * points},
				Text: string(g.Rune), Blanks: g.Blanks, BlankWidth: g.BlankWidth * points,
			})
		}
	}
	return all
}

// take puts a page that was recognised in the place of what characters there were, if it
// has more.
func take(o *scan.Record, pages []layout.Page, r scan.Reading) []layout.Page {
	was := 0
	for _, p := range pages {
		if p.Sheet() == r.Sheet {
			was += p.Len()
		}
	}
	characters := charactersOf(r.Recognised)
	if len(characters) <= was {
		return pages
	}
	o.Take(r, len(characters))
	at := slices.IndexFunc(pages, func(p layout.Page) bool { return p.Sheet() == r.Sheet })
	pages[at] = layout.NewPage(r.Sheet, characters)
	for i := at + 1; i < len(pages) && pages[i].Sheet() == r.Sheet; i++ {
		pages[i] = layout.NewPage(r.Sheet, nil)
	}
	return pages
}

// Pictures makes the text of pictures of pages, as Read does of those in a PDF: so many,
// each of which draw gives by its number from 0 on.
func Pictures(ctx context.Context, count int, draw func(number int) (*image.Gray, error), l extract.Limits) (extract.Text, error) {
	pages, sheets := make([]layout.Page, count), make([]int, count)
	for i := range pages {
		pages[i], sheets[i] = layout.NewPage(i, nil), i
	}
	read, err := scan.Read(ctx, sheets, func(_ context.Context, sheet int) (*image.Gray, error) { return draw(sheet) }, l.OCR)
	if err != nil {
		return extract.Text{}, err
	}
	return withRecognised(ctx, pages, read, l.WithDefaults())
}
