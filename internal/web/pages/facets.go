package pages

import (
	"fmt"
	"slices"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/web/address"
)

// A chip is a filter that can be removed.
type chip struct{ Field, Name, Remove string }

// A facet is the counts of one field: those that are shown at once, and those
// that are folded away.
type facet struct {
	Name   string
	Values []facetValue
	Rest   []facetValue
}

// fold folds the values away that are too many, but for those filtered on.
func (f *facet) fold() {
	if len(f.Values) <= shownAtOnce+2 {
		return
	}
	first, rest := slices.Clone(f.Values[:shownAtOnce]), f.Values[shownAtOnce:]
	f.Rest = nil
	for _, v := range rest {
		if v.Selected {
			first = append(first, v)
		} else {
			f.Rest = append(f.Rest, v)
		}
	}
	f.Values = first
}

type facetValue struct {
	Name     string
	Count    int
	Unit     string // of the count
	Says     string // all that is counted
	Link     string // to what is counted
	Selected bool
	Toggle   string
}

// inPassages and inReports are the values of a facet by the one or the other
// count.
func inPassages(field string, v baogao.FacetValue) facetValue {
	return facetValue{Name: valueName(field, v.Value, v.Label), Count: v.Passages, Unit: "段", Says: saysBoth(v)}
}

func inReports(field string, v baogao.FacetValue) facetValue {
	return facetValue{Name: valueName(field, v.Value, v.Label), Count: v.Reports, Unit: "篇报告", Says: saysBoth(v)}
}

func saysBoth(v baogao.FacetValue) string {
	return fmt.Sprintf("%d段，%d篇报告", v.Passages, v.Reports)
}

// chipsOf are the filters of a state whose answer begins with some hits.
func chipsOf(s address.State, hits []baogao.Hit) []chip {
	var all []chip
	if s.Report != "" {
		name := s.Report
		if len(hits) > 0 {
			name = shortTitleOf(hits[0].Report)
		}
		all = append(all, chip{"报告", name, s.In("").URL()})
	}
	for _, f := range address.Fields {
		for _, value := range s.Filters[f] {
			name := valueName(f, value, value)
			if f == "region" {
				name = ask.Chinese.Name(f, value)
			}
			all = append(all, chip{fieldNames[f], name, s.Toggled(f, value).URL()})
		}
	}
	return all
}

func facetsOf(s address.State, f baogao.Facets) []facet {
	var all []facet
	for _, field := range f.All() {
		if field.Field == "region" {
			continue
		}
		shown := facet{Name: fieldNames[field.Field]}
		for _, v := range field.Values {
			value := inPassages(field.Field, v)
			value.Link = s.Only(field.Field, v.Value).ByPassage().URL()
			value.Selected, value.Toggle = s.Has(field.Field, v.Value), s.Toggled(field.Field, v.Value).URL()
			if field.Field == "year" && !value.Selected && address.HasYear(s, v.Value) {
				value.Toggle = s.Only("year", v.Value).URL() // out of a span of years
			}
			shown.Values = append(shown.Values, value)
		}
		shown.fold()
		all = append(all, shown)
	}
	return all
}
