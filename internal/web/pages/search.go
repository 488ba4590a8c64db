package pages

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"baogao"
	"baogao/query"
)

// searchPage is what templates/search.html shows.
type searchPage struct {
	State    state
	Result   *baogao.Result
	Warnings []string
	Hits     []hit
	Chips    []chip
	Tree     *division
	Facets   []facet
	Charts   []chart
	Pager    pager
	Choices  []ambiguity
	Ways     []way // out of an empty result
	Sorts    []choice
	Limits   []choice

	CopiesLink string // address that searches the copies too, or no more
}

// A hit is a passage of a result as it is shown.
type hit struct {
	baogao.Hit
	Anchor   string // of the hit on the page
	Rank     int
	Runs     []run
	Link     string // to the passage in its report
	Around   []paragraph
	Unfold   string // address of the page with what stands around the passage, or without
	Fragment string // address of what stands around the passage alone
	Citation citation
}

// A chip is a filter that can be removed.
type chip struct{ Field, Name, Remove string }

// A facet is the counts of one field: those that are shown at once, and those
// that are folded away.
type facet struct {
	Name   string
	Values []facetValue
	Rest   []facetValue
}

// fold folds the values away that are too many, but for those filtered on.
func (f *facet) fold() {
	if len(f.Values) <= shownAtOnce+2 {
		return
	}
	first, rest := slices.Clone(f.Values[:shownAtOnce]), f.Values[shownAtOnce:]
	f.Rest = nil
	for _, v := range rest {
		if v.Selected {
			first = append(first, v)
		} else {
			f.Rest = append(f.Rest, v)
		}
	}
	f.Values = first
}

type facetValue struct {
	Name     string
	Count    int
	Unit     string // of the count
	Says     string // all that is counted
	Selected bool
	Toggle   string
}

// inPassages and inReports are the values of a facet by the one or the other
// count.
func inPassages(field string, v baogao.FacetValue) facetValue {
	return facetValue{Name: valueName(field, v.Value, v.Label), Count: v.Passages, Unit: "段", Says: saysBoth(v)}
}

func inReports(field string, v baogao.FacetValue) facetValue {
	return facetValue{Name: valueName(field, v.Value, v.Label), Count: v.Reports, Unit: "篇报告", Says: saysBoth(v)}
}

func saysBoth(v baogao.FacetValue) string {
	return fmt.Sprintf("%d段，%d篇报告", v.Passages, v.Reports)
}

// An ambiguity is a name that several regions bear.
type ambiguity struct {
	Name    string
	Regions []choice
}

// A choice is one of several ways to go on.
type choice struct {
	Name   string
	Link   string
	Chosen bool
}

// A way is a link out of an empty result, with what it does.
type way = choice

func (p *Pages) search(w http.ResponseWriter, r *http.Request) error {
	s, err := readState(r.URL.Query())
	if err != nil {
		return err
	}
	p.useCodes(&s)
	req, err := s.request()
	if err != nil {
		return err
	}
	req.Cells = true
	res, err := p.searcher.Search(r.Context(), req)
	if err != nil {
		return err
	}
	held, err := p.searcher.Search(r.Context(), baogao.Request{Query: metadataOf(req.Query), Filter: req.Filter, Copies: req.Copies, Limit: -1})
	if err != nil {
		return err
	}
	page := searchPage{
		State: s, Result: res, Chips: p.chips(s), Tree: treeOf(res.Cells), Facets: facetsOf(s, res.Facets),
		Pager: pagerOf(s, res.Total.Passages), Sorts: sortsOf(s), Limits: limitsOf(s),
		Warnings: p.warningsOf(s, req.Query, res), CopiesLink: s.withCopies().URL(),
	}
	page.Tree.link(s)
	page.Choices = p.ambiguities(s, req.Query.Root, page.Tree)
	if res.Total.Passages > 0 {
		page.Charts = []chart{yearChart(s, res.Facets.Year, held.Facets.Year), regionChart(s, p.apart(res.Facets.Region), held.Facets.Region)}
	} else {
		page.Ways = waysOut(s, req.Query)
	}
	if page.Hits, err = p.hits(r.Context(), s, res); err != nil {
		return err
	}
	w.Header().Set("Server-Timing", fmt.Sprintf("search;dur=%.1f", res.TookMS+held.TookMS))
	return p.render(w, r, http.StatusOK, "search.html", titleOfSearch(s), s, page)
}

func titleOfSearch(s state) string {
	if s.Q == "" {
		return "浏览"
	}
	if q := []rune(s.Q); len(q) > 30 {
		return string(q[:30]) + "…"
	}
	return s.Q
}

