package api

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"net/url"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/study"
	"baogao/internal/suggest"
)

// searchBody is a result and, where they were asked for, its cells.
type searchBody struct {
	*baogao.Result
	Cells []cell `json:"cells,omitzero"`
}

// cell is a baogao.Cell with null for what is not known.
type cell struct {
	Region   *baogao.Region `json:"region"`
	Year     *int           `json:"year"`
	Passages int            `json:"passages"`
	Reports  int            `json:"reports"`
	Held     int            `json:"held"`

	Occurrences int   `json:"occurrences"`
	Chars       int64 `json:"chars"`
}

// languages are those that warnings are said in.
var languages = map[string]*ask.Language{"": ask.English, "en": ask.English, "zh": ask.Chinese}

// search answers /api/v1/search.
func (a *API) search(w http.ResponseWriter, r *http.Request, v url.Values) error {
	s, release, err := a.searcher.Hold(r.Context())
	if err != nil {
		return err
	}
	defer release()
	q, err := searchQuestion(r.Context(), s, v)
	if err != nil {
		return err
	}
	spread, err := study.Ask(r.Context(), s, q.Request)
	if err != nil {
		return err
	}
	res := spread.Result
	res.Warnings = q.WarningsOn(res)
	if res.Suggestions, err = suggest.For(r.Context(), s, q, res, languages[v.Get("lang")]); err != nil {
		return err
	}
	if res.Aliases, err = q.CountAliases(r.Context(), s); err != nil {
		return err
	}
	body := searchBody{Result: res}
	if q.Request.Cells {
		body.Cells = cells(res.Cells)
	}
	w.Header().Set("Server-Timing", fmt.Sprintf("search;dur=%.3f", res.TookMS))
	if res.Next != "" {
		if link := next(r.URL.EscapedPath(), v, res.Next); len(link) <= longestLink {
			w.Header().Set("Link", link)
		}
	}
	return write(w, body)
}

// searchQuestion reads the parameters of a search.
func searchQuestion(ctx context.Context, x baogao.Searcher, v url.Values) (*ask.Question, error) {
	in := languages[v.Get("lang")]
	if in == nil {
		return nil, &paramError{"lang", "is none there is; use one of en, zh"}
	}
	q, err := question(ctx, x, v, in)
	if err != nil {
		return nil, err
	}
	req := &q.Request
	req.After = v.Get("cursor")
	if req.After != "" && v.Get("offset") != "" {
		return nil, &paramError{"cursor", "goes without offset; leave one of them out"}
	}
	if req.Offset, err = number(v, "offset", 0, 0, math.MaxInt32); err != nil {
		return nil, err
	}
	if req.Limit, err = number(v, "limit", baogao.DefaultLimit, 0, MaxLimit); err != nil {
		return nil, err
	}
	if req.Limit == 0 {
		req.Limit = -1
	}
	req.Exact = q.Typed.Exact
	req.Cells, err = truth(v, "cells")
	return q, err
}

// longestLink is how long a header Link may be, in bytes. Proxies have room for
// few kilobytes of headers, and the cursor stands in the answer too.
const longestLink = 2 << 10

// next is the value of the header Link that names the next page, for which it
// takes the parameters over.
func next(path string, v url.Values, cursor string) string {
	v.Del("offset")
	v.Set("cursor", cursor)
	return "<" + path + "?" + v.Encode() + `>; rel="next"`
}

func cells(counted []baogao.Cell) []cell {
	all := make([]cell, 0, len(counted))
	for _, c := range counted {
		one := cell{Passages: c.Passages, Reports: c.Reports, Held: c.Held, Occurrences: c.Occurrences, Chars: c.Chars}
		if !c.Region.IsZero() {
			one.Region = &c.Region
		}
		if c.Year != 0 {
			one.Year = &c.Year
		}
		all = append(all, one)
	}
	return all
}
