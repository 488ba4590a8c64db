// Package gazetteer knows the administrative divisions of China and reads
// out of a report which of them it speaks for, on which rung of government,
// for which year, and of what kind it is. Everything inferred comes with its
// confidence and the places in the text that speak for it.
//
// Names are looked up as they are: text must be folded to Simplified
// characters and half-width punctuation before it comes here.
package gazetteer

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:generate sh gen/fetch.sh /tmp/places
//go:generate go run ./gen -src /tmp/places -out places.csv.gz

// The table holds one division a line, code,name,ended, after comment lines
// that name its sources. It is sorted by code, a living name before those
// the code had earlier.
//
//go:embed places.csv.gz
var placesGz []byte

// CountryCode is the code of the whole country, which stands above the
// provinces.
const CountryCode = "100000"

const countryName = "中华人民共和国"

// A Division is an administrative division, or a name that one had.
type Division struct {
	Code  string   // GB/T 2260: 6 digits, 9 for towns and streets
	Name  string   // its own name, 安居区
	Path  []string // names from the province down, the last its own
	Ended int      // the year the name ended, 0 for a living one
}

// FullName is the path in one word: 四川省遂宁市安居区.
func (d Division) FullName() string { return strings.Join(d.Path, "") }

// A rung is a step of the ladder of divisions.
type rung int

const (
	country rung = iota
	province
	city
	county
	town
)

// level is the word a report uses for the rung.
func (r rung) level() string {
	return [...]string{"country", "province", "city", "district", "street"}[r]
}

// A place is a row of the table. Its index in table.places is its identity:
// a code may have had several names.
type place struct {
	code, name string
	ended      int
	parent     int32 // index of the division above, -1 for a province
	rung       rung
}

// A table is the gazetteer in memory, about 11 MB.
type table struct {
	places  []place
	byCode  map[string]int32   // the living name, or else the latest
	byName  map[string][]int32 // full names, folded
	byShort map[string][]int32 // 四川, 安居; not for towns
	lengths map[string]uint32  // first two characters of a name → bit set of its lengths in characters
}

var load = sync.OnceValue(func() *table {
	t, err := readTable(placesGz)
	if err != nil {
		panic("gazetteer: embedded table: " + err.Error())
	}
	return t
})

func readTable(gz []byte) (*table, error) {
	zr, err := gzip.NewReader(bytes.NewReader(gz))
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(zr)
	if err != nil {
		return nil, err
	}
	const rows, names = 46_000, 36_000
	t := &table{
		places:  make([]place, 0, rows),
		byCode:  make(map[string]int32, rows),
		byName:  make(map[string][]int32, names),
		byShort: make(map[string][]int32, names/8),
		lengths: make(map[string]uint32, names/2),
	}
	t.add(place{code: CountryCode, name: countryName, parent: -1})
	for line := range strings.Lines(string(b)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		p, err := parseRow(strings.TrimSuffix(line, "\n"))
		if err != nil {
			return nil, err
		}
		t.add(p)
	}
	t.link()
	return t, nil
}

func parseRow(line string) (place, error) {
	code, rest, ok := strings.Cut(line, ",")
	if !ok || len(code) != 6 && len(code) != 9 {
		return place{}, fmt.Errorf("row %q", line)
	}
	p := place{code: code, rung: rungOf(code)}
	name, ended, ok := strings.Cut(rest, ",")
	p.name = name
	if ok {
		year, err := strconv.Atoi(ended)
		if err != nil {
			return place{}, fmt.Errorf("row %q: %w", line, err)
		}
		p.ended = year
	}
	return p, nil
}

func rungOf(code string) rung {
	switch {
	case code == CountryCode:
		return country
	case len(code) > 6:
		return town
	case code[4:] != "00":
		return county
	case code[2:] != "0000":
		return city
	}
	return province
}

func (t *table) add(p place) {
	i := int32(len(t.places))
	t.places = append(t.places, p)
	if old, ok := t.byCode[p.code]; !ok || t.places[old].ended != 0 && t.places[old].ended < p.ended {
		t.byCode[p.code] = i
	}
	name := folded.Replace(p.name)
	t.byName[name] = append(t.byName[name], i)
	if p.rung == town {
		if isTownName(name) {
			t.mention(name)
		}
		return
	}
	t.mention(name)
	for _, s := range shortNames(name) {
		t.byShort[s] = append(t.byShort[s], i)
		t.mention(s)
	}
}

// mention makes a name one that find looks for in running text.
func (t *table) mention(name string) {
	two, n := firstTwo(name), utf8.RuneCountInString(name)
	if n >= 2 && n < 32 {
		t.lengths[two] |= 1 << n
	}
}

// firstTwo returns the first two characters of s, or all of a shorter s.
func firstTwo(s string) string {
	_, a := utf8.DecodeRuneInString(s)
	_, b := utf8.DecodeRuneInString(s[a:])
	return s[:a+b]
}

// link finds the division above each.
func (t *table) link() {
	for i := range t.places {
		p := &t.places[i]
		p.parent = -1
		for _, code := range above(p.code) {
			if j, ok := t.byCode[code]; ok {
				p.parent = j
				break
			}
		}
	}
}

// above lists the codes that may belong to the division over code, nearest
// first: a county may stand directly under its province, a town under a city.
func above(code string) []string {
	switch rungOf(code) {
	case town:
		return []string{code[:6], code[:4] + "00", code[:2] + "0000"}
	case county:
		return []string{code[:4] + "00", code[:2] + "0000"}
	case city:
		return []string{code[:2] + "0000"}
	}
	return nil
}

// under reports whether place i is place j or below it.
func (t *table) under(i, j int32) bool {
	if j == 0 {
		return true
	}
	for ; i >= 0; i = t.places[i].parent {
		if i == j {
			return true
		}
	}
	return false
}

func (t *table) division(i int32) Division {
	p := t.places[i]
	d := Division{Code: p.code, Name: p.name, Ended: p.ended}
	for ; i >= 0; i = t.places[i].parent {
		d.Path = append([]string{t.places[i].name}, d.Path...)
	}
	return d
}

// ByCode returns the division with a code of 6 or 9 digits. Where a code had
// several names it is the living one. CountryCode is the whole country.
func ByCode(code string) (Division, bool) {
	t := load()
	i, ok := t.byCode[code]
	if !ok {
		return Division{}, false
	}
	return t.division(i), true
}
