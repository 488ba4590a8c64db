package api

import (
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"baogao"
)

// The types below describe the JSON of answers. Types of package baogao write
// null for what is not known, which their Go form does not tell; a test holds
// the two together.

// newRegistry returns the registry of schemas, in which each type of an
// answer stands for what its JSON looks like.
func newRegistry() huma.Registry {
	r := huma.NewMapRegistry("#/components/schemas/", func(t reflect.Type, hint string) string {
		return strings.TrimSuffix(huma.DefaultSchemaNamer(t, hint), "Doc")
	})
	for _, alias := range []struct{ answer, described reflect.Type }{
		{reflect.TypeFor[searchBody](), reflect.TypeFor[resultDoc]()},
		{reflect.TypeFor[cell](), reflect.TypeFor[cellDoc]()},
		{reflect.TypeFor[regionsBody](), reflect.TypeFor[regionsDoc]()},
		{reflect.TypeFor[baogao.Hit](), reflect.TypeFor[hitDoc]()},
		{reflect.TypeFor[baogao.Report](), reflect.TypeFor[reportDoc]()},
		{reflect.TypeFor[baogao.Stats](), reflect.TypeFor[statsDoc]()},
		{reflect.TypeFor[huma.ErrorModel](), reflect.TypeFor[Problem]()},
	} {
		r.RegisterTypeAlias(alias.answer, alias.described)
	}
	return r
}

// finish says of all schemas what huma takes to be otherwise: lists are never
// null, and later versions may add fields.
func finish(r huma.Registry) {
	for _, s := range r.Map() {
		s.AdditionalProperties = nil
		for _, p := range s.Properties {
			if p.Type == huma.TypeArray {
				p.Nullable = false
			}
		}
	}
}

type resultDoc struct {
	Query    string    `json:"query" doc:"The question, as it was asked." example:"行政复议"`
	Total    totalDoc  `json:"total"`
	Relaxed  bool      `json:"relaxed" doc:"Nothing matched exactly; the hits share parts of the words."`
	TookMS   float64   `json:"took_ms" doc:"Milliseconds the search took." example:"1.3"`
	Hits     []hitDoc  `json:"hits"`
	Next     string    `json:"next,omitempty" doc:"What cursor takes for the hits that follow; absent after the last."`
	Facets   facetsDoc `json:"facets"`
	Warnings []string  `json:"warnings" doc:"What was read otherwise than it was typed, and which regions an ambiguous name may mean."`
	Cells    []cellDoc `json:"cells,omitempty" doc:"Counts by region and year; present where they were asked for."`
}

type totalDoc struct {
	Passages    int `json:"passages" minimum:"0" doc:"Passages that match." example:"6"`
	Reports     int `json:"reports" minimum:"0" doc:"Reports they stand in." example:"3"`
	Occurrences int `json:"occurrences" minimum:"0" doc:"Marked places in those passages." example:"8"`
}

type hitDoc struct {
	ID         string    `json:"id" doc:"Of the passage." example:"sichuan/anju2022.txt#p17"`
	Score      float64   `json:"score" doc:"Relevance; only hits of one answer can be compared." example:"7.1"`
	Report     metaDoc   `json:"report"`
	Section    []string  `json:"section" doc:"The headings above, outermost first." example:"[\"二、主要举措\",\"(三)化解纠纷\"]"`
	Paragraph  int       `json:"paragraph" minimum:"0" doc:"Number of the paragraph, from 1 within the report; 0 is a title that stands outside the text." example:"17"`
	Heading    bool      `json:"heading" doc:"The passage is a heading or the title."`
	Text       string    `json:"text" doc:"As published, but for what cleaning took out; then published has it."`
	Published  string    `json:"published,omitempty" doc:"The source's characters of the whole paragraph, where cleaning changed them: glosses, mangled characters."`
	Highlights []spanDoc `json:"highlights" doc:"Where the words of the question stand in the text, in order."`
	Snippet    spanDoc   `json:"snippet"`
	Copies     []copyDoc `json:"copies" doc:"Other reports with the text of this one's report."`
	CopyOf     string    `json:"copy_of,omitempty" doc:"Id of the report that is shown for this one's; only where copies are searched."`
}

