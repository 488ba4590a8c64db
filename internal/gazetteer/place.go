package gazetteer

import (
	"slices"
	"strings"

	"baogao"
)

// A Place is a division, or a name that one had: a code may have had several.
// Places are in the order of their codes.
type Place int32

// Country is the whole country.
const Country Place = 0

func (p Place) row() *row { return &load().rows[p] }

// Code is the code of GB/T 2260: 6 digits, 9 for towns and streets.
func (p Place) Code() string { return p.row().code }

// Name is its own name, 安居区, as it stands in folded text.
func (p Place) Name() string { return p.row().folded }

// Stem is its own name without the word for its unit and the peoples of an
// autonomous division: 安居, 恩施.
func (p Place) Stem() string { return stem(p.row().folded) }

// Level is the level it stands on.
func (p Place) Level() baogao.Level { return p.row().rung.level() }

// Ended is the year in which the name ended, 0 for a living one.
func (p Place) Ended() int { return p.row().ended }

// Parent is the place directly above. Country stands above the provinces, and
// above itself.
func (p Place) Parent() Place { return p.row().parent }

// In reports whether a place is another one or lies below it.
func (p Place) In(above Place) bool {
	for p != above {
		if p == Country {
			return false
		}
		p = p.Parent()
	}
	return true
}

// Region is the place in the words of reports, its names as they are published.
func (p Place) Region() baogao.Region {
	r := p.row()
	path := []string{r.name}
	for q := r.parent; q != Country; q = q.Parent() {
		path = append(path, q.row().name)
	}
	slices.Reverse(path)
	return baogao.Region{Code: r.code, Name: strings.Join(path, ""), Path: path}
}

// Towns are the places directly below on the last rung whose names can be told
// in running text: not 城区, 良种场 or 唐镇.
func (p Place) Towns() []Place {
	rows := load().rows
	prefix := strings.TrimSuffix(strings.TrimSuffix(p.Code(), "00"), "00")
	var towns []Place
	for q := p + 1; int(q) < len(rows) && strings.HasPrefix(rows[q].code, prefix); q++ {
		if rows[q].parent == p && rows[q].rung == town && isTownName(rows[q].folded) {
			towns = append(towns, q)
		}
	}
	return towns
}

// Highest are the places on the highest level of some: 河南 is the province
// rather than the county in Qinghai.
func Highest(places []Place) []Place {
	top := town
	for _, p := range places {
		top = min(top, p.row().rung)
	}
	return slices.DeleteFunc(slices.Clone(places), func(p Place) bool { return p.row().rung > top })
}

// ByCode returns the place with a code of 6 or 9 digits. Where a code had
// several names it is the living one.
func ByCode(code string) (Place, bool) {
	p, ok := load().byCode[code]
	return p, ok
}

// Named returns the places with a full name, 安居区.
func Named(name string) []Place { return load().byName[name] }

// LevelOf is the level of the divisions with codes of the form of one, "" for
// what is shorter than a code.
func LevelOf(code string) baogao.Level {
	if len(code) < 6 {
		return ""
	}
	return rungOf(code).level()
}

// Below returns the living divisions directly below the one with a code, in
// the order of their codes: provinces below the country, counties below a
// municipality, towns below a city without counties. It is nil for what has
// none, and for what is no division.
func Below(code string) []baogao.Region {
	t := load()
	above, ok := t.byCode[fullCode(code)]
	if !ok {
		return nil
	}
	var found []baogao.Region
	for i, r := range t.rows {
		if p := Place(i); r.parent == above && p != above && r.ended == 0 && t.byCode[r.code] == p {
			found = append(found, p.Region())
		}
	}
	return found
}

// Valid reports whether p is a place: all places are the numbers from Country on.
func (p Place) Valid() bool { return p >= Country && int(p) < len(load().rows) }

// Kin are the living towns that may stand for one whose name is not, or no more, in the
// table: a 乡 that is a 镇 or a 街道 now, a 镇 that is a 街道; and those whose name is
// longer by the peoples that live there: 淤泥彝族乡 is called 淤泥乡.
func Kin(name string) []Place {
	kin := slices.Clone(load().ofPeoples[name])
	for _, unit := range [][2]string{{"乡", "镇"}, {"乡", "街道"}, {"镇", "街道"}} {
		if s, ok := strings.CutSuffix(name, unit[0]); ok && isTownName(name) {
			kin = append(kin, load().byName[s+unit[1]]...)
		}
	}
	return kin
}
