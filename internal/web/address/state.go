// Package address reads and writes the addresses of pages: all that a page shows is
// in its address, so that it shows the same again, and each link is that state with
// one thing changed.
package address

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
	"baogao/internal/study"
	"baogao/query"
)

// A State is what the address of a page says: all that is needed to show it
// again.
type State struct {
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

	View    View          // what the question is shown as
	Beside  []string      // questions that are compared with it
	By      study.By      // what a trend runs along
	Rows    study.By      // of a panel
	Measure study.Measure // of a picture
	Split   bool          // a map of each year

	Figures baogao.FigureFilter // what figures are narrowed by, but for their order, which Sort is too
	Numbers bool                // figures are marked on the page of a report

	carried string // the question that the path of the page carries
	root    string // what links with that question begin with
}

// A View is what a question is shown as, by the path of its page. The zero View is
// the hits of a search.
type View string

// The views of a question that count instead of listing, or list figures; and of an
// indicator.
const (
	Figures   View = "figures"
	Trend     View = "trend"
	Map       View = "map"
	Panel     View = "panel"
	Indicator View = "indicator"
)

// Views lists those of a question.
var Views = []View{Figures, Trend, Map, Panel}

// PanelRows are what the rows of a panel can be.
var PanelRows = []study.By{study.ByProvince, study.ByCity, study.ByDistrict}

// MaxQuestions is how many questions a page compares.
const MaxQuestions = 8

// Fields are the fields that a state filters on, in the order they are shown.
var Fields = []string{"region", "level", "year", "kind", "sure", "ocr"}

// Limits are the numbers of hits of a page that can be chosen, the first of
// them unasked.
var Limits = []int{10, 20, 50, 100}

// maxChosen is how many values of filters, and regions unfolded, a page takes,
// and maxChosenBytes how long all these, and the questions beside the one that is
// asked, may be in a query: every link repeats them.
const (
	maxChosen      = 50
	maxChosenBytes = 1000
)

// reportsView is the value of view where hits are reports. On the page of a report
// another one, of that page, may stand beside it.
const reportsView = "reports"

// maxPage bounds the number of a page, far beyond any result.
const maxPage = 1_000_000

// A BadParameter is a parameter that cannot be used.
type BadParameter struct{ Name, Reason string }

func (e *BadParameter) Error() string { return fmt.Sprintf("parameter %s: %s", e.Name, e.Reason) }

// Parse reads the parameters of a page. Those that are not known are passed
// over.
func Parse(v url.Values) (State, error) {
	s := State{Sort: baogao.Sort(v.Get("sort")), Context: v.Get("context"), Report: v.Get("report"), Reports: slices.Contains(v["view"], reportsView)}
	if err := CheckText(v); err != nil {
		return s, err
	}
	if err := checkChosen(v); err != nil {
		return s, err
	}
	if err := readQuestions(&s, v["q"]); err != nil {
		return s, err
	}
	if err := readPicture(&s, v); err != nil {
		return s, err
	}
	s.Open = slices.DeleteFunc(v["open"], func(code string) bool { return !isCode(code) })
	typed := ask.Typed{
		Question: s.Q, Regions: v["region"], Levels: v["level"], Years: v["year"], Kinds: v["kind"], Sure: v.Get("sure"), OCR: v.Get("ocr"), Sort: v.Get("sort"),
	}
	if err := readFigures(&s, &typed, v); err != nil {
		return s, err
	}
	typed, err := typed.Canonical()
	s.Take(typed)
	errs := []error{err, nil, nil, nil, nil, nil}
	s.Page, errs[1] = Number(v, "page", 1, maxPage)
	s.Limit, errs[2] = Number(v, "limit", Limits[0], Limits[len(Limits)-1])
	s.Numbers, errs[5] = Truth(v, "figures")
	s.Exact, errs[3] = Truth(v, "exact")
	s.Copies, errs[4] = Truth(v, "all_copies")
	return s, cmp.Or(errs...)
}

