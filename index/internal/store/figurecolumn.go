package store

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"baogao"
)

// A figureColumn writes figures.bin, and gathers names.zst.
type figureColumn struct {
	*column
	names   dictionary[Name]
	phrases dictionary[string]
	rows    []byte // of the passage
	room    []byte // for what is written next
}

func newFigureColumn() figureColumn {
	return figureColumn{names: newDictionary[Name](), phrases: newDictionary[string]()}
}

// add writes down the figures of the next passage and returns their number.
func (c *figureColumn) add(text string, figures []baogao.Figure) int {
	c.rows = c.rows[:0]
	var starts []int
	if len(figures) > 0 {
		starts = placesOf(text)
	}
	var last Row
	for i := range figures {
		r, err := c.row(text, starts, &figures[i])
		if err != nil && c.err == nil {
			c.err = err
		}
		c.rows = r.append(c.rows, &last)
		last = r
	}
	c.end()
	return len(figures)
}

// end ends the passage.
func (c *figureColumn) end() {
	c.room = append(appendNumber(c.room[:0], len(c.rows)), c.rows...)
	c.write(c.room)
}

// copy writes down the figures of a passage of another generation as those of the
// next one, and returns their number.
func (c *figureColumn) copy(from *Generation, ordinal int) (n int) {
	figures, err := from.Figures.Load()
	c.rows = c.rows[:0]
	var last Row
	if err == nil {
		err = figures.In(ordinal, func(r *Row) bool {
			row := *r
			row.Name = c.names.id(figures.Names[r.Name])
			c.recall(&row, figures.phrases)
			c.rows = row.append(c.rows, &last)
			last = row
			n++
			return true
		})
	}
	if err != nil && c.err == nil {
		c.err = err
	}
	c.end()
	return n
}

// recall gives the phrases of a row the ordinals that they have here.
func (c *figureColumn) recall(r *Row, phrases []string) {
	for i, phrase := range r.phrases() {
		if r.more&(hasPeriod<<i) != 0 {
			*phrase = c.phrases.id(phrases[*phrase])
		}
	}
	for i, part := range r.parts() {
		if r.more&(hasNumerator<<i) != 0 {
			part.name = c.phrases.id(phrases[part.name])
		}
	}
}

// placesOf are the bytes at which the code points of a text begin, and its end.
func placesOf(text string) []int {
	at := make([]int, 0, len(text)/2+1)
	for i := range text {
		at = append(at, i)
	}
	return append(at, len(text))
}

// row makes the row of a figure. What is not told by the text as the figure has it
// would read back as something else: it is an error.
func (c *figureColumn) row(text string, starts []int, f *baogao.Figure) (r Row, err error) {
	status, bound := slices.Index(baogao.FigureStatuses, f.Status), slices.Index(bounds, f.Bound)
	switch {
	case f.Start < 0 || f.End < f.Start || f.End >= len(starts) || text[starts[f.Start]:starts[f.End]] != f.Raw:
		return r, fmt.Errorf("the figure %q does not stand where it says", f.Raw)
	case status < 0 || bound < 0:
		return r, fmt.Errorf("the figure %q has no status or bound there is: %q, %q", f.Raw, f.Status, f.Bound)
	}
	r = Row{
		Name: c.names.id(nameOf(f)), Start: f.Start, length: f.End - f.Start, Value: f.Value, Status: uint8(status),
		flags: uint8(status) | uint8(bound)<<boundShift, Year: f.Year,
	}
	if f.Approximate {
		r.flags |= isApproximate
	}
	if f.Year != 0 {
		r.more |= hasYear
	}
	if f.High != nil {
		r.more, r.high = r.more|hasHigh, *f.High
	}
	odd := ""
	if !r.stands(text, starts, f.Evidence) {
		odd = f.Evidence
	}
	for i, phrase := range []string{f.Period, f.Scope, odd} {
		if phrase != "" {
			r.more, *r.phrases()[i] = r.more|hasPeriod<<i, c.phrases.id(phrase)
		}
	}
	for i, p := range []*baogao.FigurePart{f.Numerator, f.Denominator} {
		if p != nil {
			r.more, *r.parts()[i] = r.more|hasNumerator<<i, rowPart{c.phrases.id(p.Indicator), p.Value}
		}
	}
	return r, nil
}

// stands finds where the evidence stands around the figure. It is false where it
// does not; then the row has no evidence.
func (r *Row) stands(text string, starts []int, evidence string) bool {
	start, end := starts[r.Start], starts[r.Start+r.length]
	r.from, r.to = r.Start, r.Start
	if evidence == "" {
		return true
	}
	for at := max(0, end-len(evidence)); at <= start; at++ {
		if strings.HasPrefix(text[at:], evidence) {
			r.from = r.Start - utf8.RuneCountInString(text[at:start])
			r.to = r.from + utf8.RuneCountInString(evidence)
			return true
		}
	}
	r.from, r.to = 0, 0
	return false
}
