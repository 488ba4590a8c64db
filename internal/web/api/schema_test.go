package api_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"net/url"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/gazetteer"
	"baogao/internal/indextest"
	"baogao/internal/web/api"
)

// document fetches the description and decodes it.
func document(t *testing.T, h *api.API) map[string]any {
	t.Helper()
	var doc map[string]any
	if rec := get(t, h, api.DocumentPath, &doc); rec.Code != 200 {
		t.Fatalf("%d %s", rec.Code, rec.Body)
	}
	return doc
}

// at follows the keys of a decoded JSON value.
func at(v any, keys ...string) any {
	for _, k := range keys {
		m, _ := v.(map[string]any)
		v = m[k]
	}
	return v
}

// A checker holds values to the JSON Schemas of a document, and notes which
// fields of which schema it has met.
type checker struct {
	doc map[string]any
	met map[string]bool // by the name of the schema, a dot and the field
}

// conform returns where a value differs from a schema. A field that is not
// described is a difference too. Only what the document uses of JSON Schema is
// known; all else is a difference.
func (c *checker) conform(schema, v any, path string) []string {
	s := schema.(map[string]any)
	if ref, ok := s["$ref"].(string); ok {
		keys := strings.Split(strings.TrimPrefix(ref, "#/"), "/")
		fields, _ := v.(map[string]any)
		for f := range fields {
			c.met[keys[len(keys)-1]+"."+f] = true
		}
		return c.conform(at(c.doc, keys...), v, path)
	}
	var faults []string
	if alternatives := asList(s["anyOf"]); alternatives != nil {
		for _, one := range alternatives {
			differs := c.conform(one, v, path)
			if len(differs) == 0 {
				return nil
			}
			faults = append(faults, differs...)
		}
		return faults
	}
	fault := func(format string, args ...any) {
		faults = append(faults, path+": "+fmt.Sprintf(format, args...))
	}
	if !slices.Contains(types(s), typeOf(v)) && !(typeOf(v) == "integer" && slices.Contains(types(s), "number")) {
		fault("%v is no %v", v, s["type"])
		return faults
	}
	if values, ok := s["enum"].([]any); ok && !slices.Contains(values, v) {
		fault("%v is none of %v", v, values)
	}
	if n, ok := v.(float64); ok {
		if low, ok := s["minimum"].(float64); ok && n < low {
			fault("%v is below %v", n, low)
		}
		if high, ok := s["maximum"].(float64); ok && n > high {
			fault("%v is above %v", n, high)
		}
	}
	if list, ok := v.([]any); ok {
		for i, item := range list {
			faults = append(faults, c.conform(s["items"], item, fmt.Sprintf("%s[%d]", path, i))...)
		}
	}
	if fields, ok := v.(map[string]any); ok {
		required, _ := s["required"].([]any)
		for _, name := range required {
			if _, ok := fields[name.(string)]; !ok {
				fault("%v is missing", name)
			}
		}
		for name, field := range fields {
			described := at(s, "properties", name)
			if described == nil {
				fault("%s is not described", name)
				continue
			}
			faults = append(faults, c.conform(described, field, path+"."+name)...)
		}
	}
	return faults
}

func types(s map[string]any) []string {
	switch t := s["type"].(type) {
	case string:
		return []string{t}
	case []any:
		var all []string
		for _, one := range t {
			all = append(all, one.(string))
		}
		return all
	}
	return nil
}

func typeOf(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case []any:
		return "array"
	case float64:
		if v == float64(int64(v)) {
			return "integer"
		}
		return "number"
	}
	return "object"
}

// TestConform shows that the check of the tests below can fail.
func TestConform(t *testing.T) {
	c := &checker{met: map[string]bool{}}
	schema := map[string]any{"type": "object", "required": []any{"a"}, "properties": map[string]any{
		"a": map[string]any{"type": []any{"string", "null"}, "enum": []any{"x", nil}},
		"b": map[string]any{"anyOf": []any{map[string]any{"type": "null"}, map[string]any{"type": "array", "items": map[string]any{"type": "integer", "minimum": 1.0}}}},
	}}
	for text, faults := range map[string]int{
		`{"a":"x"}`: 0, `{"a":null,"b":null}`: 0, `{"a":"x","b":[1]}`: 0,
		`{}`: 1, `{"a":"y"}`: 1, `{"a":1}`: 1, `{"a":"x","b":[0]}`: 2, `{"a":"x","c":1}`: 1, `[]`: 1,
	} {
		var v any
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			t.Fatal(err)
		}
		if got := c.conform(schema, v, "$"); len(got) != faults {
			t.Errorf("%s: %q", text, got)
		}
	}
}

