package index

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"baogao/index/internal/store"
	"baogao/internal/match"
)

// A reader checks passages, one after another, for one goroutine.
type reader struct {
	*run
	matcher  match.Matcher
	passage  match.Passage
	doc      document  // where the passage is indexed
	counting *counting // see count.go; nil until it is needed
}

func newReader(r *run) *reader {
	read := &reader{run: r, matcher: r.tree.Matcher()}
	read.passage.MayHold = func(w *match.Word) bool {
		return r.holding[w.Slot][read.doc.segment].Contains(read.doc.number)
	}
	return read
}

// release gives back what the reader has borrowed.
func (r *reader) release() {
	if r.counting != nil {
		r.countings.Put(r.counting)
	}
}

// stretch finds the matches among the candidates of a stretch.
func (r *reader) stretch(ctx context.Context, in stretch, candidates *roaring.Bitmap, receive func(matched)) error {
	if r.counted && !r.fewIn(in, candidates) {
		return r.countIn(ctx, in, candidates, receive)
	}
	return eachIn(ctx, in, candidates, func(at document) {
		if m, ok := r.match(at); ok {
			receive(m)
		}
	})
}

// turn begins with the passage of a document.
func (r *reader) turn(at document) (ordinal uint32) {
	ordinal, r.doc = r.docs[at.segment][at.number], at
	r.take(ordinal)
	r.passage.Whole = r.tree.Plain && !r.read[at.segment].Contains(at.number)
	return ordinal
}

// take begins with a passage.
func (r *reader) take(ordinal uint32) {
	rec := &r.gen.Records[ordinal]
	r.passage.Text, r.passage.Settled, r.passage.Whole = r.gen.Text(int(ordinal)), rec.Flags&store.FlagSettled != 0, false
	r.passage.Report, r.passage.Section, r.passage.Plan = rec.Report, rec.Section, rec.Facts.Plan()
}

// match checks one passage.
func (r *reader) match(at document) (matched, bool) {
	ordinal := r.turn(at)
	f, ok := r.matcher.Match(&r.passage)
	if !ok {
		return matched{}, false
	}
	return r.score(ordinal, f), true
}