type spanDoc struct {
	Start int `json:"start" minimum:"0" doc:"First Unicode code point in the text." example:"212"`
	End   int `json:"end" minimum:"0" doc:"The code point behind the last." example:"216"`
}

type copyDoc struct {
	ID     string `json:"id" example:"mirror/a.html"`
	Title  string `json:"title"`
	Source string `json:"source"`
}

type metaDoc struct {
	ID        string  `json:"id" doc:"Of the report: its path below the indexed folder, or the id that was given with it." example:"sichuan/anju2022.txt"`
	Title     *string `json:"title"`
	Kind      *string `json:"kind" doc:"What the report is about."`
	Level     *string `json:"level" doc:"The rung of government it speaks for; street includes towns."`
	Year      *int    `json:"year" doc:"The year reported on." example:"2022"`
	Region    any     `json:"region"`
	Issuer    *string `json:"issuer" doc:"Who issued it."`
	Number    *string `json:"number" doc:"Document number." example:"遂安委〔2023〕21号"`
	Published *string `json:"published" doc:"Date of publication, YYYY-MM-DD." example:"2023-02-28"`
	Source    *string `json:"source" doc:"Address or file the text was taken from."`
}

// TransformSchema tells what a tag cannot: null among the values of an
// enumeration, and a region or null.
func (metaDoc) TransformSchema(r huma.Registry, s *huma.Schema) *huma.Schema {
	s.Description = "What is known of a report; null is not known."
	s.Properties["kind"].Enum = append(list(baogao.Kinds), nil)
	s.Properties["level"].Enum = append(list(baogao.Levels), nil)
	s.Properties["region"] = orNull(r, reflect.TypeFor[regionDoc](), "The division it speaks for.")
	return s
}

func orNull(r huma.Registry, t reflect.Type, description string) *huma.Schema {
	return &huma.Schema{Description: description, AnyOf: []*huma.Schema{r.Schema(t, true, ""), {Type: "null"}}}
}

type regionDoc struct {
	Code *string  `json:"code" doc:"GB/T 2260: 6 digits, 9 for towns and streets; null where only the name is known." example:"510904"`
	Name string   `json:"name" doc:"Full name." example:"四川省遂宁市安居区"`
	Path []string `json:"path" doc:"Names from the province down, the last being its own." example:"[\"四川省\",\"遂宁市\",\"安居区\"]"`
}

type facetsDoc struct {
	Region []facetValueDoc `json:"region"`
	Level  []facetValueDoc `json:"level"`
	Year   []facetValueDoc `json:"year"`
	Kind   []facetValueDoc `json:"kind"`
}

// TransformSchema says what holds for all four.
func (facetsDoc) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema {
	s.Description = "Exact counts by the metadata of the reports. Those of a field ignore the filter on that field."
	return s
}

type facetValueDoc struct {
	Value    string `json:"value" doc:"As a filter takes it; unknown where the field is not known." example:"510000"`
	Label    string `json:"label,omitempty" doc:"The name behind a code." example:"四川省"`
	Passages int    `json:"passages" minimum:"0" example:"4"`
	Reports  int    `json:"reports" minimum:"0" example:"1"`
}

type cellDoc struct {
	Region   any  `json:"region"`
	Year     *int `json:"year" doc:"null is not known." example:"2022"`
	Passages int  `json:"passages" minimum:"0" doc:"Passages that match." example:"4"`
	Reports  int  `json:"reports" minimum:"0" doc:"Reports they stand in." example:"1"`
}

// TransformSchema describes a region or null.
func (cellDoc) TransformSchema(r huma.Registry, s *huma.Schema) *huma.Schema {
	s.Properties["region"] = orNull(r, reflect.TypeFor[regionDoc](), "Without the divisions in it; null is not known.")
	return s
}

