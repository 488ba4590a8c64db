package pages

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/study"
	"baogao/internal/web/address"
	"baogao/internal/web/outcome"
)

// corpusPage is what templates/corpus.html shows: the reports that are held, by
// region and year.
type corpusPage struct {
	Stats   *baogao.Stats
	Reports int    // under the filters
	All     string // address of them
	Base    string
	Targets string   // address of what became of the targets of the region; "" for the whole country
	Choices []choice // regions that were meant, where there are several
	Trail   []choice // from the whole country down to the region
	Years   []column
	Rows    []row
	Below   int // divisions in the region
	Covered int // of them with a report
	Cells   int // of the divisions and years in between
	Filled  int
	Facets  []facet
	Chips   []chip

	Empty             []choice // divisions of which nothing is held
	ByReports, ByCode choice   // orders of the rows
}

// A column is a year, by which the rows can be put in order.
type column struct {
	Value, Name string
	Link        string
	Chosen      bool
}

// A row is what is held of one division.
type row struct {
	Name    string
	Link    string // to what lies in it; "" where nothing can
	Reports int
	All     string // address of them
	Cells   []held
}

// held counts the reports of a division on a year. None is a hole.
type held struct {
	Reports, Passages int
	Link              string
	Says              string // what is read aloud
	Shade             int    // 1 to 5, darker for more
}

// corpusURL is the address of the corpus page for a region and filters.
func corpusURL(s address.State, region string) string {
	t := s.Without("region")
	if region != "" {
		t.Filters["region"] = []string{region}
	}
	v := t.Values()
	v.Del("q")
	if len(v) == 0 {
		return "/corpus"
	}
	return "/corpus?" + v.Encode()
}

// corpusOf is the address of what is held in all years under the filters of a
// search, in the first of its regions that has a page.
func corpusOf(s address.State) string {
	held := address.State{Filters: map[string][]string{"level": s.Filters["level"], "kind": s.Filters["kind"]}}
	for _, name := range s.Filters["region"] {
		if base, _, err := baseOf(held.Only("region", name)); err == nil && base.Code != "" {
			return corpusURL(held, name)
		}
	}
	return corpusURL(held, "")
}

func corpus(r *http.Request, x baogao.Searcher, _ time.Time) (*layout, error) {
	s, err := address.Parse(r.URL.Query())
	if err != nil {
		return nil, err
	}
	s = address.Alone(s.Without("year"), "")
	s.By, s.Rows, s.Measure, s.Split = "", "", "", false
	s.Q, s.Sort, s.Limit, s.Open, s.Report, s.Reports = "", "", address.Limits[0], nil, "", false
	base, choices, err := baseOf(s)
	if err != nil {
		return nil, err
	}
	if s = s.Without("region"); base.Code != "" {
		s = s.Only("region", base.Code)
	}
	stats, err := x.Stats(r.Context())
	if err != nil {
		return nil, err
	}
	q, err := s.Question(r.Context(), x)
	if err != nil {
		return nil, err
	}
	q.Request.Limit, q.Request.Cells = -1, true
	res, err := x.Search(r.Context(), q.Request)
	if err != nil {
		return nil, err
	}
	page := corpusPage{Choices: choices, Stats: stats, Reports: res.Total.Reports, All: s.ByReport().URL(), Base: "全国", Trail: []choice{{Name: "全国", Link: corpusURL(s, "")}}}
	for i, code := range base.Codes() {
		page.Base = base.Path[min(i, len(base.Path)-1)]
		page.Trail = append(page.Trail, choice{Name: page.Base, Link: corpusURL(s, code)})
	}
	page.Trail[len(page.Trail)-1].Chosen = true
	if base.Code != "" {
		page.Targets = address.State{Filters: map[string][]string{"region": {base.Code}}}.Address(outcome.Path, url.Values{"region": {base.Code}})
	}
	page.Facets, page.Chips = corpusFilters(s, res.Facets)
	page.table(s, base, res.Cells, ask.Below(cmp.Or(base.Code, baogao.CountryCode)))
	page.arrange(s, base.Code, r.URL.Query().Get("order"))
	return &layout{name: "corpus.html", Title: "馆藏 · " + page.Base, Page: page}, nil
}

// baseOf is the region whose divisions are shown, zero for the whole country,
// and the regions that were meant where there are several, of which it is the
// first.
func baseOf(s address.State) (base baogao.Region, choices []choice, err error) {
	values := s.Filters["region"]
	if len(values) == 0 || len(values) == 1 && (values[0] == baogao.CountryCode || values[0] == baogao.Unknown) {
		return base, nil, nil
	}
	var meant []baogao.Region
	for _, name := range values {
		meant = append(meant, ask.Meant(name)...)
	}
	if len(meant) == 0 {
		return base, nil, &address.BadParameter{Name: "region", Reason: "应是一个地区的代码或名称"}
	}
	if len(meant) > 1 {
		for i, r := range meant {
			choices = append(choices, choice{r.Name, corpusURL(s, r.Code), i == 0})
		}
	}
	return meant[0], choices, nil
}

