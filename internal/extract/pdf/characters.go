package pdf

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	pdfium_errors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/structs"
	"golang.org/x/text/unicode/norm"

	"baogao/internal/extract"
	"baogao/internal/extract/layout"
)

const (
	mostPages = 100_000 // of a file that are read
	largeFile = 8 << 20 // in bytes; a smaller one is put into the memory of the instance
)

// A source is an open file.
type source struct {
	pdfium.Pdfium
	limit int64 // of characters
	grant func(characters int)

	fontsWithin bool                     // all composite fonts are in the file
	second      references.FPDF_DOCUMENT // the file with glyphs for those that are not, "" until it is asked for
	known       map[uint64]bool          // the texts of pages, by their hashes
	high        rune                     // the first half of a surrogate pair, before the second comes
	slanted     []string                 // what is left out, since it is set aslant: a stamp, a watermark
	pictures    []int                    // pages that are pictures, with hardly a character
}

// open opens a file; close closes it.
func (s *source) open(data []byte) (references.FPDF_DOCUMENT, error) {
	request := &requests.OpenDocument{File: &data}
	if len(data) > largeFile {
		request = &requests.OpenDocument{FileReader: bytes.NewReader(data), FileReaderSize: int64(len(data))}
	}
	opened, err := s.OpenDocument(request)
	switch {
	case errors.Is(err, pdfium_errors.ErrPassword), errors.Is(err, pdfium_errors.ErrSecurity):
		return "", extract.ErrEncrypted
	case errors.Is(err, pdfium_errors.ErrFormat), errors.Is(err, pdfium_errors.ErrFile):
		return "", errBroken
	case err != nil:
		return "", errCrash
	}
	return opened.Document, nil
}

func (s *source) close(document references.FPDF_DOCUMENT) error {
	if _, err := s.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: document}); err != nil {
		return errCrash
	}
	return nil
}

// with has a file open while something is done with it.
func (s *source) with(data []byte, do func(references.FPDF_DOCUMENT) error) error {
	document, err := s.open(data)
	if err != nil {
		return err
	}
	err = do(document)
	if closing := s.close(document); err == nil {
		err = closing
	}
	return err
}

// pages reads the characters of all pages.
func (s *source) pages(data []byte) (pages []layout.Page, err error) {
	err = s.with(data, func(document references.FPDF_DOCUMENT) error {
		pages, err = s.all(document, data)
		if s.second != "" {
			err = cmp.Or(err, s.close(s.second))
		}
		return err
	})
	return pages, err
}

// all reads the characters of all pages of an open file.
func (s *source) all(document references.FPDF_DOCUMENT, data []byte) (pages []layout.Page, err error) {
	count, err := s.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: document})
	if err != nil {
		return nil, errCrash
	}
	switch {
	case count.PageCount <= 0:
		return nil, errBroken
	case count.PageCount > mostPages:
		return nil, fmt.Errorf("says that it has %d pages, more than %d; print it to a new PDF first", count.PageCount, mostPages)
	}
	for i := range count.PageCount {
		directions, lost, err := s.page(document, i)
		if err == nil && lost {
			directions, err = s.again(data, i)
		}
		if err != nil {
			return nil, fmt.Errorf("page %d: %w", i+1, err)
		}
		pages = append(pages, layout.InOrder(directions, i)...)
	}
	return pages, nil
}

// page reads the characters of a page by the quarters they are turned by, and tells
// whether some are lost: PDFium passes over text of no width, as that seems to be whose font
// is not in the file, where it is a single character, turned, or set from top to bottom.
func (s *source) page(document references.FPDF_DOCUMENT, number int) (directions [4]layout.Page, lost bool, err error) {
	loaded, err := s.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: document, Index: number})
	if errors.Is(err, pdfium_errors.ErrPage) {
		return directions, false, errBroken
	} else if err != nil {
		return directions, false, errCrash
	}
	page := requests.Page{ByReference: &loaded.Page}
	slanted := len(s.slanted)
	if directions, err = s.characters(page); err != nil {
		return directions, false, err
	}
	if !s.fontsWithin && document != s.second {
		if lost, err = s.losesText(page); err != nil {
			return directions, lost, errCrash
		}
		if lost {
			s.slanted = s.slanted[:slanted] // it is read again
		}
	}
	if !lost {
		if err = s.notePicture(page, number, directions); err != nil {
			return directions, lost, errCrash
		}
	}
	if _, err = s.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page}); err != nil {
		return directions, lost, errCrash
	}
	return directions, lost, nil
}

