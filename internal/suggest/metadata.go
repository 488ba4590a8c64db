package suggest

import (
	"slices"
	"strings"
	"unicode/utf8"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/ask"
	"baogao/query"
)

// A value is a word, or the beginning of one, that names the value of a filter.
type value struct {
	word, field string
	regions     []baogao.Region // that it may mean, where the field is region
	text        string          // as a filter takes it, else
}

// ordinary are words that name a level or a kind and hardly ever mean it: they
// stand in every other title. 全国 leaves nothing out.
var ordinary = strings.Fields("地区 地區 全国 全國 工作 其他 其它")

// metadata takes the words that are in full a place, a year, a level or a kind,
// and the places and years that words begin with, for filters: all of them, or
// else one at a time.
func (a *asking) metadata() (proposals, error) {
	all := a.filtered(a.values(func(int) bool { return true }))
	if len(all) == 0 {
		return nil, nil
	}
	var each []proposal
	for i := range a.words {
		each = append(each, a.filtered(a.values(func(j int) bool { return j == i }))...)
	}
	return proposals{all, each}, nil
}

// values are those that some of the words name, with the parts of the question
// that are left.
func (a *asking) values(wanted func(i int) bool) (values []value, rest []query.Node) {
	for i, part := range a.parts {
		word, ok := part.(query.Word)
		if !ok || !wanted(i) {
			rest = append(rest, part)
			continue
		}
		named, left := a.peel(unmarked(word))
		values = append(values, named...)
		switch {
		case len(named) == 0:
			rest = append(rest, part)
		case left != "":
			rest = append(rest, query.Word(left))
		}
	}
	return values, rest
}

// filtered proposes filters with what is left of the question; nothing where
// nothing is left, unless the question finds nothing.
func (a *asking) filtered(values []value, rest []query.Node) []proposal {
	if len(values) == 0 || a.q.Typed.Report != "" || len(rest) == 0 && a.exact > 0 {
		return nil
	}
	p := proposal{root: query.Join(rest), within: a.within, why: query.Warning{ID: isMetadata}}
	var places [][]baogao.Region
	for _, v := range values {
		p.why.Args = append(p.why.Args, v.word, v.field)
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

// peel takes values off the beginning of a word, all of it where it is one.
func (a *asking) peel(word string) (values []value, rest string) {
	if utf8.RuneCountInString(word) > longestPeeled {
		return nil, word
	}
	if v, ok := a.valueOf(word); ok {
		return []value{v}, ""
	}
	for {
		v, left := a.begins(word)
		if left == "" {
			return values, word
		}
		values, word = append(values, v), left
	}
}

// Bounds, in characters: of the names of divisions that are written before a word,
// of what must follow them, and of words that are looked at at all.
const (
	longestName   = 16
	shortestName  = 3
	shortestRest  = 2
	longestPeeled = 64
)

// begins takes the longest year or full name of a place off the beginning of a
// word; left is "" where there is none.
func (a *asking) begins(word string) (v value, left string) {
	runes := []rune(word)
	for n := min(len(runes)-shortestRest, longestName); n >= shortestName; n-- {
		name := string(runes[:n])
		v, ok := a.valueOf(name)
		full := v.field == "year" && !analyzer.IsCJK(runes[0]) && analyzer.IsCJK(runes[n-1]) || v.field == "region" && isFullName(name, v.regions)
		if ok && full {
			return v, strings.TrimLeft(string(runes[n:]), listSigns+"的")
		}
	}
	return v, ""
}

// isFullName reports whether a name of divisions ends with the own name of one.
func isFullName(name string, regions []baogao.Region) bool {
	return slices.ContainsFunc(regions, func(r baogao.Region) bool {
		own := r.Path[len(r.Path)-1]
		return utf8.RuneCountInString(own) >= shortestName && strings.HasSuffix(analyzer.Fold(name), analyzer.Fold(own))
	})
}

// valueOf is the value of a filter that a word names as a whole, within the
// filters that there are.
func (a *asking) valueOf(word string) (v value, ok bool) {
	if years, err := query.ParseYears(arabicYear(word)); err == nil && !years.Unknown {
		return value{word: word, field: "year", text: years.String()}, a.mayBeYears(years)
	}
	if utf8.RuneCountInString(word) < 2 || slices.Contains(ordinary, word) || query.IsUnknown(word) || !analyzer.IsCJK(firstOf(word)) {
		return v, false
	}
	if level, ok := query.ParseLevel(word); ok {
		return value{word: word, field: "level", text: level}, a.mayBe("level", level)
	}
	if kind, ok := query.ParseKind(word); ok && namesReports(word) {
		return value{word: word, field: "kind", text: kind}, a.mayBe("kind", kind)
	}
	regions := slices.DeleteFunc(slices.Clone(ask.Meant(word)), func(r baogao.Region) bool { return !a.mayBeIn(r) })
	// 通道 and 平安 are counties, and words that are found as they are.
	sure := a.exact == 0 || isFullName(word, regions) || slices.ContainsFunc(regions, isLarge)
	return value{word: word, field: "region", regions: regions}, len(regions) > 0 && sure
}

// isLarge reports whether a region is a province or a city, whose short names
// hardly mean anything else.
func isLarge(r baogao.Region) bool { return len(r.Path) <= 2 }

// namesReports reports whether a word for a kind says that it is one: 法治 is what
// reports speak of.
func namesReports(word string) bool { return strings.HasSuffix(analyzer.Fold(word), "报告") }

func firstOf(word string) rune {
	r, _ := utf8.DecodeRuneInString(analyzer.Fold(word))
	return r
}

// mayBe reports whether a filter on a level or kind leaves a value.
func (a *asking) mayBe(field, value string) bool {
	return !slices.ContainsFunc(a.q.Request.Filters, func(f baogao.Filter) bool {
		return field == "level" && len(f.Levels) > 0 && !slices.Contains(f.Levels, baogao.Level(value)) ||
			field == "kind" && len(f.Kinds) > 0 && !slices.Contains(f.Kinds, baogao.Kind(value))
	})
}

// mayBeYears reports whether the filters on years leave all of some years.
func (a *asking) mayBeYears(y query.Years) bool {
	return !slices.ContainsFunc(a.q.Request.Filters, func(f baogao.Filter) bool {
		return len(f.Years) > 0 && !slices.ContainsFunc(f.Years, func(in query.Years) bool {
			return !in.Unknown && in.From <= y.From && (in.To == 0 || y.To != 0 && y.To <= in.To)
		})
	})
}

// mayBeIn reports whether the filters on regions leave all of a region.
func (a *asking) mayBeIn(r baogao.Region) bool {
	return !slices.ContainsFunc(a.q.Request.Filters, func(f baogao.Filter) bool {
		return len(f.Regions) > 0 && !slices.ContainsFunc(f.Regions, func(code string) bool { return lies(r, code) })
	})
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
