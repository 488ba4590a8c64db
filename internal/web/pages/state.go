package pages

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"baogao"
	"baogao/internal/ask"
	"baogao/query"
)

// A state is what the address of a page says: all that is needed to show it
// again.
type state struct {
	Q       string
	Filters map[string][]string // values by field: region, level, year, kind, sure, ocr
	Sort    baogao.Sort
	Page    int // from 1
	Limit   int
	Exact   bool
	Copies  bool
	Reports bool     // the hits are reports
	Report  string   // id of the only report that is searched; "" searches all
	Open    []string // codes of regions that are unfolded in the tree
	Context string   // id of the passage that is shown with what stands around it

	carried string // the question that the path of the page carries
	root    string // what links with that question begin with
}

// fields are the fields that a state filters on, in the order they are shown.
var fields = []string{"region", "level", "year", "kind", "sure", "ocr"}

// limits are the numbers of hits of a page that can be chosen, the first of
// them unasked.
var limits = []int{10, 20, 50, 100}

// maxChosen is how many values of filters, and regions unfolded, a page takes,
// and maxChosenBytes how long all these may be in a query: every link repeats
// them.
const (
	maxChosen      = 50
	maxChosenBytes = 1000
)

// reportsView is the value of view where hits are reports. On the page of a report
// another one, of that page, may stand beside it.
const reportsView = "reports"

// maxPage bounds the number of a page, far beyond any result.
const maxPage = 1_000_000

// badParameter is a parameter that cannot be used.
type badParameter struct{ name, reason string }

func (e *badParameter) Error() string { return fmt.Sprintf("parameter %s: %s", e.name, e.reason) }

// readState reads the parameters of a page. Those that are not known are passed
// over.
func readState(v url.Values) (state, error) {
	s := state{Sort: baogao.Sort(v.Get("sort")), Context: v.Get("context"), Report: v.Get("report"), Reports: slices.Contains(v["view"], reportsView)}
	if err := checkText(v); err != nil {
		return s, err
	}
	if err := checkChosen(v); err != nil {
		return s, err
	}
	s.Open = slices.DeleteFunc(v["open"], func(code string) bool { return !isCode(code) })
	typed, err := ask.Typed{
		Question: v.Get("q"), Regions: v["region"], Levels: v["level"], Years: v["year"], Kinds: v["kind"], Sure: v.Get("sure"), OCR: v.Get("ocr"), Sort: v.Get("sort"),
	}.Canonical()
	s.take(typed)
	errs := []error{err, nil, nil, nil, nil}
	s.Page, errs[1] = number(v, "page", 1, maxPage)
	s.Limit, errs[2] = number(v, "limit", limits[0], limits[len(limits)-1])
	s.Exact, errs[3] = truth(v, "exact")
	s.Copies, errs[4] = truth(v, "all_copies")
	return s, cmp.Or(errs...)
}

// number reads a parameter that is a whole number from 1 on.
func number(v url.Values, name string, unset, highest int) (int, error) {
	n, ok := ask.Number(v.Get(name), unset, 1, highest)
	if !ok {
		return unset, &badParameter{name, fmt.Sprintf("应是 1 到 %d 的整数", highest)}
	}
	return n, nil
}

// truth reads a parameter that is on or off.
func truth(v url.Values, name string) (bool, error) {
	on, ok := ask.Bool(v.Get(name))
	if !ok {
		return false, &badParameter{name, "应是 true 或 false"}
	}
	return on, nil
}

// typed is what the state asks for, as package ask reads it.
func (s state) typed() ask.Typed {
	f := s.Filters
	return ask.Typed{
		Question: s.Q, Regions: f["region"], Levels: f["level"], Years: f["year"], Kinds: f["kind"], Sure: strings.Join(f["sure"], ""), OCR: strings.Join(f["ocr"], ""),
		Sort: string(s.Sort), Copies: s.Copies, Report: s.Report,
	}
}

