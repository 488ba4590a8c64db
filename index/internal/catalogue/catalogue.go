// Package catalogue is the reports of a generation as questions look at them:
// grouped into classes by what they are filtered and counted by, in order, and
// told from their copies.
package catalogue

import (
	"cmp"
	"slices"
	"strconv"
	"sync"

	"baogao"
	"baogao/index/internal/segment"
	"baogao/index/internal/store"
)

// A Catalogue is the reports of a generation. Reports are named by their
// ordinals.
type Catalogue struct {
	ClassOf    []uint32              // by report
	Chars      []int64               // by report, of its text
	ByID       func() map[string]int // report id → ordinal; made when it is first asked for
	All, Shown View                  // Shown is all but the copies

	gen     *store.Generation
	classes []class
	copyOf  []int         // report shown for each report that is a copy, else -1
	copies  map[int][]int // copies of each report that is shown for some
}

// A class is what the metadata of a report is filtered and counted by. Reports
// that agree in it share one.
type class struct {
	region            baogao.Region
	regions           []string // see baogao.Region.Values
	level, year, kind string   // as filters take them
	reported          int      // the year, 0 where it is not known
}

// New makes the catalogue of a generation whose columns are loaded.
func New(gen *store.Generation) (*Catalogue, error) {
	c := &Catalogue{gen: gen}
	c.ByID = sync.OnceValue(c.nameReports)
	c.classify()
	pairs, err := gen.Copies()
	if err != nil {
		return nil, err
	}
	c.copyOf, c.copies = slices.Repeat([]int{-1}, len(gen.Reports)), map[int][]int{}
	for _, p := range pairs {
		c.copyOf[p[0]] = p[1]
		c.copies[p[1]] = append(c.copies[p[1]], p[0])
	}
	c.All = c.view(func(int) bool { return true })
	c.Shown = c.view(func(report int) bool { return !c.IsCopy(report) })
	return c, nil
}

// Classes is the number of classes.
func (c *Catalogue) Classes() int { return len(c.classes) }

func (c *Catalogue) nameReports() map[string]int {
	names := make(map[string]int, len(c.gen.Reports))
	for i := range c.gen.Reports {
		names[c.gen.Entry(i).Meta.ID] = i
	}
	return names
}

// Compare is below 0 if a report comes before another one where their matches
// tie: the newest year first, then by id.
func (c *Catalogue) Compare(a, b uint32) int {
	if by := newest(c.classes[c.ClassOf[a]].reported, c.classes[c.ClassOf[b]].reported); by != 0 {
		return by
	}
	return c.gen.CompareIDs(int(a), int(b))
}

// classify gives every report its class.
func (c *Catalogue) classify() {
	type key struct{ region, name, level, year, kind string }
	known := map[key]uint32{}
	classes := make([]uint32, len(c.gen.Groups))
	for group, first := range c.gen.Groups {
		m := &c.gen.Entry(first).Meta
		k := class{region: m.Region, level: orUnknown(m.Level), year: yearValue(m.Year), kind: orUnknown(m.Kind), reported: m.Year}
		by := key{m.Region.Code, m.Region.Name, k.level, k.year, k.kind}
		id, ok := known[by]
		if !ok {
			id = uint32(len(c.classes))
			known[by], k.regions = id, m.Region.Values()
			c.classes = append(c.classes, k)
		}
		classes[group] = id
	}
	c.ClassOf, c.Chars = make([]uint32, len(c.gen.Reports)), make([]int64, len(c.gen.Reports))
	for i := range c.gen.Reports {
		r := &c.gen.Reports[i]
		c.ClassOf[i], c.Chars[i] = classes[r.Group], int64(r.Chars)
	}
}

// Values are the values of the keyword fields that all passages of a report
// share, and by which they are filtered.
func Values(m *baogao.Meta) []segment.Value {
	values := []segment.Value{{Field: segment.Level, Value: orUnknown(m.Level)}, {Field: segment.Year, Value: yearValue(m.Year)}, {Field: segment.Kind, Value: orUnknown(m.Kind)}}
	for _, v := range m.Region.Values() {
		values = append(values, segment.Value{Field: segment.Region, Value: v})
	}
	return values
}

func orUnknown[T ~string](s T) string { return string(cmp.Or(s, baogao.Unknown)) }

func yearValue(year int) string {
	if year == 0 {
		return baogao.Unknown
	}
	return strconv.Itoa(year)
}

// IsCopy reports whether a report is a copy of one that is shown for it.
func (c *Catalogue) IsCopy(report int) bool { return c.copyOf[report] >= 0 }

// CopiesOf lists the other reports with the text of a report that is shown.
func (c *Catalogue) CopiesOf(report int) []baogao.Copy {
	copies := []baogao.Copy{}
	for _, i := range c.copies[report] {
		m := c.gen.Entry(i).Meta
		copies = append(copies, baogao.Copy{ID: m.ID, Title: m.Title, Source: m.Source})
	}
	return copies
}

// ShownFor is the id of the report that is shown for a copy, "" for a report
// that is no copy.
func (c *Catalogue) ShownFor(report int) string {
	if of := c.copyOf[report]; of >= 0 {
		return c.gen.Entry(of).Meta.ID
	}
	return ""
}
