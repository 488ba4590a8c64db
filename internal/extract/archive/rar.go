package archive

import (
	"errors"
	"fmt"
	"io"

	"github.com/nwaples/rardecode/v2"

	"baogao/internal/extract/budget"
)

// mostMemory is how much of what was unpacked a file of a 7z or RAR may have to be
// kept for what comes behind it. Programs keep 32 MiB, or as much as there is.
const mostMemory = 64 << 20

var (
	errMemory  = fmt.Errorf("packed so that unpacking it takes more than %d MiB of memory; unpack it yourself", mostMemory>>20)
	errUnknown = errors.New("does not say how large a file in it is; unpack it first")
)

// RAR is the pass through a RAR of some size. It can be made once.
func RAR(in io.Reader, size int64) Pass {
	return func(do func(Member) error) error {
		r, err := openRAR(in)
		if err != nil {
			return rarError(err)
		}
		var whole int64 // what is packed with a file has to be unpacked to come to it
		for {
			h, err := nextOf(r)
			if err == io.EOF {
				return nil
			} else if err != nil {
				return rarError(err)
			}
			m := Member{h.Name, h.PackedSize, false, func() (io.ReadCloser, error) { return io.NopCloser(rarReader{r}), nil }}
			if h.Solid {
				m.Packed = size // what was packed with it may stand before it
			}
			switch {
			case h.IsDir, h.LinkType != rardecode.LinkTypeNone:
				continue
			case h.UnKnownSize:
				return errUnknown
			case h.UnPackedSize > max(budget.FreeBytes, budget.Ratio*m.Packed), whole > budget.Most(size)-h.UnPackedSize:
				return budget.ErrUnpacked // the library makes room for as much, whatever is read
			case h.Encrypted:
				m.Open = func() (io.ReadCloser, error) { return nil, ErrEncrypted }
			}
			whole += h.UnPackedSize
			if err := do(m); err != nil {
				return err
			}
		}
	}
}

func openRAR(in io.Reader) (r *rardecode.Reader, err error) {
	defer guard(&err)
	return rardecode.NewReader(in, rardecode.MaxDictionarySize(mostMemory))
}

func nextOf(r *rardecode.Reader) (h *rardecode.FileHeader, err error) {
	defer guard(&err)
	return r.Next()
}

// A rarReader tells errors as rarError does.
type rarReader struct{ io.Reader }

func (r rarReader) Read(p []byte) (n int, err error) {
	defer guard(&err)
	n, err = r.Reader.Read(p)
	if err != nil && err != io.EOF {
		err = rarError(err)
	}
	return n, err
}

// rarError says what an error of the library means for who has the archive.
func rarError(err error) error {
	switch {
	case errors.Is(err, rardecode.ErrMultiVolume), errors.Is(err, rardecode.ErrInvalidFileBlock), errors.Is(err, rardecode.ErrUnexpectedArcEnd):
		return ErrVolumes
	case errors.Is(err, rardecode.ErrArchiveEncrypted), errors.Is(err, rardecode.ErrArchivedFileEncrypted):
		return ErrEncrypted
	case errors.Is(err, rardecode.ErrDictionaryTooLarge):
		return errMemory
	case errors.Is(err, rardecode.ErrUnknownDecoder), errors.Is(err, rardecode.ErrUnsupportedDecoder), errors.Is(err, rardecode.ErrUnknownVersion):
		return errMethod
	case errors.Is(err, errDied):
		return err
	case errors.Is(err, rardecode.ErrBadFileChecksum):
		return errDamaged
	}
	return fmt.Errorf("rar: "+errCut, err)
}
