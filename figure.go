package baogao

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
