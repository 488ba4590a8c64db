package pages

import (
	"cmp"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"baogao"
	"baogao/internal/cite"
	"baogao/internal/web/address"
)

// A quotable is what a page offers to copy of a report or a passage.
type quotable struct {
	Quotation string // in its marks; "" of a whole report
	Published string // the same of the whole paragraph in the source's characters, where cleaning changed them
	Reference cite.Reference
	Styles    []choice // addresses of the citation as a text
}

// styleNames are what the pages call the styles.
var styleNames = map[cite.Style]string{
	cite.GBT7714: "GB/T 7714", cite.BibTeX: "BibTeX", cite.RIS: "RIS", cite.CSL: "CSL-JSON", cite.Plain: "行文",
}

// quote offers a work to be copied: a report or, with the marks of the question, a
// passage that has an id.
func quote(s address.State, w cite.Work, id, published string, now time.Time) quotable {
	record := w.Record(now)
	q := quotable{Quotation: record.Quotation, Reference: record.Reference()}
	if published != "" {
		q.Published = cite.Quote(published)
	}
	for _, style := range cite.Styles {
		v := url.Values{"id": {id}, "style": {string(style)}}
		if s.Q != "" && w.Passage != nil {
			v.Set("q", s.Q)
		}
		q.Styles = append(q.Styles, choice{Name: styleNames[style], Link: s.Address("cite", v)})
	}
	return q
}

// citation answers with a citation as a text that browsers show, in whatever
// style.
func citation(w http.ResponseWriter, r *http.Request, x baogao.Searcher, now time.Time) error {
	v := r.URL.Query()
	if err := address.CheckText(v); err != nil {
		return err
	}
	style := cite.Style(cmp.Or(v.Get("style"), string(cite.GBT7714)))
	if !style.Known() {
		return &address.BadParameter{Name: "style", Reason: "应是 " + strings.Join(cite.StyleNames(), "、") + " 之一"}
	}
	work, err := cite.Find(r.Context(), x, v.Get("id"), v.Get("q"))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Content-Disposition", `inline; filename="baogao`+style.Extension()+`"`)
	_, err = io.WriteString(w, work.Cite(style, now))
	return err
}
