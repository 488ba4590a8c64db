package index

import (
	"context"
	"iter"
	"math"

	"baogao"
)

// Hits yields every passage that matches a request exactly; see
// baogao.Searcher. Its matches are found and put in order at once, in 24 bytes
// each; their texts are read as they are asked for.
func (x *Index) Hits(ctx context.Context, req baogao.Request) iter.Seq2[*baogao.Hit, error] {
	return func(yield func(*baogao.Hit, error) bool) {
		var p *plan
		var matches []match
		err := guard(x.gen, func() (err error) { p, matches, err = x.everyMatch(ctx, req); return err })
		if err != nil {
			yield(nil, err)
			return
		}
		for _, m := range matches {
			var h baogao.Hit
			err := ctx.Err()
			if err == nil {
				err = guard(x.gen, func() error { h = x.hit(m, p); return nil })
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(&h, nil) {
				return
			}
		}
	}
}

// everyMatch finds all matches of a request, in order, from its offset or
// cursor on.
func (x *Index) everyMatch(ctx context.Context, req baogao.Request) (*plan, []match, error) {
	if err := checkRequest(req); err != nil {
		return nil, nil, err
	}
	after, err := x.proceed(&req)
	if err != nil {
		return nil, nil, err
	}
	p, err := x.newPlan(req)
	if err != nil {
		return nil, nil, err
	}
	c, err := x.find(ctx, p, selection{by: req.Sort, need: math.MaxInt, after: after})
	if err != nil {
		return nil, nil, err
	}
	defer c.release()
	matches := c.inOrder()
	return p, matches[min(req.Offset, len(matches)):], nil
}
