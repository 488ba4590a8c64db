package index

import (
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"baogao"
	"baogao/index/internal/ranking"
	"baogao/index/internal/segment"
	"baogao/index/internal/store"
	"baogao/internal/match"
	"baogao/internal/weight"
)

// A relaxation answers a question that nothing matches exactly with the passages
// that share parts of its words: character pairs, numbers, Latin words.
// Filters hold as before, and so do the parts of the question that ask for no
// word, such as what must not occur. No word of the question need occur, so no
// occurrences are counted.
//
// Parts find where words stand as they are asked for. Texts shorten and vary
// the same words (网贷, 网络贷款), so the single characters of the question vote
// as well. They vote once, by BM25 as the parts do, and only among the first
// passages that the parts found, whose texts are read for it.
type relaxation struct {
	*run
	terms   []*askedTerm
	allowed *roaring.Bitmap // passages, by ordinal, for which the conditions hold; nil is all
}

// An askedTerm is a term of the words of a question in the index.
type askedTerm struct {
	*match.Term
	layers [][]*roaring.Bitmap // by segment
	score  float64             // idf, times its weight in the question
}

// relax answers what a run has found nothing for by a relaxation. The exact result
// stands if nothing is shared.
func relax(ctx context.Context, r *run, req baogao.Request, none *baogao.Result) (*baogao.Result, error) {
	need := wanted(req)
	loose, c, err := loosely(ctx, r, ranking.Selection{By: req.Sort, Need: need, Grouped: req.Grouped && need > 0})
	if err != nil {
		return nil, err
	}
	defer c.Release()
	first := c.Best()
	if c.Grouped() {
		first = c.Leading(first, need, nil)
	}
	res, err := loose.result(ctx, req, c, first)
	if err != nil || res.Total.Passages == 0 {
		return none, err
	}
	res.Relaxed = true
	return res, nil
}

// fewMatches is below how many exact matches others follow that share parts of
// the words.
const fewMatches = 5

// related are the passages that share most with a question of which there are few
// exact matches, all of which are given: the nearest first, whatever the order
// of the matches.
func related(ctx context.Context, r *run, req baogao.Request, exact []ranking.Match) ([]baogao.Hit, error) {
	room := limitOf(req) - len(exact)
	if room <= 0 {
		return nil, nil
	}
	loose, c, err := loosely(ctx, r, ranking.Selection{By: baogao.ByRelevance, Need: room + len(exact)})
	if err != nil {
		return nil, err
	}
	defer c.Release()
	var hits []baogao.Hit
	shower := loose.tree.Shower()
	for _, m := range c.Best() {
		if len(hits) == room {
			break
		}
		if !slices.ContainsFunc(exact, func(e ranking.Match) bool { return e.Ordinal == m.Ordinal }) {
			hits = append(hits, loose.hit(m, &shower))
		}
	}
	return hits, nil
}

// loosely collects what shares parts with the words of a run, the best in order.
// The collector is to be released.
func loosely(ctx context.Context, r *run, sel ranking.Selection) (*relaxation, *ranking.Collector, error) {
	allowed, err := conditions(ctx, r)
	if err != nil {
		return nil, nil, err
	}
	loose := &relaxation{run: &run{r.Index, &plan{view: r.view, only: r.only, filter: r.filter, factors: r.factors, relaxed: true}}, allowed: allowed}
	tree, terms := r.tree.Loosen()
	loose.plan.take(tree)
	for _, t := range terms {
		loose.terms = append(loose.terms, &askedTerm{Term: t})
	}
	switch {
	case sel.Grouped: // those behind lead their reports by what was collected
		sel.Need = votingDepth
	case sel.Need > 0:
		sel.Need = max(sel.Need, votingDepth)
	}
	c, err := loose.collect(sel, func(receivers func() func(ranking.Match)) error { return loose.sharing(ctx, receivers) })
	if err != nil {
		return nil, nil, err
	}
	if first := c.InOrder(); c.Order().ByScore() && sel.Need > 0 {
		newVote(r).on(first, c.Order())
	}
	return loose, c, nil
}

