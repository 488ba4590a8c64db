package segment

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
)

// An inverter keeps for each term in which documents it occurs and how often. The
// lists of short terms, nearly all of those of a Chinese text, lie in the table that they are found
// by, and what is complete of them in an arena: so that adding an occurrence looks at
// two places in memory, and none of it is looked at by the garbage collector.
type inverter struct {
	doc   uint32
	short []slot // a power of two; empty ones have the key 0
	terms int    // in short
	long  map[string]uint32
	lists []postingList // of long terms
	arena arena
}

// A slot is a short term with its list.
type slot struct {
	key  uint64 // see shortKey
	list postingList
}

const (
	fewestSlots = 1 << 12
	slotSize    = 32
	longSize    = 96 // about what a long term takes beside its characters and what is complete of its list
)

func newInverter() *inverter {
	return &inverter{short: make([]slot, fewestSlots), long: map[string]uint32{}}
}

// add adds the terms of a batch.
func (v *inverter) add(b *batch) {
	long := b.long
	for _, t := range b.terms {
		switch {
		case t < endOfText:
			v.shortList(t).add(&v.arena, v.doc)
		case t == endOfText:
			v.doc++
		default:
			n := numberOf(t)
			v.longList(long[:n]).add(&v.arena, v.doc)
			long = long[n:]
		}
	}
	b.size = v.size()
}

// size is about the bytes that the lists take.
func (v *inverter) size() int { return len(v.short)*slotSize + len(v.lists)*longSize + v.arena.size() }

// shortList finds the list of a short term, or a new one.
func (v *inverter) shortList(key uint64) *postingList {
	s := v.find(key)
	if s.key == 0 {
		if v.terms++; v.terms > len(v.short)/4*3 {
			v.grow()
			s = v.find(key)
		}
		s.key = key
	}
	return &s.list
}

// find finds the slot of a term, or the empty one that it belongs in.
func (v *inverter) find(key uint64) *slot {
	const golden = 0x9e3779b97f4a7c15 // 2⁶⁴ over the golden ratio (Knuth, The Art of Computer Programming 3, 6.4)
	mask := uint64(len(v.short) - 1)
	for at := key * golden >> (64 - bits.Len64(mask)); ; at++ {
		if s := &v.short[at&mask]; s.key == key || s.key == 0 {
			return s
		}
	}
}

// grow doubles the table.
func (v *inverter) grow() {
	former := v.short
	v.short = make([]slot, 2*len(former))
	for i := range former {
		if former[i].key != 0 {
			*v.find(former[i].key) = former[i]
		}
	}
}

func (v *inverter) longList(term []rune) *postingList {
	at, ok := v.long[string(term)]
	if !ok {
		at = uint32(len(v.lists))
		v.long[string(term)], v.lists = at, append(v.lists, postingList{})
	}
	return &v.lists[at]
}

// sorted completes all lists, and returns their terms in the order of their bytes:
// a short one as its key, a long one as longTerm and the number of its list. names
// are the long ones by that number.
func (v *inverter) sorted() (terms []uint64, names []string) {
	short := make([]uint64, 0, v.terms)
	for i := range v.short {
		if s := &v.short[i]; s.key != 0 {
			s.list.end(&v.arena)
			short = append(short, s.key)
		}
	}
	slices.Sort(short)
	for i := range v.lists {
		v.lists[i].end(&v.arena)
	}
	names = make([]string, len(v.lists))
	for term, at := range v.long {
		names[at] = term
	}
	long := make([]uint64, len(names))
	for i := range long {
		long[i] = longTerm | uint64(i)<<kindBits
	}
	slices.SortFunc(long, func(a, b uint64) int { return cmp.Compare(names[numberOf(a)], names[numberOf(b)]) })
	terms = make([]uint64, 0, len(short)+len(long))
	var room []byte
	for _, key := range short {
		room = appendShort(room[:0], key)
		for len(long) > 0 && names[numberOf(long[0])] < string(room) {
			terms, long = append(terms, long[0]), long[1:]
		}
		terms = append(terms, key)
	}
	return append(terms, long...), names
}

// numberOf is what stands above longTerm: a length, or the number of a list.
func numberOf(term uint64) int { return int((term &^ endOfText) >> kindBits) }

// list is a term that sorted gave, and its list.
func (v *inverter) list(term uint64, names []string) ([]byte, *postingList) {
	if term < endOfText {
		return appendShort(nil, term), &v.find(term).list
	}
	return []byte(names[numberOf(term)]), &v.lists[numberOf(term)]
}

// A postingList says in which documents a term occurs and how often. Documents
// that are complete are in the arena, each as two varints: the gap to the one
// before, doubled and one more if the term occurs more than once, and then how often.
type postingList struct {
	chain
	before uint32 // the last complete document, plus one
	last   uint32 // the one that may go on, plus one; 0 is none
	times  uint16 // how often the term occurs there so far, MaxLayers at most
}

// add adds an occurrence in a document, the last one or a later one.
func (l *postingList) add(a *arena, doc uint32) {
	if l.last == doc+1 {
		l.times = min(l.times+1, MaxLayers)
		return
	}
	l.end(a)
	l.last, l.times = doc+1, 1
}

// end completes the last document.
func (l *postingList) end(a *arena) {
	if l.last == 0 {
		return
	}
	gap := uint64(l.last-l.before) << 1
	if l.times > 1 {
		a.uvarint(&l.chain, gap|1)
		a.uvarint(&l.chain, uint64(l.times))
	} else {
		a.uvarint(&l.chain, gap)
	}
	l.before, l.last = l.last, 0
}

// layers calls yield with the documents of each layer of a complete list: in the first all, in the
// second those in which the term occurs twice, and so on. They are good until
// yield returns.
func (l *postingList) layers(a *arena, room *layerRoom, yield func(docs []uint32) error) error {
	room.docs, room.often, room.times = room.docs[:0], room.often[:0], room.times[:0]
	room.bytes = a.bytes(&l.chain, room.bytes[:0])
	next := uint32(0)
	for b := room.bytes; len(b) > 0; {
		gap, size := binary.Uvarint(b)
		b = b[size:]
		next += uint32(gap >> 1)
		room.docs = append(room.docs, next-1)
		if gap&1 != 0 {
			times, size := binary.Uvarint(b)
			b = b[size:]
			room.often, room.times = append(room.often, next-1), append(room.times, uint8(times))
		}
	}
	if err := yield(room.docs); err != nil {
		return err
	}
	for n := uint8(2); ; n++ {
		kept := 0
		for i, times := range room.times {
			if times >= n {
				room.often[kept], room.times[kept] = room.often[i], times
				kept++
			}
		}
		if room.often, room.times = room.often[:kept], room.times[:kept]; kept == 0 {
			return nil
		}
		if err := yield(room.often); err != nil || n == MaxLayers {
			return err
		}
	}
}

// A layerRoom is the room in which layers are made: all documents, and those
// with more than one occurrence.
type layerRoom struct {
	bytes       []byte
	docs, often []uint32
	times       []uint8
}
