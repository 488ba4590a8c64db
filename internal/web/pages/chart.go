package pages

import (
	"fmt"
	"slices"
	"strconv"

	"baogao"
)

// A chart draws how the matches are spread over the values of a field. Its
// lengths are in pixels or, with %, of its width, so that letters keep their
// size on any screen.
type chart struct {
	Name   string // id on the page
	Title  string
	Field  string // what the first column of its table is called
	Bars   []bar  // that are drawn
	Rows   []bar  // of its table: all
	Height int
	Note   string   // on its holes
	Others []choice // what is not drawn, with its passages
}

// A bar stands for one value.
type bar struct {
	Label             string // in full
	Short             string // below the bar; "" where there is no room
	Number            string // above the bar, likewise
	Passages          int
	Reports           int
	Held              int    // reports that pass the same filters, whether they match or not
	Link              string // to the passages, OfReports to the reports and OfHeld to those held
	OfReports, OfHeld string
	On                bool // among the values filtered on, or none of the chart is

	X, Middle, Width string
	Y, Height        int
}

// Share is how many of the reports held match, in percent.
func (b bar) Share() string {
	if b.Held == 0 {
		return "—"
	}
	return strconv.FormatFloat(100*float64(b.Reports)/float64(b.Held), 'f', 1, 64) + "%"
}

// Says is what is read aloud of a bar.
func (b bar) Says() string {
	if b.Held == 0 {
		return b.Label + "：所查范围内没有能确定为这一年的报告"
	}
	return fmt.Sprintf("%s：%d段，%d篇报告；收录%d篇", b.Label, b.Passages, b.Reports, b.Held)
}

// ValueY is where the number above a bar stands, TextY where the name of a row
// does, and FillY where the bar below it begins.
func (b bar) ValueY() int { return b.Y - 4 }
func (b bar) TextY() int  { return b.Y + 14 }
func (b bar) FillY() int  { return b.Y + 20 }

// LabelY is where the years stand.
func (c chart) LabelY() int { return c.Height - 6 }

const (
	yearsHeight  = 132 // of the tallest bar
	yearsTop     = 18  // room for its number
	yearsFoot    = 22  // room for the years
	fewYears     = 6   // bars are no wider than for so many
	manyYears    = 8   // more than this and not every year is named
	regionHeight = 38  // of a row
	shownRegions = 5
)

// yearChart has a bar for each year of a span that reports are held of, so that
// holes show.
func yearChart(s state, found, held []baogao.FacetValue) chart {
	c := chart{Name: "by-year", Title: "按年份分布", Field: "年份", Height: yearsTop + yearsHeight + yearsFoot}
	have := byValue(held)
	counts := byValue(found)
	span := spanOf(held)
	for _, year := range span.years(held) {
		v := counts[year]
		b := bar{
			Label: yearName(year), Passages: v.Passages, Reports: v.Reports, Held: have[year].Reports,
			Link: s.only("year", year).ByPassage().URL(), OfReports: s.only("year", year).ByReport().URL(), OfHeld: s.Held().only("year", year).URL(), On: s.hasYear(year), Short: year,
		}
		c.Rows = append(c.Rows, b)
		if span.has(year) {
			c.Bars = append(c.Bars, b)
		}
	}
	c.Note = noteOnHoles(c.Bars, have[baogao.Unknown].Reports)
	for _, v := range span.sums(found) {
		c.Others = append(c.Others, choice{Name: fmt.Sprintf("%s %s段", yearName(v.Value), grouped(v.Passages)), Link: s.only("year", v.Value).ByPassage().URL()})
	}
	c.light()
	most := c.most()
	for i := range c.Bars {
		b := &c.Bars[i]
		step := 100 / float64(max(len(c.Bars), fewYears))
		b.X, b.Middle, b.Width = percent(step*(float64(i)+0.14)), percent(step*(float64(i)+0.5)), percent(step*0.72)
		b.Height = scaled(b.Passages, most, yearsHeight)
		b.Y = yearsTop + yearsHeight - b.Height
		if every := (len(c.Bars) + manyYears - 1) / manyYears; (len(c.Bars)-1-i)%every != 0 {
			b.Short = ""
		}
		if b.Short != "" || b.Passages == most {
			b.Number = grouped(b.Passages)
		}
	}
	return c
}

// noteOnHoles says what a hole among the years means.
func noteOnHoles(bars []bar, unknown int) string {
	if !slices.ContainsFunc(bars, func(b bar) bool { return b.Held == 0 }) {
		return ""
	}
	note := "缺：所查范围内没有能确定为该年的报告"
	if unknown > 0 {
		note += "；另有 " + grouped(unknown) + " 篇年份不明"
	}
	return note + "。"
}

// regionChart has a bar for each of the regions with the most matches.
func regionChart(s state, found []baogao.FacetValue) chart {
	c := chart{Name: "by-region", Title: "按地区分布", Field: "地区"}
	for _, v := range found {
		c.Rows = append(c.Rows, bar{
			Label: valueName("region", v.Value, v.Label), Passages: v.Passages, Reports: v.Reports, Held: v.Held,
			Link: s.only("region", v.Value).ByPassage().URL(), OfReports: s.only("region", v.Value).ByReport().URL(), OfHeld: s.Held().only("region", v.Value).URL(), On: s.has("region", v.Value),
		})
	}
	c.light()
	c.Bars = slices.Clone(c.Rows[:min(len(c.Rows), shownRegions)])
	most := c.most()
	for i := range c.Bars {
		c.Bars[i].Y, c.Bars[i].Width = i*regionHeight, percent(float64(scaled(c.Bars[i].Passages, most, 1000))/10)
	}
	c.Height = len(c.Bars) * regionHeight
	if len(found) > shownRegions {
		c.Title = fmt.Sprintf("按地区分布（%d个中最多的%d个）", len(found), shownRegions)
	}
	return c
}

// light turns all bars on where none of them is filtered on.
func (c chart) light() {
	for _, bars := range [][]bar{c.Bars, c.Rows} {
		if !slices.ContainsFunc(bars, func(b bar) bool { return b.On }) {
			for i := range bars {
				bars[i].On = true
			}
		}
	}
}

func (c chart) most() int {
	most := 1
	for _, b := range c.Bars {
		most = max(most, b.Passages)
	}
	return most
}

// scaled is n as a part of length, at least 1 if it is not 0.
func scaled(n, most, length int) int {
	if n == 0 {
		return 0
	}
	return max(n*length/most, 1)
}

func percent(f float64) string { return strconv.FormatFloat(f, 'f', 2, 64) + "%" }

func byValue(values []baogao.FacetValue) map[string]baogao.FacetValue {
	m := map[string]baogao.FacetValue{}
	for _, v := range values {
		m[v.Value] = v
	}
	return m
}
