package api

import (
	"net/http"
	"net/url"

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
	Query   string       `json:"query"`
	Regions []heldRegion `json:"regions"`
}

// heldRegion is a region and how many reports are held of it and of those in it.
type heldRegion struct {
	Code string   `json:"code"`
	Name string   `json:"name"`
	Path []string `json:"path"`
	Held int      `json:"held"`
}

// regions answers /api/v1/regions.
func (a *API) regions(w http.ResponseWriter, r *http.Request, v url.Values) error {
	q := v.Get("q")
	if q == "" {
		return &paramError{"q", "is missing: give the name or the code of a region"}
	}
	found := ask.Regions(q)
	held, err := ask.HeldIn(r.Context(), a.searcher, found)
	if err != nil {
		return err
	}
	body := regionsBody{q, []heldRegion{}}
	for i, region := range found {
		body.Regions = append(body.Regions, heldRegion{region.Code, region.Name, region.Path, held[i]})
	}
	return write(w, body)
}

// stats answers /api/v1/stats.
func (a *API) stats(w http.ResponseWriter, r *http.Request, _ url.Values) error {
	stats, err := a.searcher.Stats(r.Context())
	if err != nil {
		return err
	}
	return write(w, stats)
}
