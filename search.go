package baogao

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strconv"
	"strings"

	"baogao/query"
)

// Errors that callers tell apart.
var (
	ErrNoIndex  = errors.New("no index")
	ErrRequest  = errors.New("bad request") // a filter or an order that does not exist
	ErrNotFound = errors.New("not found")
	ErrStale    = errors.New("the index has changed") // a cursor of another generation
	ErrFormat   = errors.New("index of another format")
	ErrDamaged  = errors.New("index is damaged")
	ErrLocked   = errors.New("index is being written by another process")

	ErrUnavailable = errors.New("the cluster does not answer") // for now; it may in a while
)

// A Searcher answers questions over one built index. Its methods are safe
// for concurrent use and stop when ctx is done. A question that matches
// nothing gives an empty Result and a nil error.
type Searcher interface {
	Search(ctx context.Context, req Request) (*Result, error)
	// Hits yields every passage that matches a request exactly, in its order,
	// from its Offset or After on and without regard to its Limit; where they are
	// grouped, the first passage of every report. All are of one generation, and
	// only some of them are in memory at a time. An error ends it.
	Hits(ctx context.Context, req Request) iter.Seq2[*Hit, error]
	// Report returns a report by its id, ErrNotFound if there is none.
	Report(ctx context.Context, id string) (*Report, error)
	// Passage returns a passage by its id, ErrNotFound if there is none.
	Passage(ctx context.Context, id string) (*Hit, error)
	// Stats says what is held.
	Stats(ctx context.Context) (*Stats, error)
	// State names the generation in use. It costs next to nothing.
	State(ctx context.Context) (State, error)
	// Hold gives a Searcher over the generation in use, to ask several questions
	// of, until release is called, which is nil after an error. It must not be
	// closed.
	Hold(ctx context.Context) (s Searcher, release func(), err error)
	Close() error
}

// A Vocabulary is what an engine may offer beside a Searcher: which characters
// stand next to each other in its passages.
type Vocabulary interface {
	// Pairs lists the pairs of folded characters that stand next to each other in
	// a passage, the first one of firsts and the second one of seconds, with the
	// number of passages, copies included. No firsts, or no seconds, stand for
	// every character.
	Pairs(ctx context.Context, firsts, seconds []rune) ([]Pair, error)
}

// A Pair is two characters that stand next to each other.
type Pair struct {
	First, Second rune
	Passages      int
}

// A State names a generation of an index, which changes with each build and
// update.
type State struct {
	Generation string `json:"generation"` // gen-000012 or the like
	Number     int    `json:"-"`          // of the generation; it grows
	Built      string `json:"built"`      // RFC 3339
}

// A Writer takes the reports of a new index. What was added can be searched
// when Publish has returned nil; a Writer that is closed without it leaves
// the former index as it was. A Writer serves one goroutine.
type Writer interface {
	Add(ctx context.Context, r *Report) error
	Publish(ctx context.Context) (*Published, error)
	Close() error
}

// An Updater is a Writer that begins with what an index holds, which it tells
// of when it begins. Every report is either kept or added; those that are
// neither leave the index.
type Updater interface {
	Writer
	// Keep takes over a report that is held (File.Held), under a new id or its
	// old one. Of the report it needs the id and the file. It may be kept once.
	Keep(ctx context.Context, r *Report) error
}

// Sort is the order of hits.
type Sort string

// The orders. Ties fall to the score, then to the year, newest first, then to
// the report's id and the place in the report.
const (
	ByRelevance Sort = "relevance" // the zero Sort means this too
	ByYear      Sort = "year"      // oldest first
	ByYearDown  Sort = "-year"     // newest first
	ByRegion    Sort = "region"    // by code; unknown regions last
)

// Sorts lists the orders that can be asked for.
var Sorts = []Sort{ByRelevance, ByYear, ByYearDown, ByRegion}

// Filter narrows a question to reports with certain metadata. Values of one
// field are alternatives; the fields must all hold. An empty field does not
// narrow. Unknown stands for reports whose field is not known. Package ask makes
// filters of what people write.
type Filter struct {
	Regions []string // see Region.Values, or Nowhere; divisions below are included, unless Itself stands before
	Levels  []Level
	Years   []query.Years
	Kinds   []Kind
	Sure    float64 // least confidence in each of region, level, year and kind that is known, see Sure.Least; 0 does not narrow
	OCR     string  // query.Yes for reports that were read by machine, in part or as a whole, query.No for others; "" does not narrow
}

// DefaultLimit is the number of hits when Request.Limit is 0.
const DefaultLimit = 10

