package store

import (
	"errors"
	"iter"
	"os"

	"github.com/blevesearch/mmap-go"

	"baogao/internal/analyzer"
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

// Texts are the texts of the passages of some reports.
type Texts struct {
	text     textMap
	passages *passageTable
}

// Close lets the texts go.
func (t *Texts) Close() error { return t.text.close() }

// Text returns the text of a passage as UTF-16, see package analyzer. It must
// not be changed.
func (t *Texts) Text(ordinal int) []byte {
	at := t.passages.offsets[ordinal]
	return t.text.bytes[at : at+analyzer.UnitSize*int64(t.passages.Records[ordinal].text)]
}

// Of yields the texts of the passages of a report.
func (t *Texts) Of(r Extent) iter.Seq[string] {
	return func(yield func(string) bool) {
		for ordinal := r.First; ordinal < r.First+r.Count; ordinal++ {
			if !yield(analyzer.UTF16String(t.Text(ordinal))) {
				return
			}
		}
	}
}
