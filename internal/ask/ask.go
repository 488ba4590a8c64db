// Package ask makes what people type canonical, once for the command, the API
// and the pages: a question with its filters goes in as strings, and a request
// that an engine understands comes out, with what was read otherwise than it was
// typed.
package ask

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"baogao"
	"baogao/query"
)

// Typed is what a person typed. The zero value asks for everything. Empty
// values of filters are passed over, and lists, 2022、2023, taken apart.
type Typed struct {
	Question                      string
	Regions, Levels, Years, Kinds []string
	Sort                          string
	Sure                          string // least confidence in what is known of a report; "" is none
	OCR                           string // yes or no, or a word for one: whether a report was read by machine; "" asks nothing
	Report                        string // id of the only report that is searched
	Copies                        bool   // all copies of a text are searched
	Exact                         bool   // words are asked for as typed, without their aliases
}

// A Question is what was meant.
type Question struct {
	Typed    Typed          // what was read
	Request  baogao.Request // its filters begin with what was typed beside the question, if anything was
	Warnings []baogao.Warning
	Named    []Named // names that mean several of the regions asked for

	in       *Language
	aliases  *Aliases
	plain    query.Node // of the request, before aliases
	expanded []string   // words that have aliases, as typed
}

// A Named is a name that several regions bear.
type Named struct {
	Name    string          // as typed, without baogao.Itself
	Regions []baogao.Region // the likeliest first
}

// A ValueError is a value that a field does not have. It wraps
// baogao.ErrRequest.
type ValueError struct {
	Field  string // region, level, kind, year, sure, ocr or sort
	Reason string // with the value
}

func (e *ValueError) Error() string { return baogao.ErrRequest.Error() + ": " + e.Reason }
func (e *ValueError) Unwrap() error { return baogao.ErrRequest }

// Read reads what was typed, for the index that is asked: its regions may be in
// no table. Parts of the question that ask for metadata alone, as a whole,
// become filters. The errors are a *ValueError, or those of the index.
func Read(ctx context.Context, s baogao.Searcher, t Typed, in *Language) (*Question, error) {
	return read(ctx, s, t, query.Parse(t.Question), in)
}

// ReadLinks reads what the address of a page says, and returns what its links
// say: what Canonical makes of it, with a filter for each field that the question
// asks for once as a whole, in the place of the filters of its name. Everything
// else is as Read has it.
func ReadLinks(ctx context.Context, s baogao.Searcher, t Typed, in *Language) (*Question, Typed, error) {
	parsed := query.Parse(t.Question)
	filter, err := t.filter()
	if err != nil {
		return nil, t, err
	}
	rest, lifted := liftOnce(parsed.Root)
	for _, f := range lifted {
		replace(&filter.Regions, f.Regions)
		replace(&filter.Levels, f.Levels)
		replace(&filter.Years, f.Years)
		replace(&filter.Kinds, f.Kinds)
		filter.Sure = cmp.Or(f.Sure, filter.Sure)
		filter.OCR = cmp.Or(f.OCR, filter.OCR)
	}
	if len(lifted) > 0 {
		parsed.Root = query.Join(rest)
		left := query.Query{Root: parsed.Root, Within: parsed.Within}
		if len(rest) == 1 {
			left.Root = query.And(rest) // an OR keeps its parentheses
		}
		t.Question = left.String()
	}
	t = t.with(filter)
	q, err := read(ctx, s, t, parsed, in)
	return q, t, err
}

// replace puts values in the place of others, where there are some.
func replace[T any](values *[]T, by []T) {
	if len(by) > 0 {
		*values = by
	}
}

