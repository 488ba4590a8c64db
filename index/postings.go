package index

import (
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bleveindex "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"baogao"
)

// postings reads the segments of a bleve index below bleve's public interface:
// it hands out posting lists as bitmaps of document numbers. What it gives is
// held to bleve's public search by a test.
type postings struct {
	index    bleve.Index
	reader   bleveindex.IndexReader
	segments []*scorch.SegmentSnapshot
}

// openPostings opens the bleve index at path for reading only.
func openPostings(path string) (*postings, error) {
	ix, err := bleve.OpenUsing(path, map[string]any{"read_only": true, "bolt_timeout": "2s"})
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %w", path, baogao.ErrDamaged, err)
	}
	p := &postings{index: ix}
	inner, err := ix.Advanced()
	if err == nil {
		p.reader, err = inner.Reader()
	}
	if err != nil {
		ix.Close()
		return nil, err
	}
	snapshot, ok := p.reader.(*scorch.IndexSnapshot)
	if !ok {
		p.close()
		return nil, fmt.Errorf("%s: is no scorch index but %T", path, p.reader)
	}
	p.segments = snapshot.Segments()
	return p, nil
}

func (p *postings) close() error {
	err := p.reader.Close()
	if e := p.index.Close(); err == nil {
		err = e
	}
	return err
}

// size returns the number of documents of a segment, deleted ones included.
func (p *postings) size(seg int) int { return int(p.segments[seg].Segment().Count()) }

// path returns the file of a segment.
func (p *postings) path(seg int) (string, error) {
	s, ok := p.segments[seg].Segment().(segment.PersistedSegment)
	if !ok {
		return "", fmt.Errorf("segment %d of the bleve index has no file", seg)
	}
	return s.Path(), nil
}

// all returns the live documents of a segment. The caller may change it.
func (p *postings) all(seg int) *roaring.Bitmap {
	b := roaring.New()
	b.AddRange(0, uint64(p.size(seg)))
	if gone := p.segments[seg].Deleted(); gone != nil {
		b.AndNot(gone)
	}
	return b
}

// term returns the live documents of a segment that hold a term. The caller
// must not change it.
func (p *postings) term(seg int, field, term string) (*roaring.Bitmap, error) {
	dict, err := p.segments[seg].Segment().Dictionary(field)
	if err != nil {
		return nil, err
	}
	return p.list(seg, dict, term)
}

func (p *postings) list(seg int, dict segment.TermDictionary, term string) (*roaring.Bitmap, error) {
	list, err := dict.PostingsList([]byte(term), p.segments[seg].Deleted(), nil)
	if err != nil {
		return nil, err
	}
	it := list.Iterator(false, false, false, nil)
	if fast, ok := it.(segment.OptimizablePostingsIterator); ok {
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

// prefix returns the live documents of a segment that hold a term beginning
// with prefix.
func (p *postings) prefix(seg int, field, prefix string) (*roaring.Bitmap, error) {
	var lists []*roaring.Bitmap
	err := p.eachPrefixed(seg, field, prefix, func(term string, list func() (*roaring.Bitmap, error)) error {
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
	return p.union(seg, lists), nil
}

// prefixLayers returns the live documents of each term of a segment that begins
// with prefix and of each of its layers, and those that are in a last layer,
// nil if there are none. The caller must not change them.
func (p *postings) prefixLayers(seg int, field, prefix string) (lists []*roaring.Bitmap, last *roaring.Bitmap, err error) {
	err = p.eachPrefixed(seg, field, prefix, func(term string, list func() (*roaring.Bitmap, error)) error {
		b, err := list()
		if err != nil {
			return err
		}
		lists = append(lists, b)
		if layerOf(term) == maxLayers {
			if last == nil {
				last = roaring.New()
			}
			last.Or(b)
		}
		return nil
	})
	return lists, last, err
}

// eachPrefixed visits the terms of a segment that begin with prefix, and their
// layers, with what reads their documents.
func (p *postings) eachPrefixed(seg int, field, prefix string, visit func(term string, list func() (*roaring.Bitmap, error)) error) error {
	dict, err := p.segments[seg].Segment().Dictionary(field)
	if err != nil {
		return err
	}
	terms := dict.AutomatonIterator(nil, []byte(prefix), append([]byte(prefix), 0xFF))
	for {
		entry, err := terms.Next()
		if entry == nil || err != nil {
			return err
		}
		if err := visit(entry.Term, func() (*roaring.Bitmap, error) { return p.list(seg, dict, entry.Term) }); err != nil {
			return err
		}
	}
}

// union returns the documents of a segment that are in one of some lists. The
// caller must not change it.
func (p *postings) union(seg int, lists []*roaring.Bitmap) *roaring.Bitmap {
	const wordSize, chunk = 64, 1 << 16 // bits
	entries := 0
	for _, l := range lists {
		entries += int(l.GetCardinality())
	}
	if entries < p.size(seg)/wordSize { // a bit for each document takes longer to clear than they to join
		return roaring.FastOr(lists...)
	}
	bits := make([]uint64, (p.size(seg)+chunk-1)/chunk*(chunk/wordSize))
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

// eachFrequency calls yield with every document of the layers of a term that is
// in a stretch, and with how often the term occurs there, up to maxLayers.
func eachFrequency(layers []*roaring.Bitmap, in stretch, yield func(doc uint32, freq int)) {
	var further []roaring.IntPeekable
	for _, l := range layers[1:] {
		further = append(further, l.Iterator())
	}
	it := layers[0].Iterator()
	for it.AdvanceIfNeeded(in.from); it.HasNext(); {
		doc, freq := it.Next(), 1
		if doc >= in.to {
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

// layers returns the live documents of a segment that hold a term of the text,
// and for n from 2 on those that hold it n times or more, as far as there are
// any. The caller must not change them.
func (p *postings) layers(seg int, term string) ([]*roaring.Bitmap, error) {
	dict, err := p.segments[seg].Segment().Dictionary(fieldText)
	if err != nil {
		return nil, err
	}
	b, err := p.list(seg, dict, term)
	layers := []*roaring.Bitmap{b}
	for n := 2; err == nil && n <= maxLayers && !b.IsEmpty(); n++ {
		if b, err = p.list(seg, dict, string(layerTerm([]byte(term), n))); err == nil && !b.IsEmpty() {
			layers = append(layers, b)
		}
	}
	return layers, err
}
