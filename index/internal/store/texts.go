package store

import (
	"iter"
	"path/filepath"

	"baogao/index/internal/block"
	"baogao/index/internal/system"
	"baogao/internal/analyzer"
)

// Texts are the texts of the passages of some reports. text.bin is mapped into
// memory: candidates are searched where the system keeps the file, without a
// copy.
type Texts struct {
	text *block.File
	*passageTable
}

// openTexts opens the texts that have just been written in the folder gen, with
// the sums of text.bin.
func openTexts(gen string, reports []Extent, sums block.Sums) (*Texts, error) {
	name := filepath.Join(gen, passagesFile)
	b, err := system.ReadFile(name)
	if err != nil {
		return nil, err
	}
	passages, err := parsePassages(name, b, reports)
	if err != nil {
		return nil, err
	}
	file, err := system.Map(filepath.Join(gen, textFile), sums)
	return &Texts{file, passages}, err
}

// Close lets the texts go.
func (t *Texts) Close() error {
	if t.text == nil {
		return nil
	}
	return t.text.Close()
}

// Text returns the text of a passage as UTF-16, see package analyzer. It must
// not be changed.
func (t *Texts) Text(ordinal int) []byte {
	return t.text.Bytes(int(t.offsets[ordinal]), t.textEnd(ordinal))
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
