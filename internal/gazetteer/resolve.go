package gazetteer

import (
	"cmp"
	"slices"
	"strings"
)

// longestName is more than any name of a division has with those above it, in
// bytes. The time to look a name up grows with the square of its length.
const longestName = 400

// Resolve returns the divisions a person may mean by a code, a full name
// (江苏省南京市鼓楼区, 南京市鼓楼区, 江苏鼓楼区) or a short one (四川, 安居,
// 乐山市中区), the likeliest first: names written out before short ones, higher rungs before
// lower ones. Names that ended follow the living, and are left out where a
// living division of the same rung has the same name. It is nil for what is
// no division.
func Resolve(name string) []Division {
	if len(name) > longestName {
		return nil
	}
	t := load()
	name = folded.Replace(clean(name))
	if isDigits(name) {
		if i, ok := t.byCode[fullCode(name)]; ok {
			return []Division{t.division(i)}
		}
		return nil
	}
	switch name {
	case "":
		return nil
	case "中国", "全国", countryName:
		return []Division{t.division(0)}
	}
	name = strings.TrimPrefix(strings.TrimPrefix(name, countryName), "中国")
	found := t.chains(name, 0, 0)
	if len(found) == 0 {
		found = t.shortTowns(name)
	}
	found = t.order(found)
	var list []Division
	for _, m := range found {
		list = append(list, t.division(m.place))
	}
	return list
}

// clean drops blanks and makes full-width letters and digits half-width.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == ' ', r == '\t', r == '\n', r == '\r', r == '\u00a0', r == '\u3000', r == '·', r == '›', r == '>', r == '/':
			return -1
		}
		return r
	}, s)
}

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
	place int32
	short int // links of the chain that are short names
}

// chains reads s as names that each lie below the one before, from place top
// down, and returns what the last of them may be.
func (t *table) chains(s string, top int32, short int) []match {
	var found []match
	for i := range s {
		found = append(found, t.links(s, i, top, short)...)
	}
	return append(found, t.links(s, len(s), top, short)...)
}

// links reads the first i bytes of s as one name and the rest as a chain
// below it.
func (t *table) links(s string, i int, top int32, short int) []match {
	if i == 0 {
		return nil
	}
	var found []match
	step := func(places []int32, short int) {
		for _, p := range places {
			switch {
			case !t.under(p, top) || p == top:
			case i == len(s):
				found = append(found, match{place: p, short: short})
			default:
				found = append(found, t.chains(s[i:], p, short)...)
			}
		}
	}
	step(t.byName[s[:i]], short)
	step(t.byShort[s[:i]], short+1)
	return found
}

// shortTowns reads s as the short name of a town after names of divisions
// above it. Alone such names are words: 火星, 幸福, 东风.
func (t *table) shortTowns(s string) []match {
	var found []match
	for _, suffix := range townSuffixes {
		for _, m := range t.chains(s+suffix, 0, 1) {
			if p := t.places[m.place]; p.rung == town && p.name != s+suffix {
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
		p, q := t.places[a.place], t.places[b.place]
		return cmp.Or(
			cmp.Compare(min(p.ended, 1), min(q.ended, 1)),
			cmp.Compare(a.short, b.short),
			cmp.Compare(p.rung, q.rung),
			-cmp.Compare(p.ended, q.ended),
			cmp.Compare(a.place, b.place),
		)
	})
	seen := map[int32]bool{}
	living := map[rung]bool{}
	return slices.DeleteFunc(found, func(m match) bool {
		p := t.places[m.place]
		if seen[m.place] || p.ended > 0 && living[p.rung] {
			return true
		}
		seen[m.place] = true
		living[p.rung] = living[p.rung] || p.ended == 0
		return false
	})
}
