package index

import (
	"context"

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
func (x *Index) relax(ctx context.Context, exact *plan, req baogao.Request, none *baogao.Result) (*baogao.Result, error) {
	allowed, err := x.conditions(ctx, exact)
	if err != nil {
		return nil, err
	}
	p, parts := exact.loosen()
	c := x.newCollector(&p.filter, req.Sort, wanted(req))
	defer c.release()
	if err := x.sharing(ctx, p.view, parts, allowed, c.add); err != nil {
		return nil, err
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

// loosen returns the plan of the relaxed tier, which marks the parts of the
// words, and those parts.
func (p *plan) loosen() (loose *plan, parts []string) {
	loose = &plan{scope: query.Passage, view: p.view, filter: p.filter, relaxed: true}
	for _, w := range positives(p) {
		parts = analyzer.AppendTerms(parts, w.pattern.String())
	}
	for i, part := range parts {
		loose.words = append(loose.words, &word{pattern: analyzer.Compile(part), positive: true, slot: i})
	}
	return loose, parts
}

// sharing gives the allowed passages that hold one of the terms, scored by the
// terms they hold.
func (x *Index) sharing(ctx context.Context, v *view, terms []string, allowed *roaring.Bitmap, receive func(match)) error {
	weights, err := x.weights(v, terms)
	if err != nil {
		return err
	}
	for seg, ordinals := range x.docs {
		scores, holding := make([]float64, len(ordinals)), roaring.New()
		for i, t := range terms {
			if err := ctx.Err(); err != nil {
				return err
			}
			err := x.postings.frequencies(seg, t, func(doc uint32, freq int) {
				rec := &x.passages.records[ordinals[doc]]
				scores[doc] += bm25(weights[i], freq, v.relativeLength(rec)) * rec.lift()
				holding.Add(doc)
			})
			if err != nil {
				return err
			}
		}
		for it := v.leave(seg, holding).Iterator(); it.HasNext(); {
			doc := it.Next()
			if allowed == nil || allowed.Contains(ordinals[doc]) {
				receive(match{ordinal: ordinals[doc], score: scores[doc]})
			}
		}
	}
	return nil
}

// weights returns the idf of each term.
func (x *Index) weights(v *view, terms []string) ([]float64, error) {
	weights := make([]float64, len(terms))
	for i, t := range terms {
		holding := 0
		for seg := range x.docs {
			b, err := x.postings.term(seg, fieldText, t)
			if err != nil {
				return nil, err
			}
			holding += int(v.leave(seg, b).GetCardinality())
		}
		weights[i] = idf(v.passages, holding)
	}
	return weights, nil
}
