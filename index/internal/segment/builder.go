package segment

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"baogao/internal/analyzer"
)

// A Builder gathers the terms of passages until they are written as one
// segment of the bleve index. The number of a document there is its place in
// the order in which the passages came.
type Builder struct {
	short  map[uint64]uint32 // list of a term of one or two characters; see shortKey
	long   map[string]uint32 // list of any other term
	lists  []postingList
	fields map[Value]*roaring.Bitmap // documents by value of a keyword field
	ids    []uint32                  // id of each document, see docID
	size   int                       // about the bytes of the terms and the lists
}

// NewBuilder returns a Builder of no passages.
func NewBuilder() *Builder {
	return &Builder{short: map[uint64]uint32{}, long: map[string]uint32{}, fields: map[Value]*roaring.Bitmap{}}
}

// Add adds a passage, with the values of its keyword fields and an id that no
// other passage of the index ever had, and returns its length in units.
func (v *Builder) Add(text string, fields []Value, id int) (units int) {
	doc := uint32(len(v.ids))
	v.ids = append(v.ids, uint32(id))
	for _, f := range fields {
		docs := v.fields[f]
		if docs == nil {
			docs = roaring.New()
			v.fields[f] = docs
		}
		docs.Add(doc)
	}
	return analyzer.EachTerm(text, func(term []rune) {
		v.size += v.list(term).add(doc)
	})
}

// Len is the number of passages.
func (v *Builder) Len() int { return len(v.ids) }

// Size is about the bytes that the terms and their lists take in memory.
func (v *Builder) Size() int { return v.size }

// termSize is about what a term takes beside its characters and its list.
const termSize = 96

func (v *Builder) list(term []rune) *postingList {
	var at uint32
	var ok bool
	if len(term) <= 2 {
		key := shortKey(term)
		if at, ok = v.short[key]; !ok {
			at = uint32(len(v.lists))
			v.short[key] = at
		}
	} else if at, ok = v.long[string(term)]; !ok {
		at = uint32(len(v.lists))
		v.long[string(term)] = at
	}
	if !ok {
		v.lists = append(v.lists, postingList{})
		v.size += termSize + utf8.UTFMax*len(term)
	}
	return &v.lists[at]
}

// shortKey packs a term of one or two characters, so that the order of the
// keys is that of the terms.
func shortKey(term []rune) uint64 {
	key := uint64(term[0]) << 21
	if len(term) > 1 {
		key |= uint64(term[1])
	}
	return key
}

func shortTerm(key uint64) []byte {
	b := utf8.AppendRune(nil, rune(key>>21))
	if second := rune(key & (1<<21 - 1)); second != 0 {
		b = utf8.AppendRune(b, second)
	}
	return b
}

// eachTerm calls yield with every term and its list, in the order of their
// bytes.
func (v *Builder) eachTerm(yield func(term []byte, list *postingList) error) error {
	short, long := slices.Sorted(maps.Keys(v.short)), slices.Sorted(maps.Keys(v.long))
	for len(short)+len(long) > 0 {
		var term []byte
		var at uint32
		if len(short) > 0 {
			term, at = shortTerm(short[0]), v.short[short[0]]
		}
		if len(short) == 0 || len(long) > 0 && long[0] < string(term) {
			term, at, long = []byte(long[0]), v.long[long[0]], long[1:]
		} else {
			short = short[1:]
		}
		if err := yield(term, &v.lists[at]); err != nil {
			return err
		}
	}
	return nil
}

// A postingList says in which documents a term occurs and how often. Documents
// that are complete are kept as two varints: the gap to the one before, doubled
// and one more if the term occurs more than once, and then how often.
type postingList struct {
	complete []byte
	before   uint32 // the last complete document, plus one
	last     uint32 // the one that may go on, plus one; 0 is none
	times    uint32 // how often the term occurs there so far
}

// add adds an occurrence in a document, the last one or a later one, and
// returns by how many bytes the list grew.
func (l *postingList) add(doc uint32) int {
	if l.last == doc+1 {
		l.times++
		return 0
	}
	grown := l.end()
	l.last, l.times = doc+1, 1
	return grown
}

// end completes the last document.
func (l *postingList) end() int {
	if l.last == 0 {
		return 0
	}
	size := len(l.complete)
	gap := uint64(l.last-l.before) << 1
	if l.times > 1 {
		l.complete = binary.AppendUvarint(l.complete, gap|1)
		l.complete = binary.AppendUvarint(l.complete, uint64(l.times))
	} else {
		l.complete = binary.AppendUvarint(l.complete, gap)
	}
	l.before, l.last = l.last, 0
	return len(l.complete) - size
}

// layers calls yield with the documents of each layer: in the first all, in the
// second those in which the term occurs twice, and so on. They are good until
// yield returns.
func (l *postingList) layers(room *layerRoom, yield func(docs []uint32) error) error {
	l.end()
	room.docs, room.often, room.times = room.docs[:0], room.often[:0], room.times[:0]
	next := uint32(0)
	for b := l.complete; len(b) > 0; {
		gap, size := binary.Uvarint(b)
		b = b[size:]
		next += uint32(gap >> 1)
		room.docs = append(room.docs, next-1)
		if gap&1 != 0 {
			times, size := binary.Uvarint(b)
			b = b[size:]
			room.often, room.times = append(room.often, next-1), append(room.times, uint8(min(times, MaxLayers)))
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
	docs, often []uint32
	times       []uint8
}

// docID is the id of a passage inside bleve: a number that no other passage of
// the index ever had.
func docID(number int) string { return fmt.Sprintf("%08x", number) }