// readQuestions takes the first of some questions that says something for the one that
// is asked, and the others for those beside it, each once.
func readQuestions(s *State, questions []string) error {
	told := map[string]bool{"": true}
	for i, q := range questions {
		switch text := strings.TrimSpace(q); {
		case i == 0, strings.TrimSpace(s.Q) == "" && text != "":
			s.Q, told[text] = q, true
		case !told[text]:
			s.Beside, told[text] = append(s.Beside, q), true
		}
	}
	if len(s.Beside) >= MaxQuestions {
		return &BadParameter{"q", fmt.Sprintf("一次最多比较%d个问题", MaxQuestions)}
	}
	return nil
}

// readPicture reads how a picture is drawn.
func readPicture(s *State, v url.Values) (err error) {
	s.By, s.Rows, s.Measure = study.By(v.Get("by")), study.By(v.Get("rows")), study.Measure(v.Get("measure"))
	if s.Split, err = Truth(v, "split"); err != nil {
		return err
	}
	return cmp.Or(oneOf("by", s.By, study.Bys), oneOf("rows", s.Rows, PanelRows), oneOf("measure", s.Measure, study.Measures))
}

// oneOf refuses a value that is none of those there are, nor empty.
func oneOf[T ~string](name string, value T, known []T) error {
	if value == "" || slices.Contains(known, value) {
		return nil
	}
	var all []string
	for _, k := range known {
		all = append(all, string(k))
	}
	return &BadParameter{name, "应是 " + strings.Join(all, "、") + " 之一"}
}

// Number reads a parameter that is a whole number from 1 on.
func Number(v url.Values, name string, unset, highest int) (int, error) {
	n, ok := ask.Number(v.Get(name), unset, 1, highest)
	if !ok {
		return unset, &BadParameter{name, fmt.Sprintf("应是 1 到 %d 的整数", highest)}
	}
	return n, nil
}

// Truth reads a parameter that is on or off.
func Truth(v url.Values, name string) (bool, error) {
	on, ok := ask.Bool(v.Get(name))
	if !ok {
		return false, &BadParameter{name, "应是 true 或 false"}
	}
	return on, nil
}

// Typed is what the state asks for, as package ask reads it.
func (s State) Typed() ask.Typed {
	f := s.Filters
	return ask.Typed{
		Question: s.Q, Regions: f["region"], Levels: f["level"], Years: f["year"], Kinds: f["kind"], Sure: strings.Join(f["sure"], ""), OCR: strings.Join(f["ocr"], ""),
		Sort: orderOfHits(s), Copies: s.Copies, Report: s.Report, Exact: s.Exact,
	}
}

// orderOfHits is the order of hits, or of the passages of figures.
func orderOfHits(s State) string {
	if !slices.Contains(baogao.Sorts, s.Sort) {
		return ""
	}
	return string(s.Sort)
}

// Take sets the question and the filters.
func (s *State) Take(t ask.Typed) {
	s.Q, s.Filters = t.Question, map[string][]string{"region": t.Regions, "level": t.Levels, "year": t.Years, "kind": t.Kinds}
	if t.OCR != "" {
		s.Filters["ocr"] = []string{t.OCR}
	}
	if t.Sure != "" {
		s.Filters["sure"] = []string{t.Sure}
	}
}

// CheckText finds parameters that are not UTF-8.
func CheckText(v url.Values) error {
	for name, values := range v {
		if !utf8.ValidString(name) || slices.ContainsFunc(values, func(s string) bool { return !utf8.ValidString(s) }) {
			return &BadParameter{strings.ToValidUTF8(name, "\uFFFD"), "不是 UTF-8 编码的文字"}
		}
	}
	return nil
}

// checkChosen finds that too much is filtered on or unfolded.
func checkChosen(v url.Values) error {
	const names = "region、level、year、kind、sure、ocr、open、indicator、key、unit、status、min、max、q"
	chosen, size := len(v["open"]), 0
	for i, q := range v["q"] {
		if i > 0 {
			size += len(url.QueryEscape(q))
		}
	}
	for _, f := range slices.Concat(Fields, figureFields) {
		chosen += len(v[f])
		for _, value := range v[f] {
			size += len(url.QueryEscape(value))
		}
	}
	switch {
	case chosen > maxChosen:
		return &BadParameter{names, fmt.Sprintf("一共最多可选%d个值", maxChosen)}
	case size > maxChosenBytes:
		return &BadParameter{names, "所选的值和并列的问题一共太长，约一百个汉字以内才行"}
	}
	return nil
}

