package segment

import "encoding/binary"

// An arena holds the bytes of many lists that grow at once. Each is a chain of
// pieces, of which the next is twice as large up to a bound, and begins where the
// last four bytes of the one before say.
type arena struct {
	blocks [][]byte
	next   uint32 // where the next piece may begin
}

// A chain is a list in an arena. The zero chain is empty.
type chain struct {
	first uint32 // where it begins
	at    uint32 // where it goes on
	left  uint16 // bytes that the last piece has room for
	level uint8  // of the next piece; 0 where there is none yet
}

// The sizes of blocks and pieces in bytes; the latter without their last four.
const (
	blockBits     = 20
	smallestPiece = 8
	topLevel      = 8 // from which on all are of one size
	linkSize      = 4
)

func pieceSize(level uint8) int { return smallestPiece << level }

// size is about the bytes that the arena takes.
func (a *arena) size() int { return len(a.blocks) << blockBits }

// piece takes the next piece of a level and returns where it begins.
func (a *arena) piece(level uint8) uint32 {
	size := uint32(pieceSize(level) + linkSize)
	if left := uint32(len(a.blocks))<<blockBits - a.next; left < size {
		a.next = uint32(len(a.blocks)) << blockBits
		a.blocks = append(a.blocks, make([]byte, 1<<blockBits))
	}
	at := a.next
	a.next += size
	return at
}

// from is what an arena holds from a place to the end of its block.
func (a *arena) from(at uint32) []byte { return a.blocks[at>>blockBits][at&(1<<blockBits-1):] }

// uvarint appends a varint to a chain.
func (a *arena) uvarint(c *chain, v uint64) {
	for ; v >= 0x80; v >>= 7 {
		a.append(c, byte(v)|0x80)
	}
	a.append(c, byte(v))
}

func (a *arena) append(c *chain, b byte) {
	if c.left == 0 {
		a.grow(c)
	}
	a.blocks[c.at>>blockBits][c.at&(1<<blockBits-1)] = b
	c.at++
	c.left--
}

// grow gives a chain its next piece.
func (a *arena) grow(c *chain) {
	at := a.piece(c.level)
	if c.level == 0 {
		c.first = at
	} else {
		binary.LittleEndian.PutUint32(a.from(c.at), at)
	}
	c.at, c.left = at, uint16(pieceSize(c.level))
	c.level = min(c.level+1, topLevel)
}

// bytes appends the bytes of a chain to dst.
func (a *arena) bytes(c *chain, dst []byte) []byte {
	if c.level == 0 {
		return dst
	}
	at := c.first
	for level := uint8(0); ; level = min(level+1, topLevel) {
		end := at + uint32(pieceSize(level))
		if end == c.at+uint32(c.left) {
			return append(dst, a.from(at)[:c.at-at]...)
		}
		dst = append(dst, a.from(at)[:end-at]...)
		at = binary.LittleEndian.Uint32(a.from(end))
	}
}
