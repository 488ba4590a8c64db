package pages

import (
	"cmp"
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
	Wider    *baogao.Total // without filters, where they leave nothing
	Ways     []choice      // out of an empty result
	Corpus   string        // address of what is held there
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
	Original string // address of the report that is shown for this one, a copy
}

// A choice is one of several ways to go on.
type choice struct {
	Name   string
	Link   string
	Chosen bool
}

func (p *Pages) search(w http.ResponseWriter, r *http.Request) error {
	s, err := readState(r.URL.Query())
	if err != nil {
		return err
	}
	typed := query.Parse(s.Q)
	s.liftFields(typed)
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
	counted, err := p.counted(r.Context(), req, res)
	if err != nil {
		return err
	}
	held, err := p.searcher.Search(r.Context(), baogao.Request{Query: metadataOf(req.Query), Filter: req.Filter, Copies: req.Copies, Limit: -1})
	if err != nil {
		return err
	}
	wider, err := p.wider(r.Context(), s, req, counted)
	if err != nil {
		return err
	}
	if wider != nil {
		res = counted // what is alike elsewhere would hide that there is none here
	}
	page := searchPage{
		State: s, Result: res, Wider: wider, Corpus: p.corpusOf(s), Chips: p.chips(s), Tree: treeOf(counted.Cells), Facets: facetsOf(s, counted.Facets),
		Pager: pagerOf(s, res.Total.Passages), Sorts: sortsOf(s), Limits: limitsOf(s),
		Warnings: p.warningsOf(s, typed, res), CopiesLink: s.withCopies().URL(),
	}
	page.Tree.link(s)
	page.Choices = p.ambiguities(s, req.Query, page.Tree)
	if res.Total.Passages > 0 && !res.Relaxed {
		page.Charts = []chart{yearChart(s, res.Facets.Year, held.Facets.Year), regionChart(s, p.apart(res.Facets.Region), held.Facets.Region)}
	}
	if res.Total.Passages == 0 {
		page.Ways = waysOut(s, req.Query, counted, wider)
	}
	if page.Hits, err = p.hits(r.Context(), s, res); err != nil {
		return err
	}
	w.Header().Set("Server-Timing", fmt.Sprintf("search;dur=%.1f", res.TookMS+held.TookMS))
	return p.render(w, r, http.StatusOK, "search.html", titleOfSearch(s, page.Chips), s, page)
}

// counted is the result that links are counted by: what matches exactly behind
// them, even where what is alike is shown.
func (p *Pages) counted(ctx context.Context, req baogao.Request, res *baogao.Result) (*baogao.Result, error) {
	if !res.Relaxed {
		return res, nil
	}
	req.Exact, req.Limit = true, -1
	return p.searcher.Search(ctx, req)
}

// wider counts what matches without the filters that leave nothing of it; nil
// where there are none, or nothing matches anywhere.
func (p *Pages) wider(ctx context.Context, s state, req baogao.Request, counted *baogao.Result) (*baogao.Total, error) {
	if counted.Total.Passages > 0 || !s.filtered(fields...) {
		return nil, nil
	}
	req.Filter, req.Exact, req.Limit, req.Offset, req.Cells = baogao.Filter{}, true, -1, 0, false
	res, err := p.searcher.Search(ctx, req)
	if err != nil || res.Total.Passages == 0 {
		return nil, err
	}
	return &res.Total, nil
}

// longestPart is how much of the question, and of each filter, stands in the
// name of a window, in characters.
const longestPart = 30

// titleOfSearch names the window by the question, the filters and the page.
func titleOfSearch(s state, chips []chip) string {
	var parts []string
	add := func(part string) {
		if letters := []rune(part); len(letters) > longestPart {
			part = string(letters[:longestPart]) + "…"
		}
		parts = append(parts, part)
	}
	add(cmp.Or(s.Q, "浏览"))
	for _, c := range chips[:min(len(chips), 4)] {
		add(c.Name)
	}
	if s.Page > 1 {
		add(fmt.Sprintf("第%d页", s.Page))
	}
	return strings.Join(parts, " · ")
}

