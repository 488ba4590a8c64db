package pages

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/web/address"
	"baogao/query"
)

// advancedPage is what templates/advanced.html shows: a form for all that a search
// can be narrowed by.
type advancedPage struct {
	State     address.State
	Words     string   // the question without its scope
	Scopes    []choice // Link is the value
	Regions   []choice // those filtered on
	Provinces []string // to propose
	Levels    []choice
	Kinds     []choice
	From, To  string
	Years     []choice // those filtered on, where they are no one span
	Sure      string   // least confidence of what is sure enough
}

// scopeNames are the scopes of a question in the order of the form.
var scopeNames = []struct {
	scope query.Scope
	name  string
}{{query.Sentence, "同一句"}, {query.Passage, "同一段"}, {query.Report, "同一篇报告"}}

func advanced(r *http.Request, _ baogao.Searcher, _ time.Time) (*layout, error) {
	s, err := address.Of(r)
	if err != nil {
		return nil, err
	}
	s = s.Anew()
	page := advancedPage{State: s, Words: s.Q, Sure: address.SureEnough}
	scope := query.Passage
	if q := query.Parse(s.Q); q.Within != "" {
		scope, q.Within = q.Within, ""
		page.Words = q.String()
	}
	for _, o := range scopeNames {
		page.Scopes = append(page.Scopes, choice{o.name, string(o.scope), o.scope == scope})
	}
	for _, code := range s.Filters["region"] {
		page.Regions = append(page.Regions, choice{ask.Chinese.Name("region", code), code, true})
	}
	for _, province := range ask.Below(baogao.CountryCode) {
		page.Provinces = append(page.Provinces, province.Name)
	}
	page.Levels, page.Kinds = offered(s, "level", baogao.Levels), offered(s, "kind", baogao.Kinds)
	page.years(s.Filters["year"])
	return &layout{name: "advanced.html", Title: "高级检索", Page: page}, nil
}

// offered are the values of a field, and that it is unknown.
func offered[T ~string](s address.State, field string, known []T) []choice {
	var all []choice
	for _, v := range append(slices.Clone(known), baogao.Unknown) {
		all = append(all, choice{valueName(field, string(v), ""), string(v), s.Has(field, string(v))})
	}
	return all
}

// years shows one span of years as from when to when, and lists others.
func (g *advancedPage) years(filtered []string) {
	if len(filtered) == 1 && filtered[0] != baogao.Unknown {
		from, to, isSpan := strings.Cut(filtered[0], "..")
		if g.From, g.To = from, to; !isSpan {
			g.To = from
		}
		return
	}
	for _, year := range filtered {
		g.Years = append(g.Years, choice{yearName(year), year, true})
	}
}

// readForm makes of what the form sends beside the parameters of a page such
// parameters: within becomes a part of the question, place a region, from and to a span
// of years.
// It reports whether there are any.
func readForm(v url.Values) bool {
	from, to, within := strings.TrimSpace(v.Get("from")), strings.TrimSpace(v.Get("to")), v.Get("within")
	if !slices.ContainsFunc(formOnly, v.Has) {
		return false
	}
	if place := v.Get("place"); place != "" {
		v.Add("region", place)
	}
	switch {
	case from != "" && from == to:
		v.Add("year", from)
	case from != "" || to != "":
		v.Add("year", from+".."+to)
	}
	if within != "" && within != string(query.Passage) {
		v.Set("q", strings.TrimSpace("within:"+within+" "+v.Get("q")))
	}
	for _, name := range formOnly {
		v.Del(name)
	}
	return true
}

// formOnly are the parameters that the form alone sends.
var formOnly = []string{"within", "place", "from", "to"}
