package api

import (
	"cmp"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"baogao/internal/cite"
)

// cite answers /api/v1/cite.
func (a *API) cite(w http.ResponseWriter, r *http.Request, v url.Values) error {
	style := cite.Style(cmp.Or(v.Get("style"), string(cite.GBT7714)))
	switch {
	case v.Get("id") == "":
		return &paramError{"id", "is missing: give the id of a report or of a passage"}
	case !style.Known():
		return &paramError{"style", "is none there is; use one of " + styleNames()}
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

func styleNames() string {
	var names []string
	for _, s := range cite.Styles {
		names = append(names, string(s))
	}
	return strings.Join(names, ", ")
}
