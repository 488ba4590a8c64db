package pages

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"html/template"
	"io/fs"
	"net/http"
	"strings"
	"time"

	"baogao/internal/cite"
	"baogao/internal/web/address"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static
var staticFiles embed.FS

// StaticPrefix begins the addresses of files that never change under their
// address.
const StaticPrefix = "/static/"

// A view makes HTML of pages, and has the files that they link to.
type view struct {
	templates *template.Template
	static    http.Handler
	version   string // of the static files
}

func newView() *view {
	files, err := fs.Sub(staticFiles, "static")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return &view{
		template.Must(template.New("").Funcs(functions).ParseFS(templateFiles, "templates/*.html")),
		http.StripPrefix(StaticPrefix, http.FileServerFS(files)), checksum(files),
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
	"grouped": grouped, "facts": facts, "recognised": recognised, "headline": headline, "isAddress": cite.IsAddress,
	"inc": func(n int) int { return n + 1 }, "add": func(a, b int) int { return a + b }, "sub": func(a, b int) int { return a - b },
	"pair": func(one, other any) pair { return pair{one, other} }, "join": strings.Join, "paragraphName": cite.ParagraphName,
}

// A pair is what a template is given two things as.
type pair struct{ One, Other any }

// layout is a page and what every page has around it.
type layout struct {
	name    string                          // of the template
	took    time.Duration                   // of the search; 0 where there was none
	moved   string                          // the address under which the page is; "" where it is this one
	file    func(http.ResponseWriter) error // answers in the place of the page; nil where there is none
	Title   string                          // "" on the first page
	State   address.State                   // what the search form begins with
	Page    any
	Path    string
	Version string // of the static files
}

// html makes the page under a path.
func (v *view) html(page *layout, path string) ([]byte, error) {
	page.Path, page.Version = path, v.version
	var b bytes.Buffer
	err := v.templates.ExecuteTemplate(&b, page.name, page)
	return b.Bytes(), err
}

// file answers with a static file, or one range of it. Its address changes with its content, so it
// may be kept for a year.
func (v *view) file(w http.ResponseWriter, r *http.Request) error {
	name := strings.TrimPrefix(r.URL.Path, StaticPrefix)
	if info, err := fs.Stat(staticFiles, "static/"+name); err != nil || info.IsDir() {
		return address.ErrPage
	}
	if r.URL.Query().Get("v") == v.version {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if strings.Contains(r.Header.Get("Range"), ",") {
		// Each of several ranges would have a header of its own, many times as
		// long as the byte it may ask for. Nothing is obliged to heed them.
		r = r.Clone(r.Context())
		r.Header.Del("Range")
	}
	v.static.ServeHTTP(w, r)
	return nil
}
