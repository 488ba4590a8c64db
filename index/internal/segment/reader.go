// Package segment writes, lists and reads the segments of a bleve index below
// bleve's public interface, as posting lists: terms of passages go in, and for
// each term the numbers of the documents that hold it come out as bitmaps. All
// that knows bleve's insides is here, and tests hold it to bleve's own writing,
// reading and searching.
package segment

import (
	"errors"
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bleveindex "github.com/blevesearch/bleve_index_api"
	bleveseg "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"

	"baogao/index/internal/block"
)

// An Index is a bleve index that is open for reading.
type Index struct {
	Segments []*Segment // in the order of their list

	index  bleve.Index
	reader bleveindex.IndexReader
	files  map[string]*block.File
}

// A Segment hands out the posting lists of one segment. Its documents are
// numbered from 0. What its file does not hold is ErrDamaged with the file's name.
type Segment struct {
	file   *block.File
	size   int
	fields map[string]*dictionary
	gone   *roaring.Bitmap // documents that are no more; nil is none
}

// Open opens the bleve index at path, whose segments are in files, by their
// paths. They are closed with the index.
func Open(path string, files map[string]*block.File) (*Index, error) {
	x := &Index{files: files}
	if err := x.open(path); err != nil {
		return nil, errors.Join(err, x.Close())
	}
	return x, nil
}

