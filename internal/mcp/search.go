package mcp

import (
	"context"
	"slices"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/study"
	"baogao/internal/suggest"
)

const searchDescription = `Search passages of reports. Gives ranked passages, each quoted with its place, and totals that are exact. With cursor, the passages that follow. Counts by region or year are made by trend, the whole text of a passage by passage.`

// How many hits an answer has, and how many code points of text all of them.
const (
	usualHits  = 10
	mostHits   = 50
	quoteAll   = 2200
	quoteMost  = 400
	quoteLeast = 80
)

type searchArgs struct {
	Question string `json:"question" jsonschema:"words, in Chinese, that must all stand in a passage"`
	filters
	By        string `json:"by,omitempty" jsonschema:"passage, or report for the best passage of each report; passage if left out"`
	Sort      string `json:"sort,omitempty" jsonschema:"relevance, year (oldest first), -year or region; relevance if left out"`
	Limit     int    `json:"limit,omitempty" jsonschema:"hits of one answer, 1 to 50; 10 if left out"`
	Cursor    string `json:"cursor,omitempty" jsonschema:"next of the answer before"`
	Exact     bool   `json:"exact,omitempty" jsonschema:"give nothing rather than passages that share parts of the words"`
	AllCopies bool   `json:"all_copies,omitempty" jsonschema:"search every copy of a text"`
}

type searchAnswer struct {
	Matched     string              `json:"matched" jsonschema:"exact, similar (nothing holds all the words) or nothing"`
	Total       baogao.Total        `json:"total" jsonschema:"of what matches exactly"`
	Held        int                 `json:"held" jsonschema:"reports held within the filters, whether they match or not"`
	Hits        []hit               `json:"hits"`
	Similar     []hit               `json:"similar,omitempty" jsonschema:"where few or none match: passages that share parts of the words, counted nowhere"`
	Sources     []source            `json:"sources" jsonschema:"the reports of hits and similar"`
	Next        string              `json:"next,omitempty" jsonschema:"cursor of the hits that follow; none after the last"`
	Suggestions []suggestion        `json:"suggestions,omitempty" jsonschema:"what may have been meant"`
	Aliases     []baogao.AliasCount `json:"aliases,omitempty" jsonschema:"other names of words that were asked for with them"`
	Warnings    []string            `json:"warnings,omitempty" jsonschema:"how the question was read where that may surprise"`
}

// A hit is a passage that was found, or as much of it as there is room for.
type hit struct {
	ID        string          `json:"id" jsonschema:"of the passage"`
	Source    int             `json:"source" jsonschema:"its report: the place in sources, from 0"`
	Paragraph int             `json:"paragraph" jsonschema:"number in the report, from 1; 0 is a title"`
	Start     int             `json:"start" jsonschema:"where the quotation begins in the passage, in code points"`
	End       int             `json:"end" jsonschema:"where it ends"`
	Cut       bool            `json:"cut,omitempty" jsonschema:"the passage has more text"`
	Plan      bool            `json:"plan,omitempty" jsonschema:"stands in what is planned, not in what was done"`
	Matches   *baogao.Matches `json:"in_report,omitempty" jsonschema:"what matches in its report, by report"`
	Quoted    quotation       `json:"quoted"`
}

type suggestion struct {
	Question string              `json:"question"`
	Filter   baogao.FilterValues `json:"filter,omitzero"`
	Why      string              `json:"why"`
	Passages int                 `json:"passages"`
	Reports  int                 `json:"reports"`
}

func (t *tools) search(ctx context.Context, in searchArgs) (*searchAnswer, error) {
	s, release, err := t.searcher.Hold(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	q, err := in.read(ctx, s)
	if err != nil {
		return nil, err
	}
	spread, err := study.Ask(ctx, s, q.Request)
	if err != nil {
		return nil, err
	}
	res := spread.Result
	answer := &searchAnswer{Matched: matched(res), Sources: []source{}, Total: res.Total, Held: res.Held, Next: res.Next, Warnings: warnings(q.WarningsOn(res))}
	exact, similar := res.Hits, res.Related
	if res.Relaxed {
		answer.Total, exact, similar = baogao.Total{}, nil, res.Hits
	}
	room := min(quoteMost, max(quoteLeast, quoteAll/max(1, len(exact)+len(similar))))
	answer.Hits = t.hits(exact, room, &answer.Sources)
	answer.Similar = t.hits(similar, room, &answer.Sources)
	if answer.Aliases, err = q.CountAliases(ctx, s); err != nil {
		return nil, err
	}
	found, err := suggest.For(ctx, s, q, res, ask.English)
	for _, one := range found {
		answer.Suggestions = append(answer.Suggestions, suggestion{one.Query, one.Filter, one.Why.Text, one.Passages, one.Reports})
	}
	return answer, err
}

// read reads the arguments.
func (in *searchArgs) read(ctx context.Context, s baogao.Searcher) (*ask.Question, error) {
	if !slices.Contains([]string{"", "passage", "report"}, in.By) {
		return nil, bad("by", "is none there is; use passage or report")
	}
	if in.Limit < 0 || in.Limit > mostHits {
		return nil, bad("limit", "is no number from 1 to %d", mostHits)
	}
	typed := in.typed(in.Question)
	typed.Sort, typed.Copies = in.Sort, in.AllCopies
	q, err := ask.Read(ctx, s, typed, ask.English)
	if err != nil {
		return nil, err
	}
	req := &q.Request
	req.After, req.Exact, req.Grouped = in.Cursor, in.Exact, in.By == "report"
	if req.Limit = in.Limit; req.Limit == 0 {
		req.Limit = usualHits
	}
	return q, nil
}

func matched(res *baogao.Result) string {
	switch {
	case res.Relaxed && len(res.Hits) > 0:
		return "similar"
	case res.Total.Passages == 0:
		return "nothing"
	}
	return "exact"
}

func warnings(all []baogao.Warning) []string {
	var texts []string
	for _, w := range all {
		texts = append(texts, w.Text)
	}
	return texts
}

// hits quotes passages, each with room for so many code points, and adds their
// reports to the sources.
func (t *tools) hits(found []baogao.Hit, room int, sources *[]source) []hit {
	all := make([]hit, 0, len(found))
	for i := range found {
		h := &found[i]
		at := t.sourceAt(sources, h.Report, h.Sure, len(h.Copies))
		text := []rune(h.Text)
		span := cut(text, h.Highlights, room)
		all = append(all, hit{
			ID: h.ID, Source: at, Paragraph: h.Paragraph, Start: span.Start, End: span.End, Cut: span.End-span.Start < len(text),
			Plan: h.Plan, Matches: h.InReport, Quoted: quotation{string(text[span.Start:span.End]), h.Section},
		})
	}
	return all
}

// cut chooses what is quoted of a text: all of it, or as much as there is room
// for, from the sentence on in which the first mark stands, or from shortly before
// that mark.
func cut(text []rune, marks []baogao.Span, room int) baogao.Span {
	if len(text) <= room {
		return baogao.Span{End: len(text)}
	}
	start := 0
	if len(marks) > 0 {
		mark := marks[0]
		least := max(0, mark.End-room, mark.Start-room/2)
		for start = mark.Start; start > least && !ends(text[start-1]); start-- {
		}
	}
	start = min(start, len(text)-room)
	return baogao.Span{Start: start, End: start + room}
}

// ends reports whether a character ends a sentence or a part of one.
func ends(r rune) bool { return slices.Contains([]rune("。；！？\n"), r) }
