package api

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"baogao/internal/ask"
	"baogao/internal/export"
	"baogao/internal/study"
	"baogao/internal/web/address"
)

// export answers /api/v1/export.
func (a *API) export(w http.ResponseWriter, r *http.Request, v url.Values) error {
	s, release, err := a.searcher.Hold(r.Context())
	if err != nil {
		return err
	}
	defer release()
	q, err := question(r.Context(), s, v, ask.English)
	if err != nil {
		return err
	}
	file, err := exportFile(v)
	if err != nil {
		return err
	}
	file.Log, file.Grouped = a.options.Log, q.Request.Grouped
	state, err := s.State(r.Context())
	if err != nil {
		return err
	}
	if file.Held, err = study.Held(r.Context(), s, q.Request); err != nil {
		return err
	}
	file.Link = address.Linker(r, q.Typed.Question)
	file.About = export.About(q.Said(), file.Held, state, a.options.Version)
	if file.Form == export.AboutForm {
		return export.ServeAbout(w, file)
	}
	return export.Serve(w, r, s.Hits(r.Context(), q.Request), file)
}

// exportFile makes of the parameters of an export the file that is asked for.
func exportFile(v url.Values) (export.File, error) {
	f := export.File{Form: cmp.Or(v.Get("format"), "csv"), Question: v.Get("q")}
	if forms := append(slices.Clone(export.Forms), export.AboutForm); !slices.Contains(forms, f.Form) {
		return f, &paramError{"format", "is none there is; use one of " + strings.Join(forms, ", ")}
	}
	var err error
	if f.BOM, err = truth(v, "bom"); err != nil {
		return f, err
	}
	if f.BOM && f.Form != "csv" {
		return f, &paramError{"bom", "goes with format=csv; leave it out"}
	}
	return f, nil
}
