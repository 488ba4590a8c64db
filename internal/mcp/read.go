package mcp

import (
	"context"
	"slices"
	"unicode/utf8"

	"baogao"
	"baogao/internal/cite"
)

const passageDescription = `Read a passage whole, with the paragraphs around it, and its citation.`

// maxAround is the most paragraphs that are shown on each side of a passage.
const maxAround = 10

type passageArgs struct {
	ID     string `json:"id" jsonschema:"of the passage, as search gives it"`
	Around int    `json:"around,omitempty" jsonschema:"paragraphs to show before and behind, 0 to 10"`
}

type passageAnswer struct {
	ID        string      `json:"id"`
	Paragraph int         `json:"paragraph"`
	Plan      bool        `json:"plan,omitempty" jsonschema:"stands in what is planned, not in what was done"`
	Quoted    quotation   `json:"quoted"`
	Published string      `json:"published,omitempty" jsonschema:"the source's own characters of the whole paragraph, where reading changed them"`
	Source    source      `json:"source"`
	Page      string      `json:"page,omitempty"`
	Before    []paragraph `json:"before,omitempty"`
	Behind    []paragraph `json:"behind,omitempty"`
}

// A paragraph is one of a report.
type paragraph struct {
	Number  int       `json:"number"`
	Heading int       `json:"heading,omitempty" jsonschema:"depth of a heading, 1 the highest; none is running text"`
	Damaged bool      `json:"damaged,omitempty" jsonschema:"holds characters that were lost"`
	Quoted  quotation `json:"quoted"`
}

func (t *tools) passage(ctx context.Context, in passageArgs) (*passageAnswer, error) {
	if in.Around < 0 || in.Around > maxAround {
		return nil, bad("around", "is no number from 0 to %d", maxAround)
	}
	s, release, err := t.searcher.Hold(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	h, err := s.Passage(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	answer := &passageAnswer{
		ID: h.ID, Paragraph: h.Paragraph, Plan: h.Plan, Quoted: quotation{h.Text, h.Section}, Published: h.Published,
		Source: t.sourceOf(h.Report, h.Sure, len(h.Copies)), Page: t.page(h.Report.ID, h.Paragraph),
	}
	if in.Around > 0 {
		r, err := s.Report(ctx, h.Report.ID)
		if err != nil {
			return nil, err
		}
		at := slices.IndexFunc(r.Paragraphs, func(p baogao.Paragraph) bool { return p.Number == h.Paragraph })
		answer.Before = paragraphs(r.Paragraphs[max(0, at-in.Around):max(0, at)])
		answer.Behind = paragraphs(r.Paragraphs[at+1 : min(len(r.Paragraphs), at+1+in.Around)])
	}
	return answer, nil
}

func paragraphs(of []baogao.Paragraph) []paragraph {
	all := make([]paragraph, 0, len(of))
	for _, p := range of {
		all = append(all, paragraph{p.Number, p.Heading, p.Damaged, quotation{Text: p.Text}})
	}
	return all
}

const reportDescription = `Read a report: its headings with outline, or its paragraphs from one number on, as many as an answer holds. Say from again with next to go on.`

// readMost is how many code points of text an answer holds, beyond which no
// further paragraph is begun.
const readMost = 6000

type reportArgs struct {
	ID      string `json:"id" jsonschema:"of the report"`
	Outline bool   `json:"outline,omitempty" jsonschema:"give the headings only"`
	From    int    `json:"from,omitempty" jsonschema:"number of the first paragraph; the first of the report if left out"`
	To      int    `json:"to,omitempty" jsonschema:"number of the last; the last of the report if left out"`
}

type reportAnswer struct {
	Source     source      `json:"source"`
	Quoted     imprint     `json:"quoted"`
	Published  string      `json:"published,omitempty" jsonschema:"YYYY-MM-DD"`
	From       string      `json:"taken_from,omitempty" jsonschema:"address or file the text was taken from"`
	CopyOf     string      `json:"copy_of,omitempty" jsonschema:"report that is searched instead of this one, which has the same text"`
	Copies     []string    `json:"copies,omitempty" jsonschema:"ids of other reports with the same text"`
	Last       int         `json:"last" jsonschema:"number of the last paragraph"`
	Paragraphs []paragraph `json:"paragraphs"`
	Next       int         `json:"next,omitempty" jsonschema:"from of the paragraphs that follow; none after the last"`
	Lost       int         `json:"lost,omitempty" jsonschema:"places where characters were lost"`
}

// An imprint is what a report says of itself.
type imprint struct {
	Title  string `json:"title,omitempty"`
	Issuer string `json:"issuer,omitempty"`
	Number string `json:"number,omitempty" jsonschema:"of the document"`
}

func (t *tools) report(ctx context.Context, in reportArgs) (*reportAnswer, error) {
	if in.From < 0 || in.To < 0 || in.To > 0 && in.To < in.From {
		return nil, bad("from and to", "are no paragraphs in order: give numbers from 0, from before to")
	}
	r, err := t.searcher.Report(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	m := r.Meta
	answer := &reportAnswer{
		Source: t.sourceOf(m, r.Sure(), len(r.Copies)), Quoted: imprint{m.Title, m.Issuer, m.Number}, Published: m.Published,
		From: m.Source, CopyOf: r.CopyOf, Lost: r.Cleaning.Damaged, Paragraphs: []paragraph{},
	}
	for _, c := range r.Copies {
		answer.Copies = append(answer.Copies, c.ID)
	}
	if n := len(r.Paragraphs); n > 0 {
		answer.Last = r.Paragraphs[n-1].Number
	}
	chosen := slices.DeleteFunc(slices.Clone(r.Paragraphs), func(p baogao.Paragraph) bool {
		return p.Number < in.From || in.To > 0 && p.Number > in.To || in.Outline && p.Heading == 0
	})
	held := 0
	for i, p := range chosen {
		if held > 0 && held+utf8.RuneCountInString(p.Text) > readMost {
			answer.Next = p.Number
			chosen = chosen[:i]
			break
		}
		held += utf8.RuneCountInString(p.Text)
	}
	answer.Paragraphs = paragraphs(chosen)
	return answer, nil
}

const citeDescription = `Cite a report or a passage of one: GB/T 7714 if no style is named.`

type citeArgs struct {
	ID       string `json:"id" jsonschema:"of a report or of a passage"`
	Style    string `json:"style,omitempty" jsonschema:"gbt7714, bibtex, ris, csl or plain, which quotes the passage too"`
	Question string `json:"question,omitempty" jsonschema:"words whose sentences plain quotes of a passage; the whole passage if left out"`
}

type citeAnswer struct {
	Style    string `json:"style"`
	Citation string `json:"citation"`
}

func (t *tools) cite(ctx context.Context, in citeArgs) (*citeAnswer, error) {
	style := cite.Style(in.Style)
	if style == "" {
		style = cite.GBT7714
	}
	if !style.Known() {
		return nil, bad("style", "is none there is; use one of %v", cite.StyleNames())
	}
	s, release, err := t.searcher.Hold(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	work, err := cite.Find(ctx, s, in.ID, in.Question)
	if err != nil {
		return nil, err
	}
	return &citeAnswer{string(style), work.Cite(style, t.now())}, nil
}
