package index

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"
	bleveindex "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"baogao"
)

// postings is the one place that reaches below bleve's public interface: it
// hands out the posting lists of each segment as bitmaps of document numbers.
// What it gives is held to bleve's public search by a test.
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

// id returns the id a document was added under.
func (p *postings) id(seg int, doc int) (string, error) {
	b, err := p.segments[seg].DocID(uint64(doc))
	return string(b), err
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
	dict, err := p.segments[seg].Segment().Dictionary(field)
	if err != nil {
		return nil, err
	}
	var lists []*roaring.Bitmap
	terms := dict.AutomatonIterator(nil, []byte(prefix), append([]byte(prefix), 0xFF))
	for {
		entry, err := terms.Next()
		if err != nil {
			return nil, err
		}
		if entry == nil {
			return roaring.FastOr(lists...), nil
		}
		b, err := p.list(seg, dict, entry.Term)
		if err != nil {
			return nil, err
		}
		lists = append(lists, b)
	}
}

// frequencies calls yield with every live document of a segment that holds a
// term of the text, and with how often it does.
func (p *postings) frequencies(seg int, term string, yield func(doc uint32, freq int)) error {
	dict, err := p.segments[seg].Segment().Dictionary(fieldText)
	if err != nil {
		return err
	}
	list, err := dict.PostingsList([]byte(term), p.segments[seg].Deleted(), nil)
	if err != nil {
		return err
	}
	it := list.Iterator(true, false, false, nil)
	for {
		posting, err := it.Next()
		if err != nil || posting == nil {
			return err
		}
		yield(uint32(posting.Number()), int(posting.Frequency()))
	}
}

// mergeSegments has bleve merge the segments of an index that is open for
// writing, as far as its policy asks for, and all of them into one where most
// documents are deleted ones.
func mergeSegments(ctx context.Context, ix bleve.Index) error {
	inner, err := ix.Advanced()
	if err != nil {
		return err
	}
	s, ok := inner.(*scorch.Scorch)
	if !ok {
		return fmt.Errorf("is no scorch index but %T", inner)
	}
	policy := mergeplan.DefaultMergePlanOptions
	if err := s.ForceMerge(ctx, &policy); err != nil {
		return err
	}
	live, err := ix.DocCount()
	if err != nil {
		return err
	}
	reader, err := s.Reader()
	if err != nil {
		return err
	}
	all := uint64(0)
	if snapshot, ok := reader.(*scorch.IndexSnapshot); ok {
		for _, seg := range snapshot.Segments() {
			all += seg.Segment().Count()
		}
	}
	if err := reader.Close(); err != nil {
		return err
	}
	if all > 2*live {
		return s.ForceMerge(ctx, nil)
	}
	return nil
}

// removeStale deletes the segment files that merging left behind and that no
// snapshot names: a read-only index would carry them for ever.
func removeStale(path string) error {
	p, err := openPostings(path)
	if err != nil {
		return err
	}
	live := map[string]bool{}
	for _, s := range p.segments {
		if f, ok := s.Segment().(segment.PersistedSegment); ok {
			live[filepath.Base(f.Path())] = true
		}
	}
	if err := p.close(); err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(path, "store", "*.zap"))
	if err != nil {
		return err
	}
	for _, f := range files {
		if !live[filepath.Base(f)] {
			if err := os.Remove(f); err != nil {
				return err
			}
		}
	}
	return nil
}
