package pages

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"baogao"
	"baogao/internal/export"
	"baogao/internal/web/address"
	"baogao/internal/web/compare"
)

// comparedPage is what the templates trend.html, map.html and panel.html show.
type comparedPage[T any] struct {
	It    T
	Tabs  []choice
	Chips []chip
}

// compared makes a page of questions that are compared.
func compared[T any](template, version string, count func(context.Context, baogao.Searcher, *compare.Comparison) (T, error)) maker {
	return func(r *http.Request, x baogao.Searcher, _ time.Time) (*layout, error) {
		s, err := address.Of(r)
		if err != nil {
			return nil, err
		}
		c, err := compare.Read(r.Context(), x, s)
		if err != nil {
			return nil, err
		}
		if s = c.State; address.Moves(s) && !r.URL.Query().Has("format") {
			return &layout{moved: s.URL()}, nil
		}
		it, err := count(r.Context(), x, c)
		if err != nil {
			return nil, err
		}
		if table, ok := any(it).(tabled); ok && r.URL.Query().Has("format") {
			return tableFile(r, x, version, table)
		}
		chips := chipsOf(s, nil)
		title := viewNames[s.View] + " · " + titleOfSearch(s, chips)
		return &layout{name: template, Title: title, State: address.Alone(s, s.Q).ByPassage(), Page: comparedPage[T]{it, tabsOf(s), chips}}, nil
	}
}

// tabled is what can be a file.
type tabled interface {
	Table(wide bool) [][]any
	About(at baogao.State, version string) [][2]string
}

// tableFile answers with a table as a file.
func tableFile(r *http.Request, x baogao.Searcher, version string, t tabled) (*layout, error) {
	v := r.URL.Query()
	form := v.Get("format")
	if forms := append(slices.Clone(export.TableForms), export.AboutForm); !slices.Contains(forms, form) {
		return nil, &address.BadParameter{Name: "format", Reason: "应是 " + strings.Join(forms, "、") + " 之一"}
	}
	wide, err := address.Truth(v, "wide")
	if err != nil {
		return nil, err
	}
	at, err := x.State(r.Context())
	if err != nil {
		return nil, err
	}
	view := viewNames[address.View(strings.TrimPrefix(r.URL.Path, "/"))]
	name := url.PathEscape(export.FileName(view, strings.Join(v["q"], " ")) + "." + form)
	about := t.About(at, version)
	if form == export.AboutForm {
		return &layout{file: func(w http.ResponseWriter) error {
			return export.ServeAbout(w, export.File{Options: export.Options{BOM: true, About: about}, Question: strings.Join(v["q"], " ")})
		}}, nil
	}
	return &layout{file: func(w http.ResponseWriter) error {
		w.Header().Set("Content-Type", export.Media(form))
		w.Header().Set("Content-Disposition", `attachment; filename="baogao.`+form+`"; filename*=UTF-8''`+name)
		return export.WriteTable(w, form, true, t.Table(wide), about)
	}}, nil
}

// tabsOf are the views of a question, with the same filters.
func tabsOf(s address.State) []choice {
	passages, reports := s.ByPassage(), s.ByReport()
	all := []choice{
		{"段落", passages.URL(), s.View == "" && !s.Reports}, {"报告", reports.URL(), s.View == "" && s.Reports},
	}
	for _, v := range address.Views {
		all = append(all, choice{viewNames[v], s.As(v).URL(), s.View == v})
	}
	return all
}

var viewNames = map[address.View]string{address.Figures: "数字", address.Trend: "趋势", address.Map: "地图", address.Panel: "面板"}
