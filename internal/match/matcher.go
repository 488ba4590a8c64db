package match

import (
	"slices"

	"baogao/internal/analyzer"
	"baogao/query"
)

// A Passage is what a question is matched with.
type Passage struct {
	Text            []byte // UTF-16, see package analyzer
	Settled         bool   // see analyzer.Settled; false is not known
	Whole           bool   // no quotation marks part the words of the tree, and no sign stands for several characters; false is not known
	Report, Section uint32 // for tests
	Plan            bool   // likewise: it stands in what is planned

	// MayHold reports whether the index lets the passage hold a word; nil lets it
	// hold all.
	MayHold func(w *Word) bool
}

// Found is what was found in a passage. It is good until the next is looked at.
type Found struct {
	Times []int // by slot, how often each word that is marked occurs; of other words Find alone tells
	Marks int   // places that are marked
}

// A Matcher matches one passage after another, for one goroutine.
type Matcher interface {
	// Match reports whether the question holds for a passage, or for sentences of
	// it, and what is found there.
	Match(p *Passage) (Found, bool)
	// Find finds all words of a passage, those that are not marked as well,
	// whether the question holds or not.
	Find(p *Passage) Found
}

// Matcher returns the matcher that suits the tree. A tree that asks for whole
// reports is matched by what Find finds in their passages; see Reports.
func (t *Tree) Matcher() Matcher {
	r := newReading(t)
	switch {
	case t.finder != nil:
		return &finding{reading: r, ends: make([]int, len(t.Words)), sums: make([]int, len(t.Words))}
	case t.Plain:
		return &plainMatcher{textMatcher: textMatcher{r}, counter: t.Counter()}
	case t.Scope == query.Sentence && len(t.Words) > 0:
		return sentenceMatcher{textMatcher{r}}
	}
	return textMatcher{r}
}

// A counted subject is a passage, or a sentence, of which it is known how often
// each word occurs.
type counted struct {
	times   []int
	passage *Passage
}

func (c *counted) occurs(w *Word) bool { return c.times[w.Slot] > 0 }
func (c *counted) passes(t Test) bool  { return t.Passage(c.passage) }

// A Counter matches one passage after another by how often each word occurs, for
// one goroutine of an engine that knows it without the text.
type Counter struct {
	tree    *Tree
	subject counted
}

// Counter returns the counter of a tree, which must be plain.
func (t *Tree) Counter() *Counter { return &Counter{tree: t} }

// Match reports whether the question holds for a passage, and what is found there.
func (c *Counter) Match(times []int, p *Passage) (Found, bool) {
	t := c.tree
	c.subject = counted{times, p}
	if !t.All && !t.holds(&c.subject) {
		return Found{}, false
	}
	f := Found{Times: times}
	for slot, n := range times {
		if t.Words[slot].Marked {
			f.Marks += n
		}
	}
	return f, true
}

// A plainMatcher matches passages against a plain tree without reading them,
// where the words can only stand there in their own characters.
type plainMatcher struct {
	textMatcher
	counter *Counter
	alike   [][]byte // see analyzer.Pattern.Alike; of all words
	asked   bool     // alike is known, if it can be
	known   bool     // it is
}

// isSettled reports whether the words stand in a whole passage in their own
// characters alone.
func (m *plainMatcher) isSettled(p *Passage) bool {
	if p.Settled {
		return true
	}
	if !m.asked {
		m.asked, m.known = true, true
		for _, w := range m.tree.Words {
			others, ok := w.Pattern.Alike()
			m.alike, m.known = append(m.alike, others...), m.known && ok
		}
	}
	return m.known && !slices.ContainsFunc(m.alike, func(other []byte) bool { return analyzer.CountUTF16(p.Text, other) > 0 })
}

func (m *plainMatcher) Match(p *Passage) (Found, bool) {
	if !p.Whole || !m.isSettled(p) {
		return m.textMatcher.Match(p)
	}
	t, times := m.tree, m.times
	clear(times)
	for _, w := range t.Words {
		if t.All || p.MayHold == nil || p.MayHold(w) {
			times[w.Slot] = analyzer.CountUTF16(p.Text, t.plain[w.Slot])
		}
		if t.All && times[w.Slot] == 0 {
			return Found{}, false
		}
	}
	return m.counter.Match(times, p)
}

// A textMatcher matches passages by their folded text.
type textMatcher struct{ *reading }

func (m textMatcher) Match(p *Passage) (Found, bool) {
	m.turn(p)
	if !m.tree.holds(m.reading) {
		return Found{}, false
	}
	return m.found(nil), true
}

func (m textMatcher) Find(p *Passage) Found {
	m.turn(p)
	f := m.found(nil)
	for _, w := range m.tree.Words {
		f.Times[w.Slot] = len(m.of(w))
	}
	return f
}

