package index

import (
	"context"
	"maps"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/query"
)

// relax answers a question that nothing matches exactly with the passages
// that share parts of its words: character pairs, numbers, Latin words.
// Filters hold as before, and so do the parts of the question that ask for no
// word, such as what must not occur. No word of the question need occur, so no
// occurrences are counted. The exact result stands if nothing is shared either.
//
// Parts find where words stand as they are asked for. Texts shorten and vary
// the same words (网贷, 网络贷款), so the single characters of the question vote
// as well. They vote once, by BM25 as the parts do, and only among the first
// passages that the parts found, whose texts are read for it.
func (x *Index) relax(ctx context.Context, exact *plan, req baogao.Request, none *baogao.Result) (*baogao.Result, error) {
	allowed, err := x.conditions(ctx, exact)
	if err != nil {
		return nil, err
	}
	p, terms := exact.loosen()
	sel := selection{by: req.Sort, need: wanted(req)}
	if sel.need > 0 {
		sel.need = max(sel.need, votingDepth)
	}
	c, err := x.collect(&p.filter, sel, func(receivers func() func(match)) error {
		return x.sharing(ctx, p, terms, allowed, receivers)
	})
	if err != nil {
		return nil, err
	}
	defer c.release()
	if c.order.primary == nil && sel.need > 0 {
		p.characters = x.charactersOf(positives(exact))
	}
	res, err := x.result(ctx, p, req, c)
	if err != nil || res.Total.Passages == 0 {
		return none, err
	}
	res.Relaxed = true
	return res, nil
}

// conditions returns the passages for which the parts of a question hold that
// ask for no word, by ordinal; nil if there are no such parts.
func (x *Index) conditions(ctx context.Context, exact *plan) (*roaring.Bitmap, error) {
	q := &query.Query{Within: query.Passage}
	var kept query.And
	for _, part := range exact.parts {
		if len(query.Words(part)) == 0 {
			kept = append(kept, part)
		}
	}
	if len(kept) == 0 {
		return nil, nil
	}
	if q.Root = kept; exact.scope == query.Report {
		q.Within = query.Report
	}
	p, err := x.newPlan(baogao.Request{Query: q, Copies: exact.view == &x.all})
	if err != nil {
		return nil, err
	}
	var parts []*roaring.Bitmap
	err = x.matches(ctx, p, func() func(match) {
		part := roaring.New()
		parts = append(parts, part)
		return func(m match) { part.Add(m.ordinal) }
	})
	return roaring.FastOr(parts...), err
}

// An askedTerm is a term of the words of a question. A passage that holds a
// part shares something with the question; other terms, such as the character
// that ends a word, only add to its score.
type askedTerm struct {
	text   string
	times  int // in the question
	isPart bool
	layers [][]*roaring.Bitmap // by segment
	weight float64             // idf, times how often it is asked for
}

// keep leaves, of the layers of a term, some documents alone.
func (t *askedTerm) keep(docs []*roaring.Bitmap) {
	for seg, layers := range t.layers {
		own := make([]*roaring.Bitmap, len(layers))
		for i, layer := range layers {
			own[i] = roaring.And(layer, docs[seg])
		}
		t.layers[seg] = own
	}
}

// loosen returns the plan of the relaxed tier, which marks the parts of the
// words, and the terms it scores by.
func (p *plan) loosen() (loose *plan, terms []*askedTerm) {
	loose = &plan{scope: query.Passage, view: p.view, only: p.only, filter: p.filter, relaxed: true}
	var parts []string
	known := map[string]*askedTerm{}
	for _, w := range positives(p) {
		parts = analyzer.AppendTerms(parts, w.pattern.String())
		analyzer.EachTerm(w.pattern.String(), func(term []rune) {
			t := known[string(term)]
			if t == nil {
				t = &askedTerm{text: string(term)}
				known[t.text] = t
				terms = append(terms, t)
			}
			t.times++
		})
	}
	for i, part := range parts {
		known[part].isPart = true // each part is a term
		loose.words = append(loose.words, &word{pattern: analyzer.Compile(part), positive: true, slot: i})
	}
	return loose, terms
}

