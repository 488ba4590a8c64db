package store

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"math"
	"strings"
	"sync/atomic"

	"baogao"
)

// reports.bin holds the reports, and sections.bin the section paths, each as
// fields one after another. They are read whole when a generation is opened, and a
// report is gone over then, and taken apart when it is first asked for.

// An Extent says which passages are those of a report.
type Extent struct {
	First int // ordinal of the first: the sum of the counts before
	Count int
}

// A Report is what reports.bin says of a report.
type Report struct {
	Meta baogao.Meta
	Extent
	sum   string // of what it was made of; see Key
	Bytes int    // of UTF-8 in the texts of its passages
	Chars int    // code points in them
	Sure  baogao.Sure
	OCR   *baogao.Recognition // nil where all is text
	block int                 // offset in details.zst of the block that holds its details

	// What decides which of several copies is shown; see package copies.
	Damage      int
	Traditional int
	Units       int
	Given       []string // fields of Meta that were given and not inferred
}

// A key is kept as the bytes it stands for where it is a checksum in hex, with a
// byte before it that tells, and is "" where there is none.
const (
	sumInHex  = "x"
	sumAsItIs = "="
)

// SetKey keeps the key of what the report was made of, see baogao.File.
func (r *Report) SetKey(key string) {
	if sum, err := hex.DecodeString(key); err == nil && hex.EncodeToString(sum) == key {
		r.sum = sumInHex + string(sum)
	} else {
		r.sum = sumAsItIs + key
	}
}

// Key is the key that was set.
func (r *Report) Key() string {
	if sum, ok := strings.CutPrefix(r.sum, sumInHex); ok {
		return hex.EncodeToString([]byte(sum))
	}
	return strings.TrimPrefix(r.sum, sumAsItIs)
}

func (r *Report) append(b []byte) []byte {
	m := &r.Meta
	for _, s := range []string{m.ID, m.Title, string(m.Kind), string(m.Level), m.Region.Code, m.Region.Name, m.Issuer, m.Number, m.Published, m.Source} {
		b = appendText(b, s)
	}
	b = appendTexts(b, m.Region.Path)
	b = appendText(b, r.sum)
	for _, n := range []int{m.Year, r.Count, r.Bytes, r.Chars, r.block, r.Damage, r.Traditional, r.Units} {
		b = appendNumber(b, n)
	}
	for _, basis := range []baogao.Basis{r.Sure.Region, r.Sure.Level, r.Sure.Year, r.Sure.Kind} {
		b = appendNumber(b, packed(basis))
	}
	read := baogao.Recognition{}
	if r.OCR != nil {
		read = *r.OCR
	}
	b = appendNumber(b, read.Pages)
	b = appendNumber(b, int(math.Round(millionths*min(max(read.Confidence, 0), 1))))
	return appendTexts(b, r.Given)
}

func (r *Report) read(f *fieldReader) {
	m := &r.Meta
	m.ID, m.Title, m.Kind, m.Level = f.text(), f.text(), baogao.Kind(f.text()), baogao.Level(f.text())
	m.Region.Code, m.Region.Name = f.text(), f.text()
	m.Issuer, m.Number, m.Published, m.Source = f.text(), f.text(), f.text(), f.text()
	m.Region.Path = f.texts()
	r.sum = f.text()
	m.Year, r.Count, r.Bytes, r.Chars, r.block = f.number(), f.number(), f.number(), f.number(), f.number()
	r.Damage, r.Traditional, r.Units = f.number(), f.number(), f.number()
	s := &r.Sure
	s.Region, s.Level, s.Year, s.Kind = unpacked(f.number()), unpacked(f.number()), unpacked(f.number()), unpacked(f.number())
	if read := (baogao.Recognition{Pages: f.number(), Confidence: float64(f.number()) / millionths}); read.Pages > 0 {
		r.OCR = &read
	}
	r.Given = f.texts()
}

// millionths is what a confidence is kept in.
const millionths = 1_000_000