// useCodes writes codes for the names of regions that mean one region, so that
// links that add and remove them agree.
func (p *Pages) useCodes(s *state) {
	if p.options.Resolve == nil {
		return
	}
	for i, value := range s.Filters["region"] {
		name, itself := strings.CutPrefix(value, baogao.Itself)
		if found := baogao.Outermost(p.options.Resolve(name)); len(found) == 1 && !query.IsUnknown(name) {
			s.Filters["region"][i] = found[0].Code
			if itself {
				s.Filters["region"][i] = baogao.Itself + found[0].Code
			}
		}
	}
	s.Filters["region"] = compact(s.Filters["region"])
}

// compact drops values that stand twice.
func compact(values []string) []string {
	var kept []string
	for _, v := range values {
		if !slices.Contains(kept, v) {
			kept = append(kept, v)
		}
	}
	return kept
}

// regionName is what a value of the filter on regions is called.
func (p *Pages) regionName(value string) string {
	if query.IsUnknown(value) {
		return unknownRegion
	}
	code, itself := strings.CutPrefix(value, baogao.Itself)
	if p.options.Resolve == nil || strings.Trim(code, "0123456789") != "" {
		return value
	}
	found := p.options.Resolve(code)
	if len(found) == 0 {
		return value
	}
	if itself {
		return ownName(found[0])
	}
	return found[0].Name
}

// apart gives regions of one name, districts of several cities, their full names.
func (p *Pages) apart(values []baogao.FacetValue) []baogao.FacetValue {
	bearers := map[string]int{}
	for _, v := range values {
		bearers[v.Label]++
	}
	values = slices.Clone(values)
	for i, v := range values {
		code, _ := strings.CutPrefix(v.Value, baogao.Itself)
		if bearers[v.Label] < 2 || p.options.Resolve == nil {
			continue
		}
		if found := p.options.Resolve(code); len(found) == 1 {
			values[i].Label = found[0].Name
		}
	}
	return values
}

func (p *Pages) chips(s state) []chip {
	var all []chip
	for _, f := range fields {
		for _, value := range s.Filters[f] {
			name := valueName(f, value, value)
			if f == "region" {
				name = p.regionName(value)
			}
			all = append(all, chip{fieldNames[f], name, s.toggled(f, value).URL()})
		}
	}
	return all
}

func facetsOf(s state, f baogao.Facets) []facet {
	var all []facet
	for _, field := range f.All() {
		if field.Field == "region" {
			continue
		}
		shown := facet{Name: fieldNames[field.Field]}
		for _, v := range field.Values {
			value := inPassages(field.Field, v)
			value.Selected, value.Toggle = s.has(field.Field, v.Value), s.toggled(field.Field, v.Value).URL()
			shown.Values = append(shown.Values, value)
		}
		shown.fold()
		all = append(all, shown)
	}
	return all
}

// metadataOf keeps the parts of a question that act as filters, so that what is
// held can be counted under them.
func metadataOf(q *query.Query) *query.Query {
	parts := []query.Node{q.Root}
	if all, ok := q.Root.(query.And); ok {
		parts = all
	}
	var kept query.And
	for _, part := range parts {
		switch n := part.(type) {
		case query.Years:
			kept = append(kept, n)
		case query.Field:
			if slices.Contains(fields, n.Name) {
				kept = append(kept, n)
			}
		}
	}
	if len(kept) == 0 {
		return &query.Query{}
	}
	return &query.Query{Root: kept}
}

func (p *Pages) hits(ctx context.Context, s state, res *baogao.Result) ([]hit, error) {
	var all []hit
	for i, h := range res.Hits {
		m, anchor := marker{}, fmt.Sprintf("hit-%d", i+1)
		shown := hit{
			Hit: h, Anchor: anchor, Rank: (s.Page-1)*s.Limit + i + 1, Runs: m.excerpt(h), Link: passageLink(h, s.Q),
			Citation: cite(h.Report, paragraphName(h.Paragraph), p.options.Now()),
			Unfold:   s.around(h.ID).URL() + "#" + anchor, Fragment: fragmentLink(h.ID, s.Q),
		}
		if s.Context == h.ID {
			around, err := p.around(ctx, h.ID, s.Q)
			if err != nil {
				return nil, err
			}
			shown.Around, shown.Unfold = around, s.around("").URL()+"#"+anchor
		}
		all = append(all, shown)
	}
	return all, nil
}

func paragraphName(number int) string {
	if number == 0 {
		return "标题"
	}
	return fmt.Sprintf("第%d段", number)
}

