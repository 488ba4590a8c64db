package api_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/cite"
	"baogao/internal/export"
	"baogao/internal/study"
	"baogao/internal/suggest"
	"baogao/internal/target"
	"baogao/internal/web/api"
	"baogao/query"
)

// contract fetches the description, which is valid OpenAPI.
func contract(t *testing.T, h http.Handler) *openapi3.T {
	t.Helper()
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest("GET", api.DocumentPath, nil))
	doc, err := openapi3.NewLoader().LoadFromData(rec.Body.Bytes())
	if err != nil {
		t.Fatalf("%d: %v", rec.Code, err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestDocument holds the description to what every operation must say.
func TestDocument(t *testing.T) {
	h := api.New(openSamples(t), api.Options{Version: "v9"})
	doc := contract(t, h)
	if doc.OpenAPI != "3.1.0" || doc.Info.Version != "v9" {
		t.Errorf("%v %v", doc.OpenAPI, doc.Info)
	}
	if unversioned := contract(t, api.New(nil, api.Options{})); unversioned.Info.Version != "unversioned" {
		t.Errorf("without a version it is %q", unversioned.Info.Version)
	}
	if doc.Paths.Len() != 12 || len(h.Operations()) != 12 {
		t.Errorf("paths %v, operations %v", doc.Paths.InMatchingOrder(), h.Operations())
	}
	for path, item := range doc.Paths.Map() {
		op := item.Get
		if op.Summary == "" || op.Description == "" || op.OperationID == "" {
			t.Errorf("%s: %v", path, op)
		}
		for _, status := range []int{200, 304, 400, 401, 405, 414, 429, 431, 500, 503} {
			if op.Responses.Status(status) == nil || op.Responses.Status(status).Value.Description == nil {
				t.Errorf("%s does not describe %d", path, status)
			}
		}
		for _, p := range op.Parameters {
			if p := p.Value; p.Description == "" || p.Schema == nil || p.Example == nil && p.Name != "cursor" {
				t.Errorf("%s: parameter %v", path, p)
			}
		}
	}
	if doc.Paths.Find("/api/v1/search").Get.Responses.Status(410) == nil || doc.Paths.Find("/api/v1/reports/{id}").Get.Responses.Status(404) == nil {
		t.Error("410 and 404 are not described")
	}
}

// TestGuide wants every path, status and parameter in the guide for people.
func TestGuide(t *testing.T) {
	guide, err := os.ReadFile("../../../doc/api.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, op := range api.New(nil, api.Options{}).Operations() {
		names := append(slices.Clone(op.Statuses), op.Path)
		for _, p := range op.Parameters {
			names = append(names, p.Name)
		}
		for _, name := range names {
			if !regexp.MustCompile(`\b` + regexp.QuoteMeta(strings.TrimPrefix(name, "/"))).Match(guide) {
				t.Errorf("doc/api.md says nothing of %s", name)
			}
		}
	}
}

// TestDescribedValues holds the lists of the description to those of the
// program.
func TestDescribedValues(t *testing.T) {
	doc := contract(t, api.New(nil, api.Options{}))
	meta := doc.Components.Schemas["Meta"].Value.Properties
	search, exported := doc.Paths.Find("/api/v1/search").Get.Parameters, doc.Paths.Find("/api/v1/export").Get.Parameters
	limit := search.GetByInAndName("query", "limit").Schema.Value
	for _, tt := range []struct{ got, want any }{
		{meta["level"].Value.Enum, append(asAny(baogao.Levels), nil)},
		{meta["kind"].Value.Enum, append(asAny(baogao.Kinds), nil)},
		{doc.Components.Schemas["Warning"].Value.Properties["id"].Value.Enum, asAny(append(slices.Clone(query.Warnings), ask.RegionUnknown, ask.RegionAmbiguous, ask.NothingHeld))},
		{doc.Components.Schemas["Reason"].Value.Properties["id"].Value.Enum, asAny(suggest.Reasons)},
		{*doc.Components.Schemas["Result"].Value.Properties["suggestions"].Value.MaxItems, uint64(suggest.Most)},
		{search.GetByInAndName("query", "sort").Schema.Value.Enum, asAny(baogao.Sorts)},
		{search.GetByInAndName("query", "group").Schema.Value.Enum, []any{"passage", "report"}},
		{exported.GetByInAndName("query", "format").Schema.Value.Enum, asAny(append(slices.Clone(export.Forms), export.AboutForm))},
		{doc.Paths.Find("/api/v1/cite").Get.Parameters.GetByInAndName("query", "style").Schema.Value.Enum, asAny(cite.Styles)},
		{doc.Components.Schemas["Figure"].Value.Properties["kind"].Value.Enum, asAny(baogao.FigureKinds)},
		{doc.Components.Schemas["Figure"].Value.Properties["status"].Value.Enum, asAny(baogao.FigureStatuses)},
		{doc.Paths.Find("/api/v1/figures").Get.Parameters.GetByInAndName("query", "sort").Schema.Value.Enum, asAny(ask.FigureOrders())},
		{doc.Components.Schemas["Target"].Value.Properties["verdict"].Value.Enum, asAny(target.Verdicts)},
		{doc.Paths.Find("/api/v1/indicator").Get.Parameters.GetByInAndName("query", "rows").Schema.Value.Enum, asAny([]study.By{study.ByProvince, study.ByCity, study.ByDistrict})},
		{*limit.Max, float64(api.MaxLimit)},
		{limit.Default, float64(baogao.DefaultLimit)},
		{*search.GetByInAndName("query", "region").Schema.Value.MaxItems, uint64(query.MaxLeaves)},
	} {
		if !reflect.DeepEqual(tt.got, tt.want) {
			t.Errorf("described as %v, in the program %v", tt.got, tt.want)
		}
	}
	for name, values := range map[string][]any{"level": asAny(baogao.Levels), "kind": asAny(baogao.Kinds)} {
		words := strings.ReplaceAll(strings.Trim(fmt.Sprint(values), "[]"), " ", ", ") + ", or " + baogao.Unknown
		if says := search.GetByInAndName("query", name).Description; !strings.Contains(says, ": "+words+".") {
			t.Errorf("%s: %s; there are %s", name, says, words)
		}
	}
}

func asAny[T ~string](values []T) []any {
	var all []any
	for _, v := range values {
		all = append(all, string(v))
	}
	return all
}

// TestDescribedFields holds the descriptions to the Go types they stand for,
// field by field, also those that no answer of the tests has.
func TestDescribedFields(t *testing.T) {
	doc := contract(t, api.New(nil, api.Options{}))
	for name, v := range map[string]any{
		"Total": baogao.Total{}, "Hit": baogao.Hit{}, "Span": baogao.Span{}, "Copy": baogao.Copy{}, "Facets": baogao.Facets{},
		"FacetValue": baogao.FacetValue{}, "Report": baogao.Report{}, "Finding": baogao.Finding{}, "Candidate": baogao.Candidate{},
		"Fact": baogao.Fact{}, "Cleaning": baogao.Cleaning{}, "Paragraph": baogao.Paragraph{}, "Stats": baogao.Stats{}, "Warning": baogao.Warning{}, "Problem": api.Problem{},
		"Target": export.Target{}, "TargetTotal": target.Total{},
	} {
		var want, required []string
		for _, f := range reflect.VisibleFields(reflect.TypeOf(v)) {
			if field, options, _ := strings.Cut(f.Tag.Get("json"), ","); field != "-" && !f.Anonymous {
				want = append(want, field)
				if options == "" {
					required = append(required, field)
				}
			}
		}
		compareFields(t, doc, name, want, required)
	}
	for name, v := range map[string]any{"Meta": baogao.Meta{}, "Region": baogao.Region{}} {
		b, err := json.Marshal(v) // every field is written, known or not
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, m := range regexp.MustCompile(`"(\w+)":`).FindAllStringSubmatch(string(b), -1) {
			want = append(want, m[1])
		}
		compareFields(t, doc, name, want, want)
	}
}

func compareFields(t *testing.T, doc *openapi3.T, name string, want, required []string) {
	t.Helper()
	schema := doc.Components.Schemas[name].Value
	var got []string
	for field := range schema.Properties {
		got = append(got, field)
	}
	gotRequired := slices.Clone(schema.Required)
	for _, list := range [][]string{got, want, gotRequired, required} {
		slices.Sort(list)
	}
	if !slices.Equal(got, want) || !slices.Equal(gotRequired, required) {
		t.Errorf("%s has %v, of which %v always; described are %v and %v", name, want, required, got, gotRequired)
	}
}

// TestParametersAreAsDescribed asks every operation with values of every
// parameter that the description allows, at its bounds, and with some that it
// does not.
func TestParametersAreAsDescribed(t *testing.T) {
	h := api.New(openSamples(t), api.Options{})
	for path, item := range contract(t, h).Paths.Map() {
		for _, p := range item.Get.Parameters {
			if p.Value.In != "query" {
				continue
			}
			with := func(v []string) url.Values { // and with what must not be missing
				all := url.Values{}
				for _, o := range item.Get.Parameters {
					if o.Value.Required {
						all[o.Value.Name] = list(o.Value.Example)
					}
				}
				if v != nil {
					all[p.Value.Name] = v
				}
				return all
			}
			allowed, refused := values(p.Value)
			for want, all := range map[int][][]string{200: allowed, 400: refused} {
				for _, v := range all {
					if status, _ := put(h, path, with(v)); status != want {
						t.Errorf("%s: %s, %d times %s: %d, not %d", path, p.Value.Name, len(v), v[0], status, want)
					}
				}
			}
			if unset := p.Value.Schema.Value.Default; unset != nil {
				_, without := put(h, path, with(nil))
				if _, with := put(h, path, with([]string{fmt.Sprint(unset)})); with != without {
					t.Errorf("%s: %v is not what an absent %s means", path, unset, p.Value.Name)
				}
			}
		}
	}
}

// put returns the status of an answer, and the answer without its time and its
// cursor, which is one of the very same request.
func put(h http.Handler, path string, v url.Values) (int, string) {
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest("GET", path+"?"+v.Encode(), nil))
	return rec.Code, regexp.MustCompile(`"(took_ms|next)":[^,]*`).ReplaceAllString(rec.Body.String(), "")
}

// values returns values of a parameter that its description allows, and some
// that it does not.
func values(p *openapi3.Parameter) (allowed, refused [][]string) {
	s := p.Schema.Value
	if p.AllowEmptyValue {
		allowed = append(allowed, []string{""})
	}
	if s.MinLength > 0 {
		refused = append(refused, []string{""})
	}
	for _, one := range list(p.Example) {
		allowed, refused = append(allowed, []string{one}), append(refused, []string{"\xff"})
		if s.UniqueItems {
			var different []string
			for i := range int(*s.MaxItems) + 1 {
				different = append(different, one+strings.Repeat("一", i))
			}
			allowed, refused = append(allowed, different[1:]), append(refused, different, []string{one, "x", " " + one})
		} else if s.MaxItems != nil {
			allowed = append(allowed, slices.Repeat([]string{one}, int(*s.MaxItems)))
			refused = append(refused, slices.Repeat([]string{one}, int(*s.MaxItems)+1))
		} else {
			refused = append(refused, []string{one, one})
		}
	}
	switch {
	case s.Type.Is("integer"):
		allowed = append(allowed, []string{number(*s.Min)}, []string{number(*s.Max)})
		refused = append(refused, []string{number(*s.Min - 1)}, []string{number(*s.Max + 1)}, []string{"1.5"})
	case s.Type.Is("boolean"):
		allowed, refused = append(allowed, []string{"true"}, []string{"false"}), append(refused, []string{"perhaps"})
	case s.Enum != nil:
		for _, one := range s.Enum {
			allowed = append(allowed, []string{fmt.Sprint(one)})
		}
		refused = append(refused, []string{"nonesuch"})
	}
	return allowed, refused
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// list returns the values of an example.
func list(example any) []string {
	switch v := example.(type) {
	case nil:
		return nil
	case []any:
		var all []string
		for _, one := range v {
			all = append(all, fmt.Sprint(one))
		}
		return all
	}
	return []string{fmt.Sprint(example)}
}

// TestExamplesAnswer asks every operation with the examples of its description,
// which are about one of the sample reports.
func TestExamplesAnswer(t *testing.T) {
	h := api.New(openSamples(t), api.Options{})
	for path, item := range contract(t, h).Paths.Map() {
		query, target := url.Values{}, path
		for _, p := range item.Get.Parameters {
			switch name, examples := p.Value.Name, list(p.Value.Example); {
			case p.Value.In == "path":
				target = strings.Replace(path, "{"+name+"}", url.PathEscape(examples[0]), 1)
			case len(examples) > 0 && name != "offset":
				query[name] = examples
			}
		}
		status, body := put(h, target, query)
		want := cmp.Or(map[string]string{"/api/v1/regions": "福州市鼓楼区", "/api/v1/stats": "350000", "/api/v1/trend": "340000", "/api/v1/panel": "340100", "/api/v1/targets": `"targets":[]`}[path], "肥西县人民政府")
		if status != 200 || !strings.Contains(body, want) {
			t.Errorf("%s?%s: %d %s", target, query.Encode(), status, body)
		}
	}
}
