package index

import (
	"errors"
	"os"

	"github.com/blevesearch/mmap-go"
)

// A textMap is text.bin, mapped into memory: candidates are searched where the
// system keeps the file, without a copy. Its size was checked when the
// generation was opened.
type textMap struct {
	bytes mmap.MMap
	file  *os.File
}

func openText(name string) (t textMap, err error) {
	if t.file, err = os.Open(name); err != nil {
		return t, err
	}
	info, err := t.file.Stat()
	if err != nil || info.Size() == 0 { // nothing can be mapped, and nothing will be read
		return t, err
	}
	t.bytes, err = mmap.Map(t.file, mmap.RDONLY, 0)
	return t, err
}

func (t *textMap) close() error {
	var errs []error
	if t.bytes != nil {
		errs = append(errs, t.bytes.Unmap())
	}
	if t.file != nil {
		errs = append(errs, t.file.Close())
	}
	return errors.Join(errs...)
}
