// Package budget bounds what the reading of a file may cost, by the size of
// the file as it lies there. The bounds are counts, so that a file is read, or refused,
// on any machine alike; behind them stands a clock, for what they do not see.
package budget

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
)

// What a file may unpack to. Text packs to a fifth of its size, the pages of a
// site to a thirtieth; a bomb to a thousandth.
const (
	Ratio     = 200      // of the unpacked size of a part to the packed one
	FreeBytes = 1 << 20  // of a part, however well it is packed
	freeWhole = 32 << 20 // of all parts together
)

// What a file may have its reader do. A step is a token, an attribute, a node,
// a cell, a character: some tenths of a microsecond, and 100 bytes where it is
// kept. Of real documents those in XML have most: one for eight bytes, which are packed
// to a tenth.
const (
	freeSteps    = 2 << 20
	stepsPerByte = 8
)

// Errors of files that are over their budget.
var (
	ErrUnpacked = fmt.Errorf("unpacks to more than %d times its size; unpack it yourself if it is no trap", Ratio)
	ErrSteps    = errors.New("holds far more parts than a document of its size; open it and save it again if it is no trap")
)

// A Budget is what is left for the reading of one file. Its methods may be
// called side by side.
type Budget struct {
	bytes, steps atomic.Int64
}

// New is the budget of a file of so many bytes.
func New(size int64) *Budget {
	b := &Budget{}
	b.bytes.Store(Most(size))
	size = max(0, min(size, 1<<40))
	b.steps.Store(freeSteps + stepsPerByte*size)
	return b
}

// Most is how many bytes a file of so many may unpack to in all.
func Most(size int64) int64 { return freeWhole + Ratio*max(0, min(size, 1<<40)) }

// Unpack reads a part of the file that is unpacked as it is read: in fails with
// ErrUnpacked where it gives more than the packed bytes of the part allow, or
// than is left for all parts.
func (b *Budget) Unpack(in io.Reader, packed int64) io.Reader {
	return &unpacking{in: in, left: max(FreeBytes, Ratio*max(0, min(packed, 1<<40))), all: &b.bytes}
}

// UnpackAlong reads a part of which it is not known how large it is packed: in fails
// as in Unpack where it gives more than what was read of the packed part allows.
func (b *Budget) UnpackAlong(in io.Reader, packed *Counter) io.Reader {
	return &unpacking{in: in, packed: packed, left: FreeBytes, all: &b.bytes}
}

// Gunzip unpacks a gzip file within its bounds.
func (b *Budget) Gunzip(in io.Reader) (io.Reader, error) {
	packed := &Counter{In: in}
	z, err := gzip.NewReader(packed)
	if err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	return b.UnpackAlong(z, packed), nil
}

// A Counter counts what is read through it.
type Counter struct {
	In io.Reader
	N  int64
}

func (c *Counter) Read(p []byte) (int, error) {
	n, err := c.In.Read(p)
	c.N += int64(n)
	return n, err
}

// Bytes is how much is left that the file may unpack to.
func (b *Budget) Bytes() int64 { return max(0, b.bytes.Load()) }

// Step takes n steps, and fails with ErrSteps where fewer are left.
func (b *Budget) Step(n int) error {
	if b.steps.Add(-int64(n)) < 0 {
		return ErrSteps
	}
	return nil
}

// unpacking reads a packed part up to its bound and that of the file.
type unpacking struct {
	in     io.Reader
	packed *Counter // nil where left knows the packed size
	known  int64    // of packed, in left already
	left   int64
	all    *atomic.Int64
}

func (u *unpacking) Read(p []byte) (int, error) {
	if u.packed != nil {
		u.left += Ratio * (u.packed.N - u.known)
		u.known = u.packed.N
	}
	left := min(u.left, u.all.Load())
	if left <= 0 {
		var more [1]byte
		if n, err := u.in.Read(more[:]); n == 0 {
			return 0, err
		}
		return 0, ErrUnpacked
	}
	n, err := u.in.Read(p[:min(int64(len(p)), left)])
	u.left -= int64(n)
	u.all.Add(-int64(n))
	return n, err
}
