package pages

import (
	"errors"
	"net/http"
	"slices"
	"time"

	"baogao"
	"baogao/internal/web/address"
)

// firstExamples stand on the first page.
var firstExamples = examplesOf([][2]string{
	{"行政复议", "含有这四个字的段落"},
	{"行政复议 行政诉讼", "两个词都有的段落"},
	{"营商环境 -街道 year:2022..2024", "2022至2024年，有“营商环境”而没有“街道”"},
	{"level:district (应诉 OR 复议)", "区县的报告里，有其中一个词"},
})

// homePage is what templates/home.html shows.
type homePage struct {
	Examples []example
	Stats    *baogao.Stats
	Regions  []facetValue // the provinces with the most reports first
	Empty    string       // why nothing can be found yet
}

func home(r *http.Request, x baogao.Searcher, _ time.Time) (*layout, error) {
	page := homePage{Examples: firstExamples}
	stats, err := x.Stats(r.Context())
	switch {
	case errors.Is(err, baogao.ErrNoIndex):
		_, page.Empty = explain(err)
	case err != nil:
		return nil, err
	default:
		page.Stats = stats
		for _, v := range stats.Facets.Region {
			value := inReports("region", v)
			value.Link = address.State{}.Only("region", v.Value).ByReport().URL()
			page.Regions = append(page.Regions, value)
		}
		slices.SortStableFunc(page.Regions, func(a, b facetValue) int { return b.Count - a.Count })
	}
	return &layout{name: "home.html", Page: page}, nil
}
