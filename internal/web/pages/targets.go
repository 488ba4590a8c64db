package pages

import (
	"net/http"
	"time"

	"baogao"
	"baogao/internal/web/address"
	"baogao/internal/web/outcome"
)

// targetsPage makes the page of what became of the targets of a place.
func targetsPage(version string) maker {
	return func(r *http.Request, x baogao.Searcher, _ time.Time) (*layout, error) {
		page, err := outcome.Read(r, x)
		if err != nil {
			return nil, err
		}
		if r.URL.Query().Has("format") {
			return &layout{file: func(w http.ResponseWriter) error { return page.WriteFile(w, r, x, version) }}, nil
		}
		title := "目标与结果"
		if page.Place != "" {
			title += " · " + page.Place
		}
		return &layout{name: "targets.html", Title: title, State: address.Alone(page.State, ""), Page: page}, nil
	}
}
