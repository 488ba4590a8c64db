package index

import (
	"cmp"
	"slices"
	"strconv"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"baogao"
	"baogao/index/internal/store"
	"baogao/query"
)

// A catalogue is the reports of a generation as questions look at them.
type catalogue struct {
	gen        *store.Generation
	classes    []class
	classOf    []uint32       // by report
	order      []int32        // rank of each report among all, the newest year first and then by id
	byID       map[string]int // report id → ordinal
	copyOf     []int          // report shown for each report that is a copy, else -1
	copies     map[int][]int  // copies of each report that is shown for some
	all, shown view           // shown is all but the copies
}

// A class is what the metadata of a report is filtered and counted by. Reports
// that agree in it share one.
type class struct {
	region            baogao.Region
	regions           []string // see baogao.Region.Values
	level, year, kind string   // as filters take them
	reported          int      // the year, 0 where it is not known
}

// A view is what a question looks at: all reports, or of each text the one
// copy that is shown.
type view struct {
	hidden   []*roaring.Bitmap // documents that are left out, by segment; nil leaves out none
	passages int
	units    int64
	tallies  []tally              // of everything, by class
	facets   func() baogao.Facets // of everything; taken once, and to be cloned
}

// leave takes what the view leaves out of a bitmap, which is not changed.
func (v *view) leave(seg int, docs *roaring.Bitmap) *roaring.Bitmap {
	if v.hidden == nil || v.hidden[seg].IsEmpty() {
		return docs
	}
	return roaring.AndNot(docs, v.hidden[seg])
}

// relativeLength is the length of a passage in units, over the mean.
func (v *view) relativeLength(units uint32) float64 {
	return float64(units) * float64(v.passages) / float64(max(v.units, 1))
}

// load reads the columns and makes what is looked up by report.
func (c *catalogue) load() error {
	if err := c.gen.Load(); err != nil {
		return err
	}
	c.rankReports()
	c.classify()
	pairs, err := c.gen.Copies()
	if err != nil {
		return err
	}
	c.copyOf, c.copies = slices.Repeat([]int{-1}, len(c.gen.Reports)), map[int][]int{}
	for _, p := range pairs {
		c.copyOf[p[0]] = p[1]
		c.copies[p[1]] = append(c.copies[p[1]], p[0])
	}
	c.all = c.view(func(int) bool { return true })
	c.shown = c.view(func(report int) bool { return c.copyOf[report] < 0 })
	return nil
}

// rankReports puts the reports in order.
func (c *catalogue) rankReports() {
	c.byID = make(map[string]int, len(c.gen.Reports))
	sorted := make([]int, len(c.gen.Reports))
	for i := range c.gen.Reports {
		c.byID[c.gen.Reports[i].Meta.ID] = i
		sorted[i] = i
	}
	slices.SortFunc(sorted, func(i, j int) int {
		a, b := &c.gen.Reports[i].Meta, &c.gen.Reports[j].Meta
		return cmp.Or(newest(a.Year, b.Year), cmp.Compare(a.ID, b.ID))
	})
	c.order = make([]int32, len(c.gen.Reports))
	for rank, i := range sorted {
		c.order[i] = int32(rank)
	}
}

// classify gives every report its class.
func (c *catalogue) classify() {
	type key struct{ region, name, level, year, kind string }
	known := map[key]uint32{}
	c.classOf = make([]uint32, len(c.gen.Reports))
	for i := range c.gen.Reports {
		m := &c.gen.Reports[i].Meta
		k := class{region: m.Region, level: orUnknown(m.Level), year: yearValue(m.Year), kind: orUnknown(m.Kind), reported: m.Year}
		by := key{m.Region.Code, m.Region.Name, k.level, k.year, k.kind}
		id, ok := known[by]
		if !ok {
			id = uint32(len(c.classes))
			known[by], k.regions = id, m.Region.Values()
			c.classes = append(c.classes, k)
		}
		c.classOf[i] = id
	}
}

func orUnknown[T ~string](s T) string { return string(cmp.Or(s, baogao.Unknown)) }

