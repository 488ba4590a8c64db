package index

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"baogao/index/internal/ranking"
	"baogao/index/internal/store"
	"baogao/internal/match"
	"baogao/internal/tally"
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
func (r *reader) stretch(ctx context.Context, in stretch, candidates *roaring.Bitmap, receive func(ranking.Match)) error {
	if r.counted && !r.fewIn(in, candidates) {
		return r.countIn(ctx, in, candidates, receive)
	}
	return eachOf(ctx, in.of(candidates), func(doc uint32) {
		if m, ok := r.match(document{in.segment, doc}); ok {
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
	r.passage.Text, r.passage.Settled, r.passage.Whole = r.gen.Text(int(ordinal)), rec.Settled(), false
	if r.passage.Report = rec.Report; r.tree.Tests {
		r.tell(ordinal, rec)
	}
}

// tell says of the passage what tests ask for.
func (r *reader) tell(ordinal uint32, rec *store.Record) {
	r.passage.Report, r.passage.Section, r.passage.Plan = rec.Report, r.gen.Section(ordinal), rec.Facts.Plan()
}

// match checks one passage, unless it is in no count.
func (r *reader) match(at document) (ranking.Match, bool) {
	rec := &r.gen.Records[r.docs[at.segment][at.number]]
	if r.standing(rec.Report) == tally.Left {
		return ranking.Match{}, false
	}
	ordinal := r.turn(at)
	f, ok := r.matcher.Match(&r.passage)
	if !ok {
		return ranking.Match{}, false
	}
	return r.score(ordinal, rec, f), true
}
