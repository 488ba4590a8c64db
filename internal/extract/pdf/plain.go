package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"

	"github.com/klippa-app/go-pdfium/requests"

	"baogao/internal/extract/budget"
)

// plain is a file as it would be without encryption, its fonts with maps that
// PDFium reads as they are meant.
func (s *source) plain(ctx context.Context, data []byte) ([]byte, survey, error) {
	whole, err := s.rewritten(data)
	if err != nil {
		return nil, survey{}, err
	}
	found, err := checkStreams(ctx, whole)
	if err != nil || !found.oddMaps {
		return whole, found, err
	}
	out, err := newAddition(whole)
	if err == nil {
		err = out.mendMaps(whole)
	}
	if err != nil {
		return nil, found, err
	}
	return out.end(), found, nil
}

// boxed is a file whose composite fonts all have glyphs.
func (s *source) boxed(data []byte) ([]byte, error) {
	whole, err := s.rewritten(data)
	if err != nil {
		return nil, err
	}
	out, err := newAddition(whole)
	if err != nil {
		return nil, err
	}
	out.giveGlyphs(whole)
	return out.end(), nil
}

// rewritten is a file as PDFium writes it, without encryption, with all objects but the
// streams as text and one table of them at the end, so that it is known how to add to it.
func (s *source) rewritten(data []byte) ([]byte, error) {
	document, err := s.open(data)
	if err != nil {
		return nil, err
	}
	out := bounded{left: freeCopy + timesCopy*len(data)}
	_, err = s.FPDF_SaveAsCopy(&requests.FPDF_SaveAsCopy{Document: document, Flags: requests.SaveFlagRemoveSecurity, FileWriter: &out})
	switch closing := s.close(document); {
	case out.left < 0:
		return nil, budget.ErrUnpacked
	case err != nil, closing != nil:
		return nil, errCrash
	}
	return out.Bytes(), nil
}

// How large the copy of a file may be: objects may have been packed.
const (
	freeCopy  = 8 << 20
	timesCopy = 8
)

// bounded is a buffer that fails when more than is left for it is written.
type bounded struct {
	bytes.Buffer
	left int
}

func (b *bounded) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, budget.ErrUnpacked
	}
	return b.Buffer.Write(p)
}

var (
	errNoTable = errors.New("a copy of a PDF file has no table of its objects")

	lastTable = regexp.MustCompile(`trailer\s*<<(?s:(.*))>>\s*startxref\s+(\d+)\s+%%EOF\s*$`)
	prevTable = regexp.MustCompile(`/Prev\s+\d+`)
	sizeKey   = regexp.MustCompile(`/Size\s+(\d{1,9})\b`)
)

// An addition is objects that are put behind a file that PDFium wrote.
type addition struct {
	bytes.Buffer
	entries  bytes.Buffer // of the table of objects
	trailer  []byte
	previous []byte // where the table before it stands
	size     int    // the first number that no object has
}

// newAddition is an addition of nothing.
func newAddition(data []byte) (*addition, error) {
	const mostTrailer = 64 << 10
	tail := data[max(0, len(data)-mostTrailer):]
	if at := bytes.LastIndex(tail, []byte("trailer")); at >= 0 {
		tail = tail[at:]
	}
	table := lastTable.FindSubmatch(tail)
	if table == nil {
		return nil, errNoTable
	}
	size := sizeKey.FindSubmatch(table[1])
	if size == nil {
		return nil, errNoTable
	}
	a := &addition{trailer: prevTable.ReplaceAll(sizeKey.ReplaceAll(table[1], nil), nil), previous: table[2]}
	a.size, _ = strconv.Atoi(string(size[1])) // of nine digits at most
	a.Write(data)
	return a, nil
}

// object adds an object with a number.
func (a *addition) object(number string, body []byte) {
	fmt.Fprintf(&a.entries, "%s 1\n%010d 00000 n \n", number, a.Len())
	fmt.Fprintf(a, "%s 0 obj\n%s\nendobj\n", number, body)
}

// stream adds a stream as an object with a number.
func (a *addition) stream(number string, body []byte) {
	a.object(number, fmt.Appendf(nil, "<</Length %d>>stream\n%s\nendstream", len(body), body))
}

// end is the file with what was added.
func (a *addition) end() []byte {
	start := a.Len()
	fmt.Fprintf(a, "xref\n%strailer\n<<%s/Size %d/Prev %s>>\nstartxref\n%d\n%%%%EOF\n", a.entries.Bytes(), a.trailer, a.size, a.previous, start)
	return a.Bytes()
}

// mendMaps adds the maps of fonts as PDFium reads them, in the place of those that it
// would read otherwise.
func (out *addition) mendMaps(data []byte) error {
	allowed := budget.New(int64(len(data)))
	for s := range streamsOf(data) {
		if s.isOther() || s.number == nil {
			continue
		}
		content, err := s.unpack(allowed)
		if err != nil || !isMap(content) {
			continue
		}
		m, err := readMap(content, allowed)
		if err != nil {
			return err
		}
		if m.odd {
			out.stream(string(s.number), m.write())
		}
	}
	if named := namedMap.FindAllIndex(data, -1); named != nil {
		m, err := readMap([]byte(identityMap), allowed)
		if err != nil {
			return err
		}
		number := out.next()
		out.stream(number, m.write())
		for _, at := range named {
			reference := "/ToUnicode " + number + " 0 R"
			if len(reference) > at[1]-at[0] {
				return errNoTable
			}
			copy(out.Bytes()[at[0]:at[1]], fmt.Sprintf("%-*s", at[1]-at[0], reference))
		}
	}
	return nil
}
