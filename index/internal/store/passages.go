package store

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"sync/atomic"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/weight"
)

// passages.bin says of each passage what is known beside its text, in the order
// in which the passages were added: the passages of a report stand together, its
// title first. The place of a passage in that order is its ordinal, by which all
// files name it.
//
// A passage begins with a byte of flags and a byte of figures × 2 + plan. Varints
// follow, those in brackets only where their flag is set: [paragraph] [piece]
// [heading] [section] units text [published]. The lengths of the text and of the published paragraph that
// follows it are in UTF-16 code units, as they stand in text.bin; the sums of
// those before give the offset.
const (
	FlagTitle     = 1 << iota                             // the passage is the report's title
	FlagDamaged                                           // the paragraph holds damage that could not be undone
	FlagSettled                                           // see analyzer.Settled; where it is missing, that is not known
	hasParagraph                                          // the number of the paragraph, where it is not the one before plus one
	hasPiece                                              // the piece of a paragraph that was split
	hasHeading                                            // the depth of a heading
	hasSection                                            // the line of the section path, where it is not that of the passage before
	hasPublished                                          // the length of the published paragraph
	flagsOfRecord = FlagTitle | FlagDamaged | FlagSettled // what is told of a passage when it is added
)

// A Record is what each match of a question needs of a passage, in eight bytes, so
// that many of them are near one another.
type Record struct {
	Report uint32 // its ordinal
	units  uint16 // characters, numbers and Latin words; manyUnits where there are as many or more
	Facts  weight.Facts
	Flags  uint8 // FlagTitle, FlagDamaged, FlagSettled, hasHeading, hasPublished
}

// manyUnits stands for lengths that a Record has no room for.
const manyUnits = 1<<16 - 1

// Bare reports whether the passage is a heading or a title, and no running text.
func (r *Record) Bare() bool { return r.Flags&(hasHeading|FlagTitle) != 0 }

// Settled reports whether the text is known to be analyzer.Settled.
func (r *Record) Settled() bool { return r.Flags&FlagSettled != 0 }

// A place is what is asked of a passage that is shown.
type place struct {
	section   uint32 // ordinal of the section path
	paragraph uint32
	piece     uint32 // of the paragraph, 0 if it was not split
	published uint32 // UTF-16 code units
	units     uint32
	heading   uint8 // depth of a heading, 0 for running text
}

// A passageRow is a passage as it is written.
type passageRow struct {
	Record
	place
	text uint32 // UTF-16 code units
}

// fill fills the record of the row, of which some flags are told.
func (r *passageRow) fill(flags uint8) {
	r.Record.units = uint16(min(r.place.units, manyUnits))
	r.Flags = flags & flagsOfRecord
	if r.heading != 0 {
		r.Flags |= hasHeading
	}
	if r.published != 0 {
		r.Flags |= hasPublished
	}
}

// factsOf are the facts of a passage.
func factsOf(p *baogao.Passage) weight.Facts {
	f := weight.Facts(min(max(p.Figures, 0), baogao.MaxFigures) << 1)
	if p.Plan {
		f |= 1
	}
	return f
}

// append appends a row that follows another one of the same report, or is the first
// one; then before is the zero place.
func (r *passageRow) append(b []byte, before *place) []byte {
	at := len(b)
	b = append(b, r.Flags&flagsOfRecord, uint8(r.Facts))
	optional := func(flag uint8, is bool, value uint32) {
		if is {
			b[at] |= flag
			b = binary.AppendUvarint(b, uint64(value))
		}
	}
	optional(hasParagraph, r.paragraph != before.paragraph+1, r.paragraph)
	optional(hasPiece, r.piece != 0, r.piece)
	optional(hasHeading, r.heading != 0, uint32(r.heading))
	optional(hasSection, r.section != before.section, r.section)
	b = binary.AppendUvarint(b, uint64(r.place.units))
	b = binary.AppendUvarint(b, uint64(r.text))
	optional(hasPublished, r.published != 0, r.published)
	return b
}

// parse reads a row that append has written and returns what follows it, nil if it
// is not whole.
func (r *passageRow) parse(b []byte, before *place) []byte {
	if len(b) < 2 {
		return nil
	}
	flags := b[0]
	r.Facts, b = weight.Facts(b[1]), b[2:]
	next := func() uint32 {
		if len(b) > 0 && b[0] < 0x80 {
			v := b[0]
			b = b[1:]
			return uint32(v)
		}
		v, n := binary.Uvarint(b)
		if n <= 0 || v > 1<<32-1 {
			b = nil
			return 0
		}
		b = b[n:]
		return uint32(v)
	}
	r.place = place{section: before.section, paragraph: before.paragraph + 1}
	if flags&hasParagraph != 0 {
		r.paragraph = next()
	}
	if flags&hasPiece != 0 {
		r.piece = next()
	}
	if flags&hasHeading != 0 {
		r.heading = uint8(next())
	}
	if flags&hasSection != 0 {
		r.section = next()
	}
	r.place.units, r.text = next(), next()
	if flags&hasPublished != 0 {
		r.published = next()
	}
	r.fill(flags)
	return b
}

