package corpus

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"baogao"
	"baogao/internal/gazetteer"
	"baogao/internal/infer"
	"baogao/internal/outline"
)

// inferMeta fills the metadata of a report: what was given, and for the rest
// what is found in its path, title, fact table and body.
func inferMeta(r *baogao.Report, d document, title string) {
	g := d.given
	r.Meta.Source = cmp.Or(g.source, d.source)
	q := newQuotes(r, d)
	found := infer.Infer(q.document)
	r.Meta.Title = title
	r.Findings = append(r.Findings, q.title(r, g, title))

	r.Meta.Region = g.region
	region := q.finding("region", cmp.Or(g.region.Code, g.region.Name), found.Region)
	if p, ok := gazetteer.ByCode(region.Value); ok && g.region.IsZero() {
		r.Meta.Region = p.Region()
	}
	level := q.finding("level", string(g.level), found.Level)
	if l := gazetteer.LevelOf(g.region.Code); l != "" && g.level == "" {
		level = baogao.Finding{Field: "level", Value: string(l), Origin: baogao.Inferred, Confidence: sureLevel, Evidence: []string{g.region.Code}}
	}
	r.Meta.Level = baogao.Level(level.Value)
	year := q.finding("year", yearValue(g.year), found.Year)
	r.Meta.Year, _ = strconv.Atoi(year.Value)
	kind := q.finding("kind", string(g.kind), found.Kind)
	r.Meta.Kind = baogao.Kind(kind.Value)
	issuer := q.finding("issuer", g.issuer, found.Issuer)
	r.Meta.Issuer = issuer.Value
	number := q.finding("number", g.number, found.Number)
	r.Meta.Number = number.Value
	published := q.finding("published", g.published, found.Published)
	r.Meta.Published = published.Value
	r.Findings = append(r.Findings, region, level, year, kind, issuer, number, published)
}

// sureLevel is the confidence in a level that follows from a region that was
// given: a department may still speak for less.
const sureLevel = 0.95

func yearValue(year int) string {
	if year == 0 {
		return ""
	}
	return strconv.Itoa(year)
}

// quotes holds what is inferred from, and quotes it.
type quotes struct {
	document infer.Document
	facts    []baogao.Fact // of the document itself
}

func newQuotes(r *baogao.Report, d document) *quotes {
	q := &quotes{facts: r.Facts}
	q.document = infer.Document{Path: d.path, Facts: slices.Clone(r.Facts), Page: r.Cleaning.Dropped, Address: d.given.source}
	for _, p := range r.Paragraphs {
		if p.Title {
			q.document.Title = p.Text
			continue
		}
		q.document.Lines = append(q.document.Lines, p.Text)
	}
	for _, f := range []baogao.Fact{{Label: "发布机构", Value: d.given.issuer}, {Label: "文号", Value: d.given.number}, {Label: "发布日期", Value: d.given.published}} {
		if f.Value != "" {
			q.document.Facts = append(q.document.Facts, f)
		}
	}
	return q
}

// finding makes a finding of a value that was given, or else of a guess.
func (q *quotes) finding(field, given string, guess infer.Guess) baogao.Finding {
	if given != "" {
		return baogao.Finding{Field: field, Value: given, Origin: baogao.Given, Confidence: 1}
	}
	f := baogao.Finding{Field: field, Value: guess.Value, Origin: baogao.Inferred, Confidence: guess.Confidence}
	for _, e := range guess.Evidence {
		if quote := q.quote(e); !slices.Contains(f.Evidence, quote) {
			f.Evidence = append(f.Evidence, quote)
		}
	}
	f.Candidates = guess.Candidates
	return f
}

// title is the finding of the title, whose evidence is where it stands.
func (q *quotes) title(r *baogao.Report, g given, title string) baogao.Finding {
	f := baogao.Finding{Field: "title", Value: title, Origin: baogao.Inferred}
	switch {
	case g.title != "":
		f.Origin, f.Confidence = baogao.Given, 1
		f.Value, r.Meta.Title = g.title, g.title
	case title == "":
		return f
	case outline.TitleFact(r.Facts) != "":
		f.Confidence, f.Evidence = 0.95, []string{outline.TitleFact(r.Facts)}
	default:
		f.Confidence, f.Evidence = 0.8, []string{title}
	}
	return f
}

// quote gives evidence with what stands around it: its clause, or the label of
// its fact.
func (q *quotes) quote(e infer.Evidence) string {
	switch e.Line {
	case infer.InTitle:
		return around(q.document.Title, e.Start, e.End)
	case infer.InPath:
		return around(q.document.Path, e.Start, e.End)
	case infer.InPage:
		return e.Text
	case infer.InFacts:
		for _, f := range q.facts {
			if strings.Contains(f.Value, e.Text) {
				return f.Label + " " + e.Text
			}
		}
		return e.Text
	}
	return around(q.document.Lines[e.Line], e.Start, e.End)
}

// contextSize is how much of a line is quoted on either side of the words that
// are evidence, in code points.
const contextSize = 12

// around quotes the characters from start to end with their clause, as far as
// that is near.
func around(text string, start, end int) string {
	line := []rune(text)
	from, to := start, end
	for from > max(0, start-contextSize) && !strings.ContainsRune(clauseEnds, line[from-1]) {
		from--
	}
	for to < min(len(line), end+contextSize) && !strings.ContainsRune(clauseEnds, line[to]) {
		to++
	}
	return strings.TrimSpace(string(line[from:to]))
}

// clauseEnds are the marks between clauses.
const clauseEnds = "，。；：、！？,;:!?"
