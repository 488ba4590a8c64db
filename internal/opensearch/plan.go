package opensearch

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"sync"

	"baogao"
	"baogao/internal/match"
	"baogao/internal/weight"
	"baogao/query"
)

// A plan is a question made ready for one generation.
type plan struct {
	*Index
	req    baogao.Request
	tree   *match.Tree
	arena  *arena
	view   view
	only   *report   // the one report that is searched, or nil
	within []object  // what all passages and reports pass that are looked at
	fields []object  // the filters on fields, which facets ignore one by one
	filter object    // what passages pass that are shown
	score  []float64 // weight of each word, by slot
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
		if p.only, err = x.reportCalled(ctx, req.Report); err != nil {
			return nil, err
		}
		p.within = append(p.within, term("report", p.only.Report))
	}
	if req.Copies || p.only != nil && p.only.Copy {
		p.view = x.gen.All
	} else {
		p.within = append(p.within, term("copy", false))
	}
	var own []object
	p.fields, own = fieldFilters(req.Filters)
	p.within = append(p.within, own...)
	p.filter = every(p.fields...)
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
func (p *plan) among(doc string, parts ...object) []object {
	all := append([]object{term("doc", doc)}, p.within...)
	return append(append(all, butOne(p.fields)...), parts...)
}

// limit is the number of hits that are asked for.
func (p *plan) limit() int { return max(cmp.Or(p.req.Limit, baogao.DefaultLimit), 0) }

// weigh weighs the words of the question by how many passages may hold them.
func (p *plan) weigh(ctx context.Context) error {
	if len(p.tree.Words) == 0 || p.only != nil {
		return nil
	}
	var queries []object
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
func (p *plan) countEach(ctx context.Context, queries []object) ([]int, error) {
	counts, filters, at := make([]int, len(queries)), object{}, map[string][]int{}
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
	parts := []object{term("doc", passageDoc)}
	if p.view != p.gen.All {
		parts = append(parts, term("copy", false))
	}
	f, err := p.ask(ctx, p.gen.index, search{Query: every(parts...), Aggs: object{"each": object{"filters": object{"filters": filters}}}})
	if err != nil {
		return nil, err
	}
	var told struct {
		Buckets map[string]struct {
			Count int `json:"doc_count"`
		} `json:"buckets"`
	}
	if err := json.Unmarshal(f.Aggs["each"], &told); err != nil {
		return nil, err
	}
	for text, slots := range at {
		n := told.Buckets[strconv.Itoa(slots[0])].Count
		p.known.set(text, n)
		for _, i := range slots {
			counts[i] = n
		}
	}
	return counts, nil
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
func (p *plan) order(score object) []object {
	missingLast := func(field, order string) object {
		return object{field: object{"order": order, "missing": "_last"}}
	}
	var all []object
	switch p.req.Sort {
	case baogao.ByYear:
		all = []object{missingLast("year", "asc")}
	case baogao.ByYearDown:
		all = []object{missingLast("year", "desc")}
	case baogao.ByRegion:
		all = []object{missingLast("code", "asc"), {"name": "asc"}}
	}
	if score != nil {
		all = append(all, score)
	}
	return append(all, missingLast("year", "desc"), object{"id": "asc"}, object{"n": "asc"})
}

// A cursor is the place behind a hit: what it was sorted by, or where matches are
// read, or in the relaxed tier, the number of the next hit.
type cursor struct {
	Generation uint32            `json:"g"` // checksums
	Question   uint32            `json:"q"`
	Offset     int               `json:"o,omitempty"`
	Sort       []json.RawMessage `json:"s,omitempty"`
}

func (p *plan) cursor() cursor {
	text := ""
	if p.req.Query != nil {
		text = p.req.Query.Text
	}
	sum := func(parts ...any) uint32 {
		h := fnv.New32a()
		for _, part := range parts {
			fmt.Fprintf(h, "%q|", fmt.Sprint(part))
		}
		return h.Sum32()
	}
	return cursor{
		Generation: sum(p.gen.index, p.gen.Built, p.gen.Stats.Passages),
		Question:   sum(text, p.req.Filters, p.req.Report, p.req.Sort, p.req.Copies, p.req.Grouped),
	}
}

func (c cursor) String() string {
	text, _ := json.Marshal(c) // what was sorted by came as JSON
	return base64.RawURLEncoding.EncodeToString(text)
}

// proceed reads the cursor of the request.
func (p *plan) proceed() error {
	if p.req.After == "" {
		return nil
	}
	if p.req.Offset != 0 {
		return fmt.Errorf("%w: a cursor goes without an offset; leave one of them out", baogao.ErrRequest)
	}
	var c cursor
	own := p.cursor()
	text, err := base64.RawURLEncoding.DecodeString(p.req.After)
	switch {
	case err != nil || json.Unmarshal(text, &c) != nil || c.Offset < 0:
		return fmt.Errorf("%w: this is no cursor; take the one that the answer before gives as next", baogao.ErrRequest)
	case c.Generation != own.Generation:
		return fmt.Errorf("%w since this cursor was given; begin again without it", baogao.ErrStale)
	case c.Question != own.Question:
		return fmt.Errorf("%w: the cursor belongs to another question, filter or order; begin again without it", baogao.ErrRequest)
	}
	if c.Sort == nil {
		p.req.Offset = c.Offset
		return nil
	}
	p.after = &c
	return nil
}

// next is the cursor behind a hit that was sorted by some values, or where there are
// none before the hit of a number.
func (p *plan) next(offset int, sort []json.RawMessage) string {
	c := p.cursor()
	if c.Sort = sort; sort == nil {
		c.Offset = offset
	}
	return c.String()
}