// take sets the question and the filters.
func (s *state) take(t ask.Typed) {
	s.Q, s.Filters = t.Question, map[string][]string{"region": t.Regions, "level": t.Levels, "year": t.Years, "kind": t.Kinds}
	if t.Sure != "" {
		s.Filters["sure"] = []string{t.Sure}
	}
	if t.OCR != "" {
		s.Filters["ocr"] = []string{t.OCR}
	}
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

// checkChosen finds that too much is filtered on or unfolded.
func checkChosen(v url.Values) error {
	const names = "region、level、year、kind、sure、ocr、open"
	chosen, size := len(v["open"]), 0
	for _, f := range fields {
		chosen += len(v[f])
		for _, value := range v[f] {
			size += len(url.QueryEscape(value))
		}
	}
	switch {
	case chosen > maxChosen:
		return &badParameter{names, fmt.Sprintf("一共最多可选%d个值", maxChosen)}
	case size > maxChosenBytes:
		return &badParameter{names, "所选的值一共太长，约一百个汉字以内才行"}
	}
	return nil
}

// isCode reports whether a text has the form of a code of a division.
func isCode(text string) bool { return len(text) <= 12 && strings.Trim(text, "0123456789") == "" }

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
	set("view", reportsView, s.Reports)
	set("report", s.Report, s.Report != "")
	set("context", s.Context, s.Context != "")
	if len(s.Open) > 0 {
		v["open"] = s.Open
	}
	return v
}

// URL is the address of the search page in this state.
func (s state) URL() string { return s.address("search", s.values()) }

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

// hasYear reports whether a year is filtered on, alone or in a span.
func (s state) hasYear(value string) bool { return ask.InYears(s.Filters["year"], value) }

// toggled filters on a value of a field as well, or no more.
func (s state) toggled(field, value string) state {
	t := s.anew()
	t.Filters[field] = toggled(t.Filters[field], value)
	return t
}

// toggled has a value that the list lacks, or lacks one that it has.
func toggled(list []string, value string) []string {
	if slices.Contains(list, value) {
		return slices.DeleteFunc(list, func(v string) bool { return v == value })
	}
	return append(list, value)
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
	t.Page, t.Context, t.Open = s.Page, s.Context, toggled(t.Open, code)
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

// OnlySure reports whether guesses are left out.
func (s state) OnlySure() bool { return s.filtered("sure") }

// withGuesses leaves guesses out, or no more.
func withGuesses(s state) state {
	if s.OnlySure() {
		return s.without("sure")
	}
	return s.only("sure", sureEnough)
}

// sureEnough is the value of the filter that leaves guesses out.
var sureEnough = strconv.FormatFloat(baogao.SureEnough, 'f', -1, 64)

// Advanced is the address of the form for the search.
func (s state) Advanced() string {
	v := s.values()
	for _, name := range []string{"page", "limit", "context", "open"} {
		v.Del(name)
	}
	return s.address("advanced", v)
}

// ByReport shows reports, and ByPassage passages.
func (s state) ByReport() state  { return showing(s, true) }
func (s state) ByPassage() state { return showing(s, false) }

func showing(s state, reports bool) state {
	t := s.anew()
	t.Reports = reports
	return t
}

// in shows the passages of one report.
func (s state) in(report string) state {
	t := s.ByPassage()
	t.Report = report
	return t
}

// Held shows the reports held within the filters, whether they match or not.
func (s state) Held() state {
	t := s.ByReport()
	t.Q, t.Exact = "", false
	if root := query.Metadata(query.Parse(s.Q).Root); root != nil {
		t.Q = (&query.Query{Root: root}).String()
	}
	return t
}

// withCopies searches every copy of a text as well, or no more.
func (s state) withCopies() state {
	t := s.anew()
	t.Copies = !s.Copies
	return t
}

// read reads the question of a state for the index, and makes its links
// canonical, but for what is too long for them.
func (s *state) read(ctx context.Context, x baogao.Searcher) (*ask.Question, error) {
	q, links, err := ask.ReadLinks(ctx, x, s.typed(), ask.Chinese)
	if err != nil {
		return nil, err
	}
	canonical := *s
	canonical.take(links)
	if checkChosen(canonical.values()) == nil {
		*s = canonical
	} else if q, err = ask.Read(ctx, x, s.typed(), ask.Chinese); err != nil {
		return nil, err
	}
	q.Request.Offset, q.Request.Limit, q.Request.Exact, q.Request.Grouped = (s.Page-1)*s.Limit, s.Limit, s.Exact, s.Reports
	return q, nil
}
