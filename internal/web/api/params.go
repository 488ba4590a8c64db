package api

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"baogao"
	"baogao/internal/ask"
	"baogao/query"
)

// MaxLimit is the largest number of hits of one answer.
const MaxLimit = 200

// Bounds of what a request may list. A question holds no more fields either.
const (
	maxValues = query.MaxLeaves // of one parameter
	maxParams = 1000            // names and values in all
)

// paramError is a parameter of a request that cannot be used.
type paramError struct{ name, reason string }

func (e *paramError) Error() string { return "parameter " + e.name + " " + e.reason }

// read reads the query of a request. A name that is not known is an error: a
// misspelt filter would else give counts that look filtered.
func read(rawQuery string, params []Parameter) (url.Values, error) {
	if n := strings.Count(rawQuery, "&") + 1; n > maxParams {
		return nil, &paramError{"list", "has " + strconv.Itoa(n) + " entries; give " + strconv.Itoa(maxParams) + " at most"}
	}
	values, err := url.ParseQuery(rawQuery)
	if err != nil {
		return nil, &paramError{"list", "cannot be read (" + err.Error() + "): percent-encode it"}
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		all := values[name]
		i := slices.IndexFunc(params, func(p Parameter) bool { return p.In == "query" && p.Name == name })
		if i < 0 {
			return nil, &paramError{strconv.Quote(name), "does not exist here; there " + names(params)}
		}
		if len(all) > 1 && !params[i].Many {
			return nil, &paramError{name, "is given " + strconv.Itoa(len(all)) + " times; give it once"}
		}
		if len(all) > maxValues {
			return nil, &paramError{name, "has " + strconv.Itoa(len(all)) + " values; give " + strconv.Itoa(maxValues) + " at most"}
		}
		if slices.ContainsFunc(all, func(s string) bool { return !utf8.ValidString(s) }) {
			return nil, &paramError{name, "is not UTF-8; percent-encode its UTF-8 bytes"}
		}
	}
	return values, nil
}

func names(params []Parameter) string {
	var all []string
	for _, p := range params {
		if p.In == "query" {
			all = append(all, p.Name)
		}
	}
	if len(all) == 0 {
		return "are none"
	}
	return "are " + strings.Join(all, ", ")
}

// question reads the parameters that search and export share. Warnings are said
// in a language.
func question(ctx context.Context, x baogao.Searcher, v url.Values, in *ask.Language) (*ask.Question, error) {
	copies, err := truth(v, "all_copies")
	if err != nil {
		return nil, err
	}
	exact, err := truth(v, "exact")
	if err != nil {
		return nil, err
	}
	group := v.Get("group")
	if !slices.Contains(groups, group) {
		return nil, &paramError{"group", "is none there is; use one of passage, report"}
	}
	q, err := ask.Read(ctx, x, ask.Typed{
		Question: v.Get("q"), Regions: v["region"], Levels: v["level"], Years: v["year"], Kinds: v["kind"],
		Sure: v.Get("sure"), OCR: v.Get("ocr"), Sort: v.Get("sort"), Report: v.Get("report"), Copies: copies, Exact: exact,
	}, in)
	if err == nil {
		q.Request.Grouped = group == "report"
	}
	return q, err
}

// groups are what hits can be.
var groups = []string{"", "passage", "report"}

// truth reads a parameter that is on or off; off if it is empty.
func truth(v url.Values, name string) (bool, error) {
	on, ok := ask.Bool(v.Get(name))
	if !ok {
		return false, &paramError{name, "is neither true nor false"}
	}
	return on, nil
}

// number reads a parameter that is a whole number.
func number(v url.Values, name string, unset, lowest, highest int) (int, error) {
	n, ok := ask.Number(v.Get(name), unset, lowest, highest)
	if !ok {
		return 0, &paramError{name, "is no whole number from " + strconv.Itoa(lowest) + " to " + strconv.Itoa(highest)}
	}
	return n, nil
}
