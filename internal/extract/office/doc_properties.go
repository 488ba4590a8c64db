package office

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strconv"
)

// Properties of characters and paragraphs stand in pages of 512 bytes of
// WordDocument, each for a run of bytes of it. A property is a code of two
// bytes (sprm) and a value.

// Codes of the properties that the text depends on.
const (
	sprmDeleted = 0x0800 // sprmCFRMarkDel
	sprmHidden  = 0x083C // sprmCFVanish
	sprmStruck  = 0x0837 // sprmCFStrike
	sprmStruck2 = 0x2A53 // sprmCFDStrike
	sprmInTable = 0x2416 // sprmPFInTable
	sprmRowEnd  = 0x2417 // sprmPFTtp
	sprmLevel   = 0x260A // sprmPIlvl
	sprmList    = 0x460B // sprmPIlfo
	sprmTable   = 0xD608 // sprmTDefTable, whose length has two bytes
	sprmMerge   = 0xD62B // sprmTVertMerge

	propertyPage = 512
)

// A docParagraph is what the text depends on of a paragraph's properties.
type docParagraph struct {
	inTable, rowEnd bool
	places          []cellPlace // of the cells of the row that it ends
	number          numbered
}

// runs are values for half-open ranges of offsets in WordDocument, sorted.
type runs[T any] []docRun[T]

type docRun[T any] struct {
	start, end uint32
	value      T
}

// find is the value for an offset.
func (r runs[T]) find(at uint32) (value T, ok bool) {
	i, ok := slices.BinarySearchFunc(r, at, func(e docRun[T], at uint32) int {
		switch {
		case e.end <= at:
			return -1
		case e.start > at:
			return 1
		}
		return 0
	})
	if ok {
		value = r[i].value
	}
	return value, ok
}

func (r runs[T]) sort() {
	slices.SortFunc(r, func(a, b docRun[T]) int { return cmp.Compare(a.start, b.start) })
}

// readProperties finds what is hidden, deleted or struck through, and what paragraphs are.
func (d *doc) readProperties() {
	d.eachRun(fibChpx, 1, func(start, end uint32, page []byte, at int) {
		properties := page[at+1:]
		properties = properties[:min(int(page[at]), len(properties))]
		if slices.ContainsFunc([]uint16{sprmDeleted, sprmHidden, sprmStruck, sprmStruck2}, func(code uint16) bool { return isSet(properties, code) }) {
			d.hidden = append(d.hidden, docRun[struct{}]{start: start, end: end})
		}
	})
	d.eachRun(fibPapx, 13, func(start, end uint32, page []byte, at int) {
		style, properties := paragraphProperties(page, at)
		p := docParagraph{inTable: isSet(properties, sprmInTable), rowEnd: isSet(properties, sprmRowEnd)}
		if p.rowEnd {
			p.places = placesOfProperties(properties)
		}
		p.number.style = strconv.Itoa(style)
		p.number.list, p.number.level = listOfProperties(properties)
		d.paragraphs = append(d.paragraphs, docRun[docParagraph]{start, end, p})
	})
	d.hidden.sort()
	d.paragraphs.sort()
}

// paragraphProperties are the style and the properties of a paragraph, which
// stand behind their length at an offset of a page.
func paragraphProperties(page []byte, at int) (style int, properties []byte) {
	start, size := at+1, 2*int(page[at])-1
	if page[at] == 0 {
		start, size = at+2, 2*int(page[at+1])
	}
	if size < 2 || start+size > len(page) {
		return 0, nil
	}
	return int(binary.LittleEndian.Uint16(page[start:])), page[start+2 : start+size]
}

// listOfProperties is the list and the level that properties number a
// paragraph by, "" and -1 where they do not say.
func listOfProperties(properties []byte) (list string, level int) {
	level = -1
	eachProperty(properties, func(code uint16, value []byte) {
		switch {
		case code == sprmLevel && len(value) >= 1:
			level = min(int(value[0]), listLevels-1)
		case code == sprmList && len(value) >= 2:
			list = strconv.Itoa(int(binary.LittleEndian.Uint16(value)))
		}
	})
	return list, level
}

// placesOfProperties are the places of the cells of a row, whose edges and descriptions
// (TC80) stand behind their number in sprmTDefTable.
func placesOfProperties(properties []byte) (places []cellPlace) {
	const description = 20 // bytes of a TC80, which begins with flags
	setMerge := func(p *cellPlace, merge byte) { p.starts, p.goesOn = merge == 3, merge == 1 }
	eachProperty(properties, func(code uint16, value []byte) {
		switch {
		case code == sprmTable && len(value) > 3:
			n, rest := int(value[2]), value[3:]
			if len(rest) < 2*(n+1) {
				return
			}
			places = make([]cellPlace, n)
			cells := rest[2*(n+1):]
			for i := range places {
				places[i].left = int(int16(binary.LittleEndian.Uint16(rest[2*i:])))
				if at := i * description; at+2 <= len(cells) {
					setMerge(&places[i], cells[at]>>5&3)
				}
			}
		case code == sprmMerge && len(value) > 2 && int(value[1]) < len(places):
			setMerge(&places[value[1]], value[2])
		}
	})
	return places
}

// eachRun calls visit for each run of a table of pages, with the page and the
// offset in it of what the run has. Each run has an entry of so many bytes,
// the first of which is half that offset.
func (d *doc) eachRun(fib, entry int, visit func(start, end uint32, page []byte, at int)) {
	plc := d.located(fib)
	n := (len(plc) - 4) / 8
	seen := map[uint32]bool{}
	for i := range max(n, 0) {
		number := binary.LittleEndian.Uint32(plc[4*(n+1)+4*i:]) & (1<<22 - 1)
		from := uint64(number) * propertyPage
		if seen[number] || from+propertyPage > uint64(len(d.main)) {
			continue
		}
		seen[number] = true
		page := d.main[from : from+propertyPage]
		count := int(page[propertyPage-1])
		if 4*(count+1)+entry*count > propertyPage-1 {
			continue
		}
		for j := range count {
			at := 2 * int(page[4*(count+1)+entry*j])
			if at == 0 || at >= propertyPage-1 {
				continue
			}
			visit(binary.LittleEndian.Uint32(page[4*j:]), binary.LittleEndian.Uint32(page[4*j+4:]), page, at)
		}
	}
}

// isSet reports whether properties turn one of them on.
func isSet(properties []byte, code uint16) bool {
	on := false
	eachProperty(properties, func(c uint16, value []byte) {
		if c == code && len(value) > 0 {
			on = value[0] == 1
		}
	})
	return on
}

// eachProperty calls visit for each property, the last of which may be cut.
func eachProperty(properties []byte, visit func(code uint16, value []byte)) {
	for len(properties) > 2 {
		code := binary.LittleEndian.Uint16(properties)
		properties = properties[2:]
		size := min(valueSize(code, properties), len(properties))
		visit(code, properties[:size])
		properties = properties[size:]
	}
}

// valueSize is how many bytes the value of a property has, which the code or
// else the first bytes of the value tell.
func valueSize(code uint16, value []byte) int {
	switch code >> 13 {
	case 0, 1:
		return 1
	case 3:
		return 4
	case 7:
		return 3
	case 6:
		if code == sprmTable && len(value) > 1 {
			return int(binary.LittleEndian.Uint16(value)) + 1
		}
		return int(value[0]) + 1
	}
	return 2
}
