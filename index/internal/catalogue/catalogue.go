// Package catalogue is the reports of a generation as questions look at them:
// grouped into classes by what they are filtered and counted by, in order, and
// told from their copies.
package catalogue

import (
	"slices"
	"sync"

	"baogao"
	"baogao/index/internal/segment"
	"baogao/index/internal/store"
	"baogao/internal/tally"
)

// A Catalogue is the reports of a generation. Reports are named by their
// ordinals.
type Catalogue struct {
	ClassOf    []uint32              // by report
	Chars      []int64               // by report, of its text
	ByID       func() map[string]int // report id → ordinal; made when it is first asked for
	All, Shown View                  // Shown is all but the copies

	gen     *store.Generation
	classes []tally.Class
	copyOf  []int         // report shown for each report that is a copy, else -1
	copies  map[int][]int // copies of each report that is shown for some
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
	if by := tally.Newest(c.classes[c.ClassOf[a]].Reported, c.classes[c.ClassOf[b]].Reported); by != 0 {
		return by
	}
	return c.gen.CompareIDs(int(a), int(b))
}

// Year is the year of a report, 0 where it is not known.
func (c *Catalogue) Year(report uint32) int { return c.classes[c.ClassOf[report]].Reported }

// By is the order of reports that a sort puts before the score; nil for the order
// by relevance.
func (c *Catalogue) By(sort baogao.Sort) func(a, b uint32) int {
	compare := tally.By(sort)
	if compare == nil {
		return nil
	}
	return func(a, b uint32) int { return compare(&c.classes[c.ClassOf[a]], &c.classes[c.ClassOf[b]]) }
}

// classify gives every report its class.
func (c *Catalogue) classify() {
	type key struct {
		region, name string
		level        baogao.Level
		kind         baogao.Kind
		year         int
	}
	known := map[key]uint32{}
	classes := make([]uint32, len(c.gen.Groups))
	for group, first := range c.gen.Groups {
		m := &c.gen.Entry(first).Meta
		by := key{m.Region.Code, m.Region.Name, m.Level, m.Kind, m.Year}
		id, ok := known[by]
		if !ok {
			id = uint32(len(c.classes))
			known[by] = id
			c.classes = append(c.classes, tally.ClassOf(m))
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
	k := tally.ClassOf(m)
	values := []segment.Value{{Field: segment.Level, Value: k.Level}, {Field: segment.Year, Value: k.Year}, {Field: segment.Kind, Value: k.Kind}}
	for _, v := range k.Regions {
		values = append(values, segment.Value{Field: segment.Region, Value: v})
	}
	return values
}

// Facets counts the matches by metadata, see tally.Facets.
func (c *Catalogue) Facets(counts []tally.Count, f *Filter) baogao.Facets {
	return tally.Facets(c.classes, counts, &f.Filter)
}

// Cells counts the matches by region and year, see tally.Cells.
func (c *Catalogue) Cells(counts []tally.Count, f *Filter) []baogao.Cell {
	return tally.Cells(c.classes, counts, &f.Filter)
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