// sharing gives the allowed passages that hold one of the parts, scored by the
// terms they hold.
func (x *Index) sharing(ctx context.Context, p *plan, terms []*askedTerm, allowed *roaring.Bitmap, receivers func() func(match)) error {
	holding, err := x.weighTerms(p.view, terms)
	if err != nil {
		receivers()
		return err
	}
	if p.only != anyReport {
		x.keepReport(holding, p.only)
		for _, t := range terms {
			t.keep(holding)
		}
	}
	return x.sideBySide(holding, func() worker {
		receive, scores := receivers(), make([]float64, stretchDocs)
		return worker{end: func() {}, stretch: func(in stretch) error {
			clear(scores)
			for _, t := range terms {
				if err := ctx.Err(); err != nil {
					return err
				}
				x.scoreTerm(scores, p.view, t, in)
			}
			return eachIn(ctx, in, holding[in.segment], func(at document) {
				if ordinal := x.docs[at.segment][at.number]; allowed == nil || allowed.Contains(ordinal) {
					receive(match{ordinal: ordinal, score: scores[at.number-in.from]})
				}
			})
		}}
	})
}

// scoreTerm adds what a term gives to the scores of the documents of a stretch.
func (x *Index) scoreTerm(scores []float64, v *view, t *askedTerm, in stretch) {
	eachFrequency(t.layers[in.segment], in, func(doc uint32, freq int) {
		if ordinal := x.docs[in.segment][doc]; ordinal != goneDocument {
			scores[doc-in.from] += t.weight * bm25(1, freq, v.relativeLength(&x.passages.records[ordinal]))
		}
	})
}

// weighTerms looks the terms up and weighs them. It returns the documents that
// hold a part, by segment.
func (x *Index) weighTerms(v *view, terms []*askedTerm) ([]*roaring.Bitmap, error) {
	holding := make([]*roaring.Bitmap, len(x.docs))
	for seg := range x.docs {
		holding[seg] = roaring.New()
	}
	for _, t := range terms {
		n := 0
		for seg := range x.docs {
			layers, err := x.postings.layers(seg, t.text)
			if err != nil {
				return nil, err
			}
			t.layers = append(t.layers, layers)
			n += int(v.leave(seg, layers[0]).GetCardinality())
			if t.isPart {
				holding[seg].Or(layers[0])
			}
		}
		t.weight = idf(v.passages, n) * float64(t.times)
	}
	for seg := range holding {
		holding[seg] = v.leave(seg, holding[seg])
	}
	return holding, nil
}

// votingDepth is among how many of the first passages single characters vote,
// and sampledPassages in how many passages it is counted how common they are.
const (
	votingDepth     = 1000
	sampledPassages = 1 << 14
)

// charactersOf returns the weight of each Chinese character of some words.
func (x *Index) charactersOf(words []*word) map[rune]float64 {
	sample := x.sampled()
	weights := map[rune]float64{}
	for _, w := range words {
		for _, r := range w.pattern.String() {
			if analyzer.IsCJK(r) {
				weights[r] += sample.weight(r)
			}
		}
	}
	return weights
}

// A sample says how many of some passages hold a character, by the character;
// those beyond the basic plane are too rare to be told from none.
type sample struct {
	passages int
	holding  []int32
}

// sampleCharacters counts characters in passages evenly spread over the index.
func (x *Index) sampleCharacters() sample {
	const basic = 1 << 16
	s := sample{holding: make([]int32, basic)}
	last := make([]int32, basic) // number of the passage that a character was last seen in
	step := len(x.passages.records)/sampledPassages + 1
	for ordinal := 0; ordinal < len(x.passages.records); ordinal += step {
		s.passages++
		eachRune(x.readText(ordinal), func(r rune) {
			if r = analyzer.FoldRune(r); r < basic && last[r] != int32(s.passages) {
				last[r] = int32(s.passages)
				s.holding[r]++
			}
		})
	}
	return s
}

// weight is the idf of a character.
func (s *sample) weight(r rune) float64 {
	if int(r) >= len(s.holding) {
		return idf(s.passages, 0)
	}
	return idf(s.passages, int(s.holding[r]))
}

// vote adds to the scores of the first matches what the single characters of
// the question give them, and puts them in order again. Those that follow stay
// behind them.
func (x *Index) vote(p *plan, matches []match, o order) {
	first := matches[:min(len(matches), votingDepth)]
	times := make(map[rune]int, len(p.characters))
	var folded []rune
	for i := range first {
		m := &first[i]
		clear(times)
		folded = appendFolded(folded[:0], x.readText(int(m.ordinal)))
		for _, r := range folded {
			if _, ok := p.characters[r]; ok {
				times[r]++
			}
		}
		length := p.view.relativeLength(&x.passages.records[m.ordinal])
		for _, r := range slices.Sorted(maps.Keys(times)) { // in one order, so that sums are the same each time
			m.score += p.characters[r] * bm25(1, times[r], length)
		}
	}
	slices.SortFunc(first, o.compare)
}