// again reads a page from the file with glyphs for all fonts, which takes several times
// as long.
func (s *source) again(data []byte, number int) (directions [4]layout.Page, err error) {
	if s.second == "" {
		whole, err := s.boxed(data)
		if err != nil {
			return directions, err
		}
		if s.second, err = s.open(whole); err != nil {
			return directions, err
		}
	}
	directions, _, err = s.page(s.second, number)
	return directions, err
}

// losesText reports whether a page has text without a width.
func (s *source) losesText(page requests.Page) (lost bool, err error) {
	err = s.objects(page, enums.FPDF_PAGEOBJ_TEXT, func(object references.FPDF_PAGEOBJECT) error {
		box, err := s.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: object})
		if err == nil && math.Abs(float64(box.Right-box.Left)) < 0.02 {
			lost, err = true, errEnough
		}
		return err
	})
	return lost, err
}

// mostObjects is how many objects of a page are looked at, but for its characters.
const mostObjects = 20_000

// errEnough ends objects.
var errEnough = errors.New("enough")

// objects calls do for what is of a kind on a page, up to errEnough.
func (s *source) objects(page requests.Page, kind enums.FPDF_PAGEOBJ, do func(references.FPDF_PAGEOBJECT) error) error {
	count, err := s.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: page})
	if err != nil {
		return err
	}
	for i := range min(count.Count, mostObjects) {
		object, err := s.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: page, Index: i})
		if err != nil {
			return err
		}
		is, err := s.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: object.PageObject})
		if err != nil {
			return err
		}
		if is.Type != kind {
			continue
		}
		if err := do(object.PageObject); err == errEnough {
			return nil
		} else if err != nil {
			return err
		}
	}
	return nil
}

// characters reads the characters of a page by the quarters they are turned by.
func (s *source) characters(page requests.Page) (directions [4]layout.Page, err error) {
	width, height, err := s.size(page)
	if err != nil {
		return directions, errCrash
	}
	text, err := s.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: page})
	if err != nil {
		return directions, errCrash
	}
	count, err := s.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text.TextPage})
	if err != nil || count.Count < 0 {
		return directions, errCrash
	}
	if s.limit -= int64(count.Count); s.limit < 0 {
		return directions, extract.ErrUnpacked
	}
	boxes, err := s.drawn(page)
	if err != nil {
		return directions, errCrash
	}
	var glyphs []layout.Glyph
	var slanted strings.Builder
	blanks, blankWidth := 0, 0.0
	texts := fnv.New64a()
	defer func() {
		if sum := texts.Sum64(); !s.known[sum] {
			s.known[sum] = true
			s.grant(count.Count)
		}
	}()
	for i := range count.Count {
		g, err := s.glyph(text.TextPage, i)
		texts.Write([]byte(g.Text))
		switch {
		case err != nil:
			return directions, errCrash
		case g.Text == "" || g.made:
			continue
		case strings.TrimSpace(g.Text) == "":
			blanks, blankWidth = blanks+1, blankWidth+max(g.X1-g.X0, g.Y1-g.Y0)
			continue
		case g.Quarter < 0:
			slanted.WriteString(g.Text)
		default:
			g.Blanks, g.BlankWidth = blanks, blankWidth
			glyphs = append(glyphs, g.Glyph)
		}
		blanks, blankWidth = 0, 0
	}
	if slanted.Len() > 0 {
		s.slanted = append(s.slanted, slanted.String())
	}
	if _, err := s.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage}); err != nil {
		return directions, errCrash
	}
	return layout.Directions(width, height, glyphs, boxes), nil
}

// A glyph is a character as PDFium tells it.
type glyph struct {
	layout.Glyph      // its Quarter is -1 where it is aslant
	made         bool // PDFium made it of a gap
}

