package match

// Reports gathers, for a tree that asks for whole reports, which of its words
// stand in which of them.
type Reports struct {
	tree *Tree
	has  [][]bool // by word and report
}

// NewReports begins with no word in any of n reports.
func NewReports(t *Tree, n int) *Reports {
	r := &Reports{t, make([][]bool, len(t.Words))}
	for i := range r.has {
		r.has[i] = make([]bool, n)
	}
	return r
}

// Add takes what Find has found in a passage of a report.
func (r *Reports) Add(report uint32, f Found) {
	for slot, n := range f.Times {
		if n > 0 {
			r.has[slot][report] = true
		}
	}
}

// Join takes what another has gathered.
func (r *Reports) Join(o *Reports) {
	for i, reports := range o.has {
		for report, has := range reports {
			r.has[i][report] = r.has[i][report] || has
		}
	}
}

// Match reports whether the question holds for a report, each word standing for
// "some passage holds it".
func (r *Reports) Match(report uint32) bool { return r.tree.holds(wholeReport{r, report}) }

// A wholeReport is a report as a question is asked of it.
type wholeReport struct {
	*Reports
	report uint32
}

func (w wholeReport) occurs(word *Word) bool { return w.has[word.Slot][w.report] }
func (w wholeReport) passes(t Test) bool     { return t.Report(w.report) }