func read(ctx context.Context, s baogao.Searcher, t Typed, parsed *query.Query, in *Language) (*Question, error) {
	typed, err := t.filter()
	if err != nil {
		return nil, err
	}
	rest, lifted := lift(parsed.Root)
	if len(typed.Regions)+len(typed.Levels)+len(typed.Years)+len(typed.Kinds) > 0 || typed.Sure > 0 || typed.OCR != "" {
		lifted = append([]baogao.Filter{typed}, lifted...)
	}
	r := regions{ctx: ctx, s: s, copies: t.Copies || t.Report != ""}
	for i := range lifted {
		lifted[i].Regions = r.all(lifted[i].Regions)
	}
	root := query.Map(query.Join(rest), r.named)
	if r.err != nil {
		return nil, r.err
	}
	aliases := aliasesIn(ctx)
	if t.Exact {
		aliases = nil
	}
	plain := root
	root, expanded := aliases.expand(root)
	if n := leaves(root); n > query.MaxLeaves && len(expanded) > 0 {
		return nil, &ValueError{"q", fmt.Sprintf("the question has %d words with their aliases; %d are taken", n, query.MaxLeaves)}
	}
	q := &Question{
		aliases: aliases, plain: plain, expanded: expanded,
		Typed: t,
		Request: baogao.Request{
			Query: &query.Query{Text: parsed.Text, Root: root, Within: parsed.Within}, Filters: lifted,
			Sort: baogao.Sort(t.Sort), Report: t.Report, Copies: t.Copies,
		},
		Warnings: []baogao.Warning{}, Named: r.ambiguous, in: in,
	}
	for _, w := range append(parsed.Warnings, r.warnings...) {
		q.Warnings = append(q.Warnings, baogao.Warning{Warning: w, Text: in.Say(w)})
	}
	return q, nil
}

// Search asks the question.
func (q *Question) Search(ctx context.Context, s baogao.Searcher) (*baogao.Result, error) {
	res, err := s.Search(ctx, q.Request)
	if err == nil {
		res.Warnings = q.Warnings
	}
	return res, err
}

// Canonical spells what was typed beside the question as links carry it: levels
// and kinds in English, years in digits, and the code for a name that means one
// region. The error is a *ValueError.
func (t Typed) Canonical() (Typed, error) {
	f, err := t.filter()
	return t.with(f), err
}

// with is what was typed with the values of a filter.
func (t Typed) with(f baogao.Filter) Typed {
	t.Regions, t.Levels = texts(f.Regions, codeOf), texts(f.Levels, text[baogao.Level])
	t.Years, t.Kinds = texts(f.Years, query.Years.String), texts(f.Kinds, text[baogao.Kind])
	t.Sure, t.OCR = "", f.OCR
	if f.Sure > 0 {
		t.Sure = strconv.FormatFloat(f.Sure, 'f', -1, 64)
	}
	return t
}

// Following is what is typed to follow a suggestion: its question, and for each
// field of its filter those values. Everything else stays.
func (t Typed) Following(question string, by baogao.FilterValues) Typed {
	t.Question = question
	replace(&t.Regions, by.Region)
	replace(&t.Levels, by.Level)
	replace(&t.Years, by.Year)
	replace(&t.Kinds, by.Kind)
	return t
}

// Said lists what was typed, in pairs of a name and a value: the question, and each
// filter as it is called.
func (t Typed) Said() [][2]string {
	all := [][2]string{{"question", t.Question}}
	for _, f := range []struct {
		name   string
		values []string
	}{{"region", t.Regions}, {"level", t.Levels}, {"year", t.Years}, {"kind", t.Kinds}, {"sure", said([]string{t.Sure})}, {"ocr", said([]string{t.OCR})}, {"report", said([]string{t.Report})}} {
		if len(f.values) > 0 {
			all = append(all, [2]string{f.name, strings.Join(f.values, ", ")})
		}
	}
	if t.Copies {
		all = append(all, [2]string{"copies", "all"})
	}
	if t.Exact {
		all = append(all, [2]string{"exact", "true"})
	}
	return all
}

// texts are the texts of values, each once.
func texts[T any](values []T, text func(T) string) []string {
	var all []string
	for _, v := range values {
		all = append(all, text(v))
	}
	return said(all)
}

func text[T ~string](v T) string { return string(v) }

