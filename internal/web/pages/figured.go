package pages

import (
	"cmp"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"baogao"
	"baogao/internal/export"
	"baogao/internal/study"
	"baogao/internal/web/address"
	"baogao/internal/web/figures"
)

// figuredPage is what the templates figures.html and indicator.html show.
type figuredPage[T any] struct {
	It     T
	State  address.State
	Tabs   []choice
	Chips  []chip
	Limits []choice
	Pager  pager
}

// figured makes the list of figures of what matches.
func (p *Pages) figured(r *http.Request, x baogao.Searcher, _ time.Time) (*layout, error) {
	s, err := address.Of(r)
	if err != nil {
		return nil, err
	}
	l, err := figures.ListOf(r.Context(), x, s)
	if err != nil {
		return nil, err
	}
	if s = l.State; r.URL.Query().Has("format") {
		return p.figuresFile(r, x, l)
	}
	if address.Moves(s) {
		return &layout{moved: s.URL()}, nil
	}
	chips := chipsOf(s, nil)
	page := figuredPage[*figures.List]{l, s, tabsOf(s), chips, limitsOf(s), pagerOf(s, l.Listed())}
	return &layout{name: "figures.html", Title: viewNames[s.View] + " · " + titleOfSearch(s, chips), State: plain(s), Page: page}, nil
}

// indicated makes the page of an indicator.
func (p *Pages) indicated(r *http.Request, x baogao.Searcher, _ time.Time) (*layout, error) {
	s, err := address.Of(r)
	if err != nil {
		return nil, err
	}
	if s.Figures.Key == "" {
		return &layout{moved: address.Narrowed(s, func(f *baogao.FigureFilter) { f.Grouped = true }).URL()}, nil
	}
	it, err := figures.IndicatorOf(r.Context(), x, s)
	if err != nil {
		return nil, err
	}
	if s = it.State; r.URL.Query().Has("format") {
		return p.indicatorFile(r, x, it)
	}
	if address.Moves(s) {
		return &layout{moved: s.URL()}, nil
	}
	chips := chipsOf(s, nil)
	page := figuredPage[*figures.OneIndicator]{It: it, State: s, Tabs: tabsOf(s), Chips: chips}
	return &layout{name: "indicator.html", Title: short(it.Title(), longestPart) + " · " + titleOfSearch(s, chips), State: plain(s), Page: page}, nil
}

// plain is what the search form of a page begins with.
func plain(s address.State) address.State {
	return address.WithoutFigures(address.Alone(s, s.Q).ByPassage())
}

// formOf is the form that a file is asked for in, and whether a panel is to be wide.
func formOf(v url.Values, forms ...string) (form string, wide bool, err error) {
	form = v.Get("format")
	if forms = append(forms, export.AboutForm); !slices.Contains(forms, form) {
		return form, false, &address.BadParameter{Name: "format", Reason: "应是 " + strings.Join(forms, "、") + " 之一"}
	}
	wide, err = address.Truth(v, "wide")
	return form, wide, err
}

// figuresFile answers with all figures of a list, or all keys, as a file.
func (p *Pages) figuresFile(r *http.Request, x baogao.Searcher, l *figures.List) (*layout, error) {
	form, _, err := formOf(r.URL.Query(), export.Forms...)
	if err != nil {
		return nil, err
	}
	held, err := study.Held(r.Context(), x, l.Request())
	if err != nil {
		return nil, err
	}
	at, err := x.State(r.Context())
	if err != nil {
		return nil, err
	}
	file := export.File{Form: form, What: "数字", Question: l.State.Q, Log: p.options.Log, Held: held}
	file.Options = export.Options{BOM: true, About: l.About(held, at, p.options.Version)}
	return &layout{file: func(w http.ResponseWriter) error { return writeFigures(w, r, l, file) }}, nil
}

// writeFigures writes the file of a list.
func writeFigures(w http.ResponseWriter, r *http.Request, l *figures.List, file export.File) error {
	switch {
	case file.Form == export.AboutForm:
		return export.ServeAbout(w, file)
	case !l.IsGrouped():
		return export.ServeFigures(w, r, l.Each(r.Context()), file)
	}
	groups, err := l.AllGroups(r.Context())
	if err != nil {
		return err
	}
	named(w, file.Form, "指标", l.State.Q)
	return export.FigureGroups(w, file.Form, groups, file.Options)
}

// named tells a client the kind and the name of a file.
func named(w http.ResponseWriter, form, what, question string) {
	w.Header().Set("Content-Type", export.Media(form))
	w.Header().Set("Content-Disposition", `attachment; filename="baogao.`+form+`"; filename*=UTF-8''`+url.PathEscape(export.FileName(what, question)+"."+form))
}

// indicatorFile answers with the panel of an indicator as a file.
func (p *Pages) indicatorFile(r *http.Request, x baogao.Searcher, it *figures.OneIndicator) (*layout, error) {
	form, wide, err := formOf(r.URL.Query(), append(slices.Clone(export.TableForms), "json")...)
	if err != nil {
		return nil, err
	}
	at, err := x.State(r.Context())
	if err != nil {
		return nil, err
	}
	o := export.Options{BOM: true, About: it.About(at, p.options.Version)}
	what := cmp.Or(it.Key, "指标")
	return &layout{file: func(w http.ResponseWriter) error {
		switch form {
		case export.AboutForm:
			return export.ServeAbout(w, export.File{Options: o, Question: what})
		case "json":
			named(w, form, "面板", what)
			w.Header().Set("Content-Type", "application/json")
			return json.NewEncoder(w).Encode(it.Made())
		}
		named(w, form, "面板", what)
		return it.Write(w, form, wide, o)
	}}, nil
}
