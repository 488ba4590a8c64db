package api

import (
	"cmp"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"baogao/internal/ask"
	"baogao/internal/cite"
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

// cite answers /api/v1/cite.
func (a *API) cite(w http.ResponseWriter, r *http.Request, v url.Values) error {
	style := cite.Style(cmp.Or(v.Get("style"), string(cite.GBT7714)))
	switch {
	case v.Get("id") == "":
		return &paramError{"id", "is missing: give the id of a report or of a passage"}
	case !style.Known():
		return &paramError{"style", "is none there is; use one of " + strings.Join(cite.StyleNames(), ", ")}
	}
	s, release, err := a.searcher.Hold(r.Context())
	if err != nil {
		return err
	}
	defer release()
	work, err := cite.Find(r.Context(), s, v.Get("id"), v.Get("q"))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", style.Media())
	w.Header().Set("Content-Disposition", `inline; filename="baogao`+style.Extension()+`"`)
	io.WriteString(w, work.Cite(style, time.Now()))
	return nil
}