// corpusFilters are the filters on level and kind, as links of this page.
func corpusFilters(s address.State, f baogao.Facets) (facets []facet, chips []chip) {
	region := ""
	if values := s.Filters["region"]; len(values) > 0 {
		region = values[0]
	}
	for _, field := range f.All() {
		if field.Field != "level" && field.Field != "kind" {
			continue
		}
		shown := facet{Name: fieldNames[field.Field]}
		for _, v := range field.Values {
			value := inReports(field.Field, v)
			value.Link = s.Only(field.Field, v.Value).ByReport().URL()
			value.Selected, value.Toggle = s.Has(field.Field, v.Value), corpusURL(s.Toggled(field.Field, v.Value), region)
			shown.Values = append(shown.Values, value)
		}
		facets = append(facets, shown)
		for _, value := range s.Filters[field.Field] {
			chips = append(chips, chip{fieldNames[field.Field], valueName(field.Field, value, ""), corpusURL(s.Toggled(field.Field, value), region)})
		}
	}
	return facets, chips
}

// rowKey is the division below base that a region is counted under: its filter
// value and its name. ok is false outside of base.
func rowKey(base, r baogao.Region) (value, name string, ok bool) {
	codes := r.Codes()
	at := -1
	if base.Code != "" {
		if at = slices.Index(codes, base.Code); at < 0 {
			return "", "", false
		}
	}
	switch {
	case r.IsZero():
		return baogao.Unknown, unknownRegion, true
	case len(codes) == 0:
		return r.Name, r.Name, true
	case r.Code == baogao.CountryCode, at+1 >= len(codes):
		return baogao.Itself + r.Code, ownName(r), true
	}
	return codes[at+1], r.Path[min(at+1, len(r.Path)-1)], true
}

// table counts the cells by division and year. Divisions of which nothing is
// held have a row too, so that holes show.
func (g *corpusPage) table(s address.State, base baogao.Region, cells []baogao.Cell, below []baogao.Region) {
	g.Below = len(below)
	order, names := []string{}, map[string]string{}
	for _, d := range below {
		order = append(order, d.Code)
		names[d.Code] = d.Path[len(d.Path)-1]
	}
	var years []baogao.FacetValue
	for _, c := range cells {
		if _, _, ok := rowKey(base, c.Region); ok {
			years = append(years, baogao.FacetValue{Value: yearValue(c.Year), Reports: c.Reports})
		}
	}
	span, used := study.YearsOf(years), map[string]bool{}
	counts := map[string]map[string]held{}
	for _, c := range cells {
		value, name, ok := rowKey(base, c.Region)
		if !ok {
			continue
		}
		if names[value] == "" {
			order, names[value] = append(order, value), name
		}
		if counts[value] == nil {
			counts[value] = map[string]held{}
		}
		year := span.Column(c.Year)
		used[year] = true
		n := counts[value][year]
		n.Reports += c.Reports
		n.Passages += c.Passages
		counts[value][year] = n
	}
	for _, year := range span.Columns() {
		if span.Has(year) || used[year] {
			g.Years = append(g.Years, column{Value: year, Name: yearName(year)})
		}
	}
	for i, value := range order {
		g.addRow(s, value, names[value], counts[value], i < g.Below)
	}
}

func yearValue(year int) string {
	if year == 0 {
		return baogao.Unknown
	}
	return strconv.Itoa(year)
}

// addRow adds the row of a division. listed says that it is one of those that
// the region consists of.
func (g *corpusPage) addRow(s address.State, value, name string, counts map[string]held, listed bool) {
	own := s.Only("region", value)
	line := row{Name: name, All: own.ByReport().URL()}
	if listed && len(value) == 6 {
		line.Link = corpusURL(s, value)
	}
	for _, year := range g.Years {
		n := counts[year.Value]
		n.Shade, n.Link = shade(n.Reports), own.Only("year", year.Value).ByReport().URL()
		n.Says = fmt.Sprintf("%s%s：%d段，%d篇报告", name, year.Name, n.Passages, n.Reports)
		line.Reports += n.Reports
		line.Cells = append(line.Cells, n)
		if _, err := strconv.Atoi(year.Value); listed && err == nil {
			g.Cells++
			if n.Reports > 0 {
				g.Filled++
			}
		}
	}
	if listed && line.Reports > 0 {
		g.Covered++
	}
	g.Rows = append(g.Rows, line)
}

// shade is how dark a number of reports is shown.
func shade(n int) int {
	for i, least := range []int{50, 20, 5, 2, 1} {
		if n >= least {
			return 5 - i
		}
	}
	return 0
}
