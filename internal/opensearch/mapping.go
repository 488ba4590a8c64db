package opensearch

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"unicode"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/tally"
	"baogao/internal/weight"
)

// format is the version of the mapping and of the documents. Another one is
// refused.
const format = 1

type object = map[string]any

// The kinds of documents in an index.
const (
	passageDoc = "passage"
	reportDoc  = "report"
)

// A passage is the document of a passage: what is known of it and, for questions
// that must not ask for two documents, of its report.
type passage struct {
	Doc    string `json:"doc"`
	Number int    `json:"n"`      // of all passages, in the order in which they were added
	Report int    `json:"report"` // number of the report, by which it is routed
	facets
	Units int  `json:"units"` // length for ranking
	Facts int  `json:"facts"` // see weight.Facts
	Bare  bool `json:"bare"`  // a heading or a title
	Plan  bool `json:"plan"`
	// A sign in it stands for several characters, so that places of words may be one.
	Shared bool    `json:"shared"`
	Prior  float64 `json:"prior"` // see weight.Exact
	Loose  float64 `json:"loose"` // see weight.Relaxed
	Body   body    `json:"body"`
	streams
}

// A body is what is shown of a passage.
type body struct {
	Paragraph int      `json:"p"`
	Piece     int      `json:"piece,omitempty"`
	Text      string   `json:"t"`
	Published string   `json:"published,omitempty"`
	Section   []string `json:"section"`
	Heading   int      `json:"heading,omitempty"`
	Title     bool     `json:"title,omitempty"`
	Damaged   bool     `json:"damaged,omitempty"`
	Figures   int      `json:"figures,omitempty"`
}

// facets are what passages are filtered, counted and sorted by of their report.
type facets struct {
	ID     string   `json:"id"`
	Class  string   `json:"class"` // see classText
	Region []string `json:"region"`
	Level  string   `json:"level"`
	Kind   string   `json:"kind"`
	Year   *int     `json:"year,omitempty"` // missing where it is not known
	Code   string   `json:"code,omitempty"` // of the region, likewise
	Name   string   `json:"name"`           // of the region
	Sure   float64  `json:"sure"`           // see baogao.Sure.Least
	OCR    bool     `json:"ocr"`
	Copy   bool     `json:"copy"`  // another report is shown for it
	Chars  int64    `json:"chars"` // of the text of the report
}

// streams are the terms of a document, parted by blanks: made here, and only parted
// there. They are not kept in the source, and made anew of it.
type streams struct {
	Terms   string   `json:"terms,omitempty"`  // see analyzer.EachTerm
	Run     string   `json:"run,omitempty"`    // see runOf
	Folded  []byte   `json:"folded,omitempty"` // the text as search compares it, in UTF-8
	Title   string   `json:"title_run,omitempty"`
	Issuer  string   `json:"issuer_run,omitempty"`
	DocNo   string   `json:"number_run,omitempty"`
	Section []string `json:"section_run,omitempty"`
}

// A report is the document of a report.
type report struct {
	Doc      string `json:"doc"`
	Report   int    `json:"report"`
	Passages int    `json:"passages"`
	facets
	Details details `json:"details"`
	streams
}

// details are what is told of a report and not asked for.
type details struct {
	Meta     baogao.Meta         `json:"meta"`
	Sure     baogao.Sure         `json:"sure"`
	OCR      *baogao.Recognition `json:"ocr,omitempty"`
	CopyOf   string              `json:"copy_of,omitempty"`
	Copies   []baogao.Copy       `json:"copies,omitempty"`
	Findings []baogao.Finding    `json:"findings,omitempty"`
	Facts    []baogao.Fact       `json:"facts,omitempty"`
	Cleaning baogao.Cleaning     `json:"cleaning"`
	Measured [][]baogao.Figure   `json:"measured,omitempty"` // by passage
	First    int                 `json:"first"`              // number of its first passage
	Sum      string              `json:"sum"`                // see sumOf
	Place    string              `json:"place,omitempty"`    // see baogao.File
	Key      string              `json:"key,omitempty"`      // likewise
}

// A manifest is kept in the mapping of an index when it is published.
type manifest struct {
	Format    int          `json:"format"`
	Revision  string       `json:"revision"`
	Built     string       `json:"built"` // "" until it is whole
	Stats     baogao.Stats `json:"stats"`
	Shown     view         `json:"shown"`
	All       view         `json:"all"`
	Shards    int          `json:"shards"`
	Documents int          `json:"documents"`
}

// A view is what questions look at, in numbers: all reports, or those that are no
// copies.
type view struct {
	Passages int   `json:"passages"`
	Texts    int   `json:"texts"` // of running text
	Units    int64 `json:"units"` // of those
}

// relativeLength is the length of a passage over the mean of running text.
func (v view) relativeLength(units int) float64 {
	return float64(units) * float64(v.Texts) / float64(max(v.Units, 1))
}

// settings are those of a new index, in a cluster with some nodes for data: a shard
// for each, or BAOGAO_OPENSEARCH_SHARDS, and a replica of each where there is a
// second node.
func settings(nodes int) object {
	shards := max(nodes, 1)
	if n, err := strconv.Atoi(os.Getenv("BAOGAO_OPENSEARCH_SHARDS")); err == nil && n > 0 {
		shards = n
	}
	return object{"index": object{
		"number_of_shards": shards, "auto_expand_replicas": "0-1",
		"refresh_interval":                     "-1", // nothing is searched before it is whole
		"unassigned.node_left.delayed_timeout": "0",
		"similarity.default":                   object{"type": "BM25", "k1": 1.2, "b": 0.75},
		"max_terms_count":                      maxValues,
	}}
}

// maxValues is how many values a field of a question may have.
const maxValues = 65536

