package corpus

import (
	"bufio"
	"compress/flate"
	"compress/zlib"
	"fmt"
	"io"

	"baogao/internal/extract"
	"baogao/internal/extract/budget"
	"baogao/internal/extract/warc"
)

var errNoPage = extract.NoReport("no page in it")

// readWARC reads each page and document of a WARC as if it were a file by itself,
// called by its address.
func readWARC(r *reader, f file, in *bufio.Reader) error {
	pages := 0
	for number := 1; ; number++ {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		rec, err := warc.Next(in, r.options.MaxBytes)
		switch {
		case err == io.EOF && pages == 0:
			return r.fault(f.place, errNoPage)
		case err == io.EOF:
			return nil
		case err != nil:
			return r.fault(f.place, fmt.Errorf("record %d: %w", number, reason(err)))
		}
		read, err := r.page(f, rec)
		if err != nil {
			return err
		}
		if read {
			pages++
		}
	}
}

// page reads the page or document of a record, and says whether it has one.
func (r *reader) page(f file, rec *warc.Record) (read bool, err error) {
	inner := file{
		place: place{path: f.path + "/" + rec.Address}, id: f.id + "/" + Readable(rec.Address), root: f.root, metadata: f.metadata,
		depth: f.depth, budget: f.budget, address: rec.Address, saved: rec.Date,
	}
	answer, ok, err := rec.Answer()
	switch {
	case !ok:
		return false, nil
	case err != nil:
		return false, r.fault(inner.place, err)
	case !answer.OK:
		return false, r.pass(inner.path, fmt.Sprintf("the server answered %.100q", answer.Status))
	case !warc.IsDocument(answer.Media):
		return false, r.pass(inner.path, fmt.Sprintf("no page or document: %.100q", answer.Media))
	case rec.Large:
		return true, r.fault(inner.place, tooLarge("record", r.options.MaxBytes))
	}
	body, err := inner.unpacked(answer)
	if err != nil {
		return true, r.fault(inner.place, err)
	}
	return true, r.read(inner, body)
}

// unpacked is the body of an answer, within the budget of its file.
func (f *file) unpacked(answer warc.Answer) (*bufio.Reader, error) {
	packed := &budget.Counter{In: answer.Body}
	var plain io.Reader
	switch answer.Packing {
	case warc.Zlib:
		z, err := zlib.NewReader(packed)
		if err != nil {
			return nil, err
		}
		plain = z
	case warc.Deflate:
		plain = flate.NewReader(packed)
	default:
		return answer.Body, nil
	}
	return bufio.NewReaderSize(f.bound().UnpackAlong(plain, packed), headBytes), nil
}
