package index

import (
	"encoding/binary"
	"fmt"

	"baogao"
)

// passages.bin is an array of records, one a passage, in the order in which
// the passages were added: the passages of a report stand together, its title
// first. The position of a record is the passage's ordinal, by which all
// files name it. Little endian:
//
//	0  uint32  ordinal of the report in reports.jsonl
//	4  uint32  number of the paragraph
//	8  uint16  piece of the paragraph, 0 if it was not split
//	10 uint8   flags
//	11 uint8   depth of a heading, 0 for running text
//	12 uint32  units: characters, numbers and Latin words
//	16 uint32  bytes of the text in text.bin
//	20 uint32  bytes of the published paragraph, which follows the text
//	24 uint32  line of the section path in sections.jsonl, from 0
//
// Offsets into text.bin are the running sums of the two lengths.
const recordSize = 28

const (
	flagTitle   = 1 << iota // the passage is the report's title
	flagDamaged             // the paragraph holds damage that could not be undone
	flagSettled             // see analyzer.Settled; where it is missing, that is not known
)

type record struct {
	report    uint32
	paragraph uint32
	piece     uint16
	flags     uint8
	heading   uint8
	units     uint32
	text      uint32
	published uint32
	section   uint32
}

func (r record) append(b []byte) []byte {
	b = binary.LittleEndian.AppendUint32(b, r.report)
	b = binary.LittleEndian.AppendUint32(b, r.paragraph)
	b = binary.LittleEndian.AppendUint16(b, r.piece)
	b = append(b, r.flags, r.heading)
	b = binary.LittleEndian.AppendUint32(b, r.units)
	b = binary.LittleEndian.AppendUint32(b, r.text)
	b = binary.LittleEndian.AppendUint32(b, r.published)
	return binary.LittleEndian.AppendUint32(b, r.section)
}

func parseRecord(b []byte) record {
	return record{
		report:    binary.LittleEndian.Uint32(b),
		paragraph: binary.LittleEndian.Uint32(b[4:]),
		piece:     binary.LittleEndian.Uint16(b[8:]),
		flags:     b[10],
		heading:   b[11],
		units:     binary.LittleEndian.Uint32(b[12:]),
		text:      binary.LittleEndian.Uint32(b[16:]),
		published: binary.LittleEndian.Uint32(b[20:]),
		section:   binary.LittleEndian.Uint32(b[24:]),
	}
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
	offsets []int64 // of the text of each passage
	units   int64   // of all passages
}

func parsePassages(b []byte) (*passageTable, error) {
	if len(b)%recordSize != 0 {
		return nil, fmt.Errorf("%s: %w: %d bytes are no whole records", passagesFile, baogao.ErrDamaged, len(b))
	}
	n := len(b) / recordSize
	t := &passageTable{records: make([]record, n), offsets: make([]int64, n)}
	var at int64
	for i := range n {
		r := parseRecord(b[i*recordSize:])
		t.records[i], t.offsets[i] = r, at
		at += int64(r.text) + int64(r.published)
		t.units += int64(r.units)
	}
	return t, nil
}
