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

// A naming takes words for the values of filters.
type naming struct {
	filters []baogao.Filter // those that there are: none is made wider
	short   bool            // short names of counties are places too
}

// ordinary are words that name a level or a kind and hardly ever mean it: they
// stand in every other title. 全国 leaves nothing out.
var ordinary = strings.Fields("地区 地區 全国 全國 工作 其他 其它")

// values are those that some of the words name, with the parts of the question
// that are left.
func (n *naming) values(parts []query.Node, wanted func(i int) bool) (values []value, rest []query.Node) {
	for i, part := range parts {
		word, ok := part.(query.Word)
		if !ok || !wanted(i) {
			rest = append(rest, part)
			continue
		}
		named, left := n.peel(unmarked(word))
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

// peel takes values off the beginning of a word, all of it where it is one.
func (n *naming) peel(word string) (values []value, rest string) {
	if utf8.RuneCountInString(word) > longestPeeled {
		return nil, word
	}
	if v, ok := n.valueOf(word); ok {
		return []value{v}, ""
	}
	for {
		v, left := n.begins(word)
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
func (n *naming) begins(word string) (v value, left string) {
	runes := []rune(word)
	for end := min(len(runes)-shortestRest, longestName); end >= shortestName; end-- {
		name := string(runes[:end])
		v, ok := n.valueOf(name)
		full := v.field == "year" && !analyzer.IsCJK(runes[0]) && analyzer.IsCJK(runes[end-1]) || v.field == "region" && isFullName(name, v.regions)
		if ok && full {
			return v, strings.TrimLeft(string(runes[end:]), listSigns+"的")
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
func (n *naming) valueOf(word string) (v value, ok bool) {
	if years, err := query.ParseYears(analyzer.ArabicYears(word)); err == nil && !years.Unknown {
		return value{word: word, field: "year", text: years.String()}, n.mayBeYears(years)
	}
	if utf8.RuneCountInString(word) < 2 || slices.Contains(ordinary, word) || query.IsUnknown(word) || !analyzer.IsCJK(firstOf(word)) {
		return v, false
	}
	if level, ok := query.ParseLevel(word); ok {
		return value{word: word, field: "level", text: level}, n.mayBe("level", level)
	}
	if kind, ok := query.ParseKind(word); ok && namesReports(word) {
		return value{word: word, field: "kind", text: kind}, n.mayBe("kind", kind)
	}
	regions := slices.DeleteFunc(slices.Clone(ask.Meant(word)), func(r baogao.Region) bool { return !n.mayBeIn(r) })
	// 通道 and 平安 are counties, and words that are found as they are.
	sure := n.short || isFullName(word, regions) || slices.ContainsFunc(regions, isLarge)
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
func (n *naming) mayBe(field, value string) bool {
	return !slices.ContainsFunc(n.filters, func(f baogao.Filter) bool {
		return field == "level" && len(f.Levels) > 0 && !slices.Contains(f.Levels, baogao.Level(value)) ||
			field == "kind" && len(f.Kinds) > 0 && !slices.Contains(f.Kinds, baogao.Kind(value))
	})
}

// mayBeYears reports whether the filters on years leave all of some years.
func (n *naming) mayBeYears(y query.Years) bool {
	return !slices.ContainsFunc(n.filters, func(f baogao.Filter) bool {
		return len(f.Years) > 0 && !slices.ContainsFunc(f.Years, func(in query.Years) bool {
			return !in.Unknown && in.From <= y.From && (in.To == 0 || y.To != 0 && y.To <= in.To)
		})
	})
}

// mayBeIn reports whether the filters on regions leave all of a region.
func (n *naming) mayBeIn(r baogao.Region) bool {
	return !slices.ContainsFunc(n.filters, func(f baogao.Filter) bool {
		return len(f.Regions) > 0 && !slices.ContainsFunc(f.Regions, func(code string) bool { return lies(r, code) })
	})
}
