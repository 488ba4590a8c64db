// Package baogao is the vocabulary of the project: a Report of a Chinese
// local government, the Paragraphs it was published in, the Passages it is
// searched by, and the Searcher and Writer that every engine provides. It
// reads no files and opens no connections.
package baogao

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"baogao/query"
)

// Kind says what a report is about.
type Kind string

// The kinds of reports. The empty Kind is unknown. What explains a report, or
// gives notice or news of it, is Other.
const (
	RuleOfLaw  Kind = "rule-of-law" // 法治政府建设年度报告
	Work       Kind = "work"        // 政府工作报告, and the 工作总结 of a street or a town
	Disclosure Kind = "disclosure"  // 政府信息公开工作年度报告
	Statistics Kind = "statistics"  // 国民经济和社会发展统计公报
	Budget     Kind = "budget"      // reports on budgets, final accounts, and plans of development: 预算执行, 决算, 计划执行
	Congress   Kind = "congress"    // reports of standing committees, courts and procuratorates to the people's congress
	Other      Kind = "other"
)

// Level is the rung of government a report speaks for.
type Level string

// The levels. 区, 县 and 县级市 are District; 街道, 镇 and 乡 are Street.
// The empty Level is unknown.
const (
	Country  Level = "country"
	Province Level = "province"
	City     Level = "city"
	District Level = "district"
	Street   Level = "street"
)

// Kinds and Levels list every known value in the order they are shown.
var (
	Kinds  = []Kind{RuleOfLaw, Work, Disclosure, Statistics, Budget, Congress, Other}
	Levels = []Level{Country, Province, City, District, Street}
)

// Unknown is how filters and facets spell metadata that is not known.
const Unknown = "unknown"

// CountryCode is the code of the whole country, which stands above GB/T 2260.
const CountryCode = "100000"

// Itself, before the code of a region, leaves out what lies in it: =510000 are
// the reports of the province and not of its cities.
const Itself = "="

// Nowhere is the value of a region that does not exist: no report is in it.
const Nowhere = ""

// A Region is an administrative division. The zero Region is unknown.
type Region struct {
	Code string   `json:"code"` // GB/T 2260: 6 digits, 9 for towns and streets; "" where only a name is known
	Name string   `json:"name"` // full name, 四川省遂宁市安居区
	Path []string `json:"path"` // names from the province down, the last being the division's own
}

// regionJSON is a Region with null for a code that is not known.
type regionJSON struct {
	Code *string  `json:"code"`
	Name string   `json:"name"`
	Path []string `json:"path"`
}

func (j regionJSON) region() Region { return Region{value(j.Code), j.Name, j.Path} }

func (r Region) json() regionJSON { return regionJSON{known(r.Code), r.Name, r.Path} }

// MarshalJSON writes a code that is not known as null.
func (r Region) MarshalJSON() ([]byte, error) { return json.Marshal(r.json()) }

// IsZero reports whether the region is unknown.
func (r Region) IsZero() bool { return r.Code == "" && r.Name == "" }

// municipalities are the provinces whose counties have no city above them.
var municipalities = map[string]bool{"11": true, "12": true, "31": true, "50": true}

// IsMunicipal reports whether the region is a municipality or lies in one.
func (r Region) IsMunicipal() bool { return len(r.Code) >= codeDigits && municipalities[r.Code[:2]] }

// Codes returns the codes of the divisions of Path, province first. It
// follows the digits of GB/T 2260 (two for the province, two for the city,
// two for the county, three for the town) and leaves out the rungs a division
// does not have: a county of Chongqing has no city, a town of Dongguan no
// county. It is nil when the code is not known.
func (r Region) Codes() []string {
	if len(r.Code) < 6 {
		return nil
	}
	rungs := []string{r.Code[:2] + "0000", r.Code[:4] + "00", r.Code[:6]}
	if len(r.Code) > 6 {
		rungs = append(rungs, r.Code)
	}
	var codes []string
	for _, c := range rungs {
		if len(codes) == 0 || codes[len(codes)-1] != c {
			codes = append(codes, c)
		}
	}
	if len(codes) == len(r.Path)+1 && len(r.Path) > 1 {
		missing := 2 // the county: a town directly under a city
		if codes[1][2:4] == "90" || municipalities[r.Code[:2]] {
			missing = 1 // the city: a county directly under a province
		}
		if missing < len(codes)-1 {
			codes = append(codes[:missing], codes[missing+1:]...)
		}
	}
	return codes
}

// Values returns the values by which filters find a region, from the widest to
// the narrowest: the country, the codes of Codes, and Itself with its own code;
// or its name where it has no code; or Unknown, also for what IsPlaceName
// refuses.
func (r Region) Values() []string {
	codes := r.Codes()
	switch {
	case codes == nil && !IsPlaceName(r.Name):
		return []string{Unknown}
	case codes == nil:
		return []string{r.Name}
	}
	if r.Code != CountryCode {
		codes = append([]string{CountryCode}, codes...)
	}
	return append(codes, Itself+r.Code)
}

