package index

import (
	"github.com/RoaringBitmap/roaring/v2"

	"baogao/query"
)

// candidates returns, for each segment, documents among which all matches
// are, and gives every word its weight on the way.
func (x *Index) candidates(p *plan) ([]*roaring.Bitmap, error) {
	p.candidates = make([][]*roaring.Bitmap, len(p.words))
	for _, w := range p.words {
		holding := 0
		for seg := range x.postings.segments {
			b, err := x.wordCandidates(seg, p, w)
			if err != nil {
				return nil, err
			}
			b = p.view.leave(seg, b)
			p.candidates[w.slot] = append(p.candidates[w.slot], b)
			holding += int(b.GetCardinality())
		}
		w.idf = idf(p.view.passages, holding)
	}
	all := make([]*roaring.Bitmap, len(x.postings.segments))
	for seg := range all {
		c := &narrowing{x: x, seg: seg, words: p.candidates}
		var err error
		if p.scope == query.Report {
			all[seg] = c.anyWord(p)
		} else if all[seg], err = c.of(p.root); err != nil {
			return nil, err
		}
		all[seg] = p.view.leave(seg, all[seg])
	}
	return all, nil
}

// keepReport leaves, of the given documents, those of one report.
func (x *Index) keepReport(docs []*roaring.Bitmap, report int) {
	entry := x.reports[report]
	first, end := uint32(entry.First), uint32(entry.First+entry.Count)
	for seg, all := range docs {
		own := roaring.New()
		for it := all.Iterator(); it.HasNext(); {
			if doc := it.Next(); x.docs[seg][doc] >= first && x.docs[seg][doc] < end {
				own.Add(doc)
			}
		}
		docs[seg] = own
	}
}

// wordCandidates returns the documents that hold every term of a word. The
// caller must not change it.
func (x *Index) wordCandidates(seg int, p *plan, w *word) (*roaring.Bitmap, error) {
	if p.counted {
		count, docs, err := x.wordCount(seg, w)
		w.counts = append(w.counts, count)
		return docs, err
	}
	var found *roaring.Bitmap
	for _, t := range w.pattern.Terms() {
		list := x.postings.term
		if t.Prefix {
			list = x.postings.prefix
		}
		b, err := list(seg, fieldText, t.Text)
		if err != nil {
			return nil, err
		}
		if found == nil {
			found = b
		} else {
			found = roaring.And(found, b)
		}
		if found.IsEmpty() {
			return found, nil
		}
	}
	if found == nil {
		return x.postings.all(seg), nil
	}
	return found, nil
}

// narrowing computes a superset of the documents of a segment that a node
// holds for. No bitmap it returns may be changed.
type narrowing struct {
	x     *Index
	seg   int
	words [][]*roaring.Bitmap
}

func (c *narrowing) of(n node) (*roaring.Bitmap, error) {
	switch n := n.(type) {
	case and:
		return c.combine(n, roaring.FastAnd)
	case or:
		return c.combine(n, roaring.FastOr)
	case *word:
		return c.words[n.slot][c.seg], nil
	case *reportTest:
		if n.field == "" {
			break
		}
		var lists []*roaring.Bitmap
		for _, v := range n.values {
			b, err := c.x.postings.term(c.seg, n.field, v)
			if err != nil {
				return nil, err
			}
			lists = append(lists, b)
		}
		return roaring.FastOr(lists...), nil
	}
	return c.x.postings.all(c.seg), nil
}

func (c *narrowing) combine(nodes []node, op func(...*roaring.Bitmap) *roaring.Bitmap) (*roaring.Bitmap, error) {
	lists := make([]*roaring.Bitmap, len(nodes))
	for i, n := range nodes {
		b, err := c.of(n)
		if err != nil {
			return nil, err
		}
		lists[i] = b
	}
	return op(lists...), nil
}

// anyWord returns the documents that may hold any word of the plan, or all
// documents if it has none that is marked.
func (c *narrowing) anyWord(p *plan) *roaring.Bitmap {
	if len(positives(p)) == 0 {
		return c.x.postings.all(c.seg)
	}
	var lists []*roaring.Bitmap
	for _, w := range p.words {
		lists = append(lists, c.words[w.slot][c.seg])
	}
	return roaring.FastOr(lists...)
}

func positives(p *plan) []*word {
	var words []*word
	for _, w := range p.words {
		if w.positive {
			words = append(words, w)
		}
	}
	return words
}
