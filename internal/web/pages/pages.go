// Package pages shows what a Searcher answers as HTML in Chinese: the search
// with its facets and charts, reports, what is held, and how to ask. All of a
// page is made here; it works without its script, and its address says all that
// is needed to show it again.
package pages

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/cite"
	"baogao/internal/export"
	"baogao/internal/study"
	"baogao/internal/web/address"
	"baogao/internal/web/compare"
)

// Options of Pages. The zero value works.
type Options struct {
	Version string           // of the program, for what files say of themselves
	API     []Operation      // what the page on the API describes; nil leaves it empty
	Now     func() time.Time // for the date of citations; nil is the clock
	Log     *slog.Logger     // for what is not the reader's fault; nil discards
}

// Pages answers requests for pages.
type Pages struct {
	searcher baogao.Searcher
	options  Options
	view     *view
	makers   map[string]maker // by path
}

// A maker makes the page that a request asks for, of what a Searcher answers.
// Citations bear the date of now.
type maker func(r *http.Request, x baogao.Searcher, now time.Time) (*layout, error)

// New returns the pages over a Searcher.
func New(s baogao.Searcher, o Options) *Pages {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	p := &Pages{searcher: s, options: o, view: newView()}
	p.makers = map[string]maker{
		"/": home, "/search": search, "/trend": compared("trend.html", o.Version, compare.TrendOf), "/map": compared("map.html", o.Version, compare.MapOf), "/panel": compared("panel.html", o.Version, compare.PanelOf), "/advanced": advanced, "/corpus": corpus, "/context": fragment, "/help": help, "/api": apiPage(o.API),
		"/targets": targetsPage(o.Version), "/figures": p.figured, "/indicator": p.indicated,
	}
	return p
}

// ServeHTTP finds the page of a path. All of a page is of one generation.
func (p *Pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x := p.searcher
	if held, release, err := x.Hold(r.Context()); err == nil { // else each page says what it can without an index
		defer release()
		x = held
	}
	if err := p.answer(w, r, x); err != nil {
		p.fail(w, r, err)
	}
}

// answer answers a request. When it returns an error it has written nothing.
func (p *Pages) answer(w http.ResponseWriter, r *http.Request, x baogao.Searcher) error {
	if len(r.URL.RawQuery) > address.MaxQuery && r.URL.Path != "/export" {
		return address.ErrTooLong
	}
	if _, err := url.ParseQuery(r.URL.RawQuery); err != nil {
		return &address.BadParameter{Name: "列表", Reason: "有不合规定的编码，如单独的 % 或分号"}
	}
	r, err := address.Uncarried(r)
	if err != nil {
		return err
	}
	path := r.URL.Path
	show := p.makers[path]
	switch {
	case strings.HasPrefix(path, "/reports/"):
		show = report
	case strings.HasPrefix(path, StaticPrefix):
		return p.view.file(w, r)
	case path == "/export":
		return p.exportAll(w, r, x)
	case path == "/cite":
		return citation(w, r, x, p.options.Now())
	case path == "/robots.txt":
		return robots(w)
	case show == nil:
		return address.ErrPage
	}
	page, err := show(r, x, p.options.Now())
	if err != nil {
		return err
	}
	if page.moved != "" {
		return move(w, page.moved)
	}
	if page.file != nil {
		return page.file(w)
	}
	return p.render(w, r, http.StatusOK, page)
}

// Today is the date that citations bear.
func (p *Pages) Today() string { return cite.Date(p.options.Now()) }

// render answers with a page. It is made whole before the first byte leaves, so
// that one that fails is an error and not half a page.
func (p *Pages) render(w http.ResponseWriter, r *http.Request, status int, page *layout) error {
	b, err := p.view.html(page, r.URL.Path)
	if err != nil {
		return err
	}
	if page.took > 0 {
		w.Header().Set("Server-Timing", fmt.Sprintf("search;dur=%.1f", float64(page.took.Microseconds())/1000))
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	if _, err := w.Write(b); err != nil {
		p.options.Log.Debug("page not sent", "err", err) // the reader has left
	}
	return nil
}

// move answers that a page has another address. That the client asks for next,
// so nothing is gained by keeping the answer.
func move(w http.ResponseWriter, to string) error {
	w.Header().Del("ETag")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

// exportAll answers with all passages of a search as a file.
func (p *Pages) exportAll(w http.ResponseWriter, r *http.Request, x baogao.Searcher) error {
	v := r.URL.Query()
	s, err := address.Parse(v)
	if err != nil {
		return err
	}
	form := v.Get("format")
	if forms := append(slices.Clone(export.Forms), export.AboutForm); !slices.Contains(forms, form) {
		return &address.BadParameter{Name: "format", Reason: "应是 " + strings.Join(forms, "、") + " 之一"}
	}
	bom, err := address.Truth(v, "bom")
	if err != nil {
		return err
	}
	q, err := ask.Read(r.Context(), x, s.Typed(), ask.Chinese)
	if err != nil {
		return err
	}
	q.Request.Grouped = s.Reports
	held, err := study.Held(r.Context(), x, q.Request)
	if err != nil {
		return err
	}
	at, err := x.State(r.Context())
	if err != nil {
		return err
	}
	o := export.Options{BOM: bom, Grouped: s.Reports, About: export.About(q.Said(), held, at, p.options.Version), Link: address.Linker(r, s.Q)}
	file := export.File{Form: form, Options: o, Question: s.Q, Log: p.options.Log, Held: held}
	if form == export.AboutForm {
		return export.ServeAbout(w, file)
	}
	return export.Serve(w, r, x.Hits(r.Context(), q.Request), file)
}

// robots keeps crawlers from walking through all questions.
func robots(w http.ResponseWriter) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	disallowed := bytes.NewBufferString("User-agent: *\n")
	for _, page := range []string{"search", "figures", "indicator", "trend", "map", "panel", "targets", "export", "context", "cite", "q/", "api/"} {
		disallowed.WriteString("Disallow: /" + page + "\n")
	}
	_, err := w.Write(disallowed.Bytes())
	return err
}
