package catalogue

import (
	"baogao"
	"baogao/internal/tally"
)

// A Filter lets through classes of reports, and of them some reports.
type Filter struct {
	tally.Filter
	own []bool // by report: it is sure enough, and read as is asked for; nil lets through all
}

// IsNone reports whether all reports pass.
func (f *Filter) IsNone() bool { return f.Filter.IsNone() && !f.ByReport() }

// ByReport reports whether reports are filtered one by one: by how sure they are, or by
// whether they were read by machine. Those that do not pass are in no count: no facet
// ignores this filter.
func (f *Filter) ByReport() bool { return f.own != nil }

// Report reports whether a report passes by itself.
func (f *Filter) Report(report uint32) bool { return f.own == nil || f.own[report] }

// FilterOf makes one filter of those that must all hold.
func (c *Catalogue) FilterOf(filters []baogao.Filter) Filter {
	f := Filter{Filter: tally.NewFilter(c.classes, filters)}
	sure := 0.0
	for _, by := range filters {
		sure = max(sure, by.Sure)
		if by.OCR != "" {
			f.only(c.readAs(by.OCR))
		}
	}
	if sure > 0 {
		f.only(c.surerThan(sure))
	}
	return f
}

// only leaves, of the reports that a filter lets through, some.
func (f *Filter) only(reports []bool) {
	for i, passes := range f.own {
		reports[i] = reports[i] && passes
	}
	f.own = reports
}