// isCode reports whether a text has the form of a code of a division.
func isCode(text string) bool { return len(text) <= 12 && strings.Trim(text, "0123456789") == "" }

// Values are the parameters of a state, without those that say nothing.
func (s State) Values() url.Values {
	v := url.Values{}
	set := func(name, value string, say bool) {
		if say {
			v.Set(name, value)
		}
	}
	set("q", s.Q, s.Q != "")
	v["q"] = append(v["q"], s.Beside...)
	set("by", string(s.By), s.By != "" && s.By != study.ByYear)
	set("rows", string(s.Rows), s.Rows != "" && s.Rows != study.ByProvince)
	set("measure", string(s.Measure), s.Measure != "" && s.Measure != study.PerChars)
	set("split", "true", s.Split)
	for f, values := range s.Filters {
		if len(values) > 0 {
			v[f] = values
		}
	}
	figureValues(&s, v)
	set("sort", string(s.Sort), s.Sort != "" && s.Sort != baogao.ByRelevance)
	set("page", strconv.Itoa(s.Page), s.Page > 1)
	set("limit", strconv.Itoa(s.Limit), s.Limit != 0 && s.Limit != usual(s.View))
	set("exact", "true", s.Exact)
	set("all_copies", "true", s.Copies)
	set("view", reportsView, s.Reports)
	set("report", s.Report, s.Report != "")
	set("context", s.Context, s.Context != "")
	if len(s.Open) > 0 {
		v["open"] = s.Open
	}
	if len(v["q"]) == 0 {
		delete(v, "q")
	}
	return v
}

// usual is how much a page lists unasked: a figure takes a line.
func usual(v View) int {
	if v == Figures {
		return Limits[1]
	}
	return Limits[0]
}

// URL is the address of the page in this state.
func (s State) URL() string { return s.Address(cmp.Or(string(s.View), "search"), s.Values()) }

// As shows the question in another view.
func (s State) As(v View) State {
	t := s.Anew()
	if t.Limit == usual(t.View) {
		t.Limit = usual(v)
	}
	if v != Figures {
		t.Sort = baogao.Sort(orderOfHits(t))
	}
	t.View, t.Reports = v, false
	return t
}

// Questions are all that are compared.
func (s State) Questions() []string { return append([]string{s.Q}, s.Beside...) }

// Alone asks one question and none beside it.
func Alone(s State, question string) State {
	t := s.Anew()
	t.Q, t.Beside = question, nil
	return t
}

// Table is the address of a trend or a panel as a file; wide has a column for each
// column of a panel.
func Table(s State, format string, wide bool) string {
	v := s.Anew().Values()
	v.Set("format", format)
	if wide {
		v.Set("wide", "true")
	}
	return s.Address(string(s.View), v)
}

// Export is the address of the whole result as a file.
func (s State) Export(format string) string {
	v := s.Values()
	for _, name := range []string{"page", "limit", "context", "open", "exact", "by", "rows", "measure", "split", "group"} {
		v.Del(name)
	}
	for _, name := range figureFields {
		v.Del(name)
	}
	if s.Q == "" {
		v.Del("q")
	} else {
		v.Set("q", s.Q)
	}
	v.Set("format", format)
	if format == "csv" || format == "about" {
		v.Set("bom", "true")
	}
	return "/export?" + v.Encode()
}

// Anew is the state with another page, passage and region unfolded left out, so
// that something else of it can be changed.
func (s State) Anew() State {
	filters := map[string][]string{}
	for f, values := range s.Filters {
		filters[f] = slices.Clone(values)
	}
	s.Filters, s.Open, s.Beside, s.Page, s.Context = filters, slices.Clone(s.Open), slices.Clone(s.Beside), 1, ""
	return s
}

