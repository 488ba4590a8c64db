package index

import (
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"baogao"
	"baogao/index/internal/catalogue"
	"baogao/internal/match"
	"baogao/internal/weight"
)

// A plan is a question made ready for one index: its words compiled, its
// metadata looked up.
type plan struct {
	tree    *match.Tree
	view    *catalogue.View
	only    int // the one report that is searched, by ordinal, or anyReport
	filter  catalogue.Filter
	factors *weight.Factors
	ranked  bool // matches are put in order
	counted bool // posting lists tell how often each word occurs; see count.go

	// By slot of the word; set by candidates.
	weights []float64           // idf
	holding [][]*roaring.Bitmap // documents that may hold it, by segment
	counts  [][]wordCount       // by segment, where the plan is counted
	read    []*roaring.Bitmap   // by segment, documents that are read as search compares them, where the tree is plain; see findRead

	relaxed bool // the words of the tree are parts of those that were asked for
}

// anyReport stands in a plan that is not for one report alone.
const anyReport = -1

// newPlan reads a request for this index.
func newPlan(x *Index, req baogao.Request) (*plan, error) {
	p := &plan{view: &x.reports.Shown, only: anyReport, filter: x.reports.FilterOf(req.Filters)}
	if req.Report != "" {
		i, ok := x.reports.ByID()[req.Report]
		if !ok {
			return nil, fmt.Errorf("report %s: %w", req.Report, baogao.ErrNotFound)
		}
		p.only = i
	}
	if req.Copies || p.only != anyReport && x.reports.IsCopy(p.only) {
		p.view = &x.reports.All
	}
	p.factors = x.factorsOf(p.view)
	p.take(match.Compile(req.Query, x.reports.Tests().Test))
	p.counted = p.tree.Plain && p.only == anyReport && len(p.tree.Words) <= countedWords && !slices.ContainsFunc(p.tree.Words, func(w *match.Word) bool { return !isCounted(w) })
	return p, nil
}

// take takes a tree for the question of the plan.
func (p *plan) take(t *match.Tree) {
	p.tree, p.weights = t, make([]float64, len(t.Words))
	p.holding, p.counts = make([][]*roaring.Bitmap, len(t.Words)), make([][]wordCount, len(t.Words))
}

// browses reports whether no word is marked: there is nothing to rank by.
func (p *plan) browses() bool { return len(p.tree.Marked()) == 0 }