// packed is a basis in one number, of three bytes at most: the confidence times
// 2, and 1 more for what was given.
func packed(b baogao.Basis) int {
	n := 2 * int(math.Round(millionths*min(max(b.Confidence, 0), 1)))
	if b.Origin == baogao.Given {
		n++
	}
	return n
}

func unpacked(n int) baogao.Basis {
	return baogao.Basis{Confidence: float64(n/2) / millionths, Origin: [...]string{baogao.Inferred, baogao.Given}[n%2]}
}

// A Line is what of a report is known as soon as a generation is open.
type Line struct {
	Extent
	Chars int    // code points in the texts of its passages
	Group uint32 // reports of one kind, level, region and year are in one, see Groups
	block int    // offset in details.zst of the block that holds its details
	at    int    // offset in reports.bin
}

// reportTable is reports.bin in memory.
type reportTable struct {
	Reports []Line
	Groups  []int // the first report of each

	bytes []byte // of the file
	taken []atomic.Pointer[Report]
}

// Entry is a report, which must not be changed.
func (t *reportTable) Entry(report int) *Report {
	if r := t.taken[report].Load(); r != nil {
		return r
	}
	line, end := &t.Reports[report], len(t.bytes)
	if report+1 < len(t.Reports) {
		end = t.Reports[report+1].at
	}
	r := &Report{Extent: line.Extent}
	r.read(&fieldReader{rest: string(t.bytes[line.at:end])})
	t.taken[report].Store(r)
	return r
}

// CompareIDs compares the ids of two reports.
func (t *reportTable) CompareIDs(a, b int) int { return bytes.Compare(t.id(a), t.id(b)) }

func (t *reportTable) id(report int) []byte {
	s := skipper{bytes: t.bytes, at: t.Reports[report].at}
	return s.text()
}

// A groupKey is what the reports of a group have in common, as it is written.
type groupKey struct {
	fields string // kind, level and region
	year   int
}

// line goes over the next report.
func (s *skipper) line() (l Line, fields []byte, year int) {
	s.text() // id
	s.text() // title
	from := s.at
	for range 4 {
		s.text()
	}
	fields = s.bytes[from:s.at]
	for range 4 {
		s.text()
	}
	s.texts() // path of the region
	s.text()  // sum
	year = s.number()
	l.Count = s.number()
	s.number() // bytes
	l.Chars, l.block = s.number(), s.number()
	s.numbers(9)
	s.texts() // what was given
	return l, fields, year
}

// parseReports reads reports.bin, which should hold n reports.
func parseReports(name string, b []byte, n int) (*reportTable, error) {
	s := &skipper{bytes: b}
	const least = 27 // bytes of a report, one for each of its fields
	t := &reportTable{bytes: b, Reports: make([]Line, 0, min(max(n, 0), len(b)/least))}
	groups := map[groupKey]uint32{}
	first := 0
	for s.at < len(b) {
		at := s.at
		l, fields, year := s.line()
		if s.failed {
			return nil, fmt.Errorf("%s: %w: report %d is not whole", name, baogao.ErrDamaged, len(t.Reports))
		}
		group, ok := groups[groupKey{string(fields), year}]
		if !ok {
			group = uint32(len(t.Groups))
			groups[groupKey{string(fields), year}], t.Groups = group, append(t.Groups, len(t.Reports))
		}
		l.First, l.at, l.Group = first, at, group
		first += l.Count
		t.Reports = append(t.Reports, l)
	}
	t.taken = make([]atomic.Pointer[Report], len(t.Reports))
	return t, nil
}

// parseSections reads sections.bin.
func parseSections(name string, b []byte) ([][]string, error) {
	f := &fieldReader{rest: string(b)}
	var all [][]string
	for len(f.rest) > 0 {
		path := f.texts()
		if f.failed {
			return nil, fmt.Errorf("%s: %w: section path %d is not whole", name, baogao.ErrDamaged, len(all))
		}
		if path == nil {
			path = []string{}
		}
		all = append(all, path)
	}
	return all, nil
}
