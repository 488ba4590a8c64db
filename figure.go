package baogao

import (
	"context"
	"errors"
	"iter"
)

// FigureKind is what a figure measures.
type FigureKind string

// FigureKinds lists the kinds of figures in the order they are shown: things;
// money; a share or a level in percent; a change; the distance to another place
// or plan; a place among others; time; an area; what is weighed or measured; a
// ratio or a score.
var FigureKinds = []FigureKind{"count", "amount", "rate", "growth", "gap", "rank", "duration", "area", "quantity", "index"}

// FigureStatus says whether a figure was reached.
type FigureStatus string

// The statuses of figures.
const (
	Achieved FigureStatus = "achieved"
	Target   FigureStatus = "target"  // it is planned
	Earlier  FigureStatus = "earlier" // the old value that an achieved one is set beside
)

// FigureStatuses lists them.
var FigureStatuses = []FigureStatus{Achieved, Target, Earlier}

// A Figure is one number of a passage with one thing that it measures, as
// package figure reads it. Places are in code points of the text of the passage.
type Figure struct {
	Passage     string       `json:"passage,omitempty"` // id; as all that is told of where it stands, only where it was found
	Start       int          `json:"start"`
	End         int          `json:"end"`   // behind the unit
	Raw         string       `json:"raw"`   // the text from Start to End
	Value       float64      `json:"value"` // with 万 and 亿 worked in
	High        *float64     `json:"high"`  // the upper end of a range, else nil
	Unit        string       `json:"unit"`  // without 万 and 亿
	Kind        FigureKind   `json:"kind"`
	Direction   string       `json:"direction,omitempty"` // up or down, of growths and gaps
	Approximate bool         `json:"approximate"`
	Bound       string       `json:"bound,omitempty"` // min, max or range; "" is the value itself
	Status      FigureStatus `json:"status"`
	Year        int          `json:"year,omitempty"`   // where it is another than the one reported on
	Period      string       `json:"period,omitempty"` // where it is another than a year
	Indicator   string       `json:"indicator"`        // what is measured, in the words of the text
	Key         string       `json:"key"`              // the same for all wordings of an indicator: object·act·measure
	Scope       string       `json:"scope,omitempty"`  // of which part of the place
	Numerator   *FigurePart  `json:"numerator,omitempty"`
	Denominator *FigurePart  `json:"denominator,omitempty"`
	Evidence    string       `json:"evidence"`         // the clause or sentence that says it
	Report      string       `json:"report,omitempty"` // id
}

// A FigurePart is what a rate is made of: its name, and its value where the
// passage tells it, else 0.
type FigurePart struct {
	Indicator string  `json:"indicator"`
	Value     float64 `json:"value,omitempty"`
}

// A Figurer is what an engine may offer beside a Searcher: the figures of the
// passages that match.
type Figurer interface {
	// Figures tells the figures of all passages that match a request exactly, each
	// text once as in its answer, whatever its Offset, After, Limit and Grouped say.
	Figures(ctx context.Context, req Request, f FigureFilter) (*FigureResult, error)
	// EachFigure yields them all, in their order, from the offset of the filter on and
	// without regard to its limit and grouping. All are of one generation. An error
	// ends it.
	EachFigure(ctx context.Context, req Request, f FigureFilter) iter.Seq2[*FoundFigure, error]
}

// ErrNoFigures is the error where an engine is no Figurer.
var ErrNoFigures = errors.New("this engine keeps no figures")

// FigurerOf is the Figurer that a Searcher is too.
func FigurerOf(s Searcher) (Figurer, error) {
	if f, ok := s.(Figurer); ok {
		return f, nil
	}
	return nil, ErrNoFigures
}

// FigureSort is the order of figures.
type FigureSort string

