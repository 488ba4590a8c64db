package api

import (
	"context"
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"

	"baogao"
)

var (
	reportOperation = operation{
		id: "report", path: "/api/v1/reports/" + idPattern,
		summary:     "Read a report",
		description: "A report: what is known of it and why (`findings`), the fact table of its page, what cleaning did, and its paragraphs.",
		idExample:   exampleReport,
	}
	passageOperation = operation{
		id: "passage", path: "/api/v1/passages/" + idPattern,
		summary:     "Read a passage",
		description: "A passage, in the form of a hit without marks.",
		idExample:   exampleReport + "#p14",
	}
	regionsOperation = operation{
		id: "regions", path: "/api/v1/regions",
		summary:     "Look up a region",
		description: "The divisions that a name or a code may mean, the likeliest first; none is an empty list.",
		params: []param{{name: "q", description: "A code, a full name or a short one.",
			schema: huma.Schema{Type: huma.TypeString, MinLength: new(1)}, example: "鼓楼区", required: true}},
	}
	statsOperation = operation{
		id: "stats", path: "/api/v1/stats",
		summary:     "Say what is held",
		description: "How much the index holds, and of what: its facets count everything but copies.",
	}
)

// report answers /api/v1/reports/{id}.
func (a *API) report(ctx context.Context, r *http.Request, _ url.Values) (*answer[*baogao.Report], error) {
	report, err := a.searcher.Report(ctx, r.PathValue("id"))
	return &answer[*baogao.Report]{Body: report}, err
}

// passage answers /api/v1/passages/{id}.
func (a *API) passage(ctx context.Context, r *http.Request, _ url.Values) (*answer[*baogao.Hit], error) {
	hit, err := a.searcher.Passage(ctx, r.PathValue("id"))
	return &answer[*baogao.Hit]{Body: hit}, err
}

// regionsBody is the answer of /api/v1/regions.
type regionsBody struct {
	Query   string          `json:"query"`
	Regions []baogao.Region `json:"regions"`
}

// regions answers /api/v1/regions.
func (a *API) regions(_ context.Context, _ *http.Request, v url.Values) (*answer[regionsBody], error) {
	q := v.Get("q")
	if q == "" {
		return nil, &paramError{"q", "is missing: give the name or the code of a region"}
	}
	found := []baogao.Region{}
	if a.options.Resolve != nil {
		found = append(found, a.options.Resolve(q)...)
	}
	return &answer[regionsBody]{Body: regionsBody{q, found}}, nil
}

// stats answers /api/v1/stats.
func (a *API) stats(ctx context.Context, _ *http.Request, _ url.Values) (*answer[*baogao.Stats], error) {
	stats, err := a.searcher.Stats(ctx)
	return &answer[*baogao.Stats]{Body: stats}, err
}