// TestAnswersConform holds real answers to the description: those of a whole
// index, with much and with little known of the reports.
func TestAnswersConform(t *testing.T) {
	bare := []*baogao.Report{
		{Meta: baogao.Meta{ID: "a"}, Passages: []baogao.Passage{{Paragraph: 1, Text: "甲"}}, Paragraphs: []baogao.Paragraph{{Number: 1, Text: "甲", Damaged: true, Heading: 1, Published: "Ａ"}}},
		{Meta: baogao.Meta{ID: "b", Region: baogao.Region{Name: "某地", Path: []string{"某地"}}, Year: 2022}, Passages: []baogao.Passage{{Paragraph: 1, Text: "甲"}}},
	}
	c := &checker{met: map[string]bool{}}
	for _, s := range []baogao.Searcher{indextest.OpenSamples(t), tied(t), indextest.Open(t, bare)} {
		h := api.New(s, api.Options{Resolve: gazetteer.Resolve})
		c.doc = document(t, h)
		check := func(template, path, status string) {
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, httptest.NewRequest("GET", path, nil))
			mediaType, _, _ := strings.Cut(rec.Header().Get("Content-Type"), ";")
			schema := at(c.doc, "paths", template, "get", "responses", status, "content", mediaType, "schema")
			var v any
			if err := json.Unmarshal(rec.Body.Bytes(), &v); err != nil || schema == nil || fmt.Sprint(rec.Code) != status {
				t.Errorf("%s: %d %s, schema %v, %v", path, rec.Code, mediaType, schema, err)
				return
			}
			if faults := c.conform(schema, v, "$"); len(faults) > 0 {
				t.Errorf("%s: %s", path, strings.Join(faults[:min(len(faults), 5)], "\n"))
			}
		}
		check("/api/v1/search", "/api/v1/search?limit=200&cells=true&all_copies=true", "200")
		check("/api/v1/search", "/api/v1/search?q=%E5%A4%8D%E8%AE%AE&limit=1&cells=true", "200")
		check("/api/v1/search", "/api/v1/search?q=%E5%A4%8D%E8%AE%AE%E7%81%AB%E6%98%9F%E7%A7%BB%E6%B0%91%22", "200")
		check("/api/v1/search", "/api/v1/search?limit=x", "400")
		check("/api/v1/stats", "/api/v1/stats", "200")
		check("/api/v1/regions", "/api/v1/regions?q=%E9%BC%93%E6%A5%BC%E5%8C%BA", "200")
		check("/api/v1/regions", "/api/v1/regions?q=x", "200")
		check("/api/v1/reports/{id}", "/api/v1/reports/nothing", "404")
		for h, err := range s.Hits(t.Context(), baogao.Request{Copies: true}) {
			if err != nil {
				t.Fatal(err)
			}
			check("/api/v1/reports/{id}", "/api/v1/reports/"+escape(h.Report.ID), "200")
			check("/api/v1/passages/{id}", "/api/v1/passages/"+escape(h.ID), "200")
		}
	}
	for _, field := range strings.Fields(`Result.next Result.cells Result.warnings Cell.region Cell.year Meta.region Meta.number Hit.copies
		Hit.copy_of Report.copies Report.copy_of Report.findings Finding.evidence Finding.candidates Paragraph.heading Paragraph.published
		Region.code Region.path FacetValue.label Copy.id Problem.detail`) {
		if !c.met[field] {
			t.Errorf("no answer has %s: it has not been checked", field)
		}
	}
}

func escape(id string) string {
	return strings.NewReplacer("%", "%25", "#", "%23", "?", "%3F").Replace(id)
}

func asList(v any) []any {
	list, _ := v.([]any)
	return slices.Clone(list)
}

