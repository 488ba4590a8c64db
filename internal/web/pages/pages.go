// Package pages shows what a Searcher answers as HTML in Chinese: the search
// with its facets and charts, reports, what is held, and how to ask. All of a
// page is made here; it works without its script, and its address says all that
// is needed to show it again.
package pages

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

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
	API      func() *huma.OpenAPI              // what the page on the API describes; nil leaves it empty
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
	"grouped": grouped, "facts": facts, "titleOf": titleOf, "isAddress": isAddress, "reportLink": reportLink,
	"join": strings.Join, "paragraphName": paragraphName, "fieldName": func(f string) string { return fieldNames[f] },
}

// maxQuery is the longest query of the address of a page, in bytes: some 1,800
// Chinese characters. Each of a hundred links of the page repeats it.
const maxQuery = 16 << 10

// errPage is a page that does not exist.
var errPage = errors.New("no such page")

// ServeHTTP finds the page of a path.
func (p *Pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	show := map[string]func(http.ResponseWriter, *http.Request) error{
		"/": p.home, "/search": p.search, "/corpus": p.corpus, "/help": p.help, "/api": p.api,
		"/context": p.fragment, "/export": p.export, "/robots.txt": p.robots,
	}[r.URL.Path]
	switch {
	case len(r.URL.RawQuery) > maxQuery && r.URL.Path != "/export":
		p.Fail(w, r, http.StatusRequestURITooLong)
		return
	case strings.HasPrefix(r.URL.Path, "/reports/"):
		show = p.report
	case strings.HasPrefix(r.URL.Path, StaticPrefix):
		show = p.file
	case show == nil:
		show = func(http.ResponseWriter, *http.Request) error { return errPage }
	}
	if err := show(w, r); err != nil {
		p.fail(w, r, err)
	}
}

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
		return &badParameter{"format", form, "应是 csv 或 jsonl"}
	}
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

// errorPage is what templates/error.html shows.
type errorPage struct {
	Status int
	Says   string
	Next   []choice
}

// fail answers a request with its error. Only what is not the reader's fault is
// logged, and its cause stays in the log.
func (p *Pages) fail(w http.ResponseWriter, r *http.Request, err error) {
	status, says := explain(err)
	if status >= http.StatusInternalServerError && !errors.Is(err, baogao.ErrNoIndex) && !errors.Is(err, context.Canceled) {
		p.options.Log.ErrorContext(r.Context(), "page failed", "path", r.URL.Path, "err", err)
	}
	p.showError(w, r, status, says)
}

// Fail answers with an error that arose before a page was asked for.
func (p *Pages) Fail(w http.ResponseWriter, r *http.Request, status int) {
	p.showError(w, r, status, statusSays[status])
}

// statusSays is what a status means for who reads the page.
var statusSays = map[int]string{
	http.StatusNotFound:            "这里没有页面。",
	http.StatusMethodNotAllowed:    "这里只能阅读，请用 GET 请求。",
	http.StatusRequestURITooLong:   "问题太长。请缩短到一千五百字以内再问；更长的可以通过接口来问。",
	http.StatusTooManyRequests:     "您问得太快。请稍等几秒再试。",
	http.StatusServiceUnavailable:  "服务正忙。请稍等几秒再试。",
	http.StatusInternalServerError: "服务内部出错，已经记录。请再试一次；若仍出错，请告诉管理员。",
}

func (p *Pages) showError(w http.ResponseWriter, r *http.Request, status int, says string) {
	if says == "" {
		says = http.StatusText(status)
	}
	page := errorPage{status, says, []choice{{Name: "回到首页", Link: "/"}, {Name: "怎样提问", Link: "/help"}}}
	if err := p.render(w, r, status, "error.html", says, state{}, page); err != nil {
		p.options.Log.ErrorContext(r.Context(), "error page failed", "err", err)
		http.Error(w, http.StatusText(status), status)
	}
}

// explain turns an error into a status and words for the reader.
func explain(err error) (status int, says string) {
	var bad *badParameter
	switch {
	case errors.As(err, &bad):
		return http.StatusBadRequest, fmt.Sprintf("网址里的参数 %s 不能用：%s。请改正网址，或从首页重新搜索。", bad.name, bad.reason)
	case errors.Is(err, baogao.ErrRequest):
		return http.StatusBadRequest, "网址里的限定条件不能用。请从首页重新搜索。"
	case errors.Is(err, baogao.ErrNotFound):
		return http.StatusNotFound, "没有这篇报告或这个段落。它可能已经不在馆藏里，请重新搜索。"
	case errors.Is(err, errPage):
		return http.StatusNotFound, statusSays[http.StatusNotFound]
	case errors.Is(err, baogao.ErrNoIndex):
		return http.StatusServiceUnavailable, "还没有建立索引。请管理员用 index build 建立；建成后这里会自动可用。"
	case errors.Is(err, baogao.ErrFormat):
		return http.StatusServiceUnavailable, "索引是另一个版本的程序建立的。请管理员用 index build 重建。"
	case errors.Is(err, baogao.ErrDamaged):
		return http.StatusServiceUnavailable, "索引已损坏。请管理员用 index verify 查看。"
	case errors.Is(err, context.DeadlineExceeded):
		return http.StatusServiceUnavailable, "这个问题花的时间太长。请减少词语，或换用少见的词。"
	case errors.Is(err, context.Canceled):
		return http.StatusServiceUnavailable, "服务正在停止。请稍后再试。"
	}
	return http.StatusInternalServerError, statusSays[http.StatusInternalServerError]
}
