package mcp

import (
	"context"
	"slices"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/study"
)

const regionsDescription = `Look up a region by its name or code: which divisions have the name, and how many reports are held of each and of those in it.`

type regionsArgs struct {
	Name string `json:"name" jsonschema:"as 鼓楼区, 四川 or 510904"`
}

type regionsAnswer struct {
	Regions []heldRegion `json:"regions"`
}

type heldRegion struct {
	Code string `json:"code"`
	Name string `json:"name"`
	Held int    `json:"held" jsonschema:"reports of it and of the divisions in it; with 0 nothing is known of it"`
}

func (t *tools) regions(ctx context.Context, in regionsArgs) (*regionsAnswer, error) {
	if in.Name == "" {
		return nil, bad("name", "is empty; give the name or the code of a region")
	}
	found := ask.Regions(in.Name)
	held, err := ask.HeldIn(ctx, t.searcher, found)
	if err != nil {
		return nil, err
	}
	answer := &regionsAnswer{[]heldRegion{}}
	for i, r := range found {
		answer.Regions = append(answer.Regions, heldRegion{r.Code, r.Name, held[i]})
	}
	return answer, nil
}

const heldDescription = `What is held: the number of reports by region, year, level or kind, within filters. Ask it before a comparison: what is not held is not known.`

// mostRows is the most rows of an answer that counts.
const mostRows = 200

type heldArgs struct {
	By string `json:"by,omitempty" jsonschema:"year, province, city, district, level or kind; province if left out"`
	filters
	Skip int `json:"skip,omitempty" jsonschema:"rows to leave out: next of the answer before"`
}

type heldAnswer struct {
	Generation string    `json:"generation" jsonschema:"of the index, with the time it was built"`
	Reports    int       `json:"reports" jsonschema:"held within the filters"`
	Characters int64     `json:"characters" jsonschema:"of their texts"`
	Rows       []heldRow `json:"rows"`
	Next       int       `json:"next,omitempty" jsonschema:"skip of the rows that follow"`
	Warnings   []string  `json:"warnings,omitempty"`
}

type heldRow struct {
	Value   string `json:"value" jsonschema:"as the filter takes it"`
	Name    string `json:"name,omitempty"`
	Reports int    `json:"reports"`
}

func (t *tools) held(ctx context.Context, in heldArgs) (*heldAnswer, error) {
	if in.By == "" {
		in.By = string(study.ByProvince)
	}
	c, err := t.count(ctx, in.By, []string{""}, in.filters, in.Skip)
	if err != nil {
		return nil, err
	}
	total := c.trend.Totals[0]
	answer := &heldAnswer{Generation: c.state.Generation + ", " + c.state.Built, Reports: total.Held, Characters: total.Chars, Rows: []heldRow{}, Next: c.next, Warnings: c.warnings}
	for _, r := range c.rows {
		answer.Rows = append(answer.Rows, heldRow{r.Value, r.Label, r.Tallies[0].Held})
	}
	return answer, nil
}

const trendDescription = `Count one or several questions side by side by year, province, city, district, level or kind: passages, reports, occurrences, occurrences per 10,000 characters of what is held, and the share of the reports held that mention it. Rates compare; raw counts follow how much is held. A row of which nothing is held has no numbers: that is not 0.`

// mostQuestions is the most questions of a trend.
const mostQuestions = 20

type trendArgs struct {
	Questions []string `json:"questions" jsonschema:"1 to 20 questions, counted each by itself"`
	By        string   `json:"by,omitempty" jsonschema:"year, province, city, district, level or kind; year if left out"`
	filters
	Skip int `json:"skip,omitempty" jsonschema:"rows to leave out: next of the answer before"`
}

type trendAnswer struct {
	Questions []string            `json:"questions"`
	By        string              `json:"by"`
	Rows      []trendRow          `json:"rows"`
	Totals    []tally             `json:"totals" jsonschema:"a question each"`
	Aliases   []baogao.AliasCount `json:"aliases,omitempty" jsonschema:"other names of words that were asked for with them"`
	Next      int                 `json:"next,omitempty" jsonschema:"skip of the rows that follow"`
	Warnings  []string            `json:"warnings,omitempty"`
}

type trendRow struct {
	Value  string  `json:"value" jsonschema:"as the filter takes it; unknown where a report does not tell"`
	Name   string  `json:"name,omitempty"`
	Counts []tally `json:"counts" jsonschema:"a question each; of one that nothing is held of only held, which is 0"`
}

// A tally is a study.Tally without what cannot be told.
type tally struct {
	Held        int      `json:"held" jsonschema:"reports held"`
	Passages    *int     `json:"passages,omitempty"`
	Reports     *int     `json:"reports,omitempty" jsonschema:"that mention it"`
	Occurrences *int     `json:"occurrences,omitempty"`
	Rate        *float64 `json:"per_10000,omitempty" jsonschema:"occurrences in 10,000 characters of the reports held"`
	Share       *float64 `json:"share,omitempty" jsonschema:"of the reports held that mention it, from 0 to 1"`
}

