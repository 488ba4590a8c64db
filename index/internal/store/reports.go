package store

import (
	"encoding/hex"
	"fmt"
	"math"
	"strings"

	"baogao"
)

// reports.bin holds the reports, and sections.bin the section paths, each as
// fields one after another. They are read whole when a generation is opened.

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

// parseReports reads reports.bin, which should hold n reports.
func parseReports(name string, b []byte, n int) ([]Report, error) {
	f := &fieldReader{rest: string(b)}
	const least = 27 // bytes of a report, one for each of its fields
	all := make([]Report, 0, min(max(n, 0), len(f.rest)/least))
	first := 0
	for len(f.rest) > 0 {
		r := Report{Extent: Extent{First: first}}
		if r.read(f); f.failed {
			return nil, fmt.Errorf("%s: %w: report %d is not whole", name, baogao.ErrDamaged, len(all))
		}
		first += r.Count
		all = append(all, r)
	}
	return all, nil
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
