package index

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"

	"baogao/internal/analyzer"
	"baogao/query"
)

// A match is a passage that a plan matched.
type match struct {
	ordinal     uint32
	occurrences uint32
	score       float64
}

// find collects all matches of a plan. The collector is to be released.
func (x *Index) find(ctx context.Context, p *plan, sel selection) (*collector, error) {
	if p.root == nil {
		return x.everything(p, sel), nil
	}
	return x.collect(&p.filter, sel, func(receivers func() func(match)) error { return x.matches(ctx, p, receivers) })
}

// collect collects the matches that find gives to receivers, of which it asks
// for one at least. The collector is to be released.
func (x *Index) collect(f *filter, sel selection, find func(receivers func() func(match)) error) (*collector, error) {
	var all []*collector
	err := find(func() func(match) {
		c := x.newCollector(f, sel)
		all = append(all, c)
		return c.add
	})
	for _, c := range all[1:] {
		all[0].join(c)
	}
	if err != nil {
		all[0].release()
		return nil, err
	}
	return all[0], nil
}

// everything collects all passages of the view. They have no score, so those
// that are shown are passages of the first reports.
func (x *Index) everything(p *plan, sel selection) *collector {
	c := x.newCollector(&p.filter, sel)
	for i, r := range x.reports {
		if r.Count > 0 && x.shows(p.view, i) && (p.only == anyReport || p.only == i) {
			c.addReport(uint32(i), r.Count)
			c.keep(match{ordinal: firstAfter(r, sel.after)}, uint32(i))
		}
	}
	var best []match
	for _, m := range c.inOrder() {
		r := x.reports[x.passages.records[m.ordinal].report]
		for n := range min(r.First+r.Count-int(m.ordinal), sel.need-len(best)) {
			best = append(best, match{ordinal: m.ordinal + uint32(n)})
		}
	}
	c.best = best
	return c
}

// firstAfter is the first passage of a report that may stand behind a match: the
// one that follows it in its own report, and else the first of all.
func firstAfter(r reportEntry, after *match) uint32 {
	if after != nil && int(after.ordinal) >= r.First && int(after.ordinal) < r.First+r.Count-1 {
		return after.ordinal + 1
	}
	return uint32(r.First)
}

// A stretch is a part of the documents of a segment.
type stretch struct {
	segment  int
	from, to uint32 // half open
}

// stretchDocs is how many documents are read at a stretch, and fewCandidates
// is up to how many candidates a second goroutine is not worth its while. Tests
// change them.
var (
	stretchDocs   = 1 << 16
	fewCandidates = 4096
)

// matches finds all matches of a plan. Each goroutine that looks for them gives
// them to a function of its own, for which receivers is asked here, once at
// least and by none of these goroutines.
func (x *Index) matches(ctx context.Context, p *plan, receivers func() func(match)) error {
	candidates, err := x.candidates(p)
	if err != nil {
		receivers()
		return err
	}
	if p.only != anyReport {
		x.keepReport(candidates, p.only)
	}
	if p.scope == query.Report {
		return newReading(x, p).byReport(ctx, candidates, receivers())
	}
	return x.sideBySide(candidates, func() worker {
		r, receive := newReading(x, p), receivers()
		return worker{
			stretch: func(in stretch) error { return r.stretch(ctx, in, candidates[in.segment], receive) },
			end:     r.release,
		}
	})
}

// A worker looks through one stretch after another, and ends.
type worker struct {
	stretch func(stretch) error
	end     func()
}

// sideBySide lets workers look through the stretches that hold all documents,
// as many at once as there are processors and the candidates are worth.
func (x *Index) sideBySide(candidates []*roaring.Bitmap, hire func() worker) error {
	work, total := x.stretches(), 0
	for _, docs := range candidates {
		total += int(docs.GetCardinality())
	}
	workers := max(min(runtime.GOMAXPROCS(0), len(work)), 1)
	if total <= fewCandidates {
		workers = 1
	}
	next := atomic.Int64{}
	run := func(w worker) error {
		return guard(x.gen, func() error {
			defer w.end()
			for i := int(next.Add(1)) - 1; i < len(work); i = int(next.Add(1)) - 1 {
				if err := w.stretch(work[i]); err != nil {
					return err
				}
			}
			return nil
		})
	}
	faults := make([]error, workers)
	var others sync.WaitGroup
	for i := 1; i < workers; i++ {
		w := hire()
		others.Go(func() { faults[i] = run(w) })
	}
	faults[0] = run(hire())
	others.Wait()
	return cmp.Or(faults...)
}

// guard turns a panic into the error of a damaged index: one in a goroutine of
// its own would end the process.
func guard(gen string, do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = damaged(gen, p)
		}
	}()
	return do()
}

// A document is the place of a passage in the bleve index.
type document struct {
	segment int
	number  uint32
}

