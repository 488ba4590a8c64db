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
	"baogao/internal/export"
	"baogao/internal/study"
)

// maxQuestions is the most questions of a trend.
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
		questions := v["q"]
		switch {
		case !slices.Contains(study.Bys, by):
			return &paramError{"by", "is none there is; use one of " + oneOf(study.Bys)}
		case len(questions) == 0:
			return &paramError{"q", "is missing: give a question, or several"}
		case len(questions) > maxQuestions:
			return &paramError{"q", "is given " + strconv.Itoa(len(questions)) + " times; give " + strconv.Itoa(maxQuestions) + " at most"}
		}
		s, release, err := searcher.Hold(r.Context())
		if err != nil {
			return err
		}
		defer release()
		body := trendBody{Warnings: []baogao.Warning{}}
		requests, err := trendRequests(r.Context(), s, v, &body.Warnings)
		if err != nil {
			return err
		}
		counted, err := study.Along(r.Context(), s, by, requests)
		if err != nil {
			return err
		}
		body.Trend = export.TrendOf(counted, questions)
		return write(w, body)
	}
}

// trendRequests reads the questions of a trend, each with the filters, and adds the
// warnings of how they were read, each once.
func trendRequests(ctx context.Context, s baogao.Searcher, v url.Values, warnings *[]baogao.Warning) ([]baogao.Request, error) {
	in := languages[v.Get("lang")]
	if in == nil {
		return nil, &paramError{"lang", "is none there is; use one of en, zh"}
	}
	var requests []baogao.Request
	for _, text := range v["q"] {
		one := maps.Clone(v)
		one["q"] = []string{text}
		q, err := question(ctx, s, one, in)
		if err != nil {
			return nil, err
		}
		for _, w := range q.Warnings {
			if !slices.ContainsFunc(*warnings, func(o baogao.Warning) bool { return o.Text == w.Text }) {
				*warnings = append(*warnings, w)
			}
		}
		requests = append(requests, q.Request)
	}
	return requests, nil
}

func oneOf[T ~string](values []T) string {
	var names []string
	for _, v := range values {
		names = append(names, string(v))
	}
	return strings.Join(names, ", ")
}
