package store

import "encoding/binary"

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
