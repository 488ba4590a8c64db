package corpus

import (
	"slices"
	"strconv"
	"strings"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/gazetteer"
	"baogao/internal/outline"
)

// infer fills the metadata of a report: what was given, and for the rest what
// the gazetteer finds in its path, title, fact table and body.
func infer(r *baogao.Report, d document, title string) {
	g := d.given
	r.Meta.Source = g.source
	if g.source == "" {
		r.Meta.Source = d.source
	}
	q := newQuotes(r, d)
	found := gazetteer.Infer(q.document)
	r.Meta.Title = title
	r.Findings = append(r.Findings, q.title(r, g, title))

	r.Meta.Region, r.Meta.Level = g.region, g.level
	region := q.finding("region", regionValue(g.region), found.Region)
	if division, ok := gazetteer.ByCode(region.Value); ok && g.region.IsZero() {
		r.Meta.Region = toRegion(division)
	}
	level := q.finding("level", string(g.level), found.Level)
	if l := levelOfCode(g.region.Code); l != "" && g.level == "" {
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

func regionValue(r baogao.Region) string {
	if r.Code == "" {
		return r.Name
	}
	return r.Code
}

func yearValue(year int) string {
	if year == 0 {
		return ""
	}
	return strconv.Itoa(year)
}

// levelOfCode is the level of the division with a code of GB/T 2260.
func levelOfCode(code string) baogao.Level {
	switch {
	case code == baogao.CountryCode:
		return baogao.Country
	case len(code) > 6:
		return baogao.Street
	case len(code) < 6:
		return ""
	case strings.HasSuffix(code, "0000"):
		return baogao.Province
	case strings.HasSuffix(code, "00"):
		return baogao.City
	}
	return baogao.District
}

// quotes holds what the gazetteer is asked with, folded, and gives back what
// it points at, as published.
type quotes struct {
	document  gazetteer.Document
	titleText string
	lines     []string // as published, by the index of the gazetteer's lines
	facts     []baogao.Fact
	path      string
}

func newQuotes(r *baogao.Report, d document) *quotes {
	q := &quotes{facts: r.Facts, path: d.path}
	q.document = gazetteer.Document{Path: d.path, Address: d.given.source}
	for _, p := range r.Paragraphs {
		if p.Title {
			q.titleText, q.document.Title = p.Text, analyzer.Fold(p.Text)
			continue
		}
		q.lines = append(q.lines, p.Text)
		q.document.Lines = append(q.document.Lines, analyzer.Fold(p.Text))
	}
	for _, f := range r.Facts {
		q.document.Facts = append(q.document.Facts, gazetteer.Fact{Label: analyzer.Fold(f.Label), Value: analyzer.Fold(f.Value)})
	}
	for _, f := range []gazetteer.Fact{{Label: "发布机构", Value: d.given.issuer}, {Label: "文号", Value: d.given.number}, {Label: "发布日期", Value: d.given.published}} {
		if f.Value != "" {
			q.document.Facts = append(q.document.Facts, gazetteer.Fact{Label: f.Label, Value: analyzer.Fold(f.Value)})
		}
	}
	return q
}

// finding makes a finding of a value that was given, or else of a guess.
func (q *quotes) finding(field, given string, guess gazetteer.Guess) baogao.Finding {
	if given != "" {
		return baogao.Finding{Field: field, Value: given, Origin: baogao.Given, Confidence: 1}
	}
	f := baogao.Finding{Field: field, Value: guess.Value, Origin: baogao.Inferred, Confidence: guess.Confidence}
	for _, e := range guess.Evidence {
		if quote := q.quote(e); !slices.Contains(f.Evidence, quote) {
			f.Evidence = append(f.Evidence, quote)
		}
	}
	for _, c := range guess.Candidates {
		f.Candidates = append(f.Candidates, baogao.Candidate{Value: c.Value, Label: c.Label, Score: c.Score})
	}
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

// quote gives the evidence in the characters of the report.
func (q *quotes) quote(e gazetteer.Evidence) string {
	from := ""
	switch {
	case e.Line >= 0 && e.Line < len(q.lines):
		from = q.lines[e.Line]
	case e.Line == -1:
		from = q.titleText
	case e.Line == -2:
		for _, f := range q.facts {
			if s, ok := unfold(f.Value, e.Text); ok {
				return f.Label + " " + s
			}
		}
		return e.Text
	case e.Line == -3:
		from = q.path
	}
	s := []rune(from)
	if e.Start < 0 || e.End > len(s) || e.Start >= e.End {
		return e.Text
	}
	return around(s, e.Start, e.End)
}

// contextSize is how much of a line is quoted on either side of the words that
// are evidence, in code points.
const contextSize = 12

// around quotes line[start:end] with its clause, as far as that is near.
func around(line []rune, start, end int) string {
	from, to := start, end
	for from > max(0, start-contextSize) && !strings.ContainsRune("，。；：、！？,;:!?", line[from-1]) {
		from--
	}
	for to < min(len(line), end+contextSize) && !strings.ContainsRune("，。；：、！？,;:!?", line[to]) {
		to++
	}
	return strings.TrimSpace(string(line[from:to]))
}

// unfold finds folded text in s and gives it in the characters of s.
func unfold(s, folded string) (string, bool) {
	whole := analyzer.Fold(s)
	at := strings.Index(whole, folded)
	if at < 0 || folded == "" {
		return "", false
	}
	runes := []rune(s)
	from := len([]rune(whole[:at]))
	return string(runes[from : from+len([]rune(folded))]), true
}