// properties are the fields of documents.
func properties() object {
	typed := func(kind string) object { return object{"type": kind} }
	stored := func(kind string) object { return object{"type": kind, "index": false} }
	stream := func(options string) object {
		return object{"type": "text", "analyzer": "whitespace", "index_options": options, "norms": options == "freqs"}
	}
	off := object{"type": "object", "enabled": false}
	return object{
		"doc": typed("keyword"), "n": typed("integer"), "report": typed("integer"), "id": typed("keyword"),
		"class": stored("keyword"), "region": typed("keyword"), "level": typed("keyword"), "kind": typed("keyword"),
		"year": typed("integer"), "code": stored("keyword"), "name": stored("keyword"), "sure": typed("double"),
		"ocr": typed("boolean"), "copy": typed("boolean"), "chars": stored("long"), "passages": stored("integer"),
		"units": stored("integer"), "facts": stored("short"), "bare": typed("boolean"), "plan": typed("boolean"), "shared": typed("boolean"),
		"prior": stored("double"), "loose": stored("double"), "body": off, "details": off, "sample": off,
		"terms": stream("freqs"), "run": stream("positions"), "folded": object{"type": "binary", "doc_values": true},
		"title_run": stream("positions"), "issuer_run": stream("positions"), "number_run": stream("positions"), "section_run": stream("positions"),
	}
}

// mapping is that of a new index.
func mapping(m manifest) object {
	return object{
		"dynamic": "strict", "_meta": object{"baogao": m}, "properties": properties(),
		"_source": object{"excludes": []string{"terms", "run", "folded", "title_run", "issuer_run", "number_run", "section_run", "region", "level", "kind", "code", "name"}},
	}
}

// classText is the class of a report as text, by which matches are counted.
func classText(m *baogao.Meta) string {
	b, _ := json.Marshal([]any{m.Region, m.Level, m.Year, m.Kind}) // strings and numbers have a form in JSON
	return string(b)
}

// parseClass reads what classText writes.
func parseClass(text string) (tally.Class, error) {
	var m baogao.Meta
	err := json.Unmarshal([]byte(text), &[]any{&m.Region, &m.Level, &m.Year, &m.Kind})
	return tally.ClassOf(&m), err
}

func facetsOf(r *baogao.Report) facets {
	m := &r.Meta
	f := facets{ID: m.ID, Class: classText(m), Sure: r.Sure().Least(m), OCR: r.Recognition() != nil}
	f.complete(m)
	if m.Year != 0 {
		f.Year = &m.Year
	}
	for _, p := range r.Passages {
		f.Chars += int64(len([]rune(p.Text)))
	}
	return f
}

// complete fills what the source of a document does not keep.
func (f *facets) complete(m *baogao.Meta) {
	k := tally.ClassOf(m)
	f.Region, f.Level, f.Kind, f.Code, f.Name = k.Regions, k.Level, k.Kind, m.Region.Code, m.Region.Name
}

// passageOf makes the document of a passage, but for its terms.
func passageOf(p *baogao.Passage, f facets) passage {
	facts := weight.Facts(min(max(p.Figures, 0), baogao.MaxFigures) << 1)
	if p.Plan {
		facts |= 1
	}
	bare := p.Heading > 0 || p.Title
	return passage{
		Doc: passageDoc, facets: f, Facts: int(facts), Bare: bare, Plan: p.Plan,
		Prior: weight.Exact.Of(facts, bare), Loose: weight.Relaxed.Of(facts, bare),
		Body: body{
			Paragraph: p.Paragraph, Piece: p.Piece, Text: p.Text, Published: p.Published, Section: p.Section,
			Heading: p.Heading, Title: p.Title, Damaged: p.Damaged, Figures: p.Figures,
		},
	}
}

// index fills the terms of a passage of a report.
func (p *passage) index(m *baogao.Meta) {
	var terms strings.Builder
	p.Units = analyzer.EachTerm(p.Body.Text, func(term []rune) {
		p.Shared = p.Shared || string(term) == analyzer.SharedTerm
		terms.WriteString(token(string(term)))
		terms.WriteByte(' ')
	})
	p.streams = metaStreams(m)
	p.Terms = terms.String()
	var text analyzer.Text
	text.Read(p.Body.Text)
	p.Run, p.Folded = runOf(text.Runes), []byte(string(text.Runes))
	p.streams.Section = nil
	for _, part := range p.Body.Section {
		p.streams.Section = append(p.streams.Section, runIn(part))
	}
}

func metaStreams(m *baogao.Meta) streams {
	return streams{Title: runIn(m.Title), Issuer: runIn(m.Issuer), DocNo: runIn(m.Number)}
}

func runIn(text string) string {
	var t analyzer.Text
	t.Read(text)
	return runOf(t.Runes)
}

// between parts the two units of a token in a run.
const between = "␟"

// runOf are the units of a text as search compares it, each with the one behind it,
// and the last one with nothing: a run of units is a run of such pairs, and a unit
// is what stands before the first mark between two.
func runOf(runes []rune) string {
	units := analyzer.Units(runes)
	var b strings.Builder
	for i, u := range units {
		next := ""
		if i+1 < len(units) {
			next = token(string(runes[units[i+1].Start:units[i+1].End]))
		}
		b.WriteString(token(string(runes[u.Start:u.End])) + between + next + " ")
	}
	return b.String()
}

// longestToken is how long a term may be, in bytes, before its sum takes its place:
// the cluster would cut it.
const longestToken = 100

// token is a term as it stands in a stream: without blanks.
func token(term string) string {
	if len(term) > longestToken {
		sum := sha256.Sum256([]byte(term))
		return "#" + hex.EncodeToString(sum[:])
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return '␠'
		}
		return r
	}, term)
}
