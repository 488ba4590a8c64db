package opensearch

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/match"
	"baogao/internal/opensearch/document"
	"baogao/internal/opensearch/nodes"
	"baogao/internal/tally"
	"baogao/internal/weight"
	"baogao/query"
)

// A relaxation answers a question that nothing matches exactly with the passages that
// share parts of its words, as that of the embedded engine does: the shards find,
// count and rank them by BM25 over the terms, and the first are read and weighed by
// its formula, with the votes of single characters.
type relaxation struct {
	*plan
	tree       *match.Tree
	terms      []*match.Term
	score      []float64 // of each term: idf, times its weight in the question
	query      nodes.Object
	characters map[rune]float64
}

const (
	relaxedB    = 0.75 // weight of the length in BM25
	votingDepth = 1000 // among how many of the first passages single characters vote
	mostTerms   = 500  // by how many terms passages are ranked; a long question has more
)

// relax answers what nothing was found for by a relaxation. The exact result stands
// if nothing is shared.
func (p *plan) relax(ctx context.Context, none *baogao.Result) (*baogao.Result, error) {
	r, err := p.newRelaxation(ctx)
	if err != nil {
		return nil, err
	}
	all := counts{}
	need := p.req.Offset + p.limit() + 1
	if p.limit() == 0 {
		need = 0
	}
	if p.req.Grouped && need > 0 {
		need = math.MaxInt
	}
	first, err := r.first(ctx, need, &all)
	if err != nil {
		return nil, err
	}
	res := all.result(p.req)
	if res.Total.Passages == 0 {
		return none, nil
	}
	if p.req.Grouped {
		first = grouped(first)
	}
	res.Relaxed = true
	from := min(p.req.Offset, len(first))
	to := from + min(p.limit(), len(first)-from)
	if from < to && to < len(first) {
		res.Next = p.next(to, nil)
	}
	res.Hits, err = p.show(ctx, first[from:to], r.tree)
	return res, err
}

// grouped leaves of each report its first passage, with how many there are.
func grouped(all []matched) (kept []matched) {
	of := map[int]*baogao.Matches{}
	for _, m := range all {
		n := of[m.Report]
		if n == nil {
			n = &baogao.Matches{}
			of[m.Report], m.inReport = n, n
			kept = append(kept, m)
		}
		n.Passages++
	}
	return kept
}

// related are the passages that share most with a question of which there are few
// matches, all of which are given.
func (p *plan) related(ctx context.Context, exact []matched) ([]baogao.Hit, error) {
	room := p.limit() - len(exact)
	if room <= 0 {
		return nil, nil
	}
	by := *p
	by.req.Sort = ""
	r, err := by.newRelaxation(ctx)
	if err != nil {
		return nil, err
	}
	first, err := r.first(ctx, room+len(exact), &counts{})
	if err != nil {
		return nil, err
	}
	first = slices.DeleteFunc(first, func(m matched) bool {
		return slices.ContainsFunc(exact, func(e matched) bool { return e.Number == m.Number })
	})
	hits, err := by.show(ctx, first[:min(room, len(first))], r.tree)
	if len(hits) == 0 {
		return nil, err
	}
	return hits, err
}

// newRelaxation weighs the parts of the words of a question.
func (p *plan) newRelaxation(ctx context.Context) (*relaxation, error) {
	r := &relaxation{plan: p}
	r.tree, r.terms = p.tree.Loosen()
	var parts []string
	var queries []nodes.Object
	for _, t := range r.terms {
		queries = append(queries, nodes.Term("terms", document.Token(t.Text)))
		if t.Part {
			parts = append(parts, document.Token(t.Text))
		}
	}
	condition, err := p.conditions(ctx)
	if err != nil {
		return nil, err
	}
	r.query = nodes.Every(nodes.Object{"terms": nodes.Object{"terms": parts}}, condition)
	if len(parts) == 0 {
		r.query = nodes.Object{"match_none": nodes.Object{}}
	}
	holding, err := p.countEach(ctx, queries)
	for i, n := range holding {
		r.score = append(r.score, weight.IDF(p.view.Passages, n)*r.terms[i].Weight)
	}
	if err != nil {
		return nil, err
	}
	sample, err := p.Index.characters(ctx)
	r.characters = sample.Weights(p.tree.Characters())
	return r, err
}

