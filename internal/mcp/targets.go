package mcp

import (
	"cmp"
	"context"

	"baogao/internal/ask"
	"baogao/internal/target"
)

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
