package pages

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"baogao"
	"baogao/internal/align"
	"baogao/internal/ask"
	"baogao/internal/cite"
	"baogao/internal/web/address"
	"baogao/internal/web/marking"
	"baogao/query"
)

// reportPage is what templates/report.html shows.
type reportPage struct {
	Report     *baogao.Report
	Q          string
	Findings   []finding
	Paragraphs []paragraph
	Hits       []foundIn // paragraphs with marks, in reading order
	Marks      int
	Outline    []entry // the headings of all parts
	Elsewhere  int     // marks in other parts
	Relaxed    bool    // nothing matches exactly; parts of the words are marked
	Published  bool    // the source's characters are shown
	Changed    int     // paragraphs that cleaning changed
	Views      []choice
	Numbers    *choice // that marks the figures, or no more; nil where none are kept
	Figures    int     // that are marked
	Parts      []choice
	Back       string // address of the search
	BackTo     string // what it is called
	Citation   quotable
	Copies     []copyLink
	CopyOf     *choice
}

// A paragraph of a report as it is shown.
type paragraph struct {
	Number  int
	Pieces  []piece
	Heading int // level of the heading on the page, 2 to 6; 0 is running text
	Title   bool
	Damaged bool
	Changed bool // by cleaning
	Here    bool // the passage that its surroundings are shown of
}

// A piece is a passage: a paragraph, or a part of a long one.
type piece struct {
	Anchor string
	Runs   []marking.Run
}

// foundIn leads to a paragraph with marks.
type foundIn struct {
	Name, Link string
	Marks      int
}

// An entry of the outline leads to a heading. Marks are those below it, up to the
// next one.
type entry struct {
	Name, Link   string
	Level, Marks int
}

// Everywhere is how many marks the report has in all its parts.
func (g *reportPage) Everywhere() int { return g.Marks + g.Elsewhere }

// A copyLink leads to a report with the same text.
type copyLink struct{ Name, Link, Source string }

// A finding is what a field of the metadata was found to be, and why.
type finding struct {
	Field, Value, Origin string
	Sure                 string // how sure an inference is, from 0 to 1
	Evidence             []string
	Candidates           []string
}

// aroundSize is how many paragraphs are shown before and behind a passage.
const (
	aroundSize = 2
	maxMarked  = 1 << 20 // passages of one report
)

func report(r *http.Request, x baogao.Searcher, now time.Time) (*layout, error) {
	v := r.URL.Query()
	id := cmp.Or(strings.TrimPrefix(r.URL.Path, "/reports/"), v.Get("id"))
	if err := address.CheckText(v); err != nil {
		return nil, err
	}
	s, err := address.Of(r)
	if err != nil { // of the search it came from, which is not asked here
		s = address.Bare(s, v.Get("q"))
	}
	if address.Moves(s) {
		return &layout{moved: s.Address(strings.TrimPrefix(r.URL.EscapedPath(), "/"), v)}, nil
	}
	report, err := x.Report(r.Context(), id)
	if err != nil {
		return nil, err
	}
	page := &reportPage{
		Report: report, Q: s.Q, Published: slices.Contains(v["view"], "published"), Findings: findingsOf(report),
		Citation: quote(s, cite.OfReport(report), id, "", now),
	}
	parts := address.PartOf(len(report.Paragraphs))
	part, err := address.Number(v, "part", 1, parts)
	if err != nil {
		return nil, err
	}
	marks, relaxed, err := marksIn(r.Context(), x, id, page.Q, s.Exact)
	if err != nil {
		return nil, err
	}
	page.Relaxed = relaxed
	m, err := marking.New(r.Context(), x, id, s.Numbers)
	if err != nil {
		return nil, err
	}
	elsewhere := page.fill(report, m, marks, part)
	page.lead(s, part, parts, elsewhere)
	page.outline(s, report, marks, part)
	return &layout{name: "report.html", Title: shortTitleOf(report.Meta), State: address.State{Q: s.Q}, Page: page}, nil
}

// marksIn returns what a question marks in a report, by passage.
func marksIn(ctx context.Context, x baogao.Searcher, id, q string, exact bool) (marks map[string][]baogao.Span, relaxed bool, err error) {
	marks = map[string][]baogao.Span{}
	asked, err := ask.Read(ctx, x, ask.Typed{Question: q, Report: id, Exact: exact}, ask.Chinese)
	if err != nil {
		return nil, false, err
	}
	if len(query.Words(asked.Request.Query.Root)) == 0 {
		return marks, false, nil
	}
	asked.Request.Limit, asked.Request.Exact = maxMarked, exact
	res, err := x.Search(ctx, asked.Request)
	if err != nil {
		return nil, false, err
	}
	for _, h := range res.Hits {
		marks[h.ID] = h.Highlights
	}
	return marks, res.Relaxed, nil
}

