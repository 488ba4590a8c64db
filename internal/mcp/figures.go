package mcp

import (
	"cmp"
	"context"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/study"
	"baogao/internal/target"
)

const figuresDescription = `Tell the numbers that passages say: each with what it measures, its value and unit, whether it was achieved or is a target, and the sentence that says so. Narrow by indicator (words, or a key as 行政复议·受理), unit, status, min and max. Read by rules: check the quoted sentence before you cite a number.`

type figuresArgs struct {
	Question  string   `json:"question,omitempty" jsonschema:"words that must all stand in a passage; all passages if left out"`
	Indicator string   `json:"indicator,omitempty" jsonschema:"words that must stand in what is measured or in its key"`
	Key       string   `json:"key,omitempty" jsonschema:"figures of this key and no other, as 行政复议·受理"`
	Unit      []string `json:"unit,omitempty" jsonschema:"件, 元, %, without 万 and 亿; any may hold"`
	Status    []string `json:"status,omitempty" jsonschema:"achieved, target or earlier; any may hold"`
	Min       string   `json:"min,omitempty" jsonschema:"as 10, 0.5 or 1.5亿"`
	Max       string   `json:"max,omitempty"`
	Sort      string   `json:"sort,omitempty" jsonschema:"value (smallest first), -value, year or -year of the figures, key, or as for search"`
	filters
	Limit int `json:"limit,omitempty" jsonschema:"figures of one answer, 1 to 50; 10 if left out"`
	Skip  int `json:"skip,omitempty" jsonschema:"figures to leave out: next of the answer before"`
}

type figuresAnswer struct {
	Total    baogao.FigureTotal `json:"total" jsonschema:"of what matches, exactly"`
	Figures  []figure           `json:"figures"`
	Sources  []source           `json:"sources" jsonschema:"the reports of the figures"`
	Next     int                `json:"next,omitempty" jsonschema:"skip of the figures that follow; none after the last"`
	Warnings []string           `json:"warnings,omitempty"`
}

// A figure is one number of a passage.
type figure struct {
	Passage     string             `json:"passage" jsonschema:"its id"`
	Source      int                `json:"source" jsonschema:"its report: the place in sources, from 0"`
	Start       int                `json:"start" jsonschema:"of the number in the passage, in code points"`
	End         int                `json:"end"`
	Raw         string             `json:"raw" jsonschema:"the number as it is written"`
	Value       float64            `json:"value" jsonschema:"with 万 and 亿 worked in"`
	High        *float64           `json:"high,omitempty" jsonschema:"the upper end of a range"`
	Unit        string             `json:"unit,omitempty"`
	Kind        string             `json:"kind"`
	Direction   string             `json:"direction,omitempty" jsonschema:"up or down"`
	Status      string             `json:"status" jsonschema:"achieved, target, or earlier: the old value that one is set beside"`
	Bound       string             `json:"bound,omitempty" jsonschema:"min, max or range"`
	About       bool               `json:"approximate,omitempty"`
	Year        int                `json:"year,omitempty" jsonschema:"where it is another than the one reported on"`
	Period      string             `json:"period,omitempty"`
	Scope       string             `json:"scope,omitempty" jsonschema:"of which part of the place, as 市本级"`
	Numerator   *baogao.FigurePart `json:"numerator,omitempty" jsonschema:"of a rate"`
	Denominator *baogao.FigurePart `json:"denominator,omitempty" jsonschema:"of a rate"`
	Outlier     *baogao.Outlier    `json:"outlier,omitempty" jsonschema:"ten times as much as the median of others like it, or a tenth, and may have been misread; told where indicator or key is asked for"`
	Quoted      saidOf             `json:"quoted"`
}

// saidOf is what a report says of a figure.
type saidOf struct {
	Indicator string `json:"indicator" jsonschema:"what is measured"`
	Text      string `json:"text" jsonschema:"the clause or sentence that says it"`
	Key       string `json:"key" jsonschema:"the same for all wordings of what is measured"`
}

