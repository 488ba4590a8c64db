package export

import (
	"fmt"
	"strconv"

	"baogao"
	"baogao/internal/study"
)

// A Trend is a study.Trend as files and the API have it.
type Trend struct {
	By        study.By   `json:"by"`
	Questions []string   `json:"questions"`
	Rows      []TrendRow `json:"rows"`
	Totals    []Tally    `json:"totals"` // a question each

	Aliases []baogao.AliasCount `json:"aliases,omitempty"` // of words that were asked for with their other names
}

// A TrendRow is one value of the field that a trend runs along.
type TrendRow struct {
	Value   string  `json:"value"` // as a filter takes it
	Label   string  `json:"label,omitempty"`
	Tallies []Tally `json:"tallies"` // a question each
}

// A Tally is a study.Tally with null for what cannot be told: nothing of it is zero
// where nothing is held, nor are occurrences where no word is asked for.
type Tally struct {
	Held        int         `json:"held"`
	Chars       int64       `json:"chars"`
	Passages    *int        `json:"passages"`
	Reports     *int        `json:"reports"`
	Occurrences *int        `json:"occurrences"`
	Rate        *float64    `json:"per_10000"`
	RateRange   *[2]float64 `json:"per_10000_range"` // interval of 95 %
	Share       *float64    `json:"share"`           // of the reports held
	ShareRange  *[2]float64 `json:"share_range"`
}

// TrendOf makes a trend of questions ready to be written.
func TrendOf(t *study.Trend, questions []string) *Trend {
	made := &Trend{By: t.By, Questions: questions, Rows: []TrendRow{}, Totals: tallies(t.Totals)}
	for _, r := range t.Rows {
		made.Rows = append(made.Rows, TrendRow{r.Value, r.Label, tallies(r.Tallies)})
	}
	return made
}

func tallies(counted []study.Tally) []Tally {
	all := make([]Tally, 0, len(counted))
	for _, n := range counted {
		t := Tally{Held: n.Held, Chars: n.Chars}
		if n.Held > 0 {
			t.Passages, t.Reports = &n.Passages, &n.Reports
		}
		if n.Counted() {
			t.Occurrences = &n.Occurrences
		}
		if rate, ok := n.Rate(); ok {
			t.Rate = &rate
		}
		if low, high, ok := n.RateInterval(); ok {
			t.RateRange = &[2]float64{low, high}
		}
		if share, ok := n.Share(); ok {
			t.Share = &share
		}
		if low, high, ok := n.ShareInterval(); ok {
			t.ShareRange = &[2]float64{low, high}
		}
		all = append(all, t)
	}
	return all
}

// tallyColumns are the columns of a tally.
var tallyColumns = []string{
	"held", "chars", "passages", "reports", "occurrences", "per_10000", "per_10000_low", "per_10000_high", "share", "share_low", "share_high",
}

// TrendColumns are the columns of a trend in long form: a record is one question in
// one row, and what cannot be told is empty.
var TrendColumns = append([]string{"question", "by", "value", "label"}, tallyColumns...)

// Table is a trend in long form, TrendColumns first.
func (t *Trend) Table() [][]any {
	all := [][]any{anys(TrendColumns)}
	for i, question := range t.Questions {
		for _, row := range t.Rows {
			all = append(all, append([]any{question, string(t.By), row.Value, row.Label}, row.Tallies[i].cells()...))
		}
	}
	return all
}

// cells are a tally in the order of tallyColumns.
func (t Tally) cells() []any {
	return []any{
		t.Held, t.Chars, value(t.Passages), value(t.Reports), value(t.Occurrences),
		value(t.Rate), end(t.RateRange, 0), end(t.RateRange, 1), value(t.Share), end(t.ShareRange, 0), end(t.ShareRange, 1),
	}
}

// value is what a pointer points to, nil where it is nil.
func value[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}

func end(interval *[2]float64, i int) any {
	if interval == nil {
		return nil
	}
	return interval[i]
}

func anys(texts []string) []any {
	all := make([]any, len(texts))
	for i, t := range texts {
		all[i] = t
	}
	return all
}

// Records are the rows of a table as CSV has them: texts made safe for
// spreadsheets, fractions with six decimals, nil empty.
func Records(table [][]any) [][]string {
	var all [][]string
	for _, row := range table {
		record := make([]string, len(row))
		for i, v := range row {
			switch v := v.(type) {
			case nil:
			case string:
				record[i] = Cell(v)
			case float64:
				record[i] = strconv.FormatFloat(v, 'f', 6, 64)
			default:
				record[i] = fmt.Sprint(v)
			}
		}
		all = append(all, record)
	}
	return all
}
