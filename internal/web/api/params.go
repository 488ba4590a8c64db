package api

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"baogao"
	"baogao/query"
)

// MaxLimit is the largest number of hits of one answer.
const MaxLimit = 200

// Bounds of what a request may list. A question holds no more fields either.
const (
	maxValues = query.MaxLeaves // of one parameter
	maxParams = 1000            // names and values in all
)

// param is a parameter in the query of an operation.
type param struct {
	name        string
	description string
	schema      huma.Schema // of one value
	example     any         // a list where many is set
	many        bool        // it may be given several times
	required    bool
}

// Parameters that say what is searched, of search and export.
var filterParams = []param{
	{name: "q", description: "The question, in the query language: words side by side must all stand in a passage, each as an exact run of characters. Empty or absent matches every passage. What stands behind 10,000 characters is cut off, with a warning.",
		schema: text, example: "行政复议 -街道"},
	{name: "region", description: "Only reports of this region and of those in it: a code, a full or a short name; = in front leaves out what lies in it; unknown are reports whose region is not known. Empty values of this and the other filters are ignored.",
		schema: text, example: []string{"安徽省合肥市肥西县"}, many: true},
	{name: "level", description: "Only reports of this level: " + oneOf(baogao.Levels) + ". Chinese words for them are read too.",
		schema: text, example: []string{"district"}, many: true},
	{name: "year", description: "Only reports on this year or range of years, from 1900 to 2100: 2022, 2020..2024, 2020.., ..2024 or unknown.",
		schema: text, example: []string{"2020..2024"}, many: true},
	{name: "kind", description: "Only reports of this kind: " + oneOf(baogao.Kinds) + ". Chinese words for them are read too.",
		schema: text, example: []string{"rule-of-law"}, many: true},
	{name: "report", description: "Only the report with this id, be it a copy of another or not; 404 if there is none.",
		schema: text, example: exampleReport},
	{name: "all_copies", description: "Search every copy of a report, not only the one that is shown.", schema: flag, example: true},
	{name: "sort", description: "The order of the hits: year is oldest first, -year newest first.",
		schema: huma.Schema{Type: huma.TypeString, Enum: list(baogao.Sorts), Default: baogao.ByRelevance}, example: "-year"},
}

// exampleReport is the id of one of the sample reports, over which every
// example gives an answer.
const exampleReport = "安徽省/合肥市/肥西县2022年度法治政府建设情况.txt"

var (
	text = huma.Schema{Type: huma.TypeString}
	flag = huma.Schema{Type: huma.TypeBoolean, Default: false}
)

func whole(lowest, highest, unset int) huma.Schema {
	low, high := float64(lowest), float64(highest)
	return huma.Schema{Type: huma.TypeInteger, Minimum: &low, Maximum: &high, Default: unset}
}

func list[T ~string](values []T) []any {
	var all []any
	for _, v := range values {
		all = append(all, string(v))
	}
	return all
}

func oneOf[T ~string](values []T) string {
	var b strings.Builder
	for _, v := range values {
		b.WriteString(string(v) + ", ")
	}
	return b.String() + "or " + baogao.Unknown
}

// paramError is a parameter of a request that cannot be used.
type paramError struct{ name, reason string }

func (e *paramError) Error() string { return "parameter " + e.name + " " + e.reason }

// read reads the query of a request. A name that is not known is an error: a
// misspelt filter would else give counts that look filtered.
func read(rawQuery string, params []param) (url.Values, error) {
	if n := strings.Count(rawQuery, "&") + 1; n > maxParams {
		return nil, &paramError{"list", "has " + strconv.Itoa(n) + " entries; give " + strconv.Itoa(maxParams) + " at most"}
	}
	values, err := url.ParseQuery(rawQuery)
	if err != nil {
		return nil, &paramError{"list", "cannot be read (" + err.Error() + "): percent-encode it"}
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		all := values[name]
		i := slices.IndexFunc(params, func(p param) bool { return p.name == name })
		if i < 0 {
			return nil, &paramError{strconv.Quote(name), "does not exist here; there " + names(params)}
		}
		if len(all) > 1 && !params[i].many {
			return nil, &paramError{name, "is given " + strconv.Itoa(len(all)) + " times; give it once"}
		}
		if len(all) > maxValues {
			return nil, &paramError{name, "has " + strconv.Itoa(len(all)) + " values; give " + strconv.Itoa(maxValues) + " at most"}
		}
		if slices.ContainsFunc(all, func(s string) bool { return !utf8.ValidString(s) }) {
			return nil, &paramError{name, "is not UTF-8; percent-encode its UTF-8 bytes"}
		}
	}
	return values, nil
}

func names(params []param) string {
	if len(params) == 0 {
		return "are none"
	}
	var all []string
	for _, p := range params {
		all = append(all, p.name)
	}
	return "are " + strings.Join(all, ", ")
}

// question makes a request of the parameters that search and export share.
func question(v url.Values) (baogao.Request, error) {
	filter, err := baogao.NewFilter(v["region"], v["level"], v["year"], v["kind"])
	if err != nil {
		return baogao.Request{}, err
	}
	copies, err := truth(v, "all_copies")
	return baogao.Request{
		Query: query.Parse(v.Get("q")), Filter: filter, Report: v.Get("report"), Sort: baogao.Sort(v.Get("sort")), Copies: copies,
	}, err
}

// truth reads a parameter that is on or off; off if it is empty.
func truth(v url.Values, name string) (bool, error) {
	if v.Get(name) == "" {
		return false, nil
	}
	b, err := strconv.ParseBool(v.Get(name))
	if err != nil {
		return false, &paramError{name, "is neither true nor false"}
	}
	return b, nil
}

// number reads a parameter that is a whole number.
func number(v url.Values, name string, unset, lowest, highest int) (int, error) {
	if v.Get(name) == "" {
		return unset, nil
	}
	n, err := strconv.Atoi(v.Get(name))
	if err != nil || n < lowest || n > highest {
		return 0, &paramError{name, "is no whole number from " + strconv.Itoa(lowest) + " to " + strconv.Itoa(highest)}
	}
	return n, nil
}