// filter reads the filters, but for the names of regions, and looks at the order.
func (t Typed) filter() (f baogao.Filter, err error) {
	if f.Regions, err = listed("region", t.Regions, regionList); err != nil {
		return f, err
	}
	if f.Levels, err = values[baogao.Level]("level", t.Levels, query.ParseLevel, OneOf(baogao.Levels)); err != nil {
		return f, err
	}
	if f.Kinds, err = values[baogao.Kind]("kind", t.Kinds, query.ParseKind, OneOf(baogao.Kinds)); err != nil {
		return f, err
	}
	years, err := listed("year", t.Years, query.List)
	if err != nil {
		return f, err
	}
	for _, y := range years {
		span, err := query.ParseYears(y)
		if err != nil {
			return f, &ValueError{"year", fmt.Sprintf("year %s: %v", y, err)}
		}
		f.Years = append(f.Years, span)
	}
	if t.Sure != "" {
		sure, ok := query.ParseSure(t.Sure)
		if !ok {
			return f, &ValueError{"sure", fmt.Sprintf("sure %s is not a confidence from 0 to 1; write it as 0.8", t.Sure)}
		}
		f.Sure = sure
	}
	if t.OCR != "" {
		read, ok := query.ParseOCR(t.OCR)
		if !ok {
			return f, &ValueError{"ocr", fmt.Sprintf("ocr %s is neither yes nor no", t.OCR)}
		}
		f.OCR = read
	}
	if t.Sort != "" && !slices.Contains(baogao.Sorts, baogao.Sort(t.Sort)) {
		return f, &ValueError{"sort", fmt.Sprintf("no order is called %q; use one of relevance, year, -year, region", t.Sort)}
	}
	return f, nil
}

// values reads the values of a field, of which those that are known are spelled out.
func values[T ~string](field string, typed []string, parse func(string) (string, bool), known string) ([]T, error) {
	wanted, err := listed(field, typed, query.List)
	if err != nil {
		return nil, err
	}
	var all []T
	for _, v := range wanted {
		value, ok := parse(v)
		if !ok {
			return nil, &ValueError{field, fmt.Sprintf("no %s is called %q; use one of %s", field, v, known)}
		}
		all = append(all, T(value))
	}
	return all, nil
}

// OneOf spells out the values of a field, and that it may not be known.
func OneOf[T ~string](known []T) string {
	return Choices(append(known[:len(known):len(known)], baogao.Unknown))
}

// Choices spells out names of which one is to be chosen.
func Choices[T ~string](all []T) string {
	texts := make([]string, len(all))
	for i, v := range all {
		texts[i] = string(v)
	}
	return strings.Join(texts, ", ")
}

// listed takes the lists among what was typed for a field apart, and returns the
// values that say something, each once.
func listed(field string, typed []string, list func(string) []string) ([]string, error) {
	var all []string
	for _, v := range typed {
		all = append(all, list(v)...)
	}
	if n := len(all); n > query.MaxLeaves {
		return nil, &ValueError{field, fmt.Sprintf("%s has %d values; give %d at most", field, n, query.MaxLeaves)}
	}
	return said(all), nil
}

// Again is the first of some questions that was asked before it.
func Again(questions []string) (question string, again bool) {
	told := map[string]bool{}
	for _, q := range questions {
		if q = strings.TrimSpace(q); told[q] {
			return q, true
		}
		told[q] = true
	}
	return "", false
}

// said returns the values that say something, each once.
func said(values []string) []string {
	var kept []string
	for _, v := range values {
		if v != "" && !slices.Contains(kept, v) {
			kept = append(kept, v)
		}
	}
	return kept
}

// lift takes the parts of a question, which may be nil, that ask for a region, a
// level, years, a kind, what is sure or what was read by machine as a whole, so that region:四川 in the question and a
// filter on 四川 answer alike. It returns the parts that are left and a filter
// for each of the others, regions as they were typed.
func lift(root query.Node) (rest []query.Node, lifted []baogao.Filter) {
	return liftIf(root, func(string) bool { return true })
}

