package index

import (
	"context"

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

// find returns all matches of a plan, before its filter, in no order.
func (x *Index) find(ctx context.Context, p *plan) ([]match, error) {
	candidates, err := x.candidates(p)
	if err != nil {
		return nil, err
	}
	r := newReading(x, p)
	if p.scope == query.Report {
		return r.byReport(ctx, candidates)
	}
	var found []match
	err = x.each(ctx, candidates, func(at document) error {
		m, ok, err := r.match(at)
		if ok {
			found = append(found, m)
		}
		return err
	})
	return found, err
}

// A document is the place of a passage in the bleve index.
type document struct {
	segment int
	number  uint32
}

// each visits the given documents of each segment.
func (x *Index) each(ctx context.Context, docs []*roaring.Bitmap, visit func(document) error) error {
	n := 0
	for seg, bitmap := range docs {
		it := bitmap.Iterator()
		for it.HasNext() {
			if n++; n%1024 == 0 {
				if err := ctx.Err(); err != nil {
					return err
				}
			}
			if err := visit(document{seg, it.Next()}); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// candidates returns, for each segment, documents among which all matches
// are, and gives every word its weight on the way.
func (x *Index) candidates(p *plan) ([]*roaring.Bitmap, error) {
	p.candidates = make([][]*roaring.Bitmap, len(p.words))
	for _, w := range p.words {
		holding := 0
		for seg := range x.postings.segments {
			b, err := x.wordCandidates(seg, w)
			if err != nil {
				return nil, err
			}
			b = p.view.leave(seg, b)
			p.candidates[w.slot] = append(p.candidates[w.slot], b)
			holding += int(b.GetCardinality())
		}
		w.idf = idf(p.view.passages, holding)
	}
	all := make([]*roaring.Bitmap, len(x.postings.segments))
	for seg := range all {
		c := &narrowing{x: x, seg: seg, words: p.candidates}
		var err error
		if p.scope == query.Report {
			all[seg] = c.anyWord(p)
		} else if all[seg], err = c.of(p.root); err != nil {
			return nil, err
		}
		all[seg] = p.view.leave(seg, all[seg])
	}
	return all, nil
}

// wordCandidates returns the documents that hold every term of a word. The
// caller must not change it.
func (x *Index) wordCandidates(seg int, w *word) (*roaring.Bitmap, error) {
	var found *roaring.Bitmap
	for _, t := range w.pattern.Terms() {
		list := x.postings.term
		if t.Prefix {
			list = x.postings.prefix
		}
		b, err := list(seg, fieldText, t.Text)
		if err != nil {
			return nil, err
		}
		if found == nil {
			found = b
		} else {
			found = roaring.And(found, b)
		}
		if found.IsEmpty() {
			return found, nil
		}
	}
	if found == nil {
		return x.postings.all(seg), nil
	}
	return found, nil
}

// narrowing computes a superset of the documents of a segment that a node
// holds for. No bitmap it returns may be changed.
type narrowing struct {
	x     *Index
	seg   int
	words [][]*roaring.Bitmap
}

func (c *narrowing) of(n node) (*roaring.Bitmap, error) {
	switch n := n.(type) {
	case and:
		return c.combine(n, roaring.FastAnd)
	case or:
		return c.combine(n, roaring.FastOr)
	case *word:
		return c.words[n.slot][c.seg], nil
	case *reportTest:
		if n.field == "" {
			break
		}
		var lists []*roaring.Bitmap
		for _, v := range n.values {
			b, err := c.x.postings.term(c.seg, n.field, v)
			if err != nil {
				return nil, err
			}
			lists = append(lists, b)
		}
		return roaring.FastOr(lists...), nil
	}
	return c.x.postings.all(c.seg), nil
}

func (c *narrowing) combine(nodes []node, op func(...*roaring.Bitmap) *roaring.Bitmap) (*roaring.Bitmap, error) {
	lists := make([]*roaring.Bitmap, len(nodes))
	for i, n := range nodes {
		b, err := c.of(n)
		if err != nil {
			return nil, err
		}
		lists[i] = b
	}
	return op(lists...), nil
}

// anyWord returns the documents that may hold any word of the plan, or all
// documents if it has none that is marked.
func (c *narrowing) anyWord(p *plan) *roaring.Bitmap {
	if len(positives(p)) == 0 {
		return c.x.postings.all(c.seg)
	}
	var lists []*roaring.Bitmap
	for _, w := range p.words {
		lists = append(lists, c.words[w.slot][c.seg])
	}
	return roaring.FastOr(lists...)
}

func positives(p *plan) []*word {
	var words []*word
	for _, w := range p.words {
		if w.positive {
			words = append(words, w)
		}
	}
	return words
}

// A reading checks passages against a plan, one after another.
type reading struct {
	x       *Index
	plan    *plan
	ordinal uint32
	doc     *document // where the passage is indexed; nil if that is not known
	buf     []byte
	folded  []rune
	loaded  bool              // the text of the passage is in folded
	spans   [][]analyzer.Span // of each word in the passage, where known
	known   []bool
}

func newReading(x *Index, p *plan) *reading {
	return &reading{x: x, plan: p, spans: make([][]analyzer.Span, len(p.words)), known: make([]bool, len(p.words))}
}

// turn begins with another passage.
func (r *reading) turn(ordinal uint32, doc *document) {
	r.ordinal, r.doc, r.loaded = ordinal, doc, false
	clear(r.known)
}

// of returns where a word occurs in the passage. A passage that the posting
// lists rule out is not read.
func (r *reading) of(w *word) ([]analyzer.Span, error) {
	if r.known[w.slot] {
		return r.spans[w.slot], nil
	}
	r.known[w.slot], r.spans[w.slot] = true, r.spans[w.slot][:0]
	if r.doc != nil && !r.plan.candidates[w.slot][r.doc.segment].Contains(r.doc.number) {
		return nil, nil
	}
	if err := r.load(); err != nil {
		return nil, err
	}
	r.spans[w.slot] = w.pattern.Find(r.folded, r.spans[w.slot])
	return r.spans[w.slot], nil
}

// load reads and folds the text of the passage.
func (r *reading) load() error {
	if r.loaded {
		return nil
	}
	b, err := r.x.readText(int(r.ordinal), r.buf)
	if err != nil {
		return err
	}
	r.buf, r.folded, r.loaded = b, analyzer.FoldRunes(r.folded[:0], string(b)), true
	return nil
}

// match checks one passage.
func (r *reading) match(at document) (m match, ok bool, err error) {
	r.turn(r.x.docs[at.segment][at.number], &at)
	sentences := []analyzer.Span(nil) // that match; nil is the whole passage
	if r.plan.scope == query.Sentence && len(r.plan.words) > 0 {
		if sentences, err = r.sentences(); err != nil || len(sentences) == 0 {
			return m, false, err
		}
	} else if ok, err := r.holds(r.plan.root, nil); err != nil || !ok {
		return m, false, err
	}
	m, err = r.score(sentences)
	return m, err == nil, err
}

// holds reports whether a node holds for the passage, or for the sentence
// within it.
func (r *reading) holds(n node, sentence *analyzer.Span) (bool, error) {
	switch n := n.(type) {
	case nil:
		return true, nil
	case and:
		for _, part := range n {
			if ok, err := r.holds(part, sentence); err != nil || !ok {
				return false, err
			}
		}
		return true, nil
	case or:
		for _, part := range n {
			if ok, err := r.holds(part, sentence); err != nil || ok {
				return ok, err
			}
		}
		return false, nil
	case not:
		ok, err := r.holds(n.node, sentence)
		return !ok, err
	case *word:
		spans, err := r.of(n)
		if sentence != nil {
			spans = inside(spans, []analyzer.Span{*sentence})
		}
		return len(spans) > 0, err
	case *reportTest:
		return n.reports[r.x.passages.records[r.ordinal].report], nil
	case *sectionTest:
		return n.sections[r.x.passages.records[r.ordinal].section], nil
	}
	return false, nil
}

// sentences returns the sentences of the passage in which the plan holds.
func (r *reading) sentences() ([]analyzer.Span, error) {
	if err := r.load(); err != nil {
		return nil, err
	}
	var matching []analyzer.Span
	for _, s := range splitSentences(r.folded) {
		ok, err := r.holds(r.plan.root, &s)
		if err != nil {
			return nil, err
		}
		if ok {
			matching = append(matching, s)
		}
	}
	return matching, nil
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
func (r *reading) score(sentences []analyzer.Span) (match, error) {
	m := match{ordinal: r.ordinal}
	rec := r.x.passages.records[r.ordinal]
	length := r.plan.view.relativeLength(rec)
	for _, w := range r.plan.words {
		if !w.positive {
			continue
		}
		spans, err := r.of(w)
		if err != nil {
			return m, err
		}
		if tf := len(inside(spans, sentences)); tf > 0 {
			m.score += bm25(w.idf, tf, length)
		}
	}
	m.score *= rec.lift()
	marks, err := r.marks(sentences)
	m.occurrences = uint32(len(marks))
	return m, err
}

// byReport matches a question whose words may stand anywhere in a report: the
// passages that hold one of the words, of reports that the plan holds for.
func (r *reading) byReport(ctx context.Context, candidates []*roaring.Bitmap) ([]match, error) {
	found, has, err := r.readAll(ctx, candidates)
	if err != nil {
		return nil, err
	}
	matching := make([]bool, len(r.x.reports))
	for i, entry := range r.x.reports {
		matching[i] = r.reportHolds(r.plan.root, i, entry, has)
	}
	kept := found[:0]
	for _, m := range found {
		if matching[r.x.passages.records[m.ordinal].report] {
			kept = append(kept, m)
		}
	}
	return kept, nil
}

// readAll reads the candidates and returns those that hold a marked word (all
// of them if the plan has none), and for each word the reports that hold it.
func (r *reading) readAll(ctx context.Context, candidates []*roaring.Bitmap) (found []match, has [][]bool, err error) {
	has = make([][]bool, len(r.plan.words))
	for i := range has {
		has[i] = make([]bool, len(r.x.reports))
	}
	browse := len(positives(r.plan)) == 0
	err = r.x.each(ctx, candidates, func(at document) error {
		ordinal := r.x.docs[at.segment][at.number]
		r.turn(ordinal, &at)
		report := r.x.passages.records[ordinal].report
		marked := browse
		for _, w := range r.plan.words {
			spans, err := r.of(w)
			if err != nil {
				return err
			}
			if len(spans) > 0 {
				has[w.slot][report] = true
				marked = marked || w.positive
			}
		}
		if !marked {
			return nil
		}
		m, err := r.score(nil)
		found = append(found, m)
		return err
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
