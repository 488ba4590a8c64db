package index

import (
	"github.com/RoaringBitmap/roaring/v2"

	"baogao/index/internal/catalogue"
	"baogao/index/internal/segment"
	"baogao/internal/analyzer"
	"baogao/internal/match"
	"baogao/internal/weight"
	"baogao/query"
)

// candidates returns, for each segment, documents among which all matches
// are, and gives every word its weight on the way.
func (r *run) candidates() ([]*roaring.Bitmap, error) {
	for slot, w := range r.tree.Words {
		found := 0
		for seg, s := range r.bleve.Segments {
			b, err := r.wordCandidates(s, w)
			if err != nil {
				return nil, err
			}
			b = r.view.Leave(seg, b)
			r.holding[slot] = append(r.holding[slot], b)
			found += int(b.GetCardinality())
		}
		if w.Marked {
			r.weights[slot] = weight.IDF(r.view.Passages, found)
		}
	}
	if err := r.findRead(); err != nil {
		return nil, err
	}
	all := make([]*roaring.Bitmap, len(r.bleve.Segments))
	for seg, s := range r.bleve.Segments {
		in := narrowing{r.plan, seg, s}
		var err error
		if r.tree.Scope == query.Report {
			all[seg] = in.anyWord()
		} else if all[seg], err = match.Narrow(r.tree.Root, in); err != nil {
			return nil, err
		}
		all[seg] = r.view.Leave(seg, all[seg])
	}
	return all, nil
}

// findRead finds the documents that neither lists nor the bytes of their texts
// tell enough of: quotation marks stand between the characters of a word, a sign
// stands for several characters, or a word occurs more often than is listed. They
// are few.
func (r *run) findRead() error {
	if !r.tree.Plain {
		return nil
	}
	terms := []string{analyzer.SharedTerm}
	for _, w := range r.tree.Words {
		terms = append(terms, w.Pattern.Parted()...)
	}
	for seg, in := range r.bleve.Segments {
		var lists []*roaring.Bitmap
		for _, counts := range r.counts {
			if seg < len(counts) && counts[seg].more != nil {
				lists = append(lists, counts[seg].more)
			}
		}
		for _, term := range terms {
			docs, err := in.Term(segment.Text, term)
			if err != nil {
				return err
			}
			lists = append(lists, docs)
		}
		r.read = append(r.read, roaring.FastOr(lists...))
	}
	return nil
}

// wordCandidates returns the documents of a segment that hold every term of a
// word. The caller must not change it.
func (r *run) wordCandidates(in *segment.Segment, w *match.Word) (found *roaring.Bitmap, err error) {
	if r.counted {
		count, docs, err := countWord(in, w)
		r.counts[w.Slot] = append(r.counts[w.Slot], count)
		return docs, err
	}
	for _, t := range w.Pattern.Terms() {
		var b *roaring.Bitmap
		if t.Prefix {
			b, err = in.Prefix(t.Text)
		} else {
			b, err = in.Term(segment.Text, t.Text)
		}
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
		return in.All(), nil
	}
	return found, nil
}

// A narrowing finds the documents of a segment among which all are that a part
// of a question holds for. No bitmap it returns may be changed.
type narrowing struct {
	*plan
	seg int
	in  *segment.Segment
}

func (n narrowing) Every() (*roaring.Bitmap, error) { return n.in.All(), nil }

func (n narrowing) Holding(w *match.Word) (*roaring.Bitmap, error) {
	return n.holding[w.Slot][n.seg], nil
}

func (n narrowing) Passing(t match.Test) (*roaring.Bitmap, error) {
	test, ok := t.(*catalogue.ReportTest)
	if !ok || test.Field == "" {
		return n.Every()
	}
	var lists []*roaring.Bitmap
	for _, v := range test.Values {
		b, err := n.in.Term(test.Field, v)
		if err != nil {
			return nil, err
		}
		lists = append(lists, b)
	}
	return roaring.FastOr(lists...), nil
}

func (n narrowing) Both(sets []*roaring.Bitmap) *roaring.Bitmap   { return roaring.FastAnd(sets...) }
func (n narrowing) Either(sets []*roaring.Bitmap) *roaring.Bitmap { return roaring.FastOr(sets...) }

// anyWord returns the documents that may hold any word of the plan, or all
// documents if it has none that is marked.
func (n narrowing) anyWord() *roaring.Bitmap {
	if n.browses() {
		return n.in.All()
	}
	var lists []*roaring.Bitmap
	for _, w := range n.holding {
		lists = append(lists, w[n.seg])
	}
	return roaring.FastOr(lists...)
}
