package index

import (
	"encoding/binary"
	"fmt"

	"baogao"
)

// passages.bin says of each passage what is known beside its text, in the order
// in which the passages were added: the passages of a report stand together, its
// title first. The place of a passage in that order is its ordinal, by which all
// files name it.
//
// A passage begins with a byte of flags. Varints follow, those in brackets only
// where their flag is set: [paragraph] [piece] [heading] [section] units text
// [published]. The lengths of the text and of the published paragraph that
// follows it are in UTF-16 code units, as they stand in text.bin; the sums of
// those before give the offset.
const (
	flagTitle     = 1 << iota // the passage is the report's title
	flagDamaged               // the paragraph holds damage that could not be undone
	flagSettled               // see analyzer.Settled; where it is missing, that is not known
	hasParagraph              // the number of the paragraph, where it is not the one before plus one
	hasPiece                  // the piece of a paragraph that was split
	hasHeading                // the depth of a heading
	hasSection                // the line of the section path, where it is not that of the passage before
	hasPublished              // the length of the published paragraph
	flagsOfRecord = flagTitle | flagDamaged | flagSettled
)

// A record is what passages.bin says of a passage.
type record struct {
	report    uint32 // its ordinal
	paragraph uint32
	section   uint32 // place of the section path in sections.bin
	units     uint32 // characters, numbers and Latin words
	text      uint32 // UTF-16 code units
	published uint32 // likewise
	piece     uint32 // of the paragraph, 0 if it was not split
	heading   uint8  // depth of a heading, 0 for running text
	flags     uint8  // those of flagsOfRecord
}

// append appends a record that follows another one of the same report, or is
// the first one; then before is the zero record.
func (r *record) append(b []byte, before *record) []byte {
	at := len(b)
	b = append(b, r.flags)
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
	b = binary.AppendUvarint(b, uint64(r.units))
	b = binary.AppendUvarint(b, uint64(r.text))
	optional(hasPublished, r.published != 0, r.published)
	return b
}

// parse reads a record that append has written and returns what follows it,
// nil if it is not whole.
func (r *record) parse(b []byte, before *record) []byte {
	if len(b) == 0 {
		return nil
	}
	flags := b[0]
	b = b[1:]
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
	r.flags = flags & flagsOfRecord
	r.paragraph, r.section = before.paragraph+1, before.section
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
	r.units, r.text = next(), next()
	if flags&hasPublished != 0 {
		r.published = next()
	}
	return b
}

// lift is the factor by which the score of a passage is raised for its place
// in the report: a report that is about the words is worth more than one that
// mentions them.
func (r *record) lift() float64 {
	switch {
	case r.flags&flagTitle != 0:
		return 2
	case r.heading > 0:
		return 1.5
	}
	return 1
}

// passageTable is passages.bin in memory, with the offsets into text.bin.
type passageTable struct {
	records []record
	offsets []int64 // of the text of each passage, in bytes, and of the end
	units   int64   // of all passages
}

// parsePassages reads passages.bin. counts are the numbers of passages of the
// reports, in their order.
func parsePassages(b []byte, counts []int) (*passageTable, error) {
	n := 0
	for _, count := range counts {
		n += count
	}
	if n > len(b) { // a passage takes three bytes at least
		return nil, fmt.Errorf("%s: %w: %d bytes for %d passages", passagesFile, baogao.ErrDamaged, len(b), n)
	}
	t := &passageTable{records: make([]record, n), offsets: make([]int64, n+1)}
	i := 0
	for report, count := range counts {
		before := &record{}
		for range count {
			r := &t.records[i]
			if b = r.parse(b, before); b == nil {
				return nil, fmt.Errorf("%s: %w: passage %d is not whole", passagesFile, baogao.ErrDamaged, i)
			}
			r.report, before = uint32(report), r
			t.offsets[i+1] = t.offsets[i] + unitSize*(int64(r.text)+int64(r.published))
			t.units += int64(r.units)
			i++
		}
	}
	if len(b) > 0 {
		return nil, fmt.Errorf("%s: %w: %d bytes after the last passage", passagesFile, baogao.ErrDamaged, len(b))
	}
	return t, nil
}
