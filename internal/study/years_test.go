package study

import (
	"reflect"
	"testing"

	"baogao"
)

func TestYears(t *testing.T) {
	held := func(years ...string) []baogao.FacetValue {
		var all []baogao.FacetValue
		for _, y := range years {
			all = append(all, baogao.FacetValue{Value: y, Passages: 2, Reports: 1})
		}
		return all
	}
	for _, tt := range []struct {
		held  []baogao.FacetValue
		want  Years
		years int
	}{
		{nil, Years{}, 0},
		{held("unknown"), Years{}, 0},
		{held("2021", "2024", "unknown"), Years{2021, 2024}, 4},
		{held("1949", "2021", "2022", "2069"), Years{2021, 2022}, 2},
		{held("1949", "1950", "2021", "2022"), Years{2021, 2022}, 2},
		{held("1999", "2022"), Years{1999, 2022}, 24},
		{held("1998", "2022"), Years{2022, 2022}, 1},
	} {
		got := YearsOf(tt.held)
		if got != tt.want || len(got.List()) != tt.years {
			t.Errorf("%v: %v of %d years, want %v of %d", tt.held, got, len(got.List()), tt.want, tt.years)
		}
	}
	sums := Years{2021, 2022}.Sums(held("1949", "1950", "2021", "2069", "unknown"))
	want := []baogao.FacetValue{{Value: "..2020", Passages: 4, Reports: 2}, {Value: "2023..", Passages: 2, Reports: 1}, {Value: "unknown", Passages: 2, Reports: 1}}
	if !reflect.DeepEqual(sums, want) {
		t.Errorf("outside of the years %+v, want %+v", sums, want)
	}
}