func (t *tools) figures(ctx context.Context, in figuresArgs) (*figuresAnswer, error) {
	if in.Limit < 0 || in.Limit > mostHits || in.Skip < 0 {
		return nil, bad("limit and skip", "are no numbers: limit is 1 to %d, skip 0 or more", mostHits)
	}
	s, release, err := t.searcher.Hold(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	from, err := baogao.FigurerOf(s)
	if err != nil {
		return nil, err
	}
	q, by, err := in.read(ctx, s)
	if err != nil {
		return nil, err
	}
	found, err := study.Figures(ctx, from, q.Request, by)
	if err != nil {
		return nil, err
	}
	answer := &figuresAnswer{Total: found.Total, Figures: []figure{}, Sources: []source{}, Warnings: warnings(q.Warnings)}
	for i := range found.Figures {
		f := &found.Figures[i]
		answer.Figures = append(answer.Figures, figureOf(f, t.sourceAt(&answer.Sources, f.Meta, f.Sure, 0)))
	}
	if next := in.Skip + len(answer.Figures); next < found.Total.Figures && len(answer.Figures) > 0 {
		answer.Next = next
	}
	return answer, nil
}

// read reads the arguments.
func (in *figuresArgs) read(ctx context.Context, s baogao.Searcher) (*ask.Question, baogao.FigureFilter, error) {
	typed := in.typed(in.Question)
	typed.Sort = in.Sort
	by, err := typed.Figures(ask.FigureTyped{Indicator: in.Indicator, Key: in.Key, Units: in.Unit, Statuses: in.Status, Min: in.Min, Max: in.Max})
	if err != nil {
		return nil, by, err
	}
	by.Offset, by.Limit = in.Skip, in.Limit
	q, err := ask.Read(ctx, s, typed, ask.English)
	return q, by, err
}

func figureOf(f *baogao.FoundFigure, source int) figure {
	return figure{
		Passage: f.Passage, Source: source, Start: f.Start, End: f.End, Raw: f.Raw, Value: f.Value, High: f.High, Unit: f.Unit, Kind: string(f.Kind),
		Direction: f.Direction, Status: string(f.Status), Bound: f.Bound, About: f.Approximate, Year: f.Year, Period: f.Period,
		Scope: f.Scope, Numerator: f.Numerator, Denominator: f.Denominator, Outlier: f.Outlier,
		Quoted: saidOf{f.Indicator, f.Evidence, f.Key},
	}
}

const targetsDescription = `Set what reports plan beside what later reports of the same place say was reached. Each target has a verdict: reached, missed, not reported (a report is held, and nothing in it goes by that name), no report held, or not comparable, with the reason. Narrow by region, by year (of the report that plans; one on 2022 plans 2023 unless its text names another year), indicator, unit and verdict. Read by rules: check both quoted sentences before you cite a verdict.`

type targetsArgs struct {
	Question  string   `json:"question,omitempty" jsonschema:"words that must all stand in the passage of the target; all passages if left out"`
	Indicator string   `json:"indicator,omitempty" jsonschema:"words that must stand in what is measured or in its key"`
	Unit      []string `json:"unit,omitempty" jsonschema:"件, 元, %, without 万 and 亿; any may hold"`
	Verdict   []string `json:"verdict,omitempty" jsonschema:"reached, missed, not reported, no report held or not comparable; any may hold"`
	filters
	Limit int `json:"limit,omitempty" jsonschema:"targets of one answer, 1 to 50; 10 if left out"`
	Skip  int `json:"skip,omitempty" jsonschema:"targets to leave out: next of the answer before"`
}

type targetsAnswer struct {
	Total    target.Total `json:"total" jsonschema:"targets by verdict, whatever the verdicts that were asked for"`
	Targets  []targetRow  `json:"targets"`
	Sources  []source     `json:"sources" jsonschema:"the reports of targets and results"`
	Next     int          `json:"next,omitempty" jsonschema:"skip of the targets that follow; none after the last"`
	Warnings []string     `json:"warnings,omitempty"`
}

// A targetRow is a target and what became of it.
type targetRow struct {
	Year    int     `json:"year,omitempty" jsonschema:"it is to be reached in, or by; left out where that is not sure"`
	Verdict string  `json:"verdict"`
	Reason  string  `json:"reason,omitempty" jsonschema:"why it is not comparable"`
	Target  figure  `json:"target"`
	Result  *figure `json:"result,omitempty" jsonschema:"that it is held to; of what is not comparable the nearest there is"`
	Others  int     `json:"others,omitempty" jsonschema:"further figures that lead to the same verdict"`
}

// fewTargets are told where no limit is given.
const fewTargets = 10

func (t *tools) targets(ctx context.Context, in targetsArgs) (*targetsAnswer, error) {
	if in.Limit < 0 || in.Limit > mostHits || in.Skip < 0 {
		return nil, bad("limit and skip", "are no numbers: limit is 1 to %d, skip 0 or more", mostHits)
	}
	verdicts, err := target.ReadVerdicts(in.Verdict)
	if err != nil {
		return nil, bad("verdict", "cannot be read: %v", err)
	}
	s, release, err := t.searcher.Hold(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	typed := in.typed(in.Question)
	by, err := typed.Figures(ask.FigureTyped{Indicator: in.Indicator, Units: in.Unit})
	if err != nil {
		return nil, err
	}
	q, err := ask.Read(ctx, s, typed, ask.English)
	if err != nil {
		return nil, err
	}
	found, err := target.Find(ctx, s, q.Request, by)
	if err != nil {
		return nil, err
	}
	answer := &targetsAnswer{Total: found.Total(), Targets: []targetRow{}, Sources: []source{}, Warnings: warnings(q.Warnings)}
	found.Only(verdicts)
	from := min(in.Skip, len(found.Rows))
	to := min(from+cmp.Or(in.Limit, fewTargets), len(found.Rows))
	for i := range found.Rows[from:to] {
		answer.Targets = append(answer.Targets, t.targetRow(&found.Rows[from+i], &answer.Sources))
	}
	if to < len(found.Rows) {
		answer.Next = to
	}
	return answer, nil
}

// targetRow is a target, whose reports are added to the sources.
func (t *tools) targetRow(r *target.Row, sources *[]source) targetRow {
	row := targetRow{Year: r.Year, Verdict: string(r.Verdict), Reason: r.Reason.String(), Others: r.Others}
	row.Target = figureOf(&r.Target, t.sourceAt(sources, r.Target.Meta, r.Target.Sure, 0))
	if r.Result != nil {
		result := figureOf(r.Result, t.sourceAt(sources, r.Result.Meta, r.Result.Sure, 0))
		row.Result = &result
	}
	return row
}
