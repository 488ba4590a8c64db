// Package pages shows what a Searcher answers as HTML in Chinese: the search
// with its facets and charts, reports, what is held, and how to ask. All of a
// page is made here; it works without its script, and its address says all that
// is needed to show it again.
package pages

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"baogao"
	"baogao/internal/export"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static
var staticFiles embed.FS

// StaticPrefix begins the addresses of files that never change under their
// address.
const StaticPrefix = "/static/"

// Options of Pages. The zero value works.
type Options struct {
	Resolve  baogao.Resolver                   // looks regions up; nil knows none
	Children func(code string) []baogao.Region // the divisions directly below one; nil knows none
	API      []Operation                       // what the page on the API describes; nil leaves it empty
	Now      func() time.Time                  // for the date of citations; nil is the clock
	Log      *slog.Logger                      // for what is not the reader's fault; nil discards
}

// Pages answers requests for pages.
type Pages struct {
	searcher  baogao.Searcher
	options   Options
	templates *template.Template
	static    http.Handler
	version   string // of the static files
}

// New returns the pages over a Searcher.
func New(s baogao.Searcher, o Options) *Pages {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	files, err := fs.Sub(staticFiles, "static")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return &Pages{
		searcher: s, options: o, static: http.StripPrefix(StaticPrefix, http.FileServerFS(files)), version: checksum(files),
		templates: template.Must(template.New("").Funcs(functions).ParseFS(templateFiles, "templates/*.html")),
	}
}

// checksum is a few digits that change with the files.
func checksum(files fs.FS) string {
	h := sha256.New()
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(files, name)
		h.Write(b)
		return err
	})
	if err != nil {
		panic(err) // the files are embedded
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
}

// functions are those that templates call.
var functions = template.FuncMap{
	"grouped": grouped, "facts": facts, "titleOf": shortTitleOf, "isAddress": isAddress,
	"join": strings.Join, "paragraphName": paragraphName,
}

// maxQuery is the longest query of the address of a page, in bytes: some 1,800
// Chinese characters. Each of a hundred links of the page repeats it.
const maxQuery = 16 << 10

// ServeHTTP finds the page of a path. All of a page is of one generation.
func (p *Pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if holder, ok := p.searcher.(baogao.Holder); ok {
		if s, release, err := holder.Hold(); err == nil {
			defer release()
			held := *p
			held.searcher = s
			p = &held
		}
	}
	if err := p.show(w, r); err != nil {
		p.fail(w, r, err)
	}
}

func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	if len(r.URL.RawQuery) > maxQuery && r.URL.Path != "/export" {
		return errTooLong
	}
	if _, err := url.ParseQuery(r.URL.RawQuery); err != nil {
		return &badParameter{"列表", "有不合规定的编码，如单独的 % 或分号"}
	}
	switch {
	case strings.HasPrefix(r.URL.Path, "/reports/"):
		return p.report(w, r)
	case strings.HasPrefix(r.URL.Path, StaticPrefix):
		return p.file(w, r)
	}
	show := map[string]func(http.ResponseWriter, *http.Request) error{
		"/": p.home, "/search": p.search, "/corpus": p.corpus, "/help": p.help, "/api": p.api,
		"/context": p.fragment, "/export": p.export, "/robots.txt": p.robots,
	}[r.URL.Path]
	if show == nil {
		return errPage
	}
	return show(w, r)
}

// Today is the date that citations bear.
func (p *Pages) Today() string { return p.options.Now().In(china).Format(time.DateOnly) }

// layout is what every page has around its content.
type layout struct {
	Title   string // "" on the first page
	Version string // of the static files
	Path    string
	State   state // what the search form begins with
	Page    any
}

// render answers with a page. It is made whole before the first byte leaves, so
// that one that fails is an error and not half a page.
func (p *Pages) render(w http.ResponseWriter, r *http.Request, status int, name, title string, s state, page any) error {
	return p.write(w, status, name, layout{title, p.version, r.URL.Path, s, page})
}

func (p *Pages) write(w http.ResponseWriter, status int, name string, data any) error {
	var b bytes.Buffer
	if err := p.templates.ExecuteTemplate(&b, name, data); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, err := w.Write(b.Bytes())
	if err != nil {
		p.options.Log.Debug("page not sent", "err", err) // the reader has left
	}
	return nil
}

// file answers with a static file. Its address changes with its content, so it
// may be kept for a year.
func (p *Pages) file(w http.ResponseWriter, r *http.Request) error {
	name := strings.TrimPrefix(r.URL.Path, StaticPrefix)
	if info, err := fs.Stat(staticFiles, "static/"+name); err != nil || info.IsDir() {
		return errPage
	}
	if r.URL.Query().Get("v") == p.version {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	p.static.ServeHTTP(w, r)
	return nil
}

// export answers with all passages of a search as a file.
func (p *Pages) export(w http.ResponseWriter, r *http.Request) error {
	v := r.URL.Query()
	s, err := readState(v)
	if err != nil {
		return err
	}
	form := v.Get("format")
	if form != "csv" && form != "jsonl" {
		return &badParameter{"format", "应是 csv 或 jsonl"}
	}
	s.Page = 1 // a file is of all pages
	req, err := s.request()
	if err != nil {
		return err
	}
	return export.Serve(w, r, p.searcher.Hits(r.Context(), req), export.File{Form: form, BOM: v.Get("bom") == "true", Question: s.Q, Log: p.options.Log})
}

// robots keeps crawlers from walking through all questions.
func (p *Pages) robots(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := fmt.Fprint(w, "User-agent: *\nDisallow: /search\nDisallow: /export\nDisallow: /context\nDisallow: /api/\n")
	return err
}
