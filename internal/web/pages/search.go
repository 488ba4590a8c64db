package pages

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/cite"
	"baogao/internal/study"
	"baogao/internal/suggest"
	"baogao/internal/web/address"
	"baogao/internal/web/compare"
	"baogao/internal/web/marking"
	"baogao/query"
)

// searchPage is what templates/search.html shows.
type searchPage struct {
	State    address.State
	Result   *baogao.Result
	Warnings []string
	Aliases  []compare.Aliased
	Hits     []hit
	Related  []hit    // where few match, what is alike
	Tabs     []choice // views of the question
	Chips    []chip
	Tree     *division
	Facets   []facet
	Charts   []chart
	Missed   string // the question, where no report held says it
	Pager    pager
	Choices  []ambiguity
	Silence  *silence      // what it means that nothing matches exactly
	Wider    *baogao.Total // without filters, where they leave nothing
	Ways     []choice      // out of an empty result
	Meant    []suggestion  // what may have been meant
	Corpus   string        // address of what is held there
	Sorts    []choice
	Limits   []choice

	CopiesLink string // address that searches the copies too, or no more
	SureLink   string // address that leaves guesses out, or no more
}

// A hit is a passage of a result as it is shown.
type hit struct {
	baogao.Hit
	Anchor   string // of the hit on the page
	Rank     int
	Runs     []marking.Run
	Link     string // to the passage in its report
	Around   []paragraph
	Unfold   string // address of the page with what stands around the passage, or without
	Fragment string // address of what stands around the passage alone
	Citation quotable
	Original string // address of the report that is shown for this one, a copy
	Own      string // address of the passages that match in its report

	AllCopies string // address of the list of copies of its report
}

// A choice is one of several ways to go on.
type choice struct {
	Name   string
	Link   string
	Chosen bool
}

func search(r *http.Request, x baogao.Searcher, now time.Time) (*layout, error) {
	if v := r.URL.Query(); readForm(v) {
		s, err := address.Parse(v)
		return &layout{moved: s.URL()}, err
	}
	s, err := address.Of(r)
	if err != nil {
		return nil, err
	}
	q, err := s.Question(r.Context(), x)
	if err != nil {
		return nil, err
	}
	if address.Moves(s) {
		return &layout{moved: s.URL()}, nil
	}
	begun := time.Now()
	spread, exact, wider, err := counted(r.Context(), x, s, q)
	if err != nil {
		return nil, err
	}
	took := time.Since(begun)
	suggested, err := suggest.For(r.Context(), x, q, exact, ask.Chinese)
	if err != nil {
		return nil, err
	}
	page := pageOf(s, q, spread, exact, wider)
	s = page.State
	page.Meant = suggestionsOf(s, suggested)
	if page.Hits, err = hitsOf(r.Context(), x, s, "hit", study.Interleave(page.Result.Hits, s.Sort), now); err != nil {
		return nil, err
	}
	if page.Aliases, err = compare.AliasesOf(r.Context(), x, s, q); err != nil {
		return nil, err
	}
	if page.Related, err = hitsOf(r.Context(), x, s, "related", page.Result.Related, now); err != nil {
		return nil, err
	}
	return &layout{name: "search.html", took: took, Title: titleOfSearch(s, page.Chips), State: s, Page: page}, nil
}

// pageOf shows an answer but for what is read apart: hits, and what may be meant.
func pageOf(s address.State, q *ask.Question, spread *study.Spread, exact *baogao.Result, wider *baogao.Total) searchPage {
	res := spread.Result
	if wider != nil {
		res = exact // what is alike elsewhere would hide that there is none here
	}
	if !slices.ContainsFunc(slices.Concat(res.Hits, res.Related), func(h baogao.Hit) bool { return h.ID == s.Context }) {
		s.Context = ""
	}
	page := searchPage{
		State: s, Result: res, Wider: wider, Corpus: corpusOf(s), Tabs: tabsOf(s), Chips: chipsOf(s, res.Hits), Tree: treeOf(exact.Cells), Facets: facetsOf(s, exact.Facets),
		Pager: pagerOf(s, rows(s, res.Total)), Sorts: sortsOf(s), Limits: limitsOf(s),
		CopiesLink: address.WithCopies(s).URL(), SureLink: address.WithGuesses(s).URL(),
	}
	page.Tree.link(s)
	page.Choices = ambiguities(s, q.Named, page.Tree, spread)
	page.Warnings, page.Silence = warningsOf(q, len(page.Choices)), silenceOf(q, exact)
	if res.Total.Passages > 0 {
		if !res.Relaxed {
			page.Charts = []chart{yearChart(s, res.Facets.Year, spread.Held.Year), regionChart(s, apart(res.Facets.Region))}
		}
		return page
	}
	if exact.Held > 0 {
		page.Missed = short(s.Q, longestPart)
	}
	page.Ways = waysOut(s, q.Request.Query, exact, wider)
	return page
}

