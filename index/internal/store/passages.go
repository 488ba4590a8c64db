package store

import (
	"encoding/binary"
	"fmt"

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
	FlagTitle     = 1 << iota // the passage is the report's title
	FlagDamaged               // the paragraph holds damage that could not be undone
	FlagSettled               // see analyzer.Settled; where it is missing, that is not known
	hasParagraph              // the number of the paragraph, where it is not the one before plus one
	hasPiece                  // the piece of a paragraph that was split
	hasHeading                // the depth of a heading
	hasSection                // the line of the section path, where it is not that of the passage before
	hasPublished              // the length of the published paragraph
	flagsOfRecord = FlagTitle | FlagDamaged | FlagSettled
)

// A Record is what passages.bin says of a passage.
type Record struct {
	Report    uint32 // its ordinal
	Section   uint32 // ordinal of the section path
	Units     uint32 // characters, numbers and Latin words
	Heading   uint8  // depth of a heading, 0 for running text
	Flags     uint8  // FlagTitle, FlagDamaged, FlagSettled
	Facts     weight.Facts
	paragraph uint32
	piece     uint32 // of the paragraph, 0 if it was not split
	text      uint32 // UTF-16 code units
	published uint32 // likewise
}

// Bare reports whether the passage is a heading or a title, and no running text.
func (r *Record) Bare() bool { return r.Heading > 0 || r.Flags&FlagTitle != 0 }

// factsOf are the facts of a passage.
func factsOf(p *baogao.Passage) weight.Facts {
	f := weight.Facts(min(max(p.Figures, 0), baogao.MaxFigures) << 1)
	if p.Plan {
		f |= 1
	}
	return f
}

// append appends a record that follows another one of the same report, or is
// the first one; then before is the zero record.
func (r *Record) append(b []byte, before *Record) []byte {
	at := len(b)
	b = append(b, r.Flags, uint8(r.Facts))
	optional := func(flag uint8, is bool, value uint32) {
		if is {
			b[at] |= flag
			b = binary.AppendUvarint(b, uint64(value))
		}
	}
	optional(hasParagraph, r.paragraph != before.paragraph+1, r.paragraph)
	optional(hasPiece, r.piece != 0, r.piece)
	optional(hasHeading, r.Heading != 0, uint32(r.Heading))
	optional(hasSection, r.Section != before.Section, r.Section)
	b = binary.AppendUvarint(b, uint64(r.Units))
	b = binary.AppendUvarint(b, uint64(r.text))
	optional(hasPublished, r.published != 0, r.published)
	return b
}

// parse reads a record that append has written and returns what follows it,
// nil if it is not whole.
func (r *Record) parse(b []byte, before *Record) []byte {
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
	r.Flags = flags & flagsOfRecord
	r.paragraph, r.Section = before.paragraph+1, before.Section
	if flags&hasParagraph != 0 {
		r.paragraph = next()
	}
	if flags&hasPiece != 0 {
		r.piece = next()
	}
	if flags&hasHeading != 0 {
		r.Heading = uint8(next())
	}
	if flags&hasSection != 0 {
		r.Section = next()
	}
	r.Units, r.text = next(), next()
	if flags&hasPublished != 0 {
		r.published = next()
	}
	return b
}

// passageTable is passages.bin in memory, with the offsets into text.bin.
type passageTable struct {
	Records []Record
	offsets []int64 // of the text of each passage, in bytes, and of the end
	units   int64   // of all passages
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
	t := &passageTable{Records: make([]Record, n), offsets: make([]int64, n+1)}
	i := 0
	for report := range reports {
		before := &Record{}
		for range reports[report].Count {
			r := &t.Records[i]
			if b = r.parse(b, before); b == nil {
				return nil, fmt.Errorf("%s: %w: passage %d is not whole", name, baogao.ErrDamaged, i)
			}
			r.Report, before = uint32(report), r
			t.offsets[i+1] = t.offsets[i] + analyzer.UnitSize*(int64(r.text)+int64(r.published))
			t.units += int64(r.Units)
			i++
		}
	}
	if len(b) > 0 {
		return nil, fmt.Errorf("%s: %w: %d bytes after the last passage", name, baogao.ErrDamaged, len(b))
	}
	return t, nil
}
