package api

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/export"
	"baogao/internal/study"
)

// maxQuestions is the most questions of a trend or a panel.
const maxQuestions = 20

// trendBody is a trend and how its questions were read.
type trendBody struct {
	*export.Trend
	Warnings []baogao.Warning `json:"warnings"`
}

// trend answers /api/v1/trend.
func trend(searcher baogao.Searcher) handler {
	return func(w http.ResponseWriter, r *http.Request, v url.Values) error {
		by := study.By(cmp.Or(v.Get("by"), string(study.ByYear)))
		if !slices.Contains(study.Bys, by) {
			return &paramError{"by", "is none there is; use one of " + oneOf(study.Bys)}
		}
		body := trendBody{Warnings: []baogao.Warning{}}
		return counted(r.Context(), searcher, v, &body.Warnings, func(s baogao.Searcher, a asked) error {
			t, err := study.Along(r.Context(), s, by, a.requests)
			if err != nil {
				return err
			}
			body.Trend = export.TrendOf(t, v["q"])
			body.Trend.Aliases = a.aliases
			return write(w, body)
		})
	}
}

// panelBody is a panel and how its questions were read.
type panelBody struct {
	*export.Panel
	Warnings []baogao.Warning `json:"warnings"`
}

// rungs are what the rows of a panel can be; its columns are years.
var rungs = []study.By{study.ByProvince, study.ByCity, study.ByDistrict}

// panel answers /api/v1/panel.
func panel(searcher baogao.Searcher) handler {
	return func(w http.ResponseWriter, r *http.Request, v url.Values) error {
		rows := study.By(cmp.Or(v.Get("rows"), string(study.ByProvince)))
		if !slices.Contains(rungs, rows) {
			return &paramError{"rows", "is none there is; use one of " + oneOf(rungs)}
		}
		body := panelBody{Warnings: []baogao.Warning{}}
		return counted(r.Context(), searcher, v, &body.Warnings, func(s baogao.Searcher, a asked) error {
			p, err := study.Across(r.Context(), s, rows, study.ByYear, a.requests)
			if err != nil {
				return err
			}
			body.Panel = export.PanelOf(p, rows, study.ByYear, v["q"])
			body.Panel.Aliases = a.aliases
			return write(w, body)
		})
	}
}

// counted reads the questions of a study, whose answer is then made of one generation.
func counted(ctx context.Context, searcher baogao.Searcher, v url.Values, warnings *[]baogao.Warning, answer func(baogao.Searcher, asked) error) error {
	switch n := len(v["q"]); {
	case n == 0:
		return &paramError{"q", "is missing: give a question, or several"}
	case n > maxQuestions:
		return &paramError{"q", "is given " + strconv.Itoa(n) + " times; give " + strconv.Itoa(maxQuestions) + " at most"}
	}
	if q, again := ask.Again(v["q"]); again {
		return &paramError{"q", "is given " + strconv.Quote(q) + " more than once; give it once"}
	}
	s, release, err := searcher.Hold(ctx)
	if err != nil {
		return err
	}
	defer release()
	all, err := questions(ctx, s, v, warnings)
	if err != nil {
		return err
	}
	return answer(s, all)
}

// asked are the questions of a study.
type asked struct {
	requests []baogao.Request
	aliases  []baogao.AliasCount
}

// questions reads the questions of a study, each with the filters, and adds the
// warnings of how they were read, each once.
func questions(ctx context.Context, s baogao.Searcher, v url.Values, warnings *[]baogao.Warning) (all asked, err error) {
	in := languages[v.Get("lang")]
	if in == nil {
		return all, &paramError{"lang", "is none there is; use one of en, zh"}
	}
	for _, text := range v["q"] {
		one := maps.Clone(v)
		one["q"] = []string{text}
		q, err := question(ctx, s, one, in)
		if err != nil {
			return all, err
		}
		counts, err := q.CountAliases(ctx, s)
		if err != nil {
			return all, err
		}
		all.aliases = append(all.aliases, counts...)
		for _, w := range q.Warnings {
			if !slices.ContainsFunc(*warnings, func(o baogao.Warning) bool { return o.Text == w.Text }) {
				*warnings = append(*warnings, w)
			}
		}
		q.Request.Exact = true
		all.requests = append(all.requests, q.Request)
	}
	return all, nil
}

func oneOf[T ~string](values []T) string {
	var names []string
	for _, v := range values {
		names = append(names, string(v))
	}
	return strings.Join(names, ", ")
}