// liftOnce lifts the fields that are asked for once. Of several it is not plain
// which one a filter would be.
func liftOnce(root query.Node) (rest []query.Node, lifted []baogao.Filter) {
	asked := map[string]int{}
	for _, part := range query.Conjuncts(root) {
		field, _ := filterOf(part)
		asked[field]++
	}
	return liftIf(root, func(field string) bool { return asked[field] == 1 })
}

func liftIf(root query.Node, wanted func(field string) bool) (rest []query.Node, lifted []baogao.Filter) {
	for _, part := range query.Conjuncts(root) {
		if field, f := filterOf(part); field != "" && wanted(field) {
			lifted = append(lifted, f)
		} else {
			rest = append(rest, part)
		}
	}
	return rest, lifted
}

// sure is the field that asks how sure a report is, and ocr the one that asks whether it
// was read by machine. Of several values that may hold no filter is made.
const (
	sure = "sure"
	ocr  = "ocr"
)

// filterOf is the field that a part of a question asks for as filters do, and
// that filter; "" for other parts.
func filterOf(part query.Node) (field string, f baogao.Filter) {
	switch n := part.(type) {
	case query.Or:
		return filterOfAll(n)
	case query.Years:
		return "year", baogao.Filter{Years: []query.Years{n}}
	case query.Field:
		switch n.Name {
		case "region":
			return n.Name, baogao.Filter{Regions: []string{n.Value}}
		case "level":
			return n.Name, baogao.Filter{Levels: []baogao.Level{baogao.Level(n.Value)}}
		case "kind":
			return n.Name, baogao.Filter{Kinds: []baogao.Kind{baogao.Kind(n.Value)}}
		case sure:
			confidence, _ := query.ParseSure(n.Value)
			return n.Name, baogao.Filter{Sure: confidence}
		case ocr:
			return n.Name, baogao.Filter{OCR: n.Value}
		}
	}
	return "", f
}

// filterOfAll is filterOf where one of several parts must hold: those that ask
// for one field are one filter with several values, as year:2022,2023 is.
func filterOfAll(parts query.Or) (field string, all baogao.Filter) {
	for i, part := range parts {
		name, f := filterOf(part)
		if name == "" || name == sure || name == ocr || i > 0 && name != field {
			return "", baogao.Filter{}
		}
		field = name
		all.Regions, all.Levels = add(all.Regions, f.Regions), add(all.Levels, f.Levels)
		all.Years, all.Kinds = add(all.Years, f.Years), add(all.Kinds, f.Kinds)
	}
	return field, all
}

// add adds the values that are not among others yet.
func add[T comparable](values, more []T) []T {
	for _, v := range more {
		if !slices.Contains(values, v) {
			values = append(values, v)
		}
	}
	return values
}

// InYears reports whether one of some years or spans of years, as Canonical
// spells them, is a year, or holds it.
func InYears(spans []string, year string) bool {
	n, err := strconv.Atoi(year)
	return slices.ContainsFunc(spans, func(span string) bool {
		years, e := query.ParseYears(span)
		return span == year || err == nil && e == nil && !years.Unknown && years.From <= n && (years.To == 0 || n <= years.To)
	})
}

// Bool reads what is on or off: true, 1, yes, on, false, 0, no, off in any case,
// and off where nothing is said.
func Bool(text string) (on, ok bool) {
	switch strings.ToLower(text) {
	case "", "no", "off":
		return false, true
	case "yes", "on":
		return true, true
	}
	on, err := strconv.ParseBool(text)
	return on, err == nil
}

// Number reads a whole number between bounds, and is unset where nothing is said.
func Number(text string, unset, lowest, highest int) (n int, ok bool) {
	n, err := strconv.Atoi(cmp.Or(text, strconv.Itoa(unset)))
	return n, err == nil && (text == "" || n >= lowest && n <= highest)
}
