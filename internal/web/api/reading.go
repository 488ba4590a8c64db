package api

import (
	"net/http"
	"net/url"

	"baogao"
	"baogao/internal/ask"
)

// report answers /api/v1/reports/{id}.
func (a *API) report(w http.ResponseWriter, r *http.Request, _ url.Values) error {
	report, err := a.searcher.Report(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	return write(w, report)
}

// passage answers /api/v1/passages/{id}.
func (a *API) passage(w http.ResponseWriter, r *http.Request, _ url.Values) error {
	hit, err := a.searcher.Passage(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	return write(w, hit)
}

// regionsBody is the answer of /api/v1/regions.
type regionsBody struct {
	Query   string          `json:"query"`
	Regions []baogao.Region `json:"regions"`
}

// regions answers /api/v1/regions.
func (a *API) regions(w http.ResponseWriter, _ *http.Request, v url.Values) error {
	q := v.Get("q")
	if q == "" {
		return &paramError{"q", "is missing: give the name or the code of a region"}
	}
	return write(w, regionsBody{q, append([]baogao.Region{}, ask.Regions(q)...)})
}

// stats answers /api/v1/stats.
func (a *API) stats(w http.ResponseWriter, r *http.Request, _ url.Values) error {
	stats, err := a.searcher.Stats(r.Context())
	if err != nil {
		return err
	}
	return write(w, stats)
}