// The orders of figures. Ties fall to that of the hits.
const (
	ByHit       FigureSort = ""       // as their passages stand among the hits, and in them
	ByValue     FigureSort = "value"  // the smallest first
	ByValueDown FigureSort = "-value" // the largest first
	ByTheYear   FigureSort = "year"   // that they are of, the oldest first, what is not known last
	ByTheNewest FigureSort = "-year"  // the newest first, what is not known last
	ByKey       FigureSort = "key"    // and within one by wording, unit and value
)

// FigureSorts lists them.
var FigureSorts = []FigureSort{ByHit, ByValue, ByValueDown, ByTheYear, ByTheNewest, ByKey}

// A FigureFilter narrows the figures of passages. Values of one field are
// alternatives; the fields must all hold. An empty field does not narrow.
type FigureFilter struct {
	// Indicator is words that must all stand in the name of what is measured or in
	// its key, in either script and width. A word with · in it is parts of a key:
	// 行政复议·受理 is the keys that have these two parts next to each other.
	Indicator string
	Key       string // the figures of this key and no other, in either script and width
	Units     []string
	Kinds     []FigureKind
	Statuses  []FigureStatus
	Min, Max  *float64   // of the value, both included; nil is no bound
	Keys      FigureKeys // nil is those that the figures were read with

	Sort    FigureSort
	Offset  int
	Limit   int  // 0 means DefaultLimit, below 0 no figures
	Grouped bool // by key: groups instead of figures, which Offset and Limit count
}

// FigureKeys give figures other keys than those they were read with. They may be used
// side by side, and are compared by ==.
type FigureKeys interface {
	// KeyOf is the key of an indicator that was read with another.
	KeyOf(kept, indicator string, kind FigureKind) string
}

// A FigureResult is the figures that were asked for. Total is exact.
type FigureResult struct {
	Total   FigureTotal   `json:"total"`
	TookMS  float64       `json:"took_ms"`
	Figures []FoundFigure `json:"figures"`
	Groups  []FigureGroup `json:"groups,omitempty"` // the largest first, where they were asked for
}

// A FigureTotal counts figures, the passages and the reports that they stand in,
// and their keys.
type FigureTotal struct {
	Figures  int `json:"figures"`
	Passages int `json:"passages"`
	Reports  int `json:"reports"`
	Keys     int `json:"keys"`
}

// A FoundFigure is a figure with what is known of its report.
type FoundFigure struct {
	Figure
	Section []string `json:"section"`
	Plan    bool     `json:"plan"` // its passage stands in what is planned
	Meta    Meta     `json:"meta"`
	Sure    Sure     `json:"sure"`

	Outlier *Outlier `json:"outlier,omitempty"` // what it is far from; set by package study
}

// An Outlier says what a figure is far from: ten times as much, or a tenth, where 万 or
// 亿 may have been misread. It is for a person to look at, and is no error by itself.
type Outlier struct {
	Beside string  `json:"beside"` // place or group
	Median float64 `json:"median"` // of its figures
}

// In is the year that a figure is of, see YearOf.
func (f *FoundFigure) In() int { return YearOf(f.Year, f.Status, f.Plan, f.Meta.Year) }

// YearOf is the year that a figure is of, 0 where it is not known: the one that the
// text names, and else the year that its report is on, or the one behind that for what
// is aimed at in a plan.
func YearOf(named int, status FigureStatus, plan bool, reported int) int {
	switch {
	case named != 0 || reported == 0:
		return named
	case status == Target && plan:
		return reported + 1
	}
	return reported
}

// A FigureGroup counts the figures of one key.
type FigureGroup struct {
	Key      string          `json:"key"`
	Figures  int             `json:"figures"`
	Reports  int             `json:"reports"`
	Regions  int             `json:"regions"`  // that are known
	Years    int             `json:"years"`    // that are known, of the figures
	Units    []string        `json:"units"`    // the most frequent first
	Wordings []FigureWording `json:"wordings"` // likewise
}

// A FigureWording counts the figures that call what they measure alike.
type FigureWording struct {
	Indicator string `json:"indicator"`
	Figures   int    `json:"figures"`
}
