package segment

import (
	"encoding/binary"
	"errors"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/vellum"
	zap "github.com/blevesearch/zapx/v17"
)

// A segment is read as writer.go writes it, and not by zapx, which trusts what is
// in the file: here no byte is used before its block was checked.

// A dictionary is the terms of a field. It is read when it is first asked for,
// and again until it could be read.
type dictionary struct {
	at  int // of its length, in the file
	fst atomic.Pointer[vellum.FST]
}

// footerSize is what ends a segment: its lengths and places, see footer.
const footerSize = 4 + 3*8 + 3*4

// open reads where the fields of a segment are.
func (s *Segment) open() error {
	end := s.file.Len() - footerSize
	b, err := s.bytes(end, s.file.Len())
	if err != nil {
		return err
	}
	if version := binary.BigEndian.Uint32(b[32:]); version != zap.Version {
		return s.fault("is a segment of version %d, not %d", version, zap.Version)
	}
	s.size = int(binary.BigEndian.Uint64(b[4:]))
	at := int(binary.BigEndian.Uint64(b[20:]))
	r := &cursor{s: s, at: at}
	n := r.uvarint()
	s.fields = map[string]*dictionary{}
	for i := range n {
		field := &cursor{s: s, at: r.at + 8*i}
		field.at = field.uint64()
		name := string(field.take(field.uvarint()))
		field.uvarint() // its options
		if sections := field.uvarint(); sections != 1 {
			field.err = errors.Join(field.err, s.fault("has %d sections of a field", sections))
		}
		field.take(2) // the kind of section
		section := &cursor{s: s, at: field.uint64()}
		section.uvarint() // places of doc values, of which there are none
		section.uvarint()
		s.fields[name] = &dictionary{at: section.uvarint()}
		if err := errors.Join(r.err, field.err, section.err); err != nil {
			return err
		}
	}
	return r.err
}

// bytes returns checked bytes of the file, half open.
func (s *Segment) bytes(from, to int) ([]byte, error) {
	if err := s.file.Check(from, to); err != nil {
		return nil, err
	}
	return s.file.Bytes(from, to), nil
}

// A cursor reads a segment from a place on. After an error it gives zeros.
type cursor struct {
	s   *Segment
	at  int
	err error
}

func (c *cursor) take(n int) []byte {
	if c.err == nil {
		var b []byte
		if b, c.err = c.s.bytes(c.at, c.at+n); c.err == nil {
			c.at += n
			return b
		}
	}
	return make([]byte, min(max(n, 0), 8))
}

func (c *cursor) uint64() int { return int(binary.BigEndian.Uint64(c.take(8))) }

func (c *cursor) uvarint() int {
	v, shift := uint64(0), 0
	for {
		b := c.take(1)[0]
		v |= uint64(b&0x7f) << shift
		if shift += 7; b < 0x80 || shift > 63 {
			return int(v)
		}
	}
}

// dict returns the dictionary of a field, nil where there is none.
func (s *Segment) dict(field string) (*vellum.FST, error) {
	d := s.fields[field]
	if d == nil {
		return nil, nil
	}
	if fst := d.fst.Load(); fst != nil {
		return fst, nil
	}
	c := &cursor{s: s, at: d.at}
	b := c.take(c.uvarint())
	if c.err != nil {
		return nil, c.err
	}
	fst, err := vellum.Load(b)
	if err != nil {
		return nil, s.fault("dictionary at %d: %v", d.at, err)
	}
	d.fst.Store(fst)
	return fst, nil
}

// list returns the documents behind the value of a term in a dictionary, but for
// those that are gone.
func (s *Segment) list(value uint64) (*roaring.Bitmap, error) {
	b := roaring.New()
	if value&zap.FSTValEncodingMask == zap.FSTValEncoding1Hit {
		doc, _ := zap.FSTValDecode1Hit(value)
		b.Add(uint32(doc))
	} else {
		c := &cursor{s: s, at: int(value)}
		c.uvarint() // the frequencies, which all lists share
		c.uvarint() // the places, of which there are none
		bytes := c.take(c.uvarint())
		if c.err != nil {
			return nil, c.err
		}
		if _, err := b.FromBuffer(bytes); err != nil {
			return nil, s.fault("posting list at %d: %v", value, err)
		}
	}
	if s.gone != nil {
		return roaring.AndNot(b, s.gone), nil
	}
	return b, nil
}
