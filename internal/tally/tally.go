// Package tally adds up what matches in reports of the same metadata: totals,
// facets and cells, and the orders of reports. Every engine counts by it.
package tally

import (
	"cmp"
	"slices"
	"strconv"

	"baogao"
	"baogao/query"
)

// A Class is what the metadata of a report is filtered and counted by. Reports
// that agree in it share one.
type Class struct {
	Region            baogao.Region
	Regions           []string // see baogao.Region.Values
	Level, Year, Kind string   // as filters take them
	Reported          int      // the year, 0 where it is not known
}

// ClassOf is the class of a report.
func ClassOf(m *baogao.Meta) Class {
	return Class{m.Region, m.Region.Values(), orUnknown(m.Level), yearValue(m.Year), orUnknown(m.Kind), m.Year}
}

func orUnknown[T ~string](s T) string { return string(cmp.Or(s, baogao.Unknown)) }

func yearValue(year int) string {
	if year == 0 {
		return baogao.Unknown
	}
	return strconv.Itoa(year)
}

// In reports whether the region of a class has one of some values.
func (k *Class) In(values []string) bool {
	return slices.ContainsFunc(k.Regions, func(v string) bool { return slices.Contains(values, v) })
}

// On reports whether the year of a class is in one of some ranges.
func (k *Class) On(ranges []query.Years) bool {
	y := k.Reported
	return slices.ContainsFunc(ranges, func(q query.Years) bool {
		if q.Unknown || y == 0 {
			return q.Unknown && y == 0
		}
		return y >= q.From && (q.To == 0 || y <= q.To)
	})
}

// A Count counts the matches in the reports of one class.
type Count struct {
	Passages, Reports, Occurrences int
	Chars                          int64 // of those reports as a whole
}

// A Filter holds, for each field, the classes it lets through; nil lets through
// all.
type Filter struct {
	region, level, year, kind []bool
	standing                  []Standing // by class; nil is Shown for all
	regions                   []string   // values filtered on, for the facet of their children
}

// A Standing is what the matches in a class of reports are looked at for.
type Standing uint8

const (
	Shown   Standing = iota // they pass
	Counted                 // they do not pass by one field, and stand in its facet
	Left                    // they stand in no count
)

// NewFilter makes one filter of those that must all hold, as far as classes tell.
func NewFilter(classes []Class, filters []baogao.Filter) Filter {
	var f Filter
	for _, by := range filters {
		narrow(&f.region, classes, len(by.Regions) > 0, func(k *Class) bool { return k.In(by.Regions) })
		narrow(&f.level, classes, len(by.Levels) > 0, func(k *Class) bool { return slices.Contains(by.Levels, baogao.Level(k.Level)) })
		narrow(&f.year, classes, len(by.Years) > 0, func(k *Class) bool { return k.On(by.Years) })
		narrow(&f.kind, classes, len(by.Kinds) > 0, func(k *Class) bool { return slices.Contains(by.Kinds, baogao.Kind(k.Kind)) })
		for _, v := range by.Regions {
			if v != baogao.Nowhere {
				f.regions = append(f.regions, v)
			}
		}
	}
	f.stand(len(classes))
	return f
}

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

// narrow leaves, of the classes that a filter lets through, those that pass.
func narrow(to *[]bool, classes []Class, asked bool, passes func(*Class) bool) {
	if !asked {
		return
	}
	before := *to
	*to = Those(classes, passes)
	for i := range before {
		(*to)[i] = (*to)[i] && before[i]
	}
}

// Those tells which of some classes pass.
func Those(classes []Class, passes func(*Class) bool) []bool {
	those := make([]bool, len(classes))
	for i := range classes {
		those[i] = passes(&classes[i])
	}
	return those
}

// Standing is that of a class. No facet ignores the filters on two fields.
func (f *Filter) Standing(class uint32) Standing {
	if f.standing == nil {
		return Shown
	}
	return f.standing[class]
}

// Passes reports whether a class passes the filters on all fields.
func (f *Filter) Passes(class uint32) bool { return f.Standing(class) == Shown }

// IsNone reports whether all classes pass.
func (f *Filter) IsNone() bool {
	return f.region == nil && f.level == nil && f.year == nil && f.kind == nil
}

func lets(classes []bool, class uint32) bool { return classes == nil || classes[class] }
