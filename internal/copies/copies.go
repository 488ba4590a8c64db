// Package copies tells which reports of a collection are copies of one another:
// the page of a mirror, a text in the other script, a glossed one. Reports go
// in one after another; out comes, for each copy, the report to be shown for
// it. It compares folded text and what is known of the reports.
package copies

import (
	"context"
	"iter"
	"net/url"
	"slices"
	"strings"
	"time"

	"baogao"
	"baogao/internal/analyzer"
)

// Traits are what a report is compared by beside its metadata.
type Traits struct {
	Sketch      Sketch
	Damage      int      // places that were, or could not be, mended, or were read by machine
	Traditional int      // characters Simplified text does not have
	Units       int      // length of the text: characters, numbers and words
	Given       []string // fields of the metadata that were given and not read off the report
}

// misread is how many places of a page that was read by machine are taken for damaged.
const misread = 10

// Read reads the traits of a report.
func Read(r *baogao.Report) Traits {
	var read reader // for a sketch alone: its runs need not be in order
	for _, p := range r.Passages {
		read.add(p.Text)
	}
	damage := r.Cleaning.Glosses + r.Cleaning.Repairs + r.Cleaning.Damaged
	if r.Cleaning.OCR != nil {
		damage += misread * len(r.Cleaning.OCR.Pages)
	}
	t := Traits{
		Sketch: read.sketchRead(), Damage: damage,
		Traditional: read.traditional, Units: read.units,
	}
	for _, f := range r.Findings {
		if f.Origin == baogao.Given {
			t.Given = append(t.Given, f.Field)
		}
	}
	return t
}

// A Collection gathers the reports of an index.
type Collection struct{ entries []entry }

// Add adds a report. Its id must be new.
func (c *Collection) Add(m baogao.Meta, t Traits) {
	published, _ := time.Parse(time.DateOnly, m.Published) // zero where it is not known
	e := entry{
		Traits: t, ID: m.ID, Title: analyzer.Fold(m.Title), Published: published,
		Year: m.Year, Number: analyzer.Fold(m.Number), Region: m.Region.Codes(), Official: isOfficial(m.Source),
	}
	if slices.Contains(t.Given, "year") {
		e.GivenYear = m.Year
	}
	if slices.Contains(t.Given, "issuer") {
		e.GivenIssuer = analyzer.Fold(m.Issuer)
	}
	c.entries = append(c.entries, e)
}

// Find returns the pairs of a copy and the report that is shown for it, each by
// its place in the order in which they were added, and the ids of the latter by
// those of the former. The outcome does not depend on that order. The passages
// of a report are asked for only where its sketch is like another's.
func (c *Collection) Find(ctx context.Context, passages func(report int) iter.Seq[string]) (pairs [][2]int, ids map[string]string, err error) {
	shownFor, err := shown(ctx, c.entries, func(i int) *text { return &readText(passages(i)).text })
	if err != nil {
		return nil, nil, err
	}
	pairs, ids = [][2]int{}, map[string]string{}
	for i, of := range shownFor {
		if of >= 0 {
			pairs = append(pairs, [2]int{i, of})
			ids[c.entries[i].ID] = c.entries[of].ID
		}
	}
	return pairs, ids, nil
}

// isOfficial reports whether a source is an address of a government's site.
func isOfficial(source string) bool {
	u, err := url.Parse(source)
	return err == nil && (u.Hostname() == "gov.cn" || strings.HasSuffix(u.Hostname(), ".gov.cn"))
}
