package segment

import (
	"cmp"
	"context"
	"runtime"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// An encoding is some terms with their documents as they stand in a segment.
type encoding struct {
	terms []encodedTerm
	bytes []byte // of the bitmaps, one after another
	err   error  // the first one
}

type encodedTerm struct {
	term []byte
	size int    // of its bitmap in bytes; 0 where it has one document
	doc  uint32 // that one
}

// add adds a term and its documents.
func (e *encoding) add(term []byte, docs *roaring.Bitmap) error {
	if docs.GetCardinality() == 1 {
		e.terms = append(e.terms, encodedTerm{term: term, doc: docs.Minimum()})
		return nil
	}
	b, err := docs.ToBytes()
	e.terms, e.bytes = append(e.terms, encodedTerm{term: term, size: len(b)}), append(e.bytes, b...)
	return err
}

// encodedTerms is how many terms of the text are encoded at once.
const encodedTerms = 1 << 10

// encoded encodes the terms of the text on all processors, while those before are
// written, and calls write with them in the order of their bytes.
func (v *inverter) encoded(ctx context.Context, write func(*encoding) error) error {
	all, names := v.sorted()
	workers := runtime.GOMAXPROCS(0)
	parts := make(chan chan *encoding, 2*workers) // in their order
	var running sync.WaitGroup
	defer running.Wait()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	turns := make(chan struct{}, workers)
	running.Go(func() {
		defer close(parts)
		for len(all) > 0 && ctx.Err() == nil {
			part, done := all[:min(encodedTerms, len(all))], make(chan *encoding, 1)
			all = all[len(part):]
			turns <- struct{}{}
			running.Go(func() {
				done <- v.encode(part, names)
				<-turns
			})
			select {
			case parts <- done:
			case <-ctx.Done():
			}
		}
	})
	for done := range parts {
		e := <-done
		if err := cmp.Or(ctx.Err(), e.err, write(e)); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// encode encodes some terms with their layers.
func (v *inverter) encode(terms []uint64, names []string) *encoding {
	e, bitmap := &encoding{}, roaring.New()
	room := layerRooms.Get().(*layerRoom)
	defer layerRooms.Put(room)
	for _, t := range terms {
		term, list := v.list(t, names)
		n := 0
		e.err = cmp.Or(e.err, list.layers(&v.arena, room, func(docs []uint32) error {
			term := term
			if n++; n > 1 {
				term = layerTerm(term, n)
			}
			bitmap.Clear()
			bitmap.AddMany(docs)
			return e.add(term, bitmap)
		}))
	}
	return e
}

var layerRooms = sync.Pool{New: func() any { return new(layerRoom) }}
