package index

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// manyWords is how many words a question must have for their posting lists to
// be turned round, stretch by stretch. With fewer it is cheaper to ask each
// list for each document.
const manyWords = 8

// A presence tells for each document of a stretch which words of a plan it may
// hold: the posting lists of the words, turned round.
type presence struct {
	from   uint32   // the first document
	starts []uint32 // of the slots of each document, and the end of the last
	slots  []uint16 // of words, in order
}

// enter begins with a stretch of documents.
func (r *reading) enter(in stretch) {
	if len(r.plan.words) <= manyWords {
		return
	}
	if r.lists == nil {
		r.lists = &presence{starts: make([]uint32, stretchDocs+1)}
		r.live = nil // its room is the plan's
	}
	r.lists.turn(in, r.plan.candidates)
}

// turn takes the documents of a stretch from the lists of all words, by slot
// and segment.
func (p *presence) turn(in stretch, lists [][]*roaring.Bitmap) {
	p.from = in.from
	clear(p.starts)
	each := func(visit func(slot int, doc uint32)) {
		for slot, bySegment := range lists {
			it := bySegment[in.segment].Iterator()
			for it.AdvanceIfNeeded(in.from); it.HasNext(); {
				doc := it.Next()
				if doc >= in.to {
					break
				}
				visit(slot, doc-in.from)
			}
		}
	}
	each(func(_ int, doc uint32) { p.starts[doc+1]++ })
	for doc := 1; doc < len(p.starts); doc++ {
		p.starts[doc] += p.starts[doc-1]
	}
	p.slots = slices.Grow(p.slots[:0], int(p.starts[len(p.starts)-1]))[:p.starts[len(p.starts)-1]]
	each(func(slot int, doc uint32) {
		p.slots[p.starts[doc]] = uint16(slot)
		p.starts[doc]++
	})
	copy(p.starts[1:], p.starts) // each start has moved to the next one
	p.starts[0] = 0
}

// of appends the words that a document may hold, in order.
func (p *presence) of(doc uint32, words, live []*word) []*word {
	for _, slot := range p.slots[p.starts[doc-p.from]:p.starts[doc-p.from+1]] {
		live = append(live, words[slot])
	}
	return live
}
