// Package archive goes through the files of ZIP, TAR, 7z and RAR archives. What a
// file may unpack to is for its reader to bound, by how much of the archive it
// takes; what a library would do before that is bounded here.
package archive

import (
	"archive/tar"
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A Member is a file of an archive.
type Member struct {
	Name   string // its path, as it is stored: in no charset that is known
	Packed int64  // bytes that it has in the archive, at most; -1 where they lie there as they are
	Again  bool   // Open may be called again while what it gave is read
	Open   func() (io.ReadCloser, error)
}

// A Pass goes through the files of an archive in an order that is always the same,
// and calls do for each, which may open it until it returns. It ends with the error
// of do, or with that of an archive that cannot be read any further.
type Pass func(do func(Member) error) error

// Errors of archives, and of files in them.
var (
	ErrEncrypted = errors.New("encrypted; unpack it with the password first")
	ErrVolumes   = errors.New("one of several parts of an archive; unpack all of them together first")
	errMethod    = errors.New("packed in a way that is not known; pack it again as plain ZIP")
	errDied      = errors.New("makes its reader fail; unpack it, and pack it again")
	errDamaged   = errors.New("damaged; get the archive again")
)

// errCut is the format of errors that may come of an archive that is cut off.
const errCut = "%w; it may not have been downloaded to its end"

// Zip is the pass through a ZIP, in the order of its files.
func Zip(z *zip.Reader) Pass {
	return func(do func(Member) error) error {
		for _, f := range z.File {
			if f.FileInfo().IsDir() || strings.HasSuffix(f.Name, `\`) {
				continue
			}
			m := Member{f.Name, int64(min(f.CompressedSize64, 1<<40)), true, func() (io.ReadCloser, error) { return openZip(f) }}
			if err := do(m); err != nil {
				return err
			}
		}
		return nil
	}
}

func openZip(f *zip.File) (io.ReadCloser, error) {
	if f.Flags&1 != 0 {
		return nil, ErrEncrypted
	}
	in, err := f.Open()
	if errors.Is(err, zip.ErrAlgorithm) {
		err = errMethod
	}
	return in, err
}

// Tar is the pass through a TAR. It can be made once.
func Tar(in io.Reader) Pass {
	return func(do func(Member) error) error {
		t := tar.NewReader(in)
		for {
			h, err := t.Next()
			switch {
			case err == io.EOF:
				return nil
			case err != nil:
				return fmt.Errorf("tar: "+errCut, err)
			case h.Typeflag != tar.TypeReg:
				continue
			}
			open := func() (io.ReadCloser, error) { return io.NopCloser(t), nil }
			if isSparse(h) {
				open = func() (io.ReadCloser, error) { return nil, errMethod } // its holes would be read as zeros
			}
			if err := do(Member{h.Name, -1, false, open}); err != nil {
				return err
			}
		}
	}
}

func isSparse(h *tar.Header) bool {
	for key := range h.PAXRecords {
		if strings.HasPrefix(key, "GNU.sparse.") {
			return true
		}
	}
	return false
}

// guard makes an error of what a library dies of.
func guard(err *error) {
	if died := recover(); died != nil {
		*err = errDied
	}
}
