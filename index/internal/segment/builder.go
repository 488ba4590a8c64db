package segment

import (
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"baogao/internal/analyzer"
)

// A Builder gathers the terms of passages until they are written as one
// segment of the bleve index. The number of a document there is its place in
// the order in which the passages came.
//
// Texts are taken apart by the caller, and their terms put into lists by a
// goroutine of the builder, which gets them in batches: each takes about half of the
// time. A builder that is not written is to be closed.
type Builder struct {
	fields map[Value]*roaring.Bitmap // documents by value of a keyword field
	ids    []uint32                  // id of each document, see docID
	batch  *batch                    // is being filled
	free   chan *batch               // come back in the order in which they were full
	full   chan *batch               // nil until there is one
	done   chan struct{}             // closed when the lists are complete
	lists  *inverter
	size   int
}

// batches is how many go round between a builder and its goroutine, and batchTerms
// how many terms fill one.
const (
	batches    = 4
	batchTerms = 1 << 14
)

// A batch is the terms of some passages, in their order.
type batch struct {
	terms []uint64 // see shortKey; endOfText; or longTerm and its length
	long  []rune   // the characters of the long terms
	size  int      // of the lists, once the batch is in them
}

const (
	endOfText = 1<<63 | iota // no more terms of this document; short terms are below
	longTerm                 // a term of more than two characters, whose length is above
	kindBits  = 1
)

// NewBuilder returns a Builder of no passages.
func NewBuilder() *Builder {
	v := &Builder{
		fields: map[Value]*roaring.Bitmap{}, free: make(chan *batch, batches), done: make(chan struct{}), lists: newInverter(),
	}
	for range batches {
		v.free <- &batch{size: v.lists.size()}
	}
	v.size = v.lists.size()
	return v
}

// Add adds a passage, with the values of its keyword fields and an id that no
// other passage of the index ever had, and returns its length in units.
func (v *Builder) Add(text string, fields []Value, id int) (units int) {
	doc := uint32(len(v.ids))
	v.ids = append(v.ids, uint32(id))
	for _, f := range fields {
		docs := v.fields[f]
		if docs == nil {
			docs = roaring.New()
			v.fields[f] = docs
		}
		docs.Add(doc)
	}
	if v.batch == nil {
		v.batch = <-v.free
		v.size = v.batch.size
		v.batch.terms, v.batch.long = v.batch.terms[:0], v.batch.long[:0]
	}
	b := v.batch
	units = analyzer.EachTerm(text, b.add)
	if b.terms = append(b.terms, endOfText); len(b.terms) >= batchTerms {
		v.send()
	}
	return units
}

func (b *batch) add(term []rune) {
	if len(term) <= 2 {
		b.terms = append(b.terms, shortKey(term))
		return
	}
	b.terms, b.long = append(b.terms, longTerm|uint64(len(term))<<kindBits), append(b.long, term...)
}

// send gives the batch to the goroutine.
func (v *Builder) send() {
	if v.full == nil {
		v.full = make(chan *batch, batches)
		go func() {
			defer close(v.done)
			for b := range v.full {
				v.lists.add(b)
				v.free <- b
			}
		}()
	}
	v.full <- v.batch
	v.batch = nil
}

// Close ends the goroutine of the builder. The lists are complete then.
func (v *Builder) Close() {
	if v.batch != nil {
		v.send()
	}
	if v.full != nil {
		close(v.full)
		<-v.done
		v.full, v.done = nil, nil
	}
}

// Len is the number of passages.
func (v *Builder) Len() int { return len(v.ids) }

// Size is about the bytes that the terms and their lists take in memory, without
// those that came last: it is the same each time that the same passages are added.
func (v *Builder) Size() int { return v.size }

// shortKey packs a term of one or two characters, so that the order of the
// keys is that of the terms.
func shortKey(term []rune) uint64 {
	key := uint64(term[0]) << 21
	if len(term) > 1 {
		key |= uint64(term[1])
	}
	return key
}

// appendShort appends the bytes of a term that shortKey packed.
func appendShort(b []byte, key uint64) []byte {
	b = utf8.AppendRune(b, rune(key>>21))
	if second := rune(key & (1<<21 - 1)); second != 0 {
		b = utf8.AppendRune(b, second)
	}
	return b
}

// docID is the id of a passage inside bleve: a number that no other passage of
// the index ever had.
func docID(number uint32) []byte {
	id := make([]byte, 0, docIDSize)
	for shift := 28; shift >= 0; shift -= 4 {
		id = append(id, "0123456789abcdef"[number>>shift&0xf])
	}
	return id
}

const docIDSize = 8