// Has reports whether a value is filtered on.
func (s State) Has(field, value string) bool { return slices.Contains(s.Filters[field], value) }

// Filtered reports whether one of some fields is filtered on.
func (s State) Filtered(fields ...string) bool {
	return slices.ContainsFunc(fields, func(f string) bool { return len(s.Filters[f]) > 0 })
}

// HasYear reports whether a year is filtered on, alone or in a span.
func HasYear(s State, value string) bool { return ask.InYears(s.Filters["year"], value) }

// Toggled filters on a value of a field as well, or no more.
func (s State) Toggled(field, value string) State {
	t := s.Anew()
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

// Only filters on one value of a field alone.
func (s State) Only(field, value string) State {
	t := s.Anew()
	t.Filters[field] = []string{value}
	return t
}

// Without drops the filters on some fields.
func (s State) Without(fields ...string) State {
	t := s.Anew()
	for _, f := range fields {
		delete(t.Filters, f)
	}
	return t
}

// Unfolded shows what lies in a region of the tree, or no more.
func (s State) Unfolded(code string) State {
	t := s.Anew()
	t.Page, t.Context, t.Open = s.Page, s.Context, toggled(t.Open, code)
	return t
}

// AtPage shows another page of hits.
func (s State) AtPage(n int) State {
	t := s.Anew()
	t.Page = n
	return t
}

// Around shows what stands around a passage.
func (s State) Around(passage string) State {
	t := s.Anew()
	t.Page, t.Context = s.Page, passage
	return t
}

// Unfiltered drops all filters.
func (s State) Unfiltered() State { return s.Without(Fields...) }

// OnlySure reports whether guesses are left out.
func (s State) OnlySure() bool { return s.Filtered("sure") }

// WithGuesses leaves guesses out, or no more.
func WithGuesses(s State) State {
	if s.OnlySure() {
		return s.Without("sure")
	}
	return s.Only("sure", SureEnough)
}

// SureEnough is the value of the filter that leaves guesses out.
var SureEnough = strconv.FormatFloat(baogao.SureEnough, 'f', -1, 64)

// Advanced is the address of the form for the search.
func (s State) Advanced() string {
	v := s.Values()
	for _, name := range []string{"page", "limit", "context", "open"} {
		v.Del(name)
	}
	return s.Address("advanced", v)
}

// ByReport shows reports, and ByPassage passages.
func (s State) ByReport() State  { return showing(s, true) }
func (s State) ByPassage() State { return showing(s, false) }

func showing(s State, reports bool) State {
	t := s.As("")
	t.Reports = reports
	return t
}

// In shows the passages of one report.
func (s State) In(report string) State {
	t := s.ByPassage()
	t.Report = report
	return t
}

// Held shows the reports held within the filters, whether they match or not.
func (s State) Held() State {
	t := s.ByReport()
	t.Q, t.Beside, t.Exact = "", nil, false
	if root := query.Metadata(query.Parse(s.Q).Root); root != nil {
		t.Q = (&query.Query{Root: root}).String()
	}
	return t
}

// WithCopies searches every copy of a text as well, or no more.
func WithCopies(s State) State {
	t := s.Anew()
	t.Copies = !s.Copies
	return t
}

// Question reads the question of a State for the index, and makes its links
// canonical, but for what is too long for them.
func (s *State) Question(ctx context.Context, x baogao.Searcher) (*ask.Question, error) {
	q, links, err := ask.ReadLinks(ctx, x, s.Typed(), ask.Chinese)
	if err != nil {
		return nil, err
	}
	canonical := *s
	canonical.Take(links)
	if checkChosen(canonical.Values()) == nil {
		*s = canonical
	} else if q, err = ask.Read(ctx, x, s.Typed(), ask.Chinese); err != nil {
		return nil, err
	}
	q.Request.Offset, q.Request.Limit, q.Request.Exact, q.Request.Grouped = (s.Page-1)*s.Limit, s.Limit, s.Exact, s.Reports
	return q, nil
}
