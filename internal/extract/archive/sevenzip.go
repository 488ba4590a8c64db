package archive

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"sync"

	"github.com/bodgit/sevenzip"
	"github.com/stangelandcl/ppmd"
	"github.com/ulikunitz/xz/lzma"

	"baogao/internal/extract/budget"
)

// SevenZip is the pass through a 7z of some size, in the order in which its files
// are packed.
func SevenZip(in io.ReaderAt, size int64) Pass {
	return func(do func(Member) error) error {
		register()
		if err := checkHeader(in, size); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		z, err := openSevenZip(in, size)
		if err != nil {
			return sevenZipError(err)
		}
		var whole uint64 // what lies before a file has to be unpacked to come to it
		for _, f := range z.File {
			if whole += f.UncompressedSize; f.UncompressedSize > 1<<40 || whole > uint64(budget.Most(size)) {
				return budget.ErrUnpacked
			}
		}
		for _, f := range z.File {
			if !f.FileInfo().Mode().IsRegular() {
				continue
			}
			if err := do(Member{f.Name, size, false, func() (io.ReadCloser, error) { return openMember(f) }}); err != nil {
				return err
			}
		}
		return nil
	}
}

func openSevenZip(in io.ReaderAt, size int64) (z *sevenzip.Reader, err error) {
	defer guard(&err)
	return sevenzip.NewReader(in, size)
}

func openMember(f *sevenzip.File) (in io.ReadCloser, err error) {
	defer guard(&err)
	if in, err = f.Open(); err != nil {
		return nil, sevenZipError(err)
	}
	return &sevenZipReader{in, crc32.NewIEEE(), f.CRC32}, nil
}

// A sevenZipReader tells errors as sevenZipError does, and holds what is read to its
// checksum, unless that is 0.
type sevenZipReader struct {
	io.ReadCloser
	sum  hash.Hash32
	want uint32
}

func (r *sevenZipReader) Read(p []byte) (n int, err error) {
	defer guard(&err)
	n, err = r.ReadCloser.Read(p)
	r.sum.Write(p[:n])
	switch {
	case err == io.EOF && r.want != 0 && r.sum.Sum32() != r.want:
		err = errDamaged
	case err != nil && err != io.EOF:
		err = sevenZipError(err)
	}
	return n, err
}

func (r *sevenZipReader) Close() (err error) {
	defer guard(&err)
	return r.ReadCloser.Close()
}

// sevenZipError says what an error of the library means for who has the archive.
func sevenZipError(err error) error {
	for _, known := range []error{ErrEncrypted, errMemory, errMethod, errDied} {
		if errors.Is(err, known) {
			return known
		}
	}
	return fmt.Errorf("7z: "+errCut, err)
}

// register has the library unpack what 7-Zip packs within mostMemory, and nothing
// that is encrypted: it would try keys for as long as the archive says.
var register = sync.OnceFunc(func() {
	refuse := func(err error) sevenzip.Decompressor {
		return func([]byte, uint64, []io.ReadCloser) (io.ReadCloser, error) { return nil, err }
	}
	sevenzip.RegisterDecompressor([]byte{0x03, 0x01, 0x01}, unpackLZMA)
	sevenzip.RegisterDecompressor([]byte{0x21}, unpackLZMA2)
	sevenzip.RegisterDecompressor([]byte{0x03, 0x04, 0x01}, unpackPPMd)
	sevenzip.RegisterDecompressor([]byte{0x06, 0xF1, 0x07, 0x01}, refuse(ErrEncrypted))
	for _, method := range [][]byte{{0x04, 0xF7, 0x11, 0x01}, {0x04, 0xF7, 0x11, 0x02}, {0x04, 0xF7, 0x11, 0x04}} { // of other programs
		sevenzip.RegisterDecompressor(method, refuse(errMethod))
	}
})

// A stream is what is unpacked of another.
type stream struct {
	io.Reader
	io.Closer
}

// unpackLZMA unpacks a stream to size bytes, for which so much is kept at most.
func unpackLZMA(properties []byte, size uint64, in []io.ReadCloser) (io.ReadCloser, error) {
	if len(in) != 1 || len(properties) != 5 {
		return nil, errMethod
	}
	kept := min(uint64(binary.LittleEndian.Uint32(properties[1:])), size)
	if kept > mostMemory {
		return nil, errMemory
	}
	head := binary.LittleEndian.AppendUint32([]byte{properties[0]}, uint32(kept))
	head = binary.LittleEndian.AppendUint64(head, size)
	r, err := lzma.NewReader(io.MultiReader(bytes.NewReader(head), in[0]))
	if err != nil {
		return nil, err
	}
	return stream{r, in[0]}, nil
}

func unpackLZMA2(properties []byte, size uint64, in []io.ReadCloser) (io.ReadCloser, error) {
	if len(in) != 1 || len(properties) != 1 || properties[0] > 40 {
		return nil, errMethod
	}
	kept := min(uint64(2|properties[0]&1)<<(properties[0]/2+11), size)
	if kept > mostMemory {
		return nil, errMemory
	}
	r, err := lzma.Reader2Config{DictCap: max(int(kept), lzma.MinDictCap)}.NewReader2(in[0])
	if err != nil {
		return nil, err
	}
	return stream{r, in[0]}, nil
}

func unpackPPMd(properties []byte, size uint64, in []io.ReadCloser) (io.ReadCloser, error) {
	if len(in) != 1 || len(properties) != 5 || size > 1<<40 {
		return nil, errMethod
	}
	kept := binary.LittleEndian.Uint32(properties[1:])
	if kept > mostMemory {
		return nil, errMemory
	}
	r, err := ppmd.NewH7zReader(in[0], int(properties[0]), int(kept), int(size))
	if err != nil {
		return nil, err
	}
	return stream{&r, in[0]}, nil
}