func tallyOf(t study.Tally) tally {
	if t.Held == 0 {
		return tally{}
	}
	made := tally{Held: t.Held, Passages: &t.Passages, Reports: &t.Reports}
	if t.Counted() {
		made.Occurrences = &t.Occurrences
	}
	if rate, ok := t.Rate(); ok {
		made.Rate = &rate
	}
	if share, ok := t.Share(); ok {
		made.Share = &share
	}
	return made
}

func tallies(of []study.Tally) []tally {
	all := make([]tally, 0, len(of))
	for _, t := range of {
		all = append(all, tallyOf(t))
	}
	return all
}

func (t *tools) trend(ctx context.Context, in trendArgs) (*trendAnswer, error) {
	if in.By == "" {
		in.By = string(study.ByYear)
	}
	c, err := t.count(ctx, in.By, in.Questions, in.filters, in.Skip)
	if err != nil {
		return nil, err
	}
	answer := &trendAnswer{Questions: in.Questions, By: in.By, Rows: []trendRow{}, Totals: tallies(c.trend.Totals), Aliases: c.aliases, Next: c.next, Warnings: c.warnings}
	for _, r := range c.rows {
		answer.Rows = append(answer.Rows, trendRow{r.Value, r.Label, tallies(r.Tallies)})
	}
	return answer, nil
}

func (t *tools) panel(ctx context.Context, in panelArgs) (*panelAnswer, error) {
	if in.Rows == "" {
		in.Rows = string(study.ByProvince)
	}
	if in.Measure == "" {
		in.Measure = "per_10000"
	}
	measure := study.Measure(in.Measure)
	switch {
	case !slices.Contains(rungs, study.By(in.Rows)):
		return nil, bad("rows", "are none there are; use one of %v", rungs)
	case !slices.Contains(measures, measure):
		return nil, bad("measure", "is none there is; use one of %v", measures)
	}
	answer := &panelAnswer{Questions: in.Questions, Measure: in.Measure, Years: []string{}, Rows: []panelRow{}}
	err := t.counted(ctx, in.Questions, in.filters, &answer.Warnings, &answer.Aliases, func(s baogao.Searcher, requests []baogao.Request) error {
		p, err := study.Across(ctx, s, study.By(in.Rows), study.ByYear, requests)
		if err != nil {
			return err
		}
		for _, year := range p.Columns {
			answer.Years = append(answer.Years, year.Value)
		}
		keys, next, err := page(p.Rows, in.Skip)
		answer.Next = next
		for i, key := range keys {
			answer.Rows = append(answer.Rows, panelRowOf(key, p.Cells[in.Skip+i], len(in.Questions), measure))
		}
		return err
	})
	return answer, err
}

// A counting is a trend, and as much of it as an answer holds.
type counting struct {
	trend    *study.Trend
	state    baogao.State
	rows     []study.Row
	next     int // rows to leave out for those that follow; 0 after the last
	warnings []string
	aliases  []baogao.AliasCount
}

// count counts questions along a field, with all of one generation.
func (t *tools) count(ctx context.Context, by string, questions []string, f filters, skip int) (*counting, error) {
	if !slices.Contains(study.Bys, study.By(by)) {
		return nil, bad("by", "is none there is; use one of %v", study.Bys)
	}
	c := &counting{}
	err := t.counted(ctx, questions, f, &c.warnings, &c.aliases, func(s baogao.Searcher, requests []baogao.Request) (err error) {
		if c.state, err = s.State(ctx); err != nil {
			return err
		}
		if c.trend, err = study.Along(ctx, s, study.By(by), requests); err != nil {
			return err
		}
		c.rows, c.next, err = page(c.trend.Rows, skip)
		return err
	})
	return c, err
}

// counted reads the questions of a study, whose answer is then made of one generation.
func (t *tools) counted(ctx context.Context, questions []string, f filters, told *[]string, aliases *[]baogao.AliasCount, answer func(baogao.Searcher, []baogao.Request) error) error {
	if n := len(questions); n == 0 || n > mostQuestions {
		return bad("questions", "are %d; give 1 to %d", n, mostQuestions)
	}
	if q, again := ask.Again(questions); again {
		return bad("questions", "have %q more than once; give it once", q)
	}
	s, release, err := t.searcher.Hold(ctx)
	if err != nil {
		return err
	}
	defer release()
	var requests []baogao.Request
	for _, text := range questions {
		q, err := f.read(ctx, s, text)
		if err != nil {
			return err
		}
		q.Request.Exact = true
		requests = append(requests, q.Request)
		named, err := q.CountAliases(ctx, s)
		if err != nil {
			return err
		}
		*aliases = append(*aliases, named...)
		for _, w := range warnings(q.Warnings) {
			if !slices.Contains(*told, w) {
				*told = append(*told, w)
			}
		}
	}
	return answer(s, requests)
}

// page is as many rows as an answer holds, and where to go on; 0 after the last.
func page[T any](rows []T, skip int) (some []T, next int, err error) {
	if skip < 0 || skip > len(rows) {
		return nil, 0, bad("skip", "is no number from 0 to %d", len(rows))
	}
	if len(rows)-skip > mostRows {
		return rows[skip : skip+mostRows], skip + mostRows, nil
	}
	return rows[skip:], 0, nil
}
