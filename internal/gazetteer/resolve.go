package gazetteer

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"baogao"
	"baogao/internal/analyzer"
)

// longestName is more than any name of a division has with those above it, in
// bytes. The time to look a name up grows with the square of its length.
const longestName = 400

// Resolve returns the divisions a person may mean by a code, a full name
// (江苏省南京市鼓楼区, 南京市鼓楼区, 江苏鼓楼区) or a short one (四川, 安居,
// 乐山市中区), in either script and width, the likeliest first: names written
// out before short ones, higher rungs before lower ones. Names that ended
// follow the living, and are left out where a living division of the same rung
// has the same name. It is nil for what is no division.
func Resolve(name string) []baogao.Region {
	if name = analyzer.Fold(name); len(name) > longestName {
		return nil
	}
	t := load()
	name = unspaced.Replace(name)
	if isDigits(name) {
		if p, ok := t.byCode[fullCode(name)]; ok {
			return []baogao.Region{p.Region()}
		}
		return nil
	}
	switch name {
	case "":
		return nil
	case "中国", "全国", countryName:
		return []baogao.Region{Country.Region()}
	}
	name = strings.TrimPrefix(strings.TrimPrefix(name, countryName), "中国")
	found := t.chains(name, Country, 0)
	if len(found) == 0 {
		found = t.shortTowns(name)
	}
	var regions []baogao.Region
	for _, m := range t.order(found) {
		regions = append(regions, m.place.Region())
	}
	return regions
}

// unspaced drops what stands between the names of a path.
var unspaced = strings.NewReplacer(" ", "", "·", "", "›", "", ">", "", "/", "")

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// fullCode fills the two or four digits of a province or city up to six and
// cuts the zeros that twelve-digit codes end in.
func fullCode(code string) string {
	switch len(code) {
	case 2, 4:
		return code + "000000"[len(code):]
	case 12:
		code = strings.TrimSuffix(code, "000")
		return strings.TrimSuffix(code, "000")
	}
	return code
}

// A match is a division that a whole name stands for.
type match struct {
	place Place
	short int // links of the chain that are short names
}

// chains reads s as names that each lie below the one before, from place top
// down, and returns what the last of them may be.
func (t *table) chains(s string, top Place, short int) []match {
	var found []match
	for i, r := range s {
		end := i + utf8.RuneLen(r)
		found = append(found, t.links(s[:end], s[end:], top, short)...)
	}
	return found
}

// links reads a name, and the rest as a chain below it.
func (t *table) links(name, rest string, top Place, short int) []match {
	var found []match
	step := func(places []Place, short int) {
		for _, p := range places {
			switch {
			case !p.In(top) || p == top:
			case rest == "":
				found = append(found, match{place: p, short: short})
			default:
				found = append(found, t.chains(rest, p, short)...)
			}
		}
	}
	step(t.byName[name], short)
	step(t.byShort[name], short+1)
	return found
}

// shortTowns reads s as the short name of a town after names of divisions
// above it. Alone such names are words: 火星, 幸福, 东风.
func (t *table) shortTowns(s string) []match {
	var found []match
	for _, suffix := range townSuffixes {
		for _, m := range t.chains(s+suffix, Country, 1) {
			if p := t.rows[m.place]; p.rung == town && p.folded != s+suffix {
				found = append(found, m)
			}
		}
	}
	return found
}

// order sorts matches, likeliest first, each division once, and drops ended
// names that a living division of the same rung goes by.
func (t *table) order(found []match) []match {
	slices.SortFunc(found, func(a, b match) int {
		p, q := t.rows[a.place], t.rows[b.place]
		return cmp.Or(
			cmp.Compare(min(p.ended, 1), min(q.ended, 1)),
			cmp.Compare(a.short, b.short),
			cmp.Compare(p.rung, q.rung),
			-cmp.Compare(p.ended, q.ended),
			cmp.Compare(a.place, b.place),
		)
	})
	seen := map[Place]bool{}
	living := map[rung]bool{}
	return slices.DeleteFunc(found, func(m match) bool {
		p := t.rows[m.place]
		if seen[m.place] || p.ended > 0 && living[p.rung] {
			return true
		}
		seen[m.place] = true
		living[p.rung] = living[p.rung] || p.ended == 0
		return false
	})
}
