package mcp

import (
	"context"
	"strconv"

	"baogao"
	"baogao/internal/ask"
)

// filters are the arguments that narrow, alike for all tools.
type filters struct {
	Region []string `json:"region,omitempty" jsonschema:"names or GB/T 2260 codes, as 四川 or 510904, any of which may hold; what lies in a region is included, unless = stands in front"`
	Level  []string `json:"level,omitempty" jsonschema:"country, province, city, district, street or unknown; any may hold"`
	Year   []string `json:"year,omitempty" jsonschema:"years reported on, as 2022 or 2020..2023; any may hold"`
	Kind   []string `json:"kind,omitempty" jsonschema:"rule-of-law, work, disclosure, statistics, budget, congress, other or unknown; any may hold"`
	Sure   float64  `json:"sure,omitempty" jsonschema:"least confidence, from 0 to 1, in region, level, year and kind of a report"`
}

// typed is a question with the filters.
func (f filters) typed(question string) ask.Typed {
	t := ask.Typed{Question: question, Regions: f.Region, Levels: f.Level, Years: f.Year, Kinds: f.Kind}
	if f.Sure != 0 {
		t.Sure = strconv.FormatFloat(f.Sure, 'g', -1, 64)
	}
	return t
}

// read reads a question with the filters.
func (f filters) read(ctx context.Context, s baogao.Searcher, question string) (*ask.Question, error) {
	return ask.Read(ctx, s, f.typed(question), ask.English)
}