// fill lays out the paragraphs of one part, and counts the marks of each of the
// others.
func (g *reportPage) fill(r *baogao.Report, m *marking.Marker, marks map[string][]baogao.Span, part int) (elsewhere map[int]int) {
	pieces := map[int][]baogao.Passage{}
	inParagraph := map[int]int{}
	for _, passage := range r.Passages {
		pieces[passage.Paragraph] = append(pieces[passage.Paragraph], passage)
		inParagraph[passage.Paragraph] += len(marks[baogao.PassageID(r.Meta.ID, passage.Paragraph, passage.Piece)])
	}
	elsewhere = map[int]int{}
	for _, para := range r.Paragraphs {
		if para.Published != "" {
			g.Changed++
		}
		if own := address.PartOf(para.Number); own != part {
			elsewhere[own] += inParagraph[para.Number]
			continue
		}
		before := m.Marks
		g.Paragraphs = append(g.Paragraphs, paragraphOf(m, r.Meta.ID, para, pieces[para.Number], marks, g.Published))
		if m.Marks > before {
			g.Hits = append(g.Hits, foundIn{cite.ParagraphName(para.Number), fmt.Sprintf("#m%d", before+1), m.Marks - before})
		}
	}
	g.Marks, g.Figures = m.Marks, m.Count()
	return elsewhere
}

// paragraphOf lays out one paragraph. In the source's characters, where they differ
// from the cleaned ones, the marks stand where those were found in.
func paragraphOf(m *marking.Marker, id string, para baogao.Paragraph, passages []baogao.Passage, marks map[string][]baogao.Span, published bool) paragraph {
	p := paragraph{Number: para.Number, Title: para.Title, Damaged: para.Damaged, Changed: para.Published != ""}
	if para.Heading > 0 {
		p.Heading = min(para.Heading+1, 6)
	}
	var all []baogao.Span         // in the whole paragraph
	var numbers []*marking.Number // likewise
	at := 0
	for _, passage := range passages {
		own := baogao.PassageID(id, passage.Paragraph, passage.Piece)
		if !published || !p.Changed {
			p.Pieces = append(p.Pieces, piece{address.Anchor(own), m.Cut(passage.Text, marks[own], m.Numbers[own])})
			continue
		}
		for _, s := range marks[own] {
			all = append(all, baogao.Span{Start: at + s.Start, End: at + s.End})
		}
		for _, n := range m.Numbers[own] {
			moved := *n
			moved.Start, moved.End = at+n.Start, at+n.End
			numbers = append(numbers, &moved)
		}
		at += utf8.RuneCountInString(passage.Text)
	}
	if published && p.Changed {
		p.Pieces = []piece{{fmt.Sprintf("p%d", para.Number), m.Cut(para.Published, align.Spans(para.Text, para.Published, all), marking.Published(para, numbers))}}
	}
	return p
}

// lead makes the links of the page.
func (g *reportPage) lead(s address.State, part, parts int, elsewhere map[int]int) {
	id, view := g.Report.Meta.ID, map[bool]string{true: "published"}[g.Published]
	g.Views = []choice{
		{"清理后的文本", address.Report(id, s, "", part), !g.Published}, {"来源原样", address.Report(id, s, "published", part), g.Published},
	}
	g.mark(s, view, part)
	for n := 1; n <= parts && parts > 1; n++ {
		name := fmt.Sprintf("第%d至%d段", (n-1)*address.PartSize+1, min(n*address.PartSize, len(g.Report.Paragraphs)))
		if elsewhere[n] > 0 {
			name += fmt.Sprintf("（%d处）", elsewhere[n])
			g.Elsewhere += elsewhere[n]
		}
		g.Parts = append(g.Parts, choice{name, address.Report(id, s, view, n), n == part})
	}
	if len(s.Values()) > 0 || s.View != "" {
		g.Back, g.BackTo = s.URL(), cmp.Or(backNames[s.View], "搜索结果")
	}
	if of := g.Report.CopyOf; of != "" {
		g.CopyOf = &choice{Name: of, Link: reportLink(of, s)}
	}
	for _, c := range g.Report.Copies {
		g.Copies = append(g.Copies, copyLink{cmp.Or(c.Title, untitled), reportLink(c.ID, s), c.Source})
	}
}

