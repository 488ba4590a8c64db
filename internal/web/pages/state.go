package pages

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"baogao"
	"baogao/query"
)

// A state is what the address of a page says: all that is needed to show it
// again.
type state struct {
	Q       string
	Filters map[string][]string // values by field: region, level, year, kind
	Sort    baogao.Sort
	Page    int // from 1
	Limit   int
	Exact   bool
	Copies  bool
	Open    []string // regions that are unfolded in the tree
	Context string   // id of the passage that is shown with what stands around it
}

// fields are the fields that a state filters on, in the order they are shown.
var fields = []string{"region", "level", "year", "kind"}

// limits are the numbers of hits of a page that can be chosen, the first of
// them unasked.
var limits = []int{10, 20, 50, 100}

// maxChosen is how many values of filters, and regions unfolded, a page takes:
// each is a link that repeats all the others.
const maxChosen = 50

// maxPage bounds the number of a page, far beyond any result.
const maxPage = 1_000_000

// badParameter is a parameter that cannot be used.
type badParameter struct{ name, reason string }

func (e *badParameter) Error() string { return fmt.Sprintf("parameter %s: %s", e.name, e.reason) }

// readState reads the parameters of a page. Those that are not known are passed
// over.
func readState(v url.Values) (state, error) {
	s := state{Q: v.Get("q"), Filters: map[string][]string{}, Sort: baogao.Sort(v.Get("sort")), Page: 1, Limit: limits[0], Context: v.Get("context")}
	if err := checkText(v); err != nil {
		return s, err
	}
	chosen := len(v["open"])
	for _, f := range fields {
		chosen += len(v[f])
	}
	if chosen > maxChosen {
		return s, &badParameter{"region、level、year、kind、open", fmt.Sprintf("一共最多可选%d个值", maxChosen)}
	}
	for _, f := range fields {
		for _, value := range v[f] {
			if value != "" && !slices.Contains(s.Filters[f], value) {
				s.Filters[f] = append(s.Filters[f], value)
			}
		}
	}
	s.Open = v["open"]
	s.Exact, s.Copies = v.Get("exact") == "true", v.Get("all_copies") == "true"
	if s.Sort != "" && !slices.Contains(baogao.Sorts, s.Sort) {
		return s, &badParameter{"sort", "没有这种排序"}
	}
	for _, n := range []struct {
		name string
		to   *int
		max  int
	}{{"page", &s.Page, maxPage}, {"limit", &s.Limit, limits[len(limits)-1]}} {
		if text := v.Get(n.name); text != "" {
			i, err := strconv.Atoi(text)
			if err != nil || i < 1 || i > n.max {
				return s, &badParameter{n.name, fmt.Sprintf("应是 1 到 %d 的整数", n.max)}
			}
			*n.to = i
		}
	}
	return s, s.check()
}

// checkText finds parameters that are not UTF-8.
func checkText(v url.Values) error {
	for name, values := range v {
		if !utf8.ValidString(name) || slices.ContainsFunc(values, func(s string) bool { return !utf8.ValidString(s) }) {
			return &badParameter{strings.ToValidUTF8(name, "\uFFFD"), "不是 UTF-8 编码的文字"}
		}
	}
	return nil
}

// check finds values of filters that do not exist. Regions are looked up by the
// index.
func (s state) check() error {
	for _, f := range []struct {
		name  string
		parse func(string) (string, bool)
	}{{"level", query.ParseLevel}, {"kind", query.ParseKind}} {
		for i, value := range s.Filters[f.name] {
			known, ok := f.parse(value)
			if !ok {
				return &badParameter{f.name, "没有这个值"}
			}
			s.Filters[f.name][i] = known
		}
	}
	for _, y := range s.Filters["year"] {
		if _, err := query.ParseYears(y); err != nil {
			return &badParameter{"year", "应是年份，如 2022、2020..2024"}
		}
	}
	return nil
}

// values are the parameters of a state, without those that say nothing.
func (s state) values() url.Values {
	v := url.Values{}
	set := func(name, value string, say bool) {
		if say {
			v.Set(name, value)
		}
	}
	set("q", s.Q, s.Q != "")
	for f, values := range s.Filters {
		if len(values) > 0 {
			v[f] = values
		}
	}
	set("sort", string(s.Sort), s.Sort != "" && s.Sort != baogao.ByRelevance)
	set("page", strconv.Itoa(s.Page), s.Page > 1)
	set("limit", strconv.Itoa(s.Limit), s.Limit != 0 && s.Limit != limits[0])
	set("exact", "true", s.Exact)
	set("all_copies", "true", s.Copies)
	set("context", s.Context, s.Context != "")
	if len(s.Open) > 0 {
		v["open"] = s.Open
	}
	return v
}

// URL is the address of the search page in this state.
func (s state) URL() string {
	v := s.values()
	if len(v) == 0 {
		return "/search"
	}
	return "/search?" + v.Encode()
}

