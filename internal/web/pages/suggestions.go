package pages

import (
	"cmp"
	"strings"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/web/address"
)

// A suggestion is a question that may have been meant.
type suggestion struct {
	Name      string // the question, or that there is none
	Filters   string // that go with it, in words
	Why       string
	Link      string // to the passages, and OfReports to the reports
	OfReports string
	Passages  int
	Reports   int
}

// suggestionsOf are suggestions with the addresses that ask them.
func suggestionsOf(s address.State, found []baogao.Suggestion) []suggestion {
	var all []suggestion
	for _, f := range found {
		t := s.Anew()
		t.Take(s.Typed().Following(f.Query, f.Filter))
		all = append(all, suggestion{
			Name: cmp.Or(f.Query, "全部段落"), Filters: filtersOf(f.Filter), Why: f.Why.Text, Link: t.ByPassage().URL(), OfReports: t.ByReport().URL(), Passages: f.Passages, Reports: f.Reports,
		})
	}
	return all
}

// filtersOf are the values of filters in words.
func filtersOf(f baogao.FilterValues) string {
	var all []string
	for _, field := range f.All() {
		for _, value := range field.Values {
			label := ""
			if found := ask.Regions(value); field.Name == "region" && len(found) > 0 {
				label = found[0].Name
			}
			all = append(all, valueName(field.Name, value, label))
		}
	}
	return strings.Join(all, "、")
}
