package export

import (
	"encoding/json"
	"io"
	"strconv"
	"time"

	"baogao"
	"baogao/internal/target"
)

// TargetColumns are the columns of a target and of what became of it, in their order.
// report_year is that of the report that plans, year that of the target.
var TargetColumns = []string{
	"place_code", "place", "report_year", "year", "verdict", "reason", "indicator", "key", "figure_kind", "direction", "bound", "approximate", "scope", "period",
	"target", "target_value", "target_high", "target_unit", "result_indicator", "result", "result_value", "result_high", "result_unit", "result_direction", "result_year", "others",
	"target_evidence", "target_passage", "target_title", "target_citation", "result_evidence", "result_passage", "result_title", "result_citation", "confidence",
}

// A Target is a target.Row as files and the API have it.
type Target struct {
	Year           *int                `json:"year"` // null is not known
	Verdict        target.Verdict      `json:"verdict"`
	Reason         string              `json:"reason,omitempty"`
	Target         baogao.FoundFigure  `json:"target"`
	Result         *baogao.FoundFigure `json:"result"`
	Others         int                 `json:"others"`
	TargetCitation string              `json:"target_citation"`
	ResultCitation string              `json:"result_citation,omitempty"`
}

// TargetsOf makes rows ready to be written.
func TargetsOf(rows []target.Row) []Target {
	read := time.Now()
	made := make([]Target, 0, len(rows))
	for i := range rows {
		r := &rows[i]
		t := Target{Verdict: r.Verdict, Reason: r.Reason.String(), Target: r.Target, Result: r.Result, Others: r.Others, TargetCitation: figureCitation(&r.Target, read)}
		if r.Year != 0 {
			t.Year = &r.Year
		}
		if r.Result != nil {
			t.ResultCitation = figureCitation(r.Result, read)
		}
		made = append(made, t)
	}
	return made
}

// Targets writes targets in one of Forms.
func Targets(w io.Writer, form string, all []Target, o Options) error {
	if form == "jsonl" {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		for i := range all {
			if err := e.Encode(&all[i]); err != nil {
				return err
			}
		}
		return nil
	}
	var rows [][]any
	for i := range all {
		rows = append(rows, all[i].cells())
	}
	return table(w, form, "targets", TargetColumns, Rows(rows), o)
}

// cells are those of TargetColumns.
func (t *Target) cells() []any {
	f, m := &t.Target, &t.Target.Meta
	year := number("")
	if t.Year != nil {
		year = whole(*t.Year)
	}
	cells := []any{
		m.Region.Code, m.Region.Name, yearCell(m.Year), year, string(t.Verdict), t.Reason, f.Indicator, f.Key, string(f.Kind), f.Direction, f.Bound,
		strconv.FormatBool(f.Approximate), f.Scope, f.Period, f.Raw, number(Value(f.Value)), highCell(f), f.Unit,
	}
	sure := f.Sure.Least(m)
	if r := t.Result; r != nil {
		cells = append(cells, r.Indicator, r.Raw, number(Value(r.Value)), highCell(r), r.Unit, r.Direction, yearCell(r.In()), whole(t.Others))
		sure = min(sure, r.Sure.Least(&r.Meta))
	} else {
		cells = append(cells, "", "", number(""), number(""), "", "", number(""), number(""))
	}
	cells = append(cells, f.Evidence, f.Passage, m.Title, t.TargetCitation)
	if r := t.Result; r != nil {
		cells = append(cells, r.Evidence, r.Passage, r.Meta.Title, t.ResultCitation)
	} else {
		cells = append(cells, "", "", "", "")
	}
	return append(cells, number(Value(sure)))
}

// A TargetTable is targets and how many there are of each verdict, those included that
// are not listed.
type TargetTable struct {
	Total   target.Total `json:"total"`
	Targets []Target     `json:"targets"`
}