func (x *Index) open(path string) (err error) {
	for _, f := range x.files {
		// Bleve reads the end of each on its own.
		if err := f.Check(max(f.Len()-bleveReads, 0), f.Len()); err != nil {
			return err
		}
	}
	index, err := bleve.OpenUsing(path, map[string]any{"read_only": true, "bolt_timeout": "2s"})
	if err != nil {
		return fmt.Errorf("%s: %w", path, x.cause(path, err))
	}
	x.index = index
	inner, err := x.index.Advanced()
	if err != nil {
		return err
	}
	if x.reader, err = inner.Reader(); err != nil {
		return err
	}
	snapshot, ok := x.reader.(*scorch.IndexSnapshot)
	if !ok {
		return fmt.Errorf("%s: is no scorch index but %T", path, x.reader)
	}
	for _, listed := range snapshot.Segments() {
		s := &Segment{gone: listed.Deleted()}
		if on, ok := listed.Segment().(bleveseg.PersistedSegment); ok {
			s.file = x.files[on.Path()]
		}
		if s.file == nil {
			return fmt.Errorf("%s: segment %d has no file", path, listed.Id())
		}
		if err := s.open(); err != nil {
			return err
		}
		x.Segments = append(x.Segments, s)
	}
	if err := x.checkSegments(path); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// bleveReads is more than bleve reads of a segment when it opens it, which is
// where its fields are, in bytes.
const bleveReads = 4 << 10

// Close closes the index and its files. Its lists must not be used any more.
func (x *Index) Close() error {
	var errs []error
	if x.reader != nil {
		errs = append(errs, x.reader.Close())
	}
	if x.index != nil {
		errs = append(errs, x.index.Close())
	}
	for _, f := range x.files {
		errs = append(errs, f.Close())
	}
	return errors.Join(errs...)
}

// Size is the number of documents, those that are gone included.
func (s *Segment) Size() int { return s.size }

// All returns the documents that are not gone. The caller may change it.
func (s *Segment) All() *roaring.Bitmap {
	b := roaring.New()
	b.AddRange(0, uint64(s.Size()))
	if s.gone != nil {
		b.AndNot(s.gone)
	}
	return b
}

// Term returns the documents that hold a term of a field. The caller must not
// change it.
func (s *Segment) Term(field, term string) (*roaring.Bitmap, error) {
	dict, err := s.dict(field)
	if dict == nil || err != nil {
		return roaring.New(), err
	}
	return s.lookup(dict, term)
}

func (s *Segment) lookup(dict *vellum.FST, term string) (*roaring.Bitmap, error) {
	value, ok, err := dict.Get([]byte(term))
	if err != nil {
		return nil, s.fault("term %q: %v", term, err)
	}
	if !ok {
		return roaring.New(), nil
	}
	return s.list(value)
}

// Prefix returns the documents whose text holds a term that begins with
// prefix. The caller must not change it.
func (s *Segment) Prefix(prefix string) (*roaring.Bitmap, error) {
	var lists []*roaring.Bitmap
	err := s.eachPrefixed(prefix, func(term string, list func() (*roaring.Bitmap, error)) error {
		if layerOf(term) > 1 {
			return nil // its documents are those of the first layer again
		}
		b, err := list()
		lists = append(lists, b)
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.Union(lists), nil
}

// PrefixLayers returns the documents of each term of the text that begins with
// prefix and of each of its layers, and those that are in a last layer, nil if
// there are none. The caller must not change them.
func (s *Segment) PrefixLayers(prefix string) (lists []*roaring.Bitmap, last *roaring.Bitmap, err error) {
	err = s.eachPrefixed(prefix, func(term string, list func() (*roaring.Bitmap, error)) error {
		b, err := list()
		if err != nil {
			return err
		}
		lists = append(lists, b)
		if layerOf(term) == MaxLayers {
			if last == nil {
				last = roaring.New()
			}
			last.Or(b)
		}
		return nil
	})
	return lists, last, err
}

// eachPrefixed visits the terms of the text that begin with prefix, and their
// layers, with what reads their documents.
func (s *Segment) eachPrefixed(prefix string, visit func(term string, list func() (*roaring.Bitmap, error)) error) error {
	dict, err := s.dict(Text)
	if dict == nil || err != nil {
		return err
	}
	terms, err := dict.Iterator([]byte(prefix), append([]byte(prefix), 0xFF))
	for ; err == nil; err = terms.Next() {
		term, value := terms.Current()
		if err := visit(string(term), func() (*roaring.Bitmap, error) { return s.list(value) }); err != nil {
			return err
		}
	}
	if err != vellum.ErrIteratorDone {
		return s.fault("terms from %q: %v", prefix, err)
	}
	return nil
}

// Layers returns the documents whose text holds a term, and for n from 2 on
// those that hold it n times or more, as far as there are any, MaxLayers at
// most. The caller must not change them.
func (s *Segment) Layers(term string) ([]*roaring.Bitmap, error) {
	b, err := s.Term(Text, term)
	layers := []*roaring.Bitmap{b}
	for n := 2; err == nil && n <= MaxLayers && !b.IsEmpty(); n++ {
		if b, err = s.Term(Text, string(layerTerm([]byte(term), n))); err == nil && !b.IsEmpty() {
			layers = append(layers, b)
		}
	}
	return layers, err
}

// Union returns the documents that are in one of some lists. The caller must
// not change it.
func (s *Segment) Union(lists []*roaring.Bitmap) *roaring.Bitmap {
	const wordSize, chunk = 64, 1 << 16 // bits
	entries := 0
	for _, l := range lists {
		entries += int(l.GetCardinality())
	}
	if entries < s.Size()/wordSize { // a bit for each document takes longer to clear than they to join
		return roaring.FastOr(lists...)
	}
	bits := make([]uint64, (s.Size()+chunk-1)/chunk*(chunk/wordSize))
	docs := make([]uint32, 1024)
	for _, l := range lists {
		it := l.ManyIterator()
		for n := it.NextMany(docs); n > 0; n = it.NextMany(docs) {
			for _, doc := range docs[:n] {
				bits[doc/wordSize] |= 1 << (doc % wordSize)
			}
		}
	}
	return roaring.FromDense(bits, false)
}

// EachFrequency calls yield with every document of the layers of a term from
// number from to before to, and with how often the term occurs there, up to
// MaxLayers.
func EachFrequency(layers []*roaring.Bitmap, from, to uint32, yield func(doc uint32, freq int)) {
	var further []roaring.IntPeekable
	for _, l := range layers[1:] {
		further = append(further, l.Iterator())
	}
	it := layers[0].Iterator()
	for it.AdvanceIfNeeded(from); it.HasNext(); {
		doc, freq := it.Next(), 1
		if doc >= to {
			return
		}
		for _, l := range further {
			if l.AdvanceIfNeeded(doc); !l.HasNext() || l.PeekNext() != doc {
				break
			}
			freq++
		}
		yield(doc, freq)
	}
}