// counted asks a question, what matches it exactly, by which links are counted, and
// the question without the filters of the page where they leave nothing. What the
// question itself asks for stays.
func counted(ctx context.Context, x baogao.Searcher, s address.State, q *ask.Question) (spread *study.Spread, exact *baogao.Result, wider *baogao.Total, err error) {
	req := q.Request
	req.Cells = true
	if spread, err = study.Ask(ctx, x, req); err != nil {
		return nil, nil, nil, err
	}
	if exact, err = spread.Exact(ctx, x, req); err != nil || !s.Filtered(address.Fields...) {
		return spread, exact, nil, err
	}
	req.Filters = req.Filters[1:]
	wider, err = study.Wider(ctx, x, req, exact)
	return spread, exact, wider, err
}

// A silence is the sentence on an answer without exact matches, around how many
// reports are held; those are "" where there are none.
type silence struct{ Before, Reports, After string }

func silenceOf(q *ask.Question, exact *baogao.Result) *silence {
	said, ok := q.Silence(exact)
	if !ok {
		return nil
	}
	if said.ID == ask.NothingHeld {
		return &silence{Before: said.Text}
	}
	before, after, _ := strings.Cut(said.Text, said.Args[0]+"篇报告")
	return &silence{before, grouped(exact.Held), after}
}

// rows is how many hits there are on all pages.
func rows(s address.State, t baogao.Total) int {
	if s.Reports {
		return t.Reports
	}
	return t.Passages
}

// warningsOf says what was read otherwise than it was typed. Names of several
// regions are shown as choices, the first of them as many as there is room for.
func warningsOf(q *ask.Question, choices int) []string {
	told := map[string]bool{}
	for _, n := range q.Named[choices:] {
		told[n.Name] = true
	}
	var all []string
	for _, w := range q.Warnings {
		if w.ID != ask.RegionAmbiguous || told[strings.TrimPrefix(w.Args[0], baogao.Itself)] {
			all = append(all, w.Text+"。")
		}
	}
	return all
}

// longestPart is how much of the question, and of each filter, stands in the
// name of a window, in characters.
const longestPart = 30

// titleOfSearch names the window by the question, the filters and the page.
func titleOfSearch(s address.State, chips []chip) string {
	var parts []string
	add := func(part string) { parts = append(parts, short(part, longestPart)) }
	add(cmp.Or(s.Q, "浏览"))
	for _, c := range chips[:min(len(chips), 4)] {
		add(c.Name)
	}
	if s.Page > 1 {
		add(fmt.Sprintf("第%d页", s.Page))
	}
	return strings.Join(parts, " · ")
}

// hitsOf shows hits, whose anchors on the page have a name and a number.
func hitsOf(ctx context.Context, x baogao.Searcher, s address.State, name string, hits []baogao.Hit, now time.Time) ([]hit, error) {
	var all []hit
	for i, h := range hits {
		m, anchor := marking.Marker{}, fmt.Sprintf("%s-%d", name, i+1)
		shown := hit{
			Hit: h, Anchor: anchor, Rank: (s.Page-1)*s.Limit + i + 1, Runs: m.Excerpt(h), Link: passageLink(h, s),
			Citation: quote(s, cite.OfHit(&h), h.ID, h.Published, now),
			Own:      s.In(h.Report.ID).URL(), Unfold: s.Around(h.ID).URL() + "#" + anchor, Fragment: fragmentOf(s, h.ID), AllCopies: reportLink(h.Report.ID, s) + "#copies",
		}
		if h.CopyOf != "" {
			shown.Original = reportLink(h.CopyOf, s)
		}
		if s.Context == h.ID {
			around, err := around(ctx, x, h.ID, s.Q)
			if err != nil {
				return nil, err
			}
			shown.Around, shown.Unfold = around, s.Around("").URL()+"#"+anchor
		}
		all = append(all, shown)
	}
	return all, nil
}

// waysOut are what to try when nothing is found. The counts of a field ignore
// the filter on it, so they tell what dropping it opens; those of regions are
// in the cells.
func waysOut(s address.State, q *query.Query, counted *baogao.Result, wider *baogao.Total) []choice {
	var all []choice
	_, either := q.Root.(query.Or) // one part is enough already
	if words := query.Words(q.Root); len(words) > 1 && !either {
		var any query.Or
		for _, w := range words[:min(len(words), 8)] {
			any = append(any, w)
		}
		t := s.Anew()
		t.Q = (&query.Query{Root: any}).String()
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
	for _, f := range address.Fields {
		if len(s.Filters[f]) == 0 {
			continue
		}
		chosen++
		if n := without[f]; n > 0 {
			all = append(all, choice{Name: fmt.Sprintf("去掉%s的限定（%s段）", fieldNames[f], grouped(n)), Link: s.Without(f).URL()})
		}
	}
	if wider != nil && (chosen > 1 || s.Filtered("sure")) {
		all = append(all, choice{Name: fmt.Sprintf("去掉所有限定（%s段）", grouped(wider.Passages)), Link: s.Unfiltered().URL()})
	}
	if s.Exact {
		t := s.Anew()
		t.Exact = false
		all = append(all, choice{Name: "也找用词相近的段落", Link: t.URL()})
	}
	return all
}