func (s *source) glyph(text references.FPDF_TEXTPAGE, i int) (g glyph, err error) {
	code, err := s.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: text, Index: i})
	if err != nil {
		return g, err
	}
	r := rune(code.Unicode)
	if utf16.IsSurrogate(r) {
		whole := utf16.DecodeRune(s.high, r)
		if s.high = r; whole == utf8.RuneError && r < 0xDC00 {
			return g, nil
		}
		r = whole
	}
	g.Text = readable(r)
	isBlank := strings.TrimSpace(g.Text) == ""
	if isBlank {
		made, err := s.FPDFText_IsGenerated(&requests.FPDFText_IsGenerated{TextPage: text, Index: i})
		if g.made = err == nil && made.IsGenerated; err != nil || g.made {
			return g, err
		}
	}
	unmapped, err := s.FPDFText_HasUnicodeMapError(&requests.FPDFText_HasUnicodeMapError{TextPage: text, Index: i})
	if err != nil {
		return g, err
	}
	if unmapped.HasUnicodeMapError && !isBlank {
		g.Text = string(utf8.RuneError)
	}
	box, err := s.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: text, Index: i})
	if err != nil {
		return g, err
	}
	g.Box = boxOf(box.Rect.Left, box.Rect.Right, box.Rect.Bottom, box.Rect.Top)
	g.Quarter, err = s.quarter(text, i)
	return g, err
}

// boxOf is the box between two places across and two upwards.
func boxOf(a, b, c, d float32) layout.Box {
	return layout.Box{X0: float64(min(a, b)), Y0: float64(min(c, d)), X1: float64(max(a, b)), Y1: float64(max(c, d))}
}

// aslant is how far a line may be from a direction, in radians: pages that were
// put into a scanner askew have a layer of text that is.
const aslant = 7 * math.Pi / 180

// quarter is the direction of a character, as in a glyph.
func (s *source) quarter(text references.FPDF_TEXTPAGE, i int) (int, error) {
	angle, err := s.FPDFText_GetCharAngle(&requests.FPDFText_GetCharAngle{TextPage: text, Index: i})
	if err != nil {
		return 0, err
	}
	if angle.CharAngle == 0 {
		return 0, nil
	}
	// The angle is that of the upright strokes, which lean in italics; the matrix
	// tells the line.
	m, err := s.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: text, Index: i})
	if err != nil {
		return 0, err
	}
	return quarterOf(m.Matrix), nil
}

// quarterOf is the direction of what a matrix turns, as in a glyph.
func quarterOf(m structs.FPDF_FS_MATRIX) int {
	turn := -math.Atan2(float64(m.B), float64(m.A)) / (math.Pi / 2)
	nearest := math.Round(turn)
	if math.Abs(turn-nearest)*math.Pi/2 > aslant {
		return -1
	}
	return (int(nearest) + 4) % 4
}

// size is the width and the height of a page before it is turned to be shown.
func (s *source) size(page requests.Page) (width, height float64, err error) {
	w, err := s.FPDF_GetPageWidthF(&requests.FPDF_GetPageWidthF{Page: page})
	if err != nil {
		return 0, 0, err
	}
	h, err := s.FPDF_GetPageHeightF(&requests.FPDF_GetPageHeightF{Page: page})
	if err != nil {
		return 0, 0, err
	}
	turned, err := s.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: page})
	if err != nil {
		return 0, 0, err
	}
	if turned.PageRotation%2 == 1 {
		w.PageWidth, h.PageHeight = h.PageHeight, w.PageWidth
	}
	return float64(w.PageWidth), float64(h.PageHeight), nil
}

// readable is a character of a file as it is written elsewhere: fonts map what
// looks alike to radicals, and some what is no character.
func readable(r rune) string {
	switch {
	case r == 0 || r == 0xFFFE || r == 0xFFFF:
		return ""
	case r >= 0x2E80 && r <= 0x2FDF: // radicals
		return norm.NFKC.String(string(r))
	case unicode.IsSpace(r):
		return " "
	}
	return string(r)
}
