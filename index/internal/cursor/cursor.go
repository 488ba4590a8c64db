// Package cursor names the places behind hits, from which an answer goes on.
package cursor

import (
	"fmt"
	"hash/fnv"
	"math"
)

// A Cursor names the place behind a hit: the hit itself among exact matches,
// and its number in the relaxed tier, where the order of the first hits is not
// that of their scores. It holds for one question over one generation.
type Cursor struct {
	Generation, Question uint32 // checksums
	Relaxed              bool
	Offset               int     // of the next hit, in the relaxed tier
	Score                float64 // of the hit
	Ordinal              uint32  // of its passage
}

const (
	exactCursor   = "%08x-%08x-e%x-%x"
	relaxedCursor = "%08x-%08x-r%x"
)

func (c Cursor) String() string {
	if c.Relaxed {
		return fmt.Sprintf(relaxedCursor, c.Generation, c.Question, c.Offset)
	}
	return fmt.Sprintf(exactCursor, c.Generation, c.Question, math.Float64bits(c.Score), c.Ordinal)
}

// Parse reads what String writes. ok is false for anything else.
func Parse(s string) (c Cursor, ok bool) {
	var score uint64
	if n, _ := fmt.Sscanf(s, relaxedCursor, &c.Generation, &c.Question, &c.Offset); n == 3 {
		c.Relaxed = true
	} else if n, _ := fmt.Sscanf(s, exactCursor, &c.Generation, &c.Question, &score, &c.Ordinal); n == 4 {
		c.Score = math.Float64frombits(score)
	}
	return c, c.String() == s && c.Offset >= 0
}

// Checksum is that of some values as they are printed.
func Checksum(parts ...any) uint32 {
	h := fnv.New32a()
	for _, p := range parts {
		fmt.Fprintf(h, "%q|", fmt.Sprint(p))
	}
	return h.Sum32()
}