// A Request is a question put to a Searcher.
type Request struct {
	Query   *query.Query // its values are canonical, as those of filters
	Filters []Filter     // all must hold
	Report  string       // id of the only report that is searched, be it a copy or not; "" searches all
	Sort    Sort
	Offset  int
	After   string // Result.Next of the hits before; goes without Offset
	Limit   int    // 0 means DefaultLimit, below 0 no hits
	Exact   bool   // no relaxed tier when nothing matches
	Copies  bool   // search all copies of a text, not only the one that is shown
	Cells   bool   // count by region and year too

	// Grouped makes the hits reports: of each the passage that comes first in the
	// order, with InReport. They stand in the order of these passages, and Offset,
	// After and Limit count them. Totals, facets and cells are the same.
	Grouped bool
}

// A Result is the answer to a Request. Total and Facets are exact.
type Result struct {
	Query    string    `json:"query"`
	Total    Total     `json:"total"`
	Held     int       `json:"held"`    // reports held within the filters, whether they match or not; study.Ask counts them
	Chars    int64     `json:"chars"`   // code points of their text, see FacetValue
	Relaxed  bool      `json:"relaxed"` // nothing matched exactly; hits share parts of the words
	TookMS   float64   `json:"took_ms"`
	Hits     []Hit     `json:"hits"`
	Related  []Hit     `json:"related,omitempty"` // where few match: others that share parts of the words, below the hits of the first page, unless these are grouped. They are counted nowhere
	Next     string    `json:"next,omitempty"`    // what After takes for the hits that follow; "" after the last
	Facets   Facets    `json:"facets"`
	Warnings []Warning `json:"warnings"` // of how the question was read; engines give none
	Cells    []Cell    `json:"-"`        // by region and year, where they were asked for

	Suggestions []Suggestion `json:"suggestions"`       // what may have been meant; engines give none
	Aliases     []AliasCount `json:"aliases,omitempty"` // of words that were asked for with their other names; engines give none
}

// An AliasCount says what a question finds exactly with one of the names of a word
// alone in the place of all of them.
type AliasCount struct {
	Word        string `json:"word"` // as typed
	Name        string `json:"name"` // the word or one of its other names
	Passages    int    `json:"passages"`
	Reports     int    `json:"reports"`
	Occurrences int    `json:"occurrences"` // of all that is marked, other words of the question included
}

// A Suggestion is another question that may have been meant, with what it finds
// exactly within the filters of the one that was asked.
type Suggestion struct {
	Query    string       `json:"query"`           // as one would type it
	Filter   FilterValues `json:"filter,omitzero"` // to go with it; a field takes the place of the filter on that field
	Why      Warning      `json:"why"`
	Passages int          `json:"passages"`
	Reports  int          `json:"reports"`
}

// FilterValues are the values of a Filter by field, as the API takes them.
type FilterValues struct {
	Region []string `json:"region,omitempty"`
	Level  []string `json:"level,omitempty"`
	Year   []string `json:"year,omitempty"`
	Kind   []string `json:"kind,omitempty"`
}

// A FilterField is the values of one field.
type FilterField struct {
	Name   string // as a filter is called
	Values []string
}

// All returns the fields in the order they are shown.
func (f FilterValues) All() []FilterField {
	return []FilterField{{"region", f.Region}, {"level", f.Level}, {"year", f.Year}, {"kind", f.Kind}}
}

// A Warning says what was read otherwise than it was typed, or may mean several
// things.
type Warning struct {
	query.Warning
	Text string `json:"text"` // as a sentence without a full stop, in the language asked for
}

// A Cell counts the matches in the reports of one region on one year. As the
// facet of regions does, cells ignore the filter on regions.
type Cell struct {
	Region   Region // without the divisions in it; zero where it is not known
	Year     int    // 0 where it is not known
	Passages int
	Reports  int
	Held     int // reports held of it within the filters; study.Ask counts them

	Occurrences int
	Chars       int64 // see FacetValue
}

// Total counts what matched, in three ways.
type Total struct {
	Passages    int `json:"passages"`
	Reports     int `json:"reports"`
	Occurrences int `json:"occurrences"` // marked places in the text of those passages
}

