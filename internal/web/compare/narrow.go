package compare

import (
	"slices"
	"strings"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/study"
	"baogao/internal/web/address"
)

// narrowed is a state within the value of a row. A row may be wider than what is
// filtered on, as the province of a city: then what is filtered on within it stays.
func narrowed(s address.State, by study.By, value string) address.State {
	chosen := s.Filters["region"]
	if by.Field() != "region" || len(chosen) == 0 {
		return s.Only(by.Field(), value)
	}
	t := s.Only("region", value)
	if values := shared(chosen, value); len(values) > 0 {
		t.Filters["region"] = values
	}
	return t
}

// shared are the regions that lie both in one of some, as filters name them, and in
// that of a row.
func shared(chosen []string, row string) []string {
	var all []string
	for _, name := range chosen {
		plain, itself := strings.CutPrefix(name, baogao.Itself)
		if name == row || plain == baogao.CountryCode && !itself {
			all = append(all, row)
			continue
		}
		for _, r := range ask.Meant(plain) {
			if v := common(r, itself, row); v != "" && !slices.Contains(all, v) {
				all = append(all, v)
			}
		}
	}
	return all
}

// common is what a region, or its own reports alone, has in common with a row; "" is
// nothing.
func common(r baogao.Region, itself bool, row string) string {
	code, own := strings.CutPrefix(row, baogao.Itself)
	switch above := (baogao.Region{Code: code}).Codes(); {
	case itself && (code == r.Code || !own && slices.Contains(r.Codes(), code)):
		return baogao.Itself + r.Code
	case itself:
		return ""
	case slices.Contains(above, r.Code):
		return row
	case !own && slices.Contains(r.Codes(), code):
		return r.Code
	}
	return ""
}
