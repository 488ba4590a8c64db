package index

import (
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"baogao/internal/analyzer"
	"baogao/query"
)

// A reading checks passages against a plan, one after another.
type reading struct {
	x       *Index
	plan    *plan
	ordinal uint32
	doc     *document // where the passage is indexed; nil if that is not known
	folded  []rune
	loaded  bool              // the text of the passage is in folded
	spans   [][]analyzer.Span // of each word in the passage, where known
	known   []bool

	times    []int     // how often each word occurs in the passage, where byTimes is true
	byTimes  bool      // words are looked for in times, not in the text
	counting *counting // see count.go; nil until it is needed

	places []place // of all words, where the plan has a finder
	ends   []int   // where the last place of each word ends, 0 for none
	sums   []int   // how often each word occurs in the sentences that match
}

func newReading(x *Index, p *plan) *reading {
	return &reading{x: x, plan: p, spans: make([][]analyzer.Span, len(p.words)), known: make([]bool, len(p.words)), times: make([]int, len(p.words))}
}

// release gives back what the reading has borrowed.
func (r *reading) release() {
	if r.counting != nil {
		r.x.countings.Put(r.counting)
	}
}

// stretch finds the matches among the candidates of a stretch.
func (r *reading) stretch(ctx context.Context, in stretch, candidates *roaring.Bitmap, receive func(match)) error {
	if r.byTimes = r.plan.counted; r.byTimes {
		return r.countIn(ctx, in, candidates, receive)
	}
	return eachIn(ctx, in, candidates, func(at document) {
		if m, ok := r.match(at); ok {
			receive(m)
		}
	})
}

// turn begins with another passage.
func (r *reading) turn(ordinal uint32, doc *document) {
	r.ordinal, r.doc, r.loaded = ordinal, doc, false
	clear(r.known)
}

// mayHold reports whether the posting lists let the passage hold a word.
func (r *reading) mayHold(w *word) bool {
	return r.doc == nil || r.plan.candidates[w.slot][r.doc.segment].Contains(r.doc.number)
}

// of returns where a word occurs in the passage. A passage that the posting
// lists rule out is not read.
func (r *reading) of(w *word) []analyzer.Span {
	if r.known[w.slot] {
		return r.spans[w.slot]
	}
	r.known[w.slot], r.spans[w.slot] = true, r.spans[w.slot][:0]
	if !r.mayHold(w) {
		return nil
	}
	r.load()
	r.spans[w.slot] = w.pattern.Find(r.folded, r.spans[w.slot])
	return r.spans[w.slot]
}

// load reads and folds the text of the passage.
func (r *reading) load() {
	if !r.loaded {
		r.folded, r.loaded = appendFolded(r.folded[:0], r.x.readText(int(r.ordinal))), true
	}
}

// match checks one passage.
func (r *reading) match(at document) (m match, ok bool) {
	r.turn(r.x.docs[at.segment][at.number], &at)
	if r.plan.finder != nil {
		return r.matchAll()
	}
	r.byTimes = r.plan.plain != nil && r.x.passages.records[r.ordinal].flags&flagSettled != 0
	if r.byTimes {
		return r.matchBytes()
	}
	return r.matchText()
}

// matchText checks the passage by its folded text.
func (r *reading) matchText() (m match, ok bool) {
	sentences := []analyzer.Span(nil) // that match; nil is the whole passage
	if r.plan.scope == query.Sentence && len(r.plan.words) > 0 {
		if sentences = r.sentences(); len(sentences) == 0 {
			return m, false
		}
	} else if !r.holds(r.plan.root, nil) {
		return m, false
	}
	return r.score(sentences), true
}

// matchBytes checks a passage whose text is settled against a plain plan,
// without folding it.
func (r *reading) matchBytes() (m match, ok bool) {
	text := r.x.readText(int(r.ordinal))
	clear(r.times)
	for _, w := range r.plan.words {
		if r.plan.all || r.mayHold(w) {
			r.times[w.slot] = count(text, r.plan.plain[w.slot])
		}
		if r.plan.all && r.times[w.slot] == 0 {
			return m, false
		}
	}
	return r.weigh()
}

// holds reports whether a node holds for the passage, or for the sentence
// within it.
func (r *reading) holds(n node, sentence *analyzer.Span) bool {
	switch n := n.(type) {
	case nil:
		return true
	case and:
		return !slices.ContainsFunc(n, func(part node) bool { return !r.holds(part, sentence) })
	case or:
		return slices.ContainsFunc(n, func(part node) bool { return r.holds(part, sentence) })
	case not:
		return !r.holds(n.node, sentence)
	case *word:
		if r.byTimes {
			return r.times[n.slot] > 0
		}
		spans := r.of(n)
		if sentence != nil {
			spans = inside(spans, []analyzer.Span{*sentence})
		}
		return len(spans) > 0
	case *reportTest:
		return n.reports[r.x.passages.records[r.ordinal].report]
	case *sectionTest:
		return n.sections[r.x.passages.records[r.ordinal].section]
	}
	return false
}

// sentences returns the sentences of the passage in which the plan holds.
func (r *reading) sentences() []analyzer.Span {
	r.load()
	var matching []analyzer.Span
	for _, s := range splitSentences(r.folded) {
		if r.holds(r.plan.root, &s) {
			matching = append(matching, s)
		}
	}
	return matching
}

// splitSentences cuts a folded text after 。 ! ? and … and the quotes and
// brackets that close there.
func splitSentences(folded []rune) []analyzer.Span {
	var all []analyzer.Span
	start := 0
	for i := 0; i < len(folded); i++ {
		if !isSentenceEnd(folded[i]) {
			continue
		}
		for i+1 < len(folded) && (isSentenceEnd(folded[i+1]) || folded[i+1] == '"' || folded[i+1] == ')') {
			i++
		}
		all = append(all, analyzer.Span{Start: start, End: i + 1})
		start = i + 1
	}
	if start < len(folded) {
		all = append(all, analyzer.Span{Start: start, End: len(folded)})
	}
	return all
}

func isSentenceEnd(r rune) bool { return r == '。' || r == '!' || r == '?' || r == '…' }

// score counts and weighs the words of the passage, or of its sentences.
func (r *reading) score(sentences []analyzer.Span) match {
	m := match{ordinal: r.ordinal}
	rec := &r.x.passages.records[r.ordinal]
	length := r.plan.view.relativeLength(rec)
	for _, w := range r.plan.words {
		if !w.positive {
			continue
		}
		if tf := len(inside(r.of(w), sentences)); tf > 0 {
			m.score += bm25(w.idf, tf, length)
		}
	}
	m.score *= rec.lift()
	m.occurrences = uint32(len(r.marks(sentences)))
	return m
}