// A Hit is a passage that matched, or was asked for by its id.
type Hit struct {
	ID     string  `json:"id"`
	Score  float64 `json:"score"`
	Report Meta    `json:"report"`
	Sure   Sure    `json:"sure"` // how the report came to its region, level, year and kind

	OCR *Recognition `json:"ocr,omitempty"` // that the report was read by machine, in part or as a whole; nil where all is text

	Section    []string `json:"section"`
	Paragraph  int      `json:"paragraph"`
	Heading    bool     `json:"heading"`
	Plan       bool     `json:"plan"` // stands in what is planned
	Text       string   `json:"text"`
	Published  string   `json:"published,omitempty"` // the source's characters of the whole paragraph, where cleaning changed them
	Highlights []Span   `json:"highlights"`
	Snippet    Span     `json:"snippet"`
	Copies     []Copy   `json:"copies"`              // other reports with the text of this one's report
	CopyOf     string   `json:"copy_of,omitempty"`   // id of the report shown for this one's; only where copies are searched
	InReport   *Matches `json:"in_report,omitempty"` // of its report; only where hits are grouped
}

// Matches counts what matches in one report.
type Matches struct {
	Passages    int `json:"passages"`
	Occurrences int `json:"occurrences"` // 0 in the relaxed tier, as in totals
}

// A Span is a half-open range of Unicode code points.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Facets count the matches by the metadata of their reports. The counts of a
// field ignore the filter on that field.
type Facets struct {
	Region []FacetValue `json:"region"`
	Level  []FacetValue `json:"level"`
	Year   []FacetValue `json:"year"`
	Kind   []FacetValue `json:"kind"`
}

// A Facet is the counts of one field.
type Facet struct {
	Field  string // as a filter is called
	Values []FacetValue
}

// All returns the facets in the order they are shown.
func (f Facets) All() []Facet {
	return []Facet{{"region", f.Region}, {"level", f.Level}, {"year", f.Year}, {"kind", f.Kind}}
}

// Clone is a copy that shares nothing with the facets.
func (f Facets) Clone() Facets {
	return Facets{slices.Clone(f.Region), slices.Clone(f.Level), slices.Clone(f.Year), slices.Clone(f.Kind)}
}

// A FacetValue counts the matches under one value of a field.
type FacetValue struct {
	Value    string `json:"value"` // as a filter takes it; Unknown where the field is not known
	Label    string `json:"label,omitempty"`
	Passages int    `json:"passages"`
	Reports  int    `json:"reports"`
	Held     int    `json:"held"` // reports held under it within the other filters; study.Ask counts them

	Occurrences int `json:"occurrences"` // marked places in those passages
	// Chars are the code points in the texts of all passages of the reports held, so
	// that occurrences can be told per 10,000 of them. An engine, which does not
	// count what is held, gives those of the reports that match.
	Chars int64 `json:"chars"`
}

// Stats says what an index holds.
type Stats struct {
	State
	Reports   int    `json:"reports"`
	Copies    int    `json:"copies"` // of the reports: those that another one is shown for
	Passages  int    `json:"passages"`
	Tokens    int64  `json:"tokens"`     // characters, numbers and Latin words
	TextBytes int64  `json:"text_bytes"` // UTF-8 bytes of all passages
	DiskBytes int64  `json:"disk_bytes"`
	Facets    Facets `json:"facets"` // over everything held but copies
}

// Published says what a Writer has published.
type Published struct {
	Stats                     // without Facets
	CopyOf  map[string]string // id of the report that is shown, by the id of each copy
	Changes Changes           // of an Updater
}

// Changes counts the reports of an update.
type Changes struct {
	Added   int // their ids were not held
	Changed int // made again under an id that was held
	Kept    int
	Unread  int // kept too, since their files could not be read
	Gone    int // ids that are held no more
}

// PassageID names a passage of a report: the report's id, #p and the number
// of the paragraph, and the number of the piece if the paragraph was split.
func PassageID(report string, paragraph, piece int) string {
	id := report + "#p" + strconv.Itoa(paragraph)
	if piece > 0 {
		id += "." + strconv.Itoa(piece)
	}
	return id
}

// ParsePassageID takes a passage id apart. ok is false for what is no
// passage id.
func ParsePassageID(id string) (report string, paragraph, piece int, ok bool) {
	i := strings.LastIndex(id, "#p")
	if i < 0 {
		return "", 0, 0, false
	}
	number, part, split := strings.Cut(id[i+2:], ".")
	paragraph, err := strconv.Atoi(number)
	if err != nil || paragraph < 0 {
		return "", 0, 0, false
	}
	if split {
		if piece, err = strconv.Atoi(part); err != nil || piece < 1 {
			return "", 0, 0, false
		}
	}
	return id[:i], paragraph, piece, PassageID(id[:i], paragraph, piece) == id // #p07 and #p+7 name nothing
}
