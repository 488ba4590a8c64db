package opensearch

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"baogao"
	"baogao/internal/match"
	"baogao/internal/opensearch/document"
	"baogao/internal/opensearch/generation"
	"baogao/internal/opensearch/nodes"
	"baogao/internal/weight"
	"baogao/query"
)

// A plan is a question made ready for one generation.
type plan struct {
	*Index
	req    baogao.Request
	tree   *match.Tree
	arena  *arena
	view   generation.View
	only   *document.Report // the one report that is searched, or nil
	within []nodes.Object   // what all passages and reports pass that are looked at
	fields []nodes.Object   // the filters on fields, which facets ignore one by one
	filter nodes.Object     // what passages pass that are shown
	score  []float64        // weight of each word, by slot
	after  *cursor
}

// newPlan reads a request.
func newPlan(ctx context.Context, x *Index, req baogao.Request) (*plan, error) {
	switch {
	case req.Sort != "" && !slices.Contains(baogao.Sorts, req.Sort):
		return nil, fmt.Errorf("%w: no order is called %q; use one of relevance, year, -year, region", baogao.ErrRequest, req.Sort)
	case req.Offset < 0:
		return nil, fmt.Errorf("%w: offset %d is below 0", baogao.ErrRequest, req.Offset)
	}
	p := &plan{Index: x, req: req, arena: &arena{}, view: x.gen.Shown}
	if err := p.proceed(); err != nil {
		return nil, err
	}
	if req.Report != "" {
		var err error
		if p.only, err = document.ReportCalled(ctx, x.client, x.gen.Index, req.Report); err != nil {
			return nil, err
		}
		p.within = append(p.within, nodes.Term("report", p.only.Report))
	}
	if req.Copies || p.only != nil && p.only.Copy {
		p.view = x.gen.All
	} else {
		p.within = append(p.within, nodes.Term("copy", false))
	}
	var own []nodes.Object
	p.fields, own = fieldFilters(req.Filters)
	p.within = append(p.within, own...)
	p.filter = nodes.Every(p.fields...)
	p.tree = p.compile(req.Query)
	p.score = make([]float64, len(p.tree.Words))
	return p, nil
}

// compile makes a question ready.
func (p *plan) compile(q *query.Query) *match.Tree {
	n := 0
	return match.Compile(q, func(node query.Node) match.Test {
		n++
		return &leaf{"leaf" + strconv.Itoa(n), testOf(node), p.arena}
	})
}

// among finds documents of a kind that queries find, and that filters let through,
// but for one of those on fields.
func (p *plan) among(doc string, parts ...nodes.Object) []nodes.Object {
	all := append([]nodes.Object{nodes.Term("doc", doc)}, p.within...)
	return append(append(all, butOne(p.fields)...), parts...)
}

// limit is the number of hits that are asked for.
func (p *plan) limit() int { return max(cmp.Or(p.req.Limit, baogao.DefaultLimit), 0) }

// weigh weighs the words of the question by how many passages may hold them.
func (p *plan) weigh(ctx context.Context) error {
	if len(p.tree.Words) == 0 || p.only != nil {
		return nil
	}
	var queries []nodes.Object
	for _, w := range p.tree.Words {
		queries = append(queries, holding(w))
	}
	counts, err := p.countEach(ctx, queries)
	for slot, n := range counts {
		p.score[slot] = weight.IDF(p.view.Passages, n)
	}
	return err
}

// countEach counts the passages of the view that each of some queries finds. What
// was counted is kept, since a generation does not change.
func (p *plan) countEach(ctx context.Context, queries []nodes.Object) ([]int, error) {
	counts, filters, at := make([]int, len(queries)), nodes.Object{}, map[string][]int{}
	for i, q := range queries {
		text, err := json.Marshal([]any{p.view, q})
		if err != nil {
			return nil, err
		}
		if n, known := p.known.get(string(text)); known {
			counts[i] = n
			continue
		}
		if at[string(text)] == nil {
			filters[strconv.Itoa(i)] = q
		}
		at[string(text)] = append(at[string(text)], i)
	}
	if len(filters) == 0 {
		return counts, nil
	}
	told, err := p.countAsked(ctx, filters)
	if err != nil {
		return nil, err
	}
	for text, slots := range at {
		n := told[strconv.Itoa(slots[0])].Count
		p.known.set(text, n)
		for _, i := range slots {
			counts[i] = n
		}
	}
	return counts, nil
}

// A bucket is how many documents one of some queries finds.
type bucket struct {
	Count int `json:"doc_count"`
}

// countAsked asks how many passages of the view each of some queries finds.
func (p *plan) countAsked(ctx context.Context, queries nodes.Object) (map[string]bucket, error) {
	parts := []nodes.Object{nodes.Term("doc", document.PassageKind)}
	if p.view != p.gen.All {
		parts = append(parts, nodes.Term("copy", false))
	}
	f, err := p.client.Ask(ctx, p.gen.Index, nodes.Search{Query: nodes.Every(parts...), Aggs: nodes.Object{"each": nodes.Object{"filters": nodes.Object{"filters": queries}}}})
	if err != nil {
		return nil, err
	}
	var told struct {
		Buckets map[string]bucket `json:"buckets"`
	}
	err = json.Unmarshal(f.Aggs["each"], &told)
	return told.Buckets, err
}

// mostKnown is how many numbers are kept.
const mostKnown = 1 << 14

// numbers are what was counted in a generation.
type numbers struct {
	mu  sync.Mutex
	all map[string]int
}

func (n *numbers) get(key string) (int, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	v, known := n.all[key]
	return v, known
}

func (n *numbers) set(key string, v int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.all == nil || len(n.all) >= mostKnown {
		n.all = map[string]int{}
	}
	n.all[key] = v
}

// order is how matches are sorted; score, which may be nil, is what ranks them.
func (p *plan) order(score nodes.Object) []nodes.Object {
	missingLast := func(field, order string) nodes.Object {
		return nodes.Object{field: nodes.Object{"order": order, "missing": "_last"}}
	}
	var all []nodes.Object
	switch p.req.Sort {
	case baogao.ByYear:
		all = []nodes.Object{missingLast("year", "asc")}
	case baogao.ByYearDown:
		all = []nodes.Object{missingLast("year", "desc")}
	case baogao.ByRegion:
		all = []nodes.Object{missingLast("code", "asc"), {"name": "asc"}}
	}
	if score != nil {
		all = append(all, score)
	}
	return append(all, missingLast("year", "desc"), nodes.Object{"id": "asc"}, nodes.Object{"n": "asc"})
}

// filtered leaves of the hits of a search those that pass all filters; its tally
// ignores one of them after another.
func (p *plan) filtered(s nodes.Search) nodes.Search {
	s.PostFilter = p.filter
	return s
}