// conditions finds the passages for which the parts of a question hold that ask for
// no word.
func (p *plan) conditions(ctx context.Context) (nodes.Object, error) {
	q := p.tree.Conditions()
	if q == nil {
		return nodes.Anything(), nil
	}
	by := *p
	by.arena, by.fields, by.filter, by.after = &arena{}, nil, nodes.Every(), nil
	by.req = baogao.Request{Query: q, Limit: math.MaxInt32, Exact: true}
	by.tree = by.compile(q)
	by.score = make([]float64, len(by.tree.Words))
	part, exact := narrowed(by.tree)
	if exact && by.tree.Scope != query.Report {
		return part, nil
	}
	_, found, err := by.byReading(ctx, part)
	if err != nil {
		return nil, err
	}
	if len(found) > document.MaxValues {
		return nil, fmt.Errorf("%w: over a cluster, a question that nothing matches and that leaves out words in %d passages is not relaxed; leave out fewer", baogao.ErrRequest, len(found))
	}
	numbers := make([]int, len(found))
	for i, m := range found {
		numbers[i] = m.Number
	}
	return nodes.Object{"terms": nodes.Object{"n": numbers}}, nil
}

// ranked is the query that ranks passages by terms.
func (r *relaxation) ranked() nodes.Object {
	order := make([]int, len(r.terms))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(r.score[j], r.score[i]) })
	var should []nodes.Object
	for _, i := range order[:min(len(order), mostTerms)] {
		should = append(should, nodes.Object{"term": nodes.Object{"terms": nodes.Object{"value": document.Token(r.terms[i].Text), "boost": r.terms[i].Weight}}})
	}
	return nodes.Object{"function_score": nodes.Object{
		"query":              nodes.Object{"bool": nodes.Object{"filter": r.among(document.PassageKind, r.query), "should": should}},
		"field_value_factor": nodes.Object{"field": "loose"}, "boost_mode": "multiply",
	}}
}

// first finds the first passages in order, as many as are needed, and counts all.
func (r *relaxation) first(ctx context.Context, need int, all *counts) ([]matched, error) {
	s := nodes.Search{Query: r.ranked(), Source: readSource, Sort: r.order(nodes.Object{"_score": "desc"}), Aggs: tallying(byClass, []string{}, false)}
	if need > 0 {
		need = max(need, votingDepth)
	}
	var first []weighed
	for asked := false; !asked || len(first) < need; asked = true {
		s.Size = min(need-len(first), nodes.Most)
		f, err := r.client.Ask(ctx, r.gen.Index, r.filtered(s))
		if err != nil {
			return nil, err
		}
		if !asked {
			if err := all.read(f); err != nil {
				return nil, err
			}
			s.Aggs = nil
		}
		if first, err = r.weigh(first, f); err != nil {
			return nil, err
		}
		if len(f.Hits.Hits) < s.Size || s.Size == 0 {
			break
		}
		s.After = nodes.After(first[len(first)-1].sort)
	}
	if tally.By(r.req.Sort) == nil {
		slices.SortFunc(first[:min(len(first), votingDepth)], func(a, b weighed) int {
			return cmp.Or(cmp.Compare(b.score, a.score), tally.Newest(a.meta.Year, b.meta.Year), cmp.Compare(a.meta.ID, b.meta.ID), cmp.Compare(a.Number, b.Number))
		})
	}
	matches := make([]matched, len(first))
	for i := range first {
		matches[i] = first[i].matched
	}
	return matches, nil
}

// A weighed passage is one with what its ties are told by.
type weighed struct {
	matched
	meta baogao.Meta
}

// weigh reads what was found and weighs it by the formula.
func (r *relaxation) weigh(first []weighed, f *nodes.Found) ([]weighed, error) {
	for i := range f.Hits.Hits {
		var p document.Passage
		if err := json.Unmarshal(f.Hits.Hits[i].Source, &p); err != nil {
			return nil, err
		}
		class, err := document.ParseClass(p.Class)
		if err != nil {
			return nil, err
		}
		m := weighed{matched{Number: p.Number, Report: p.Report, sort: f.Hits.Hits[i].Sort}, baogao.Meta{ID: p.ID, Year: class.Reported}}
		m.score = r.worth(&p, len(first) < votingDepth && tally.By(r.req.Sort) == nil)
		first = append(first, m)
	}
	return first, nil
}

// worth is what a passage is worth by the terms it holds and, where they vote, by its
// characters.
func (r *relaxation) worth(p *document.Passage, vote bool) float64 {
	times := map[string]int{}
	analyzer.EachTerm(p.Body.Text, func(t []rune) { times[string(t)]++ })
	length, prior := r.view.RelativeLength(p.Units), weight.Relaxed.Of(weight.Facts(p.Facts), p.Bare)
	score := 0.0
	for i, t := range r.terms {
		if n := times[t.Text]; n > 0 {
			score += r.score[i] * weight.BM25(1, n, length, relaxedB)
		}
	}
	score *= prior
	if !vote {
		return score
	}
	characters := map[rune]int{}
	for _, c := range analyzer.FoldRunes(nil, p.Body.Text) {
		if _, asked := r.characters[c]; asked {
			characters[c]++
		}
	}
	for _, c := range slices.Sorted(maps.Keys(characters)) { // in one order, so that sums are the same each time
		score += prior * r.characters[c] * weight.BM25(1, characters[c], length, relaxedB)
	}
	return score
}
