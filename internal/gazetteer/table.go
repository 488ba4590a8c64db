// Package gazetteer knows the administrative divisions of China: their codes
// and names, what a name may mean, what lies below what, and where a text names
// them.
//
// Resolve folds the name it is given. Find, FindInPath and Named look names up
// as they are: their text must be folded, as package analyzer folds it.
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

	"baogao"
	"baogao/internal/analyzer"
)

//go:generate sh gen/fetch.sh /tmp/places
//go:generate go run ./gen -src /tmp/places -out places.csv.gz

// The table holds one division a line, code,name,ended, after comment lines
// that name its sources. It is sorted by code, a living name before those
// the code had earlier.
//
//go:embed places.csv.gz
var placesGz []byte

const countryName = "中华人民共和国"

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
func (r rung) level() baogao.Level {
	return [...]baogao.Level{baogao.Country, baogao.Province, baogao.City, baogao.District, baogao.Street}[r]
}

// A row is a row of the table. Its index in table.rows is its identity: a
// code may have had several names.
type row struct {
	code, name string
	folded     string // the name as it stands in folded text
	ended      int    // the year the name ended, 0 for a living one
	parent     Place  // the division above; the country for a province
	rung       rung
}

// A table is the gazetteer in memory, about 11 MB.
type table struct {
	rows      []row
	byCode    map[string]Place   // the living name, or else the latest
	byName    map[string][]Place // full names, folded
	byShort   map[string][]Place // 四川, 安居; not for towns
	ofPeoples map[string][]Place // 淤泥乡, which is 淤泥彝族乡
	lengths   map[pair]uint32    // first two characters of a name → bit set of its lengths in characters
	begins    [1 << 13]uint64    // bit set of the hashes of these, which most of a text is not in
}

// A pair is two characters that follow each other.
type pair struct{ a, b rune }

// hash is of 19 bits.
func (p pair) hash() uint32 { return (uint32(p.a)*0x9E3779B1 ^ uint32(p.b)*0x85EBCA6B) >> 13 }

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
		rows:      make([]row, 0, rows),
		byCode:    make(map[string]Place, rows),
		byName:    make(map[string][]Place, names),
		byShort:   make(map[string][]Place, names/8),
		ofPeoples: map[string][]Place{},
		lengths:   make(map[pair]uint32, names/2),
	}
	t.add(row{code: baogao.CountryCode, name: countryName})
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

func parseRow(line string) (row, error) {
	code, rest, ok := strings.Cut(line, ",")
	if !ok || len(code) != 6 && len(code) != 9 {
		return row{}, fmt.Errorf("row %q", line)
	}
	p := row{code: code, rung: rungOf(code)}
	name, ended, ok := strings.Cut(rest, ",")
	p.name = name
	if ok {
		year, err := strconv.Atoi(ended)
		if err != nil {
			return row{}, fmt.Errorf("row %q: %w", line, err)
		}
		p.ended = year
	}
	return p, nil
}

func rungOf(code string) rung {
	switch {
	case code == baogao.CountryCode:
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

func (t *table) add(r row) {
	i := Place(len(t.rows))
	r.folded = analyzer.Fold(r.name)
	t.rows = append(t.rows, r)
	if old, ok := t.byCode[r.code]; !ok || t.rows[old].ended != 0 && t.rows[old].ended < r.ended {
		t.byCode[r.code] = i
	}
	t.byName[r.folded] = append(t.byName[r.folded], i)
	if r.rung == town {
		if isTownName(r.folded) {
			t.mention(r.folded)
		}
		if s, ok := strings.CutSuffix(r.folded, "乡"); ok && cutPeoples(s) != s {
			name := cutPeoples(s) + "乡"
			t.ofPeoples[name] = append(t.ofPeoples[name], i)
		}
		return
	}
	t.mention(r.folded)
	for _, s := range shortNames(r.folded) {
		t.byShort[s] = append(t.byShort[s], i)
		t.mention(s)
	}
}

// mention makes a name one that Find looks for.
func (t *table) mention(name string) {
	two, n := firstTwo(name), utf8.RuneCountInString(name)
	if n >= 2 && n < 32 {
		t.lengths[two] |= 1 << n
		t.begins[two.hash()>>6] |= 1 << (two.hash() & 63)
	}
}

// firstTwo returns the first two characters of s.
func firstTwo(s string) pair {
	a, n := utf8.DecodeRuneInString(s)
	b, _ := utf8.DecodeRuneInString(s[n:])
	return pair{a, b}
}

// link finds the division above each, the nearest that there is: a county may
// stand directly under its province, a town under a city.
func (t *table) link() {
	for i := range t.rows {
		r := &t.rows[i]
		for _, code := range []string{r.code[:6], r.code[:4] + "00", r.code[:2] + "0000"} {
			if j, ok := t.byCode[code]; ok && code != r.code {
				r.parent = j
				break
			}
		}
	}
}