// metadataOf keeps the parts of a question that ask of reports only what pages
// filter on, so that what is held can be counted under them.
func metadataOf(q *query.Query) *query.Query {
	parts := query.And{q.Root}
	if all, ok := q.Root.(query.And); ok {
		parts = all
	}
	var kept query.And
	for _, part := range parts {
		if asksMetadata(part) {
			kept = append(kept, part)
		}
	}
	if len(kept) == 0 {
		return &query.Query{}
	}
	return &query.Query{Root: kept}
}

// asksMetadata reports whether a part of a question holds for whole reports, by
// the fields that pages filter on alone.
func asksMetadata(n query.Node) bool {
	all := func(parts []query.Node) bool {
		return !slices.ContainsFunc(parts, func(part query.Node) bool { return !asksMetadata(part) })
	}
	switch n := n.(type) {
	case query.Years:
		return true
	case query.Field:
		return slices.Contains(fields, n.Name)
	case query.Not:
		return asksMetadata(n.Node)
	case query.And:
		return all(n)
	case query.Or:
		return all(n)
	}
	return false
}

func (p *Pages) hits(ctx context.Context, s state, res *baogao.Result) ([]hit, error) {
	var all []hit
	for i, h := range res.Hits {
		m, anchor := marker{}, fmt.Sprintf("hit-%d", i+1)
		shown := hit{
			Hit: h, Anchor: anchor, Rank: (s.Page-1)*s.Limit + i + 1, Runs: m.excerpt(h), Link: passageLink(h, s),
			Citation: cite(h.Report, paragraphName(h.Paragraph), p.options.Now()),
			Unfold:   s.around(h.ID).URL() + "#" + anchor, Fragment: fragmentLink(h.ID, s.Q),
		}
		if h.CopyOf != "" {
			shown.Original = reportLink(h.CopyOf, s)
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

// onlyOr reports whether one part of a question is enough already.
func onlyOr(n query.Node) bool {
	_, ok := n.(query.Or)
	return ok
}

// waysOut are what to try when nothing is found. The counts of a field ignore
// the filter on it, so they tell what dropping it opens; those of regions are
// in the cells.
func waysOut(s state, q *query.Query, counted *baogao.Result, wider *baogao.Total) []choice {
	var all []choice
	if words := query.Words(q.Root); len(words) > 1 && !onlyOr(q.Root) {
		var either query.Or
		for _, w := range words[:min(len(words), 8)] {
			either = append(either, query.Word(w))
		}
		t := s.anew()
		t.Q = (&query.Query{Root: either}).String()
		all = append(all, choice{Name: "只要有其中一个词就算：" + t.Q, Link: t.URL()})
	}
	without := map[string]int{}
	for _, c := range counted.Cells {
		without["region"] += c.Passages
	}
	for _, f := range counted.Facets.All() {
		if f.Field == "region" {
			continue
		}
		for _, v := range f.Values {
			without[f.Field] += v.Passages
		}
	}
	chosen := 0
	for _, f := range fields {
		if len(s.Filters[f]) == 0 {
			continue
		}
		chosen++
		if n := without[f]; n > 0 {
			all = append(all, choice{Name: fmt.Sprintf("去掉%s的限定（%s段）", fieldNames[f], grouped(n)), Link: s.without(f).URL()})
		}
	}
	if wider != nil && chosen > 1 {
		all = append(all, choice{Name: fmt.Sprintf("去掉所有限定（%s段）", grouped(wider.Passages)), Link: s.Unfiltered().URL()})
	}
	if s.Exact {
		t := s.anew()
		t.Exact = false
		all = append(all, choice{Name: "也找用词相近的段落", Link: t.URL()})
	}
	return all
}
