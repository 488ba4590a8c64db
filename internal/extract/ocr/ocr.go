// Package ocr reads the pictures of pages by the program tesseract: pictures go
// in, what they say comes out, line by line with where it stands and how sure it is.
// What was read once is kept in a folder and not read again.
package ocr

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"image"
	"runtime"
	"sync"

	"baogao/internal/extract"
)

// settings stand for all that decides what is read of a picture beside the program and
// its models. They change whenever what this package does to pictures or to what was
// read changes, so that what is kept is read anew.
const settings = "1"

// A Reader reads pictures of pages by tesseract, as many side by side as there are
// processors. It is a Recogniser.
type Reader struct {
	program  program
	kept     store
	turns    chan struct{}
	progress func(found, read int)

	mu          sync.Mutex
	found, read int // pages
}

// New finds the program and its models, and keeps what is read below a folder, or
// nowhere if that is "". It fails with ErrMissing where something must be installed.
// Progress is told of how many pages have been found, and how many of them were read;
// nil tells nobody.
func New(ctx context.Context, folder string, progress func(found, read int)) (*Reader, error) {
	p, err := findProgram(ctx)
	if err != nil {
		return nil, err
	}
	if progress == nil {
		progress = func(int, int) {}
	}
	r := &Reader{program: p, kept: store{folder: folder}, turns: make(chan struct{}, runtime.GOMAXPROCS(0)), progress: progress}
	r.kept.prune()
	return r, nil
}

// Name is the program with its version and the sums of its models.
func (r *Reader) Name() string { return r.program.name }

// Expect tells of pages that are going to be recognised, or of fewer again.
func (r *Reader) Expect(pages int) { r.tell(pages, 0) }

func (r *Reader) tell(found, read int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.found, r.read = r.found+found, r.read+read
	r.progress(r.found, r.read)
}

// Recognise reads a page. It is straightened first, and cut where columns of text
// stand side by side.
func (r *Reader) Recognise(ctx context.Context, page *image.Gray) (extract.Recognised, error) {
	defer r.tell(0, 1)
	key := r.key(page)
	if known, ok := r.kept.get(key); ok {
		return known, nil
	}
	select {
	case r.turns <- struct{}{}:
		defer func() { <-r.turns }()
	case <-ctx.Done():
		return extract.Recognised{}, ctx.Err()
	}
	read, err := r.page(ctx, page)
	if err == nil {
		r.kept.put(key, read)
	}
	return read, err
}

// key names what a picture is read to: by the picture, and all that reads it.
func (r *Reader) key(page *image.Gray) string {
	h := sha256.New()
	h.Write([]byte(r.program.name + "\x00" + settings + "\x00"))
	b := page.Bounds()
	h.Write(binary.BigEndian.AppendUint64(nil, uint64(b.Dx())<<32|uint64(b.Dy())))
	for y := b.Min.Y; y < b.Max.Y; y++ {
		h.Write(page.Pix[page.PixOffset(b.Min.X, y):][:b.Dx()])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Below doubtful, the reading of a page by the model for Simplified characters is
// compared with that by the one for Traditional: of clean prints in either, the wrong one
// is surer of 89 % at most. It must be surer by margin, to be taken.
const (
	doubtful = 0.895
	margin   = 0.02
)

// page reads a picture that is not kept. One of which little is sure may lie on its side.
func (r *Reader) page(ctx context.Context, page *image.Gray) (extract.Recognised, error) {
	k := newInk(page)
	if k == nil {
		return extract.Recognised{Blank: true}, nil
	}
	page = straighten(page, k)
	best, err := r.upright(ctx, page)
	for quarters := 1; quarters < 4 && err == nil && best.Confidence < extract.LeastConfidence; quarters++ {
		page = turned(page)
		var read extract.Recognised
		if read, err = r.upright(ctx, page); read.Confidence > best.Confidence+margin {
			best = read
		}
	}
	return best, err
}

// upright reads a page as it lies.
func (r *Reader) upright(ctx context.Context, page *image.Gray) (extract.Recognised, error) {
	k := newInk(page)
	if k == nil {
		return extract.Recognised{Blank: true}, nil
	}
	parts := columnsOf(k)
	lines, err := r.program.read(ctx, page, parts, simplified)
	if err == nil && confidenceOf(lines) < doubtful {
		lines, err = r.traditional(ctx, page, parts, lines)
	}
	if err != nil {
		return extract.Recognised{}, err
	}
	return recognised(lines, k), nil
}

// traditional reads a page by the model for Traditional characters, if that is surer of
// its longest lines, and gives the surer reading.
func (r *Reader) traditional(ctx context.Context, page *image.Gray, parts []image.Rectangle, lines []line) ([]line, error) {
	surer, err := r.program.surer(ctx, page, lines, traditional)
	if err != nil || !surer {
		return lines, err
	}
	again, err := r.program.read(ctx, page, parts, traditional)
	if err == nil && confidenceOf(again) > confidenceOf(lines)+margin {
		return again, nil
	}
	return lines, err
}
