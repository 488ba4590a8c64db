package store

import (
	"encoding/binary"
	"math"
)

// A fieldReader reads the fields of a binary file, strings and numbers, one
// after another. Strings share the memory of the file. After the first fault it
// gives zeros, and failed is true.
type fieldReader struct {
	rest   string
	failed bool
}

func (f *fieldReader) number() int {
	v, n := uint64(0), 0
	for shift := 0; shift < 63 && n < len(f.rest); shift += 7 {
		c := f.rest[n]
		n++
		if v |= uint64(c&0x7f) << shift; c < 0x80 {
			f.rest = f.rest[n:]
			return int(v)
		}
	}
	f.rest, f.failed = "", true
	return 0
}

func (f *fieldReader) text() string {
	n := f.number()
	if n > len(f.rest) {
		f.rest, f.failed = "", true
		return ""
	}
	s := f.rest[:n]
	f.rest = f.rest[n:]
	return s
}

// texts reads a list of strings; nil where there are none.
func (f *fieldReader) texts() []string {
	n := f.number()
	if n == 0 || n > len(f.rest) { // each takes a byte at least
		f.failed = f.failed || n > 0
		return nil
	}
	list := make([]string, n)
	for i := range list {
		list[i] = f.text()
	}
	return list
}

func appendNumber(b []byte, n int) []byte { return binary.AppendUvarint(b, uint64(n)) }

func appendText(b []byte, s string) []byte { return append(appendNumber(b, len(s)), s...) }

func appendTexts(b []byte, list []string) []byte {
	b = appendNumber(b, len(list))
	for _, s := range list {
		b = appendText(b, s)
	}
	return b
}

// A skipper goes over fields as a fieldReader reads them, and copies none. After the
// first fault it stands at the end.
type skipper struct {
	bytes  []byte
	at     int
	failed bool
}

func (s *skipper) number() int {
	if s.at < len(s.bytes) && s.bytes[s.at] < 0x80 {
		s.at++
		return int(s.bytes[s.at-1])
	}
	n, size := binary.Uvarint(s.bytes[s.at:])
	if size <= 0 || n > math.MaxInt64 {
		s.at, s.failed = len(s.bytes), true
		return 0
	}
	s.at += size
	return int(n)
}

func (s *skipper) numbers(n int) {
	for range n {
		s.number()
	}
}

func (s *skipper) text() []byte {
	n := s.number()
	if n > len(s.bytes)-s.at {
		s.at, s.failed = len(s.bytes), true
		return nil
	}
	s.at += n
	return s.bytes[s.at-n : s.at]
}

func (s *skipper) texts() {
	for n := s.number(); n > 0 && !s.failed; n-- {
		s.text()
	}
}
