package document

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"baogao"
	"baogao/internal/opensearch/nodes"
)

// PassagesOf reads the passages of a report, by its number, in their order.
func PassagesOf(ctx context.Context, c *nodes.Client, index string, number int) (passages []Passage, err error) {
	query := nodes.Every(nodes.Object{"term": nodes.Object{"doc": PassageKind}}, nodes.Object{"term": nodes.Object{"report": number}})
	err = c.EachRow(ctx, index, nodes.Search{Query: query, Size: nodes.Most, Sort: []nodes.Object{{"n": "asc"}}}, func(r *nodes.Row) error {
		var p Passage
		if err := json.Unmarshal(r.Source, &p); err != nil {
			return err
		}
		passages = append(passages, p)
		return nil
	})
	return passages, err
}

// ReportBy reads the one report that a query finds, ErrNotFound where there is none.
func ReportBy(ctx context.Context, c *nodes.Client, index string, query nodes.Object) (*Report, error) {
	f, err := c.Ask(ctx, index, nodes.Search{Query: nodes.Every(nodes.Object{"term": nodes.Object{"doc": ReportKind}}, query), Size: 1})
	if err != nil {
		return nil, err
	}
	if len(f.Hits.Hits) == 0 {
		return nil, baogao.ErrNotFound
	}
	var d Report
	return &d, json.Unmarshal(f.Hits.Hits[0].Source, &d)
}

// Whole makes a report of its document and those of its passages.
func (d *Report) Whole(passages []Passage) *baogao.Report {
	t := &d.Details
	r := &baogao.Report{
		Meta: t.Meta, CopyOf: t.CopyOf, Copies: CopiesIn(t), Findings: t.Findings, Facts: t.Facts, Cleaning: t.Cleaning,
		Paragraphs: []baogao.Paragraph{},
	}
	for i := range passages {
		b := &passages[i].Body
		p := b.passage(passages[i].Plan)
		if i < len(t.Measured) {
			p.Measured = t.Measured[i]
		}
		r.Passages = append(r.Passages, p)
		if p.Piece > 1 {
			r.Paragraphs[len(r.Paragraphs)-1].Text += p.Text
			continue
		}
		r.Paragraphs = append(r.Paragraphs, baogao.Paragraph{
			Number: p.Paragraph, Text: p.Text, Published: p.Published, Section: p.Section,
			Heading: p.Heading, Title: p.Title, Damaged: p.Damaged,
		})
	}
	slices.SortStableFunc(r.Paragraphs, func(a, b baogao.Paragraph) int { return cmp.Compare(a.Number, b.Number) })
	return r
}

// CopiesIn are the copies of a report, never nil.
func CopiesIn(d *Details) []baogao.Copy {
	if d.Copies == nil {
		return []baogao.Copy{}
	}
	return d.Copies
}

func (b *Body) passage(plan bool) baogao.Passage {
	return baogao.Passage{
		Paragraph: b.Paragraph, Piece: b.Piece, Text: b.Text, Published: b.Published, Section: b.Section,
		Heading: b.Heading, Title: b.Title, Damaged: b.Damaged, Figures: b.Figures, Plan: plan,
	}
}

// ReportCalled reads the report of an id, ErrNotFound where there is none.
func ReportCalled(ctx context.Context, c *nodes.Client, index, id string) (*Report, error) {
	d, err := ReportBy(ctx, c, index, nodes.Term("id", id))
	if errors.Is(err, baogao.ErrNotFound) {
		err = fmt.Errorf("report %s: %w", id, err)
	}
	return d, err
}
