// Package block holds the bytes of files to sums of their blocks: a block of a
// file is held to the sum that was taken of it when it is first read, and not
// given out where it has changed.
package block

import (
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"sync/atomic"

	"github.com/blevesearch/mmap-go"

	"baogao"
)

// Size is the length of a block in bytes. The last one of a file may be shorter.
const Size = 64 << 10

// castagnoli is the polynomial that processors have an instruction for.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Sums are the CRC-32C of each block of a file.
type Sums []uint32

// A Summer takes the sums of what is written to it.
type Summer struct {
	sums Sums
	last uint32 // of the block that is not full
	n    int    // bytes of that block
}

// Write takes the next bytes of the file. It never fails.
func (s *Summer) Write(b []byte) (int, error) {
	written := len(b)
	for len(b) > 0 {
		part := b[:min(len(b), Size-s.n)]
		s.last, b = crc32.Update(s.last, castagnoli, part), b[len(part):]
		if s.n += len(part); s.n == Size {
			s.sums, s.last, s.n = append(s.sums, s.last), 0, 0
		}
	}
	return written, nil
}

// Sums are those of all that was written.
func (s *Summer) Sums() Sums {
	if s.n == 0 {
		return s.sums
	}
	return append(s.sums[:len(s.sums):len(s.sums)], s.last)
}

// A Fault is a block of a file that has changed. It is ErrDamaged.
type Fault struct {
	Name  string // of the file
	Block int    // from 0
}

// Error names the file and the bytes, half open.
func (f *Fault) Error() string {
	return fmt.Sprintf("%s: %v: bytes %d to %d have changed since it was published", f.Name, baogao.ErrDamaged, f.Block*Size, (f.Block+1)*Size)
}

// Unwrap is ErrDamaged.
func (f *Fault) Unwrap() error { return baogao.ErrDamaged }

// Check holds the whole of a file that was read to its sums. The error is a
// *Fault.
func (s Sums) Check(name string, b []byte) error {
	for i := 0; i*Size < len(b) || i < len(s); i++ {
		if err := s.check(name, b, i); err != nil {
			return err
		}
	}
	return nil
}

func (s Sums) check(name string, b []byte, i int) error {
	if i >= len(s) || i*Size >= len(b) || crc32.Checksum(b[i*Size:min((i+1)*Size, len(b))], castagnoli) != s[i] {
		return &Fault{name, i}
	}
	return nil
}

// A File is mapped into memory. Its blocks are checked the first time they are
// read.
type File struct {
	name    string
	file    *os.File
	bytes   mmap.MMap
	sums    Sums
	checked []atomic.Uint64 // a bit a block
}

// Open maps a file.
func Open(name string, sums Sums) (*File, error) {
	f := &File{name: name, sums: sums}
	var err error
	if f.file, err = os.Open(name); err != nil {
		return nil, err
	}
	info, err := f.file.Stat()
	if err == nil && info.Size() > 0 { // nothing else can be mapped
		f.bytes, err = mmap.Map(f.file, mmap.RDONLY, 0)
	}
	if err != nil {
		return nil, errors.Join(err, f.file.Close())
	}
	f.checked = make([]atomic.Uint64, (len(f.bytes)/Size+64)/64)
	return f, nil
}

// Close lets the file go. Its bytes must not be used any more.
func (f *File) Close() error {
	var err error
	if f.bytes != nil {
		err = f.bytes.Unmap()
	}
	return errors.Join(err, f.file.Close())
}

// Name is the name that the file was opened by.
func (f *File) Name() string { return f.name }

// Len is the length of the file in bytes.
func (f *File) Len() int { return len(f.bytes) }

// Check checks the blocks of some bytes, half open. The error is a *Fault.
func (f *File) Check(from, to int) error {
	if from < 0 || to > len(f.bytes) || from > to {
		return &Fault{f.name, max(from, 0) / Size}
	}
	for i := from / Size; i*Size < to; i++ {
		word, bit := &f.checked[i/64], uint64(1)<<(i%64)
		if word.Load()&bit != 0 {
			continue
		}
		if err := f.sums.check(f.name, f.bytes, i); err != nil {
			return err
		}
		word.Or(bit)
	}
	return nil
}

// Bytes returns some bytes, half open, which must not be changed. It panics with
// a *Fault where they have changed: texts are read far below where errors are
// told.
func (f *File) Bytes(from, to int) []byte {
	if err := f.Check(from, to); err != nil {
		panic(err)
	}
	return f.bytes[from:to]
}
