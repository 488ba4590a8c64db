package ask

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"baogao"
	"baogao/query"
)

// The ids of what an answer without matches means. The last two have how many
// reports are held.
const (
	NothingHeld  = "nothing-held" // each field that is filtered on and its values, as a filter takes them; q and a part of the question that filters in another way
	NothingFound = "nothing-found"
	NothingFits  = "nothing-fits" // of a question without words
)

// Silence says what it means that nothing matches the question exactly, by what
// is held within its filters: no report, or reports that do not say it. ok is
// false where something matches. Of the answer it needs Total, Relaxed and Held.
func (q *Question) Silence(res *baogao.Result) (said baogao.Warning, ok bool) {
	w := query.Warning{ID: NothingFound, Args: []string{strconv.Itoa(res.Held)}}
	switch {
	case res.Total.Passages > 0 && !res.Relaxed:
		return said, false
	case res.Held == 0:
		w = query.Warning{ID: NothingHeld, Args: q.within()}
	case len(query.Words(q.Request.Query.Root)) == 0:
		w.ID = NothingFits
	}
	return baogao.Warning{Warning: w, Text: q.in.Say(w)}, true
}

// WarningsOn are the warnings of the question, and that nothing is held where an
// answer is empty for this.
func (q *Question) WarningsOn(res *baogao.Result) []baogao.Warning {
	if w, ok := q.Silence(res); ok && w.ID == NothingHeld {
		return append(slices.Clone(q.Warnings), w)
	}
	return q.Warnings
}

// within lists what the question asks of reports, by field and in pairs of the
// field and its values, regions as they were typed.
func (q *Question) within() []string {
	var filters []baogao.Filter
	if f, err := q.Typed.filter(); err == nil {
		filters = append(filters, f)
	}
	rest, lifted := lift(query.Parse(q.Typed.Question).Root)
	filters = append(filters, lifted...)
	var pairs []string
	add := func(field string, values []string) {
		pair := []string{field, strings.Join(values, ",")}
		if len(values) > 0 && !slices.ContainsFunc(slices.Collect(slices.Chunk(pairs, 2)), func(p []string) bool { return slices.Equal(p, pair) }) {
			pairs = append(pairs, pair...)
		}
	}
	for _, f := range filters {
		add("region", texts(f.Regions, codeOf))
	}
	for _, f := range filters {
		add("level", texts(f.Levels, text[baogao.Level]))
	}
	for _, f := range filters {
		add("year", texts(f.Years, query.Years.String))
	}
	for _, f := range filters {
		add("kind", texts(f.Kinds, text[baogao.Kind]))
	}
	for _, f := range filters {
		if f.Sure > 0 {
			add("sure", []string{strconv.FormatFloat(f.Sure, 'f', -1, 64)})
		}
	}
	for _, f := range filters {
		add("ocr", said([]string{f.OCR}))
	}
	for _, part := range rest {
		if query.AsksMetadata(part) {
			add("q", []string{(&query.Query{Root: part}).String()})
		}
	}
	if q.Typed.Report != "" {
		add("report", []string{q.Typed.Report})
	}
	return pairs
}

// filtered spells out what within lists. Values of one filter are alternatives,
// and several filters on one field must all hold.
func (l *Language) filtered(pairs []string) string {
	var parts []string
	before := ""
	for i := 0; i+1 < len(pairs); i += 2 {
		field, names := pairs[i], pairs[i+1:i+2]
		if field != "q" && field != "report" {
			names = texts(query.List(pairs[i+1]), func(value string) string { return l.Name(field, value) })
		}
		said := fmt.Sprintf(l.of[field], strings.Join(names, l.or))
		if field == before {
			parts[len(parts)-1] += l.and + said
		} else {
			parts = append(parts, said)
		}
		before = field
	}
	if len(parts) == 0 {
		return ""
	}
	return fmt.Sprintf(l.within, strings.Join(parts, l.comma))
}

// Name is what a value of a filter, as Canonical spells it, is called.
func (l *Language) Name(field, value string) string {
	if name, ok := l.names[field+" "+value]; ok {
		return name
	}
	switch field {
	case "region":
		return l.region(value)
	case "year":
		return l.years(value)
	}
	return value
}

// region names a region by its code.
func (l *Language) region(value string) string {
	code, itself := strings.CutPrefix(value, baogao.Itself)
	name := code
	if found := Regions(code); len(found) > 0 && strings.Trim(code, "0123456789") == "" {
		name = found[0].Name
	}
	if itself {
		return fmt.Sprintf(l.itself, name)
	}
	return name
}
