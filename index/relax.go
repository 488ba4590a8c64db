package index

import (
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/query"
)

// relax answers a question that nothing matches exactly with the passages
// that share parts of its words: character pairs, numbers, Latin words.
// Filters hold as before, and so do the parts of the question that ask for no
// word. No word of the question need occur, so no occurrences are counted.
// The exact result stands if nothing is shared either.
func (x *Index) relax(ctx context.Context, exact *plan, req baogao.Request, none *baogao.Result) (*baogao.Result, error) {
	p, parts := exact.loosen()
	matches, err := x.sharing(ctx, p, parts)
	if err != nil {
		return nil, err
	}
	res, err := x.result(ctx, p, req, matches)
	if err != nil || res.Total.Passages == 0 {
		return none, err
	}
	res.Relaxed = true
	return res, nil
}

// loosen returns the plan of the relaxed tier: its root is what the question
// demands beside words, and parts are what its words are made of.
func (p *plan) loosen() (loose *plan, parts []string) {
	loose = &plan{scope: query.Passage, filter: p.filter, relaxed: true, words: slices.Clip(p.words)}
	conditions := []node{p.root}
	if all, ok := p.root.(and); ok {
		conditions = all
	}
	var kept []node
	for _, c := range conditions {
		if !hasPositive(c) {
			kept = append(kept, c)
		}
	}
	loose.root = join(kept)
	seen := map[string]bool{}
	for _, w := range positives(p) {
		for _, part := range analyzer.AppendTerms(nil, w.pattern.String()) {
			if !seen[part] {
				seen[part] = true
				parts = append(parts, part)
			}
		}
	}
	for _, part := range parts {
		loose.words = append(loose.words, &word{pattern: analyzer.Compile(part), positive: true, slot: len(loose.words)})
	}
	return loose, parts
}

func hasPositive(n node) bool {
	switch n := n.(type) {
	case and:
		return anyPositive(n)
	case or:
		return anyPositive(n)
	case not:
		return hasPositive(n.node)
	case *word:
		return n.positive
	}
	return false
}

func anyPositive(nodes []node) bool {
	for _, n := range nodes {
		if hasPositive(n) {
			return true
		}
	}
	return false
}

// sharing returns the passages that hold one of the terms and for which the
// rest of the plan holds, scored by the terms they hold.
func (x *Index) sharing(ctx context.Context, p *plan, terms []string) ([]match, error) {
	weights, err := x.weights(terms)
	if err != nil {
		return nil, err
	}
	scores := make([][]float64, len(x.docs))
	holding := make([]*roaring.Bitmap, len(x.docs))
	for seg := range x.docs {
		scores[seg], holding[seg] = make([]float64, len(x.docs[seg])), roaring.New()
		for i, t := range terms {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			err := x.postings.frequencies(seg, t, func(doc uint32, freq int) {
				rec := x.passages.records[x.docs[seg][doc]]
				scores[seg][doc] += bm25(weights[i], freq, x.relativeLength(rec)) * rec.lift()
				holding[seg].Add(doc)
			})
			if err != nil {
				return nil, err
			}
		}
	}
	r := newReading(x, p)
	var found []match
	for seg, docs := range holding {
		it := docs.Iterator()
		for it.HasNext() {
			doc := it.Next()
			r.turn(x.docs[seg][doc])
			ok, err := r.holds(p.root, nil)
			if err != nil {
				return nil, err
			}
			if ok {
				found = append(found, match{ordinal: x.docs[seg][doc], score: scores[seg][doc]})
			}
		}
	}
	return found, nil
}

// weights returns the idf of each term.
func (x *Index) weights(terms []string) ([]float64, error) {
	weights := make([]float64, len(terms))
	for i, t := range terms {
		holding := 0
		for seg := range x.docs {
			b, err := x.postings.term(seg, fieldText, t)
			if err != nil {
				return nil, err
			}
			holding += int(b.GetCardinality())
		}
		weights[i] = idf(len(x.passages.records), holding)
	}
	return weights, nil
}
