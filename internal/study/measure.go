package study

// A Measure is what is said of a tally, as the columns of tables are called.
type Measure string

// The measures, the first of which is said unasked.
const (
	PerChars    Measure = "per_10000"
	Passages    Measure = "passages"
	Reports     Measure = "reports"
	Occurrences Measure = "occurrences"
	Share       Measure = "share"
	HeldReports Measure = "held"
)

// Measures lists them.
var Measures = []Measure{PerChars, Passages, Reports, Occurrences, Share, HeldReports}

// Of is the measure of a tally. ok is false where it cannot be told: nothing is held,
// or no word is asked for.
func (m Measure) Of(t Tally) (value float64, ok bool) {
	switch m {
	case Passages:
		return float64(t.Passages), t.Held > 0
	case Reports:
		return float64(t.Reports), t.Held > 0
	case Occurrences:
		return float64(t.Occurrences), t.Counted()
	case Share:
		return t.Share()
	case HeldReports:
		return float64(t.Held), true
	}
	return t.Rate()
}

// Interval is that of 95 % around a rate or a share. ok is false for other measures,
// and for less than two reports.
func (m Measure) Interval(t Tally) (low, high float64, ok bool) {
	switch m {
	case PerChars:
		return t.RateInterval()
	case Share:
		return t.ShareInterval()
	}
	return 0, 0, false
}