// TestDescribedFields holds the descriptions to the Go types they stand for,
// field by field, also those that no answer above has.
func TestDescribedFields(t *testing.T) {
	doc := document(t, api.New(indextest.OpenSamples(t), api.Options{}))
	for name, v := range map[string]any{
		"Total": baogao.Total{}, "Hit": baogao.Hit{}, "Span": baogao.Span{}, "Copy": baogao.Copy{}, "Facets": baogao.Facets{},
		"FacetValue": baogao.FacetValue{}, "Report": baogao.Report{}, "Finding": baogao.Finding{}, "Candidate": baogao.Candidate{},
		"Fact": baogao.Fact{}, "Cleaning": baogao.Cleaning{}, "Paragraph": baogao.Paragraph{}, "Stats": baogao.Stats{},
	} {
		var want, required []string
		for i := range reflect.TypeOf(v).NumField() {
			if field, options, _ := strings.Cut(reflect.TypeOf(v).Field(i).Tag.Get("json"), ","); field != "-" {
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

func compareFields(t *testing.T, doc map[string]any, name string, want, required []string) {
	t.Helper()
	properties, _ := at(doc, "components", "schemas", name, "properties").(map[string]any)
	var got, gotRequired []string
	for field := range properties {
		got = append(got, field)
	}
	for _, field := range asList(at(doc, "components", "schemas", name, "required")) {
		gotRequired = append(gotRequired, field.(string))
	}
	for _, list := range [][]string{got, want, gotRequired, required} {
		slices.Sort(list)
	}
	if !slices.Equal(got, want) || !slices.Equal(gotRequired, required) {
		t.Errorf("%s has %v, of which %v always; described are %v and %v", name, want, required, got, gotRequired)
	}
}

// TestDocument holds the description to what every operation must say.
func TestDocument(t *testing.T) {
	doc := document(t, api.New(indextest.OpenSamples(t), api.Options{Version: "v9"}))
	if doc["openapi"] != "3.1.0" || at(doc, "info", "version") != "v9" {
		t.Errorf("%v %v", doc["openapi"], doc["info"])
	}
	if strings.Contains(fmt.Sprint(doc), "$schema") {
		t.Error("answers have no $schema")
	}
	for name := range at(doc, "components", "schemas").(map[string]any) {
		if name == "ErrorModel" || strings.HasSuffix(name, "Doc") || strings.HasSuffix(name, "Body") {
			t.Errorf("a schema is called %s", name)
		}
	}
	paths := doc["paths"].(map[string]any)
	if len(paths) != 6 {
		t.Errorf("paths %v", paths)
	}
	for path := range paths {
		op := at(doc, "paths", path, "get")
		if at(op, "summary") == nil || at(op, "description") == nil || at(op, "operationId") == nil {
			t.Errorf("%s: %v", path, op)
		}
		for _, status := range []string{"200", "304", "400", "401", "405", "414", "429", "431", "500", "503"} {
			if at(op, "responses", status, "description") == nil {
				t.Errorf("%s does not describe %s", path, status)
			}
		}
		for _, p := range asList(at(op, "parameters")) {
			if at(p, "description") == nil || at(p, "schema") == nil || at(p, "example") == nil && at(p, "name") != "cursor" {
				t.Errorf("%s: parameter %v", path, p)
			}
		}
	}
	guide, err := os.ReadFile("../../../doc/api.md")
	if err != nil {
		t.Fatal(err)
	}
	for path := range paths {
		names := []string{path}
		for status := range at(doc, "paths", path, "get", "responses").(map[string]any) {
			names = append(names, status)
		}
		for _, p := range asList(at(doc, "paths", path, "get", "parameters")) {
			names = append(names, at(p, "name").(string))
		}
		for _, name := range names {
			if !regexp.MustCompile(`\b` + regexp.QuoteMeta(strings.TrimPrefix(name, "/"))).Match(guide) {
				t.Errorf("doc/api.md says nothing of %s", name)
			}
		}
	}
	if at(paths, "/api/v1/search", "get", "responses", "410") == nil || at(paths, "/api/v1/reports/{id}", "get", "responses", "404") == nil {
		t.Error("410 and 404 are not described")
	}
}

// TestExamplesAnswer asks every operation with the examples of its description,
// which are about one of the sample reports.
func TestExamplesAnswer(t *testing.T) {
	h := api.New(indextest.OpenSamples(t), api.Options{Resolve: gazetteer.Resolve})
	doc := document(t, h)
	for path := range doc["paths"].(map[string]any) {
		query, target := url.Values{}, path
		for _, p := range asList(at(doc, "paths", path, "get", "parameters")) {
			name, example := at(p, "name").(string), at(p, "example")
			switch {
			case at(p, "in") == "path":
				target = strings.Replace(path, "{"+name+"}", url.PathEscape(example.(string)), 1)
			case example != nil && name != "offset":
				for _, one := range append(asList(example), scalar(example)...) {
					query.Add(name, fmt.Sprint(one))
				}
			}
		}
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest("GET", target+"?"+query.Encode(), nil))
		want := cmp.Or(map[string]string{"/api/v1/regions": "福州市鼓楼区", "/api/v1/stats": "350000"}[path], "肥西县人民政府")
		if rec.Code != 200 || !strings.Contains(rec.Body.String(), want) {
			t.Errorf("%s?%s: %d %s", target, query.Encode(), rec.Code, rec.Body)
		}
	}
}

func scalar(v any) []any {
	if _, ok := v.([]any); ok {
		return nil
	}
	return []any{v}
}
