package opensearch

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/fnv"

	"baogao"
)

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
		Generation: sum(p.gen.Index, p.gen.Built, p.gen.Stats.Passages),
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
