package catalogue

import (
	"slices"

	"baogao"
	"baogao/query"
)

// A Filter holds, for each field, the classes of reports it lets through; nil
// lets through all.
type Filter struct {
	region, level, year, kind []bool
	standing                  []Standing // by class; nil is Shown for all
	own                       []bool     // by report: it is sure enough, and read as is asked for; nil lets through all
	regions                   []string   // values filtered on, for the facet of their children
}

// A Standing is what the matches in a class of reports are looked at for.
type Standing uint8

const (
	Shown   Standing = iota // they pass
	Counted                 // they do not pass by one field, and stand in its facet
	Left                    // they stand in no count
)

// Standing is that of the reports of a class, provided they pass by themselves. No
// facet ignores the filters on two fields.
func (f *Filter) Standing(class uint32) Standing {
	if f.standing == nil {
		return Shown
	}
	return f.standing[class]
}

// Passes reports whether the reports of a class pass the filters on all
// fields, provided they pass by themselves.
func (f *Filter) Passes(class uint32) bool { return f.Standing(class) == Shown }

// stand gives the classes their standings.
func (f *Filter) stand(classes int) {
	for _, field := range [][]bool{f.region, f.level, f.year, f.kind} {
		if field == nil {
			continue
		}
		if f.standing == nil {
			f.standing = make([]Standing, classes)
		}
		for i, passes := range field {
			if !passes {
				f.standing[i] = min(f.standing[i]+1, Left)
			}
		}
	}
}

// IsNone reports whether all reports pass.
func (f *Filter) IsNone() bool {
	return f.region == nil && f.level == nil && f.year == nil && f.kind == nil && !f.ByReport()
}

// ByReport reports whether reports are filtered one by one: by how sure they are, or by
// whether they were read by machine. Those that do not pass are in no count: no facet
// ignores this filter.
func (f *Filter) ByReport() bool { return f.own != nil }

// Report reports whether a report passes by itself.
func (f *Filter) Report(report uint32) bool { return f.own == nil || f.own[report] }

func lets(classes []bool, class uint32) bool { return classes == nil || classes[class] }

// FilterOf makes one filter of those that must all hold.
func (c *Catalogue) FilterOf(filters []baogao.Filter) Filter {
	var f Filter
	sure := 0.0
	for _, by := range filters {
		sure = max(sure, by.Sure)
		c.narrow(&f.region, len(by.Regions) > 0, func(k *class) bool { return k.in(by.Regions) })
		c.narrow(&f.level, len(by.Levels) > 0, func(k *class) bool { return slices.Contains(by.Levels, baogao.Level(k.level)) })
		c.narrow(&f.year, len(by.Years) > 0, func(k *class) bool { return k.on(by.Years) })
		c.narrow(&f.kind, len(by.Kinds) > 0, func(k *class) bool { return slices.Contains(by.Kinds, baogao.Kind(k.kind)) })
		if by.OCR != "" {
			f.only(c.readAs(by.OCR))
		}
		for _, v := range by.Regions {
			if v != baogao.Nowhere {
				f.regions = append(f.regions, v)
			}
		}
	}
	if sure > 0 {
		f.only(c.surerThan(sure))
	}
	f.stand(len(c.classes))
	return f
}

// only leaves, of the reports that a filter lets through, some.
func (f *Filter) only(reports []bool) {
	for i, passes := range f.own {
		reports[i] = reports[i] && passes
	}
	f.own = reports
}

// narrow leaves, of the classes that a filter lets through, those that pass.
func (c *Catalogue) narrow(classes *[]bool, asked bool, passes func(*class) bool) {
	if !asked {
		return
	}
	before := *classes
	*classes = c.classesThat(passes)
	for i := range before {
		(*classes)[i] = (*classes)[i] && before[i]
	}
}

// classesThat returns the classes that pass.
func (c *Catalogue) classesThat(pass func(*class) bool) []bool {
	classes := make([]bool, len(c.classes))
	for i := range c.classes {
		classes[i] = pass(&c.classes[i])
	}
	return classes
}

// in reports whether the region of a class has one of some values.
func (k *class) in(values []string) bool {
	return slices.ContainsFunc(k.regions, func(v string) bool { return slices.Contains(values, v) })
}

// on reports whether the year of a class is in one of some ranges.
func (k *class) on(ranges []query.Years) bool {
	y := k.reported
	return slices.ContainsFunc(ranges, func(q query.Years) bool {
		if q.Unknown || y == 0 {
			return q.Unknown && y == 0
		}
		return y >= q.From && (q.To == 0 || y <= q.To)
	})
}