// A sentenceMatcher matches the sentences of passages.
type sentenceMatcher struct{ textMatcher }

func (m sentenceMatcher) Match(p *Passage) (Found, bool) {
	m.turn(p)
	matching := m.sentences()
	if len(matching) == 0 {
		return Found{}, false
	}
	return m.found(matching), true
}

// A reading looks for words in one passage after another, and reads none that
// the index rules out.
type reading struct {
	tree    *Tree
	passage *Passage
	text    analyzer.Text
	literal analyzer.Text     // for words with quotation marks
	loaded  [2]bool           // the passage is in text, in literal
	spans   [][]analyzer.Span // of each word in the passage, in code points of the passage, where known
	known   []bool
	times   []int
}

func newReading(t *Tree) *reading {
	return &reading{tree: t, literal: analyzer.Text{Literal: true}, spans: make([][]analyzer.Span, len(t.Words)), known: make([]bool, len(t.Words)), times: make([]int, len(t.Words))}
}

// turn begins with another passage.
func (r *reading) turn(p *Passage) {
	r.passage, r.loaded = p, [2]bool{}
	clear(r.known)
}

// load reads the text of the passage.
func (r *reading) load() *analyzer.Text {
	if !r.loaded[0] {
		r.text.ReadUTF16(r.passage.Text)
		r.loaded[0] = true
	}
	return &r.text
}

// loadLiteral reads the text of the passage with its quotation marks.
func (r *reading) loadLiteral() *analyzer.Text {
	if !r.loaded[1] {
		r.literal.ReadUTF16(r.passage.Text)
		r.loaded[1] = true
	}
	return &r.literal
}

// of returns where a word occurs in the passage.
func (r *reading) of(w *Word) []analyzer.Span {
	if r.known[w.Slot] {
		return r.spans[w.Slot]
	}
	r.known[w.Slot], r.spans[w.Slot] = true, r.spans[w.Slot][:0]
	if r.passage.MayHold == nil || r.passage.MayHold(w) {
		r.spans[w.Slot] = r.find(w.Pattern, r.spans[w.Slot])
	}
	return r.spans[w.Slot]
}

// find appends the occurrences of a word in the passage to spans, which is empty.
func (r *reading) find(p *analyzer.Pattern, spans []analyzer.Span) []analyzer.Span {
	text := r.load
	if p.Literal() {
		text = r.loadLiteral
	}
	in := text()
	spans = p.Find(in.Runes, spans)
	if !in.IsPlain() {
		for i, s := range spans {
			spans[i] = in.Source(s)
		}
	}
	return spans
}

func (r *reading) occurs(w *Word) bool { return len(r.of(w)) > 0 }
func (r *reading) passes(t Test) bool  { return t.Passage(r.passage) }

// found counts the marked words of the passage, or of some of its sentences.
func (r *reading) found(sentences []analyzer.Span) Found {
	clear(r.times)
	for _, w := range r.tree.Words {
		if w.Marked {
			r.times[w.Slot] = len(inside(r.of(w), sentences))
		}
	}
	return Found{r.times, len(r.marks(sentences))}
}

// A sentence is one of the passage that is read.
type sentence struct {
	*reading
	span [1]analyzer.Span
}

func (s *sentence) occurs(w *Word) bool { return len(inside(s.of(w), s.span[:])) > 0 }

// sentences returns the sentences of the passage for which the question holds.
func (r *reading) sentences() []analyzer.Span {
	var matching []analyzer.Span
	for _, span := range splitSentences(r.load()) {
		if r.tree.holds(&sentence{r, [1]analyzer.Span{span}}) {
			matching = append(matching, span)
		}
	}
	return matching
}

// Sentences cuts a text into the sentences that within:sentence asks in, in code
// points of the text.
func Sentences(text string) []analyzer.Span {
	t := analyzer.Text{Literal: true}
	t.Read(text)
	return splitSentences(&t)
}

// splitSentences cuts a text after 。 ! ? and … and the quotes and brackets that
// close there.
func splitSentences(text *analyzer.Text) []analyzer.Span {
	var all []analyzer.Span
	start, folded := 0, text.Runes
	add := func(end int) {
		all = append(all, text.Source(analyzer.Span{Start: start, End: end}))
		start = end
	}
	for i := 0; i < len(folded); i++ {
		if !isSentenceEnd(folded[i]) {
			continue
		}
		for i+1 < len(folded) && (isSentenceEnd(folded[i+1]) || folded[i+1] == '"' || folded[i+1] == ')') {
			i++
		}
		add(i + 1)
	}
	if start < len(folded) {
		add(len(folded))
	}
	return all
}

func isSentenceEnd(r rune) bool { return r == '。' || r == '!' || r == '?' || r == '…' }
