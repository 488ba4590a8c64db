package api

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"net/url"

	"baogao"
)

var searchOperation = operation{
	id: "search", path: "/api/v1/search",
	summary: "Search passages",
	description: "The passages that match a question, a page at a time, with exact totals and counts by region, level, year and kind. " +
		"Where nothing matches exactly, `relaxed` is true and the hits share parts of the words. " +
		"To see more, take the URL of the header Link, or put `next` into `cursor`: unlike `offset` it skips and repeats nothing, at any depth.",
	params: append(filterParams[:len(filterParams):len(filterParams)],
		param{name: "offset", description: "Hits to skip. Goes without cursor.", schema: whole(0, math.MaxInt32, 0), example: 10},
		param{name: "cursor", description: "The `next` of the answer before, for the same question, filters and order. Goes without offset; limit may change.", schema: text},
		param{name: "limit", description: "Hits to give; 0 gives the counts alone.", schema: whole(0, MaxLimit, baogao.DefaultLimit), example: 20},
		param{name: "exact", description: "Turns the relaxed tier off.", schema: flag, example: true},
		param{name: "cells", description: "Count by region and year too, as `cells`. As the facet of regions does, they ignore the filter on regions.", schema: flag, example: true},
	),
	pages: true,
}

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
}

// search answers /api/v1/search.
func (a *API) search(ctx context.Context, r *http.Request, v url.Values) (*answer[searchBody], error) {
	req, err := searchRequest(v)
	if err != nil {
		return nil, err
	}
	res, err := a.searcher.Search(ctx, req)
	if err != nil {
		return nil, err
	}
	out := &answer[searchBody]{
		Body:         searchBody{Result: res},
		ServerTiming: []string{fmt.Sprintf("search;dur=%.3f", res.TookMS)},
	}
	if req.Cells {
		out.Body.Cells = cells(res.Cells)
	}
	if res.Next != "" {
		if link := next(r.URL.EscapedPath(), v, res.Next); len(link) <= longestLink {
			out.Link = link
		}
	}
	return out, nil
}

// searchRequest makes a request of the parameters of a search.
func searchRequest(v url.Values) (baogao.Request, error) {
	req, err := question(v)
	if err != nil {
		return req, err
	}
	req.After = v.Get("cursor")
	if req.After != "" && v.Get("offset") != "" {
		return req, &paramError{"cursor", "goes without offset; leave one of them out"}
	}
	if req.Offset, err = number(v, "offset", 0, 0, math.MaxInt32); err != nil {
		return req, err
	}
	if req.Limit, err = number(v, "limit", baogao.DefaultLimit, 0, MaxLimit); err != nil {
		return req, err
	}
	if req.Limit == 0 {
		req.Limit = -1
	}
	if req.Exact, err = truth(v, "exact"); err != nil {
		return req, err
	}
	req.Cells, err = truth(v, "cells")
	return req, err
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
		one := cell{Passages: c.Passages, Reports: c.Reports}
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