// outline lists the headings of the report, of whatever part.
func (g *reportPage) outline(s address.State, r *baogao.Report, marks map[string][]baogao.Span, part int) {
	view := map[bool]string{true: "published"}[g.Published]
	passages := r.Passages
	for _, para := range r.Paragraphs {
		if para.Heading > 0 && !para.Title {
			link := fmt.Sprintf("#p%d", para.Number)
			if own := address.PartOf(para.Number); own != part {
				link = address.Report(r.Meta.ID, s, view, own) + link
			}
			g.Outline = append(g.Outline, entry{Name: short(para.Text, longestEntry), Link: link, Level: min(para.Heading, 4)})
		}
		for len(passages) > 0 && passages[0].Paragraph <= para.Number {
			if n := len(g.Outline); n > 0 {
				g.Outline[n-1].Marks += len(marks[baogao.PassageID(r.Meta.ID, passages[0].Paragraph, passages[0].Piece)])
			}
			passages = passages[1:]
		}
	}
}

// longestEntry is how much of a heading stands in the outline, in characters.
const longestEntry = 40

// findingsOf is what was found of a report in the words of the page.
func findingsOf(r *baogao.Report) []finding {
	var all []finding
	for _, f := range r.Findings {
		shown := finding{
			Field: cmp.Or(fieldNames[f.Field], f.Field), Value: findingValue(f.Field, f.Value, r.Meta.Region),
			Origin: cmp.Or(originNames[f.Origin], f.Origin), Sure: baogao.Basis{Confidence: f.Confidence}.Rounded(), Evidence: f.Evidence,
		}
		for _, c := range f.Candidates {
			shown.Candidates = append(shown.Candidates, fmt.Sprintf("%s（%.2f）", valueName(f.Field, c.Value, c.Label), c.Score))
		}
		all = append(all, shown)
	}
	return all
}

func findingValue(field, value string, region baogao.Region) string {
	switch {
	case value == "":
		return "未能确定"
	case field == "region" && value == region.Code:
		return region.Name + "（" + value + "）"
	}
	return valueName(field, value, value)
}

// around returns the paragraphs around a passage, with the marks of a question.
func around(ctx context.Context, x baogao.Searcher, passage, q string) ([]paragraph, error) {
	id, number, _, ok := baogao.ParsePassageID(passage)
	if !ok {
		return nil, fmt.Errorf("passage %s: %w", passage, baogao.ErrNotFound)
	}
	report, err := x.Report(ctx, id)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(report.Paragraphs, func(para baogao.Paragraph) bool { return para.Number == number })
	if at < 0 {
		return nil, fmt.Errorf("passage %s: %w", passage, baogao.ErrNotFound)
	}
	marks, _, err := marksIn(ctx, x, id, q, false)
	if err != nil {
		return nil, err
	}
	m := &marking.Marker{}
	var all []paragraph
	for _, para := range report.Paragraphs[max(0, at-aroundSize):min(len(report.Paragraphs), at+aroundSize+1)] {
		var own []baogao.Passage
		for _, piece := range report.Passages {
			if piece.Paragraph == para.Number {
				own = append(own, piece)
			}
		}
		shown := paragraphOf(m, id, para, own, marks, false)
		shown.Here = para.Number == number
		all = append(all, shown)
	}
	return all, nil
}

// fragment is what stands around a passage, for the script of the
// search page.
func fragment(r *http.Request, x baogao.Searcher, _ time.Time) (*layout, error) {
	v := r.URL.Query()
	if err := address.CheckText(v); err != nil {
		return nil, err
	}
	all, err := around(r.Context(), x, v.Get("id"), v.Get("q"))
	if err != nil {
		return nil, err
	}
	return &layout{name: "fragment", Page: all}, nil
}

// fragmentOf is the address of what stands around a passage alone.
func fragmentOf(s address.State, passage string) string {
	return s.Address("context", url.Values{"id": {passage}, "q": {s.Q}})
}

// mark makes the link that marks the figures, or no more.
func (g *reportPage) mark(s address.State, view string, part int) {
	g.Numbers = &choice{Name: "标出数字", Chosen: s.Numbers}
	if s.Numbers = !s.Numbers; !s.Numbers {
		g.Numbers.Name = "不标数字"
	}
	g.Numbers.Link = address.Report(g.Report.Meta.ID, s, view, part)
}

// backNames are what the views are called that a report leads back to.
var backNames = map[address.View]string{address.Figures: "数字", address.Indicator: "指标"}