type reportDoc struct {
	Meta       metaDoc        `json:"report"`
	CopyOf     string         `json:"copy_of,omitempty" doc:"Id of the report that is shown for this one."`
	Copies     []copyDoc      `json:"copies,omitempty" doc:"Reports with the same text, for which this one is shown."`
	Findings   []findingDoc   `json:"findings,omitempty" doc:"How each field came to its value."`
	Facts      []factDoc      `json:"facts,omitempty" doc:"The fact table of the page, in its order."`
	Cleaning   cleaningDoc    `json:"cleaning"`
	Paragraphs []paragraphDoc `json:"paragraphs"`
}

type findingDoc struct {
	Field      string         `json:"field" example:"region"`
	Value      string         `json:"value" doc:"Empty is not known." example:"510904"`
	Origin     string         `json:"origin" enum:"inferred,given" doc:"given: it was given with the report."`
	Confidence float64        `json:"confidence" minimum:"0" maximum:"1" example:"0.98"`
	Evidence   []string       `json:"evidence,omitempty" doc:"What in the report speaks for it, quoted."`
	Candidates []candidateDoc `json:"candidates,omitempty" doc:"The best values, best first, where there was a choice."`
}

type candidateDoc struct {
	Value string  `json:"value"`
	Label string  `json:"label,omitempty" doc:"The name behind the code of a region."`
	Score float64 `json:"score"`
}

type factDoc struct {
	Label string `json:"label" example:"索引号"`
	Value string `json:"value"`
}

type cleaningDoc struct {
	Format  string   `json:"format,omitempty" doc:"Of the file." example:"html"`
	Charset string   `json:"charset,omitempty" doc:"Of the file." example:"utf-8"`
	Glosses int      `json:"glosses" minimum:"0" doc:"Pinyin glosses removed."`
	Repairs int      `json:"repairs" minimum:"0" doc:"Places where lost bytes were made up for."`
	Damaged int      `json:"damaged" minimum:"0" doc:"Places where that could not be done."`
	Dropped []string `json:"dropped,omitempty" doc:"Lines that belong to the page and not to the report."`
}

type paragraphDoc struct {
	Number    int      `json:"number" minimum:"0" doc:"From 1; 0 is a title that stands outside the text." example:"17"`
	Text      string   `json:"text"`
	Published string   `json:"published,omitempty" doc:"The characters of the source, where cleaning changed them."`
	Section   []string `json:"section" doc:"The headings above, outermost first."`
	Heading   int      `json:"heading,omitempty" minimum:"1" doc:"Depth of a heading, 1 the highest."`
	Title     bool     `json:"title,omitempty" doc:"The paragraph is the title."`
	Damaged   bool     `json:"damaged,omitempty" doc:"It has a place that could not be repaired."`
}

type regionsDoc struct {
	Query   string      `json:"query" doc:"What was asked." example:"鼓楼区"`
	Regions []regionDoc `json:"regions" doc:"What it may mean, the likeliest first."`
}

type statsDoc struct {
	Generation string    `json:"generation" doc:"Names the index in use; it changes with each build and update." example:"gen-000012"`
	Built      string    `json:"built" format:"date-time" doc:"When it was built."`
	Reports    int       `json:"reports" minimum:"0"`
	Copies     int       `json:"copies" minimum:"0" doc:"Of the reports: those that another one is shown for."`
	Passages   int       `json:"passages" minimum:"0"`
	Tokens     int64     `json:"tokens" minimum:"0" doc:"Characters, numbers and Latin words."`
	TextBytes  int64     `json:"text_bytes" minimum:"0" doc:"UTF-8 bytes of all passages."`
	DiskBytes  int64     `json:"disk_bytes" minimum:"0" doc:"Size of the index."`
	Facets     facetsDoc `json:"facets"`
}