// passageTable is passages.bin in memory, with the offsets into text.bin. Places are
// read when one of their report is first asked for.
type passageTable struct {
	Records []Record

	reports  []Extent
	offsets  []int64 // of the text of each passage, in bytes, and of the end
	units    int64   // of all passages
	texts    []sum   // by report, of running text
	sections int     // the greatest ordinal of a section path, plus one

	bytes  []byte // of the file
	starts []int  // where the rows of each report begin there
	taken  []atomic.Pointer[[]place]
}

// A sum counts passages and their units.
type sum struct {
	passages uint32
	units    int64
}

// parsePassages reads passages.bin, which is called name.
func parsePassages(name string, b []byte, reports []Extent) (*passageTable, error) {
	n := 0
	for i := range reports {
		n += reports[i].Count
	}
	if n > len(b) { // a passage takes four bytes at least
		return nil, fmt.Errorf("%s: %w: %d bytes for %d passages", name, baogao.ErrDamaged, len(b), n)
	}
	t := &passageTable{
		Records: make([]Record, n), reports: reports, offsets: make([]int64, n+1), texts: make([]sum, len(reports)),
		bytes: b, starts: make([]int, len(reports)), taken: make([]atomic.Pointer[[]place], len(reports)),
	}
	s, i := skipper{bytes: b}, 0
	for report := range reports {
		t.starts[report] = s.at
		for range reports[report].Count {
			t.skip(&s, i, uint32(report))
			if s.failed {
				return nil, fmt.Errorf("%s: %w: passage %d is not whole", name, baogao.ErrDamaged, i)
			}
			i++
		}
	}
	if left := len(b) - s.at; left > 0 {
		return nil, fmt.Errorf("%s: %w: %d bytes after the last passage", name, baogao.ErrDamaged, left)
	}
	return t, nil
}

// skip reads of the next row what is kept of each.
func (t *passageTable) skip(s *skipper, ordinal int, report uint32) {
	if s.failed = s.failed || len(s.bytes)-s.at < 2; s.failed {
		return
	}
	flags, facts := s.bytes[s.at], weight.Facts(s.bytes[s.at+1])
	s.at += 2
	s.numbers(bits.OnesCount8(flags & (hasParagraph | hasPiece | hasHeading)))
	if flags&hasSection != 0 {
		t.sections = max(t.sections, s.number()+1)
	}
	units, text := s.number(), s.number()
	if flags&hasPublished != 0 {
		text += s.number()
	}
	r := Record{Report: report, units: uint16(min(units, manyUnits)), Facts: facts, Flags: flags & (flagsOfRecord | hasHeading | hasPublished)}
	if !r.Bare() {
		t.texts[report].passages++
		t.texts[report].units += int64(units)
	}
	t.Records[ordinal] = r
	t.offsets[ordinal+1] = t.offsets[ordinal] + analyzer.UnitSize*int64(text)
	t.units += int64(units)
}

// places are those of the passages of a report.
func (t *passageTable) places(report int) []place {
	if places := t.taken[report].Load(); places != nil {
		return *places
	}
	places, row, b := make([]place, t.reports[report].Count), passageRow{}, t.bytes[t.starts[report]:]
	for i := range places {
		before := row.place
		if b = row.parse(b, &before); b == nil {
			panic(fmt.Sprintf("a row of report %d is no row", report)) // it was gone over when it was opened
		}
		places[i] = row.place
	}
	t.taken[report].Store(&places)
	return places
}

// place is that of a passage.
func (t *passageTable) place(ordinal int) *place {
	report := int(t.Records[ordinal].Report)
	return &t.places(report)[ordinal-t.reports[report].First]
}

// row is a passage as it was read.
func (t *passageTable) row(ordinal int) passageRow {
	r := passageRow{Record: t.Records[ordinal], place: *t.place(ordinal)}
	r.text = uint32((t.offsets[ordinal+1]-t.offsets[ordinal])/analyzer.UnitSize) - r.published
	return r
}

// textEnd is where the text of a passage ends in text.bin: where that of the next
// begins, unless the published paragraph stands between them.
func (t *passageTable) textEnd(ordinal int) int {
	end := t.offsets[ordinal+1]
	if t.Records[ordinal].Flags&hasPublished != 0 {
		end -= analyzer.UnitSize * int64(t.place(ordinal).published)
	}
	return int(end)
}

// Tokens are the units of all passages.
func (t *passageTable) Tokens() int64 { return t.units }

// Units is the length of a passage: its characters, numbers and Latin words.
func (t *passageTable) Units(ordinal uint32) uint32 {
	if n := t.Records[ordinal].units; n < manyUnits {
		return uint32(n)
	}
	return t.place(int(ordinal)).units
}

// Section is the ordinal of the section path of a passage.
func (t *passageTable) Section(ordinal uint32) uint32 { return t.place(int(ordinal)).section }

// RunningText is how many passages of a report are running text, and their units.
func (t *passageTable) RunningText(report int) (passages int, units int64) {
	return int(t.texts[report].passages), t.texts[report].units
}
