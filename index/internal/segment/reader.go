// Package segment writes, lists and reads the segments of a bleve index below
// bleve's public interface, as posting lists: terms of passages go in, and for
// each term the numbers of the documents that hold it come out as bitmaps. All
// that knows bleve's insides is here, and tests hold it to bleve's own writing,
// reading and searching.
package segment

import (
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bleveindex "github.com/blevesearch/bleve_index_api"
	bleveseg "github.com/blevesearch/scorch_segment_api/v2"
)

// An Index is a bleve index that is open for reading.
type Index struct {
	Segments []Segment // in the order of their list

	index  bleve.Index
	reader bleveindex.IndexReader
}

// A Segment hands out the posting lists of one segment. Its documents are
// numbered from 0.
type Segment struct{ snapshot *scorch.SegmentSnapshot }

// Open opens the bleve index at path.
func Open(path string) (*Index, error) {
	ix, err := bleve.OpenUsing(path, map[string]any{"read_only": true, "bolt_timeout": "2s"})
	if err != nil {
		return nil, err
	}
	x := &Index{index: ix}
	inner, err := ix.Advanced()
	if err == nil {
		x.reader, err = inner.Reader()
	}
	if err != nil {
		ix.Close()
		return nil, err
	}
	snapshot, ok := x.reader.(*scorch.IndexSnapshot)
	if !ok {
		x.Close()
		return nil, fmt.Errorf("is no scorch index but %T", x.reader)
	}
	for _, s := range snapshot.Segments() {
		x.Segments = append(x.Segments, Segment{s})
	}
	return x, nil
}

// Close closes the index. Its lists must not be used any more.
func (x *Index) Close() error {
	err := x.reader.Close()
	if e := x.index.Close(); err == nil {
		err = e
	}
	return err
}

// Size is the number of documents, those that are gone included.
func (s Segment) Size() int { return int(s.snapshot.Segment().Count()) }

// All returns the documents that are not gone. The caller may change it.
func (s Segment) All() *roaring.Bitmap {
	b := roaring.New()
	b.AddRange(0, uint64(s.Size()))
	if gone := s.snapshot.Deleted(); gone != nil {
		b.AndNot(gone)
	}
	return b
}

// Term returns the documents that hold a term of a field. The caller must not
// change it.
func (s Segment) Term(field, term string) (*roaring.Bitmap, error) {
	dict, err := s.snapshot.Segment().Dictionary(field)
	if err != nil {
		return nil, err
	}
	return s.list(dict, term)
}

func (s Segment) list(dict bleveseg.TermDictionary, term string) (*roaring.Bitmap, error) {
	list, err := dict.PostingsList([]byte(term), s.snapshot.Deleted(), nil)
	if err != nil {
		return nil, err
	}
	it := list.Iterator(false, false, false, nil)
	if fast, ok := it.(bleveseg.OptimizablePostingsIterator); ok {
		if doc, one := fast.DocNum1Hit(); one {
			return roaring.BitmapOf(uint32(doc)), nil
		}
		if b := fast.ActualBitmap(); b != nil {
			return b, nil
		}
	}
	b := roaring.New()
	for {
		posting, err := it.Next()
		if err != nil {
			return nil, err
		}
		if posting == nil {
			return b, nil
		}
		b.Add(uint32(posting.Number()))
	}
}

// Prefix returns the documents whose text holds a term that begins with
// prefix. The caller must not change it.
func (s Segment) Prefix(prefix string) (*roaring.Bitmap, error) {
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
func (s Segment) PrefixLayers(prefix string) (lists []*roaring.Bitmap, last *roaring.Bitmap, err error) {
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
func (s Segment) eachPrefixed(prefix string, visit func(term string, list func() (*roaring.Bitmap, error)) error) error {
	dict, err := s.snapshot.Segment().Dictionary(Text)
	if err != nil {
		return err
	}
	terms := dict.AutomatonIterator(nil, []byte(prefix), append([]byte(prefix), 0xFF))
	for {
		entry, err := terms.Next()
		if entry == nil || err != nil {
			return err
		}
		if err := visit(entry.Term, func() (*roaring.Bitmap, error) { return s.list(dict, entry.Term) }); err != nil {
			return err
		}
	}
}

// Layers returns the documents whose text holds a term, and for n from 2 on
// those that hold it n times or more, as far as there are any, MaxLayers at
// most. The caller must not change them.
func (s Segment) Layers(term string) ([]*roaring.Bitmap, error) {
	dict, err := s.snapshot.Segment().Dictionary(Text)
	if err != nil {
		return nil, err
	}
	b, err := s.list(dict, term)
	layers := []*roaring.Bitmap{b}
	for n := 2; err == nil && n <= MaxLayers && !b.IsEmpty(); n++ {
		if b, err = s.list(dict, string(layerTerm([]byte(term), n))); err == nil && !b.IsEmpty() {
			layers = append(layers, b)
		}
	}
	return layers, err
}

// Union returns the documents that are in one of some lists. The caller must
// not change it.
func (s Segment) Union(lists []*roaring.Bitmap) *roaring.Bitmap {
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
