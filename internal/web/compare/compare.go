// Package compare counts what the pages of trends, maps and panels show: questions
// beside each other and what is held, as numbers that open their passages.
package compare

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/export"
	"baogao/internal/study"
	"baogao/internal/web/address"
	"baogao/internal/web/picture"
)

// A Choice is one of several ways to go on.
type Choice struct {
	Name   string
	Link   string
	Chosen bool
}

// A Comparison is what trends, maps and panels have in common: one or several
// questions with the same filters, and how they are shown.
type Comparison struct {
	State     address.State
	Asked     []Asked
	Title     string
	Warnings  []string
	Aliases   []Aliased
	Measure   study.Measure
	Measures  []Choice // Link is the value
	Files     []Choice
	NoneAsked bool // nothing is asked, and all that is held is counted

	others [][2]string // other names that words are asked for with
}

// An Asked is one of the questions of a comparison.
type Asked struct {
	State address.State // with this question alone
	Name  string
	Class string // of its line and of its name
	Total study.Tally
	Link  string // to all its passages
	Share string // of the reports held that match

	request baogao.Request
}

// Read reads the questions that a state compares.
func Read(ctx context.Context, x baogao.Searcher, s address.State) (*Comparison, error) {
	c := &Comparison{NoneAsked: strings.TrimSpace(s.Q) == ""}
	for _, text := range s.Questions() {
		one := address.Alone(s, text)
		q, err := readOne(ctx, x, &one, len(s.Beside) > 0)
		if err != nil {
			return nil, err
		}
		if len(s.Beside) == 0 {
			s = one
		}
		for _, w := range q.Warnings {
			if !slices.Contains(c.Warnings, w.Text+"。") {
				c.Warnings = append(c.Warnings, w.Text+"。")
			}
		}
		names, err := AliasesOf(ctx, x, s, q)
		if err != nil {
			return nil, err
		}
		c.Aliases = append(c.Aliases, names...)
		c.others = append(c.others, q.OtherNames()...)
		q.Request.Exact, q.Request.Grouped = true, false
		c.Asked = append(c.Asked, Asked{
			State: one, Name: cmp.Or(strings.TrimSpace(one.Q), "全部段落"), Class: fmt.Sprintf("q%d", len(c.Asked)+1), Link: one.ByPassage().URL(), request: q.Request,
		})
	}
	c.State = s
	c.Title = c.named()
	return c, nil
}

// readOne reads one question. What it filters on becomes a filter of the page where
// it is the only one; among several it must not filter the others.
func readOne(ctx context.Context, x baogao.Searcher, s *address.State, several bool) (*ask.Question, error) {
	if several {
		return ask.Read(ctx, x, s.Typed(), ask.Chinese)
	}
	return s.Question(ctx, x)
}

// named is what is compared, in words.
func (c *Comparison) named() string {
	if c.NoneAsked {
		return "全部段落"
	}
	var names []string
	for _, a := range c.Asked {
		names = append(names, "“"+short(a.Name)+"”")
	}
	return strings.Join(names, "、")
}

// requests are those of the questions.
func (c *Comparison) requests() []baogao.Request {
	var all []baogao.Request
	for _, a := range c.Asked {
		all = append(all, a.request)
	}
	return all
}

// counted takes the totals of the questions, and with them the measure that is shown:
// where nothing is marked no rate can be told.
func (c *Comparison) counted(totals []study.Tally) {
	marked, found := false, false
	for i := range c.Asked {
		c.Asked[i].Total, c.Asked[i].Share = totals[i], picture.Text(study.Share, totals[i])
		marked, found = marked || totals[i].Occurrences > 0, found || totals[i].Passages > 0
	}
	c.Measure = cmp.Or(c.State.Measure, study.PerChars)
	if c.State.Measure == "" && found && !marked {
		c.Measure = study.Passages
	}
	for _, m := range study.Measures {
		c.Measures = append(c.Measures, Choice{measureNames[m], string(m), m == c.Measure})
	}
}

// room is how many lines of so many links a list has room for, so that a page whose
// links repeat long filters is not hundreds of times as long as its address.
func (c *Comparison) room(links int) int {
	const linkBytes = 112 << 10 // of one list
	longest := 0
	for _, a := range c.Asked {
		longest = max(longest, len(a.State.Only("region", "510000").Only("year", "2020").URL()))
	}
	return max(1, linkBytes/(links*longest))
}

// MeasureName is what is shown, in words.
func (c *Comparison) MeasureName() string { return measureNames[c.Measure] }

// MeasureUnit is the unit of what is shown.
func (c *Comparison) MeasureUnit() string { return measureUnits[c.Measure] }

// IsInterval reports whether what is shown has intervals.
func (c *Comparison) IsInterval() bool {
	return c.Measure == study.PerChars || c.Measure == study.Share
}

// Blank are the fields for more questions.
func (c *Comparison) Blank() []int {
	if len(c.Asked) >= address.MaxQuestions || c.NoneAsked {
		return nil
	}
	return []int{len(c.Asked) + 1}
}

// What the pages call measures, and what they are counted in.
var (
	measureNames = map[study.Measure]string{
		study.PerChars: "每万字次数", study.Passages: "段落数", study.Reports: "提及的报告数", study.Occurrences: "出现次数", study.Share: "提及报告占比", study.HeldReports: "收录报告数",
	}
	measureUnits = map[study.Measure]string{study.PerChars: "次/万字", study.Passages: "段", study.Reports: "篇", study.Occurrences: "次", study.HeldReports: "篇"}
	byNames      = map[study.By]string{
		study.ByYear: "年份", study.ByProvince: "省", study.ByCity: "市", study.ByDistrict: "区县", study.ByLevel: "层级", study.ByKind: "类型",
	}
)

// rowName is what a row of a trend or a panel is called; of a region as it is called
// within the divisions above it where within is set.
func rowName(by study.By, value, label string) string {
	switch {
	case by.Field() != "region":
		return ask.Chinese.Name(by.Field(), value)
	case strings.HasPrefix(value, baogao.Itself) && value != baogao.Itself+baogao.CountryCode:
		return label + "本级"
	}
	if value == baogao.Unknown || value == baogao.Itself+baogao.CountryCode {
		return ask.Chinese.Name("region", value)
	}
	return cmp.Or(label, value)
}

// A figure is a number that opens its passages; Text is "" where it cannot be told.
type figure struct {
	Text, Link string
	Interval   string
	Says       string // what is read aloud
}

// said is a figure of a tally in words.
func (f figure) said(t study.Tally) string {
	if t.Held == 0 {
		return "未收录"
	}
	return cmp.Or(f.Text, "没有问词，数不出")
}

// figureOf is a measure of a tally in a row of a question.
func figureOf(m study.Measure, t study.Tally, link string) figure {
	f := figure{Text: picture.Text(m, t), Interval: picture.Interval(m, t)}
	switch {
	case t.Held == 0:
		f.Text = ""
	case f.Text == "":
	case m == study.HeldReports || t.Passages > 0:
		f.Link = link
	}
	return f
}

// About says what a file of the comparison holds.
func (c *Comparison) About(at baogao.State, version string) [][2]string {
	names := c.State.Questions()
	return export.AboutCounts(names, names, append(c.Asked[0].State.Typed().Said()[1:], c.others...), at, version)
}

// longestName is how much of a question stands in a title, in characters.
const longestName = 30

// short is a text of no more than that.
func short(text string) string {
	if letters := []rune(text); len(letters) > longestName {
		return string(letters[:longestName]) + "…"
	}
	return text
}