// codeDigits are the fewest digits of a code.
const codeDigits = 6

// IsPlaceName reports whether a text can be the name of a region without a
// code: among the values of filters it passes neither for a code nor for
// Unknown, Nowhere or Itself. It begins with a letter or a digit, in either
// width, has a letter, and no digits in front that might be a code.
func IsPlaceName(text string) bool {
	tail := strings.TrimLeftFunc(text, unicode.IsDigit)
	digits := utf8.RuneCountInString(text) - utf8.RuneCountInString(tail)
	first, _ := utf8.DecodeRuneInString(tail)
	return digits < codeDigits && (digits > 0 || unicode.IsLetter(first)) && strings.ContainsFunc(tail, unicode.IsLetter) && !query.IsUnknown(text)
}

// Label is the name behind one of the values of a region.
func (r Region) Label(value string) string {
	if strings.HasPrefix(value, Itself) && len(r.Path) > 0 {
		return r.Path[len(r.Path)-1] + "本级"
	}
	if i := slices.Index(r.Codes(), value); i >= 0 && i < len(r.Path) {
		return r.Path[i]
	}
	return r.Name
}

// Outermost drops the regions that lie inside another one of a list, the
// likeliest first: 长沙 is the city and not the county in it. A name that is a
// province's means the province: 海南 is not 海南藏族自治州.
func Outermost(regions []Region) []Region {
	if len(regions) > 0 && len(regions[0].Path) == 1 {
		return regions[:1]
	}
	return slices.DeleteFunc(slices.Clone(regions), func(r Region) bool {
		above := r.Codes()
		return slices.ContainsFunc(regions, func(o Region) bool {
			return o.Code != r.Code && slices.Contains(above, o.Code)
		})
	})
}

// Meta is what is known about a report as a whole. An empty field is
// unknown; in JSON it is null.
type Meta struct {
	ID        string // stable: the path below the indexed folder, or the id of a JSON line
	Title     string
	Kind      Kind
	Level     Level
	Year      int // the year reported on, 0 when unknown
	Region    Region
	Issuer    string
	Number    string // document number, 遂安委〔2023〕21号
	Published string // date of publication, YYYY-MM-DD
	Source    string // address or file the text was taken from
}

// metaJSON is Meta with null for what is not known.
type metaJSON struct {
	ID        string      `json:"id"`
	Title     *string     `json:"title"`
	Kind      *Kind       `json:"kind"`
	Level     *Level      `json:"level"`
	Year      *int        `json:"year"`
	Region    *regionJSON `json:"region"`
	Issuer    *string     `json:"issuer"`
	Number    *string     `json:"number"`
	Published *string     `json:"published"`
	Source    *string     `json:"source"`
}

func known[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

func (m Meta) json() metaJSON {
	j := metaJSON{
		ID: m.ID, Title: known(m.Title), Kind: known(m.Kind), Level: known(m.Level), Year: known(m.Year),
		Issuer: known(m.Issuer), Number: known(m.Number), Published: known(m.Published), Source: known(m.Source),
	}
	if !m.Region.IsZero() {
		region := m.Region.json()
		j.Region = &region
	}
	return j
}

// MarshalJSON writes unknown fields as null.
func (m Meta) MarshalJSON() ([]byte, error) { return json.Marshal(m.json()) }

// UnmarshalJSON reads what MarshalJSON writes.
func (m *Meta) UnmarshalJSON(b []byte) error {
	var j metaJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	*m = Meta{
		ID: j.ID, Title: value(j.Title), Kind: value(j.Kind), Level: value(j.Level), Year: value(j.Year),
		Region: value(j.Region).region(), Issuer: value(j.Issuer), Number: value(j.Number),
		Published: value(j.Published), Source: value(j.Source),
	}
	return nil
}

// A Report is one document: what is known about it, where that knowledge
// comes from, and its text.
type Report struct {
	Meta       Meta        `json:"report"`
	File       File        `json:"-"`
	CopyOf     string      `json:"copy_of,omitempty"`  // id of the report that is shown for this one
	Copies     []Copy      `json:"copies,omitempty"`   // reports with the same text, for which this one is shown
	Findings   []Finding   `json:"findings,omitempty"` // one for each field of Meta that was looked for
	Facts      []Fact      `json:"facts,omitempty"`    // the fact table of the page, in its order
	Cleaning   Cleaning    `json:"cleaning"`
	Paragraphs []Paragraph `json:"paragraphs"`
	Passages   []Passage   `json:"-"` // what is searched; in reading order, the title first
}

// A File says where a report was read. An index keeps its place and its key.
type File struct {
	Path   string // of the file, as messages name it; a file in an archive stands below it
	Line   int    // from 1 in a file of many reports, else 0
	Place  string // Path from the root of the file system on, links in it not followed
	Key    string // SHA-256, in hex, of all that the report was made of; "" is unknown
	Held   string // id under which an index holds the report, which was not made again; "" where it was made
	Unread bool   // the report is held, and whether it still is so could not be read
}

// A Held is a report that an index holds, as an Updater tells of it.
type Held struct {
	ID    string
	Place string // see File
	Key   string // "" where the report is to be made again, if its file can be read
}

// A Copy is a report whose text another one has too: the page of a mirror, a
// text in the other script, the same file twice.
type Copy struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Source string `json:"source"`
}

