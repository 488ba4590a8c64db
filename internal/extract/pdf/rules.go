package pdf

import (
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"

	"baogao/internal/extract/layout"
)

// How much is looked at for rules.
const (
	mostRules    = 4_000 // of a page
	mostSegments = 8_000 // of the paths of a page
	plainPath    = 5     // segments of a line or a rectangle
	judgedBy     = 64    // segments of a path, half of which lie level or upright where it is a grid
)

// drawn are the boxes of what may be rules on a page.
func (s *source) drawn(page requests.Page) (boxes []layout.Box, err error) {
	segments := mostSegments
	err = s.objects(page, enums.FPDF_PAGEOBJ_PATH, func(object references.FPDF_PAGEOBJECT) error {
		if len(boxes) >= mostRules {
			return errEnough
		}
		count, err := s.FPDFPath_CountSegments(&requests.FPDFPath_CountSegments{PageObject: object})
		if err != nil {
			return err
		}
		if count.Count > plainPath && segments > 0 {
			edges, seen, err := s.edges(object, min(count.Count, segments))
			if err != nil {
				return err
			}
			if segments -= seen; edges != nil {
				boxes = append(boxes, edges...)
				return nil
			}
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

// edges are the lines of a path that lie level or upright, of so many segments at most,
// and how many it looked at: a grid is often drawn as one path. They are nil where most
// of them lie otherwise, as those of a picture do.
func (s *source) edges(object references.FPDF_PAGEOBJECT, count int) (edges []layout.Box, seen int, err error) {
	placed, err := s.FPDFPageObj_GetMatrix(&requests.FPDFPageObj_GetMatrix{PageObject: object})
	if err != nil {
		return nil, 0, err
	}
	m, lines := placed.Matrix, 0
	var begun, at [2]float32
	line := func(to [2]float32) {
		lines++
		b := boxOf(at[0], to[0], at[1], to[1])
		if min(b.X1-b.X0, b.Y1-b.Y0) <= layout.Thickest {
			edges = append(edges, b)
		}
		at = to
	}
	for i := range count {
		if seen++; seen > judgedBy && 2*len(edges) < lines {
			return nil, seen, nil
		}
		p, err := s.segment(object, i)
		if err != nil {
			return nil, seen, err
		}
		to := [2]float32{m.A*p.X + m.C*p.Y + m.E, m.B*p.X + m.D*p.Y + m.F}
		switch p.kind {
		case enums.FPDF_SEGMENT_LINETO:
			line(to)
		case enums.FPDF_SEGMENT_MOVETO:
			begun, at = to, to
		default:
			lines++
			at = to
		}
		if p.closes && at != begun {
			line(begun)
		}
	}
	return edges, seen, nil
}

// A segment is a piece of a path, where it ends, and whether the path is closed there.
type segment struct {
	responses.FPDFPathSegment_GetPoint
	kind   enums.FPDF_SEGMENT
	closes bool
}

func (s *source) segment(object references.FPDF_PAGEOBJECT, i int) (found segment, err error) {
	piece, err := s.FPDFPath_GetPathSegment(&requests.FPDFPath_GetPathSegment{PageObject: object, Index: i})
	if err != nil {
		return found, err
	}
	kind, err := s.FPDFPathSegment_GetType(&requests.FPDFPathSegment_GetType{PathSegment: piece.PathSegment})
	if err != nil {
		return found, err
	}
	point, err := s.FPDFPathSegment_GetPoint(&requests.FPDFPathSegment_GetPoint{PathSegment: piece.PathSegment})
	if err != nil {
		return found, err
	}
	closes, err := s.FPDFPathSegment_GetClose(&requests.FPDFPathSegment_GetClose{PathSegment: piece.PathSegment})
	if err != nil {
		return found, err
	}
	return segment{*point, kind.Type, closes.IsClose}, nil
}