func yearValue(year int) string {
	if year == 0 {
		return baogao.Unknown
	}
	return strconv.Itoa(year)
}

// view makes the view of some reports, but for the documents it hides.
func (c *catalogue) view(in func(report int) bool) view {
	v := view{tallies: make([]tally, len(c.classes))}
	for i := range c.gen.Reports {
		r := &c.gen.Reports[i]
		if !in(i) || r.Count == 0 {
			continue
		}
		t := &v.tallies[c.classOf[i]]
		t.reports++
		t.passages += r.Count
		v.passages += r.Count
		for _, rec := range c.gen.Records[r.First : r.First+r.Count] {
			v.units += int64(rec.Units)
		}
	}
	v.facets = sync.OnceValue(func() baogao.Facets { return c.facets(v.tallies, &filter{}) })
	return v
}

// hideCopies hides the documents of copies from the view of what is shown. docs
// are the passages of documents, by segment.
func (c *catalogue) hideCopies(docs [][]uint32) {
	if len(c.copies) == 0 {
		return
	}
	for seg := range docs {
		hidden := roaring.New()
		for doc, ordinal := range docs[seg] {
			if ordinal != store.Gone && c.copyOf[c.gen.Records[ordinal].Report] >= 0 {
				hidden.Add(uint32(doc))
			}
		}
		c.shown.hidden = append(c.shown.hidden, hidden)
	}
}

// shows reports whether a report is in the view.
func (c *catalogue) shows(v *view, report int) bool { return v == &c.all || c.copyOf[report] < 0 }

// copiesOf lists the other reports with the text of a report that is shown.
func (c *catalogue) copiesOf(report int) []baogao.Copy {
	copies := []baogao.Copy{}
	for _, i := range c.copies[report] {
		m := c.gen.Reports[i].Meta
		copies = append(copies, baogao.Copy{ID: m.ID, Title: m.Title, Source: m.Source})
	}
	return copies
}

// shownFor is the id of the report that is shown for a copy, "" for a report
// that is no copy.
func (c *catalogue) shownFor(report int) string {
	if of := c.copyOf[report]; of >= 0 {
		return c.gen.Reports[of].Meta.ID
	}
	return ""
}

// A filter holds, for each field, the classes of reports it lets through; nil
// lets through all.
type filter struct {
	region, level, year, kind []bool
	regions                   []string // values filtered on, for the facet of their children
}

// passes reports whether the reports of a class pass the filters on all
// fields.
func (f *filter) passes(class uint32) bool {
	return lets(f.region, class) && lets(f.level, class) && lets(f.year, class) && lets(f.kind, class)
}

// isNone reports whether all reports pass.
func (f *filter) isNone() bool {
	return f.region == nil && f.level == nil && f.year == nil && f.kind == nil
}

func lets(classes []bool, class uint32) bool { return classes == nil || classes[class] }

// filterOf makes one filter of those that must all hold.
func (c *catalogue) filterOf(filters []baogao.Filter) filter {
	var f filter
	for _, by := range filters {
		c.narrow(&f.region, len(by.Regions) > 0, func(k *class) bool { return k.in(by.Regions) })
		c.narrow(&f.level, len(by.Levels) > 0, func(k *class) bool { return slices.Contains(by.Levels, baogao.Level(k.level)) })
		c.narrow(&f.year, len(by.Years) > 0, func(k *class) bool { return k.on(by.Years) })
		c.narrow(&f.kind, len(by.Kinds) > 0, func(k *class) bool { return slices.Contains(by.Kinds, baogao.Kind(k.kind)) })
		for _, v := range by.Regions {
			if v != baogao.Nowhere {
				f.regions = append(f.regions, v)
			}
		}
	}
	return f
}

// narrow leaves, of the classes that a filter lets through, those that pass.
func (c *catalogue) narrow(classes *[]bool, asked bool, passes func(*class) bool) {
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
func (c *catalogue) classesThat(pass func(*class) bool) []bool {
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