// A Finding says how one field of Meta came to its value.
type Finding struct {
	Field      string      `json:"field"` // region, level, year, kind, title, issuer, number or published
	Value      string      `json:"value"` // as in Meta; "" is unknown
	Origin     string      `json:"origin"`
	Confidence float64     `json:"confidence"`           // 0 to 1; 1 for what was given and not inferred
	Evidence   []string    `json:"evidence,omitempty"`   // what in the report speaks for it, quoted
	Candidates []Candidate `json:"candidates,omitempty"` // the best values, best first, when there was a choice
}

// The origins of a Finding.
const (
	Inferred = "inferred"
	Given    = "given" // a field of the JSON line, or a row of metadata.csv
)

// A Candidate is a value that a field might have.
type Candidate struct {
	Value string  `json:"value"`
	Label string  `json:"label,omitempty"` // the name behind a region code
	Score float64 `json:"score"`
}

// A Fact is one row of the table of facts that stands above a report on many
// government pages: 索引号, 发布机构, 生成日期 …
type Fact struct {
	Label string `json:"label"` // without spaces and colon
	Value string `json:"value"`
}

// Cleaning says what was done to the text of a file before it was read.
type Cleaning struct {
	Format  string   `json:"format,omitempty"`  // text, html, pdf, docx … as the table of formats calls it
	Charset string   `json:"charset,omitempty"` // utf-8, gb18030, big5, utf-16le, utf-16be
	Glosses int      `json:"glosses"`           // pinyin glosses removed
	Repairs int      `json:"repairs"`           // places where a byte misalignment was undone
	Damaged int      `json:"damaged"`           // places where it was seen and could not be undone
	Dropped []string `json:"dropped,omitempty"` // lines of page chrome, and what stands aslant, that were left out

	OCR     *OCR  `json:"ocr,omitempty"`           // what was read by machine; nil where all is text
	Missing []int `json:"missing_pages,omitempty"` // pages, from 1, whose text could not be had
}

// An OCR says what of a report was read off pictures of its pages by machine.
type OCR struct {
	Pages      []int   `json:"pages"`      // that were read so, from 1
	Confidence float64 `json:"confidence"` // mean of their characters, 0 to 1
	Program    string  `json:"program"`    // with its version and models
}

// A Recognition says that a report was read by machine, in part or as a whole.
type Recognition struct {
	Pages      int     `json:"pages"`      // that were read so
	Confidence float64 `json:"confidence"` // mean of their characters, 0 to 1
}

// Recognition tells whether the report was read by machine; nil where all is text.
func (r *Report) Recognition() *Recognition {
	if o := r.Cleaning.OCR; o != nil {
		return &Recognition{len(o.Pages), o.Confidence}
	}
	return nil
}

// A Paragraph is one paragraph of a report.
type Paragraph struct {
	Number    int      `json:"number"`              // from 1 within the report; 0 is a title that stands outside the text
	Text      string   `json:"text"`                // cleaned, never folded
	Published string   `json:"published,omitempty"` // the source's characters, where cleaning changed them
	Section   []string `json:"section"`             // the headings above, outermost first
	Heading   int      `json:"heading,omitempty"`   // depth of a heading line, 1 the highest; 0 is running text
	Title     bool     `json:"title,omitempty"`     // the paragraph is the report's title
	Damaged   bool     `json:"damaged,omitempty"`   // holds a byte misalignment that could not be undone
}

// A Passage is what is searched and ranked: a paragraph, or a piece of a
// long one. The pieces of a paragraph joined give its text.
type Passage struct {
	Paragraph int // number of its paragraph
	Piece     int // from 1 within a paragraph that was split, else 0
	Text      string
	Published string   // of the whole paragraph, on its first piece only
	Section   []string // of the paragraph
	Heading   int      // of the paragraph
	Title     bool
	Damaged   bool
	Figures   int      // numbers that count something, 14件 or 99.2%, up to MaxFigures
	Plan      bool     // stands in what is planned, below 下一步打算 or the like
	Measured  []Figure // those of the figures that surely measure something, in their order; without ids
}

// MaxFigures is the most figures of a passage that are told.
const MaxFigures = 127
