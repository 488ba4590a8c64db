package index

import (
	"fmt"
	"hash/fnv"
	"math"

	"baogao"
)

// A selection is which of the matches of a question are shown.
type selection struct {
	by    baogao.Sort
	need  int      // how many of the best are kept
	after *matched // only those behind it are; nil is no such bound

	grouped bool // of each report the first is kept, with what matches in it
}

// A cursor names the place behind a hit: the hit itself among exact matches,
// and its number in the relaxed tier, where the order of the first hits is not
// that of their scores. It holds for one question over one generation.
type cursor struct {
	generation, question uint32 // checksums
	relaxed              bool
	offset               int     // of the next hit, in the relaxed tier
	score                float64 // of the hit
	ordinal              uint32  // of its passage
}

const (
	exactCursor   = "%08x-%08x-e%x-%x"
	relaxedCursor = "%08x-%08x-r%x"
)

func (c cursor) String() string {
	if c.relaxed {
		return fmt.Sprintf(relaxedCursor, c.generation, c.question, c.offset)
	}
	return fmt.Sprintf(exactCursor, c.generation, c.question, math.Float64bits(c.score), c.ordinal)
}

// parseCursor reads what String writes. ok is false for anything else.
func parseCursor(s string) (c cursor, ok bool) {
	var score uint64
	if n, _ := fmt.Sscanf(s, relaxedCursor, &c.generation, &c.question, &c.offset); n == 3 {
		c.relaxed = true
	} else if n, _ := fmt.Sscanf(s, exactCursor, &c.generation, &c.question, &score, &c.ordinal); n == 4 {
		c.score = math.Float64frombits(score)
	}
	return c, c.String() == s && c.offset >= 0
}

// cursorOf begins a cursor for a question.
func (x *Index) cursorOf(req baogao.Request) cursor {
	text := ""
	if req.Query != nil {
		text = req.Query.Text
	}
	return cursor{
		generation: checksum(x.gen.Manifest.Generation, x.gen.Manifest.Built, x.gen.Manifest.Passages),
		question:   checksum(text, req.Filters, req.Report, req.Sort, req.Copies, req.Grouped),
	}
}

func checksum(parts ...any) uint32 {
	h := fnv.New32a()
	for _, p := range parts {
		fmt.Fprintf(h, "%q|", fmt.Sprint(p))
	}
	return h.Sum32()
}

// proceed turns the cursor of a request into the match it stands behind, or
// in the relaxed tier into the offset.
func (x *Index) proceed(req *baogao.Request) (after *matched, err error) {
	if req.After == "" {
		return nil, nil
	}
	if req.Offset != 0 {
		return nil, fmt.Errorf("%w: a cursor goes without an offset; leave one of them out", baogao.ErrRequest)
	}
	c, ok := parseCursor(req.After)
	own := x.cursorOf(*req)
	switch {
	case !ok:
		return nil, fmt.Errorf("%w: this is no cursor; take the one that the answer before gives as next", baogao.ErrRequest)
	case c.generation != own.generation:
		return nil, fmt.Errorf("%w since this cursor was given; begin again without it", baogao.ErrStale)
	case c.question != own.question:
		return nil, fmt.Errorf("%w: the cursor belongs to another question, filter or order; begin again without it", baogao.ErrRequest)
	case c.relaxed:
		req.Offset = c.offset
		return nil, nil
	case int(c.ordinal) >= len(x.gen.Records):
		return nil, fmt.Errorf("%w: the cursor names no passage; begin again without it", baogao.ErrRequest)
	}
	return &matched{ordinal: c.ordinal, score: c.score}, nil
}
