package catalogue

import (
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"baogao"
	"baogao/index/internal/store"
	"baogao/internal/tally"
)

// A View is what a question looks at: all reports, or of each text the one
// copy that is shown.
type View struct {
	Passages int
	Tallies  []tally.Count        // of everything, by class
	Facets   func() baogao.Facets // of everything; taken once, and to be cloned

	hidden  []*roaring.Bitmap // documents that are left out, by segment; nil leaves out none
	texts   int               // passages of running text
	units   int64             // of those
	lengths []float64         // relative lengths by units, of nearly all passages
}

// tabled is the number of lengths that are kept; passages are cut before.
const tabled = 2048

// Leave takes what the view leaves out of a bitmap, which is not changed.
func (v *View) Leave(seg int, docs *roaring.Bitmap) *roaring.Bitmap {
	if v.hidden == nil || v.hidden[seg].IsEmpty() {
		return docs
	}
	return roaring.AndNot(docs, v.hidden[seg])
}

// RelativeLength is the length of a passage in units, over the mean of running
// text.
func (v *View) RelativeLength(units uint32) float64 {
	if int(units) < len(v.lengths) {
		return v.lengths[units]
	}
	return v.relativeLength(units)
}

func (v *View) relativeLength(units uint32) float64 {
	return float64(units) * float64(v.texts) / float64(max(v.units, 1))
}

// view makes the view of some reports, but for the documents it hides.
func (c *Catalogue) view(in func(report int) bool) View {
	v := View{Tallies: make([]tally.Count, len(c.classes))}
	for i := range c.gen.Reports {
		r := &c.gen.Reports[i]
		if !in(i) || r.Count == 0 {
			continue
		}
		t := &v.Tallies[c.ClassOf[i]]
		t.Reports++
		t.Chars += int64(r.Chars)
		t.Passages += r.Count
		v.Passages += r.Count
		texts, units := c.gen.RunningText(i)
		v.texts += texts
		v.units += units
	}
	for n := range uint32(tabled) {
		v.lengths = append(v.lengths, v.relativeLength(n))
	}
	v.Facets = sync.OnceValue(func() baogao.Facets { return c.Facets(v.Tallies, &Filter{}) })
	return v
}

// HideCopies hides the documents of copies from the view of what is shown. docs
// are the passages of documents, by segment.
func (c *Catalogue) HideCopies(docs [][]uint32) {
	if len(c.copies) == 0 {
		return
	}
	for seg := range docs {
		hidden := roaring.New()
		for doc, ordinal := range docs[seg] {
			if ordinal != store.Gone && c.IsCopy(int(c.gen.Records[ordinal].Report)) {
				hidden.Add(uint32(doc))
			}
		}
		c.Shown.hidden = append(c.Shown.hidden, hidden)
	}
}

// Shows reports whether a report is in the view.
func (c *Catalogue) Shows(v *View, report int) bool { return v == &c.All || !c.IsCopy(report) }