// each visits the given documents of each segment, a stretch after another that
// it enters first.
func (x *Index) each(ctx context.Context, docs []*roaring.Bitmap, enter func(stretch), visit func(document)) error {
	for _, in := range x.stretches() {
		enter(in)
		if err := eachIn(ctx, in, docs[in.segment], visit); err != nil {
			return err
		}
	}
	return nil
}

// stretches lists those that hold all documents.
func (x *Index) stretches() []stretch {
	var all []stretch
	for seg := range x.docs {
		for from := 0; from < len(x.docs[seg]); from += stretchDocs {
			all = append(all, stretch{seg, uint32(from), uint32(min(from+stretchDocs, len(x.docs[seg])))})
		}
	}
	return all
}

// eachIn visits those of the given documents that are in a stretch.
func eachIn(ctx context.Context, in stretch, docs *roaring.Bitmap, visit func(document)) error {
	it := docs.Iterator()
	it.AdvanceIfNeeded(in.from)
	for n := 0; it.HasNext(); n++ {
		if n%64 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		doc := it.Next()
		if doc >= in.to {
			break
		}
		visit(document{in.segment, doc})
	}
	return ctx.Err()
}

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
	live    []*word   // words that the passage may hold
	alive   []bool    // by word: it is live
	lists   *presence // of a stretch, where there are many words

	times    []int     // how often each word occurs in the passage, where byTimes is true
	byTimes  bool      // words are looked for in times, not in the text
	counting *counting // see count.go; nil until it is needed
}

func newReading(x *Index, p *plan) *reading {
	return &reading{x: x, plan: p, spans: make([][]analyzer.Span, len(p.words)), known: make([]bool, len(p.words)), live: p.words, alive: make([]bool, len(p.words)), times: make([]int, len(p.words))}
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
	r.enter(in)
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
	if r.lists == nil {
		return
	}
	for _, w := range r.live {
		r.alive[w.slot] = false
	}
	r.live = r.lists.of(doc.number, r.plan.words, r.live[:0])
	for _, w := range r.live {
		r.alive[w.slot] = true
	}
}

// mayHold reports whether the posting lists let the passage hold a word.
func (r *reading) mayHold(w *word) bool {
	switch {
	case r.doc == nil:
		return true
	case r.lists != nil:
		return r.alive[w.slot]
	}
	return r.plan.candidates[w.slot][r.doc.segment].Contains(r.doc.number)
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
	r.byTimes = r.plan.plain != nil && r.x.passages.records[r.ordinal].flags&flagSettled != 0
	if r.byTimes {
		return r.matchBytes()
	}
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
	if r.plan.all && len(r.live) < len(r.plan.words) {
		return m, false
	}
	for _, w := range r.live {
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
	for _, w := range r.live {
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

// byReport matches a question whose words may stand anywhere in a report: the
// passages that hold one of the words, of reports that the plan holds for.
func (r *reading) byReport(ctx context.Context, candidates []*roaring.Bitmap, receive func(match)) error {
	found, has, err := r.readAll(ctx, candidates)
	if err != nil {
		return err
	}
	matching := make([]bool, len(r.x.reports))
	for i, entry := range r.x.reports {
		matching[i] = r.reportHolds(r.plan.root, i, entry, has)
	}
	for _, m := range found {
		if matching[r.x.passages.records[m.ordinal].report] {
			receive(m)
		}
	}
	return nil
}

// readAll reads the candidates and returns those that hold a marked word (all
// of them if the plan has none), and for each word the reports that hold it.
func (r *reading) readAll(ctx context.Context, candidates []*roaring.Bitmap) (found []match, has [][]bool, err error) {
	has = make([][]bool, len(r.plan.words))
	for i := range has {
		has[i] = make([]bool, len(r.x.reports))
	}
	browse := len(positives(r.plan)) == 0
	err = r.x.each(ctx, candidates, r.enter, func(at document) {
		ordinal := r.x.docs[at.segment][at.number]
		r.turn(ordinal, &at)
		report := r.x.passages.records[ordinal].report
		marked := browse
		for _, w := range r.live {
			if len(r.of(w)) > 0 {
				has[w.slot][report] = true
				marked = marked || w.positive
			}
		}
		if marked {
			found = append(found, r.score(nil))
		}
	})
	return found, has, err
}

// reportHolds reports whether a node holds for a report as a whole.
func (r *reading) reportHolds(n node, report int, entry reportEntry, has [][]bool) bool {
	switch n := n.(type) {
	case nil:
		return true
	case and:
		for _, part := range n {
			if !r.reportHolds(part, report, entry, has) {
				return false
			}
		}
		return true
	case or:
		for _, part := range n {
			if r.reportHolds(part, report, entry, has) {
				return true
			}
		}
		return false
	case not:
		return !r.reportHolds(n.node, report, entry, has)
	case *word:
		return has[n.slot][report]
	case *reportTest:
		return n.reports[report]
	case *sectionTest:
		for _, rec := range r.x.passages.records[entry.First : entry.First+entry.Count] {
			if n.sections[rec.section] {
				return true
			}
		}
	}
	return false
}
