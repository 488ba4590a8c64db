package api

import (
	"context"
	"maps"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/export"
	"baogao/internal/study"
	"baogao/internal/target"
)

// figuresBody is the figures that were asked for, and how the question was read.
type figuresBody struct {
	*baogao.FigureResult
	Warnings []baogao.Warning `json:"warnings"`
}

// figures answers /api/v1/figures.
func figures(searcher baogao.Searcher) handler {
	return func(w http.ResponseWriter, r *http.Request, v url.Values) error {
		s, release, err := searcher.Hold(r.Context())
		if err != nil {
			return err
		}
		defer release()
		from, err := baogao.FigurerOf(s)
		if err != nil {
			return err
		}
		q, by, err := figuresQuestion(r.Context(), s, v)
		if err != nil {
			return err
		}
		body := figuresBody{Warnings: []baogao.Warning{}}
		if body.FigureResult, err = study.Figures(r.Context(), from, q.Request, by); err != nil {
			return err
		}
		body.Warnings = append(body.Warnings, q.Warnings...)
		return write(w, body)
	}
}

// figuresQuestion reads a question, and what its figures are narrowed by.
func figuresQuestion(ctx context.Context, s baogao.Searcher, v url.Values) (q *ask.Question, by baogao.FigureFilter, err error) {
	in := languages[v.Get("lang")]
	if in == nil {
		return nil, by, &paramError{"lang", "is none there is; use one of en, zh"}
	}
	group := v.Get("group")
	if group != "" && group != "figure" && group != "key" {
		return nil, by, &paramError{"group", "is none there is; use one of figure, key"}
	}
	typed := ask.Typed{Kinds: v["kind"], Sort: v.Get("sort")}
	by, err = typed.Figures(ask.FigureTyped{
		Indicator: v.Get("indicator"), Key: v.Get("key"), Units: v["unit"], Statuses: v["status"], Min: v.Get("min"), Max: v.Get("max"), Group: group == "key",
	})
	if err != nil {
		return nil, by, err
	}
	if by.Offset, err = number(v, "offset", 0, 0, math.MaxInt32); err != nil {
		return nil, by, err
	}
	if by.Limit, err = number(v, "limit", baogao.DefaultLimit, 0, MaxLimit); err != nil {
		return nil, by, err
	}
	if by.Limit == 0 {
		by.Limit = -1
	}
	of := maps.Clone(v) // the question, without what is asked of figures
	of["kind"], of["sort"] = typed.Kinds, []string{typed.Sort}
	of.Del("group")
	q, err = question(ctx, s, of, in)
	return q, by, err
}

// indicatorBody is a panel of an indicator and how its question was read.
type indicatorBody struct {
	*export.FigurePanel
	Warnings []baogao.Warning `json:"warnings"`
}

// indicator answers /api/v1/indicator.
func indicator(searcher baogao.Searcher) handler {
	return func(w http.ResponseWriter, r *http.Request, v url.Values) error {
		rows := study.By(v.Get("rows"))
		switch {
		case strings.TrimSpace(v.Get("indicator")) == "":
			return &paramError{"indicator", "is missing: give a key, or words of a name, as 行政复议·受理"}
		case rows != "" && !slices.Contains(rungs, rows):
			return &paramError{"rows", "is none there is; use one of " + oneOf(rungs)}
		}
		s, release, err := searcher.Hold(r.Context())
		if err != nil {
			return err
		}
		defer release()
		of := maps.Clone(v)
		if len(of["status"]) == 0 {
			of.Set("status", string(baogao.Achieved))
		}
		q, by, err := figuresQuestion(r.Context(), s, of)
		if err != nil {
			return err
		}
		panel, err := study.FiguresByPlace(r.Context(), s, q.Request, by)
		if err != nil {
			return err
		}
		if rows != "" {
			panel.Rung(rows, q.Request)
		}
		return write(w, indicatorBody{export.FigurePanelOf(panel), append([]baogao.Warning{}, q.Warnings...)})
	}
}

// targetsBody is targets and how their question was read.
type targetsBody struct {
	export.TargetTable
	Warnings []baogao.Warning `json:"warnings"`
}

// targets answers /api/v1/targets.
func targets(searcher baogao.Searcher) handler {
	return func(w http.ResponseWriter, r *http.Request, v url.Values) error {
		verdicts, err := target.ReadVerdicts(v["verdict"])
		if err != nil {
			return &paramError{"verdict", "cannot be read: " + err.Error()}
		}
		s, release, err := searcher.Hold(r.Context())
		if err != nil {
			return err
		}
		defer release()
		q, by, err := figuresQuestion(r.Context(), s, v)
		if err != nil {
			return err
		}
		found, err := target.Find(r.Context(), s, q.Request, by)
		if err != nil {
			return err
		}
		found.Only(verdicts)
		first := min(by.Offset, len(found.Rows))
		rows := found.Rows[first : first+min(max(by.Limit, 0), len(found.Rows)-first)]
		return write(w, targetsBody{export.TargetTable{Total: found.Total(), Targets: export.TargetsOf(rows)}, append([]baogao.Warning{}, q.Warnings...)})
	}
}
