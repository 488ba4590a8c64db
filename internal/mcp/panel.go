package mcp

import (
	"baogao"
	"baogao/internal/study"
)

const panelDescription = `Count one or several questions in a grid: a row a province, city or district, a column a year. null is not held and not known; 0 is held and never said. One measure a call.`

// rungs are what the rows of a panel can be.
var rungs = []study.By{study.ByProvince, study.ByCity, study.ByDistrict}

// measures are what a cell of a panel can say, beside the reports held that each row has.
var measures = []study.Measure{study.PerChars, study.Share, study.Passages, study.Reports, study.Occurrences}

type panelArgs struct {
	Questions []string `json:"questions" jsonschema:"1 to 20 questions; words joined by OR count as one concept"`
	Rows      string   `json:"rows,omitempty" jsonschema:"province, city or district; province if left out"`
	Measure   string   `json:"measure,omitempty" jsonschema:"per_10000 (characters of what is held), share (of the reports held), passages, reports or occurrences; per_10000 if left out"`
	filters
	Skip int `json:"skip,omitempty" jsonschema:"rows to leave out: next of the answer before"`
}

type panelAnswer struct {
	Questions []string            `json:"questions"`
	Measure   string              `json:"measure"`
	Years     []string            `json:"years" jsonschema:"the columns; unknown where a report does not tell"`
	Rows      []panelRow          `json:"rows"`
	Aliases   []baogao.AliasCount `json:"aliases,omitempty" jsonschema:"other names of words that were asked for with them"`
	Next      int                 `json:"next,omitempty" jsonschema:"skip of the rows that follow"`
	Warnings  []string            `json:"warnings,omitempty"`
}

type panelRow struct {
	Value string       `json:"value" jsonschema:"as the filter takes it"`
	Name  string       `json:"name,omitempty"`
	Held  []int        `json:"held" jsonschema:"reports held, a year each"`
	Cells [][]*float64 `json:"cells" jsonschema:"a list each question, a year each; null where nothing is held, and of rates and occurrences where no word is asked for"`
}

// panelRowOf is the row of a division, of whose cells each has a tally a question.
func panelRowOf(key study.Key, cells [][]study.Tally, questions int, measure study.Measure) panelRow {
	row := panelRow{Value: key.Value, Name: key.Label, Held: []int{}}
	for q := range questions {
		line := make([]*float64, len(cells))
		for c, cell := range cells {
			if q == 0 {
				row.Held = append(row.Held, cell[q].Held)
			}
			if n, ok := measure.Of(cell[q]); ok {
				line[c] = &n
			}
		}
		row.Cells = append(row.Cells, line)
	}
	return row
}
