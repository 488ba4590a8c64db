package pdf

import (
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"baogao/internal/extract/layout"
)

// mostRules is how many boxes of a page are looked at for rules.
const mostRules = 2_000

// drawn are the boxes of what may be rules on a page.
func (s *source) drawn(page requests.Page) (boxes []layout.Box, err error) {
	err = s.objects(page, enums.FPDF_PAGEOBJ_PATH, func(object references.FPDF_PAGEOBJECT) error {
		if len(boxes) >= mostRules {
			return nil
		}
		box, err := s.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: object})
		if err != nil {
			return err
		}
		boxes = append(boxes, boxOf(box.Left, box.Right, box.Bottom, box.Top))
		return nil
	})
	return boxes, err
}
