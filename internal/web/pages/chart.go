package pages

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"baogao"
	"baogao/internal/study"
	"baogao/internal/web/address"
	"baogao/internal/web/picture"
)

// A chart draws how the matches are spread over the values of a field: how often
// what was asked for occurs in as much text as is held of each, or, where nothing
// is marked, in how many passages.
type chart struct {
	Name   string // id on the page
	Title  string
	Field  string   // what the first column of its table is called
	Rates  bool     // what is drawn is Rate, else Passages
	Bars   []bar    // that are drawn
	More   []bar    // that are folded away
	Rows   []bar    // of its table: all
	Note   string   // on its holes
	Hidden *choice  // why nothing is drawn: how many passages cannot be told apart
	Total  int      // passages, of which Hidden are too many
	Others []choice // what is not drawn, with its passages
}

// A bar stands for one value.
type bar struct {
	Label             string
	Passages          int
	Reports           int
	Occurrences       int
	Held              int    // reports that pass the same filters, whether they match or not
	Chars             int    // of their texts
	Link              string // to the passages, OfReports to the reports and OfHeld to those held
	OfReports, OfHeld string
	Shown, Unit       string // what its length says
	On                bool   // among the values filtered on, or none of the chart is
	Width             string // in percent
}

// barOf counts a value that the state filters on alone where a bar is opened.
func barOf(s address.State, field, label string, v baogao.FacetValue) bar {
	return bar{
		Label: label, Passages: v.Passages, Reports: v.Reports, Occurrences: v.Occurrences, Held: v.Held, Chars: int(v.Chars),
		Link: s.Only(field, v.Value).ByPassage().URL(), OfReports: s.Only(field, v.Value).ByReport().URL(), OfHeld: s.Held().Only(field, v.Value).URL(),
	}
}

// perChars is how many characters a rate is counted in.
const perChars = 10_000

// rate is how often what was asked for occurs in 10,000 characters of the reports
// held.
func (b bar) rate() float64 {
	if b.Chars == 0 {
		return 0
	}
	return perChars * float64(b.Occurrences) / float64(b.Chars)
}

// Rate is the rate to two significant digits.
func (b bar) Rate() string { return picture.Number(study.PerChars, b.rate()) }

// Share is how many of the reports held match, in percent.
func (b bar) Share() string {
	if b.Held == 0 {
		return "—"
	}
	return strconv.FormatFloat(100*float64(b.Reports)/float64(b.Held), 'f', 1, 64) + "%"
}

const (
	shownYears   = 12 // before the rest is folded away
	shownRegions = 5
)

// yearChart has a bar for each year of a span that reports are held of, so that
// holes show, the latest first.
func yearChart(s address.State, found, held []baogao.FacetValue) chart {
	c := chart{Name: "by-year", Title: "按年份", Field: "年份", Rates: isMarked(found)}
	counts, span, holes := map[string]baogao.FacetValue{}, study.YearsOf(held), 0
	for _, v := range found {
		counts[v.Value] = v
	}
	for _, h := range held {
		v := counts[h.Value]
		v.Value, v.Held, v.Chars = h.Value, h.Reports, h.Chars
		counts[h.Value] = v
	}
	for _, year := range span.List(held) {
		v := counts[year]
		v.Value = year
		b := barOf(s, "year", yearName(year), v)
		b.On = address.HasYear(s, year)
		c.Rows = append(c.Rows, b)
		if span.Has(year) {
			c.Bars = append(c.Bars, b)
			if b.Held == 0 {
				holes++
			}
		}
	}
	slices.Reverse(c.Bars)
	c.Note = noteOnHoles(holes, counts[baogao.Unknown].Held)
	for _, v := range span.Sums(found) {
		c.Others = append(c.Others, choice{Name: fmt.Sprintf("%s %s段", yearName(v.Value), grouped(v.Passages)), Link: s.Only("year", v.Value).ByPassage().URL()})
	}
	c.hide(s, "year", found)
	c.draw()
	if len(c.Bars) > shownYears+2 {
		c.Bars, c.More = c.Bars[:shownYears], c.Bars[shownYears:]
	}
	return c
}

// noteOnHoles says what a hole among the years means.
func noteOnHoles(holes, unknown int) string {
	if holes == 0 {
		return ""
	}
	note := "未收录：所查范围内没有能确定为该年的报告"
	if unknown > 0 {
		note += "；另有 " + grouped(unknown) + " 篇年份不明"
	}
	return note + "。"
}

// regionChart has a bar for each of the regions with the most matches, in the order
// of what is drawn.
func regionChart(s address.State, found []baogao.FacetValue) chart {
	c := chart{Name: "by-region", Title: "按地区", Field: "地区", Rates: isMarked(found)}
	for _, v := range found {
		b := barOf(s, "region", valueName("region", v.Value, v.Label), v)
		b.On = s.Has("region", v.Value)
		c.Rows = append(c.Rows, b)
	}
	c.Bars = slices.Clone(c.Rows[:min(len(c.Rows), shownRegions)])
	slices.SortStableFunc(c.Bars, func(a, b bar) int { return -cmp.Compare(c.drawn(a), c.drawn(b)) })
	if len(found) > shownRegions {
		c.Title = fmt.Sprintf("按地区（%d个中段落最多的%d个）", len(found), shownRegions)
	}
	c.hide(s, "region", found)
	c.draw()
	return c
}

// isMarked reports whether the passages have marks to count.
func isMarked(found []baogao.FacetValue) bool {
	return slices.ContainsFunc(found, func(v baogao.FacetValue) bool { return v.Occurrences > 0 })
}

// hide draws nothing where it is not known of more than half of the passages what
// to count them under: the rest would look like all.
func (c *chart) hide(s address.State, field string, found []baogao.FacetValue) {
	unknown := 0
	for _, v := range found {
		c.Total += v.Passages
		if v.Value == baogao.Unknown {
			unknown = v.Passages
		}
	}
	if 2*unknown > c.Total {
		c.Bars, c.Note, c.Others = nil, "", nil
		c.Hidden = &choice{Name: grouped(unknown) + "段", Link: s.Only(field, baogao.Unknown).ByPassage().URL()}
	}
}

// draw gives the bars their lengths, and turns all of them on where none is
// filtered on.
func (c *chart) draw() {
	none := !slices.ContainsFunc(c.Bars, func(b bar) bool { return b.On })
	most := 0.0
	for _, b := range c.Bars {
		most = max(most, c.drawn(b))
	}
	for i := range c.Bars {
		b := &c.Bars[i]
		b.On = b.On || none
		if b.Shown, b.Unit = grouped(b.Passages), ""; c.Rates {
			b.Shown, b.Unit = b.Rate(), "次/万字"
		}
		if most > 0 {
			b.Width = strconv.FormatFloat(100*c.drawn(*b)/most, 'f', 2, 64) + "%"
		}
	}
}

// drawn is what the length of a bar says.
func (c *chart) drawn(b bar) float64 {
	if c.Rates {
		return b.rate()
	}
	return float64(b.Passages)
}
