package suggest

import (
	"slices"

	"baogao"
	"baogao/query"
)

// metadata takes the words that are in full a place, a year, a level or a kind,
// and the places and years that words begin with, for filters: all of them, or
// else one at a time.
func metadata(a *asking) (proposals, error) {
	all := filtered(a, func(int) bool { return true })
	if len(all) == 0 {
		return nil, nil
	}
	var each []proposal
	for i := range a.words {
		each = append(each, filtered(a, func(j int) bool { return j == i })...)
	}
	return proposals{all, each}, nil
}

// narrowed has a rule propose what the words may mean that metadata leaves, within
// the places, years, levels and kinds that it takes the others for.
func narrowed(propose func(*asking) (proposals, error)) func(*asking) (proposals, error) {
	return func(a *asking) (proposals, error) {
		meant := filtered(a, func(int) bool { return true })
		if len(meant) == 0 {
			return nil, nil
		}
		rest := *a
		rest.parts = query.Conjuncts(meant[0].root)
		found, err := propose(&rest)
		for _, group := range found {
			for i := range group {
				group[i].filter, group[i].named = meant[0].filter, meant[0].named
			}
		}
		return found, err
	}
}

// filtered proposes the filters that some of the words name with what is left of
// the question; nothing where nothing is left, unless the question finds nothing.
func filtered(a *asking, wanted func(i int) bool) []proposal {
	n := naming{a.q.Request.Filters, a.exact == 0}
	values, rest := n.values(a.parts, wanted)
	if len(values) == 0 || a.q.Typed.Report != "" || len(rest) == 0 && a.exact > 0 {
		return nil
	}
	p := proposal{root: query.Join(rest), within: a.within, why: query.Warning{ID: isMetadata}}
	var places [][]baogao.Region
	for _, v := range values {
		p.named = append(p.named, v.word, v.field)
		switch v.field {
		case "region":
			places = append(places, v.regions)
		case "level":
			p.filter.Level = with(p.filter.Level, v.text)
		case "year":
			p.filter.Year = with(p.filter.Year, v.text)
		case "kind":
			p.filter.Kind = with(p.filter.Kind, v.text)
		}
	}
	p.filter.Region = innermost(places)
	return []proposal{p}
}

// with is a list that has a value.
func with(list []string, value string) []string {
	if slices.Contains(list, value) {
		return list
	}
	return append(list, value)
}

// lies reports whether a region is the one with a code or lies in it. The country
// is none that is asked for.
func lies(r baogao.Region, code string) bool {
	return code == baogao.CountryCode || slices.Contains(r.Codes(), code)
}

// innermost are the codes of what several names mean: of a name and that of a
// place in it the inner one, and what of it lies there.
func innermost(names [][]baogao.Region) []string {
	outer := make([]bool, len(names))
	for i := range names {
		var inner []baogao.Region
		for j := range names {
			for _, r := range names[i] {
				within := slices.ContainsFunc(names[j], func(o baogao.Region) bool { return o.Code != r.Code && lies(r, o.Code) })
				if i != j && within {
					inner, outer[j] = append(inner, r), true
				}
			}
		}
		if len(inner) > 0 {
			names[i] = inner
		}
	}
	var codes []string
	for i, regions := range names {
		for _, r := range regions {
			if !outer[i] {
				codes = with(codes, r.Code)
			}
		}
	}
	return codes
}
