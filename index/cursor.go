package index

import (
	"fmt"

	"baogao"
	"baogao/index/internal/cursor"
	"baogao/index/internal/ranking"
)

// cursorOf begins a cursor for a question.
func (x *Index) cursorOf(req baogao.Request) cursor.Cursor {
	text := ""
	if req.Query != nil {
		text = req.Query.Text
	}
	return cursor.Cursor{
		Generation: cursor.Checksum(x.gen.Manifest.Generation, x.gen.Manifest.Built, x.gen.Manifest.Passages),
		Question:   cursor.Checksum(text, req.Filters, req.Report, req.Sort, req.Copies, req.Grouped),
	}
}

// proceed turns the cursor of a request into the match it stands behind, or
// in the relaxed tier into the offset.
func (x *Index) proceed(req *baogao.Request) (after *ranking.Match, err error) {
	if req.After == "" {
		return nil, nil
	}
	if req.Offset != 0 {
		return nil, fmt.Errorf("%w: a cursor goes without an offset; leave one of them out", baogao.ErrRequest)
	}
	c, ok := cursor.Parse(req.After)
	own := x.cursorOf(*req)
	switch {
	case !ok:
		return nil, fmt.Errorf("%w: this is no cursor; take the one that the answer before gives as next", baogao.ErrRequest)
	case c.Generation != own.Generation:
		return nil, fmt.Errorf("%w since this cursor was given; begin again without it", baogao.ErrStale)
	case c.Question != own.Question:
		return nil, fmt.Errorf("%w: the cursor belongs to another question, filter or order; begin again without it", baogao.ErrRequest)
	case c.Relaxed:
		req.Offset = c.Offset
		return nil, nil
	case int(c.Ordinal) >= len(x.gen.Records):
		return nil, fmt.Errorf("%w: the cursor names no passage; begin again without it", baogao.ErrRequest)
	}
	return &ranking.Match{Ordinal: c.Ordinal, Score: c.Score}, nil
}