// conditions returns the passages for which the parts of a question hold that
// ask for no word, by ordinal; nil if there are no such parts.
func conditions(ctx context.Context, r *run) (*roaring.Bitmap, error) {
	q := r.tree.Conditions()
	if q == nil {
		return nil, nil
	}
	p, err := newPlan(r.Index, baogao.Request{Query: q, Copies: r.view == &r.reports.All})
	if err != nil {
		return nil, err
	}
	var parts []*roaring.Bitmap
	err = (&run{r.Index, p}).matches(ctx, func() func(ranking.Match) {
		part := roaring.New()
		parts = append(parts, part)
		return func(m ranking.Match) { part.Add(m.Ordinal) }
	})
	return roaring.FastOr(parts...), err
}

// sharing gives the allowed passages that hold one of the parts, scored by the
// terms they hold.
func (r *relaxation) sharing(ctx context.Context, receivers func() func(ranking.Match)) error {
	holding, err := r.weighTerms()
	if err != nil {
		receivers()
		return err
	}
	if r.only != anyReport {
		r.keepReport(holding)
	}
	return r.sideBySide(holding, func() worker {
		receive, scores := receivers(), make([]float64, stretchDocs)
		return worker{end: func() {}, stretch: func(in stretch) error {
			clear(scores)
			for _, t := range r.terms {
				if err := ctx.Err(); err != nil {
					return err
				}
				r.scoreTerm(scores, t, in)
			}
			return eachIn(ctx, in, holding[in.segment], func(at document) {
				if ordinal := r.docs[at.segment][at.number]; r.allowed == nil || r.allowed.Contains(ordinal) {
					receive(ranking.Match{Ordinal: ordinal, Score: scores[at.number-in.from] * r.relaxedPrior(ordinal)})
				}
			})
		}}
	})
}

// relaxedPrior is what a passage is worth in the relaxed tier.
func (r *relaxation) relaxedPrior(ordinal uint32) float64 {
	rec := &r.gen.Records[ordinal]
	return weight.Relaxed.Of(rec.Facts, rec.Bare())
}

// scoreTerm adds what a term gives to the scores of the documents of a stretch.
func (r *relaxation) scoreTerm(scores []float64, t *askedTerm, in stretch) {
	segment.EachFrequency(t.layers[in.segment], in.from, in.to, func(doc uint32, freq int) {
		if ordinal := r.docs[in.segment][doc]; ordinal != store.Gone {
			scores[doc-in.from] += t.score * weight.BM25(1, freq, r.view.RelativeLength(r.gen.Units(ordinal)), relaxedB)
		}
	})
}

// weighTerms looks the terms up and weighs them. It returns the documents that
// hold a part, by segment.
func (r *relaxation) weighTerms() ([]*roaring.Bitmap, error) {
	holding := make([]*roaring.Bitmap, len(r.docs))
	for seg := range r.docs {
		holding[seg] = roaring.New()
	}
	for _, t := range r.terms {
		n := 0
		for seg, s := range r.bleve.Segments {
			layers, err := s.Layers(t.Text)
			if err != nil {
				return nil, err
			}
			t.layers = append(t.layers, layers)
			n += int(r.view.Leave(seg, layers[0]).GetCardinality())
			if t.Part {
				holding[seg].Or(layers[0])
			}
		}
		t.score = weight.IDF(r.view.Passages, n) * t.Weight
	}
	for seg := range holding {
		holding[seg] = r.view.Leave(seg, holding[seg])
	}
	return holding, nil
}

// keepReport leaves, of the documents that hold a part and of the layers of the
// terms, those of the one report that is searched.
func (r *relaxation) keepReport(holding []*roaring.Bitmap) {
	report := &r.gen.Reports[r.only]
	first, end := uint32(report.First), uint32(report.First+report.Count)
	for seg, all := range holding {
		own := roaring.New()
		for it := all.Iterator(); it.HasNext(); {
			if doc := it.Next(); r.docs[seg][doc] >= first && r.docs[seg][doc] < end {
				own.Add(doc)
			}
		}
		holding[seg] = own
		for _, t := range r.terms {
			for i, layer := range t.layers[seg] {
				t.layers[seg][i] = roaring.And(layer, own)
			}
		}
	}
}

// relaxedB is the weight of the length in BM25, as weight.B is among exact matches.
const relaxedB = 0.75