// ambiguities lists the regions that a name in the filters or in the question
// may mean, where there are several, with what matches in each.
func (p *Pages) ambiguities(s state, root query.Node, tree *division) []ambiguity {
	if p.options.Resolve == nil {
		return nil
	}
	var all []ambiguity
	for _, name := range p.regionNames(s, root) {
		found := baogao.Outermost(p.options.Resolve(name))
		if len(found) < 2 {
			continue
		}
		a := ambiguity{Name: name}
		for _, r := range found {
			t := s.anew()
			t.Q = strings.ReplaceAll(s.Q, name, r.Code)
			for i, value := range t.Filters["region"] {
				if strings.TrimPrefix(value, baogao.Itself) == name {
					t.Filters["region"][i] = strings.TrimSuffix(value, name) + r.Code
					t.Q = s.Q
				}
			}
			name := fmt.Sprintf("%s（%d段）", r.Name, tree.passagesIn(r.Code))
			a.Regions = append(a.Regions, choice{Name: name, Link: t.URL()})
		}
		all = append(all, a)
	}
	return all
}

// regionNames lists the names of regions in the filters and in the question,
// without the sign that leaves out what lies in them.
func (p *Pages) regionNames(s state, root query.Node) []string {
	var names []string
	for _, name := range append(slices.Clone(s.Filters["region"]), regionsIn(root)...) {
		names = append(names, strings.TrimPrefix(name, baogao.Itself))
	}
	return compact(names)
}

// regionsIn lists the names that a question gives for regions.
func regionsIn(n query.Node) []string {
	var names []string
	switch n := n.(type) {
	case query.And:
		for _, part := range n {
			names = append(names, regionsIn(part)...)
		}
	case query.Or:
		for _, part := range n {
			names = append(names, regionsIn(part)...)
		}
	case query.Not:
		return regionsIn(n.Node)
	case query.Field:
		if n.Name == "region" {
			names = append(names, n.Value)
		}
	}
	return names
}

// waysOut are what to try when nothing is found.
func waysOut(s state, q *query.Query) []way {
	var all []way
	if words := query.Words(q.Root); len(words) > 1 {
		var either query.Or
		for _, w := range words[:min(len(words), 8)] {
			either = append(either, query.Word(w))
		}
		t := s.anew()
		t.Q = (&query.Query{Root: either}).String()
		all = append(all, way{Name: "只要有其中一个词就算：" + t.Q, Link: t.URL()})
	}
	for _, f := range fields {
		if len(s.Filters[f]) > 0 {
			all = append(all, way{Name: "去掉" + fieldNames[f] + "的限定", Link: s.without(f).URL()})
		}
	}
	if s.Exact {
		t := s.anew()
		t.Exact = false
		all = append(all, way{Name: "也找用词相近的段落", Link: t.URL()})
	}
	return all
}

func sortsOf(s state) []choice {
	var all []choice
	for _, by := range []baogao.Sort{baogao.ByRelevance, baogao.ByYearDown, baogao.ByYear, baogao.ByRegion} {
		t := s.anew()
		t.Sort = by
		all = append(all, choice{sortNames[by], t.URL(), by == s.Sort || by == baogao.ByRelevance && s.Sort == ""})
	}
	return all
}

func limitsOf(s state) []choice {
	var all []choice
	for _, n := range limits {
		t := s.anew()
		t.Limit = n
		all = append(all, choice{fmt.Sprint(n), t.URL(), n == s.Limit})
	}
	return all
}

// A pager leads to other pages of a result.
type pager struct {
	Page, Pages int
	First, Last string // addresses; "" where there is no such page, or it is this one
	Prev, Next  string
	Near        []choice // pages around this one
}

func pagerOf(s state, passages int) pager {
	g := pager{Page: s.Page, Pages: (passages + s.Limit - 1) / s.Limit}
	if g.Page > 1 && g.Pages > 0 {
		g.First, g.Prev = s.atPage(1).URL(), s.atPage(min(g.Page-1, g.Pages)).URL()
	}
	if g.Page < g.Pages {
		g.Next = s.atPage(g.Page + 1).URL()
	}
	if g.Pages > 0 && g.Page != g.Pages {
		g.Last = s.atPage(g.Pages).URL()
	}
	const beside = 3
	for n := max(1, g.Page-beside); n <= min(g.Pages, g.Page+beside); n++ {
		g.Near = append(g.Near, choice{fmt.Sprint(n), s.atPage(n).URL(), n == g.Page})
	}
	return g
}
