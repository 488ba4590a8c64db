package baogao

import (
	"math"
	"slices"
	"strconv"
)

// A Basis says how the value of a field came to be, or that there is none.
type Basis struct {
	Confidence float64 `json:"confidence"` // 0 to 1, to six decimals; 1 for what was given and not inferred
	Origin     string  `json:"origin"`     // Inferred or Given
}

// A Sure says how a report came to what it is filtered and counted by. A field
// that is unknown has the confidence of the guess that was not good enough.
type Sure struct {
	Region Basis `json:"region"`
	Level  Basis `json:"level"`
	Year   Basis `json:"year"`
	Kind   Basis `json:"kind"`
}

// SureEnough is the confidence from which on a value is shown as it is. What is
// less sure is marked as a guess.
const SureEnough = 0.8

// IsGuess reports whether a value, which is known, is to be marked as a guess.
func (b Basis) IsGuess() bool { return b.Confidence < SureEnough }

// Rounded is the confidence to two decimals, rounded down so that no guess looks
// surer than it is.
func (b Basis) Rounded() string {
	const slack = 1e-6 // 0.29 × 100 is below 29
	return strconv.FormatFloat(math.Floor(b.Confidence*100+slack)/100, 'f', 2, 64)
}

// A SureField is the basis of one field.
type SureField struct {
	Name  string // as a filter is called
	Known bool   // the field has a value
	Basis
}

// All returns the fields of a report in the order they are shown.
func (s Sure) All(m Meta) []SureField {
	fields := s.fields(&m)
	return fields[:]
}

func (s Sure) fields(m *Meta) [4]SureField {
	return [4]SureField{
		{"region", !m.Region.IsZero(), s.Region}, {"level", m.Level != "", s.Level}, {"year", m.Year != 0, s.Year}, {"kind", m.Kind != "", s.Kind},
	}
}

// Least is the confidence in the least sure of the fields that are known, 1 where
// none is: nothing is said then that may be wrong.
func (s Sure) Least(m *Meta) float64 {
	least := 1.0
	for _, f := range s.fields(m) {
		if f.Known {
			least = min(least, f.Confidence)
		}
	}
	return least
}

// Sure tells how the report came to its region, level, year and kind, by its
// findings. A value without a finding was set by whoever made the report, and is
// given.
func (r *Report) Sure() Sure {
	m := &r.Meta
	return Sure{
		Region: r.basis("region", !m.Region.IsZero()), Level: r.basis("level", m.Level != ""),
		Year: r.basis("year", m.Year != 0), Kind: r.basis("kind", m.Kind != ""),
	}
}

func (r *Report) basis(field string, known bool) Basis {
	i := slices.IndexFunc(r.Findings, func(f Finding) bool { return f.Field == field })
	switch {
	case i >= 0:
		return Basis{r.Findings[i].Confidence, r.Findings[i].Origin}
	case known:
		return Basis{1, Given}
	}
	return Basis{0, Inferred}
}