// Export is the address of the whole result as a file.
func (s state) Export(format string) string {
	v := s.values()
	for _, name := range []string{"page", "limit", "context", "open", "exact"} {
		v.Del(name)
	}
	v.Set("format", format)
	if format == "csv" {
		v.Set("bom", "true")
	}
	return "/export?" + v.Encode()
}

// anew is the state with another page, passage and region unfolded left out, so
// that something else of it can be changed.
func (s state) anew() state {
	filters := map[string][]string{}
	for f, values := range s.Filters {
		filters[f] = slices.Clone(values)
	}
	s.Filters, s.Open, s.Page, s.Context = filters, slices.Clone(s.Open), 1, ""
	return s
}

// has reports whether a value is filtered on.
func (s state) has(field, value string) bool { return slices.Contains(s.Filters[field], value) }

// filtered reports whether one of some fields is filtered on.
func (s state) filtered(fields ...string) bool {
	return slices.ContainsFunc(fields, func(f string) bool { return len(s.Filters[f]) > 0 })
}

// liftFields makes filters of the fields that a question asks for as a whole,
// so that they can be removed, and links change them. They take the place of
// filters of their name. A field that is asked for twice stays where it is.
func (s *state) liftFields(q *query.Query) {
	parts := query.And{q.Root}
	if all, ok := q.Root.(query.And); ok {
		parts = all
	}
	asked := map[string]int{}
	for _, part := range parts {
		name, _ := fieldOf(part)
		asked[name]++
	}
	var kept query.And
	for _, part := range parts {
		if name, value := fieldOf(part); name != "" && asked[name] == 1 {
			s.Filters[name] = []string{value}
		} else if part != nil {
			kept = append(kept, part)
		}
	}
	if len(kept) == len(parts) || q.Root == nil {
		return // as it was typed
	}
	rest := &query.Query{Within: q.Within}
	if len(kept) > 0 {
		rest.Root = kept
	}
	s.Q = rest.String()
}

// fieldOf is the field of a part of a question that pages filter on, and its
// value; "" for other parts.
func fieldOf(part query.Node) (name, value string) {
	switch n := part.(type) {
	case query.Years:
		return "year", n.String()
	case query.Field:
		if slices.Contains(fields, n.Name) {
			return n.Name, n.Value
		}
	}
	return "", ""
}

// hasYear reports whether a year is filtered on, alone or in a span.
func (s state) hasYear(value string) bool {
	year, err := strconv.Atoi(value)
	return slices.ContainsFunc(s.Filters["year"], func(v string) bool {
		years, e := query.ParseYears(v)
		return v == value || err == nil && e == nil && !years.Unknown &&
			(years.From == 0 || years.From <= year) && (years.To == 0 || year <= years.To)
	})
}

// toggled filters on a value of a field as well, or no more.
func (s state) toggled(field, value string) state {
	t := s.anew()
	if t.has(field, value) {
		t.Filters[field] = slices.DeleteFunc(t.Filters[field], func(v string) bool { return v == value })
	} else {
		t.Filters[field] = append(t.Filters[field], value)
	}
	return t
}

// only filters on one value of a field alone.
func (s state) only(field, value string) state {
	t := s.anew()
	t.Filters[field] = []string{value}
	return t
}

// without drops the filters on some fields.
func (s state) without(fields ...string) state {
	t := s.anew()
	for _, f := range fields {
		delete(t.Filters, f)
	}
	return t
}

// unfolded shows what lies in a region of the tree, or no more.
func (s state) unfolded(code string) state {
	t := s.anew()
	t.Page, t.Context = s.Page, s.Context
	if slices.Contains(t.Open, code) {
		t.Open = slices.DeleteFunc(t.Open, func(v string) bool { return v == code })
	} else {
		t.Open = append(t.Open, code)
	}
	return t
}

func (s state) atPage(n int) state {
	t := s.anew()
	t.Page = n
	return t
}

func (s state) around(passage string) state {
	t := s.anew()
	t.Page, t.Context = s.Page, passage
	return t
}

// Unfiltered drops all filters.
func (s state) Unfiltered() state { return s.without(fields...) }

// withCopies searches every copy of a text as well, or no more.
func (s state) withCopies() state {
	t := s.anew()
	t.Copies = !s.Copies
	return t
}

// request is the question that the state asks.
func (s state) request() (baogao.Request, error) {
	f, err := baogao.NewFilter(s.Filters["region"], s.Filters["level"], s.Filters["year"], s.Filters["kind"])
	return baogao.Request{
		Query: query.Parse(s.Q), Filter: f, Sort: s.Sort, Offset: (s.Page - 1) * s.Limit, Limit: s.Limit,
		Exact: s.Exact, Copies: s.Copies,
	}, err
}
