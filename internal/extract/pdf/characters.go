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
)

// A textPage is the characters of a page that are read in one direction.
type textPage struct {
	sheet      int // the page of the file
	characters []character
	aside      bool // it stands beside the text of the page, in another direction
	rules      *ruling
}

// A character is one character and where it stands, in points from the upper left
// of the page as it is read. It is as high as its size, and as wide as what the
// next one is set behind.
type character struct {
	x0, y0, x1, y1 float64
	text           string  // of several code points where a ligature stands for them
	blanks         int     // that stand before it, as characters of their own
	blankWidth     float64 // of those
}

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

// pages reads the characters of all pages.
func (s *source) pages(data []byte) (pages []textPage, err error) {
	document, err := s.open(data)
	if err != nil {
		return nil, err
	}
	defer func() {
		closing := s.close(document)
		if s.second != "" {
			closing = cmp.Or(closing, s.close(s.second))
		}
		if closing != nil && err == nil {
			pages, err = nil, closing
		}
	}()
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
		pages = append(pages, inOrder(directions, i)...)
	}
	return pages, nil
}

// page reads the characters of a page by the quarters they are turned by, and tells
// whether some are lost: PDFium passes over text of no width, as that seems to be whose font
// is not in the file, where it is a single character, turned, or set from top to bottom.
func (s *source) page(document references.FPDF_DOCUMENT, number int) (directions [4]textPage, lost bool, err error) {
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
	if _, err = s.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page}); err != nil {
		return directions, lost, errCrash
	}
	return directions, lost, nil
}

// again reads a page from the file with glyphs for all fonts, which takes several times
// as long.
func (s *source) again(data []byte, number int) (directions [4]textPage, err error) {
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
func (s *source) characters(page requests.Page) (directions [4]textPage, err error) {
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
		texts.Write([]byte(g.text))
		switch {
		case err != nil:
			return directions, errCrash
		case g.text == "" || g.made:
			continue
		case strings.TrimSpace(g.text) == "":
			blanks, blankWidth = blanks+1, blankWidth+max(g.x1-g.x0, g.y1-g.y0)
			continue
		case g.quarter < 0:
			slanted.WriteString(g.text)
		default:
			c := g.upright(width, height)
			c.blanks, c.blankWidth = blanks, blankWidth
			d := &directions[g.quarter]
			d.characters = append(d.characters, c)
		}
		blanks, blankWidth = 0, 0
	}
	for quarter := range directions {
		if len(boxes) > 0 && len(directions[quarter].characters) > 0 {
			directions[quarter].rules = rulingOf(boxes, quarter, width, height)
		}
	}
	if slanted.Len() > 0 {
		s.slanted = append(s.slanted, slanted.String())
	}
	if _, err := s.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage}); err != nil {
		return directions, errCrash
	}
	return directions, nil
}

// inOrder puts the directions of a page in the order they are read in: the one
// with most characters first.
func inOrder(directions [4]textPage, number int) []textPage {
	main := 0
	for d := range directions {
		directions[d].sheet = number
		directions[d].characters = standing(directions[d].characters)
		if len(directions[d].characters) > len(directions[main].characters) {
			main = d
		}
	}
	pages := []textPage{directions[main]}
	for d, page := range directions {
		if d != main && len(page.characters) > 0 {
			page.aside = true
			pages = append(pages, page)
		}
	}
	return pages
}

// A glyph is a character as PDFium tells it: its box is that of the page before
// it is turned, from the lower left.
type glyph struct {
	character
	quarter int  // quarters it is turned by on the page, clockwise; -1 where it is aslant
	made    bool // PDFium made it of a gap
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
	g.text = readable(r)
	isBlank := strings.TrimSpace(g.text) == ""
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
		g.text = string(utf8.RuneError)
	}
	box, err := s.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: text, Index: i})
	if err != nil {
		return g, err
	}
	g.x0, g.x1 = order(box.Rect.Left, box.Rect.Right)
	g.y0, g.y1 = order(box.Rect.Bottom, box.Rect.Top)
	g.quarter, err = s.quarter(text, i)
	return g, err
}

func order(a, b float32) (float64, float64) { return float64(min(a, b)), float64(max(a, b)) }

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

// upright is the character on a page of a size as it is read: turned so that the
// character stands upright, from the upper left.
func (g glyph) upright(width, height float64) character {
	c := g.character
	switch g.quarter {
	case 0:
		c.y0, c.y1 = height-g.y1, height-g.y0
	case 1: // read downwards
		c.x0, c.x1, c.y0, c.y1 = height-g.y1, height-g.y0, width-g.x1, width-g.x0
	case 2:
		c.x0, c.x1, c.y0, c.y1 = width-g.x1, width-g.x0, g.y0, g.y1
	case 3: // read upwards
		c.x0, c.x1, c.y0, c.y1 = g.y0, g.y1, g.x0, g.x1
	}
	return c
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

// standing lays down text that is set from top to bottom: its columns, from right
// to left, become lines. Other text is left as it is.
func standing(all []character) []character {
	const fewest = 12 // characters
	below := 0
	for i := 1; i < len(all); i++ {
		a, b := all[i-1], all[i]
		if em := a.y1 - a.y0; math.Abs(a.x0+a.x1-b.x0-b.x1) < 0.2*em && b.y0-a.y0 > 0.7*em && b.y0-a.y0 < 1.6*em {
			below++
		}
	}
	if len(all) < fewest || 10*below < 7*len(all) {
		return all
	}
	right := 0.0
	for _, c := range all {
		right = max(right, c.x1)
	}
	for i, c := range all {
		middle, half := right-(c.x0+c.x1)/2, (c.y1-c.y0)/2 // the boxes of such fonts are wider than a column
		all[i].x0, all[i].x1, all[i].y0, all[i].y1 = c.y0, c.y1, middle-half, middle+half
	}
	return all
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
