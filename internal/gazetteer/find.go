package gazetteer

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A Mention is a name of places found in a text. Names that follow each other
// without a gap, or with 人民政府 between them, are read as a chain: 南京市鼓楼区
// leaves only one 鼓楼区.
type Mention struct {
	Start, End int     // bytes in the text
	Places     []Place // what the name may mean, one at least; not to be changed
	Short      bool    // written without the word for its unit
	Inner      bool    // followed by a division of its own: the 南京市 of 南京市鼓楼区
}

// Find returns the names in a folded text in order. At each character the
// longest name is taken, so that no name is found inside a longer one.
func Find(text string) []Mention { return load().find(text, isJoint) }

// FindInPath returns the names in a folded path, where every folder may hold
// what lies in the one above: 四川省/2022/江油.txt.
func FindInPath(path string) []Mention {
	return load().find(path, func(_, _ string) bool { return true })
}

// find returns the names in a text. joint says whether a gap between two names
// keeps them together, given it and what follows the second.
func (t *table) find(text string, joint func(gap, after string) bool) []Mention {
	var found []Mention
	prevEnd := 0 // where the last mention ended
	for i := 0; i < len(text); {
		name, places, short := t.longest(text[i:])
		_, size := utf8.DecodeRuneInString(text[i:])
		if name == "" {
			i += size
			continue
		}
		m := Mention{Start: i, End: i + len(name), Places: places, Short: short}
		if short && hasAnyPrefix(text[m.End:], features) {
			i += size
			continue
		}
		chained := len(found) > 0 && joint(text[prevEnd:i], text[m.End:]) && chain(&found[len(found)-1], &m)
		if !chained && (!plausible(text, i, name, short) || isTown(places[0]) && insideWord(text, i)) {
			i += size
			continue
		}
		found = append(found, m)
		i, prevEnd = m.End, m.End
	}
	return found
}

// isJoint reports whether the text between two names keeps them together. A
// bureau keeps its branches: 北京市公安局朝阳分局.
func isJoint(gap, after string) bool {
	switch gap {
	case "", " ", "/", "_", ")", "人民政府", "委", "中共":
		return true
	}
	return strings.HasSuffix(gap, "局") && strings.HasPrefix(after, "分局") && last(gap, 12) == gap
}

// longest returns the longest name that s begins with, and its meanings.
func (t *table) longest(s string) (name string, places []Place, short bool) {
	two := firstTwo(s)
	if t.begins[two.hash()>>6]&(1<<(two.hash()&63)) == 0 {
		return "", nil, false
	}
	mask := t.lengths[two]
	if mask == 0 {
		return "", nil, false
	}
	end, n := 0, 0
	var ends [32]int
	for n < 31 && end < len(s) && mask>>(n+1) != 0 {
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
		n++
		ends[n] = end
	}
	for ; n >= 2; n-- {
		if mask&(1<<n) == 0 {
			continue
		}
		name = s[:ends[n]]
		if cut := t.lendsUnit(s, name); cut != "" {
			name = cut
		}
		if places = t.findable(name); places != nil {
			return name, places, false
		}
		if places = t.byShort[name]; places != nil {
			return name, places, !endsInUnit(name)
		}
	}
	return "", nil, false
}

// findable returns what a full name may mean in running text: 东城区 is a
// district, whatever town is called so, and 科技工业园 is nothing.
func (t *table) findable(name string) []Place {
	places := t.byName[name]
	if isTownName(name) || !slices.ContainsFunc(places, isTown) {
		return places
	}
	if places = slices.DeleteFunc(slices.Clone(places), isTown); len(places) == 0 {
		return nil
	}
	return places
}

func isTown(p Place) bool { return p.row().rung == town }

// endsInUnit reports whether a short name still says what it is: 恩施州,
// 合肥高新区.
func endsInUnit(name string) bool {
	return strings.ContainsRune("州县旗区", lastRune(name))
}

// lendsUnit cuts 乐山市 to 乐山 before 中区, as 市中区 is one of its districts.
func (t *table) lendsUnit(s, name string) string {
	const unit = "市"
	cut, ok := strings.CutSuffix(name, unit)
	if !ok || len(s) < len(name)+6 {
		return ""
	}
	for _, child := range t.byName[s[len(cut):len(name)+6]] {
		for _, parent := range t.byName[name] {
			if child.In(parent) {
				return cut
			}
		}
	}
	return ""
}

// chain reads m as a place below the mention before it, or as the same again,
// and reports whether it can be one.
func chain(before, m *Mention) bool {
	var lower, upper []Place
	for _, p := range m.Places {
		for _, q := range before.Places {
			if q != Country && (p == q || q.row().rung < p.row().rung) && p.In(q) {
				lower = append(lower, p)
				upper = append(upper, q)
			}
		}
	}
	if len(lower) == 0 {
		return false
	}
	m.Places, before.Places, before.Inner = distinct(lower), distinct(upper), true
	return true
}

func distinct(places []Place) []Place {
	var list []Place
	for _, p := range places {
		if !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	return list
}
