// Package eval measures what the project understands of reports and writes it
// down as a text that is kept: a change shows its price as a difference. It
// knows what is right and how to count it, and nothing of where reports and
// the truth about them come from.
package eval

import (
	"slices"
	"strconv"

	"baogao"
)

// Fields are the fields of a report's metadata that are judged, in the order
// they are shown.
var Fields = []string{"region", "level", "year", "kind"}

// NoYear is the Truth of the year of a document that reports on none: only
// unknown is right.
const NoYear = -1

// Truth is what is known of a document without reading it as the program
// does. A field with its zero value is not known and is not judged.
type Truth struct {
	Region string // code of the division it speaks for; baogao.Unknown where only unknown is right
	Within bool   // a division inside Region is right as well
	NoClue bool   // the text tells neither region nor level: unknown is counted by itself, an answer is right or wrong
	Level  baogao.Level
	Year   int
	Kind   baogao.Kind
}

// A Judgement is one field of one document as it was inferred, held against
// the truth.
type Judgement struct {
	Set, View  string // collection of documents, and how much the program saw of each
	ID, Field  string
	Level      baogao.Level // true of the document, "" where that is not known
	Kind       baogao.Kind  // likewise
	Want, Got  string       // "" is unknown
	Confidence float64
	Right      bool
	NoClue     bool // unknown, of a document that does not tell
}

// Judge holds what was inferred of a report against the truth, one judgement
// for each field that is known, in the order of Fields.
func Judge(set, view, id string, truth Truth, r *baogao.Report) []Judgement {
	var list []Judgement
	for _, field := range Fields {
		want, known := truth.of(field)
		if !known {
			continue
		}
		j := Judgement{Set: set, View: view, ID: id, Field: field, Level: truth.Level, Kind: truth.Kind, Want: want}
		if i := slices.IndexFunc(r.Findings, func(f baogao.Finding) bool { return f.Field == field }); i >= 0 {
			j.Got, j.Confidence = r.Findings[i].Value, r.Findings[i].Confidence
		}
		j.Right = j.Got == want
		j.NoClue = truth.NoClue && j.Got == "" && (field == "region" || field == "level")
		if field == "region" {
			j.Right = j.Right || truth.Within && slices.Contains(r.Meta.Region.Codes(), want)
		}
		list = append(list, j)
	}
	return list
}

// of gives the true value of a field, and whether it is known.
func (t Truth) of(field string) (want string, known bool) {
	switch field {
	case "region":
		if t.Region == baogao.Unknown {
			return "", true
		}
		return t.Region, t.Region != ""
	case "level":
		return string(t.Level), t.Level != ""
	case "year":
		if t.Year == NoYear {
			return "", true
		}
		return strconv.Itoa(t.Year), t.Year != 0
	}
	return string(t.Kind), t.Kind != ""
}
